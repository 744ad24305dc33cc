"""Who does what by when for a household: roles of plans in force, and what sittings settled."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from jusou_nb.forms.monitoring import Progress
from jusou_nb.forms.plan import DoerKind, PlanState
from jusou_nb.store.household_scope import within

if TYPE_CHECKING:
    from jusou_nb.store.core import Store

_ROLES = f"""
SELECT 'role_assignments' AS "table", r.id, r.what, r.doer, r.agency, p.id AS "within",
  p.case_id, coalesce(r.due_on, r.review_on) AS due_on,
  (SELECT g.progress FROM role_progress AS g JOIN monitorings AS m ON m.id = g.monitoring_id
    WHERE m.plan_id = p.id AND m.struck_at IS NULL AND g.struck_at IS NULL
    AND g.what = r.what AND g.agency IS r.agency
    ORDER BY m.held_on DESC, m.id DESC LIMIT 1) AS progress
FROM role_assignments AS r JOIN plans AS p ON p.id = r.plan_id
WHERE r.struck_at IS NULL AND p.struck_at IS NULL AND p.state = '{PlanState.AGREED.value}'
"""
_SETTLED = """
SELECT '{table}' AS "table", d.id, d.what, {doer} AS doer, d.agency, i.id AS "within",
  i.case_id, {day} AS due_on, '' AS progress
FROM {table} AS d JOIN agenda_items AS i ON i.id = d.agenda_item_id
WHERE d.struck_at IS NULL AND i.struck_at IS NULL AND i.case_id IS NOT NULL AND d.done_on IS NULL
"""
_ALL = " UNION ALL ".join(
    (
        _ROLES,
        _SETTLED.format(table="decisions", doer="NULL", day="d.due_on"),
        _SETTLED.format(
            table="direction_rows", doer="d.other_doer", day="coalesce(d.due_on, d.review_on)"
        ),
    )
)


@dataclass(frozen=True, kw_only=True)
class Task:
    """Something that somebody is to do.

    Attributes:
        what: The words.
        doer: Who, in words, where it is no agency.
        agency_id: The agency that does it.
        due_on: By when.
        state: Where it stands, in words.
        is_late: Whether its day has passed and it is not done.
        table: Where its row is; ``within`` is the id of its plan or item.
        case_id: The case to which it belongs.
    """

    what: str
    doer: str
    agency_id: int | None
    due_on: date | None
    state: str
    is_late: bool
    table: str
    within: int
    case_id: int


def tasks(store: "Store", household_id: int, today: date) -> list[Task]:
    """List who does what by when, what is late first, then by day; what is done comes last."""
    rows = store.db.query(within(_ALL), {"home": household_id})
    return sorted((_task(row, today) for row in rows), key=_order)


def _order(task: Task) -> tuple[bool, bool, date]:
    return task.state == Progress.DONE.label, not task.is_late, task.due_on or date.max


def _task(row: dict[str, Any], today: date) -> Task:
    due_on = date.fromisoformat(row["due_on"]) if row["due_on"] else None
    progress = Progress.of(row["progress"]) if row["progress"] else None
    is_late = progress is not Progress.DONE and due_on is not None and due_on < today
    late = f"{(today - due_on).days}日超過" if is_late and due_on else ""
    state = "・".join(part for part in (progress.label if progress else "", late) if part)
    return Task(
        what=row["what"] or "",
        doer=_doer(row["doer"]),
        agency_id=row["agency"],
        due_on=due_on,
        state=state or "これから",
        is_late=is_late,
        table=row["table"],
        within=row["within"],
        case_id=row["case_id"],
    )


def _doer(said: str | None) -> str:
    """Name who does it; an agency is named by its id."""
    if not said or said == DoerKind.AGENCY.value:
        return ""
    kinds = {kind.value: kind.label for kind in DoerKind}
    return kinds.get(said, said)
