"""Bad input: exit code 1, exactly one Japanese line, and nothing is lost."""

import os
import re
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from jusou_nb import cli, open_store
from jusou_nb.casework.sample import make_town
from jusou_nb.errors import JusouError
from jusou_nb.forms import Conference
from jusou_nb.runner import run
from jusou_nb.store import schema

Done = subprocess.CompletedProcess[str]
JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-龠]")
WITHOUT_PRIVILEGE = (
    ("setpriv", "--bounding-set=-dac_override,-dac_read_search,-fowner", "--inh-caps=-all", "--")
    if os.geteuid() == 0
    else ()
)
"""Root writes into any folder; without these privileges it may do what others may."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int]:
    path = tmp_path_factory.mktemp("made") / "town.db"
    with open_store(path) as store:
        town = make_town(store, households=4, seed=1, today=date(2026, 10, 5))
        sitting = store.load(Conference, town.conference_id)
        store.save(replace(sitting, called=()))
    return path, town.conference_id


@pytest.fixture
def town(made: tuple[Path, int], tmp_path: Path) -> Path:
    """A town in a folder with the papers of an earlier run."""
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "earlier.html").write_text("the last good one")
    return Path(shutil.copy2(made[0], tmp_path / "town.db"))


def typed(
    town: Path, *words: object, before: tuple[str, ...] = (), limit: int | None = None
) -> Done:
    command = [*before, sys.executable, "-m", "jusou_nb", *map(str, words)]
    env = {**os.environ, "JUSOU_TODAY": "2026-10-05"}

    def shrink() -> None:
        if limit is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    return subprocess.run(
        command, cwd=town.parent, env=env, capture_output=True, text=True, check=False,
        preexec_fn=shrink,
    )  # fmt: skip


@pytest.fixture
def answered(
    town: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Done]:
    """Type a command in this process, beside the town: what came back."""
    monkeypatch.chdir(town.parent)
    monkeypatch.setenv("JUSOU_TODAY", "2026-10-05")

    def type_(*words: str) -> Done:
        code = cli.run(words)
        return Done(words, code, *capsys.readouterr())

    return type_


def state(town: Path) -> tuple[list[str], bytes]:
    """What must not be lost: every record, and the papers of the earlier run."""
    with open_store(town, readonly=True) as store:
        assert store.verify() == []
        rows = [line for line in store.db.iterdump() if '"runs"' not in line]
    return rows, (town.parent / "papers" / "earlier.html").read_bytes()


def assert_refused(done: Done, said: str) -> None:
    lines = done.stderr.splitlines()
    assert (done.returncode, len(lines)) == (1, 1), done.stderr
    assert said in lines[0]
    assert JAPANESE.search(lines[0])
    assert "Traceback" not in done.stderr


MONTHLY = ("monthly", "town.db", "--month", "2026-10", "--out", "papers")
PACKET = ("packet", "town.db", "11", "--out", "papers")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("packet", "town.db", "999", "--out", "papers"), "会議 999 番が見つかりません"),
        ((*PACKET, "--recipient", "agency-999"), "配付先「agency-999」"),
        ((*PACKET, "--recipient", "見本"), "配付先「見本」"),
        (("monthly", "town.db", "--month", "2026-13", "--out", "papers"), "月「2026-13」"),
        (("monthly", "town.db", "--month", "令和8年10月", "--out", "papers"), "2026-10 の形"),
        (("sheet", "town.db", "intakes", "999", "--out", "papers"), "999 番は見つかりません"),
        (("sheet", "town.db", "letters", "1", "--out", "papers"), "様式「letters」"),
        (("verify", "nowhere.db"), "「nowhere.db」が見つかりません"),
        (("packet", "nowhere.db", "1", "--out", "papers"), "「nowhere.db」が見つかりません"),
        (("import", "town.db", "nowhere.xlsx"), "「nowhere.xlsx」が見つかりません"),
        (("init", "town.db"), "既にあります"),
        (("init", "no/such/folder.db"), "フォルダー"),
        (("init", "new.db", "--profile", "nowhere"), "nowhere"),
        (("schedule", "nowhere.db", "--out", "papers"), "「nowhere.db」"),
        (("packet", "town.db", "11", "--out", "town.db"), "「town.db」"),
    ],
)
def test_what_is_not_there_is_named_and_nothing_is_lost(
    words: tuple[str, ...], said: str, town: Path, answered: Callable[..., Done]
):
    before = state(town)

    assert_refused(answered(*words), said)

    assert state(town) == before
    assert not (town.parent / "nowhere.db").exists()


ANY_STORE = (
    ("verify", "{}"),
    ("upgrade", "{}"),
    ("packet", "{}", "11", "--out", "papers"),
    ("monthly", "{}", "--month", "2026-10", "--out", "papers"),
    ("export", "{}", "out.xlsx"),
)


@pytest.mark.parametrize("words", ANY_STORE)
def test_a_store_of_a_newer_version_is_left_alone(
    words: tuple[str, ...], town: Path, answered: Callable[..., Done]
):
    with open_store(town) as store:
        store.db.execute(f"PRAGMA user_version = {schema.VERSION + 1}")
    before = town.read_bytes()

    assert_refused(answered(*(word.format("town.db") for word in words)), "新しい版")

    assert town.read_bytes() == before


@pytest.mark.parametrize("words", ANY_STORE)
def test_a_file_that_is_no_store_is_left_alone(
    words: tuple[str, ...], town: Path, answered: Callable[..., Done]
):
    (other := town.with_name("letter.db")).write_text("Dear Sir, " * 500)

    assert_refused(answered(*(word.format("letter.db") for word in words)), "「letter.db」")

    assert other.read_text() == "Dear Sir, " * 500


def test_the_desk_does_not_open_on_a_file_that_is_no_store(town: Path):
    town.with_name("letter.db").write_text("Dear Sir, " * 500)

    assert_refused(typed(town, "lab", "letter.db", "--no-browser"), "「letter.db」")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("monthly_report", "month=2026-10"), "today がありません"),
        (("monthly_report", "month=2026-10", "today=2026-10-05", "who=x"), "who"),
        (("monthly_report", "month=2026-13", "today=2026-10-05"), "2026-13"),
        (("monthly_report", "month=2026-10", "today=5.Oct"), "5.Oct"),
        (("no_such_report",), "no_such_report"),
        (("desk",), "jusou-nb lab"),
    ],
)
def test_a_template_with_wrong_parameters_is_refused(words: tuple[str, ...], said: str, town: Path):
    before = state(town)
    given = {"store": str(town), **dict(word.split("=") for word in words[1:])}

    with pytest.raises(JusouError, match=said) as refused:
        run(words[0], given, town.parent / "papers" / "earlier.html")

    assert len(str(refused.value).splitlines()) == 1
    assert state(town) == before


@pytest.mark.parametrize("words", [PACKET, MONTHLY])
def test_a_folder_that_may_only_be_read_keeps_the_last_good_papers(
    words: tuple[str, ...], town: Path
):
    before = state(town)
    papers = town.parent / "papers"
    papers.chmod(0o500)

    assert_refused(typed(town, *words, before=WITHOUT_PRIVILEGE), "権限を確かめてください")

    papers.chmod(0o700)
    assert [path.name for path in papers.iterdir()] == ["earlier.html"]
    assert state(town) == before


def test_a_store_in_a_folder_that_may_only_be_read_says_so(town: Path):
    before = state(town)
    for file in town.parent.glob("town.db-*"):
        file.unlink()
    town.parent.chmod(0o500)

    done = typed(town, *PACKET, before=WITHOUT_PRIVILEGE)

    town.parent.chmod(0o700)
    assert_refused(done, "フォルダーの権限を")
    assert state(town) == before


def test_a_new_store_in_a_folder_that_may_only_be_read_says_so(tmp_path: Path):
    tmp_path.chmod(0o500)

    done = typed(tmp_path / "x", "init", "new.db", before=WITHOUT_PRIVILEGE)

    tmp_path.chmod(0o700)
    assert_refused(done, "「new.db」")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "words",
    [
        PACKET,
        ("sheet", "town.db", "intakes", "1", "--out", "papers"),
        ("import", "town.db", "ledger.csv"),
    ],
)
def test_a_full_disk_is_told_and_nothing_is_lost(words: tuple[str, ...], town: Path):
    ledger = "相談受付日,氏名,主訴\n" + f"令和8年4月10日,見本 花子,{'長い相談' * 900}\n"
    town.with_name("ledger.csv").write_text(ledger, encoding="utf-8")
    before = state(town)

    assert_refused(typed(town, *words, limit=3000), "ディスク")

    assert state(town) == before


def test_a_full_disk_leaves_no_half_made_store(tmp_path: Path):
    assert_refused(typed(tmp_path / "x", "init", "new.db", limit=3000), "ディスク")

    assert list(tmp_path.iterdir()) == []
