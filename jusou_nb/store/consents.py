"""Where consent stands on a day, in one query, for one person or for all of a town.

The rules of ``rules.consent`` written in SQL; a test holds both to the same answer on every
day of random histories.
"""

import json
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from jusou_nb.choices import Category
from jusou_nb.forms.consent import ConsentState

if TYPE_CHECKING:
    from jusou_nb.store.core import Store


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How one person stands on a day.

    Attributes:
        person_id: Whose consent.
        consent_id: The entry that says so.
        state: Its state; a consent no longer in force keeps 同意あり, with ``is_valid`` False.
        since: The day on which it was stated.
        is_valid: Whether a consent is in force.
        is_scope_known: Whether categories and agencies were stated (imports: 未確認).
        is_reduced: Whether a part of it was withdrawn.
        categories: What is left of the categories in force.
        agencies: What is left of the agencies in force.
        expires_on: Last day of a consent in force, if it has one.
        manner: Code of how it was given.
        written_by: Until when an oral consent is to be written.
    """

    person_id: int
    consent_id: int
    state: ConsentState | None
    since: date
    is_valid: bool
    is_scope_known: bool
    is_reduced: bool
    categories: tuple[Category, ...]
    agencies: tuple[int, ...]
    expires_on: date | None
    manner: str | None
    written_by: date | None


_NONE = "'[]'"
_EVERY = f"'{json.dumps([category.value for category in Category])}'"
_LATER = "s.person_id = b.person_id AND s.is_partial AND (s.stated_on, s.id) > (b.stated_on, b.id)"
_TAKEN = f"SELECT value FROM stated AS s, json_each(s.{{box}}) WHERE {_LATER}"
_LEFT = (
    "(SELECT json_group_array(value) FROM (SELECT value FROM json_each({of})"
    " WHERE value NOT IN ({taken}) ORDER BY key))"
)


def _left(of: str, box: str) -> str:
    return _LEFT.format(of=of, taken=_TAKEN.format(box=box))


_STANDING = f"""
WITH stated AS (
  SELECT *,
    row_number() OVER (PARTITION BY person_id ORDER BY stated_on DESC, id DESC) AS place,
    state IS 'withdrawn' AND (coalesce(withdrawn_categories, {_NONE}) <> {_NONE}
      OR coalesce(withdrawn_agencies, {_NONE}) <> {_NONE}) AS is_partial
  FROM consents
  WHERE struck_at IS NULL AND stated_on <= {{day}} AND {{whose}}),
decisive AS (
  SELECT *, row_number() OVER (PARTITION BY person_id ORDER BY stated_on DESC, id DESC) AS rank
  FROM stated
  WHERE state = 'refused' OR (state = 'withdrawn' AND NOT is_partial) OR (state = 'given'
    AND (given_by IS NULL OR given_by IN (SELECT value FROM json_each(:entitled))))),
base AS (
  SELECT b.*, {_left("b.categories", "withdrawn_categories")} AS categories_left,
    {_left("b.agencies", "withdrawn_agencies")} AS agencies_left,
    {_left(f"coalesce(nullif(b.categories, {_NONE}), {_EVERY})", "withdrawn_categories")} AS open,
    EXISTS (SELECT 1 FROM stated AS s WHERE {_LATER}) AS is_reduced
  FROM decisive AS b
  WHERE rank = 1 AND state = 'given' AND (expires_on IS NULL OR expires_on >= {{day}})),
standing AS (
  SELECT * FROM base WHERE open <> {_NONE}
    AND (agencies_left <> {_NONE} OR coalesce(agencies, {_NONE}) = {_NONE}))
"""
_STATE_ON = f"""
SELECT l.person_id, coalesce(b.id, l.id) AS consent_id, coalesce(b.state, l.state) AS state,
  coalesce(b.stated_on, l.stated_on) AS since, b.id IS NOT NULL AS is_valid,
  coalesce(b.is_reduced, 0) AS is_reduced, coalesce(b.categories_left, {_NONE}) AS categories,
  coalesce(b.agencies_left, {_NONE}) AS agencies, b.expires_on,
  CASE WHEN b.id IS NULL THEN l.manner ELSE b.manner END AS manner, b.written_by
FROM stated AS l LEFT JOIN standing AS b ON b.person_id = l.person_id
WHERE l.place = 1 ORDER BY l.person_id
"""


def state_on(store: "Store", day: date, person_id: int | None = None) -> list[Standing]:
    """Say how each person who was ever asked stands on a day, or one of them.

    Persons without an entry by that day have no row.
    """
    bound = {
        "day": day.isoformat(),
        "person": person_id,
        "entitled": json.dumps(sorted(store.profile.flagged("consent_giver", "valid"))),
    }
    # Said apart, so that one person is found by the index.
    whose = "person_id IS NOT NULL" if person_id is None else "person_id = :person"
    sql = _standing(":day", whose) + _STATE_ON
    return [_standing_of(row) for row in store.db.query(sql, bound)]


def _standing(day: str, whose: str) -> str:
    return _STANDING.replace("{day}", day).replace("{whose}", whose)


def in_force(day: str) -> str:
    """Write the SELECT of the ids of all consents in force on a day (as SQL, ``:today``).

    It names ``:entitled``, the givers whose consent is one, as a JSON array.
    """
    return f"{_standing(day, 'person_id IS NOT NULL').strip()} SELECT id FROM standing"


def _standing_of(row: dict[str, Any]) -> Standing:
    categories, agencies = json.loads(row["categories"]), json.loads(row["agencies"])
    return Standing(
        person_id=row["person_id"],
        consent_id=row["consent_id"],
        state=ConsentState.of(row["state"]) if row["state"] else None,
        since=date.fromisoformat(row["since"]),
        is_valid=bool(row["is_valid"]),
        is_scope_known=bool(categories) and bool(agencies),
        is_reduced=bool(row["is_reduced"]),
        categories=tuple(Category.of(code) for code in categories),
        agencies=tuple(agencies),
        expires_on=_day(row["expires_on"]),
        manner=row["manner"],
        written_by=_day(row["written_by"]),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


@dataclass(frozen=True, kw_only=True)
class UnknownScope:
    """A consent in force of which nobody knows yet what it covers."""

    consent_id: int
    person_id: int
    name: str
    number: str
    stated_on: date
    categories: tuple[Category, ...]
    agencies: tuple[int, ...]
    is_imported: bool


_FIRST = "AND struck_at IS NULL ORDER BY id LIMIT 1"
_OF_CONSENTS = (
    "SELECT c.id, p.id, coalesce(p.name, ''), coalesce("
    f"(SELECT number FROM intakes WHERE client_id = p.id {_FIRST}),"
    f" (SELECT number FROM intakes WHERE household_id = p.household_id {_FIRST}), ''), c.batch_id"
    " FROM consents AS c JOIN persons AS p ON p.id = c.person_id AND p.struck_at IS NULL"
    " WHERE c.id IN (SELECT value FROM json_each(?)) ORDER BY c.id"
)


def unconfirmed_scopes(store: "Store", day: date) -> list[UnknownScope]:
    """List the consents in force whose scope is 未確認, for one screen that confirms them.

    ``categories`` and ``agencies`` are what is known of it already.
    """
    waiting = {row.consent_id: row for row in state_on(store, day)
               if row.is_valid and not row.is_scope_known}  # fmt: skip
    rows = store.db.execute(_OF_CONSENTS, [json.dumps(list(waiting))])
    return [
        UnknownScope(
            consent_id=consent_id,
            person_id=person_id,
            name=name,
            number=number,
            stated_on=waiting[consent_id].since,
            categories=waiting[consent_id].categories,
            agencies=waiting[consent_id].agencies,
            is_imported=batch is not None,
        )
        for consent_id, person_id, name, number, batch in rows
    ]
