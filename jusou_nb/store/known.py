"""Past consultations of a household, found by who its members are and where they can be met."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from jusou_nb.dates import read_date, wareki
from jusou_nb.forms import Household, Person
from jusou_nb.rules.likeness import Strength, Traces, reasons
from jusou_nb.store import alike, merges

if TYPE_CHECKING:
    from jusou_nb.store.core import Store

_ORDER = tuple(Strength)
_SHOWN, _NUMBERS = 8, 3
"""So many are shown while somebody types; of more, the number."""


@dataclass(frozen=True, kw_only=True)
class Match:
    """Somebody known who may be the one that is here now; holds no whereabouts.

    Attributes:
        member: The name, as now given, for whom this was found.
        name: The name under which the office knows the person.
        person_id: Whom.
        household_id: Of which household.
        numbers: The 受付番号 of that household's consultations, the latest first.
        last_on: The day of the latest, where there is one.
        reasons: What speaks for it, in words without any value.
        strength: How strongly.
    """

    member: str
    name: str
    person_id: int
    household_id: int
    numbers: tuple[str, ...]
    last_on: date | None
    reasons: tuple[str, ...]
    strength: Strength


def known_before(store: "Store", household: Household) -> list[Match]:
    """Find whom of a household, as written on the sheet, the office has met before.

    The strongest come first, among those the latest. Whereabouts of a person under 秘匿 are
    compared and not named. The household's own record is left out, and so is everybody who
    stands on a family map only or of whom it was said that they are somebody else.
    """
    own = {household.id} if household.id is not None else set()
    found = [
        match
        for member in household.own_members
        for match in _matches(store, traces_of(member), own, _apart(store, member))
    ]
    return _ranked(found)


def hints(
    store: "Store", people: Iterable[Mapping[str, str]], apart: Collection[int] = ()
) -> dict[str, Any]:
    """Say who may be one of the people that are being written down, the likeliest first.

    Args:
        store: The open store.
        people: Of each, what stands in name, kana, birth, address and telephone, as typed.
        apart: Ids of persons who are somebody else, as the worker said.

    Returns:
        ``found``: of each its ``person``, ``name``, ``numbers``, ``last`` day, ``why``,
        ``strength`` and whether that is ``strong``, ready to be shown; ``more``: how many
        more there are.
    """
    matches = (m for row in people for m in _matches(store, _typed(row), (), apart))
    found = list({match.person_id: match for match in reversed(_ranked(matches))}.values())[::-1]
    return {
        "found": [_hint(match) for match in found[:_SHOWN]],
        "more": max(0, len(found) - _SHOWN),
    }


def _typed(row: Mapping[str, str]) -> Traces:
    try:
        birth = read_date(row.get("birth") or "").value
    except ValueError:
        birth = None
    return Traces(
        number="",
        name=row.get("name") or "",
        kana=row.get("kana") or "",
        birth=birth,
        address=row.get("address") or "",
        telephone=row.get("telephone") or "",
    )


def _hint(match: Match) -> dict[str, Any]:
    return {
        "person": match.person_id,
        "name": match.name,
        "numbers": "、".join(match.numbers[:_NUMBERS]) or "番号なし",
        "last": wareki(match.last_on) if match.last_on else "",
        "why": "・".join(match.reasons),
        "strength": match.strength.label,
        "strong": match.strength is Strength.STRONG,
    }


def traces_of(person: Person) -> Traces:
    """Give what one is found again by."""
    return Traces(
        number="",
        name=person.name or "",
        kana=person.kana or "",
        birth=person.birth,
        address=person.address or "",
        telephone=person.telephone or "",
        is_masked=bool(person.is_masked),
    )


def _apart(store: "Store", member: Person) -> set[int]:
    return merges.apart_from(store, [member.id]) if member.id is not None else set()


def _ranked(found: Iterable[Match]) -> list[Match]:
    return sorted(
        found,
        key=lambda m: (
            _ORDER.index(m.strength),
            -len(m.reasons),
            -(m.last_on or date.min).toordinal(),
            m.person_id,
        ),
    )


def _matches(
    store: "Store", here: Traces, own: Collection[int | None], apart: Collection[int]
) -> list[Match]:
    found = []
    for row in alike.near(store, here):
        if row["household_id"] in own or row["id"] in apart:
            continue
        why, strength = reasons(here, alike.traces(row), store.profile.municipality)
        if strength is not None:
            found.append(_match(store, here.name, row, why, strength))
    return found


def _match(
    store: "Store", member: str, row: dict[str, Any], why: tuple[str, ...], strength: Strength
) -> Match:
    sql = (
        "SELECT number, received_on FROM intakes WHERE household_id = ? AND struck_at IS NULL"
        " ORDER BY received_on DESC, id DESC"
    )
    past = list(store.db.execute(sql, [row["household_id"]]))
    return Match(
        member=member,
        name=row["name"] or "",
        person_id=row["id"],
        household_id=row["household_id"],
        numbers=tuple(number for number, _ in past if number),
        last_on=date.fromisoformat(past[0][1]) if past and past[0][1] else None,
        reasons=why,
        strength=strength,
    )
