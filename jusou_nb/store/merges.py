"""Which records were put together, when and why; and which persons are not the same.

A merge is a row of its own and a run of changes in the chain: those between its first and its
last row, since whoever merges holds the write lock.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from jusou_nb.errors import NotFound
from jusou_nb.store.schema import inserted

if TYPE_CHECKING:
    from jusou_nb.store.core import Store

TABLE, APART = "merges", "told_apart"
Pairs = Mapping[str, Mapping[int, int]]
"""Table → id of the record that goes → id of the record that stays."""


@dataclass(frozen=True, kw_only=True)
class Merge:
    """Two records that became one.

    Attributes:
        id: Its number.
        table: Of which form the two are (``households``, ``cases``).
        kept: The record that stands.
        gone: The record that went into it.
        pairs: All records that went into another with it, people and family maps included.
        numbers: The 受付番号 under which the one that went was known.
        reason: Why they are one.
        worker: Who did it.
        merged_at: When (ISO).
        undone_at: When it was taken back (ISO), or None.
    """

    id: int
    table: str
    kept: int
    gone: int
    pairs: Pairs
    numbers: tuple[str, ...]
    reason: str
    worker: str
    merged_at: str
    undone_at: str | None


def begin(store: "Store", table: str, pairs: Pairs, *, kept: int, gone: int, reason: str) -> int:
    """Open a merge inside the caller's transaction; give its number."""
    row: dict[str, Any] = {
        "record_table": table,
        "kept_id": kept,
        "gone_id": gone,
        "pairs": json.dumps(pairs),
        "reason": reason,
        "worker_id": store.worker_id,
        "merged_at": store.now(),
    }
    merge_id = inserted(store.db, TABLE, row)
    store.log_change(TABLE, merge_id, "insert", {name: [None, v] for name, v in row.items()})
    return merge_id


def put(store: "Store", merge_id: int, action: str, new: Mapping[str, Any]) -> None:
    """Write boxes of a merge, and that they were written."""
    sets = ", ".join(f"{name} = ?" for name in new)
    store.db.execute(f"UPDATE {TABLE} SET {sets} WHERE id = ?", [*new.values(), merge_id])
    store.log_change(TABLE, merge_id, action, {name: [None, value] for name, value in new.items()})


def every(store: "Store") -> list[Merge]:
    """List all merges, the latest first; those taken back among them."""
    sql = (
        f"SELECT m.*, coalesce(w.name, '') AS worker FROM {TABLE} AS m"
        " LEFT JOIN workers AS w ON w.id = m.worker_id ORDER BY m.id DESC"
    )
    return [_merge(row) for row in store.db.query(sql)]


def get(store: "Store", merge_id: int) -> Merge:
    """Give one merge (NotFound when there is none)."""
    found = next((merge for merge in every(store) if merge.id == merge_id), None)
    if found is None:
        raise NotFound(
            f"統合の {merge_id} 番が見つかりません。「重複の疑い」の一覧で確かめてください"
        )
    return found


def _merge(row: Mapping[str, Any]) -> Merge:
    pairs = json.loads(row["pairs"])
    return Merge(
        id=row["id"],
        table=row["record_table"],
        kept=row["kept_id"],
        gone=row["gone_id"],
        pairs={table: {int(g): k for g, k in ids.items()} for table, ids in pairs.items()},
        numbers=tuple(json.loads(row["numbers"] or "[]")),
        reason=row["reason"] or "",
        worker=row["worker"],
        merged_at=row["merged_at"],
        undone_at=row["undone_at"],
    )


def standing_for(store: "Store", table: str, record_id: int) -> list[Merge]:
    """List the merges in force by which other records went into this one."""
    return [
        merge
        for merge in every(store)
        if merge.undone_at is None and record_id in merge.pairs.get(table, {}).values()
    ]


def now_at(store: "Store", table: str, record_id: int) -> int:
    """Give the record that stands for one now: itself, or what it went into."""
    for merge in reversed(every(store)):
        if merge.undone_at is None:
            record_id = merge.pairs.get(table, {}).get(record_id, record_id)
    return record_id


def former_numbers(store: "Store", table: str, record_id: int) -> tuple[str, ...]:
    """Give the 旧番号 of a record: the 受付番号 of all that went into it."""
    found = (n for m in standing_for(store, table, record_id) for n in m.numbers)
    return tuple(dict.fromkeys(sorted(found)))


def tell_apart(store: "Store", one: int, other: int) -> None:
    """Remember that two persons are not the same; told twice it is told once."""
    low, high = sorted((one, other))
    with store.transaction():
        if low == high or is_apart(store, low, high):
            return
        row = {
            "one_id": low,
            "other_id": high,
            "worker_id": store.worker_id,
            "told_at": store.now(),
        }
        made = inserted(store.db, APART, row)
        store.log_change(APART, made, "insert", {name: [None, v] for name, v in row.items()})


def is_apart(store: "Store", one: int, other: int) -> bool:
    """Whether somebody said that two persons are not the same."""
    sql = f"SELECT EXISTS (SELECT 1 FROM {APART} WHERE one_id = ? AND other_id = ?)"
    return bool(store.db.execute(sql, sorted((one, other))).fetchone()[0])


def apart_from(store: "Store", persons: Iterable[int]) -> set[int]:
    """Name everybody of whom it was said that they are not one of these persons."""
    ids = [*persons]
    marks = ", ".join("?" * len(ids))
    sql = (
        f"SELECT other_id FROM {APART} WHERE one_id IN ({marks})"
        f" UNION SELECT one_id FROM {APART} WHERE other_id IN ({marks})"
    )
    return {row[0] for row in store.db.execute(sql, [*ids, *ids])}


def every_apart(store: "Store") -> set[tuple[int, int]]:
    """Give all pairs of persons who are not the same, the lower id first."""
    return set(store.db.execute(f"SELECT one_id, other_id FROM {APART}").fetchall())
