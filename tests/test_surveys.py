"""調査の結果: typed or imported, shown in the year's evaluation, small numbers never outside."""

import csv
from dataclasses import replace
from datetime import date

import pytest

from jusou_nb.casework import keep_survey
from jusou_nb.casework.ledger import import_ledger
from jusou_nb.documents.evaluation import Audience, evaluation
from jusou_nb.documents.figures_table import shown_table
from jusou_nb.errors import NotAllowed
from jusou_nb.forms import SurveyResult

TODAY = date(2027, 2, 1)
GOOD = SurveyResult(
    fiscal_year=2026, survey="連携機関アンケート", question="連携しやすくなりましたか",
    answer="はい", people=31, answered=50, source="見本市の調べ",
)  # fmt: skip
OTHERS = (replace(GOOD, answer="変わらない", people=16), replace(GOOD, answer="いいえ", people=3))


def lines(store, audience=Audience.INTERNAL):
    report = evaluation(store, 2026, audience=audience, today=TODAY).published
    found = [shown_table(report, table) for table in report.tables if table.id == "surveys"]
    return [(row.label, *(e.text for e in row.entries[1:])) for t in found for row in t.rows]


@pytest.fixture
def typed(store):
    for result in (GOOD, *OTHERS):
        keep_survey(store, result)
    return store


def test_a_survey_typed_in_stands_in_the_years_evaluation_with_its_shares(typed):
    assert lines(typed) == [
        ("はい", "31", "62.0%"), ("変わらない", "16", "32.0%"), ("いいえ", "3", "6.0%"),
        ("答えた人", "50", "−"),
    ]  # fmt: skip


def test_three_who_said_no_cannot_be_worked_out_from_what_is_published(typed):
    told = lines(typed, Audience.PUBLIC)

    assert ("いいえ", "x", "x") in told
    assert sum(row[1] == "x" for row in told) > 1


def test_several_answers_each_do_not_have_to_add_up(typed):
    keep_survey(typed, replace(GOOD, answer="そのほか", people=40))

    assert ("そのほか", "40", "80.0%") in lines(typed)


def test_a_year_without_a_survey_has_no_table_of_one(store):
    keep_survey(store, replace(GOOD, fiscal_year=2025))

    assert lines(store) == []


def test_a_survey_comes_in_from_a_table(store, tmp_path):
    heads = ["調査の年度", "調査名", "設問", "選んだ答え", "選んだ人数", "答えた人の数"]
    with (tmp_path / "survey.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([heads, [2026, "調査", "設問", "はい", 31, 50]])

    import_ledger(store, tmp_path / "survey.csv", form="survey_results", today=TODAY)

    assert lines(store) == [("はい", "31", "62.0%"), ("答えた人", "50", "−")]


def test_no_more_people_choose_an_answer_than_have_answered(store):
    with pytest.raises(NotAllowed, match="51人"):
        keep_survey(store, replace(GOOD, people=51))


def test_the_year_of_a_survey_is_a_western_one(store):
    with pytest.raises(NotAllowed, match="西暦"):
        keep_survey(store, replace(GOOD, fiscal_year=8))
