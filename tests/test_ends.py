"""終わり: handed over, closed, broken off, kept in touch with, begun again, struck through."""

from dataclasses import replace
from datetime import date

import pytest

from jusou_nb import casework
from jusou_nb.errors import Invalid, NotAllowed, NotFound
from jusou_nb.fields import Ref
from jusou_nb.forms import (
    Agency,
    AgendaItem,
    Case,
    CaseNote,
    Decision,
    Ending,
    Household,
    Intake,
    StatutoryReport,
    SupportPlan,
)
from jusou_nb.forms.case import CaseStatus
from jusou_nb.forms.ending import Acceptance, EndingKind
from jusou_nb.forms.plan import PlanState
from jusou_nb.forms.statutory_report import ReportState
from jusou_nb.problems import Override
from jusou_nb.store import indicators, overrides

DAY = date(2026, 11, 20)


def agency(desk, name):
    return Ref(desk.store.lexicon().spellings["agencies"][name])


def rules_of(problems):
    return [problem.rule for problem in problems]


@pytest.fixture
def closure():
    """An end that needs nothing more, not yet saved."""
    return Ending(
        kind=EndingKind.CLOSURE,
        ended_on=DAY,
        reason="solved",
        explanation="目標に達した",
        decided_at="multilayered",
    )


@pytest.fixture
def handover(desk, closure):
    """多機関協働の終結 to an agency that has not answered yet."""
    return replace(
        closure,
        kind=EndingKind.HANDOVER,
        reason="handed_over",
        receiving_agency=agency(desk, "社会福祉協議会"),
    )


@pytest.fixture
def in_touch(desk, closure):
    """A case that ended, with somebody who keeps in touch until spring."""
    kept = replace(closure, check_in_by="例示 一郎", check_in_until=date(2027, 3, 31))
    return casework.end_case(desk.store, desk.case, kept)


def allow(rule):
    return (Override(rule=rule, reason="課内で協議", allowed_by="課長"),)


# --- the end ---------------------------------------------------------------------------------


def test_a_case_that_ends_has_its_day_and_its_reason(desk, closure):
    ended = casework.end_case(desk.store, desk.case, closure)

    case = desk.store.load(Case, desk.case.id)
    assert ended.case == case and ended.ending.case_id == case.id
    assert (case.status, case.closed_on) == (CaseStatus.CLOSED, DAY)
    assert (case.closure_reason, case.status_reason) == ("solved", "目標に達した")


def test_a_case_that_breaks_off_is_counted_as_broken_off(desk, closure):
    broken = replace(closure, kind=EndingKind.SUSPENSION, reason="unreachable")

    casework.end_case(desk.store, desk.case, broken)

    found = indicators.balance(desk.store, date(2026, 11, 1), date(2026, 11, 30))
    assert (found.suspended, found.closed) == (1, 0)


def test_whoever_keeps_in_touch_keeps_the_case_at_check_in(in_touch):
    assert in_touch.case.status is CaseStatus.CHECK_IN
    assert in_touch.case.closed_on == DAY


def test_a_case_ends_once(desk, closure):
    casework.end_case(desk.store, desk.case, closure)

    with pytest.raises(NotAllowed, match="既に「終結」"):
        casework.end_case(desk.store, desk.case, closure)


@pytest.mark.parametrize(
    ("boxes", "rule"),
    [
        ({"reason": "moved"}, "ending.moved"),
        ({"check_in_by": "例示 一郎"}, "ending.check_in_end"),
        ({"reason": "death"}, "ending.survivors"),
    ],
)
def test_an_end_asks_by_its_reason(desk, closure, boxes, rule):
    ended = casework.end_case(desk.store, desk.case, replace(closure, **boxes))

    assert rules_of(ended.remarks) == [rule]


def test_an_end_before_the_case_began_is_pointed_out(desk, closure):
    early = replace(closure, ended_on=date(2020, 1, 1))

    ended = casework.end_case(desk.store, desk.case, early)

    (remark,) = ended.remarks
    assert (remark.rule, remark.box) == ("ending.before_case", "ended_on")


def test_what_a_sitting_settled_is_not_forgotten_at_the_end(desk, put, closure):
    item = put("confidential")
    decision = Decision(what="訪問", agency=desk.sitting.called[0], due_on=DAY)
    casework.record_result(desk.store, replace(item, decisions=(decision,)))

    ended = casework.end_case(desk.store, desk.case, closure)

    assert rules_of(ended.remarks) == ["ending.promises"]


def test_an_end_settled_in_the_office_is_approved_by_somebody(desk, closure):
    office = replace(closure, decided_at="office")

    with pytest.raises(NotAllowed, match="決裁した人"):
        casework.end_case(desk.store, desk.case, office)
    ended = casework.end_case(desk.store, desk.case, replace(office, approved_by="課長"))

    assert ended.case.status is CaseStatus.CLOSED


def test_where_abuse_was_suspected_no_case_ends_unjudged(desk, closure):
    suspected = replace(desk.intake, issues=("elder_abuse",))
    desk.store.save(suspected)
    judged = StatutoryReport(
        household_id=desk.household.id, suspicion="elder", state=ReportState.REPORTED
    )

    with pytest.raises(NotAllowed, match="通報・通告の判断がまだ"):
        casework.end_case(desk.store, desk.case, closure)
    desk.store.save(judged)

    assert casework.end_case(desk.store, desk.case, closure).remarks == ()


# --- handed over -----------------------------------------------------------------------------


def test_a_handover_waits_for_the_agency_that_is_to_receive_it(desk, handover):
    asked = casework.end_case(desk.store, desk.case, handover)

    assert asked.waits and asked.case.status.is_open
    assert asked.ending.acceptance is Acceptance.WAITING
    assert asked.ending.acceptance_due == date(2026, 12, 4)


def test_the_agency_that_accepts_leads_from_then_on(desk, handover):
    asked = casework.end_case(desk.store, desk.case, handover)

    done = casework.answer_handover(
        desk.store, asked.ending, Acceptance.ACCEPTED, on=date(2026, 11, 25), by="例示 一郎"
    )

    assert (done.case.status, done.case.closed_on) == (CaseStatus.CLOSED, date(2026, 11, 25))
    assert done.case.lead_agency == agency(desk, "社会福祉協議会")


def test_a_handover_that_is_sent_back_leaves_the_case_with_us(desk, handover):
    asked = casework.end_case(desk.store, desk.case, handover)

    back = casework.answer_handover(
        desk.store, asked.ending, Acceptance.RETURNED, on=DAY, by="例示 一郎"
    )

    assert back.case.status.is_open and rules_of(back.remarks) == ["ending.returned_because"]
    later = casework.answer_handover(
        desk.store, back.ending, Acceptance.ACCEPTED, on=DAY, by="例示 一郎"
    )
    assert later.case.status is CaseStatus.CLOSED


def test_an_answer_has_a_name_and_comes_once(desk, handover):
    asked = casework.end_case(desk.store, desk.case, handover).ending

    with pytest.raises(Invalid, match="受け入れた人"):
        casework.answer_handover(desk.store, asked, Acceptance.ACCEPTED, on=DAY, by=" ")
    casework.answer_handover(desk.store, asked, Acceptance.ACCEPTED, on=DAY, by="例示 一郎")
    with pytest.raises(NotAllowed, match="返事を待っていません"):
        casework.answer_handover(desk.store, asked, Acceptance.ACCEPTED, on=DAY, by="例示 一郎")


def test_the_chief_may_end_a_handover_that_nobody_accepted(desk, handover):
    ended = casework.end_case(
        desk.store, desk.case, handover, overrides=allow("ending.not_accepted")
    )

    (kept,) = overrides.of(desk.store, "endings", ended.ending.id)
    assert ended.case.status is CaseStatus.CLOSED and not ended.waits
    assert (kept["reason"], kept["allowed_by"]) == ("課内で協議", "課長")


# --- kept in touch, begun again --------------------------------------------------------------


def test_keeping_in_touch_is_renewed_on_purpose(desk, in_touch):
    until = date(2027, 9, 30)

    with pytest.raises(Invalid, match="のばした理由"):
        casework.renew_check_in(desk.store, in_touch.ending, until=until, on=DAY, reason="")
    with pytest.raises(NotAllowed, match="より後の日ではありません"):
        casework.renew_check_in(desk.store, in_touch.ending, until=DAY, on=DAY, reason="不安")
    renewed = casework.renew_check_in(
        desk.store, in_touch.ending, until=until, on=DAY, reason="冬が心配"
    )

    assert (renewed.check_in_until, renewed.check_in_renewed_because) == (until, "冬が心配")


def test_keeping_in_touch_ends_and_the_day_of_the_end_stays(desk, in_touch):
    done = casework.finish_check_in(
        desk.store, in_touch.ending, on=date(2027, 3, 31), reason="落ち着いている"
    )

    assert (done.case.status, done.case.closed_on) == (CaseStatus.CLOSED, DAY)
    assert done.ending.check_in_finished_on == date(2027, 3, 31)
    with pytest.raises(NotAllowed, match="フォロー中ではありません"):
        casework.finish_check_in(desk.store, done.ending, on=DAY, reason="もう一度")


def test_a_case_is_reopened_with_all_that_was(desk, closure):
    ended = casework.end_case(desk.store, desk.case, closure)

    again = casework.reopen_case(
        desk.store, ended.case, reason="長男が退職した", on=date(2027, 2, 1)
    )

    kept = desk.store.load(Ending, ended.ending.id)
    assert (again.id, again.closed_on, again.closure_reason) == (desk.case.id, None, None)
    assert (again.status, again.status_reason) == (CaseStatus.ASSESSMENT, "長男が退職した")
    assert (kept.ended_on, kept.reason) == (DAY, "solved")
    assert (kept.reopened_on, kept.reopened_because) == (date(2027, 2, 1), "長男が退職した")


def test_a_reopened_case_counts_as_reopened_and_the_balance_closes(desk, closure):
    ended = casework.end_case(desk.store, desk.case, closure)
    casework.reopen_case(desk.store, ended.case, reason="再相談", on=date(2027, 2, 1))

    found = indicators.balance(desk.store, date(2026, 4, 1), date(2027, 3, 31))

    assert (found.new, found.closed, found.reopened, found.standing) == (1, 1, 1, 1)
    assert found.closes


def test_a_case_that_was_closed_without_a_record_of_it_can_be_reopened(desk):
    closed = casework.change_status(
        desk.store, desk.case, CaseStatus.SUSPENDED, on=DAY, reason="連絡が取れない"
    )
    assert closed.closed_on == DAY

    casework.reopen_case(desk.store, closed, reason="電話があった", on=date(2027, 2, 1))

    (kept,) = desk.store.find(Ending, case_id=desk.case.id)
    assert (kept.kind, kept.ended_on) == (EndingKind.SUSPENSION, DAY)


def test_a_case_is_reopened_with_a_reason_and_only_when_it_ended(desk, closure):
    with pytest.raises(NotAllowed, match="動いています"):
        casework.reopen_case(desk.store, desk.case, reason="再相談", on=DAY)
    casework.end_case(desk.store, desk.case, closure)

    with pytest.raises(Invalid, match="再開の理由"):
        casework.reopen_case(desk.store, desk.case, reason=" ", on=DAY)


def test_whoever_died_is_not_reopened_but_by_the_chief(desk, closure):
    casework.end_case(desk.store, desk.case, replace(closure, reason="death"))

    with pytest.raises(NotAllowed, match="死亡で終わった"):
        casework.reopen_case(desk.store, desk.case, reason="再相談", on=DAY)
    again = casework.reopen_case(
        desk.store,
        desk.case,
        reason="別の人の誤り",
        on=DAY,
        overrides=allow("ending.reopen_death"),
    )

    assert again.status.is_open


def test_a_plan_is_not_agreed_for_a_case_that_has_ended(desk, put, agree, closure):
    agree()
    item = put("multilayered")
    draft = casework.draft_plan(desk.store, desk.case, SupportPlan(drawn_on=DAY))
    casework.end_case(desk.store, desk.case, closure)

    said = casework.plan_problems(desk.store, draft, item, DAY)

    assert "plan.case_not_open" in rules_of(said)


# --- those who stay --------------------------------------------------------------------------


def test_when_the_mother_dies_the_sons_case_is_opened_and_stays(desk, closure):
    son = casework.open_case_for(
        desk.store, desk.household, desk.son.id, reason="母が亡くなり一人になった", on=DAY
    )

    ended = casework.end_case(desk.store, desk.case, replace(closure, reason="death"))

    assert ended.remarks == ()
    assert desk.store.load(Case, son.id).status is CaseStatus.INTAKE
    assert (son.client_id, son.intake_id) == (desk.son.id, None)


def test_a_second_person_has_one_running_case_and_a_reason(desk):
    ask = {"reason": "長男にも支えが要る", "on": DAY}
    first = casework.open_case_for(desk.store, desk.household, desk.son.id, **ask)

    assert casework.open_case_for(desk.store, desk.household, desk.son.id, **ask) == first
    with pytest.raises(NotFound, match="世帯に見つかりません"):
        casework.open_case_for(desk.store, desk.household, 999, **ask)


# --- struck through --------------------------------------------------------------------------


def test_a_record_is_struck_with_a_reason_and_leaves_the_lists(desk):
    note = desk.store.save(CaseNote(case_id=desk.case.id, content="別の人のこと"))

    with pytest.raises(Invalid, match="取消の理由"):
        casework.strike_record(desk.store, note, reason="", on=DAY)
    casework.strike_record(desk.store, note, reason="人違い", on=DAY)

    assert desk.store.find(CaseNote, case_id=desk.case.id) == []
    with pytest.raises(NotFound, match="取り消されています"):
        casework.strike_record(desk.store, note, reason="人違い", on=DAY)
    assert desk.store.verify() == []


def test_a_record_on_which_others_stand_names_them(desk, put):
    put("confidential")

    with pytest.raises(NotAllowed) as caught:
        casework.strike_record(desk.store, desk.case, reason="誤り", on=DAY)

    assert "案件 1件" in str(caught.value) and "先に取り消す" in str(caught.value)
    assert desk.store.load(Case, desk.case.id)


def test_an_agency_that_was_called_is_named_by_the_sitting(desk):
    with pytest.raises(NotAllowed, match="会議 1件"):
        casework.strike_record(
            desk.store, desk.store.load(Agency, desk.sitting.called[0]), reason="誤り", on=DAY
        )


def test_what_was_struck_itself_stands_on_nothing(desk, put):
    item = put("confidential")
    casework.strike_record(desk.store, item, reason="別の世帯", on=DAY)

    casework.strike_record(desk.store, desk.case, reason="二重に開いた", on=DAY)

    assert desk.store.find(Case) == [] and desk.store.find(AgendaItem) == []
    found = indicators.balance(desk.store, date(2026, 4, 1), date(2027, 3, 31))
    assert (found.new, found.standing) == (0, 0)


def test_a_case_whose_end_is_struck_runs_again(desk, closure):
    ended = casework.end_case(desk.store, desk.case, closure)

    casework.strike_record(desk.store, ended.ending, reason="別の世帯の終結", on=DAY)

    case = desk.store.load(Case, desk.case.id)
    assert (case.status, case.closed_on) == (CaseStatus.INTAKE, None)
    assert "別の世帯の終結" in case.status_reason
    found = indicators.balance(desk.store, date(2026, 4, 1), date(2027, 3, 31))
    assert (found.closed, found.reopened, found.standing) == (0, 0, 1)


def test_when_a_re_plan_is_struck_the_plan_before_it_is_in_force_again(desk):
    first = SupportPlan(drawn_on=DAY, state=PlanState.SUPERSEDED, case_id=desk.case.id)
    first = desk.store.save(first)
    second = desk.store.save(replace(first, id=None, state=PlanState.AGREED, previous_id=first.id))

    with pytest.raises(NotAllowed, match="プラン兼事業等利用申込書 1件"):
        casework.strike_record(desk.store, first, reason="誤り", on=DAY)
    casework.strike_record(desk.store, second, reason="誤り", on=DAY)

    assert casework.plan_in_force(desk.store, desk.case).id == first.id


def test_a_household_with_a_consultation_is_not_struck_away_under_it(desk):
    household = desk.store.load(Household, desk.household.id)

    with pytest.raises(NotAllowed, match="相談受付・申込票 1件、ケース 1件"):
        casework.strike_record(desk.store, household, reason="誤り", on=DAY)

    assert desk.store.load(Intake, desk.intake.id)
