"""Finds, among all persons at once, those who may be somebody: by keys, never by likeness itself.

A key is a number made of a folded name, reading, telephone number or address; it tells nothing
by itself, and what shares one is compared exactly by ``rules/likeness.py``. The keys follow
every save; they are derived, so they stand in no chain.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from enum import IntEnum
from itertools import combinations, groupby
from typing import TYPE_CHECKING, Any

import sqlite_utils

from jusou_nb.dates import PartialDate
from jusou_nb.rules.likeness import Traces

if TYPE_CHECKING:
    from jusou_nb.store.core import Store

TABLE = "person_keys"
_PERSONS = "persons"
_SIZE, _KIND_AT = 7, 56
"""Bytes of a folded text, and where its kind stands above them: SQLite's integer holds both."""
_KEYS = 1_000
"""So many keys of a kind are looked through at once; the others come when these are settled."""
_PLACE = re.compile(r"[^\d-]{1,2}\d.*$")
"""The end of an address, from the name of the quarter on: a town's name may be left out."""
_BOXES = (
    "p.id, p.household_id, p.name, p.kana, p.birth, p.address, p.telephone, p.is_masked,"
    " p.standing, p.struck_at"
)


class Kind(IntEnum):
    """Of what a key is made: the keys of one kind lie beside each other."""

    NAME, KANA, BORN, GIVEN, TELEPHONE, ADDRESS, ROOF = range(1, 8)


def traces(row: Mapping[str, Any]) -> Traces:
    """Read what one is found by from a row of the table of persons."""
    return Traces(
        number="",
        name=row["name"] or "",
        kana=row["kana"] or "",
        birth=PartialDate.from_iso(row["birth"]) if row["birth"] else None,
        address=row["address"] or "",
        telephone=row["telephone"] or "",
        is_masked=bool(row["is_masked"]),
    )


def near(store: "Store", here: Traces) -> list[dict[str, Any]]:
    """Give the rows of all who share a key with a person; members of households only."""
    keys = keys_of(here)
    if not keys:
        return []
    marks = ", ".join("?" * len(keys))
    sql = (
        f"SELECT {_BOXES} FROM persons AS p WHERE p.id IN"
        f" (SELECT person_id FROM {TABLE} WHERE key IN ({marks}))"
        " AND p.struck_at IS NULL AND p.household_id IS NOT NULL"
        " AND coalesce(p.standing, 'member') = 'member' ORDER BY p.id"
    )
    return list(store.db.query(sql, sorted(keys)))


def keys_of(here: Traces) -> set[int]:
    """Give the keys of a person."""
    return {_key(kind, text) for kind, text in _parts(here)}


def _parts(here: Traces) -> Iterator[tuple[Kind, str]]:
    spelt = [*((Kind.NAME, name) for name in here.names), *((Kind.KANA, k) for k in here.kanas)]
    yield from spelt
    if here.birth is not None and here.birth.month is not None:
        month = f"{here.birth.year:04}-{here.birth.month:02}"
        yield from ((Kind.BORN, f"{kind} {text} {month}") for kind, text in spelt)
        if here.given_kana:
            yield Kind.GIVEN, f"{here.given_kana} {month}"
    yield from ((Kind.TELEPHONE, number) for number in here.numbers)
    if here.address_key:
        end = _PLACE.search(here.address_key)
        place = end[0] if end else here.address_key
        yield Kind.ADDRESS, place
        if here.surname:
            yield Kind.ROOF, f"{here.surname} {place}"


def _key(kind: Kind, text: str) -> int:
    digest = hashlib.blake2b(text.encode(), digest_size=_SIZE)
    return kind << _KIND_AT | int.from_bytes(digest.digest())


def shared(
    store: "Store", kind: Kind, most: int
) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    """Give the rows of any two people of two households who share a key of one kind.

    Keys that more than ``most`` people share tell nothing and are passed over.
    """
    begin, end = kind << _KIND_AT, (kind + 1) << _KIND_AT
    sql = (
        f"WITH several AS MATERIALIZED (SELECT key FROM {TABLE} CROSS JOIN persons AS p"
        " ON p.id = person_id WHERE key >= ? AND key < ? GROUP BY key"
        f" HAVING count(*) <= ? AND count(DISTINCT p.household_id) > 1 LIMIT {_KEYS})"
        f" SELECT k.key AS key, {_BOXES} FROM several"
        f" CROSS JOIN {TABLE} AS k ON k.key = several.key"
        " CROSS JOIN persons AS p ON p.id = k.person_id WHERE p.household_id IS NOT NULL"
        " AND coalesce(p.standing, 'member') = 'member' ORDER BY k.key, p.id"
    )
    rows = store.db.query(sql, [begin, end, most])
    for _, group in groupby(rows, lambda row: row["key"]):
        for one, other in combinations(list(group), 2):
            if one["household_id"] != other["household_id"]:
                yield one, other


def keep_keys(store: "Store", table: str, record_id: int) -> None:
    """Bring the keys of a record up to date, where it is a person."""
    if table != _PERSONS:
        return
    store.db.execute(f"DELETE FROM {TABLE} WHERE person_id = ?", [record_id])
    _add(store.db, f"SELECT {_BOXES} FROM persons AS p WHERE p.id = ?", [record_id])


def fill(db: sqlite_utils.Database) -> None:
    """Make the keys of all persons anew: after an upgrade, or after rows came by raw SQL."""
    db.execute(f"DELETE FROM {TABLE}")
    _add(db, f"SELECT {_BOXES} FROM persons AS p", [])


def is_filled(db: sqlite_utils.Database) -> bool:
    """Whether there are keys where there are persons; rows alone do not make them."""
    sql = "SELECT NOT EXISTS (SELECT 1 FROM persons) OR EXISTS (SELECT 1 FROM person_keys)"
    return bool(db.execute(sql).fetchone()[0])


def _add(db: sqlite_utils.Database, sql: str, bound: list[Any]) -> None:
    rows = (row for row in list(db.query(sql, bound)) if row["struck_at"] is None)
    # In the order of the table, which a file of many people takes much faster.
    keys = sorted((key, row["id"]) for row in rows for key in keys_of(traces(row)))
    db.conn.executemany(f"INSERT OR IGNORE INTO {TABLE} (key, person_id) VALUES (?, ?)", keys)
