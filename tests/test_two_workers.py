"""Several processes on one store: nothing is lost, nothing comes twice."""

import os
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from jusou_nb import open_store
from jusou_nb.casework import receive_intake
from jusou_nb.forms import Case, Household, Intake, Person

pytestmark = pytest.mark.slow

PREPARE = """
import os, sys, time
from dataclasses import replace
from datetime import date
from jusou_nb import open_store
from jusou_nb.casework import receive_intake, write_note
from jusou_nb.errors import Conflict
from jusou_nb.forms import Case, CaseNote, Household, Intake, Person

path, name = sys.argv[1:3]

def wait_for_the_start():
    print("ready", flush=True)
    sys.stdin.readline()

def someone(surname):
    return Household(members=(Person(name=f"{surname} 花子"),))
"""
SAVE_THE_CASE = """
store = open_store(path, account=name)
case = store.load(Case, 1)
wait_for_the_start()
try:
    store.save(replace(case, coordinator=name, status_reason=f"{name}の理由"))
    print("saved")
except Conflict as conflict:
    theirs, own = conflict.differences["その理由"]
    print("conflict", theirs, own)
"""
OPEN_A_NEW_STORE = """
wait_for_the_start()
with open_store(path, account=name) as store:
    print("opened", len(store.profile.agencies), store.db["agencies"].count)
"""
RECEIVE_TWENTY = """
store = open_store(path, account=name)
wait_for_the_start()
for _ in range(20):
    receive_intake(store, household=someone(name), intake=Intake(received_on=date(2026, 10, 1)))
print("received")
"""
DIE_WHILE_WRITING = """
store = open_store(path, account=name)
with store.transaction():
    for _ in range(50):
        receive_intake(store, household=someone(name), intake=Intake(received_on=date(2026, 10, 1)))
    wait_for_the_start()
"""


def start(work, path, name):
    command = [sys.executable, "-c", PREPARE + work, str(path), name]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    worker = subprocess.Popen(command, env={**os.environ, "PYTHONUTF8": "1"}, **pipes)
    assert worker.stdout.readline() == "ready\n"
    return worker


def together(work, path, names):
    """Start one process a name, let them go at once, and give what each said."""
    workers = [start(work, path, name) for name in names]
    for worker in workers:
        worker.stdin.write("\n")
        worker.stdin.flush()
    said = [worker.communicate(timeout=60)[0].strip() for worker in workers]
    assert [worker.returncode for worker in workers] == [0] * len(names)
    return said


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "town.db"


@pytest.fixture
def case(path):
    """A case in a store on disk."""
    with open_store(path, account="tantou") as store:
        household = Household(members=(Person(name="見本 花子"),))
        intake = Intake(received_on=date(2026, 10, 1), screening="continuing")
        return receive_intake(store, household=household, intake=intake).case


def test_of_two_who_save_one_case_one_wins_and_the_other_sees_both_texts(path, case):
    said = together(SAVE_THE_CASE, path, ["甲", "乙"])

    won, lost = ("甲", "乙") if said[0] == "saved" else ("乙", "甲")
    assert sorted(said) == sorted(["saved", f"conflict {won}の理由 {lost}の理由"])
    with open_store(path, readonly=True) as store:
        assert store.load(Case, case.id).status_reason == f"{won}の理由"
        assert store.verify() == []


def test_three_processes_open_one_new_store_and_all_succeed(path):
    said = together(OPEN_A_NEW_STORE, path, ["甲", "乙", "丙"])

    with open_store(path, readonly=True) as store:
        agencies = len(store.profile.agencies)
        assert said == [f"opened {agencies} {agencies}"] * 3
        assert store.db["profiles"].count == 1
        assert store.verify() == []


def test_no_number_is_given_twice_however_many_receive_at_once(path):
    open_store(path).close()
    together(RECEIVE_TWENTY, path, ["見本", "架空", "例示", "仮名"])

    with open_store(path, readonly=True) as store:
        numbers = sorted(intake.number for intake in store.find(Intake))
        assert numbers == [f"R8-{n:04}" for n in range(1, 81)]
        assert store.verify() == []


def test_a_writer_killed_in_the_middle_leaves_the_store_whole(path, case):
    worker = start(DIE_WHILE_WRITING, path, "見本")
    worker.send_signal(signal.SIGKILL)
    worker.communicate(timeout=60)

    with open_store(path) as store:
        assert worker.returncode == -signal.SIGKILL
        assert [c.id for c in store.find(Case)] == [case.id]
        assert store.db["intakes"].count == 1
        assert store.verify() == []
        store.save(Household(members=(Person(name="架空 太郎"),)))
