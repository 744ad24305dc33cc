"""モニタリングをする、評価する: how each role goes, when next, and what follows."""

from dataclasses import replace

from jusou_nb.checks import require
from jusou_nb.forms import Evaluation, Monitoring, RoleProgress, SupportPlan
from jusou_nb.problems import Problem, settle
from jusou_nb.rules import monitoring as rules
from jusou_nb.store import Store


def monitoring_sheet(plan: SupportPlan) -> Monitoring:
    """Lay out the monitoring of a plan: one line for each of its roles, to be filled in."""
    lines = tuple(RoleProgress(what=row.what, agency=row.agency) for row in plan.roles)
    return Monitoring(plan_id=plan.id, case_id=plan.case_id, roles=lines)


def monitor_plan(
    store: Store, plan: SupportPlan, seen: Monitoring
) -> tuple[Monitoring, list[Problem]]:
    """Keep how a plan goes; the next day is set by the profile where none is named.

    The day also becomes the plan's 次回モニタリング. A plan that needs to be made anew is due
    until a 再プラン follows.

    Raises:
        Invalid: The day, or a role's progress, is missing.
    """
    with store.transaction():
        stored = store.load(SupportPlan, plan.id or 0)
        filled = replace(seen, plan_id=stored.id, case_id=stored.case_id)
        require(filled)
        if filled.next_on is None and filled.held_on is not None:
            filled = replace(filled, next_on=rules.next_on(store.profile, filled.held_on))
        remarks = settle(rules.monitoring_problems(stored, filled))
        saved = store.save(filled)
        store.save(replace(stored, next_monitoring_on=filled.next_on))
    return saved, remarks


def evaluate_plan(
    store: Store, plan: SupportPlan, judged: Evaluation
) -> tuple[Evaluation, list[Problem]]:
    """Keep the evaluation of a plan: what was reached, what changed, what comes next.

    Raises:
        Invalid: The day, the achievement or the next step are missing.
    """
    with store.transaction():
        stored = store.load(SupportPlan, plan.id or 0)
        filled = replace(
            judged,
            plan_id=stored.id,
            case_id=stored.case_id,
            author=judged.author or store.worker_name(),
        )
        require(filled)
        remarks = settle(rules.evaluation_problems(stored, filled))
        return store.save(filled), remarks
