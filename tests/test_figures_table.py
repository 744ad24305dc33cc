"""How a table of figures is printed, written to figures.json, and drawn."""

import base64
from dataclasses import replace

import pytest

from jusou_nb.documents import figures_charts
from jusou_nb.documents.figures_table import as_json, section, shown, shown_table
from jusou_nb.documents.suppression import Published, publish
from jusou_nb.tables import Cell, Equation, Measure, Rate, Row, Table


@pytest.fixture
def routes():
    counts = {"self": 3, "family": 27, "agency": 1200, "none": 0}
    rows = [Row(k, (Cell(f"n/{k}", n), Rate(f"n/{k}", "n"))) for k, n in counts.items()]
    rows.append(Row("計", (Cell("n", 1230), Rate("n", "n")), is_total=True))
    return Table(
        id="routes", title="経路別の相談受付", definition="相談受付票の数。", unit="件",
        counted_on="相談受付日", source="国への報告事項", columns=("経路", "件数", "割合"),
        rows=tuple(rows), links=(Equation("n", tuple(f"n/{k}" for k in counts)),), total="n",
    )  # fmt: skip


def texts(report):
    return [[e.text for e in row.entries] for row in shown_table(report, report.tables[0]).rows]


def test_a_table_prints_numbers_shares_and_an_x_that_takes_its_share_along(routes):
    report = publish([routes], 5)

    assert texts(report) == [
        ["x", "x"], ["x", "x"], ["1,200", "97.6%"], ["0", "0.0%"], ["1,230", "100.0%"],
    ]  # fmt: skip


def test_no_such_figure_and_nothing_and_hidden_are_three_marks(routes):
    row = Row("", (Cell("a", None), Cell("b", 0), Cell("c", 2)))
    report = publish([replace(routes, rows=(row,), links=(), total=None)], 5)

    assert texts(report) == [["−", "0", "x"]]


def test_nothing_of_nothing_is_no_share():
    report = Published(tables=(), threshold=0)

    assert shown(report, Rate("a", "b")).text == "−"


@pytest.mark.parametrize(
    ("above", "below", "text"), [(1, 8, "12.5%"), (1, 16, "6.3%"), (5, 1000, "0.5%")]
)
def test_a_half_is_rounded_up(routes, above, below, text):
    cells = Row("", (Cell("a", above), Cell("b", below)))
    report = publish([replace(routes, rows=(cells,), links=())], 0)

    assert shown(report, Rate("a", "b")).text == text


def test_a_mean_of_days_is_printed_with_its_unit(routes):
    report = publish([routes], 5)

    assert shown(report, Measure(18.649, "n", unit="日")).text == "18.6日"
    assert shown(report, Measure(None, "n", unit="日")).text == "−"


def test_a_table_too_small_becomes_one_line_that_says_so(routes):
    rows = (Row("self", (Cell("n/self", 3),)), Row("計", (Cell("n", 3),)))
    small = replace(routes, rows=rows, links=(Equation("n", ("n/self",)),))

    seen = shown_table(publish([small], 5), small)

    assert seen.is_line
    assert [(r.label, [e.text for e in r.entries]) for r in seen.rows] == [("合計", ["x"])]
    assert "内訳を示していません" in seen.notes[-1]


def test_the_file_of_figures_holds_numbers_and_says_where_an_x_stands(routes):
    found = as_json(publish([routes], 5), routes)

    assert found["columns"] == ["経路", "件数", "割合"]
    assert found["rows"][2] == ["agency", 1200, 97.6]
    assert found["rows"][0] == ["self", "x", "x"]
    assert found["suppressed"] == [[0, 1], [0, 2], [1, 1], [1, 2]]
    assert {"id", "title", "definition"} <= found.keys()


def test_the_page_names_definition_date_and_source_and_reads_its_headings(routes):
    html = section(publish([routes], 5), routes).html

    assert "単位：件　数える日：相談受付日　出典：国への報告事項" in html
    assert html.count('scope="row"') == 5
    assert html.count('scope="col"') == 3
    assert "5未満の数か、差し引きで" in html


def test_no_hidden_figure_is_anywhere_in_what_is_printed(routes):
    odd = {"n/self": 3, "n/family": 7777}
    rows = (Row("", tuple(Cell(*pair) for pair in (*odd.items(), ("n", 7780)))),)
    links = (Equation("n", tuple(odd), tells=False),)
    report = publish([replace(routes, rows=rows, links=links)], 5)
    one = report.tables[0]

    printed = section(report, one).html + repr(shown_table(report, one)) + str(as_json(report, one))

    assert "7777" not in printed and "7,777" not in printed


def drawn(address):
    return base64.b64decode(address.split(",")[1]).decode()


def test_a_chart_does_not_depend_on_what_is_hidden(routes):
    other = (Cell("n/self", 2), Cell("n/family", 28))
    rows = tuple(replace(row, entries=(cell, *row.entries[1:]))
                 for row, cell in zip(routes.rows, other, strict=False))  # fmt: skip
    twin = replace(routes, rows=(*rows, *routes.rows[2:]))

    charts = [
        [draw(shown_table(publish([one], 5), one)) for draw in
         (figures_charts.column, figures_charts.funnel)] for one in (routes, twin)
    ]  # fmt: skip

    assert charts[0] == charts[1]


def test_the_same_figures_draw_the_same_bytes_and_others_do_not(routes):
    seen = [shown_table(publish([routes], limit), routes) for limit in (0, 0, 5)]

    first, again, hidden = (figures_charts.funnel(one) for one in seen)

    assert first == again != hidden
    assert "<svg" in drawn(first)


def test_months_leave_the_total_out_and_a_table_of_one_line_draws_nothing(routes):
    cells = (*(Cell(f"n/{m}", 6 + m) for m in (4, 5)), Cell("n", 21))
    months = replace(routes, columns=("指標", "4月", "5月", "計"), rows=(Row("相談受付", cells),),
                     links=())  # fmt: skip
    without = replace(months, columns=("指標", "4月", "5月"), rows=(Row("相談受付", cells[:2]),))
    small = replace(routes, rows=(Row("計", (Cell("n", 1),)),), links=())

    drawings = [figures_charts.months(shown_table(publish([t], 0), t)) for t in (months, without)]

    assert drawings[0] == drawings[1] != ""
    assert figures_charts.months(shown_table(publish([small], 5), small)) == ""


def test_issues_are_ranked_and_one_without_a_rank_is_not_drawn(routes):
    def table(*issues):
        rows = [Row(name, tuple(Cell(f"{name}/{n}", v) for n, v in enumerate(values)))
                for name, *values in issues]  # fmt: skip
        return replace(routes, columns=("課題", "20代", "40代", "計"), rows=tuple(rows), links=())

    big, little, none = ("住まい", 6, 20, 26), ("病気", 7, 9, 16), ("けが", 0, 0, 0)
    tables = [table(big, little), table(little, none, big)]
    ranked = [figures_charts.ranking(shown_table(publish([t], 0), t), (0, 1), 2) for t in tables]

    assert ranked[0] == ranked[1] != ""


def test_the_steps_of_the_balance_stand_on_the_ground_when_one_is_hidden(routes):
    cells = tuple(Cell(f"b/{n}", v) for n, v in enumerate((20, 9, 6, 7, 2, 26)))
    heads = ("", "繰越", "新規", "再開", "終結", "中断", "期末現在")
    moves = replace(routes, columns=heads, rows=(Row("延べ", cells),), links=(), total=None)

    whole, hidden = (
        figures_charts.balance(shown_table(publish([moves], limit), moves)) for limit in (0, 5)
    )

    assert drawn(whole) != drawn(hidden)
