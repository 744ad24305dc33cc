"""直す・取り消す: a slip is put right, what other things followed from is made anew."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from jusou_nb import casework
from jusou_nb.errors import Invalid, NotAllowed
from jusou_nb.fields import Ref
from jusou_nb.forms import Case, CaseNote, Consent, Ending, Monitoring, Referral, SupportPlan
from jusou_nb.forms.case import CaseStatus
from jusou_nb.forms.consent import ConsentState
from jusou_nb.forms.ending import Acceptance, EndingKind
from jusou_nb.forms.referral import ReferralAnswer
from jusou_nb.rules.corrections import fixed_boxes
from jusou_nb.store.due import due_items
from jusou_nb.store.struck import struck

DAY = date(2026, 11, 20)


def rules_of(refused):
    return [problem.rule for problem in refused.value.problems]


@pytest.fixture
def broken_off(desk):
    """A case that was broken off, with somebody who keeps in touch until spring."""
    ending = Ending(
        kind=EndingKind.SUSPENSION,
        ended_on=DAY,
        reason="unreachable",
        explanation="訪問しても会えない",
        decided_at="multilayered",
        check_in_by="例示 一郎",
        check_in_until=date(2027, 3, 31),
    )
    return casework.end_case(desk.store, desk.case, ending)


def test_a_slip_of_the_pen_in_a_note_is_put_right(desk):
    note = CaseNote(happened_at=datetime(2026, 10, 2, 9, 0), content="来所")
    written = casework.write_note(desk.store, desk.case, note)

    kept, remarks = casework.correct_record(desk.store, replace(written, content="電話"))

    assert (kept.content, kept.version, remarks) == ("電話", 2, [])


def test_what_a_person_said_is_not_rewritten_but_recorded_anew(desk):
    given = Consent(state=ConsentState.GIVEN, stated_on=DAY)
    consent = casework.record_consent(desk.store, desk.mother.id, given)

    with pytest.raises(NotAllowed, match="取り消して、正しい内容で") as refused:
        casework.correct_record(desk.store, replace(consent, state=ConsentState.WITHDRAWN))

    assert rules_of(refused) == ["record.fixed"]
    kept, _ = casework.correct_record(desk.store, replace(consent, words="少しなら"))
    assert (kept.state, kept.words) == (ConsentState.GIVEN, "少しなら")


def test_the_day_of_a_withdrawal_took_items_off_and_stays(desk):
    said = Consent(state=ConsentState.WITHDRAWN, stated_on=DAY)
    withdrawn = casework.withdraw_consent(desk.store, desk.mother.id, said).consent

    with pytest.raises(NotAllowed):
        casework.correct_record(desk.store, replace(withdrawn, stated_on=date(2026, 11, 1)))


def test_how_a_case_ended_stays_while_who_approved_it_may_be_put_right(desk, broken_off):
    ending = broken_off.ending

    with pytest.raises(NotAllowed, match="終結・中断日"):
        casework.correct_record(desk.store, replace(ending, ended_on=date(2026, 1, 1)))
    kept, _ = casework.correct_record(desk.store, replace(ending, approved_by="福祉課長"))

    assert kept.approved_by == "福祉課長"


def test_a_handover_that_waits_may_still_name_another_agency(desk):
    waiting = Ending(kind=EndingKind.HANDOVER, acceptance=Acceptance.WAITING)
    accepted = replace(waiting, acceptance=Acceptance.ACCEPTED)

    assert "receiving_agency" not in fixed_boxes(waiting)
    assert "receiving_agency" in fixed_boxes(accepted)


def test_an_end_settled_in_the_office_keeps_its_approval_when_corrected(desk):
    plain = Ending(
        kind=EndingKind.CLOSURE, ended_on=DAY, reason="solved", explanation="落ち着いた",
        decided_at="office", approved_by="福祉課長",
    )  # fmt: skip
    ended = casework.end_case(desk.store, desk.case, plain)

    with pytest.raises(NotAllowed) as refused:
        casework.correct_record(desk.store, replace(ended.ending, approved_by=None))

    assert rules_of(refused) == ["ending.approval"]


def test_the_ground_of_a_referral_is_asked_again_when_it_is_changed(desk):
    agency = Ref(desk.store.lexicon().spellings["agencies"]["社会福祉協議会"])
    sent = Referral(destination=agency, sent_on=DAY, ground="guidance")
    referral = casework.refer(desk.store, desk.intake, sent)

    with pytest.raises(NotAllowed) as refused:
        casework.correct_record(desk.store, replace(referral, ground="consent"))
    answered = casework.answer_referral(desk.store, referral, ReferralAnswer.RECEIVED, on=DAY)
    kept, _ = casework.correct_record(desk.store, replace(answered, answer_note="窓口で会った"))

    assert rules_of(refused) == ["referral.no_consent"]
    assert kept.answer_note == "窓口で会った"


def test_the_plan_follows_the_corrected_day_of_its_last_monitoring(desk):
    plan = SupportPlan(case_id=desk.case.id, drawn_on=DAY, state="agreed", outcome_on=DAY)
    plan = desk.store.save(plan)
    seen, _ = casework.monitor_plan(desk.store, plan, Monitoring(held_on=DAY))

    casework.correct_record(desk.store, replace(seen, next_on=date(2027, 1, 8)))

    assert desk.store.load(SupportPlan, plan.id).next_monitoring_on == date(2027, 1, 8)


def test_what_was_struck_can_be_looked_back_at_with_its_reason(desk):
    said = Consent(state=ConsentState.GIVEN, stated_on=DAY, words="はい")
    consent = casework.record_consent(desk.store, desk.mother.id, said)
    casework.strike_record(desk.store, consent, reason="別の人のこと", on=DAY)

    (old,) = struck(desk.store, Consent, person_id=desk.mother.id)

    assert (old.record.words, old.reason) == ("はい", "別の人のこと")
    assert desk.store.find(Consent, person_id=desk.mother.id) == []


# --- 定期連絡 of a case that was broken off ---------------------------------------------------


def test_keeping_in_touch_with_a_broken_off_case_is_renewed_on_purpose(desk, broken_off):
    until = date(2027, 9, 30)

    renewed = casework.renew_check_in(
        desk.store, broken_off.ending, until=until, on=DAY, reason="年度をまたぐ"
    )

    assert renewed.check_in_until == until
    assert desk.store.load(Case, desk.case.id).status is CaseStatus.SUSPENDED


def test_a_broken_off_case_stays_broken_off_when_nobody_calls_any_more(desk, broken_off):
    with pytest.raises(Invalid, match="定期連絡を終えた理由"):
        casework.finish_check_in(desk.store, broken_off.ending, on=DAY, reason="")
    done = casework.finish_check_in(
        desk.store, broken_off.ending, on=date(2027, 3, 31), reason="本人が断った"
    )

    assert (done.case.status, done.case.status_reason) == (
        CaseStatus.SUSPENDED,
        "訪問しても会えない",
    )
    assert done.ending.check_in_finished_because == "本人が断った"
    with pytest.raises(NotAllowed, match="定期連絡・フォロー中ではありません"):
        casework.finish_check_in(desk.store, done.ending, on=DAY, reason="もう一度")


def test_the_end_of_keeping_in_touch_is_due_for_a_broken_off_case_too(desk, broken_off):
    def waiting():
        found = due_items(desk.store, date(2027, 4, 1))
        return [due.worker for due in found if due.kind == "check_in_ends"]

    assert waiting() == ["例示 一郎"]
    casework.finish_check_in(desk.store, broken_off.ending, on=DAY, reason="本人が断った")
    assert waiting() == []


def test_a_case_broken_off_with_nobody_who_calls_has_nothing_to_renew(desk, broken_off):
    alone = desk.store.save(replace(broken_off.ending, check_in_by=None))

    with pytest.raises(NotAllowed, match="中断"):
        casework.renew_check_in(
            desk.store, alone, until=date(2028, 1, 1), on=DAY, reason="念のため"
        )
