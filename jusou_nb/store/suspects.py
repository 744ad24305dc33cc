"""重複の疑い: households that may be one, and people of whom two cases run at once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from jusou_nb.forms.case import CaseStatus
from jusou_nb.rules.likeness import Strength, reasons
from jusou_nb.store import alike, merges
from jusou_nb.store.alike import Kind

if TYPE_CHECKING:
    from jusou_nb.store.core import Store

SHOWN, _ENOUGH = 50, 200
"""So many are shown; and after so many found nobody looks for more before these are settled."""
_MOST = 12
"""A telephone or address that more people share is that of an institution."""
_TELLING = (Kind.BORN, Kind.TELEPHONE, Kind.ROOF)
_ORDER = tuple(Strength)


@dataclass(frozen=True, kw_only=True)
class Suspect:
    """Two records that may be one; holds no whereabouts.

    Attributes:
        table: ``households`` or ``cases``.
        kept: The one that would stay: the earlier.
        gone: The other.
        people: The person of each by whom it was found.
        names: Their names.
        numbers: The 受付番号 of each.
        reasons: What speaks for it, in words.
        strength: How strongly.
    """

    table: str
    kept: int
    gone: int
    people: tuple[int, int]
    names: tuple[str, str]
    numbers: tuple[str, str]
    reasons: tuple[str, ...]
    strength: Strength


def suspects(store: "Store") -> tuple[list[Suspect], int]:
    """List the likeliest, and how many more there are; who was told apart is left out."""
    found = {(s.kept, s.gone): s for s in sorted(_households(store), key=_likely, reverse=True)}
    ranked = sorted(found.values(), key=_likely)
    every = [*_cases(store), *ranked]
    return [_numbered(store, one) for one in every[:SHOWN]], max(0, len(every) - SHOWN)


def _likely(one: Suspect) -> tuple[int, int, int]:
    return _ORDER.index(one.strength), -len(one.reasons), one.gone


def _households(store: "Store") -> Iterator[Suspect]:
    found: set[tuple[int, int]] = set()
    apart = merges.every_apart(store)
    for kind in _TELLING:
        for one, other in alike.shared(store, kind, _MOST):
            homes = (one["household_id"], other["household_id"])
            if homes in found or (one["id"], other["id"]) in apart:
                continue
            if (suspect := _compared(store, one, other)) is not None:
                found.add(homes)
                yield suspect
            if len(found) == _ENOUGH:
                return


def _compared(store: "Store", one: Mapping[str, Any], other: Mapping[str, Any]) -> Suspect | None:
    # Whereabouts of a masked person are named on neither side.
    here, there = (other, one) if one["is_masked"] else (one, other)
    town = store.profile.municipality
    why, strength = reasons(alike.traces(here), alike.traces(there), town)
    if strength in (None, Strength.WEAK):
        return None
    first, second = sorted((one, other), key=lambda row: row["household_id"])
    return Suspect(
        table="households",
        kept=first["household_id"],
        gone=second["household_id"],
        people=(first["id"], second["id"]),
        names=(first["name"] or "氏名不明", second["name"] or "氏名不明"),
        numbers=("", ""),
        reasons=why,
        strength=strength or Strength.WEAK,
    )


def _cases(store: "Store") -> Iterator[Suspect]:
    running = ", ".join(f"'{status.value}'" for status in CaseStatus if status.is_open)
    sql = (
        "SELECT min(c.id) AS kept, max(c.id) AS gone, p.id AS person, p.name FROM cases AS c"
        " JOIN persons AS p ON p.id = c.client_id WHERE c.struck_at IS NULL"
        f" AND c.status IN ({running}) GROUP BY p.id HAVING count(*) > 1 ORDER BY 1"
    )
    for row in store.db.query(sql):
        name = row["name"] or "氏名不明"
        yield Suspect(
            table="cases",
            kept=row["kept"],
            gone=row["gone"],
            people=(row["person"], row["person"]),
            names=(name, name),
            numbers=("", ""),
            reasons=("同じ人のケースが二つ動いている",),
            strength=Strength.STRONG,
        )


def _numbered(store: "Store", one: Suspect) -> Suspect:
    numbers = tuple(number_of(store, one.table, id_) for id_ in (one.kept, one.gone))
    return Suspect(**{**vars(one), "numbers": numbers})


def number_of(store: "Store", table: str, record_id: int) -> str:
    """Name a household or a case by its 受付番号."""
    sql = (
        "SELECT number FROM intakes WHERE household_id = ? AND struck_at IS NULL"
        " AND number IS NOT NULL ORDER BY id LIMIT 1"
        if table == "households"
        else "SELECT i.number FROM cases AS c JOIN intakes AS i ON i.id = c.intake_id"
        " WHERE c.id = ? AND i.number IS NOT NULL"
    )
    found = store.db.execute(sql, [record_id]).fetchone()
    return str(found[0]) if found else "番号なし"
