import csv
import re
import zipfile
from datetime import date, datetime

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jusou_nb.casework.ledger import export_ledger, import_ledger
from jusou_nb.casework.ledger_cells import escape, unescape
from jusou_nb.errors import NotFound, TableError
from jusou_nb.forms import Household, Intake

TODAY = date(2026, 11, 21)
HEAD = ("受付番号", "相談受付日", "氏名", "主訴")


@pytest.fixture
def write_csv(tmp_path):
    """Write rows as CSV in an encoding."""

    def write(*rows, encoding="utf-8", name="book.csv"):
        path = tmp_path / name
        with path.open("w", encoding=encoding, newline="") as file:
            csv.writer(file).writerows(rows)
        return path

    return write


@pytest.fixture
def write_excel(tmp_path):
    """Write rows as the first sheet of a workbook; hand the book over before it is saved."""

    def write(*rows, change=None):
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        if change:
            change(book)
        book.save(tmp_path / "book.xlsx")
        return tmp_path / "book.xlsx"

    return write


def row(number="R8-1", day="2026/4/1", name="見本 花子", note="主訴"):
    return (number, day, name, note)


def note(store):
    return store.find(Intake)[0].presenting_problem


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_csv_is_read_in_the_encodings_that_offices_use(store, write_csv, encoding):
    done = import_ledger(store, write_csv(HEAD, row(), encoding=encoding), today=TODAY)

    assert (done.added, note(store)) == (1, "主訴")


def test_titles_blank_rows_and_totals_are_passed_over(store, write_excel):
    def merge(book):
        book.active.merge_cells("A1:D1")
        book.create_sheet("選択肢").append(["相談経路", "本人"])

    rows = (["令和8年度　台帳"], [], HEAD, row(), [], row("R8-2"), ["合計", "2件"])
    done = import_ledger(store, write_excel(*rows, change=merge), today=TODAY)

    assert (done.read, done.added, done.refused) == (2, 2, ())


def work_out(path):
    """Put the result into the formula's cell, as Excel does when it saves."""
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = re.sub(rb"<v ?/>|<v></v>", b"<v>2</v>", parts[sheet])
    with zipfile.ZipFile(path, "w") as book:
        for name, part in parts.items():
            book.writestr(name, part)


@pytest.mark.parametrize(("is_worked_out", "kept"), [(True, "2"), (False, "=1+1")])
def test_the_result_of_a_formula_is_taken_where_there_is_one(
    store, write_excel, is_worked_out, kept
):
    path = write_excel(HEAD, row(note="=1+1"))
    if is_worked_out:
        work_out(path)

    done = import_ledger(store, path, today=TODAY)

    assert (done.added, note(store)) == (1, kept)


def test_real_dates_and_numbers_of_excel_are_read_as_they_show(store, write_excel):
    day = datetime(2026, 4, 1)
    path = write_excel((*HEAD, "世帯人数"), (12, day, "見本 花子", 3.5, 2.0))

    import_ledger(store, path, today=TODAY)

    saved = store.find(Intake)[0]
    assert (saved.number, saved.received_on, saved.presenting_problem) == ("12", day.date(), "3.5")
    assert store.find(Household)[0].size == 2


@pytest.mark.parametrize("text", ["=1+1", "+81", "-5", "@SUM(A1)", "'引用", "a\x0bb", "_x0041_"])
def test_no_text_is_harmed_by_excel_both_ways(store, write_csv, tmp_path, text):
    import_ledger(store, write_csv(HEAD, row(note=text)), today=TODAY)

    export_ledger(store, tmp_path / "out.xlsx")
    again = import_ledger(store, tmp_path / "out.xlsx", today=TODAY)

    assert (note(store), again.unchanged) == (text, 1)
    cells = [cell for line in openpyxl.load_workbook(tmp_path / "out.xlsx").active for cell in line]
    assert {cell.data_type for cell in cells} <= {"s", "n"}


@pytest.mark.parametrize("sign", ["あ", "𠮷", "\x07"])
def test_a_note_of_forty_thousand_characters_survives_export_and_import(
    store, write_csv, tmp_path, sign
):
    long = "はじめ" + sign * 40_000 + "おわり"
    import_ledger(store, write_csv(HEAD, row(note=long)), today=TODAY)

    export_ledger(store, tmp_path / "out.xlsx")
    again = import_ledger(store, tmp_path / "out.xlsx", today=TODAY)

    assert (note(store), again.unchanged, again.refused) == (long, 1, ())
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    assert book.sheetnames == ["台帳", "長文"]
    assert max(len(str(c.value)) for line in book["長文"] for c in line) <= 32_767


def test_a_long_note_of_a_refused_row_comes_back_whole(store, write_csv):
    path = write_csv(HEAD, row(day="いつか", note="あ" * 40_000))
    refused = import_ledger(store, path, today=TODAY).rejected
    book = openpyxl.load_workbook(refused)
    book.worksheets[0]["B2"] = "2026/4/1"
    book.save(refused)

    done = import_ledger(store, refused, today=TODAY)

    assert (done.added, note(store)) == (1, "あ" * 40_000)


@given(st.text())
def test_every_text_can_be_written_for_excel_and_read_again(text):
    assert unescape(escape(text)) == text


def test_missing_headings_are_named_in_one_line(store, write_csv):
    with pytest.raises(TableError, match="見出し「相談受付日」「氏名」がありません") as said:
        import_ledger(store, write_csv(("日", "名前"), ("2026/4/1", "見本")), today=TODAY)

    assert "\n" not in str(said.value)


def test_headings_that_the_file_lacks_are_listed(store, write_csv):
    done = import_ledger(store, write_csv(("受付日", "氏名"), row()[1:3]), today=TODAY)

    assert "電話番号" in done.missing_headings
    assert "相談受付日" not in done.missing_headings
    assert len([line for line in done.lines() if line.startswith("台帳にない見出し")]) == 1


def test_two_sheets_with_headings_are_not_guessed_between(store, write_excel):
    path = write_excel(HEAD, row(), change=lambda book: book.create_sheet("R7").append(HEAD))

    with pytest.raises(TableError, match="2枚あります（「Sheet」「R7」）"):
        import_ledger(store, path, today=TODAY)


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "古い形式"),
        (b"\x81\xff\xfe", "文字コードを読めません"),
        (b"", "見出し「相談受付日」「氏名」がありません"),
        (b'"\xe5\x8f\x97', "CSVとして読めません"),
    ],
)
def test_a_file_that_is_no_table_is_refused_in_one_line(store, tmp_path, raw, said):
    path = tmp_path / "odd.xlsx"
    path.write_bytes(raw)

    with pytest.raises(TableError, match=said):
        import_ledger(store, path, today=TODAY)


def test_a_zip_that_is_no_workbook_is_refused_in_one_line(store, write_excel):
    path = write_excel(HEAD, row())
    path.write_bytes(path.read_bytes().replace(b"xl/workbook.xml", b"xl/workbock.xml"))

    with pytest.raises(TableError, match="Excelとして読めません"):
        import_ledger(store, path, today=TODAY)


def test_a_file_that_is_not_there_is_said_by_its_name(store, tmp_path):
    with pytest.raises(NotFound, match="「台帳」が見つかりません"):
        import_ledger(store, tmp_path / "台帳", today=TODAY)


def test_nothing_is_taken_in_when_refused_rows_cannot_be_given_back(store, write_csv, monkeypatch):
    path = write_csv(HEAD, row(), row(number="R8-2", day="いつか"))

    def full(*_args, **_named):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tempfile.mkstemp", full)
    with pytest.raises(TableError, match="を書けません"):
        import_ledger(store, path, today=TODAY)

    assert store.find(Intake) == []


def test_an_export_prints_on_a4_landscape_with_its_headings_on_every_page(store, tmp_path):
    export_ledger(store, tmp_path / "out.xlsx")

    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx").active
    setup = sheet.page_setup
    assert (setup.orientation, setup.paperSize, setup.fitToHeight) == ("landscape", 9, 0)
    assert (sheet.print_title_rows, sheet.freeze_panes) == ("$1:$1", "B2")
    assert (tmp_path / "out.xlsx").stat().st_mode & 0o777 == 0o600
