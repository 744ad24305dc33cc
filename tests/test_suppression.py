"""What a public table hides: the classics, counted by hand; the attacker has a file of its own."""

import pytest

from jusou_nb.documents.suppression import publish
from jusou_nb.errors import PaperError
from jusou_nb.tables import AtMost, Cell, Equation, Measure, Rate, Row, Several, Table


def table(name, rows, links=(), total=None):
    lines = tuple(Row(label, tuple(cells)) for label, *cells in rows)
    return Table(
        id=name, title=name, definition="", unit="件", counted_on="", source="",
        columns=("", *("" for _ in rows[0][1:])), rows=lines, links=tuple(links), total=total,
    )  # fmt: skip


def row(total, *values, name="n", tells=True):
    """A table of one line whose parts come to a total."""
    parts = [Cell(f"{name}/{n}", value) for n, value in enumerate(values)]
    link = Equation(name, tuple(part.key for part in parts), tells=tells)
    return table(name, [("", *parts, Cell(name, total))], [link], name)


def crossed(*grid):
    """A table of lines and columns with the sums of both."""
    across = range(len(grid[0]))
    rows = [
        [str(n), *(Cell(f"n/{n}/{m}", v) for m, v in enumerate(line))]
        for n, line in enumerate(grid)
    ]
    rows = [[*line, Cell(f"n/{n}", sum(grid[n]))] for n, line in enumerate(rows)]
    columns = [Cell(f"n/column {m}", sum(line[m] for line in grid)) for m in across]
    links = [Equation(f"n/{n}", tuple(f"n/{n}/{m}" for m in across)) for n in range(len(grid))]
    links += [
        Equation(f"n/column {m}", tuple(f"n/{n}/{m}" for n in range(len(grid)))) for m in across
    ]
    links.append(Equation("n", tuple(f"n/{n}" for n in range(len(grid)))))
    links.append(Equation("n", tuple(cell.key for cell in columns)))
    return table("n", [*rows, ["計", *columns, Cell("n", sum(map(sum, grid)))]], links, "n")


def printed(report):
    """Write the tables as they are read: numbers and x."""
    return [["x" if report.is_hidden(e) else e.value for e in line.entries]
            for one in report.tables for line in one.rows]  # fmt: skip


def test_a_small_count_in_a_two_by_two_table_takes_one_of_each_line_and_column_with_it():
    report = publish([crossed([3, 9], [12, 20])], 5)

    assert printed(report) == [["x", "x", 12], ["x", "x", 32], [15, 29, 44]]


def test_a_table_without_small_counts_is_printed_whole():
    report = publish([crossed([7, 9], [12, 20])], 5)

    assert report.hidden == frozenset()


def test_lines_of_nothing_are_printed_as_nothing():
    report = publish([crossed([12, 3, 9, 8], [0, 0, 0, 0], [20, 30, 40, 50])], 5)

    assert printed(report)[1] == [0, 0, 0, 0, 0]


def test_a_zero_may_be_hidden_to_keep_another_figure():
    # 6 and 0 come to 6: that all six came one way says something about each of them.
    report = publish([row(6, 6, 0)], 5)

    assert printed(report) == [["x", "x", 6]]


def test_everybody_in_one_month_says_nothing_about_them():
    report = publish([row(6, 6, 0, tells=False)], 5)

    assert printed(report) == [[6, 0, 6]]


def test_partners_that_come_to_too_little_take_a_third_with_them():
    # 1 and 1 come to 2, so that each could only be 0, 1 or 2.
    report = publish([row(32, 1, 1, 30, tells=False)], 5)

    assert printed(report) == [["x", "x", "x", 32]]


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5])
def test_a_single_small_figure_is_hidden_and_so_is_one_at_the_threshold(count):
    # If 5 were printed, a lone x could only be 1, 2, 3 or 4: four values are fewer than five.
    report = publish([table("reopened", [("", Cell("reopened", count))])], 5)

    assert printed(report) == [["x"]]


def test_a_count_with_two_names_is_hidden_under_both_even_at_the_threshold():
    both = table("t", [("", Cell("again", 5), Cell("reopened", 5))],
                 [Equation("again", ("reopened",))])  # fmt: skip

    report = publish([both], 5)

    assert printed(report) == [["x", "x"]]
    assert report.told == frozenset()


def test_a_single_figure_of_nothing_or_of_many_is_printed():
    report = publish([table("r", [("", Cell("none", 0), Cell("many", 6), Cell("no", None))])], 5)

    assert printed(report) == [[0, 6, None]]


def test_a_year_with_one_case_is_one_line():
    report = publish([crossed([1, 0], [0, 0])], 5)

    assert report.is_line(report.tables[0])


def test_two_tables_that_share_a_total_are_hidden_together():
    # The second table alone is harmless; its total would give the first one away.
    first = row(7, 3, 4, tells=False)
    second = table("m", [("", Cell("m/1", 8), Cell("m/2", 7), Cell("m", 15))],
                   [Equation("m", ("m/1", "m/2")), Equation("m/2", ("n",))])  # fmt: skip

    report = publish([first, second], 5)

    assert ("n" in report.hidden) == ("m/2" in report.hidden)


def test_a_count_hidden_in_one_table_is_hidden_in_all():
    again = table("again", [("", Cell("n/0", 3), Cell("n", 30))])

    report = publish([row(30, 3, 27), again], 5)

    assert printed(report) == [["x", "x", 30], ["x", 30]]


def test_a_share_is_hidden_with_its_count_and_a_mean_with_its_group():
    shares = table("s", [("", Rate("n/0", "n"), Rate("n/2", "n"), Measure(8.5, "n/0"))])

    report = publish([row(70, 3, 27, 40), shares], 5)

    assert [report.is_hidden(e) for e in report.tables[1].rows[0].entries] == [True, False, True]


def test_several_answers_a_case_hide_nothing_beside_the_small_one():
    parts = [Cell("n/a", 4), Cell("n/b", 20), Cell("n/c", 25)]
    several = table("issues", [("", *parts, Cell("n", 30))], [Several("n", ("n/a", "n/b", "n/c"))])

    report = publish([several], 5)

    assert report.hidden == {"n/a"}


def test_an_issue_that_every_case_has_is_hidden():
    several = table("issues", [("", Cell("n/a", 30), Cell("n", 30))], [Several("n", ("n/a",))])

    assert publish([several], 5).hidden == {"n/a"}


def test_a_bound_that_would_give_a_figure_away_is_hidden_too():
    # Nobody can be met more often than visited: 3 of at most 3.
    visits = table("v", [("", Cell("met", 3), Cell("tried", 3))], [AtMost("met", "tried")])

    assert publish([visits], 5).hidden == {"met", "tried"}


def test_what_counts_nobody_is_printed_however_small():
    sittings = table("s", [("", Cell("sittings", 2, is_guarded=False))])

    assert publish([sittings], 5).hidden == frozenset()


def test_the_office_sees_everything():
    assert publish([crossed([1, 0], [0, 0])], 0).hidden == frozenset()


def test_three_months_by_route_by_age_keep_their_small_count_in_every_direction():
    # Each of the eight is n/a/b/c; each line in each direction has a sum of its own.
    values = {(a, b, c): 8 + 3 * a + 2 * b + c for a in (0, 1) for b in (0, 1) for c in (0, 1)}
    values[0, 0, 0] = 2
    cells = [Cell("n/{}/{}/{}".format(*place), value) for place, value in values.items()]
    sums, links = sums_of(values)

    report = publish([table("cube", [("", *cells, *sums)], links)], 5)

    assert len(report.hidden & {cell.key for cell in cells}) == 8


def sums_of(values):
    """Give the sums of a cube along each of its edges, and what adds up to them."""
    sums, links = [], []
    for edge in range(3):
        for rest in {(*p[:edge], *p[edge + 1 :]) for p in values}:
            along = [p for p in values if (*p[:edge], *p[edge + 1 :]) == rest]
            key = f"n/edge {edge}/{rest}"
            sums.append(Cell(key, sum(values[p] for p in along)))
            links.append(Equation(key, tuple("n/{}/{}/{}".format(*p) for p in along)))
    return sums, links


def test_what_an_earlier_report_hid_stays_hidden_while_it_is_the_same():
    earlier = publish([row(12, 3, 9, tells=False)], 5)
    now = table("n", [("", Cell("n/1", 9), Cell("other", 40))])

    report = publish([now], 5, [earlier])

    assert printed(report) == [["x", 40]]


def test_what_an_earlier_report_printed_is_no_cover_any_more():
    # 9 is known: beside 3 only 20 can still be hidden.
    earlier = publish([table("n", [("", Cell("n/1", 9))])], 5)

    report = publish([row(32, 3, 9, 20, tells=False)], 5, [earlier])

    assert printed(report) == [["x", 9, "x", 32]]


def test_figures_that_grew_by_a_few_since_the_last_report_are_named():
    earlier = publish([table("n", [("", Cell("n", 30), Cell("m", 30), Cell("k", 30))])], 5)
    report = publish(
        [table("n", [("", Cell("n", 32), Cell("m", 35), Cell("k", 30))])], 5, [earlier]
    )

    assert report.grown_little(earlier) == ["n"]


def test_a_table_that_does_not_add_up_is_refused():
    with pytest.raises(PaperError, match="内訳の合計が合いません"):
        publish([row(31, 3, 27)], 5)


def test_a_count_with_two_values_is_refused():
    two = [table("a", [("", Cell("n", 1))]), table("b", [("", Cell("n", 2))])]

    with pytest.raises(PaperError, match="表によって違います"):
        publish(two, 5)


def test_the_same_year_is_hidden_in_the_same_way():
    tables = [crossed([3, 9, 8, 1], [12, 20, 0, 7], [2, 2, 30, 9])]

    assert publish(tables, 5).hidden == publish(tables, 5).hidden
