"""期限: one list of all that waits for somebody, whatever it waits for. No names.

Each kind is a function of SQL in the ``due_*`` modules, whose docstring is its definition;
here they become one list, with the 受付番号 and whose they are. A line says neither who it is
about nor where anybody lives, and quotes no sentence that a worker has written.
"""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from jusou_nb.forms.case import CaseStatus
from jusou_nb.profile import Body, Profile
from jusou_nb.store import household_scope
from jusou_nb.store.due_kinds import KINDS, SETTLED
from jusou_nb.store.due_sql import RUNS, Kind
from jusou_nb.store.successions import Successors

if TYPE_CHECKING:
    from jusou_nb.store.core import Store

_LATEST = "struck_at IS NULL ORDER BY id DESC LIMIT 1"
_CASE = (
    f"coalesce(w.case_id, (SELECT id FROM cases WHERE client_id = w.client_id AND {_LATEST}),"
    f" (SELECT id FROM cases WHERE household_id = w.household_id AND {_LATEST}))"
)
_INTAKE = (
    f"coalesce(w.intake_id, k.intake_id,"
    f" (SELECT id FROM intakes WHERE client_id = w.client_id AND {_LATEST}),"
    f" (SELECT id FROM intakes WHERE household_id = w.household_id AND {_LATEST}))"
)
_FOLLOWS = f"w.worker IS NULL AND (k.id IS NULL OR k.status = '{CaseStatus.CLOSED.value}')"
"""No running work names its worker: it goes to whoever followed the one named there."""
_WHO = "coalesce(w.worker, k.coordinator, i.received_by, '')"
_MINE = (
    f":me IS NULL OR :me IN ({_WHO}, k.deputy)"
    f" OR {_WHO} || coalesce(k.deputy, '') = '' OR ({_FOLLOWS})"
)
"""May be this worker's or nobody's; :meth:`Due.belongs_to` decides once successions are known."""
_IS_EXCLUDED = "w.agency_id IN (SELECT value FROM json_each(k.excluded_agencies))"


@dataclass(frozen=True, kw_only=True)
class Due:
    """Something that waits.

    Attributes:
        kind: Which kind, a code of :data:`KINDS`.
        label: The kind in Japanese.
        due_on: By when; None where nobody has set a day.
        overdue_days: Days past it, 0 where it is not past.
        case_id: The case that it belongs to, where there is one.
        number: 受付番号, else which case or household; empty where there is neither.
        agency_id: The agency that is to do or answer it; never one excluded from the case.
        worker: Who has it in hand; empty where nobody has, which makes it everybody's.
        deputy: Who stands in.
        what_to_do: One Japanese sentence.
        table: Where the record is.
        record_id: Which one it is.
    """

    kind: str
    label: str
    due_on: date | None
    overdue_days: int
    case_id: int | None
    number: str
    agency_id: int | None
    worker: str
    deputy: str
    what_to_do: str
    table: str
    record_id: int

    def belongs_to(self, worker: str) -> bool:
        """Whether it is a worker's, as 担当 or 副担当, or nobody's and so everybody's."""
        return worker in (self.worker, self.deputy) or not (self.worker or self.deputy)


def due_items(
    store: "Store",
    today: date,
    *,
    until: date | None = None,
    worker: str | None = None,
    agency: int | None = None,
    kinds: Collection[str] | None = None,
    household: int | None = None,
) -> list[Due]:
    """List all that waits, the longest overdue first, what has no day last.

    Args:
        store: The open store.
        today: The day from which overdue days are counted.
        until: Only what has a day, and it comes by this one (some kinds tell of it earlier).
        worker: Only what is this worker's; see :meth:`Due.belongs_to`.
        agency: Only what this agency is to do or answer.
        kinds: Only these kinds, by their code.
        household: Only what is of its people and their cases.
    """
    bound, successors = _bound(store.profile, today, household, worker), Successors(store)
    told = [
        entry
        for kind in KINDS
        if (kinds is None or kind.code in kinds) and _has_some(kind, household)
        for entry in _of_kind(store, kind, bound, today, successors)
        if until is None or _is_told(kind, entry, until, store.profile)
    ]
    return sorted((d for d in told if _is_for(d, worker, agency)), key=_order)


def _is_for(entry: Due, worker: str | None, agency: int | None) -> bool:
    mine = worker is None or entry.belongs_to(worker)
    return mine and agency in (None, entry.agency_id)


def settled(store: "Store", case_id: int, today: date) -> list[Due]:
    """List what sittings settled for a case and nobody has done yet, in the order of its days."""
    bound = _bound(store.profile, today)
    kinds = [kind for kind in KINDS if kind.code in SETTLED]
    found = [
        entry for kind in kinds for entry in _of_kind(store, kind, bound, today, Successors(store))
    ]
    return sorted((entry for entry in found if entry.case_id == case_id), key=_order)


def _has_some(kind: Kind, household: int | None) -> bool:
    return household is None or household_scope.is_of_a_household(kind.table)


_PLACES = {kind.code: place for place, kind in enumerate(KINDS)}


def _order(entry: Due) -> tuple[date, int, str, int]:
    return entry.due_on or date.max, _PLACES[entry.kind], entry.number, entry.record_id


def _bound(
    profile: Profile, today: date, home: int | None = None, me: str | None = None
) -> dict[str, Any]:
    """Give the values that the SQL names: days of the profile, and its codes by their flags."""
    codes = {
        "same_day": profile.flagged("urgency", "same_day"),
        "abuse_issues": profile.flagged("issue", "abuse"),
        "abuse_topics": profile.flagged("topic", "abuse"),
        "entitled": {"", *profile.flagged("consent_giver", "valid")},
        "handing_over": {"", *profile.flagged("referral_kind", "hands_over")},
        "open_bodies": {body.code for body in profile.bodies if _takes_anybody(profile, body)},
        "consent_bases": {basis.code for basis in profile.bases if basis.requires_consent},
    }
    lists = {name: json.dumps(sorted(found)) for name, found in codes.items()}
    named = {"today": today.isoformat(), "home": home, "me": me}
    return {**profile.thresholds, **lists, **named}


def _takes_anybody(profile: Profile, body: Body) -> bool:
    """Whether a body hears single cases that need no consent."""
    bases = [profile.basis(code) for code in body.bases]
    return any(not (basis.requires_consent or basis.anonymous) for basis in bases)


def _is_told(kind: Kind, entry: Due, until: date, profile: Profile) -> bool:
    ahead = profile.thresholds[kind.ahead] if kind.ahead else 0
    return entry.due_on is not None and entry.due_on - timedelta(days=ahead) <= until


def _of_kind(
    store: "Store", kind: Kind, bound: dict[str, Any], today: date, successors: Successors
) -> list[Due]:
    sql = (
        "SELECT w.record_id, w.due_on, k.id AS case_id,"
        f" CASE WHEN {_IS_EXCLUDED} THEN NULL ELSE w.agency_id END AS agency_id,"
        " coalesce(i.number, 'ケース' || k.id, '世帯' || w.household_id, '') AS number,"
        f" {_WHO} AS worker,"
        " coalesce(k.deputy, '') AS deputy,"
        f" CASE WHEN {_FOLLOWS} THEN coalesce(k.status_on, i.received_on, '') END AS named_on"
        f" FROM ({kind.sql()}) AS w LEFT JOIN cases AS k ON k.id = {_CASE}"
        f" LEFT JOIN intakes AS i ON i.id = {_INTAKE} WHERE {_MINE}"
    )
    if bound.get("home") is not None:
        sql = household_scope.within(sql)
    return [_entry(kind, row, today, successors) for row in store.db.query(sql, bound)]


def _entry(kind: Kind, row: dict[str, Any], today: date, successors: Successors) -> Due:
    named_on = row.pop("named_on")
    if named_on is not None:
        since = date.fromisoformat(named_on) if named_on else None
        row["worker"] = successors.now(row["worker"], since)
    due_on = date.fromisoformat(row["due_on"]) if row["due_on"] else None
    if due_on is not None and kind.from_day is not None:
        due_on = kind.from_day(due_on)
    late = max((today - due_on).days, 0) if due_on else 0
    return Due(
        kind=kind.code,
        label=kind.label,
        what_to_do=kind.what_to_do,
        table=kind.table,
        overdue_days=late,
        **{**row, "due_on": due_on},
    )


def without_contact(store: "Store", day: date) -> list[str]:
    """List the 受付番号 of running cases without a note for longer than the profile's days.

    Counts from the last note, else from the 開始日. Source: ``cases``, ``case_notes``.
    """
    since = day - timedelta(days=store.profile.thresholds["days_without_contact"])
    number = "coalesce((SELECT number FROM intakes WHERE id = k.intake_id), 'ケース' || k.id)"
    sql = (
        f"SELECT {number} FROM cases AS k WHERE {RUNS} AND coalesce("
        " (SELECT max(substr(happened_at, 1, 10)) FROM case_notes AS n"
        " WHERE n.case_id = k.id AND n.struck_at IS NULL), k.opened_on) < ? ORDER BY 1"
    )
    return [row[0] for row in store.db.execute(sql, [since.isoformat()])]
