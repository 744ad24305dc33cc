"""Past consultations of a household, found by who its members are and where they can be met."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from jusou_nb.dates import PartialDate
from jusou_nb.forms import Household, Person
from jusou_nb.names import alike, fold
from jusou_nb.rules.likeness import (
    Strength,
    Traces,
    address_key,
    reasons,
    telephone_numbers,
)

if TYPE_CHECKING:
    from jusou_nb.store.core import Store

_ORDER = tuple(Strength)


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
    stands on a family map only.
    """
    found = [
        match for member in household.own_members for match in _matches(store, member, household.id)
    ]
    return sorted(
        found,
        key=lambda m: (
            _ORDER.index(m.strength),
            -(m.last_on or date.min).toordinal(),
            m.person_id,
        ),
    )


def _matches(store: "Store", member: Person, own: int | None) -> Iterator[Match]:
    here = Traces(
        number="",
        name=member.name or "",
        kana=member.kana or "",
        birth=member.birth,
        address=member.address or "",
        telephone=member.telephone or "",
    )
    for row in _near(store, here):
        if row["household_id"] == own:
            continue
        why, strength = reasons(here, _traces(row), store.profile.municipality)
        if strength is not None:
            yield _match(store, here.name, row, why, strength)


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


def _traces(row: dict[str, Any]) -> Traces:
    return Traces(
        number="",
        name=row["name"] or "",
        kana=row["kana"] or "",
        birth=PartialDate.from_iso(row["birth"]) if row["birth"] else None,
        address=row["address"] or "",
        telephone=row["telephone"] or "",
        is_masked=bool(row["is_masked"]),
    )


def _near(store: "Store", here: Traces) -> list[dict[str, Any]]:
    """Draw a net over all persons in SQL; what it catches is then compared exactly."""
    nets = dict(_nets(here, store.profile.municipality))
    if not nets:
        return []
    caught = " OR ".join(f"{condition} ?" for condition in nets)
    sql = (
        "SELECT id, household_id, name, kana, birth, address, telephone, is_masked FROM persons"
        " WHERE struck_at IS NULL AND household_id IS NOT NULL"
        f" AND coalesce(standing, 'member') = 'member' AND ({caught}) ORDER BY id"
    )
    return list(store.db.query(sql, [*nets.values()]))


def _nets(here: Traces, town: str) -> Iterator[tuple[str, str]]:
    if here.is_named and here.name_key:
        yield "name GLOB", _net(here.name_key)
    if here.kana_key:
        yield "kana GLOB", _net(here.kana_key)
    if here.address_key:
        yield "address GLOB", f"*{_net(address_key(here.address).removeprefix(fold(town)))}"
    for place, number in enumerate(sorted(telephone_numbers(here.telephone))):
        # Each condition is a key of its own: the blanks tell several numbers apart.
        yield f"telephone{' ' * place} GLOB", f"*{_net(number)}"


def _net(folded: str) -> str:
    """Write a pattern that any spelling of a folded text fits, blanks between or not."""
    chars = (c for c in folded if c.isalnum())
    return "*".join(f"[{alike().get(c, c)}]" for c in chars) + "*"
