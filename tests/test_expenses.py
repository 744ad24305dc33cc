"""緊急一時保護 and experts' advice: why nothing else paid, against the 年度's budget."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from jusou_nb import casework
from jusou_nb.casework import expenses
from jusou_nb.documents.sheet import sheet
from jusou_nb.errors import Invalid, NotAllowed
from jusou_nb.forms import Advice, Emergency, SchemeCheck, Shelter
from jusou_nb.forms.scheme_check import SchemeResult
from jusou_nb.problems import Override
from jusou_nb.rules.expenses import nights
from jusou_nb.store import overrides as allowed
from jusou_nb.store.budgets import budget_left, budget_lines
from jusou_nb.store.due import due_items

DAY = date(2026, 10, 10)
WHERE = "架空温泉ホテル三〇三号室"
CHIEF = Override(rule="budget.exceeded", reason="予備費から流用する", allowed_by="課長 例示")


def rules_of(problems):
    return [problem.rule for problem in problems]


def waits(store, kind):
    return [entry for entry in due_items(store, DAY) if entry.kind == kind]


@pytest.fixture
def stay(desk):
    """Keep a stay of the case, changed as asked."""

    def one(overrides=(), **boxes):
        said = Shelter(
            why_no_other="一時生活支援は空きがない",
            schemes_tried="一時生活支援: 満室",
            starts_on=DAY,
            account="hire",
            amount=8000,
            approved_by="課長 例示",
        )
        made = replace(said, **boxes)
        return expenses.keep_shelter(desk.store, made, case=desk.case, overrides=overrides)

    return one


@pytest.fixture
def asked(desk):
    """A question to a lawyer, in which nobody is named."""
    question = Advice(asked_on=DAY, expert="lawyer", question="相続の放棄の期限", shown="なし")
    return expenses.keep_advice(desk.store, question, case=desk.case)


@pytest.fixture
def emergency(desk):
    """What happened to the household at night, and who approved of what was done."""
    told = Emergency(
        happened_at=datetime(2026, 10, 3, 21),
        who="見本 花子",
        what="家を出された",
        approved_by="課長 例示",
        next_check_at=datetime(2026, 10, 4, 9),
    )
    household = desk.household
    return casework.respond_to_emergency(desk.store, told, household=household).emergency


def test_a_stay_says_why_no_other_scheme_pays(desk, stay):
    with pytest.raises(Invalid):
        stay(why_no_other="")
    told = stay(schemes_tried="")
    assert rules_of(told.remarks) == ["shelter.schemes_unchecked"]


def test_a_scheme_that_was_checked_for_the_case_is_known(desk, stay):
    checked = SchemeCheck(
        checked_on=DAY, scheme="一時生活支援", result=SchemeResult.NOT_ELIGIBLE, reason="対象外"
    )
    casework.check_scheme(desk.store, desk.case, checked)
    assert stay(schemes_tried="").remarks == ()
    known = expenses.shelter_sheet(desk.store, on=DAY, case=desk.case).schemes_tried
    assert known.startswith("一時生活支援: ")


def test_the_sheet_of_a_stay_takes_over_what_the_emergency_said(desk, emergency):
    assert expenses.last_emergency(desk.store, desk.case).id == emergency.id
    known = expenses.shelter_sheet(desk.store, on=DAY, case=desk.case, emergency=emergency)
    assert (known.starts_on, known.people, known.account) == (date(2026, 10, 3), 2, "hire")
    assert (known.emergency_id, known.approved_by) == (emergency.id, "課長 例示")


def test_an_emergency_that_has_its_stay_is_not_taken_again(desk, emergency, stay):
    stay(emergency_id=emergency.id)
    assert expenses.last_emergency(desk.store, desk.case) is None


def test_nights_are_counted_up_to_the_end_else_up_to_today(stay):
    kept = stay().record
    assert nights(kept, date(2026, 10, 13)) == 3
    assert nights(replace(kept, ends_on=date(2026, 10, 12)), date(2026, 11, 1)) == 2
    assert nights(replace(kept, ends_on=DAY), DAY) == 0


def test_what_is_spent_is_taken_off_the_budget_of_its_year(desk, stay):
    assert stay(amount=50000).left == 70000
    assert stay(amount=20000, starts_on=date(2027, 4, 1)).left is None
    assert budget_left(desk.store, 2026, "hire") == 70000
    (hire,) = [line for line in budget_lines(desk.store, 2026) if line.account == "hire"]
    assert (hire.spent, hire.count, hire.left) == (50000, 1, 70000)


def test_what_exceeds_the_budget_waits_for_the_chief(desk, stay):
    with pytest.raises(NotAllowed) as refusal:
        stay(amount=120001)
    assert rules_of(refusal.value.problems) == ["budget.exceeded"]
    kept = stay(amount=120001, overrides=(CHIEF,)).record
    (row,) = allowed.of(desk.store, Shelter.table, kept.id)
    assert row["reason"] == CHIEF.reason


def test_a_change_of_a_stay_is_not_counted_against_itself(desk, stay):
    kept = stay(amount=100000).record
    changed = expenses.end_shelter(desk.store, kept, on=date(2026, 10, 15), amount=110000)
    assert changed.left == 10000


def test_what_does_not_fit_a_stay_is_pointed_out(stay):
    told = stay(ends_on=date(2026, 10, 1), approved_by=None, account="honorarium")
    assert rules_of(told.remarks) == ["shelter.days", "shelter.not_approved", "budget.account"]


def test_a_year_without_a_budget_is_pointed_out(stay):
    assert rules_of(stay(starts_on=date(2028, 5, 1)).remarks) == ["budget.none"]


def test_where_somebody_is_kept_safe_stands_on_no_sheet_list_or_frame(desk, stay):
    kept = stay(shelter_place=WHERE, moved_on_to="架空町の兄の家").record
    assert WHERE not in sheet(desk.store, "shelters", kept.id, made_on="").html
    frame = desk.store.frame("shelters")
    assert WHERE not in frame.to_csv() and "兄の家" not in frame.to_csv()


def test_a_stay_that_goes_on_is_looked_at_until_it_ends(desk, stay):
    kept = stay(starts_on=date(2026, 10, 5)).record
    (due,) = waits(desk.store, "shelter_stays")
    assert (due.due_on, due.number) == (date(2026, 10, 8), "R8-0001")
    expenses.end_shelter(desk.store, kept, on=DAY, moved_on_to="公営住宅")
    assert waits(desk.store, "shelter_stays") == []


def test_a_name_in_what_an_expert_is_shown_is_pointed_out(desk, asked):
    told = expenses.keep_advice(desk.store, replace(asked.record, shown="花子さんの通帳の写し"))
    assert rules_of(told.remarks) == ["advice.name_shown"]
    assert told.remarks[0].box == "shown"


def test_what_was_shown_is_always_said(desk):
    with pytest.raises(Invalid):
        expenses.keep_advice(
            desk.store, Advice(asked_on=DAY, expert="lawyer", question="相続の放棄"), case=desk.case
        )


def test_an_expert_is_waited_for_and_the_fee_comes_off_the_budget(desk, asked):
    (due,) = waits(desk.store, "advice_answers")
    assert due.due_on == date(2026, 10, 24)
    said = expenses.answer_advice(
        desk.store, asked.record, "三か月以内に申し立てる", on=DAY, minutes=40, amount=10000
    )
    assert (said.record.account, said.left) == ("honorarium", 170000)
    assert waits(desk.store, "advice_answers") == []


def test_an_empty_answer_of_an_expert_is_none(desk, asked):
    with pytest.raises(Invalid):
        expenses.answer_advice(desk.store, asked.record, " ", on=DAY)
