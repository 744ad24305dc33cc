"""Where every running case stands: when the person was met, the plan changed, who went quiet.

Each function of SQL has its definition in its docstring; ``k`` is the running case.
"""

import json
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from jusou_nb.forms.case import CaseStatus
from jusou_nb.forms.conference import Presence
from jusou_nb.forms.outreach import TryKind
from jusou_nb.forms.plan import DoerKind, PlanState
from jusou_nb.problems import Problem
from jusou_nb.rules.long_cases import LongCase, Quiet, stuck_problems
from jusou_nb.store.due import due_items
from jusou_nb.store.due_kinds import SETTLED
from jusou_nb.store.due_sql import RUNS, codes_of

if TYPE_CHECKING:
    from jusou_nb.store.core import Store


def _contact() -> str:
    """When the person was last met, spoken with, written with or heard.

    A note of a manner flagged ``with_client`` whose 相手 is 本人, the person's name or blank
    (a try of outreach speaks for its own note); a try that met the person; a monitoring with
    the person's voice; the person or family at an item of a sitting. Source: ``case_notes``,
    ``outreach_tries``, ``monitorings``, ``item_attendances``.
    """
    manner = "IN (SELECT value FROM json_each(:with_client))"
    met = codes_of(kind for kind in TryKind if kind.reaches_client)
    return (
        "SELECT max(day) FROM (SELECT max(substr(n.happened_at, 1, 10)) AS day"
        " FROM case_notes AS n WHERE n.case_id = k.id AND n.struck_at IS NULL"
        f" AND n.manner {manner}"
        " AND (coalesce(n.counterpart, '') = '' OR instr(n.counterpart, '本人') > 0"
        " OR instr(n.counterpart, p.name) > 0)"
        " AND NOT EXISTS (SELECT 1 FROM outreach_tries AS t WHERE t.case_note_id = n.id)"
        " UNION ALL SELECT max(substr(t.tried_at, 1, 10)) FROM outreach_tries AS t"
        " JOIN outreaches AS o ON o.id = t.outreach_id WHERE t.struck_at IS NULL"
        f" AND o.struck_at IS NULL AND t.kind IN {met}"
        " AND (o.case_id = k.id OR o.client_id = k.client_id)"
        " UNION ALL SELECT max(m.held_on) FROM monitorings AS m WHERE m.case_id = k.id"
        f" AND m.struck_at IS NULL AND m.manner {manner} AND coalesce(m.client_voice, '') <> ''"
        " UNION ALL SELECT max(s.held_on) FROM item_attendances AS a"
        " JOIN agenda_items AS i ON i.id = a.agenda_item_id"
        " JOIN conferences AS s ON s.id = i.conference_id WHERE i.case_id = k.id"
        f" AND a.struck_at IS NULL AND i.struck_at IS NULL"
        f" AND a.presence = '{Presence.CLIENT.value}')"
    )


def _plan() -> str:
    """When the plan, or the directions of a sitting, were last drawn or agreed.

    Plans that were sent back do not count. Source: ``plans``, ``direction_rows``.
    """
    return (
        "SELECT max(day) FROM (SELECT max(coalesce(s.outcome_on, s.drawn_on)) AS day"
        " FROM plans AS s WHERE s.case_id = k.id AND s.struck_at IS NULL"
        f" AND s.state <> '{PlanState.RETURNED.value}'"
        " UNION ALL SELECT max(c.held_on) FROM direction_rows AS d"
        " JOIN agenda_items AS i ON i.id = d.agenda_item_id"
        " JOIN conferences AS c ON c.id = i.conference_id"
        " WHERE i.case_id = k.id AND d.struck_at IS NULL AND i.struck_at IS NULL)"
    )


def _roles() -> str:
    """Which agencies have a role in which case, since when.

    Roles of the last agreed plan, and directions of sittings that are not done; an excluded
    agency has none. Source: ``role_assignments``, ``direction_rows``.
    """
    newer = (
        "SELECT 1 FROM plans AS l WHERE l.case_id = s.case_id AND l.id > s.id"
        f" AND l.struck_at IS NULL AND l.state = '{PlanState.AGREED.value}'"
    )
    return (
        "SELECT s.case_id, w.agency, coalesce(s.outcome_on, s.drawn_on) AS day"
        " FROM role_assignments AS w JOIN plans AS s ON s.id = w.plan_id"
        " WHERE w.struck_at IS NULL AND s.struck_at IS NULL AND w.agency IS NOT NULL"
        f" AND w.doer = '{DoerKind.AGENCY.value}' AND s.state = '{PlanState.AGREED.value}'"
        f" AND NOT EXISTS ({newer})"
        " UNION ALL SELECT i.case_id, d.agency, c.held_on FROM direction_rows AS d"
        " JOIN agenda_items AS i ON i.id = d.agenda_item_id"
        " JOIN conferences AS c ON c.id = i.conference_id"
        " WHERE d.struck_at IS NULL AND d.done_on IS NULL AND d.agency IS NOT NULL"
        " AND i.struck_at IS NULL AND i.case_id IS NOT NULL"
    )


_ABSENT = Presence.ABSENT.value
_ITEM = "JOIN agenda_items AS i ON i.id ="
_SITTING = "JOIN conferences AS s ON s.id = i.conference_id"
_SIGNS = (
    ("referrals AS r JOIN cases AS c ON c.client_id = r.client_id",
     "c.id", "r.destination", "r.answered_on", "r"),
    ("case_notes AS n", "n.case_id", "n.held_by", "substr(n.happened_at, 1, 10)", "n"),
    ("role_progress AS g JOIN monitorings AS m ON m.id = g.monitoring_id",
     "m.case_id", "g.agency", "m.held_on", "g"),
    (f"agreements AS a {_ITEM} a.agenda_item_id {_SITTING}",
     "i.case_id", "a.agency", "coalesce(a.answered_on, s.held_on)", "a"),
    (f"preparation_sheets AS q {_ITEM} q.agenda_item_id",
     "i.case_id", "q.agency", "q.returned_on", "q"),
    (f"decisions AS d {_ITEM} d.agenda_item_id",
     "i.case_id", "d.agency", "d.done_on", "d"),
    (f"direction_rows AS e {_ITEM} e.agenda_item_id",
     "i.case_id", "e.agency", "e.done_on", "e"),
    (f"item_attendances AS b {_ITEM} b.agenda_item_id {_SITTING}",
     "i.case_id", "b.agency", f"CASE b.presence WHEN '{_ABSENT}' THEN NULL ELSE s.held_on END",
     "b"),
    ("assessment_requests AS u", "u.case_id", "u.agency", "u.returned_on", "u"),
)  # fmt: skip


def _signs() -> str:
    """Every sign of an agency in a case: its last answer, note, monitoring row, decision.

    An answer to a referral, to an アセスメント依頼, to a 事前シート, a note of what it holds,
    a row of a monitoring, an agreement, what it has done of decisions and directions, its
    presence at an item.
    """
    return " UNION ALL ".join(
        f"SELECT {case} AS case_id, {agency} AS agency, {day} AS day FROM {source}"
        f" WHERE {row}.struck_at IS NULL AND {agency} IS NOT NULL AND {day} IS NOT NULL"
        for source, case, agency, day, row in _SIGNS
    )


def running_cases(store: "Store", today: date) -> list[LongCase]:
    """Give every running case with what its steering asks, the longest running first."""
    quiet, late = _quiet(store), _late(store, today)
    sql = (
        "SELECT k.id AS case_id, k.client_id, k.intake_id, k.status, k.opened_on,"
        " coalesce(i.number, 'ケース' || k.id) AS number, coalesce(i.urgency, '') AS urgency,"
        " coalesce(k.coordinator, '') AS worker, coalesce(k.deputy, '') AS deputy,"
        f" ({_contact()}) AS contact_on, ({_plan()}) AS plan_on,"
        " (SELECT max(evaluated_on) FROM evaluations AS e WHERE e.case_id = k.id"
        " AND e.struck_at IS NULL) AS evaluated_on"
        " FROM cases AS k JOIN persons AS p ON p.id = k.client_id"
        f" LEFT JOIN intakes AS i ON i.id = k.intake_id WHERE {RUNS} ORDER BY k.opened_on, k.id"
    )
    bound = {
        "with_client": json.dumps(sorted(store.profile.flagged("contact_manner", "with_client")))
    }
    return [
        LongCase(
            **_read(row),
            quiet=quiet.get(row["case_id"], ()),
            overdue=len(late.get(row["case_id"], ())),
            overdue_days=max(late.get(row["case_id"], (0,))),
        )
        for row in store.db.query(sql, bound)
    ]


def _read(row: dict[str, Any]) -> dict[str, Any]:
    days = ("opened_on", "contact_on", "plan_on", "evaluated_on")
    found = {name: date.fromisoformat(row[name]) if row[name] else None for name in days}
    return {**row, **found, "status": CaseStatus.of(row["status"])}


def _quiet(store: "Store") -> dict[int, tuple[Quiet, ...]]:
    last = "SELECT case_id, agency, max(day) AS day FROM"
    sql = (
        f"WITH signs AS MATERIALIZED ({last} ({_signs()}) GROUP BY case_id, agency),"
        f" roles AS MATERIALIZED ({last} ({_roles()}) GROUP BY case_id, agency)"
        " SELECT r.case_id, r.agency, max(r.day, coalesce(s.day, '')) AS since FROM roles AS r"
        " JOIN cases AS k ON k.id = r.case_id"
        " LEFT JOIN signs AS s ON s.case_id = r.case_id AND s.agency = r.agency"
        f" WHERE {RUNS} AND r.day IS NOT NULL"
        " AND r.agency NOT IN (SELECT value FROM json_each(coalesce(k.excluded_agencies, '[]')))"
        " ORDER BY since, r.agency"
    )
    found: dict[int, tuple[Quiet, ...]] = {}
    for case_id, agency, since in store.db.execute(sql):
        one = Quiet(agency_id=agency, since=date.fromisoformat(since))
        found[case_id] = (*found.get(case_id, ()), one)
    return found


def _late(store: "Store", today: date) -> dict[int | None, list[int]]:
    """Give by case how many days each thing that sittings settled is past its day."""
    days: dict[int | None, list[int]] = {}
    for entry in due_items(store, today, kinds=SETTLED):
        if entry.overdue_days > 0:
            days.setdefault(entry.case_id, []).append(entry.overdue_days)
    return days


def stuck_cases(
    store: "Store", today: date, running: Iterable[LongCase] | None = None
) -> list[tuple[LongCase, list[Problem]]]:
    """Give the stuck of the running cases with their reasons: the most reasons first, then age.

    ``running`` are the cases where they were read already.
    """
    cases = running_cases(store, today) if running is None else running
    found = [(case, stuck_problems(store.profile, case, today)) for case in cases]
    stuck = [(case, problems) for case, problems in found if problems]
    return sorted(stuck, key=lambda pair: (-len(pair[1]), pair[0].opened_on, pair[0].case_id))
