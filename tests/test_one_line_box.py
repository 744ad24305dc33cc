"""The forms' classes alone decide: one new line in a form class is a box everywhere.

The package is copied, one line is put into the intake of the copy, and another process
works with the copy; nothing else is touched.
"""

import json
import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

import jusou_nb
from jusou_nb import open_store
from jusou_nb.casework import receive_intake
from jusou_nb.fields import items
from jusou_nb.forms import Household, Intake, Person

pytestmark = pytest.mark.slow

LABEL, ALIAS, PLACE = "好きな場所", "お気に入りの場所", "駅前の図書室の窓ぎわ"
ONE_LINE = (
    f'    favourite_place: str | None = item("{LABEL}", section=CONTENT, scope=Category.ISSUES,'
    f' required_at=Stage.SHARED, aliases=("{ALIAS}",))\n'
)
BEFORE_IT = "    detail: str | None = item(\n"
WORK = """
import json, sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl

import jusou_nb
from jusou_nb import casework, open_store
from jusou_nb.casework.agenda import roster
from jusou_nb.casework.ledger import export_ledger, import_ledger
from jusou_nb.checks import check
from jusou_nb.documents import packet, sheet
from jusou_nb.fields import Stage, get_item
from jusou_nb.forms import AgendaItem, Case, Conference, Intake
from jusou_nb.widgets.controls import control_for
from jusou_nb.widgets.form import FormView

folder, place, label, alias = Path(sys.argv[1]), *sys.argv[2:]
today = date(2026, 10, 1)
said = {"package": jusou_nb.__file__}

def shape(store):
    columns = {row[1]: row[2] for row in store.db.execute("PRAGMA table_info(intakes)")}
    strict = [row[5] for row in store.db.execute("PRAGMA table_list(intakes)")]
    return [columns.get("favourite_place"), strict == [1]]

with open_store(folder / "new.db") as new:
    said["new table"] = shape(new)

store = open_store(folder / "old.db")
said["old table"] = shape(store)
said["copy made"] = store.copy_made is not None
(intake,) = store.find(Intake)
said["old record"] = [intake.presenting_problem, intake.favourite_place]
said["missing"] = [p.message for p in check(intake, Stage.SHARED) if p.box == "favourite_place"]

lexicon = store.lexicon()
control = control_for(get_item(Intake, "favourite_place"), lexicon, today)
control.value = place
said["control"] = [control.label, control.text]
view = FormView(Intake, lexicon, record=intake, today=today)
view.restore({**view.boxes(), "favourite_place": place})
typed = view.record()
said["form"] = typed.favourite_place

saved = store.save(typed)
said["loaded"] = store.load(Intake, saved.id).favourite_place
said["sheet"] = sheet.sheet(store, "intakes", saved.id, made_on="").html
(case,) = store.find(Case)
sitting = casework.convene(store, Conference(body="monthly", held_on=date(2026, 10, 15)))
casework.call_agencies(store, sitting, roster(store, sitting))
item = AgendaItem(basis="confidential", question="役割")
sitting = store.load(Conference, sitting.id)
casework.put_on_agenda(store, sitting, case, item)
agencys = packet.copies(store, sitting.id)[1]
whose = {"recipient": agencys.recipient, "basis": agencys.basis}
made = packet.packet(store, sitting.id, made_on="", **whose)
said["packet"] = made.items().html

export_ledger(store, folder / "out.xlsx")
rows = list(openpyxl.load_workbook(folder / "out.xlsx").active.iter_rows(values_only=True))
said["export"] = dict(zip(rows[0], rows[1])).get(label)

for heading in (label, alias):
    file = folder / f"{heading}.csv"
    text = f"相談受付日,氏名,{heading}\\n2026/5/1,見本 {heading},{place}\\n"
    file.write_text(text, encoding="utf-8")
    import_ledger(store, file, today=today)
said["imported"] = [i.favourite_place for i in store.find(Intake, received_on=date(2026, 5, 1))]
said["faults"] = store.verify()
print(json.dumps(said, ensure_ascii=False))
"""


def copy_with_one_line_more(folder):
    """Copy the package, and declare one box more in the intake of the copy."""
    source = Path(jusou_nb.__file__).parent
    left_out = shutil.ignore_patterns("__pycache__")
    shutil.copytree(source, folder / "src" / "jusou_nb", ignore=left_out)
    form = folder / "src" / "jusou_nb" / "forms" / "intake.py"
    text = form.read_text(encoding="utf-8")
    assert text.count(BEFORE_IT) == 1
    form.write_text(text.replace(BEFORE_IT, ONE_LINE + BEFORE_IT), encoding="utf-8")


def make_a_store_without_it(path):
    intake = Intake(
        received_on=date(2026, 4, 1), screening="continuing", presenting_problem="前からの主訴"
    )
    with open_store(path, account="tantou") as store:
        household = Household(members=(Person(name="見本 花子"),))
        receive_intake(store, household=household, intake=intake)


@pytest.fixture(scope="module")
def said(tmp_path_factory):
    """What a process that works with the copy says of the new box."""
    folder = tmp_path_factory.mktemp("one_line")
    make_a_store_without_it(folder / "old.db")
    copy_with_one_line_more(folder)
    environment = {**os.environ, "PYTHONPATH": str(folder / "src"), "PYTHONUTF8": "1"}
    command = [sys.executable, "-c", WORK, str(folder), PLACE, LABEL, ALIAS]
    # In another folder, or Python would find the package that stands in this one first.
    done = subprocess.run(
        command, env=environment, cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    answers = json.loads(done.stdout.splitlines()[-1])
    assert answers["package"].startswith(str(folder))
    return answers


def test_the_box_is_not_in_the_forms_as_they_are():
    assert LABEL not in {box.label for box in items(Intake)}


def test_a_new_store_has_a_strict_column_for_it(said):
    assert said["new table"] == ["TEXT", True]


def test_a_store_made_before_grows_the_column_after_a_copy_and_keeps_its_records(said):
    assert said["old table"] == ["TEXT", True]
    assert said["copy made"]
    assert said["old record"] == ["前からの主訴", None]


def test_the_check_asks_for_it_at_its_stage(said):
    assert said["missing"] == [f"「{LABEL}」が空です。"]


def test_it_has_a_control_on_the_screen_and_is_read_from_it(said):
    assert said["control"] == [LABEL, PLACE]
    assert said["form"] == PLACE


def test_it_is_saved_and_loaded(said):
    assert said["loaded"] == PLACE
    assert said["faults"] == []


def test_it_is_printed_on_the_sheet_and_on_the_copies_that_may_show_its_category(said):
    for paper in ("sheet", "packet"):
        assert LABEL in said[paper]
        assert PLACE in said[paper]


def test_it_is_a_heading_of_the_ledger_with_its_value_below(said):
    assert said["export"] == PLACE


def test_it_is_imported_under_its_label_and_under_its_alias(said):
    assert said["imported"] == [PLACE, PLACE]
