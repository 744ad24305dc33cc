"""計画の章・施策: what the town set out to do, beside what was counted of it."""

from datetime import date

import pytest

from jusou_nb import open_store
from jusou_nb.casework import receive_intake
from jusou_nb.documents.evaluation import Audience, evaluation
from jusou_nb.documents.figures_table import shown_table
from jusou_nb.errors import NotFound
from jusou_nb.forms import Household, Intake, Person
from jusou_nb.profile import load, parse

TODAY = date(2027, 2, 1)
MEASURE = """
[[plan_measures]]
fiscal_year = 2026
chapter = "第3章"
measure = "断らない窓口"
indicators = ["intakes"]
[[plan_measures]]
fiscal_year = 2026
chapter = "第4章"
measure = "顔の見える関係"
[[targets]]
fiscal_year = 2026
indicator = "intakes"
value = 4
"""


@pytest.fixture
def told():
    """Give the tables of 令和8年度 in a town with one consultation and these measures."""

    def give(more, audience=Audience.INTERNAL):
        with open_store("") as store:
            store.use_profile(parse(load("standard").text + more))
            household = Household(members=(Person(name="見本 花子"),))
            intake = Intake(received_on=date(2026, 10, 5), screening="continuing")
            receive_intake(store, household=household, intake=intake)
            made = evaluation(store, 2026, audience=audience, today=TODAY)
        return {t.id: shown_table(made.published, t) for t in made.published.tables}

    return give


def lines(table):
    return [[row.label, *(entry.text for entry in row.entries)] for row in table.rows]


def test_a_measure_stands_beside_its_figure_and_its_target(told):
    assert lines(told(MEASURE)["measures"]) == [
        ["第3章　断らない窓口", "相談受付（件）", "1", "4", "25.0%"],
        ["第4章　顔の見える関係", "指標は決めていません", "−", "−", "−"],
    ]


def test_a_figure_that_is_hidden_elsewhere_is_hidden_beside_its_measure(told):
    first, _ = lines(told(MEASURE, Audience.PUBLIC)["measures"])

    assert first == ["第3章　断らない窓口", "相談受付（件）", "x", "4", "x"]


def test_a_town_without_measures_has_no_such_table(told):
    assert "measures" not in told("")


def test_a_measure_with_a_misspelt_indicator_is_told_by_its_name(told):
    with pytest.raises(NotFound, match="施策「断らない窓口」の指標「intake」"):
        told(MEASURE.replace('"intakes"]', '"intake"]'))
