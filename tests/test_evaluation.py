"""The report of a 年度 for each audience: the page, the workbook and figures.json say the same."""

import html
import io
import json
import re
import zipfile
from dataclasses import replace
from datetime import date, timedelta

import openpyxl
import pytest

from jusou_nb import casework, cli, open_store
from jusou_nb.casework.sample import TownClock, make_town
from jusou_nb.documents import evaluation_book
from jusou_nb.documents.evaluation import Audience, evaluation
from jusou_nb.documents.figures_table import shown_table
from jusou_nb.errors import PaperError
from jusou_nb.forms import Agency, Case, Household, Intake, Person
from jusou_nb.profile import parse
from jusou_nb.runner.evaluating import BOOK, FIGURES, PAGE, evaluate
from jusou_nb.runner.reprinting import reprint
from jusou_nb.store import Store
from jusou_nb.tables import Cell

TODAY = date(2026, 11, 22)
OCTOBER = date(2026, 10, 31)
OUTSIDE = [Audience.REPRESENTATIVES, Audience.PUBLIC]
WITHOUT_OUTREACH = """
extends = "standard"
[[programmes]]
fiscal_year = 2026
run = ["comprehensive_consultation", "multi_agency", "participation"]
"""
SECTION = re.compile(r'<section class="report counted" id="table-(.+?)">(.+?)</section>', re.DOTALL)
LINE = re.compile(r"<tr[^>]*><th scope=\"row\">(.*?)</th>(.*?)</tr>", re.DOTALL)
STAMP = re.compile(r"<style>@page \{ @top-right.*?</p>\n", re.DOTALL)


@pytest.fixture(scope="module")
def town():
    """A town of some forty households, and what it is made of."""
    with open_store("", account="tantou") as store:
        make_town(store, households=40, seed=3, today=TODAY)
        yield store


@pytest.fixture(scope="module")
def reports(town):
    """The report of the running 年度 for each audience."""
    return {a: evaluation(town, 2026, audience=a, today=TODAY) for a in Audience}


def page_of(report):
    return "".join(part.html for part in (report.head(), report.tables(), report.asked()))


def book_of(report):
    return openpyxl.load_workbook(io.BytesIO(evaluation_book.write(report, today=TODAY)))


def every_word(report):
    """Give all that leaves the office with a report: page, figures and every part of the book."""
    with zipfile.ZipFile(io.BytesIO(evaluation_book.write(report, today=TODAY))) as archive:
        parts = [archive.read(name).decode() for name in archive.namelist()]
    figures = json.dumps(report.json(), ensure_ascii=False)
    return "".join([html.unescape(page_of(report)), figures, *parts])


def printed_lines(section):
    """Read a table of a page as heading and texts; the line of those that are 0 is set apart."""
    lines, nothing = {}, ""
    for label, rest in LINE.findall(section):
        cells = re.findall(r"<td[^>]*>(.*?)</td>", rest, re.DOTALL)
        if "colspan" in rest:
            nothing = cells[0]
        else:
            lines[html.unescape(label)] = [html.unescape(re.sub("<.*?>", "", c)) for c in cells]
    return lines, html.unescape(nothing)


def small_ones(report):
    """Give what is printed of counts of people and is under the threshold, but not 0."""
    found = []
    for table, told in zip(report.published.tables, report.json()["tables"], strict=True):
        if len(told["rows"]) == len(table.rows):
            found += [
                (table.id, row.label, value)
                for row, (_, *values) in zip(table.rows, told["rows"], strict=True)
                for entry, value in zip(row.entries, values, strict=True)
                if isinstance(entry, Cell) and entry.is_guarded
                if isinstance(value, int) and 0 < value < report.published.threshold
            ]
    return found


# ── what the three files hold


@pytest.mark.parametrize("audience", list(Audience))
def test_the_file_of_figures_tells_each_table_and_where_an_x_stands(reports, audience):
    told = json.loads(json.dumps(reports[audience].json(), ensure_ascii=False))

    assert len({table["id"] for table in told["tables"]}) == len(told["tables"]) > 40
    for table in told["tables"]:
        assert {"id", "title", "definition", "columns", "rows", "suppressed"} <= table.keys()
        assert all(len(row) == len(table["columns"]) for row in table["rows"])
        assert table["definition"] and table["title"]
        marked = [[d, a] for d, row in enumerate(table["rows"])
                  for a, value in enumerate(row) if a and value == "x"]  # fmt: skip
        assert table["suppressed"] == marked


@pytest.mark.parametrize("audience", list(Audience))
def test_the_page_prints_what_the_file_of_figures_says(reports, audience):
    report = reports[audience]
    sections = dict(SECTION.findall(page_of(report)))

    assert set(sections) == {table.id for table in report.published.tables}
    for table in report.published.tables:
        seen = shown_table(report.published, table)
        lines, nothing = printed_lines(sections[table.id])
        assert lines == {row.label: [e.text for e in row.entries] for row in seen.told}
        assert nothing == "、".join(seen.nothing)
        assert len(lines) + len(seen.nothing) == len(seen.rows)


@pytest.mark.parametrize("audience", list(Audience))
def test_the_workbook_has_a_sheet_a_table_with_the_same_figures_as_real_numbers(reports, audience):
    report = reports[audience]
    told = report.json()["tables"]
    sheets = book_of(report).worksheets

    assert len(sheets) == len(told)
    for sheet, table in zip(sheets, told, strict=True):
        rows = [[c.value for c in row[: len(table["columns"])]] for row in sheet.iter_rows()]
        wanted = [["−" if v is None else v for v in row] for row in table["rows"]]
        assert [[v or "" if isinstance(v, str) or v is None else v for v in r]
                for r in rows[: len(wanted) + 1]] == [table["columns"], *wanted]  # fmt: skip


@pytest.mark.parametrize("audience", list(Audience))
def test_the_workbook_prints_on_a4_has_no_formula_and_names_nobody(reports, audience):
    report = reports[audience]
    book = book_of(report)

    assert not book.properties.creator and not book.properties.lastModifiedBy
    assert book.properties.title == report.identity.number
    for sheet in book.worksheets:
        assert sheet.page_setup.paperSize == 9 and sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.oddFooter.left.text == report.identity.number
        assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}


def test_the_definition_stands_under_each_sheet_as_wide_as_its_table(reports):
    report = reports[Audience.INTERNAL]

    for sheet, table in zip(book_of(report).worksheets, report.json()["tables"], strict=True):
        below = len(table["rows"]) + 3
        merged = {str(each).split(":")[0]: each.size["columns"] for each in sheet.merged_cells}
        assert sheet.cell(below, 1).value == table["notes"][0]
        assert merged[f"A{below}"] == len(table["columns"])
        assert sheet.row_dimensions[below].height >= 14


def test_long_tables_name_together_what_is_nothing_and_no_figure_is_lost(reports):
    (issues,) = (
        shown_table(reports[Audience.INTERNAL].published, table)
        for table in reports[Audience.INTERNAL].published.tables
        if table.id == "intakes_by_issue"
    )

    assert issues.nothing
    assert {row.label for row in issues.told} | {*issues.nothing} == {
        row.label for row in issues.rows
    }
    assert all(not e.value for r in issues.rows if r.label in issues.nothing for e in r.entries)


def test_the_way_from_intake_to_the_end_is_drawn_with_its_numbers_beside(reports):
    report = reports[Audience.INTERNAL]
    section = dict(SECTION.findall(page_of(report)))["funnel"]
    lines, _ = printed_lines(section)

    assert [*lines][:1] + [*lines][-1:] == ["相談受付", "終わり方"]
    assert lines["相談受付"][0] == str(report.published.values["intakes"])
    assert '<img class="chart" src="data:image/svg+xml' in section
    assert 'alt="相談受付から終わりまでの図。' in section


# ── what leaves the office


@pytest.mark.parametrize("audience", OUTSIDE)
def test_no_count_of_people_under_the_threshold_leaves_the_office(reports, audience):
    report = reports[audience]

    assert report.published.threshold == 5
    assert report.published.hidden
    assert small_ones(report) == []


def test_the_offices_own_report_hides_nothing(reports):
    report = reports[Audience.INTERNAL]

    assert [table["suppressed"] for table in report.json()["tables"] if table["suppressed"]] == []
    assert small_ones(replace(report, published=replace(report.published, threshold=5)))


@pytest.mark.parametrize("audience", OUTSIDE)
def test_hidden_and_nothing_and_no_figure_are_three_marks(reports, audience):
    report = reports[audience]
    values = [v for t in report.json()["tables"] for row in t["rows"] for v in row[1:]]
    texts = {
        text
        for section in dict(SECTION.findall(page_of(report))).values()
        for cells in printed_lines(section)[0].values()
        for text in cells
    }

    assert "x" in values and None in values and 0 in values
    assert {"x", "−", "0"} <= texts


@pytest.mark.parametrize("audience", OUTSIDE)
def test_nobody_is_named_in_what_leaves_the_office(town, reports, audience):
    said = every_word(reports[audience])
    people = [person for home in town.find(Household) for person in home.members]
    told = {getattr(p, box) for p in people for box in ("name", "kana", "address", "telephone")}
    told |= {case.coordinator for case in town.find(Case)} | {"tantou"}
    told |= {intake.number for intake in town.find(Intake)}

    assert len(told) > 100
    assert sorted(word for word in told - {None} if len(word) > 1 and word in said) == []
    assert re.findall(r"R\d+-\d{4}", said) == []


def test_a_later_report_keeps_hidden_what_an_earlier_one_hid(town):
    first = evaluation(town, 2026, audience=Audience.PUBLIC, today=OCTOBER).published
    audience = {"audience": Audience.PUBLIC, "today": TODAY}

    alone = evaluation(town, 2026, **audience).published
    second = evaluation(town, 2026, **audience, earlier=[first]).published
    same = {key for key in first.hidden if second.values.get(key) == first.values[key]}

    assert same and same <= second.hidden
    assert second.hidden != alone.hidden
    assert second.grown_little(first)


# ── years with little in them


def cells_of(report):
    return [cell for table in report.published.tables for cell in table.cells()]


@pytest.mark.parametrize("audience", list(Audience))
@pytest.mark.parametrize("year", [2026, 2030])
def test_a_year_with_nothing_in_it_is_a_clear_paper_of_zeros(store: Store, audience, year):
    report = evaluation(store, year, audience=audience, today=TODAY)
    shares = next(t for t in report.json()["tables"] if t["id"] == "shares")

    assert {cell.value for cell in cells_of(report) if cell.is_guarded} <= {0, None}
    assert {value for row in shares["rows"] for value in row[1:]} == {None}
    assert "改善事項はありません" in page_of(report)
    assert ("まだ始まっていません" in page_of(report)) == (year == 2030)
    assert len(book_of(report).worksheets) == len(report.published.tables)


@pytest.mark.parametrize("audience", OUTSIDE)
def test_of_a_single_case_nothing_is_told(store: Store, household: Household, audience):
    casework.receive_intake(store, household=household,
                            intake=Intake(received_on=OCTOBER, screening="continuing"))  # fmt: skip
    report = evaluation(store, 2026, audience=audience, today=TODAY)
    routes = next(t for t in report.json()["tables"] if t["id"] == "intakes_by_route")

    assert small_ones(report) == []
    assert routes["rows"] == [["合計", "x"]]
    assert "内訳を示していません" in page_of(report)


@pytest.mark.parametrize("audience", list(Audience))
def test_a_programme_that_the_town_does_not_run_is_no_zero(store: Store, audience):
    store.use_profile(parse(WITHOUT_OUTREACH))
    report = evaluation(store, 2026, audience=audience, today=TODAY)
    tries = next(t for t in report.json()["tables"] if t["id"] == "outreach_tries")

    assert {row[1] for row in tries["rows"]} == {None}
    assert (
        printed_lines(dict(SECTION.findall(page_of(report)))["outreach_tries"])[0]["計"][0] == "−"
    )


# ── as files


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """A small office whose public report of October is out, and where that lies."""
    path = tmp_path_factory.mktemp("evaluated") / "office.db"
    with open_store(path, account="tantou", clock=TownClock(OCTOBER)) as store:
        make_town(store, households=12, seed=3, today=TODAY)
    out = path.parent / "october"
    made, remarks = evaluate(path, 2026, out, OCTOBER, audience=Audience.PUBLIC)
    assert remarks == []
    return path, {file.name: file.read_bytes() for file in made}


def test_the_three_files_are_made_logged_and_the_same_when_made_again(office, tmp_path):
    path, first = office
    again, _ = evaluate(path, 2026, tmp_path, OCTOBER, audience=Audience.PUBLIC)
    with open_store(path, readonly=True) as store:
        rows = store.db.execute(
            "SELECT payload FROM readings WHERE action = 'paper' AND record_table = 'fiscal_years'"
        ).fetchall()

    assert [file.name for file in again] == [PAGE, BOOK, FIGURES]
    assert {file.name: file.read_bytes() for file in again} == first
    assert {json.loads(row[0])["file"] for row in rows} == set(first)
    assert {json.loads(row[0])["recipient"] for row in rows} == {"public"}


@pytest.fixture
def later(office, tmp_path):
    """The same office later on: what is recorded there leaves the other tests alone."""
    path = tmp_path / "later.db"
    with open_store(office[0], readonly=True) as store:
        store.db.execute("VACUUM INTO ?", [str(path)])
    return path


def test_the_next_report_says_what_has_grown_by_little(later, tmp_path):
    with open_store(later) as store:
        newcomer = Household(members=(Person(name="見本　花子"),))
        casework.receive_intake(store, household=newcomer, intake=Intake(received_on=TODAY))

    _, remarks = evaluate(later, 2026, tmp_path, TODAY, audience=Audience.PUBLIC)

    (said,) = remarks
    assert "5未満だけ増減した数" in said and "課長と確かめてください" in said


def test_a_past_report_is_printed_again_word_for_word(office, later, tmp_path):
    page = office[1][PAGE].decode()
    (number,) = set(re.findall(r"文書番号 (\S+?)</p>", page))
    with open_store(later) as store:
        store.save(Agency(name="架空の新しい機関"))

    printed = reprint(later, number, tmp_path, reason="議会の資料請求のため")

    assert STAMP.sub("", printed.read_text("utf-8")) == page


def typed(capsys, *words):
    """Give how the command ended, and what it said of that."""
    try:
        code = cli.run(["evaluate", *words])
    except SystemExit as stopped:
        code = stopped.code
    return code, capsys.readouterr().err.splitlines()


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--fiscal-year", "2026", "--audience", "council"), 2, "council"),
        (("--fiscal-year", "来年"), 2, "2026 か R8"),
        (("--fiscal-year", "2525"), 1, "西暦"),
        ((), 2, "--fiscal-year"),
    ],
)
def test_what_cannot_be_evaluated_is_one_line(office, capsys, words, code, said):
    out = office[0].parent / "nothing"
    got, (line,) = typed(capsys, str(office[0]), "--out", str(out), *words)

    assert (got, said in line) == (code, True)
    assert not out.exists()


def test_a_year_that_is_none_makes_no_file(office, tmp_path):
    with pytest.raises(PaperError, match="西暦"):
        evaluate(office[0], 26, tmp_path, TODAY + timedelta(days=1))

    assert list(tmp_path.iterdir()) == []
