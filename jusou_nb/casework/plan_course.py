"""了承されたプランを進める: 署名、支援決定、中断と再開、続けるかの返事。"""

from dataclasses import replace
from datetime import date

from jusou_nb.checks import empty
from jusou_nb.errors import Invalid, NotFound
from jusou_nb.forms import Case, Consent, SupportPlan
from jusou_nb.forms.plan import PlanState
from jusou_nb.problems import Problem, settle
from jusou_nb.rules import consent as consents
from jusou_nb.rules import steering
from jusou_nb.store import Store


def decide_support(
    store: Store,
    plan: SupportPlan,
    *,
    today: date,
    drafted_on: date | None = None,
    decided_on: date | None = None,
    decided_by: str | None = None,
    starts_on: date | None = None,
) -> tuple[SupportPlan, list[Problem]]:
    """支援決定: note its dates as they become known, in any order; never refused.

    A date that is not given stays as it is. What is to be looked at comes back with it:
    a decision before the sitting is marked 事後承認.
    """
    with store.transaction():
        stored = store.load(SupportPlan, plan.id or 0)
        saved = store.save(
            replace(
                stored,
                decision_drafted_on=drafted_on or stored.decision_drafted_on,
                decided_on=decided_on or stored.decided_on,
                decided_by=decided_by or stored.decided_by,
                support_starts_on=starts_on or stored.support_starts_on,
            )
        )
    return saved, settle(steering.decision_problems(store.profile, saved, today))


def sign_plan(
    store: Store, plan: SupportPlan, *, signed_on: date, explained_on: date | None = None
) -> SupportPlan:
    """Note that the person was explained the plan and signed it as an application."""
    stored = store.load(SupportPlan, plan.id or 0)
    told = explained_on or stored.explained_on
    return store.save(replace(stored, signed_on=signed_on, explained_on=told))


def suspend_plan(
    store: Store, plan: SupportPlan, *, on: date, reason: str
) -> tuple[SupportPlan, list[Problem]]:
    """Break a plan off, as when the person withdraws consent; no agency's service is touched.

    ``plan`` may hold what each agency answered in ``roles[…].goes_on``.

    Raises:
        Invalid: No reason.
        NotAllowed: It was broken off or superseded already.
    """
    if not reason.strip():
        raise Invalid([empty("suspended_because", "中断の理由")])
    with store.transaction():
        stored = store.load(SupportPlan, plan.id or 0)
        known = replace(plan, state=stored.state, outcome_on=stored.outcome_on, suspended_on=on)
        problems = steering.may_suspend(known)
        remarks = settle(problems)
        stopped = replace(
            plan, state=PlanState.SUSPENDED, suspended_on=on, suspended_because=reason
        )
        return store.save(stopped), remarks


def answer_roles(store: Store, plan: SupportPlan) -> tuple[SupportPlan, list[Problem]]:
    """Note which agencies go on with their part after a withdrawal; the plan stays as it is.

    ``plan`` holds the answers in ``roles[…].goes_on``; what else it says is not taken.

    Raises:
        NotAllowed: The plan does not run, and was not broken off.
    """
    said = {row.id: row.goes_on for row in plan.roles}
    with store.transaction():
        stored = store.load(SupportPlan, plan.id or 0)
        rows = tuple(replace(row, goes_on=said.get(row.id)) for row in stored.roles)
        answered = replace(stored, roles=rows)
        remarks = settle(steering.may_ask(answered))
        return store.save(answered), remarks


def resume_plan(store: Store, plan: SupportPlan, *, on: date) -> SupportPlan:
    """Let a plan that was broken off go on; why it was stays in the record of changes.

    Raises:
        NotAllowed: It is not broken off, or the client's consent is not in force on that day.
    """
    with store.transaction():
        stored = store.load(SupportPlan, plan.id or 0)
        given = store.find(Consent, person_id=stored.client_id)
        settle([*steering.may_resume(stored), *consents.given(given, on, store.profile)])
        state = PlanState.AGREED if stored.outcome_on else PlanState.DRAFT
        roles = tuple(replace(row, goes_on=None) for row in stored.roles)
        again = replace(stored, state=state, roles=roles)
        return store.save(replace(again, suspended_on=None, suspended_because=None))


def plan_in_force(store: Store, case: Case) -> SupportPlan:
    """Give the plan that runs for a case (NotFound where none was agreed)."""
    agreed = store.find(SupportPlan, case_id=case.id, state=PlanState.AGREED.value)
    if not agreed:
        raise NotFound("了承されたプランがありません。プランを会議にかけてください")
    return agreed[-1]
