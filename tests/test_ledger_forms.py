import csv
import shutil
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

import jusou_nb
from jusou_nb import casework, open_store
from jusou_nb.casework.ledger import export_ledger, import_ledger
from jusou_nb.casework.ledger_columns import places
from jusou_nb.casework.ledger_read import read_table
from jusou_nb.casework.sample import TownClock, make_town
from jusou_nb.errors import NotFound, TableError
from jusou_nb.forms import FORMS, Agency, CaseNote
from jusou_nb.spelling import squeeze

TODAY = date(2026, 11, 21)


@pytest.fixture
def take(tmp_path):
    """Import rows of one form given as columns by heading."""

    def run(store, form, *rows):
        path = tmp_path / "form.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(dict.fromkeys(h for row in rows for h in row)))
            writer.writeheader()
            writer.writerows(rows)
        return import_ledger(store, path, form=form, today=TODAY)

    return run


def test_no_heading_of_the_ledger_means_two_boxes():
    spelt = [squeeze(heading) for _, box in places() for heading in box.headings]

    assert sorted(spelt) == sorted(set(spelt))


@pytest.mark.parametrize("form", FORMS)
def test_every_form_goes_out_and_comes_back_without_a_change(desk, agree, put, tmp_path, form):
    agree()
    put("confidential")
    note = CaseNote(happened_at=datetime(2026, 10, 6, 10, 30), content="訪問")
    casework.write_note(desk.store, desk.case, note)
    count = "SELECT count(*) FROM changes"
    before = desk.store.db.execute(count).fetchone()

    rows = export_ledger(desk.store, tmp_path / "out.xlsx", form=form.table)
    again = import_ledger(desk.store, tmp_path / "out.xlsx", form=form.table, today=TODAY)

    assert (again.unchanged, [str(e) for e in again.refused]) == (rows, [])
    assert desk.store.db.execute(count).fetchone() == before


@pytest.fixture(scope="module")
def town():
    """A town in which every kind of record is."""
    october = date(2026, 10, 5)
    with open_store("", account="tantou", clock=TownClock(october)) as store:
        make_town(store, households=200, seed=1, today=october)
        yield store


@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_a_whole_town_goes_out_and_comes_back_the_same(town, form, suffix, tmp_path):
    out, again = (tmp_path / f"{name}.{suffix}" for name in ("out", "again"))
    before = town.db.execute("SELECT count(*) FROM changes").fetchone()

    rows = export_ledger(town, out, form=form.table)
    done = import_ledger(town, out, form=form.table, today=TODAY)
    export_ledger(town, again, form=form.table)

    assert rows == len(town.find(form)) > 0
    assert (done.unchanged, [str(e) for e in done.refused]) == (rows, [])
    assert town.db.execute("SELECT count(*) FROM changes").fetchone() == before
    assert read_table(out, lambda _: []).rows == read_table(again, lambda _: []).rows


def test_whoever_told_us_is_in_no_export(desk, tmp_path):
    for form in FORMS:
        target = tmp_path / f"{form.table}.xlsx"
        export_ledger(desk.store, target, form=form.table)
        cells = [str(c.value) for row in openpyxl.load_workbook(target).active for c in row]
        assert not [text for text in cells if "通報子" in text]


def test_an_export_is_logged_among_the_readings(desk, tmp_path):
    export_ledger(desk.store, tmp_path / "out.xlsx")

    rows = list(desk.store.db.query("SELECT record_table, action FROM readings"))
    assert rows == [{"record_table": "intakes", "action": "exported"}]


def test_a_list_of_agencies_comes_in_by_their_names(store, take):
    new = {
        "機関名": "税務課",
        "種別": "税・国保・水道 窓口",
        "区分": "庁内",
        "別の呼び方": "納税課",
    }

    done = take(store, "agencies", new, {"機関名": "ハローワーク", "代表電話": "00-0000-0000"})

    assert (done.added, done.filled) == (1, 1)
    agency = store.find(Agency, name="税務課")[0]
    assert (agency.sector.label, agency.aliases) == ("庁内", ("納税課",))
    assert store.verify() == []


@pytest.mark.parametrize(
    ("form", "row", "said"),
    [
        (
            "agencies",
            {"機関名": "福祉事務所", "区分": "民間"},
            "「区分」が登録済みの内容と違います",
        ),
        (
            "agencies",
            {"記録番号": "999", "機関名": "税務課"},
            "「999」番の支援関係機関がありません",
        ),
        ("agencies", {"機関名": "", "代表電話": "1"}, "「機関名」が空です"),
        ("case_notes", {"日時": "2026/4/1 10:00", "内容": "訪問"}, "「ケースの記録番号」が空です"),
        ("households", {"記録番号": "", "世帯人数": "3"}, "画面から登録してください"),
    ],
)
def test_a_row_of_a_form_that_cannot_be_taken_in_says_why(store, take, form, row, said):
    done = take(store, form, row)

    assert said in done.refused[0].reasons[0]
    assert done.rejected.exists()


def test_a_note_comes_in_on_the_case_that_it_names(desk, take):
    row = {"ケースの記録番号": desk.case.id, "日時": "2026/10/6 10:30", "内容": "訪問"}

    take(desk.store, "case_notes", row)

    (note,) = desk.store.find(CaseNote)
    assert (note.case_id, note.happened_at.hour, note.content) == (desk.case.id, 10, "訪問")


def test_a_form_that_is_none_is_named_with_those_there_are(store, tmp_path):
    with pytest.raises(NotFound, match=r"様式「x」はありません（あるもの: agencies、agency_names"):
        export_ledger(store, tmp_path / "out.xlsx", form="x")


def test_a_file_without_the_headings_of_its_form_says_which(store, take):
    with pytest.raises(TableError, match="見出し「機関名」がありません"):
        take(store, "agencies", {"名前": "税務課"})


NEW_BOX = """
    pet: str | None = item("飼っている動物", scope=NOT_PERSONAL, aliases=("ペット",))
"""
WALK = """
from datetime import date
import openpyxl
from jusou_nb import open_store
from jusou_nb.casework.ledger import export_ledger, import_ledger
from jusou_nb.forms import {form} as Form

store = open_store("")
import_ledger(store, "in.csv", today=date(2026, 11, 21))
assert [r.pet for f in [Form] for r in store.find(f)] == ["犬"], store.find(Form)
export_ledger(store, "out.xlsx")
head, row = openpyxl.load_workbook("out.xlsx").active.iter_rows(values_only=True)
assert dict(zip(head, row))["飼っている動物"] == "犬"
assert import_ledger(store, "out.xlsx", today=date(2026, 11, 21)).unchanged == 1
"""
WHERE = {
    "Intake": ("intake.py", "    remarks: str | None"),
    "Household": ("household.py", "    living_note: str | None"),
    "Case": ("case.py", "    lead_agency: Ref | None"),
    "Consent": ("consent.py", "    given_by: Code | None"),
    "SupportPlan": ("plan.py", "    author: str | None"),
}


@pytest.fixture
def with_a_new_box(tmp_path):
    """Copy the package and add one line to a form class of the copy."""

    def add(form):
        ignored = shutil.ignore_patterns("__pycache__", "widgets", "documents", "runner", "lab")
        shutil.copytree(Path(jusou_nb.__file__).parent, tmp_path / "jusou_nb", ignore=ignored)
        name, before = WHERE[form]
        source = tmp_path / "jusou_nb" / "forms" / name
        text = source.read_text(encoding="utf-8").replace(before, NEW_BOX + before, 1)
        source.write_text(text, encoding="utf-8")
        return tmp_path

    return add


@pytest.mark.slow
@pytest.mark.parametrize("form", WHERE)
def test_a_box_added_to_a_form_is_a_heading_both_ways_at_once(with_a_new_box, form):
    folder = with_a_new_box(form)
    head = "相談受付日,氏名,ペット,本人同意,同意日,プラン作成日\n"
    line = "2026/4/1,見本 花子,犬,なし,R8.4.2,2026/4/3\n"
    (folder / "in.csv").write_text(head + line, encoding="utf-8")

    command = [sys.executable, "-c", WALK.format(form=form)]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
