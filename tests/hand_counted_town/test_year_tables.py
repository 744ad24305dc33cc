"""The tables of a 年度: what is printed twice is the same count, and what should add up does."""

from datetime import date

import pytest

from jusou_nb import open_store
from jusou_nb.documents.evaluation_tables import SECTIONS, public_ids, tables
from jusou_nb.errors import NotFound
from jusou_nb.profile import load, parse
from jusou_nb.store.yearly import CATALOGUE
from jusou_nb.tables import AtMost, Cell, Equation, Measure, Rate

LAST = date(2027, 3, 31)
FACTS = """
extends = "standard"
[[populations]]
fiscal_year = 2026
inhabitants = 52000
[[targets]]
fiscal_year = 2026
indicator = "intakes"
value = 10
[[programmes]]
fiscal_year = 2026
run = ["comprehensive_consultation", "multi_agency", "participation"]
"""


@pytest.fixture(scope="module")
def made(town):
    """The tables of the second year of the hand-counted town."""
    return tables(town.store, 2026, today=LAST)


@pytest.fixture
def stated(town):
    """The same town, with a population and a target, and two programmes not run."""
    town.store.use_profile(parse(FACTS))
    yield {table.id: table for table in tables(town.store, 2026, today=LAST)}
    town.store.use_profile(load("standard"))


def values(made):
    return {cell.key: cell.value for table in made for cell in table.cells()}


def row(table, label):
    return next(row.entries for row in table.rows if row.label == label)


def test_a_key_is_one_count_in_every_table(made):
    found = values(made)
    assert all(found[cell.key] == cell.value for table in made for cell in table.cells())


def test_every_row_is_as_wide_as_its_table(made):
    assert all(len(row.entries) + 1 == len(table.columns) for table in made for row in table.rows)


def test_what_is_said_to_add_up_adds_up(made):
    found = values(made)
    sums = [link for table in made for link in table.links if isinstance(link, Equation)]
    for link in sums:
        gained, lost = (sum(found[key] for key in keys) for keys in (link.parts, link.less))
        assert found[link.total] == gained - lost, link.total
    assert len(sums) > 50


def test_what_is_said_to_bound_bounds(made):
    found = values(made)
    for link in (link for table in made for link in table.links):
        if isinstance(link, AtMost):
            assert found[link.lesser] <= found[link.greater], link
        elif not isinstance(link, Equation):
            parts = [found[key] for key in link.parts]
            assert max(parts, default=0) <= found[link.total], link
            assert not link.is_complete or sum(parts) >= found[link.total], link


def test_a_rate_is_made_of_counts_that_are_printed(made):
    found = values(made)
    for entry in (entry for table in made for row in table.rows for entry in row.entries):
        if isinstance(entry, Rate):
            assert entry.numerator in found and entry.denominator in found
        if isinstance(entry, Measure):
            assert entry.base in found


def test_every_indicator_stands_in_a_table_with_its_definition_day_and_source(made):
    text = "".join(table.definition + table.counted_on + table.source for table in made)
    printed = {cell.key.split("/")[0].split(".")[0] for table in made for cell in table.cells()}
    for one in CATALOGUE.values():
        assert one.definition in text and one.counted_on in text and one.source in text
        assert (one.of or one.code) in printed


def test_no_two_tables_have_one_id_and_the_public_set_is_fixed(made):
    ids = [table.id for table in made]
    # Surveys have a table only in a year with one.
    assert len(ids) == len(set(ids)) and public_ids() < {*ids, "surveys", "measures"}
    assert {section.id for section in SECTIONS} < public_ids()


def test_zero_is_zero_and_a_month_to_come_is_no_figure(town):
    found = values(tables(town.store, 2026, today=date(2026, 10, 15)))
    assert found["intakes/month=2026-11"] is None
    assert found["intakes/month=2026-07"] == 1 and found["intakes/month=2026-05"] == 1
    assert found["intakes/month=2026-04"] == 3
    assert found["intakes/route=network"] == 0


def test_targets_and_inhabitants_of_the_profile_stand_beside_the_figure(stated):
    line = row(stated["consultation"], "相談受付")
    assert line[1] == Cell("intakes", 9) and line[2].value == 10
    assert line[3] == Rate("intakes", "target/intakes")
    assert line[4] == Rate("intakes", "inhabitants", scale=100_000, unit="")
    assert [cell.value for cell in line[5:]] == [22, 0]


def test_a_programme_that_the_town_did_not_run_is_no_figure_and_no_zero(stated):
    line = row(stated["outreach"], "アウトリーチの対象者")
    assert (line[1].value, line[4]) == (None, "−")
    assert line[5].value == 1
    assert row(stated["participation"], "参加支援の対象者")[1].value == 2


@pytest.mark.parametrize("typo", [("intakes", "intake"), ("multi_agency", "multiagency")])
def test_a_target_or_a_programme_that_there_is_not_is_named_in_one_line(town, typo):
    town.store.use_profile(parse(FACTS.replace(f'"{typo[0]}"', f'"{typo[1]}"')))
    with pytest.raises(NotFound, match=f"「{typo[1]}」"):
        tables(town.store, 2026, today=LAST)
    town.store.use_profile(load("standard"))


def test_an_empty_year_and_a_year_to_come_make_tables_of_zeros():
    with open_store("") as store:
        for year in (2026, 2030):
            made = tables(store, year, today=LAST)
            assert {cell.value for table in made for cell in table.cells()} <= {0, None, 120000,
                                                                              180000}  # fmt: skip


def test_the_days_to_a_plan_are_a_mean_with_the_number_behind_it(made):
    plans = next(table for table in made if table.id == "plans_and_results")
    mean = row(plans, "はじめの相談からプランまでの日数（平均）")
    assert mean[1] == Measure(132.0, "plan_days.records", unit="日")
    assert mean[5] == Measure(60.5, "plan_days.records/year=2025", unit="日")


def test_expenses_stand_against_the_budget_of_the_year(made):
    spent = next(table for table in made if table.id == "expenses_and_budget")
    budget, paid, left, share = row(spent, "借上料（緊急一時保護）")
    assert (budget.value, paid.value, left.value) == (120_000, 30_000, 90_000)
    assert share == Rate(paid.key, budget.key)
