"""Which cases may come to a sitting, and why: facts only, no names of agencies, no sentences.

Each function of SQL has its definition in its docstring; ``k`` is the running case.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from jusou_nb.choices import Choice
from jusou_nb.forms.conference import ConferenceState, Outcome
from jusou_nb.forms.evaluation import NextStep
from jusou_nb.forms.plan import PlanState
from jusou_nb.forms.referral import AfterRefusal
from jusou_nb.forms.support_request import RequestAnswer
from jusou_nb.store import due_contacts, due_plans
from jusou_nb.store.due import due_items
from jusou_nb.store.due_sql import RUNS
from jusou_nb.store.long_cases import stuck_cases

if TYPE_CHECKING:
    from jusou_nb.forms import Conference
    from jusou_nb.problems import Problem
    from jusou_nb.store.core import Store


class Why(Choice):
    """Why a case may come to a sitting, the most urgent first."""

    EMERGENCY = "emergency", "事後報告"
    ASKED = "asked", "会議を求められた"
    AGAIN = "again", "前の会議から"
    PLAN = "plan", "プラン案"
    REPLAN = "replan", "見直し"
    ENDS = "ends", "プランの終わり"
    CLOSE = "close", "終結"
    MONITORING = "monitoring", "モニタリング"
    NEW = "new", "新しい"
    STUCK = "stuck", "停滞"


@dataclass(frozen=True, kw_only=True)
class Ground:
    """One reason: why, since or by which day, how many, and the problems of a stuck case.

    ``emergency_id`` is the emergency to be reported.
    """

    why: Why
    day: date | None = None
    count: int = 0
    problems: "tuple[Problem, ...]" = ()
    emergency_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class Line:
    """Where a case stands that may come to a sitting; ``met_on`` is when it was last heard."""

    case_id: int
    client_id: int
    name: str
    number: str
    met_on: date | None
    place_here: int | None
    other_sitting_on: date | None


_LIVE = (
    "agenda_items AS a JOIN conferences AS c ON c.id = a.conference_id"
    " WHERE a.struck_at IS NULL AND c.struck_at IS NULL"
    f" AND c.state <> '{ConferenceState.CANCELLED.value}'"
)
_HEARD = f"SELECT 1 FROM {_LIVE} AND c.id <> :sitting AND a.case_id = k.id"


def _new() -> str:
    """A running case that no sitting has heard or is to hear. Day: 開始日."""
    return f"SELECT k.id, k.opened_on, 0 FROM cases AS k WHERE {RUNS} AND NOT EXISTS ({_HEARD})"


def _plan() -> str:
    """A running case whose last plan is a draft with roles. Day: プラン作成日; count: the roles."""
    roles = "SELECT count(*) FROM role_assignments WHERE plan_id = s.id AND struck_at IS NULL"
    later = (
        "SELECT 1 FROM plans AS l WHERE l.case_id = s.case_id AND l.id > s.id"
        " AND l.struck_at IS NULL"
    )
    return (
        f"SELECT k.id, s.drawn_on, ({roles}) FROM plans AS s JOIN cases AS k ON k.id = s.case_id"
        f" WHERE {RUNS} AND s.struck_at IS NULL AND s.state = '{PlanState.DRAFT.value}'"
        f" AND ({roles}) > 0 AND NOT EXISTS ({later})"
    )


def _asked() -> str:
    """A running case for which a 支援要請 was accepted, or a refused つなぎ goes to a sitting.

    No sitting from that day on has heard it, or is to. Day: of the 受理会議, of the next step.
    """
    since = f"SELECT 1 FROM {_LIVE} AND c.id <> :sitting AND a.case_id = k.id AND c.held_on >= day"
    return (
        "SELECT k.id, day, 0 FROM (SELECT client_id, answered_on AS day FROM support_requests"
        f" WHERE struck_at IS NULL AND answer = '{RequestAnswer.ACCEPTED.value}'"
        " UNION ALL SELECT client_id, after_refusal_on FROM referrals WHERE struck_at IS NULL"
        f" AND after_refusal = '{AfterRefusal.NEXT_SITTING.value}') AS w"
        " JOIN cases AS k ON k.client_id = w.client_id"
        f" WHERE {RUNS} AND day IS NOT NULL AND NOT EXISTS ({since})"
    )


def _again() -> str:
    """A running case whose last item named this sitting (次回), or was 保留 or 差戻し.

    Day: of that last sitting.
    """
    last = f"SELECT max(c.held_on) FROM {_LIVE} AND c.id <> :sitting AND a.case_id = k.id"
    open_ = f"('{Outcome.HELD_OVER.value}', '{Outcome.RETURNED.value}')"
    return (
        "SELECT k.id, h.held_on, 0 FROM agenda_items AS i JOIN conferences AS h"
        " ON h.id = i.conference_id JOIN cases AS k ON k.id = i.case_id"
        f" WHERE {RUNS} AND i.struck_at IS NULL AND h.struck_at IS NULL"
        f" AND h.state = '{ConferenceState.HELD.value}' AND h.held_on = ({last})"
        f" AND (i.next_on BETWEEN h.held_on AND :held_on OR i.outcome IN {open_})"
    )


def _closing() -> str:
    """A running case whose last evaluation says 終結. Day: 評価日."""
    newer = (
        "SELECT 1 FROM evaluations AS l WHERE l.case_id = e.case_id AND l.id > e.id"
        " AND l.struck_at IS NULL"
    )
    return (
        "SELECT k.id, e.evaluated_on, 0 FROM evaluations AS e JOIN cases AS k ON k.id = e.case_id"
        f" WHERE {RUNS} AND e.struck_at IS NULL AND e.next_step = '{NextStep.CLOSE.value}'"
        f" AND NOT EXISTS ({newer})"
    )


_READS = {
    Why.ASKED: _asked,
    Why.AGAIN: _again,
    Why.PLAN: _plan,
    Why.CLOSE: _closing,
    Why.NEW: _new,
}
_DUE = {
    due_plans.monitorings.__name__: Why.MONITORING,
    due_plans.replans.__name__: Why.REPLAN,
    due_plans.plan_ends.__name__: Why.ENDS,
    due_contacts.emergency_reports.__name__: Why.EMERGENCY,
}


def grounds(store: "Store", sitting: "Conference", today: date) -> dict[int, list[Ground]]:
    """Give for each case why it may come to a sitting, the most urgent reason first.

    An emergency of a household without a case stands under minus its own id.
    """
    day = sitting.held_on or today
    found: dict[int, list[Ground]] = {}
    bound = {"sitting": sitting.id, "held_on": day.isoformat()}
    for why, sql in _READS.items():
        for case_id, since, count in store.db.execute(sql(), bound):
            ground = Ground(why=why, day=_day(since), count=count)
            found.setdefault(case_id, []).append(ground)
    for key, ground in [*_due(store, day, today), *_stuck(store, today)]:
        found.setdefault(key, []).append(ground)
    order = list(Why)
    return {key: sorted(told, key=lambda g: order.index(g.why)) for key, told in found.items()}


def _due(store: "Store", day: date, today: date) -> Iterable[tuple[int, Ground]]:
    for entry in due_items(store, today, kinds=_DUE):
        why = _DUE[entry.kind]
        if why is Why.EMERGENCY:
            key = entry.case_id or -entry.record_id
            yield key, Ground(why=why, day=entry.due_on, emergency_id=entry.record_id)
        elif entry.due_on and entry.case_id and entry.due_on <= _until(store, why, day):
            yield entry.case_id, Ground(why=why, day=entry.due_on)


def _until(store: "Store", why: Why, day: date) -> date:
    """Give the last day of what counts for a sitting: what is to be made anew, counts at once."""
    if why is Why.REPLAN:
        return date.max
    ahead = store.profile.thresholds["plan_end_notice_days"] if why is Why.ENDS else 0
    return day + timedelta(days=ahead)


def _stuck(store: "Store", today: date) -> Iterable[tuple[int, Ground]]:
    for case, problems in stuck_cases(store, today):
        yield case.case_id, Ground(why=Why.STUCK, day=case.contact_on, problems=tuple(problems))


def lines(store: "Store", sitting: "Conference", case_ids: Iterable[int]) -> dict[int, Line]:
    """Say of each case who it is about, when it was last heard and where it stands already."""
    wanted = sorted({case_id for case_id in case_ids if case_id > 0})
    marks = ", ".join("?" * len(wanted))
    item = f"FROM {_LIVE} AND a.case_id = k.id"
    planned = f"c.state = '{ConferenceState.PLANNED.value}'"
    sql = (
        "SELECT k.id AS case_id, k.client_id, p.name,"
        " coalesce(i.number, 'ケース' || k.id) AS number,"
        f" (SELECT max(c.held_on) {item} AND c.state = '{ConferenceState.HELD.value}') AS met_on,"
        f" (SELECT min(a.place_in_order) {item} AND c.id = ?) AS place_here,"
        f" (SELECT min(c.held_on) {item} AND {planned} AND c.id <> ?) AS other_sitting_on"
        " FROM cases AS k JOIN persons AS p ON p.id = k.client_id"
        f" LEFT JOIN intakes AS i ON i.id = k.intake_id WHERE k.id IN ({marks})"
    )
    rows = store.db.query(sql, [sitting.id, sitting.id, *wanted])
    return {row["case_id"]: _line(row) for row in rows}


def _line(row: dict[str, Any]) -> Line:
    days = {name: _day(row[name]) for name in ("met_on", "other_sitting_on")}
    return Line(**{**row, **days, "name": row["name"] or ""})


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
