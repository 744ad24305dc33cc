"""進行管理: which running cases are stuck, why, and how they come before a sitting."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from jusou_nb import casework
from jusou_nb.errors import NotAllowed
from jusou_nb.forms import (
    AgendaItem,
    CaseNote,
    Conference,
    Decision,
    Evaluation,
    Outreach,
    OutreachTry,
    RoleAssignment,
    SupportPlan,
)
from jusou_nb.forms.case import CaseStatus
from jusou_nb.forms.conference import AgendaKind
from jusou_nb.profile import parse
from jusou_nb.rules import long_cases as rules
from jusou_nb.rules.long_cases import LongCase, Quiet
from jusou_nb.store.long_cases import running_cases, stuck_cases
from jusou_nb.store.workload import first_list, loads

SPRING = date(2027, 4, 15)
OPENED = date(2026, 10, 1)


def note(desk, day, **boxes):
    text = CaseNote(happened_at=datetime(*day, 10), content="話した", **boxes)
    return casework.write_note(desk.store, desk.case, text)


def only(store, today=SPRING):
    (case,) = running_cases(store, today)
    return case


def reasons(store, today=SPRING):
    return [problem.rule for _, problems in stuck_cases(store, today) for problem in problems]


@pytest.fixture
def fresh():
    """A case opened on a Thursday in October, as its steering sees it."""
    return LongCase(
        case_id=1,
        client_id=1,
        intake_id=1,
        number="R8-0001",
        status=CaseStatus.SUPPORT,
        urgency="week",
        worker="架空　担当",
        deputy="",
        opened_on=OPENED,
    )


def asked(store, case, today):
    return [problem.rule for problem in rules.stuck_problems(store.profile, case, today)]


@pytest.mark.parametrize(
    ("boxes", "counts"),
    [
        ({"manner": "visit", "counterpart": "本人"}, True),
        ({"manner": "telephone"}, True),
        ({"manner": "interview", "counterpart": "見本 花子さん"}, True),
        ({"manner": "telephone", "counterpart": "長男"}, False),
        ({"manner": "agency_call", "counterpart": "本人の主治医"}, False),
        ({"manner": "office_meeting"}, False),
        ({}, False),
    ],
)
def test_only_what_reached_the_person_counts_as_contact(desk, boxes, counts):
    note(desk, (2026, 11, 5), **boxes)

    assert (only(desk.store).contact_on is not None) is counts


def test_a_door_that_stayed_shut_is_no_contact_and_a_meeting_is(desk):
    store = desk.store
    reached = store.save(Outreach(client_id=desk.mother.id, known_as="見本"))
    first = OutreachTry(outreach_id=reached.id, tried_at=datetime(2026, 11, 1, 10), kind="nobody")
    store.save(first)
    before = only(store).contact_on
    store.save(replace(first, tried_at=datetime(2026, 12, 1, 10), kind="met"))

    assert before is None
    assert only(store).contact_on == date(2026, 12, 1)


def test_the_note_of_a_try_that_met_nobody_is_no_contact(desk):
    written = note(desk, (2026, 11, 5), manner="visit")
    reached = desk.store.save(Outreach(case_id=desk.case.id, known_as="見本"))
    attempt = OutreachTry(
        outreach_id=reached.id, case_note_id=written.id, tried_at=written.happened_at, kind="nobody"
    )
    desk.store.save(attempt)

    assert only(desk.store).contact_on is None


def test_ninety_days_without_the_person_are_not_yet_stuck_and_ninety_one_are(store, fresh):
    on_the_day, the_next = date(2026, 12, 30), date(2026, 12, 31)

    assert "case.no_contact" not in asked(store, fresh, on_the_day)
    assert "case.no_contact" in asked(store, fresh, the_next)


def test_a_plan_that_nobody_changed_for_half_a_year_is_told(store, fresh):
    planned = replace(fresh, plan_on=OPENED, contact_on=SPRING)

    assert asked(store, planned, date(2027, 3, 30)) == []
    assert asked(store, planned, date(2027, 3, 31)) == ["case.plan_unchanged"]


def test_a_case_of_three_years_is_evaluated_within_the_year_or_told(store, fresh):
    today = date(2029, 10, 1)
    seen = replace(fresh, contact_on=today, plan_on=today)

    assert asked(store, seen, today) == ["case.long_running"]
    assert asked(store, replace(seen, evaluated_on=date(2029, 2, 1)), today) == []
    assert asked(store, seen, date(2029, 9, 30)) == []


def test_the_agency_that_fell_silent_is_named_and_the_one_that_answered_is_not(desk, store):
    quiet, active = desk.sitting.called[:2]
    roles = tuple(RoleAssignment(what="同行", doer="agency", agency=a) for a in (quiet, active))
    plan = SupportPlan(
        case_id=desk.case.id, drawn_on=OPENED, outcome_on=OPENED, state="agreed", roles=roles
    )
    store.save(plan)
    note(desk, (2027, 4, 1), held_by=active)
    case = only(store)

    assert {one.agency_id: one.since for one in case.quiet} == {
        quiet: OPENED, active: date(2027, 4, 1),
    }  # fmt: skip
    assert [q.agency_id for q in rules.quiet_agencies(store.profile, case, SPRING)] == [quiet]


def test_an_excluded_agency_is_not_waited_for(desk, store):
    agency = desk.sitting.called[0]
    role = RoleAssignment(what="同行", doer="agency", agency=agency)
    store.save(SupportPlan(case_id=desk.case.id, drawn_on=OPENED, state="agreed", roles=(role,)))
    store.save(replace(desk.case, excluded_agencies=(agency,)))

    assert only(store).quiet == ()


def test_what_a_sitting_decided_and_nobody_did_makes_a_case_stuck(desk, put):
    item = put("confidential")
    late = Decision(what="声をかける", due_on=date(2026, 11, 1))
    casework.record_result(desk.store, replace(item, decisions=(late,)))

    assert only(desk.store).overdue == 1
    assert "case.overdue" in reasons(desk.store)


def test_a_decision_a_month_late_is_on_the_list_of_what_waits_and_not_yet_stuck(store, fresh):
    late = replace(fresh, overdue=1, overdue_days=30)

    assert asked(store, late, OPENED) == []
    assert asked(store, replace(late, overdue_days=31), OPENED) == ["case.overdue"]


def test_the_first_reason_of_the_profile_gives_the_one_next_step(store, fresh):
    problems = rules.stuck_problems(
        store.profile, replace(fresh, overdue=2, overdue_days=31), SPRING
    )

    assert [p.rule for p in problems] == ["case.overdue", "case.no_contact", "case.plan_unchanged"]
    assert rules.next_step(problems) == problems[0].remedy
    assert all(p.strength.value == "notice" for p in problems)


def test_a_town_words_its_next_steps_and_drops_a_reason(store, fresh):
    text = store.profile.text
    start = text.index("[[stuck_reasons]]")
    own = '[[stuck_reasons]]\ncode = "case.no_contact"\nlabel = "会えない"\nnext_step = "手紙"\n'
    profile = parse(text[:start] + own + text[text.index("[weights.status]") :])

    problems = rules.stuck_problems(profile, replace(fresh, overdue=2, overdue_days=31), SPRING)
    assert [(p.rule, p.remedy) for p in problems] == [("case.no_contact", "手紙")]


def test_an_ended_case_is_steered_no_more(desk):
    casework.change_status(
        desk.store, desk.case, CaseStatus.CLOSED, on=date(2026, 11, 1), reason="転出"
    )

    assert running_cases(desk.store, SPRING) == []


def test_the_load_weighs_stage_and_urgency_as_the_profile_says(store, fresh):
    cases = [fresh, replace(fresh, case_id=2, urgency="immediate", deputy="見本　推進")]
    mine, deputy = loads(store, cases, OPENED)

    assert (mine.worker, mine.cases, mine.weight) == ("架空　担当", 2, 2 + 2 + 2 + 4)
    assert mine.by_urgency == {"week": 1, "immediate": 1}
    assert mine.by_status == {CaseStatus.SUPPORT: 2}
    assert (deputy.worker, deputy.as_deputy, deputy.weight) == ("見本　推進", 1, 0)


def test_the_stuck_stand_on_the_next_sitting_with_reason_and_step(desk):
    sitting = casework.convene(desk.store, Conference(body="monthly", held_on=date(2027, 4, 22)))
    brought = casework.bring_to_sitting(desk.store, [desk.case.id], today=SPRING)
    (item,) = desk.store.find(AgendaItem, conference_id=sitting.id)

    assert brought.refused == ()
    assert item.kind is AgendaKind.CONTINUED
    assert item.basis == "confidential"
    assert "本人に会えていない" in item.question
    assert "次に声をかける人" in item.question


def test_with_consent_the_stuck_stand_where_plans_are_decided(desk, agree):
    agree()
    sitting = replace(desk.sitting, id=None, version=0, held_on=date(2027, 4, 22))
    casework.convene(desk.store, sitting)

    (placed,) = casework.bring_to_sitting(desk.store, [desk.case.id], today=SPRING).placed
    assert placed.item.basis == "multilayered"


def test_what_is_on_the_sitting_already_is_told_and_the_rest_goes(desk, put):
    put("confidential")
    brought = casework.bring_to_sitting(desk.store, [desk.case.id], today=OPENED)

    ((case_id, problems),) = brought.refused
    assert (case_id, [p.rule for p in problems]) == (desk.case.id, ["conference.twice"])
    assert brought.placed == ()


def test_without_a_sitting_to_come_the_way_out_is_to_set_one(desk):
    with pytest.raises(NotAllowed, match="次の会議を登録"):
        casework.bring_to_sitting(desk.store, [desk.case.id], today=date(2027, 5, 1))


def test_a_case_that_was_long_and_never_evaluated_comes_as_evaluation(desk):
    store, today = desk.store, date(2030, 1, 10)
    store.save(replace(desk.case, coordinator="架空　担当"))
    note(desk, (2029, 12, 20), manner="visit")
    store.save(SupportPlan(case_id=desk.case.id, drawn_on=date(2029, 12, 1), state="draft"))
    casework.convene(store, Conference(body="monthly", held_on=date(2030, 1, 17)))

    (placed,) = casework.bring_to_sitting(store, [desk.case.id], today=today).placed
    assert placed.item.kind is AgendaKind.REVIEW
    store.save(Evaluation(case_id=desk.case.id, evaluated_on=date(2030, 1, 5)))
    assert reasons(store, today) == []


def test_the_first_list_begins_with_what_presses_most(desk):
    note(desk, (2026, 10, 5), next_action="電話する", next_due=date(2026, 10, 20))
    (line,) = first_list(desk.store, desk.store.worker_name(), date(2026, 11, 1))

    assert (line.due.label, line.due.due_on, line.late) == ("次の対応", date(2026, 10, 20), 1)


def test_a_quiet_agency_counts_from_its_role(store, fresh):
    silent = replace(fresh, quiet=(Quiet(agency_id=3, since=date(2026, 10, 1)),))

    assert rules.quiet_agencies(store.profile, silent, date(2026, 11, 30)) == []
    assert rules.quiet_agencies(store.profile, silent, date(2026, 12, 1)) == list(silent.quiet)
