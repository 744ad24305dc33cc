"""What is counted, against months counted by hand."""

import re
from dataclasses import replace
from datetime import date, datetime

import pytest

from jusou_nb import casework
from jusou_nb.forms import (
    AgendaItem,
    Case,
    CaseNote,
    Conference,
    Household,
    Intake,
    Person,
    Referral,
    SupportPlan,
)
from jusou_nb.forms.case import CaseStatus
from jusou_nb.forms.conference import AgendaKind, ConferenceState
from jusou_nb.store import counts, due, indicators

OCTOBER = (date(2026, 10, 1), date(2026, 10, 31))
NOVEMBER = (date(2026, 11, 1), date(2026, 11, 30))


@pytest.fixture
def receive(store):
    """Receive one sheet of a household of its own; gives the case, if one was opened."""

    def one(day, screening="continuing", **boxes):
        household = Household(members=(Person(name="架空 太郎"),))
        intake = Intake(received_on=day, screening=screening, **boxes)
        return casework.receive_intake(store, household=household, intake=intake)

    return one


@pytest.fixture
def sheets(store, receive):
    """Five sheets of October, one of them struck, and one each of the months around."""
    first = {"route": "self", "desk_level": "first", "fields": ("elderly", "hardship")}
    receive(date(2026, 9, 30), **first)
    receive(date(2026, 10, 1), **first)
    receive(date(2026, 10, 15), route="agency", desk_level="first", fields=("elderly",))
    again = receive(date(2026, 10, 16), route="agency", desk_level="first", fields=())
    second = replace(again.intake, id=None, version=0, number=None, desk_level="second")
    store.save(replace(second, received_on=date(2026, 10, 31)))
    store.strike(receive(date(2026, 10, 20), **first).intake, "誤記")
    receive(date(2026, 11, 1), **first)
    return store


def filled(found):
    return {code: n for code, n in found.items() if n}


def test_intakes_are_counted_by_route_first_and_last_day_included(sheets):
    found = indicators.intakes_by_route(sheets, *OCTOBER)
    assert filled(found) == {"self": 1, "agency": 3}
    assert found["outreach"] == 0


def test_intakes_are_counted_by_field_once_in_each(sheets):
    found = indicators.intakes_by_field(sheets, *OCTOBER)
    assert filled(found) == {"elderly": 2, "hardship": 1, "": 2}
    assert found["children"] == 0


def test_intakes_are_counted_by_desk_and_households_once(sheets):
    assert filled(indicators.intakes_by_desk(sheets, *OCTOBER)) == {"first": 3, "second": 1}
    assert indicators.intakes(sheets, *OCTOBER) == 4
    assert indicators.households_received(sheets, *OCTOBER) == 3


def test_intakes_are_counted_by_month(sheets):
    found = indicators.intakes_by_month(sheets, date(2026, 4, 1), date(2027, 3, 31))
    assert found == {"2026-09": 1, "2026-10": 4, "2026-11": 1}


def test_a_month_without_anything_counts_zero_everywhere(store):
    assert indicators.intakes(store, *OCTOBER) == 0
    assert filled(indicators.cases_by_status(store, OCTOBER[1])) == {}
    assert indicators.balance(store, *OCTOBER) == balance("0 + 0 + 0 - 0 - 0 = 0")
    assert all(n == 0 for n in counts.referrals_by_answer(store, *OCTOBER).values())


def balance(equation):
    """Read ``3 + 2 + 1 - 2 - 1 = 3`` in the order of 繰越＋新規＋再開−終結−中断＝期末現在."""
    figures = [int(figure) for figure in re.findall(r"\d+", equation)]
    names = ("carried", "new", "reopened", "closed", "suspended", "standing")
    return indicators.Balance(**dict(zip(names, figures, strict=True)))


@pytest.fixture
def move(store):
    """Change a case's 段階 on a day, by the verb."""

    def one(case, status, day):
        now = store.load(Case, case.id)
        return casework.change_status(store, now, status, on=day, reason="試験")

    return one


@pytest.fixture
def cases(receive, move):
    """Six cases by the end of October; counted by hand below."""
    opened = [receive(date(2026, 9, 10)).case for _ in range(4)]
    opened += [receive(date(2026, 10, 5)).case for _ in range(2)]
    move(opened[0], CaseStatus.CLOSED, date(2026, 10, 1))
    move(opened[1], CaseStatus.SUSPENDED, date(2026, 9, 20))
    move(opened[1], CaseStatus.SUPPORT, date(2026, 10, 31))
    move(opened[2], CaseStatus.SUSPENDED, date(2026, 10, 10))
    move(opened[4], CaseStatus.CHECK_IN, date(2026, 10, 20))
    move(opened[3], CaseStatus.CLOSED, date(2026, 11, 2))
    return opened


def test_the_balance_of_a_month_closes_as_counted_by_hand(store, cases):
    october = indicators.balance(store, *OCTOBER)
    assert october == balance("3 + 2 + 1 - 2 - 1 = 3")
    assert october.closes


def test_the_next_month_carries_what_the_last_one_left(store, cases):
    assert indicators.balance(store, *NOVEMBER) == balance("3 + 0 + 0 - 1 - 0 = 2")


def test_cases_are_counted_by_where_they_stood_on_the_last_day(store, cases):
    found = indicators.cases_by_status(store, OCTOBER[1])
    assert filled(found) == {"intake": 2, "support": 1, "closed": 1, "suspended": 1, "check_in": 1}
    assert indicators.households_running(store, OCTOBER[1]) == 3


def test_a_case_that_closes_and_opens_again_in_a_month_counts_both(store, receive, move):
    case = receive(date(2026, 9, 1)).case
    move(case, CaseStatus.CLOSED, date(2026, 10, 5))
    move(case, CaseStatus.SUPPORT, date(2026, 10, 25))
    assert indicators.balance(store, *OCTOBER) == balance("1 + 0 + 1 - 1 - 0 = 1")


def test_two_moves_of_one_day_count_in_the_order_of_entry(store, receive, move):
    case = receive(date(2026, 10, 5)).case
    move(case, CaseStatus.SUSPENDED, date(2026, 10, 9))
    move(case, CaseStatus.CLOSED, date(2026, 10, 9))
    assert indicators.balance(store, *OCTOBER) == balance("0 + 1 + 0 - 0 - 1 = 0")
    assert filled(indicators.cases_by_status(store, OCTOBER[1])) == {"closed": 1}


def test_a_corrected_day_moves_the_closure_into_its_month(store, receive, move):
    closed = move(receive(date(2026, 9, 1)).case, CaseStatus.CLOSED, date(2026, 10, 30))
    store.save(replace(closed, status_on=date(2026, 11, 1)))
    assert indicators.balance(store, *OCTOBER).closed == 0
    assert indicators.balance(store, *NOVEMBER).closed == 1


def test_a_later_entry_of_an_earlier_day_stands_above_what_it_predates(store, receive, move):
    case = receive(date(2026, 9, 1)).case
    move(case, CaseStatus.SUPPORT, date(2026, 10, 20))
    move(case, CaseStatus.CLOSED, date(2026, 10, 10))
    assert indicators.balance(store, *OCTOBER) == balance("1 + 0 + 0 - 1 - 0 = 0")


def test_a_struck_case_leaves_the_counts_of_every_month(store, cases):
    store.strike(store.load(Case, cases[5].id), "二重に開いた")
    assert indicators.balance(store, *OCTOBER) == balance("3 + 1 + 1 - 2 - 1 = 2")


def test_a_change_that_is_no_move_counts_nothing(store, cases):
    case = store.load(Case, cases[5].id)
    store.save(replace(case, deputy="例示 副担当"))
    assert indicators.balance(store, *OCTOBER) == balance("3 + 2 + 1 - 2 - 1 = 3")


@pytest.fixture
def sittings(store, receive):
    """Two sittings held, one to come, one called off; three items on one basis."""
    for day, state in (
        (date(2026, 10, 1), ConferenceState.HELD),
        (date(2026, 10, 15), ConferenceState.HELD),
        (date(2026, 10, 29), ConferenceState.PLANNED),
        (date(2026, 10, 8), ConferenceState.CANCELLED),
    ):
        sitting = store.save(Conference(body="monthly", held_on=day, state=state))
        for kind in (AgendaKind.NEW, AgendaKind.CONTINUED)[: 1 + (day.day == 15)]:
            case = receive(date(2026, 9, 1)).case
            item = AgendaItem(conference_id=sitting.id, case_id=case.id, kind=kind)
            store.save(replace(item, basis="confidential", client_id=case.client_id))
    return store


def test_sittings_and_items_are_counted_by_basis_with_zeros(sittings):
    rows = {r.basis: r for r in counts.sittings_by_basis(sittings, *OCTOBER, date(2026, 10, 20))}
    held = rows["confidential"]
    assert (held.sittings, held.items, held.new_items, held.to_come) == (2, 3, 2, 1)
    none = rows["multilayered"]
    assert (none.sittings, none.items, none.new_items, none.to_come) == (0, 0, 0, 0)
    assert "representatives" not in rows


def test_plans_are_counted_by_the_day_of_each_step(store, receive):
    case = receive(date(2026, 9, 1)).case
    day = date(2026, 10, 2)
    casework.draft_plan(store, case, SupportPlan(drawn_on=date(2026, 9, 30), outcome_on=day))
    casework.draft_plan(store, case, SupportPlan(drawn_on=day, decided_on=date(2026, 11, 4)))
    other = receive(date(2026, 9, 1)).case
    casework.draft_plan(store, other, SupportPlan(drawn_on=date(2026, 10, 31)))
    found = counts.plans(store, *OCTOBER)
    assert (found.first, found.again, found.agreed, found.decided) == (1, 1, 1, 0)


def test_referrals_count_by_their_day_or_that_of_their_intake(store, receive):
    sent = receive(date(2026, 9, 30)).intake
    agency = next(iter(store.lexicon().refs["agencies"]))
    dated = Referral(destination=agency, sent_on=date(2026, 10, 1), ground="within_office")
    casework.refer(store, sent, dated)
    later = receive(date(2026, 10, 31)).intake
    store.save(Referral(destination=agency, intake_id=later.id, answer="settled"))
    found = counts.referrals_by_answer(store, *OCTOBER)
    assert found == {"sent": 1, "received": 0, "refused": 0, "settled": 1}


def note(when):
    return CaseNote(happened_at=when, content="電話")


def test_a_case_nobody_wrote_of_for_too_long_is_listed(store, receive):
    silent, spoken = receive(date(2026, 7, 1)), receive(date(2026, 7, 1))
    casework.write_note(store, spoken.case, note(datetime(2026, 9, 1, 9)))
    assert due.without_contact(store, date(2026, 9, 29)) == []
    assert due.without_contact(store, date(2026, 9, 30)) == [silent.intake.number]
