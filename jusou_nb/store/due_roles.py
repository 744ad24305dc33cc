"""What waits of the roles of a plan: to be done, and whether they go on after a withdrawal.

Each function gives the SQL of one kind; its docstring is the definition.
"""

from jusou_nb.forms.monitoring import Progress
from jusou_nb.forms.plan import DoerKind, PlanState
from jusou_nb.store.due_plans import AGREED, LAST_AGREED
from jusou_nb.store.due_sql import RUNS, later, waiting

_ROLES = (
    "role_assignments AS w JOIN plans AS s ON s.id = w.plan_id JOIN cases AS k ON k.id = s.case_id"
)


def roles() -> str:
    """プランの役割: what somebody does by a day under the plan in force.

    Whose: the agency of the row, else whoever has the case. Date: 期限, else 見直し日. Until: a
    monitoring says 済んだ of it, a newer plan is agreed, or the case ends.
    """
    done = (
        "SELECT 1 FROM role_progress AS g JOIN monitorings AS m ON m.id = g.monitoring_id"
        " WHERE m.plan_id = s.id AND m.struck_at IS NULL AND g.struck_at IS NULL"
        f" AND g.progress = '{Progress.DONE.value}' AND g.what = w.what AND g.agency IS w.agency"
    )
    return waiting(
        _ROLES,
        f"w.struck_at IS NULL AND {AGREED} AND {LAST_AGREED}"
        " AND coalesce(w.due_on, w.review_on) IS NOT NULL"
        f" AND NOT EXISTS ({done})",
        record_id="w.id",
        due_on="coalesce(w.due_on, w.review_on)",
        case_id="k.id",
        agency_id="w.agency",
    )


_WITHDRAWN = (
    "(SELECT min(c.stated_on) FROM consents AS c WHERE c.person_id = s.client_id"
    " AND c.struck_at IS NULL AND c.state = 'withdrawn' AND c.stated_on >= s.outcome_on"
    " AND (coalesce(c.withdrawn_agencies, '[]') = '[]'"
    " OR coalesce(c.withdrawn_categories, '[]') <> '[]'"
    " OR w.agency IN (SELECT value FROM json_each(c.withdrawn_agencies)))"
    " AND NOT EXISTS (SELECT 1 FROM consents AS l WHERE l.person_id = c.person_id"
    " AND l.struck_at IS NULL AND l.state = 'given'"
    " AND (l.stated_on, l.id) > (c.stated_on, c.id)))"
)
"""The day on which consent was withdrawn from under a role of the plan, since it was agreed."""


def unasked_roles() -> str:
    """役割を続けるかの確認: consent was withdrawn, or the plan broken off; does this role go on?

    A withdrawal stops no plan by itself: each agency says whether its own part goes on.
    Whose: the agency of the row, and whoever has the case. Date: the profile's days after the
    withdrawal (of all, of categories, of this agency), else 中断した日. Until: it is answered,
    consent is given anew, a newer plan is agreed, or the case ends.
    """
    agreed = f"s.state = '{PlanState.AGREED.value}' AND {_WITHDRAWN} IS NOT NULL"
    stopped = f"s.state = '{PlanState.SUSPENDED.value}'"
    return waiting(
        _ROLES,
        f"w.struck_at IS NULL AND s.struck_at IS NULL AND {RUNS} AND w.goes_on IS NULL"
        f" AND w.doer = '{DoerKind.AGENCY.value}' AND (({stopped}) OR ({agreed}))"
        f" AND {LAST_AGREED}",
        record_id="w.id",
        due_on=later(f"coalesce({_WITHDRAWN}, s.suspended_on)", "answer_due_days"),
        case_id="k.id",
        agency_id="w.agency",
    )
