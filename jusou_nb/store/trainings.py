"""What trainings reached and brought: SQL, one function each; the docstring is the definition."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from jusou_nb.forms.conference import ConferenceState

if TYPE_CHECKING:
    from jusou_nb.store.core import Store


@dataclass(frozen=True, kw_only=True)
class Effect:
    """A training: who came, and what reached the office after it."""

    training_id: int
    name: str
    held_on: date
    departments: int
    attended: int
    signs: int
    taken_up: int


def training_effects(store: "Store", first: date, last: date) -> list[Effect]:
    """List the trainings of some days with what came after them, the earliest first.

    ``departments`` and ``attended``: agencies and persons of its attendance. ``signs``:
    気づきシート that name it as きっかけ, or name none and came from a department that attended,
    on or after its day and by the last day; such a sheet counts once for each training that
    its department attended. ``taken_up``: those of them that became a 相談 or a 気になる世帯.
    Date: 開催日・配信日, 届いた日. Source: ``trainings`` with their rows, ``sign_sheets``.
    """
    after = (
        "s.struck_at IS NULL AND s.sent_on BETWEEN t.held_on AND :last AND (s.after_training = t.id"
        " OR (s.after_training IS NULL AND s.sent_by IN (SELECT agency FROM"
        " training_attendances WHERE training_id = t.id AND struck_at IS NULL)))"
    )
    came = "FROM training_attendances WHERE training_id = t.id AND struck_at IS NULL"
    sql = (
        "SELECT t.id AS training_id, t.name, t.held_on,"
        f" (SELECT count(DISTINCT agency) {came}) AS departments,"
        f" (SELECT coalesce(sum(count), 0) {came}) AS attended,"
        f" (SELECT count(*) FROM sign_sheets AS s WHERE {after}) AS signs,"
        f" (SELECT count(*) FROM sign_sheets AS s WHERE {after}"
        "  AND (s.intake_id IS NOT NULL OR s.lead_id IS NOT NULL)) AS taken_up"
        " FROM trainings AS t WHERE t.struck_at IS NULL AND t.held_on BETWEEN :first AND :last"
        " ORDER BY t.held_on, t.id"
    )
    bound = {"first": first.isoformat(), "last": last.isoformat()}
    return [
        Effect(**{**row, "held_on": date.fromisoformat(row["held_on"])})
        for row in store.db.query(sql, bound)
    ]


def topics_unrecorded(store: "Store") -> list[tuple[int, int]]:
    """List the topics (議題・研修) of sittings held that are no training of that name yet.

    Gives pairs of the item's id and the sitting's, the latest first.
    """
    sql = (
        "SELECT a.id, c.id FROM agenda_items AS a JOIN conferences AS c ON c.id = a.conference_id"
        " WHERE a.struck_at IS NULL AND c.struck_at IS NULL AND a.case_id IS NULL"
        f" AND c.state = '{ConferenceState.HELD.value}' AND coalesce(a.topic, '') <> ''"
        " AND NOT EXISTS (SELECT 1 FROM trainings AS t WHERE t.conference_id = c.id"
        " AND t.name = a.topic AND t.struck_at IS NULL) ORDER BY c.held_on DESC, a.id DESC"
    )
    return [tuple(row) for row in store.db.execute(sql).fetchall()]
