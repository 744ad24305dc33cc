"""プランを作る、会議で了承する。"""

from dataclasses import replace
from datetime import date, timedelta

from jusou_nb.casework.cases import move_on
from jusou_nb.checks import require
from jusou_nb.forms import AgendaItem, Case, Consent, SupportPlan
from jusou_nb.forms.case import CaseStatus
from jusou_nb.forms.conference import Outcome
from jusou_nb.forms.plan import PlanState
from jusou_nb.problems import Override, Problem, settle
from jusou_nb.rules import plans as rules
from jusou_nb.store import Store


def draft_plan(store: Store, case: Case, plan: SupportPlan) -> SupportPlan:
    """Save a plan as a draft; a case's second plan is a 再プラン (Invalid if boxes miss)."""
    with store.transaction():
        earlier = [p for p in store.find(SupportPlan, case_id=case.id) if p.id != plan.id]
        filled = replace(
            plan,
            case_id=case.id,
            client_id=case.client_id,
            sequence=plan.sequence or len(earlier) + 1,
            state=plan.state or PlanState.DRAFT,
            author=plan.author or store.worker_name(),
        )
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


def plan_problems(store: Store, plan: SupportPlan, item: AgendaItem, day: date) -> list[Problem]:
    """Ask whether the sitting of a day may agree to a plan on the basis of an item."""
    consents = store.find(Consent, person_id=plan.client_id)
    return rules.may_agree(store.profile, plan, item.basis or "", day, consents)


def agree_plan(
    store: Store,
    plan: SupportPlan,
    item: AgendaItem,
    *,
    on: date,
    outcome: Outcome = Outcome.AGREED,
    overrides: tuple[Override, ...] = (),
) -> tuple[SupportPlan, list[Problem]]:
    """Record that a sitting agreed to a plan; give it back with what is to be looked at.

    Raises:
        NotAllowed: No consent on that day, a basis that decides no plan, no roles …
    """
    with store.transaction():
        problems = plan_problems(store, plan, item, on)
        remarks = settle(problems, overrides)
        saved = store.save(_agreed(store, plan, item, on))
        store.log_overrides(saved, problems, overrides)
        store.save(replace(store.load(AgendaItem, item.id or 0), outcome=outcome))
        before = tuple(status for status in CaseStatus if status is not CaseStatus.SUPPORT)
        reason = "プランが了承された"
        move_on(store, plan.case_id, CaseStatus.SUPPORT, since=before, on=on, reason=reason)
    return saved, remarks


def _agreed(store: Store, plan: SupportPlan, item: AgendaItem, on: date) -> SupportPlan:
    wait = timedelta(days=store.profile.thresholds["first_monitoring_days"])
    return replace(
        plan,
        agenda_item_id=item.id,
        state=PlanState.AGREED,
        outcome_on=on,
        next_monitoring_on=plan.next_monitoring_on or on + wait,
    )
