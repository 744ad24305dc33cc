"""取消: strike a record through, with its reason; it leaves every list and count and stays."""

from dataclasses import replace
from datetime import date

from jusou_nb.casework.cases import change_status
from jusou_nb.casework.endings import last_ending, status_again
from jusou_nb.casework.outreach import take_back_try
from jusou_nb.casework.phone_memos import give_back_memos
from jusou_nb.checks import empty
from jusou_nb.errors import Invalid, NotFound
from jusou_nb.fields import Form
from jusou_nb.forms import Case, Ending, OutreachTry, SupportPlan
from jusou_nb.forms.plan import PlanState
from jusou_nb.problems import settle
from jusou_nb.rules import strikes as rules
from jusou_nb.store import Store, moves, references


def strike_record(store: Store, record: Form, *, reason: str, on: date) -> None:
    """Strike a record that was entered by mistake.

    What it had brought about is taken back: a case whose end is struck runs again, the plan
    that a struck 再プラン had followed is in force again.

    Raises:
        Invalid: No reason.
        NotAllowed: Other records stand on it; they are named.
        NotFound: It was struck already.
    """
    if not reason.strip():
        raise Invalid([empty("struck_reason", "取消の理由")])
    with store.transaction():
        fresh = store.load(type(record), record.id or 0)
        give_back_memos(store, fresh)
        standing = [(s.title, s.count) for s in references.standing_on(store, fresh)]
        settle(rules.may_strike(fresh.title, standing))
        if isinstance(fresh, Ending):
            _take_back_ending(store, fresh, reason, on)
        store.strike(fresh, reason)
        if isinstance(fresh, SupportPlan):
            _take_back_plan(store, fresh)
        if isinstance(fresh, OutreachTry):
            take_back_try(store, fresh, reason=reason)


def _take_back_ending(store: Store, ending: Ending, reason: str, on: date) -> None:
    case = store.load(Case, ending.case_id or 0)
    if case.status is None or case.status.is_open:
        return
    if last_ending(store, case) == ending:
        why = f"終結・中断の記録の取消（{reason}）"
        # Dated as it stood before, so that neither an end nor a reopening is counted.
        status, since = moves.before_end(store, case.id or 0) or (status_again(store, case), on)
        change_status(store, case, status, on=since, reason=why)


def _take_back_plan(store: Store, plan: SupportPlan) -> None:
    if plan.state is not PlanState.AGREED or plan.previous_id is None:
        return
    try:
        before = store.load(SupportPlan, plan.previous_id)
    except NotFound:
        return
    if before.state is PlanState.SUPERSEDED:
        store.save(replace(before, state=PlanState.AGREED))
