"""終わる、引き継ぐ、フォローする、再開する。つながりは切らない。"""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from jusou_nb.casework.cases import change_status
from jusou_nb.checks import empty, require
from jusou_nb.errors import Invalid
from jusou_nb.forms import Case, Ending, Household, StatutoryReport, SupportPlan
from jusou_nb.forms.case import CaseStatus
from jusou_nb.forms.ending import Acceptance, EndingKind
from jusou_nb.forms.plan import PlanState
from jusou_nb.problems import Override, Problem, settle
from jusou_nb.rules import after_ending
from jusou_nb.rules import endings as rules
from jusou_nb.store import Store, due
from jusou_nb.store import assessments as sheets

NOT_ACCEPTED = "ending.not_accepted"


@dataclass(frozen=True, kw_only=True)
class Ended:
    """What came of an end: the record, the case as it now stands, what to look at."""

    ending: Ending
    case: Case
    remarks: tuple[Problem, ...] = ()

    @property
    def waits(self) -> bool:
        """Whether the case runs on until the receiving agency answers."""
        runs = self.case.status is None or self.case.status.is_open
        return runs and rules.is_waiting(self.ending)


def ending_problems(store: Store, case: Case, ending: Ending) -> list[Problem]:
    """Ask whether a case may end so; an empty list is yes."""
    return rules.may_end(store.profile, ending, _standing(store, case, ending.ended_on or date.min))


def _standing(store: Store, case: Case, today: date) -> rules.Standing:
    fresh = store.load(Case, case.id or 0)
    household = store.load(Household, fresh.household_id or 0)
    running = {
        other.client_id
        for other in store.find(Case, household_id=household.id)
        if other.status is not None and other.status.is_open
    }
    alone = [p for p in household.own_members if p.id not in running and p.id != fresh.client_id]
    return rules.Standing(
        case=fresh,
        intake=sheets.with_ticks(store, fresh),
        reports=store.find(StatutoryReport, household_id=household.id),
        promises=len(due.settled(store, fresh.id or 0, today)),
        survivors=len(alone),
    )


def end_case(
    store: Store, case: Case, ending: Ending, *, overrides: tuple[Override, ...] = ()
) -> Ended:
    """終結, 中断, or 多機関協働の終結 by handover.

    A handover that nobody has accepted yet is kept as 返事待ち and the case runs on, unless
    the chief lets it pass. A case with a worker and an end date for 定期連絡 stands at フォロー
    afterwards.

    Raises:
        Invalid: Boxes miss.
        NotAllowed: The case has ended, or what its reason needs is missing.
    """
    with store.transaction():
        filled = _filled(store, case, ending)
        require(filled)
        problems = ending_problems(store, case, filled)
        waits = rules.is_waiting(filled) and NOT_ACCEPTED not in {o.rule for o in overrides}
        if waits:
            problems = [p for p in problems if p.rule != NOT_ACCEPTED]
        remarks = settle(problems, overrides)
        saved = store.save(filled)
        store.log_overrides(saved, problems, overrides)
        fresh = store.load(Case, case.id or 0)
        after = fresh if waits else _end(store, fresh, saved)
    return Ended(ending=saved, case=after, remarks=tuple(remarks))


def _filled(store: Store, case: Case, ending: Ending) -> Ending:
    filled = replace(ending, case_id=case.id)
    if filled.kind is not EndingKind.HANDOVER:
        return filled
    days = store.profile.thresholds["answer_due_days"]
    due = filled.acceptance_due
    if due is None and filled.ended_on is not None:
        due = filled.ended_on + timedelta(days=days)
    said = filled.acceptance or Acceptance.WAITING
    return replace(filled, acceptance=said, acceptance_due=due)


def _end(store: Store, case: Case, ending: Ending) -> Case:
    """Move a case to where its ending puts it; what nobody runs any more is settled first."""
    if ending.kind is EndingKind.HANDOVER and ending.receiving_agency is not None:
        case = replace(case, lead_agency=ending.receiving_agency)
    case = replace(case, closure_reason=ending.reason)
    on = _last_day(ending)
    return change_status(store, case, _status(ending), on=on, reason=ending.explanation or "")


def _last_day(ending: Ending) -> date:
    """Give the day of the end; a handover ends when it is accepted, not before."""
    days = [day for day in (ending.ended_on, ending.accepted_on) if day is not None]
    return max(days)


def _status(ending: Ending) -> CaseStatus:
    # A break stays a break though somebody keeps in touch: it is counted as one.
    if ending.kind is EndingKind.SUSPENSION:
        return CaseStatus.SUSPENDED
    has_check_in = ending.check_in_by and ending.check_in_until
    return CaseStatus.CHECK_IN if has_check_in else CaseStatus.CLOSED


def answer_handover(
    store: Store,
    ending: Ending,
    acceptance: Acceptance,
    *,
    on: date,
    by: str,
    because: str | None = None,
) -> Ended:
    """Record what the 主担当機関 answered: taken over, the case ends; sent back, it runs on.

    Raises:
        NotAllowed: Nothing waits for an answer.
        Invalid: Who answered is missing.
    """
    if not by.strip():
        raise Invalid([empty("accepted_by", "受け入れた人")])
    with store.transaction():
        fresh = store.load(Ending, ending.id or 0)
        said = replace(
            fresh, acceptance=acceptance, accepted_by=by, accepted_on=on, returned_because=because
        )
        remarks = settle(rules.may_answer_handover(fresh, acceptance, because))
        saved = store.save(said)
        case = store.load(Case, saved.case_id or 0)
        runs = case.status is None or case.status.is_open
        if acceptance is Acceptance.ACCEPTED and runs:
            case = _end(store, case, saved)
    return Ended(ending=saved, case=case, remarks=tuple(remarks))


def last_ending(store: Store, case: Case) -> Ending | None:
    """Give the record of how a case ended last, or None where there is none."""
    return next(iter(reversed(store.find(Ending, case_id=case.id))), None)


def renew_check_in(store: Store, ending: Ending, *, until: date, on: date, reason: str) -> Ending:
    """Let the 定期連絡 go on until a later day, on purpose and with a reason.

    Raises:
        Invalid: No reason.
        NotAllowed: Nobody keeps in touch, or the day is not later.
    """
    if not reason.strip():
        raise Invalid([empty("check_in_renewed_because", "のばした理由")])
    with store.transaction():
        fresh = store.load(Ending, ending.id or 0)
        case = store.load(Case, fresh.case_id or 0)
        settle(after_ending.may_renew(case, fresh, until))
        return store.save(
            replace(
                fresh,
                check_in_until=until,
                check_in_renewed_on=on,
                check_in_renewed_because=reason,
            )
        )


def finish_check_in(store: Store, ending: Ending, *, on: date, reason: str) -> Ended:
    """Let the 定期連絡 end: the case stands at 終結 from then on; its day of the end stays.

    A case that was broken off stays at 中断: it is counted as one.

    Raises:
        Invalid: No reason.
        NotAllowed: Nobody keeps in touch.
    """
    if not reason.strip():
        raise Invalid([empty("check_in_finished_because", "定期連絡を終えた理由")])
    with store.transaction():
        fresh = store.load(Ending, ending.id or 0)
        case = store.load(Case, fresh.case_id or 0)
        settle(after_ending.may_finish(case, fresh))
        saved = store.save(
            replace(fresh, check_in_finished_on=on, check_in_finished_because=reason)
        )
        if case.status is not CaseStatus.SUSPENDED:
            case = change_status(store, case, CaseStatus.CLOSED, on=on, reason=reason)
    return Ended(ending=saved, case=case)


def reopen_case(
    store: Store, case: Case, *, reason: str, on: date, overrides: tuple[Override, ...] = ()
) -> Case:
    """再開: the same case runs again with all that was; the end it had stays on its record.

    It stands at 支援中 where a plan is in force, else at アセスメント.

    Raises:
        Invalid: No reason.
        NotAllowed: It runs, another case of the person runs, or the person died.
    """
    if not reason.strip():
        raise Invalid([empty("reopened_because", "再開の理由")])
    with store.transaction():
        fresh = store.load(Case, case.id or 0)
        others = [c for c in store.find(Case, client_id=fresh.client_id) if c.id != fresh.id]
        problems = after_ending.may_reopen(store.profile, fresh, others)
        settle(problems, overrides)
        ending = last_ending(store, fresh) or _ending_of(fresh)
        store.save(replace(ending, reopened_on=on, reopened_because=reason))
        store.log_overrides(fresh, problems, overrides)
        return change_status(store, fresh, status_again(store, fresh), on=on, reason=reason)


def status_again(store: Store, case: Case) -> CaseStatus:
    """Where a case stands that runs again."""
    agreed = store.find(SupportPlan, case_id=case.id, state=PlanState.AGREED.value)
    return CaseStatus.SUPPORT if agreed else CaseStatus.ASSESSMENT


def _ending_of(case: Case) -> Ending:
    """Put down the end of a case that was closed without a record of it, as one was imported."""
    broken_off = case.status is CaseStatus.SUSPENDED
    return Ending(
        case_id=case.id,
        kind=EndingKind.SUSPENSION if broken_off else EndingKind.CLOSURE,
        ended_on=case.closed_on or case.status_on,
        reason=case.closure_reason,
        explanation=case.status_reason,
    )
