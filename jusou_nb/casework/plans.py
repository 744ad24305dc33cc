"""プランを作る、会議で了承する、再プランにする。"""

from dataclasses import replace
from datetime import date

from jusou_nb.casework.cases import move_on
from jusou_nb.casework.schemes import scheme_problems
from jusou_nb.checks import require
from jusou_nb.forms import AgendaItem, Case, Consent, SupportPlan
from jusou_nb.forms.case import CaseStatus
from jusou_nb.forms.conference import Outcome
from jusou_nb.forms.plan import PlanState
from jusou_nb.problems import Override, Problem, settle
from jusou_nb.rules import plans as rules
from jusou_nb.rules import steering
from jusou_nb.rules.monitoring import first_on
from jusou_nb.store import Store

_RUNNING = (PlanState.AGREED, PlanState.SUSPENDED)
_NEVER_AGREED = {Outcome.RETURNED: PlanState.RETURNED, Outcome.HELD_OVER: PlanState.DRAFT}


def draft_plan(store: Store, case: Case, plan: SupportPlan) -> SupportPlan:
    """Save a plan as a draft; a case's second plan is a 再プラン.

    A draft or a returned plan is written on; what was agreed is followed by ``replan``.

    Raises:
        Invalid: Boxes miss.
        NotAllowed: The plan was agreed, superseded or suspended.
    """
    with store.transaction():
        settle(steering.may_edit(_stored(store, plan)))
        filled = _filled(store, case, plan)
        require(filled)
        saved = store.save(filled)
        move_on(
            store,
            case.id,
            CaseStatus.DRAFT_PLAN,
            since=(CaseStatus.INTAKE, CaseStatus.ASSESSMENT, CaseStatus.CONFERENCE),
            on=saved.drawn_on,
            reason="プラン案を作成",
        )
    return saved


def _filled(store: Store, case: Case, plan: SupportPlan) -> SupportPlan:
    earlier = [p for p in store.find(SupportPlan, case_id=case.id) if p.id != plan.id]
    running = [p.id for p in earlier if p.state in _RUNNING]
    return replace(
        plan,
        case_id=case.id,
        client_id=case.client_id,
        previous_id=plan.previous_id or next(reversed(running), None),
        sequence=plan.sequence or len(earlier) + 1,
        state=plan.state or PlanState.DRAFT,
        author=plan.author or store.worker_name(),
    )


def _stored(store: Store, plan: SupportPlan) -> SupportPlan | None:
    return store.load(SupportPlan, plan.id) if plan.id is not None else None


def redraft_plan(store: Store, plan: SupportPlan) -> SupportPlan:
    """Take up a plan again that a sitting sent back; ``plan`` holds what is now written."""
    return draft_plan(
        store, store.load(Case, plan.case_id or 0), replace(plan, state=PlanState.DRAFT)
    )


def replan(store: Store, previous: SupportPlan, *, drawn_on: date) -> SupportPlan:
    """Draft the 再プラン that follows a plan; aims and roles are carried over to be changed.

    Raises:
        NotAllowed: The plan before is still a draft.
    """
    with store.transaction():
        stored = store.load(SupportPlan, previous.id or 0)
        settle(steering.may_replan(stored))
        plan = SupportPlan(
            drawn_on=drawn_on,
            previous_id=stored.id,
            lead_agency=stored.lead_agency,
            client_wish=stored.client_wish,
            long_goal=stored.long_goal,
            plan_goal=stored.plan_goal,
            several_because=stored.several_because,
            issue_rows=tuple(replace(row, id=None, version=0) for row in stored.issue_rows),
            goals=tuple(replace(row, id=None, version=0) for row in stored.goals),
            roles=tuple(replace(row, id=None, version=0, goes_on=None) for row in stored.roles),
        )
        return draft_plan(store, store.load(Case, stored.case_id or 0), plan)


def plan_problems(store: Store, plan: SupportPlan, item: AgendaItem, day: date) -> list[Problem]:
    """Ask whether the sitting of a day may agree to a plan on the basis of an item."""
    consents = store.find(Consent, person_id=plan.client_id)
    return [
        *steering.may_answer(_stored(store, plan) or plan),
        *steering.of_case(store.load(Case, plan.case_id or 0)),
        *rules.may_agree(store.profile, plan, item.basis or "", day, consents),
        *scheme_problems(store, plan),
    ]


def agree_plan(
    store: Store,
    plan: SupportPlan,
    item: AgendaItem,
    *,
    on: date,
    outcome: Outcome = Outcome.AGREED,
    overrides: tuple[Override, ...] = (),
) -> tuple[SupportPlan, list[Problem]]:
    """Record what a sitting said to a plan; give it back with what is to be looked at.

    差戻し and 保留 ask for nothing: the plan is no plan yet. An agreed 再プラン takes the
    place of the plan before it.

    Raises:
        NotAllowed: No consent on that day, a basis that decides no plan, no roles …
    """
    with store.transaction():
        if outcome in _NEVER_AGREED:
            return _not_agreed(store, plan, item, outcome), []
        problems = plan_problems(store, plan, item, on)
        remarks = settle(problems, overrides)
        saved = store.save(_agreed(store, plan, item, on))
        store.log_overrides(saved, problems, overrides)
        _answered(store, item, outcome)
        _supersede(store, saved)
        before = tuple(s for s in CaseStatus if s is not CaseStatus.SUPPORT)
        reason = "プランが了承された"
        move_on(store, plan.case_id, CaseStatus.SUPPORT, since=before, on=on, reason=reason)
    return saved, remarks


def _answered(store: Store, item: AgendaItem, outcome: Outcome) -> None:
    store.save(replace(store.load(AgendaItem, item.id or 0), outcome=outcome))


def _not_agreed(store: Store, plan: SupportPlan, item: AgendaItem, outcome: Outcome) -> SupportPlan:
    settle(steering.may_answer(_stored(store, plan) or plan))
    _answered(store, item, outcome)
    return store.save(replace(plan, agenda_item_id=item.id, state=_NEVER_AGREED[outcome]))


def _agreed(store: Store, plan: SupportPlan, item: AgendaItem, on: date) -> SupportPlan:
    return replace(
        plan,
        agenda_item_id=item.id,
        state=PlanState.AGREED,
        outcome_on=on,
        next_monitoring_on=plan.next_monitoring_on or first_on(store.profile, on),
    )


def _supersede(store: Store, plan: SupportPlan) -> None:
    """Put every plan of the case that ran until now behind the one just agreed."""
    for earlier in store.find(SupportPlan, case_id=plan.case_id):
        if earlier.id != plan.id and earlier.state in _RUNNING:
            store.save(replace(earlier, state=PlanState.SUPERSEDED))
