"""The month's sittings from the profile, who may come to one and why, and in which order."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from jusou_nb import casework
from jusou_nb.casework import calling, candidates, month_sittings
from jusou_nb.casework.agenda import order_problems, reorder, roster
from jusou_nb.casework.candidates import candidates_for, put_candidates, reasons
from jusou_nb.errors import NotAllowed
from jusou_nb.forms import (
    AgendaItem,
    Case,
    Conference,
    Emergency,
    Household,
    Intake,
    Monitoring,
    Person,
    PreparationSheet,
    Referral,
    RoleAssignment,
    SupportPlan,
    SupportRequest,
)
from jusou_nb.forms.conference import AgendaKind, ConferenceState, Outcome
from jusou_nb.forms.plan import DoerKind
from jusou_nb.forms.referral import AfterRefusal
from jusou_nb.forms.support_request import RequestAnswer
from jusou_nb.store import queries
from jusou_nb.store.candidates import Why
from jusou_nb.workdays import day_by_rule

TODAY = date(2026, 10, 8)
OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)


def whys(desk, today=TODAY):
    """Why the mother's case may come."""
    found = {one.key: one for one in candidates_for(desk.store, desk.sitting, today=today)}
    one = found.get(desk.case.id)
    return [ground.why for ground in one.grounds] if one else []


@pytest.fixture
def heard(desk):
    """The case was heard a month before the sitting."""
    past = casework.convene(desk.store, Conference(body="monthly", held_on=date(2026, 9, 17)))
    item = AgendaItem(basis="confidential", question="分担")
    placed = casework.put_on_agenda(desk.store, past, desk.case, item).item
    casework.hold_sitting(desk.store, past, today=TODAY)
    return placed


@pytest.fixture
def plan(desk):
    roles = (
        RoleAssignment(what="家賃の相談", doer=DoerKind.AGENCY, agency=desk.sitting.called[0]),
    )
    drawn = SupportPlan(drawn_on=TODAY, roles=roles)
    return casework.draft_plan(desk.store, desk.store.load(Case, desk.case.id), drawn)


def another(desk, name):
    """Receive one more household and give its case."""
    return casework.receive_intake(
        desk.store,
        household=Household(members=(Person(name=name),)),
        intake=Intake(received_on=TODAY, screening="continuing"),
    ).case


@pytest.mark.parametrize(
    ("rule", "month", "day"),
    [
        ("third_thursday", date(2026, 11, 5), date(2026, 11, 19)),
        ("first_monday", date(2027, 1, 1), date(2027, 1, 4)),
        # 勤労感謝の日 is a Monday in 2026: the office opens again the day after.
        ("fourth_monday", date(2026, 11, 1), date(2026, 11, 24)),
        # The last Thursday is the 31st: what lies after it is another month.
        ("last_thursday", date(2026, 12, 1), date(2026, 12, 28)),
        ("", date(2026, 12, 1), None),
        ("毎週", date(2026, 12, 1), None),
    ],
)
def test_the_profile_says_on_which_open_day_of_a_month_a_body_sits(rule, month, day):
    assert day_by_rule(rule, month) == day


def test_the_sittings_of_a_month_come_from_the_profile(store):
    (made,) = month_sittings.set_sittings(store, NOVEMBER, today=TODAY)

    body = store.profile.body("monthly")
    assert (made.held_on, made.hours, made.place) == (date(2026, 11, 19), body.hours, body.place)
    assert made.state is ConferenceState.PLANNED
    assert month_sittings.propose_sittings(store, NOVEMBER, today=TODAY) == []


def test_a_day_that_is_past_is_proposed_no_more(store):
    assert month_sittings.propose_sittings(store, OCTOBER, today=date(2026, 10, 16)) == []


def test_a_sitting_at_once_does_not_stand_for_that_of_the_month(store):
    store.save(
        Conference(body="monthly", held_on=OCTOBER, state=ConferenceState.HELD, is_ad_hoc=True)
    )

    assert len(month_sittings.propose_sittings(store, OCTOBER, today=TODAY)) == 1


def test_what_was_called_off_is_not_set_again_by_itself(desk):
    casework.cancel_sitting(desk.store, desk.sitting, reason="例示の事情")

    assert month_sittings.propose_sittings(desk.store, OCTOBER, today=TODAY) == []


def test_the_month_to_prepare_is_the_next_once_the_sitting_is_behind(desk):
    assert month_sittings.month_to_prepare(desk.store, TODAY) == TODAY
    assert month_sittings.month_to_prepare(desk.store, date(2026, 10, 20)) == NOVEMBER


def test_a_case_that_no_sitting_has_heard_may_come(desk):
    assert whys(desk) == [Why.NEW]


def test_a_case_once_heard_is_new_no_more(desk, heard):
    assert whys(desk) == []


def test_a_plan_with_roles_may_come_to_be_decided(desk, heard, plan):
    assert whys(desk) == [Why.PLAN]


def test_what_was_held_over_comes_again(desk, heard):
    casework.record_result(desk.store, replace(heard, outcome=Outcome.HELD_OVER))

    assert whys(desk) == [Why.AGAIN]


def test_the_next_time_that_a_sitting_named_brings_a_case_again(desk, heard):
    casework.record_result(desk.store, replace(heard, next_on=date(2026, 10, 15)))

    assert whys(desk) == [Why.AGAIN]


def test_a_next_time_after_the_sitting_brings_nobody(desk, heard):
    casework.record_result(desk.store, replace(heard, next_on=date(2026, 11, 19)))

    assert whys(desk) == []


def test_an_agency_whose_request_was_accepted_is_heard(desk, heard):
    asked = SupportRequest(
        client_id=desk.mother.id,
        requested_on=TODAY,
        requested_by=desk.sitting.called[0],
        answer=RequestAnswer.ACCEPTED,
        answered_on=TODAY,
    )
    desk.store.save(asked)

    assert whys(desk) == [Why.ASKED]


def test_a_refused_person_whose_next_step_is_the_sitting_comes(desk, heard):
    desk.store.save(
        Referral(
            client_id=desk.mother.id,
            destination=desk.sitting.called[0],
            after_refusal=AfterRefusal.NEXT_SITTING,
            after_refusal_on=TODAY,
        )
    )

    assert whys(desk) == [Why.ASKED]


@pytest.fixture
def running(desk, agree):
    """The plan of the case is in force since the sitting of September."""
    day = date(2026, 9, 17)
    agree(stated_on=date(2026, 9, 1))
    past = casework.convene(desk.store, Conference(body="monthly", held_on=day))
    item = casework.put_on_agenda(
        desk.store, past, desk.case, AgendaItem(basis="multilayered", question="プラン")
    ).item
    plan = SupportPlan(
        drawn_on=date(2026, 9, 1),
        next_monitoring_on=date(2026, 10, 14),
        roles=(RoleAssignment(what="見守り", doer=DoerKind.CLIENT),),
    )
    drawn = casework.draft_plan(desk.store, desk.store.load(Case, desk.case.id), plan)
    return casework.agree_plan(desk.store, drawn, item, on=day)[0]


def test_a_monitoring_due_by_the_day_of_the_sitting_brings_the_case(desk, running):
    assert whys(desk) == [Why.MONITORING]


def test_a_plan_that_is_to_be_made_anew_brings_the_case(desk, running):
    seen = Monitoring(held_on=TODAY, needs_replan=True, next_on=date(2027, 1, 20))
    casework.monitor_plan(desk.store, running, seen)

    assert whys(desk) == [Why.REPLAN]


def test_a_case_without_contact_for_the_profiles_days_is_told_as_stuck(desk, heard):
    late = date(2027, 1, 20)

    assert Why.STUCK in whys(desk, late)
    (one,) = candidates_for(desk.store, desk.sitting, today=late)
    assert reasons(desk.store, one)[-1].startswith("停滞（")


def emergency(desk, **about):
    happened = Emergency(
        happened_at=datetime(2026, 10, 7, 20, 0),
        who="例示の人",
        what="玄関先で倒れていた",
        next_check_at=datetime(2026, 10, 8, 9, 0),
        **about,
    )
    return casework.respond_to_emergency(desk.store, happened).emergency


def test_an_emergency_comes_first_and_on_a_basis_without_consent(desk, agree):
    agree()
    emergency(desk, household_id=desk.household.id)
    (one,) = candidates_for(desk.store, desk.sitting, today=TODAY)

    made = put_candidates(desk.store, desk.sitting, [one], today=TODAY)
    item = made.placed[0].item
    assert one.grounds[0].why is Why.EMERGENCY
    assert (item.kind, item.basis) == (AgendaKind.AFTER_THE_FACT, "confidential")


def test_without_consent_the_basis_that_needs_it_is_barred_with_the_reason(desk):
    (one,) = candidates_for(desk.store, desk.sitting, today=TODAY)

    assert [basis.code for basis in one.bases] == ["confidential"]
    assert [(label, problem.rule) for label, problem in one.barred] == [
        ("重層的支援会議", "consent.none")
    ]


def test_with_consent_the_basis_that_decides_plans_is_proposed(desk, agree):
    agree()
    (one,) = candidates_for(desk.store, desk.sitting, today=TODAY)

    assert [basis.code for basis in one.bases] == ["multilayered", "confidential"]


def test_several_are_put_on_at_once_and_say_why(desk):
    another(desk, "架空 太郎")
    found = candidates_for(desk.store, desk.sitting, today=TODAY)
    made = put_candidates(desk.store, desk.sitting, found, today=TODAY)

    assert [placed.item.place_in_order for placed in made.placed] == [1, 2]
    assert {placed.item.kind for placed in made.placed} == {AgendaKind.NEW}
    assert "はじめての検討" in made.placed[0].item.question
    assert made.refused == ()


def test_what_a_rule_forbids_stays_off_and_the_others_go(desk):
    other = another(desk, "架空 太郎")
    found = candidates_for(desk.store, desk.sitting, today=TODAY)
    mine = [one for one in found if one.key == desk.case.id]
    put_candidates(desk.store, desk.sitting, mine, today=TODAY)
    made = put_candidates(desk.store, desk.sitting, found, today=TODAY)

    assert [placed.item.case_id for placed in made.placed] == [other.id]
    assert [(key, p[0].rule) for key, p in made.refused] == [(desk.case.id, "conference.twice")]


def test_who_stands_on_an_agenda_is_left_out_and_told(desk, put):
    put("confidential")
    (one,) = candidates_for(desk.store, desk.sitting, today=TODAY)

    assert not one.is_free
    assert one.stands == "この会議の1番に載っています。"


def test_who_is_on_the_agenda_takes_no_place_from_who_is_not(desk, put):
    other = another(desk, "架空 太郎")
    put("confidential")
    (first,) = candidates_for(desk.store, desk.sitting, today=TODAY, limit=1)

    assert first.key == other.id


def test_the_basis_can_be_chosen_for_all_that_are_put_on(desk, agree):
    agree()
    found = candidates_for(desk.store, desk.sitting, today=TODAY)
    made = put_candidates(desk.store, desk.sitting, found, today=TODAY, basis="confidential")

    assert [placed.item.basis for placed in made.placed] == ["confidential"]


@pytest.fixture
def three(desk):
    for name in ("架空 太郎", "例示 三郎"):
        another(desk, name)
    found = candidates_for(desk.store, desk.sitting, today=TODAY)
    made = put_candidates(desk.store, desk.sitting, found, today=TODAY)
    return [placed.item.id for placed in made.placed]


def order(desk):
    return [item.id for item in queries.items_of(desk.store, desk.sitting.id)]


def test_the_items_are_put_in_another_order(desk, three):
    first, second, third = three

    assert reorder(desk.store, desk.sitting, [third, first, second]) == []
    assert order(desk) == [third, first, second]
    assert desk.store.verify() == []


def test_a_number_that_was_struck_is_not_given_again(desk, three):
    casework.strike_record(
        desk.store, desk.store.load(AgendaItem, three[1]), reason="例示の取り消し", on=TODAY
    )
    reorder(desk.store, desk.sitting, [three[2], three[0]])

    items = queries.items_of(desk.store, desk.sitting.id)
    assert [(i.id, i.place_in_order) for i in items] == [(three[2], 1), (three[0], 3)]


def test_the_order_of_a_sitting_that_was_held_stays(desk, three):
    casework.hold_sitting(desk.store, desk.sitting, today=date(2026, 10, 15))

    with pytest.raises(NotAllowed, match="会議記録の番号"):
        reorder(desk.store, desk.sitting, three[::-1])
    assert order(desk) == three


def test_a_new_order_after_papers_went_out_is_remarked(desk, three):
    casework.open_recalls(desk.store, desk.sitting, [("confidential", None, 1)])

    (remark,) = reorder(desk.store, desk.sitting, three[::-1])
    assert remark.rule == "conference.order_after_papers"
    assert order_problems(desk.store, desk.sitting) == [remark]
    assert order(desk) == three[::-1]


def test_who_is_called_is_laid_beside_every_item(desk, three):
    excluded = desk.sitting.called[0]
    case = desk.store.load(Case, desk.store.load(AgendaItem, three[0]).case_id)
    desk.store.save(replace(case, excluded_agencies=(excluded,)))
    first, second, _ = calling.calling(desk.store, desk.sitting)

    assert {seat.agency for seat in first.seats} == set(desk.sitting.called)
    assert [p.rule for p in first.seats[0].problems] == ["conference.excluded"]
    assert (first.seats[0].is_called, second.seats[0].is_called) == (False, True)


def test_every_sheet_is_asked_once_and_of_nobody_who_is_left_out(desk, three):
    excluded = desk.sitting.called[0]
    case = desk.store.load(Case, desk.store.load(AgendaItem, three[0]).case_id)
    desk.store.save(replace(case, excluded_agencies=(excluded,)))
    asked = calling.ask_everybody(desk.store, desk.sitting, on=TODAY)

    assert asked == 3 * len(desk.sitting.called) - 1
    assert calling.ask_everybody(desk.store, desk.sitting, on=TODAY) == 0
    sheets = desk.store.find(PreparationSheet, agenda_item_id=three[0])
    assert excluded not in {sheet.agency for sheet in sheets}


def test_a_candidate_tells_no_address_and_no_informant(desk):
    (one,) = candidates_for(desk.store, desk.sitting, today=TODAY)
    said = repr(one) + "".join(reasons(desk.store, one))

    assert "架空町1-1" not in said
    assert desk.intake.inquirer_name not in said


def test_the_roster_calls_nobody_by_itself(store):
    (made,) = month_sittings.set_sittings(store, NOVEMBER, today=TODAY)

    assert made.called is None
    assert len(roster(store, made)) > 1
    assert candidates.candidates_for(store, made, today=TODAY) == []
