"""What waits of plans and their ends: monitoring, 支援決定, periods, 受け入れ, 定期連絡.

Each function gives the SQL of one kind; its docstring is the definition.
"""

from jusou_nb.forms.case import CaseStatus
from jusou_nb.forms.ending import Acceptance, EndingKind
from jusou_nb.forms.plan import PlanState
from jusou_nb.store.due_sql import RUNS, later, waiting

_PLANS = "plans AS s JOIN cases AS k ON k.id = s.case_id"
AGREED = f"s.struck_at IS NULL AND {RUNS} AND s.state = '{PlanState.AGREED.value}'"
_LAST = (
    "NOT EXISTS (SELECT 1 FROM plans AS l WHERE l.case_id = s.case_id AND l.id > s.id"
    f" AND l.struck_at IS NULL AND l.state <> '{PlanState.RETURNED.value}')"
)
LAST_AGREED = (
    "NOT EXISTS (SELECT 1 FROM plans AS l WHERE l.case_id = s.case_id AND l.id > s.id"
    f" AND l.struck_at IS NULL AND l.state = '{PlanState.AGREED.value}')"
)
_ENDINGS = "endings AS e JOIN cases AS k ON k.id = e.case_id"
_LAST_ENDING = (
    "e.struck_at IS NULL AND e.reopened_on IS NULL AND NOT EXISTS (SELECT 1 FROM endings AS l"
    " WHERE l.case_id = e.case_id AND l.id > e.id AND l.struck_at IS NULL)"
)


def _of_plan(where: str, due_on: str) -> str:
    return waiting(
        _PLANS,
        where,
        record_id="s.id",
        due_on=due_on,
        case_id="k.id",
        agency_id="coalesce(s.lead_agency, k.lead_agency)",
    )


def monitorings() -> str:
    """モニタリング: the plan in force, or the draft of a case that has none, is to be looked at.

    Whose: the plan's lead agency, and whoever has the case. Date: 次回 of the last monitoring,
    else the profile's days after it; before the first one 次回モニタリング of the plan. Until:
    it was held and says when next, a newer plan, or the case ends.
    """
    last = (
        "SELECT coalesce(m.next_on, max("
        f"{later('m.held_on', 'next_monitoring_days')}, coalesce(s.next_monitoring_on, '')))"
        " FROM monitorings AS m WHERE m.plan_id = s.id AND m.struck_at IS NULL"
        " ORDER BY m.held_on DESC, m.id DESC LIMIT 1"
    )
    due_on = f"coalesce(({last}), s.next_monitoring_on)"
    drafted = (
        f"s.struck_at IS NULL AND {RUNS} AND s.state = '{PlanState.DRAFT.value}' AND {_LAST}"
        " AND NOT EXISTS (SELECT 1 FROM plans AS l WHERE l.case_id = s.case_id"
        f" AND l.struck_at IS NULL AND l.state = '{PlanState.AGREED.value}')"
    )
    in_force = f"{AGREED} AND {LAST_AGREED}"
    return _of_plan(f"(({in_force}) OR ({drafted})) AND {due_on} IS NOT NULL", due_on)


def support_decisions() -> str:
    """支援決定: a sitting agreed to the plan, and the municipality has not decided yet.

    Whose: whoever has the case, and the lead agency. Date: the profile's days after 了承日.
    Until: 支援決定 決裁日, a newer plan is agreed, or the case ends.
    """
    return _of_plan(
        f"{AGREED} AND {LAST_AGREED} AND s.decided_on IS NULL AND s.outcome_on IS NOT NULL",
        later("s.outcome_on", "support_decision_days"),
    )


def plan_ends() -> str:
    """プランの終わり: the period of the plan in force ends; plan anew, or end.

    Whose: whoever has the case, and the lead agency. Date: プラン終了日, else the profile's
    months after its start or 了承日; told the profile's days ahead. Until: a newer plan, or the
    case ends.
    """
    begun = "coalesce(s.starts_on, s.outcome_on)"
    due_on = f"coalesce(s.ends_on, {later(begun, 'plan_months', 'months')})"
    return _of_plan(f"{AGREED} AND {_LAST} AND {due_on} IS NOT NULL", due_on)


def handovers() -> str:
    """主担当機関の受け入れ: a case was handed over, and nobody has said yes to it.

    Whose: the agency that is to take it, after its 差戻し nobody but whoever has the case.
    Date: 返事の期限, else 終結日. Until: it is accepted, the case is opened again or ends
    otherwise; after a 差戻し also when a later note takes it up.
    """
    returned = f"e.acceptance = '{Acceptance.RETURNED.value}'"
    taken_up = (
        "SELECT 1 FROM case_notes AS n WHERE n.case_id = k.id AND n.struck_at IS NULL"
        " AND substr(n.happened_at, 1, 10) > e.accepted_on"
    )
    return waiting(
        _ENDINGS,
        f"k.struck_at IS NULL AND {_LAST_ENDING} AND e.kind = '{EndingKind.HANDOVER.value}'"
        f" AND coalesce(e.acceptance, '') <> '{Acceptance.ACCEPTED.value}'"
        f" AND NOT (coalesce({returned}, 0) AND EXISTS ({taken_up}))",
        record_id="e.id",
        due_on="coalesce(e.acceptance_due, e.ended_on)",
        case_id="k.id",
        agency_id=f"CASE WHEN {returned} THEN NULL ELSE e.receiving_agency END",
    )


def next_steps() -> str:
    """評価のあとの段階: an evaluation says 再プラン, 終結 or 中断, and nobody did so.

    Whose: whoever has the case, and the lead agency. Date: the profile's days after 評価日.
    Until: a newer plan, a newer evaluation, or the case ends.
    """
    newer = (
        "SELECT 1 FROM evaluations AS l WHERE l.case_id = e.case_id AND l.id > e.id"
        " AND l.struck_at IS NULL"
    )
    return waiting(
        "evaluations AS e JOIN plans AS s ON s.id = e.plan_id JOIN cases AS k ON k.id = s.case_id",
        f"e.struck_at IS NULL AND {RUNS} AND {_LAST} AND NOT EXISTS ({newer})",
        record_id="e.id",
        due_on=later("e.evaluated_on", "decision_due_days"),
        case_id="k.id",
        agency_id="coalesce(s.lead_agency, k.lead_agency)",
    )


def replans() -> str:
    """プランの見直し: the last monitoring says that the plan has to be made anew.

    Whose: whoever has the case, and the lead agency. Date: the profile's days after it was
    held. Until: a newer plan, a monitoring that says otherwise, or the case ends.
    """
    newer = (
        "SELECT 1 FROM monitorings AS l WHERE l.plan_id = m.plan_id AND l.struck_at IS NULL"
        " AND (l.held_on, l.id) > (m.held_on, m.id)"
    )
    return waiting(
        "monitorings AS m JOIN plans AS s ON s.id = m.plan_id JOIN cases AS k ON k.id = s.case_id",
        f"m.struck_at IS NULL AND m.needs_replan = 1 AND {RUNS} AND {_LAST}"
        f" AND NOT EXISTS ({newer})",
        record_id="m.id",
        due_on=later("m.held_on", "decision_due_days"),
        case_id="k.id",
        agency_id="coalesce(s.lead_agency, k.lead_agency)",
    )


_KEPT_IN_TOUCH = f"k.struck_at IS NULL AND {_LAST_ENDING} AND e.check_in_finished_on IS NULL"
_CHECKED_IN = f"{_KEPT_IN_TOUCH} AND k.status = '{CaseStatus.CHECK_IN.value}'"
_BROKEN_OFF = (
    f"{_KEPT_IN_TOUCH} AND k.status = '{CaseStatus.SUSPENDED.value}'"
    " AND coalesce(e.check_in_by, '') <> ''"
)


def check_ins() -> str:
    """定期連絡: a case in フォロー, or broken off and kept in touch with, silent for some days.

    Whose: 定期連絡の担当, else whoever had the case. Date: the profile's days after the last
    note, else after the end. Until: a note; the 定期連絡 is over; the case is opened again.
    """
    last = (
        "coalesce((SELECT max(substr(n.happened_at, 1, 10)) FROM case_notes AS n"
        " WHERE n.case_id = k.id AND n.struck_at IS NULL"
        " AND substr(n.happened_at, 1, 10) >= e.ended_on), e.ended_on)"
    )
    due_on = later(last, "check_in_days")
    return waiting(
        _ENDINGS,
        f"(({_CHECKED_IN}) OR ({_BROKEN_OFF})) AND {due_on} <= coalesce(e.check_in_until, '9999')",
        record_id="e.id",
        due_on=due_on,
        case_id="k.id",
        worker="e.check_in_by",
    )


def check_in_ends() -> str:
    """定期連絡の終わり: renew it on purpose, or let it end.

    Whose: 定期連絡の担当, else whoever had the case. Date: 定期連絡の終わり. Until: a new day is
    entered, 定期連絡を終えた日, or the case runs again.
    """
    return waiting(
        _ENDINGS,
        f"(({_CHECKED_IN}) OR ({_BROKEN_OFF})) AND e.check_in_until IS NOT NULL",
        record_id="e.id",
        due_on="e.check_in_until",
        case_id="k.id",
        worker="e.check_in_by",
    )
