"""Imports as batches: what each brought, and taking one back that nobody has touched since.

What belongs to a batch is read from the chain of changes: an import holds the write lock, so
the changes between its first and its last row are its own.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from jusou_nb.errors import NotAllowed, NotFound
from jusou_nb.fields import Form, items, links
from jusou_nb.forms import Agency
from jusou_nb.problems import Problem, Strength
from jusou_nb.store import records, search_index
from jusou_nb.store.schema import every_form, inserted

if TYPE_CHECKING:
    from jusou_nb.store.core import Store

TABLE = "import_batches"


@dataclass(frozen=True, kw_only=True)
class Batch:
    """One import: from which file, when, by whom, and what came of it."""

    id: int
    file_name: str
    form: str
    worker: str
    taken_at: str
    good: int
    refused: int
    report: dict[str, Any]
    withdrawn_at: str | None


@dataclass(frozen=True)
class _Change:
    seq: int
    table: str
    record_id: int
    action: str
    boxes: dict[str, list[Any]] | None


def begin(store: "Store", *, file_name: str, file_hash: str, form: str) -> int:
    """Open a batch inside the caller's transaction; give its id."""
    row: dict[str, Any] = {
        "file_name": file_name,
        "file_hash": file_hash,
        "form": form,
        "worker_id": store.worker_id,
        "taken_at": store.now(),
    }
    batch_id = inserted(store.db, TABLE, row)
    store.log_change(TABLE, batch_id, "insert", {name: [None, v] for name, v in row.items()})
    return batch_id


def finish(store: "Store", batch_id: int, *, good: int, refused: int, report: Any) -> None:
    """Close a batch with its counts and its report (JSON values)."""
    text = json.dumps(report, ensure_ascii=False)
    _set(store, batch_id, "update", {"good": good, "refused": refused, "report": text})


def _set(store: "Store", batch_id: int, action: str, new: dict[str, Any]) -> None:
    sets = ", ".join(f"{name} = ?" for name in new)
    store.db.execute(f"UPDATE {TABLE} SET {sets} WHERE id = ?", [*new.values(), batch_id])
    store.log_change(TABLE, batch_id, action, {name: [None, value] for name, value in new.items()})


def every(store: "Store") -> list[Batch]:
    """List all imports, the latest first."""
    sql = (
        f"SELECT {TABLE}.*, workers.name AS worker FROM {TABLE}"
        f" LEFT JOIN workers ON workers.id = worker_id ORDER BY {TABLE}.id DESC"
    )
    return [_batch(row) for row in store.db.query(sql)]


def get(store: "Store", batch_id: int) -> Batch:
    """Give one import (NotFound when there is none)."""
    found = next((batch for batch in every(store) if batch.id == batch_id), None)
    if found is None:
        raise NotFound(f"取込みの {batch_id} 番が見つかりません。取込みの一覧で確かめてください")
    return found


def _batch(row: dict[str, Any]) -> Batch:
    return Batch(
        id=row["id"],
        file_name=row["file_name"],
        form=row["form"],
        worker=row["worker"] or "",
        taken_at=row["taken_at"],
        good=row["good"] or 0,
        refused=row["refused"] or 0,
        report=json.loads(row["report"] or "{}"),
        withdrawn_at=row["withdrawn_at"],
    )


def withdraw(store: "Store", batch_id: int) -> int:
    """取消 of all that an import brought; give how many records that were.

    Boxes that it filled in older records are emptied again. Agencies that others use by now
    stay.

    Raises:
        NotAllowed: It was withdrawn before, or a record of it was changed or used since.
    """
    with store.transaction():
        batch = get(store, batch_id)
        if batch.withdrawn_at is not None:
            raise _refusal(
                "この取込みは既に取り消されています。", "取込みの一覧を確かめてください。"
            )
        own = _changes_of(store, batch_id)
        if touched := _touched(store, own):
            raise _refusal(
                f"取り込んだあとに変わった記録があります（{'、'.join(touched)}）。",
                "まとめて取り消せないので、記録ごとに直してください。",
            )
        struck = _take_back(store, own, f"取込みの取消（{batch.file_name}）")
        _set(store, batch_id, "withdraw", {"withdrawn_at": store.now()})
    return struck


def _refusal(message: str, remedy: str) -> NotAllowed:
    problem = Problem(
        rule="batch.touched", message=message, remedy=remedy, strength=Strength.FORBIDDEN
    )
    return NotAllowed([problem])


def _changes_of(store: "Store", batch_id: int) -> list[_Change]:
    sql = "SELECT seq FROM changes WHERE record_table = ? AND record_id = ? ORDER BY seq LIMIT 2"
    (first,), (last,) = store.db.execute(sql, [TABLE, batch_id]).fetchall()
    rows = store.db.execute(
        "SELECT seq, record_table, record_id, action, payload FROM changes"
        " WHERE seq > ? AND seq < ? ORDER BY seq",
        [first, last],
    )
    return [
        _Change(seq, table, record_id, action, json.loads(payload) if payload else None)
        for seq, table, record_id, action, payload in rows
    ]


def _touched(store: "Store", own: Sequence[_Change]) -> list[str]:
    """Name what of a batch was changed, or is used by a record that came later."""
    titles = {form.table: form.title for form, _ in every_form()}
    last = max((change.seq for change in own), default=0)
    keys = {(change.table, change.record_id) for change in own}
    sql = "SELECT DISTINCT record_table, record_id FROM changes WHERE seq > ?"
    later = set(store.db.execute(sql, [last]))
    named = {f"{titles[table]} {record_id}番" for table, record_id in keys & later}
    brought = {(c.table, c.record_id) for c in own if c.action == "insert"}
    wanted = {key for key in brought if key[0] != Agency.table}
    return sorted(named | _used(store, wanted, keys))


def _used(store: "Store", wanted: set[tuple[str, int]], own: set[tuple[str, int]]) -> set[str]:
    """Name the records outside a batch that refer to one of it."""
    named = set()
    for form, _ in every_form():
        targets = [(link.name, link.table) for link in links(form)]
        targets += [(b.name, b.ref) for b in items(form) if b.ref and not b.many]
        for column, table in [t for t in targets if t[1] in {key[0] for key in wanted}]:
            sql = f"SELECT id, {column} FROM {form.table} WHERE struck_at IS NULL"
            named |= {
                f"{form.title} {record_id}番"
                for record_id, target in store.db.execute(sql)
                if (table, target) in wanted and (form.table, record_id) not in own
            }
    return named


def _take_back(store: "Store", own: Sequence[_Change], reason: str) -> int:
    forms = {form.table: form for form, _ in every_form()}
    inserts = [change for change in own if change.action == "insert"]
    keys = {(change.table, change.record_id) for change in inserts}
    for change in reversed([c for c in own if c.action == "update"]):
        if (change.table, change.record_id) not in keys:
            _empty(store, forms[change.table], change)
    kept = _agencies_in_use(store, keys)
    going = [c for c in inserts if c.table != Agency.table or c.record_id not in kept]
    for change in going:
        records.strike(store, forms[change.table], change.record_id, reason)
    return len(going)


def _empty(store: "Store", form: type[Form], change: _Change) -> None:
    """Put back what stood in the boxes that an import filled."""
    before = {name: old for name, (old, _) in (change.boxes or {}).items() if name != "version"}
    sets = "".join(f"{name} = ?, " for name in before)
    sql = f"UPDATE {form.table} SET {sets}version = version + 1 WHERE id = ? RETURNING version"
    (version,) = store.db.execute(sql, [*before.values(), change.record_id]).fetchone()
    payload = {name: [None, value] for name, value in before.items()}
    store.log_change(
        form.table, change.record_id, "update", {**payload, "version": [None, version]}
    )
    search_index.keep(store.db, form.table, change.record_id)


def _agencies_in_use(store: "Store", own: set[tuple[str, int]]) -> set[int]:
    """Give the agencies that records outside a batch refer to."""
    used: set[int] = set()
    for form, _ in every_form():
        for box in [b for b in items(form) if b.ref == Agency.table]:
            sql = f"SELECT id, {box.name} FROM {form.table} WHERE struck_at IS NULL"
            for record_id, raw in store.db.execute(sql):
                if raw is not None and (form.table, record_id) not in own:
                    used |= set(json.loads(raw)) if box.many else {raw}
    return used
