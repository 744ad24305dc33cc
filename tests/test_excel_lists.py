"""Lists for Excel: real values, text that stays text, A4, and nobody's name in the file."""

import io
import re
import zipfile
from dataclasses import replace
from datetime import date, datetime

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from jusou_nb import cli, open_store, workbooks
from jusou_nb.casework.ledger import export_ledger
from jusou_nb.casework.sample import TownClock, make_town
from jusou_nb.documents.excel import BOOKS, write
from jusou_nb.forms import Case, Household, Person, ResourceGap, WorkerRole
from jusou_nb.store import queries

TODAY = date(2026, 10, 15)
LONG = 40_000
BY_NAME = {book.name: book for book in BOOKS}


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    """A town of a few households with all its registers: its store, to read."""
    path = tmp_path_factory.mktemp("town") / "office.db"
    with open_store(path, account="tantou", clock=TownClock(TODAY)) as store:
        make_town(store, households=8, seed=3, today=TODAY)
    with open_store(path, readonly=True) as store:
        yield store


def sheet_of(store, name):
    _, raw = write(store, BY_NAME[name], today=TODAY)
    return openpyxl.load_workbook(io.BytesIO(raw)).active


@pytest.mark.parametrize("name", BY_NAME)
def test_every_list_prints_on_a4_with_headings_pages_and_its_number(town, name):
    identity, raw = write(town, BY_NAME[name], today=TODAY)
    sheet = openpyxl.load_workbook(io.BytesIO(raw)).active

    assert sheet.page_setup.paperSize == 9 and sheet.page_setup.fitToWidth >= 1
    assert sheet.sheet_properties.pageSetUpPr.fitToPage and sheet.print_title_rows == "$1:$1"
    assert sheet.oddFooter.center.text == "&P / &N"
    assert sheet.oddFooter.left.text == identity.number
    assert name in sheet.oddHeader.center.text
    assert sheet.max_row > 1


@pytest.mark.parametrize("name", BY_NAME)
def test_a_list_made_again_is_the_same_file_and_names_nobody(town, name):
    identity, raw = write(town, BY_NAME[name], today=TODAY)
    book = openpyxl.load_workbook(io.BytesIO(raw))

    assert raw == write(town, BY_NAME[name], today=TODAY)[1]
    assert not book.properties.creator and not book.properties.lastModifiedBy
    assert book.properties.title == identity.number
    assert book.properties.created == datetime(2026, 10, 15)
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        whole = b"".join(archive.read(entry) for entry in archive.namelist())
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert b"openpyxl" not in whole and b"tantou" not in whole and b"/tmp" not in whole


def test_days_and_numbers_are_real_and_nothing_is_a_formula(town):
    kinds = set()
    for name in BY_NAME:
        cells = [cell for row in sheet_of(town, name).iter_rows(min_row=2) for cell in row]
        kinds |= {cell.data_type for cell in cells}
        assert [
            cell.value for cell in cells if re.fullmatch(r"令和\d+年.*日", str(cell.value))
        ] == []

    assert kinds == {"s", "n", "d"}


@pytest.mark.parametrize("text", ["=1+1", "+81", "-1", "@SUM(A1)", "=HYPERLINK(1)", "\t=1"])
def test_a_text_is_never_a_formula(store, text):
    store.save(ResourceGap(raised_on=TODAY, what=text))
    cell = sheet_of(store, "不足資源一覧")["B2"]

    assert (cell.data_type, cell.quotePrefix, cell.value) == ("s", True, text)


def test_a_text_longer_than_a_cell_is_cut_and_says_so(store):
    store.save(ResourceGap(raised_on=TODAY, what="長" * LONG))
    value = sheet_of(store, "不足資源一覧")["B2"].value

    assert len(value) == workbooks.LONGEST and "続きは記録で" in value


@given(st.text(max_size=60))
def test_any_text_can_stand_in_a_cell(text):
    book = Workbook()
    workbooks.put(book.active["A1"], workbooks.fitting(text))
    raw = workbooks.finished(book, title="", day=None)

    read = openpyxl.load_workbook(io.BytesIO(raw)).active["A1"]
    wanted = re.sub("[\x00-\x08\x0b-\x1f\ufffe\uffff]", "", text.replace("\r\n", "\n"))
    assert (read.value or "") == wanted
    assert read.data_type != "f"


def test_a_masked_persons_name_is_not_on_the_list_of_cases(store, desk):
    people = [replace(p, is_masked=True) for p in desk.household.members]
    store.save(replace(desk.household, members=tuple(people)))
    rows = list(sheet_of(store, "ケース一覧").iter_rows(min_row=2, values_only=True))

    assert len(rows) == len(store.find(Case))
    assert "花子" not in str(rows) and "（番号で確かめます）" in str(rows)


def test_a_masked_whereabouts_reads_masked_in_a_cell(store):
    saved = store.save(
        Household(members=(Person(name="見本 花子", address="秘密町", is_masked=True),))
    )
    from jusou_nb.documents.excel import value_of  # noqa: PLC0415
    from jusou_nb.fields import get_item  # noqa: PLC0415

    person = queries.person(saved, saved.members[0].id)
    assert value_of(person, get_item(Person, "address"), store.lexicon()) == "秘匿"


def test_who_opens_no_case_gets_the_lists_that_tell_of_nobody(tmp_path, monkeypatch):
    path = tmp_path / "office.db"
    with open_store(path, account="tantou") as store:
        store.save(WorkerRole(worker="別の人", role="coordinator", since=date(2026, 4, 1)))
    monkeypatch.setenv("JUPYTERHUB_USER", "jimu")

    out = tmp_path / "out"
    code = cli.run(["lists", str(path), "--xlsx", "--out", str(out), "--today", "2026-10-15"])

    assert code == 0
    made = {file.name.split("_")[0] for file in out.iterdir()}
    assert made == {book.name for book in BOOKS if book.of_office}


def test_the_ledger_is_the_same_file_again_and_names_nobody(store, tmp_path, desk):
    export_ledger(store, tmp_path / "one.xlsx")
    export_ledger(store, tmp_path / "two.xlsx")

    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()
    properties = openpyxl.load_workbook(tmp_path / "one.xlsx").properties
    assert not properties.creator and not properties.lastModifiedBy
