"""国への報告 and 交付金: each question beside its figure, or listed as not decided."""

from dataclasses import replace
from datetime import date

import pytest

from jusou_nb import open_store
from jusou_nb.casework import receive_intake
from jusou_nb.documents.evaluation import Audience, evaluation
from jusou_nb.documents.figures_table import shown_table
from jusou_nb.errors import NotFound
from jusou_nb.forms import Household, Intake, Person, WorkerRole
from jusou_nb.profile import load, parse

TODAY = date(2027, 2, 1)
QUESTION = {"sheet": "survey", "number": "問1", "question": "（例）新しい相談"}


@pytest.fixture
def asked():
    """Give the sheets of 令和8年度 in a town with one consultation, as the profile asks."""

    def give(*rows, audience=Audience.INTERNAL):
        text = load("standard").text.split("[[national_questions]]")[0]
        for row in rows:
            text += "\n[[national_questions]]\nfiscal_year = 2026\n"
            text += "".join(f"{k} = {str(v).lower() if v is True else repr(v)}\n"
                            for k, v in {**QUESTION, **row}.items())  # fmt: skip
        with open_store("") as store:
            store.use_profile(parse(text))
            intake = Intake(received_on=date(2026, 10, 5), route="self", screening="continuing")
            household = Household(members=(Person(name="見本 花子"),))
            receive_intake(store, household=household, intake=intake)
            made = evaluation(store, 2026, audience=audience, today=TODAY)
        return {t.id: shown_table(made.published, t) for t in made.published.tables}

    return give


def line(table, row=0):
    return [table.rows[row].label, *(entry.text for entry in table.rows[row].entries)]


def test_a_question_is_answered_by_the_indicator_that_the_town_has_named(asked):
    tables = asked({"indicator": "intakes", "thick": True}, {"indicator": "intakes_by_route",
                   "part": "self", "number": "問2"})  # fmt: skip

    assert line(tables["national_survey"]) == [
        "問1", "（例）新しい相談", "", "", "太枠", "件", "1"]  # fmt: skip
    assert line(tables["national_survey"], 1)[-1] == "1"
    assert tables["national_survey"].rows[0].is_thick


def test_a_question_that_nobody_has_decided_is_listed_and_not_guessed(asked):
    assert line(asked({})["national_survey"])[-1] == "対応する数え方が決まっていません"


def test_the_grant_sheet_stands_by_statutory_line(asked):
    grant = {"sheet": "grant", "indicator": "plans"}
    table = asked({**grant, "line": 6}, {**grant, "number": "問2", "line": 1})["national_grant"]

    assert [row.label for row in table.rows] == ["問2", "問1"]
    assert line(table, 1)[3] == "第6号 支援プランの作成"


def test_a_year_without_questions_says_so_on_a_clear_page(asked):
    assert "まだありません" in line(asked()["national_survey"])[0]


def test_what_goes_to_the_state_never_stands_in_a_report_for_outside(asked):
    tables = asked({"indicator": "intakes"}, audience=Audience.PUBLIC)

    assert not [code for code in tables if code.startswith("national")]


@pytest.mark.parametrize(
    "row",
    [
        {"indicator": "intake"},
        {"indicator": "intakes", "way": "total"},
        {"indicator": "intakes_by_route", "part": "nowhere"},
        {"indicator": "intakes", "programme": "sixth"},
    ],
)
def test_a_misspelt_name_is_told_in_one_line_with_its_question(asked, row):
    with pytest.raises(NotFound, match=r"2026年度 国への報告 問1.*はありません"):
        asked(row)


def records(store, audience=Audience.INTERNAL):
    made = evaluation(store, 2026, audience=audience, today=TODAY)
    return made.records().html, made.identity.number


def test_each_figure_of_the_office_leads_to_the_numbers_of_its_records(desk):
    html, _ = records(desk.store)

    assert desk.intake.number in html
    assert "見本" not in html


def test_no_number_of_a_record_leaves_the_office(desk):
    html, _ = records(desk.store, Audience.REPRESENTATIVES)

    assert html.strip() == ""


def test_who_may_not_open_cases_gets_no_numbers_and_the_paper_is_another(desk):
    _, open_number = records(desk.store)
    place = evaluation(desk.store, 2026, audience=Audience.INTERNAL, today=TODAY).place
    role = WorkerRole(worker="別 の人", role="coordinator", since=date(2026, 4, 1))
    desk.store.save(role)

    made = evaluation(desk.store, 2026, audience=Audience.INTERNAL, today=TODAY)

    assert desk.intake.number not in made.records().html
    assert "ケースを開ける役割" in made.records().html
    assert replace(made, place=place).identity.number != open_number
