"""Puts one record in the place of another: every reference goes over, the other is struck.

No list names the forms. Whatever refers to the record that goes is found by its links, its
chosen boxes and the form it is a row of, so a new form is included by itself.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from jusou_nb.fields import Form
from jusou_nb.store import merges, search_index
from jusou_nb.store.alike import keep_keys
from jusou_nb.store.merges import Pairs
from jusou_nb.store.references import Reference, references_of
from jusou_nb.store.schema import every_form, parent_column

if TYPE_CHECKING:
    from jusou_nb.store.core import Store

MERGE, UNMERGE = "merge", "unmerge"
"""What the chain of changes calls the two steps."""
_AWAY, _HOUSEHOLDS = "統合", "households"
Boxes = Mapping[tuple[str, int], Mapping[str, Any]]
"""(table, id) → column → value as in the column, for the records that stay."""


@dataclass(frozen=True, kw_only=True)
class Move:
    """A record that goes over: its form, the form it is a row of, its id, the column."""

    form: type[Form]
    parent: type[Form] | None
    record_id: int
    column: str
    before: Any
    after: Any


def moves(store: "Store", pairs: Pairs) -> list[Move]:
    """List every reference to the records that go, of struck records too, form by form."""
    return [
        move
        for form, parent in every_form()
        for reference in references_of(form, parent)
        if pairs.get(reference.table)
        for move in _of_column(store, form, parent, reference, pairs[reference.table])
    ]


def _of_column(
    store: "Store",
    form: type[Form],
    parent: type[Form] | None,
    reference: Reference,
    ids: Mapping[int, int],
) -> Iterator[Move]:
    name = reference.column
    marks = ", ".join("?" * len(ids))
    where = (
        f"EXISTS (SELECT 1 FROM json_each({form.table}.{name}) WHERE value IN ({marks}))"
        if reference.many
        else f"{name} IN ({marks})"
    )
    sql = f"SELECT id, {name} FROM {form.table} WHERE {where} ORDER BY id"
    for record_id, before in store.db.execute(sql, [*ids]).fetchall():
        after = _swapped(before, ids) if reference.many else ids[before]
        yield Move(
            form=form,
            parent=parent,
            record_id=record_id,
            column=name,
            before=before,
            after=after,
        )


def _swapped(raw: str, ids: Mapping[int, int]) -> str:
    named = dict.fromkeys(ids.get(id_, id_) for id_ in json.loads(raw))
    return json.dumps([*named], ensure_ascii=False)


def counted(store: "Store", found: list[Move]) -> dict[str, int]:
    """Count the records that go over by the title of their form, rows under their form's."""
    of_form = Counter[type[Form]]()
    for form, record_id in {(m.form, m.record_id) for m in found if not _is_struck(store, m)}:
        of_form[form] += bool(record_id)
    return {form.title: of_form[form] for form, _ in every_form() if of_form[form]}


def _is_struck(store: "Store", move: Move) -> bool:
    sql = f"SELECT struck_at FROM {move.form.table} WHERE id = ?"
    return store.db.execute(sql, [move.record_id]).fetchone()[0] is not None


def apply(
    store: "Store", pairs: Pairs, boxes: Boxes, *, kept: tuple[str, int], gone: int, reason: str
) -> int:
    """Merge records, inside the caller's transaction; give the number of the merge.

    Args:
        store: The open store.
        pairs: Which records go into which, by table.
        boxes: What the records that stay have in their boxes afterwards, where it changes.
        kept: Table and id of the record that stays, of those that were chosen.
        gone: The one that goes into it.
        reason: Why they are one.
    """
    table, kept_id = kept
    merge_id = merges.begin(store, table, pairs, kept=kept_id, gone=gone, reason=reason)
    numbers = numbers_of(store, table, gone)
    _take_over(store, moves(store, pairs))
    for (of, record_id), values in boxes.items():
        write(store, of, record_id, values)
    for of, ids in pairs.items():
        for gone_id, kept_of in ids.items():
            # Whoever has a form of it open sees a conflict, not rows struck or taken back.
            write(store, of, kept_of, {}, touch=True)
            said = f"{_AWAY}（{kept_of}番にまとめた）: {reason}"
            write(store, of, gone_id, {"struck_at": store.now(), "struck_reason": said})
    merges.put(store, merge_id, "update", {"numbers": json.dumps(numbers, ensure_ascii=False)})
    return merge_id


def _take_over(store: "Store", found: list[Move]) -> None:
    """Let each record refer to what stays; rows of a form go behind the rows that stand there."""
    gathered: dict[tuple[type[Form], int], dict[str, Any]] = {}
    for move in found:
        values = gathered.setdefault((move.form, move.record_id), {})
        values[move.column] = move.after
        if move.parent is not None and move.column == parent_column(move.parent):
            values["position"] = _behind(store, move, gathered)
    for (form, record_id), values in gathered.items():
        write(store, form.table, record_id, values)


def _behind(
    store: "Store", move: Move, gathered: Mapping[tuple[type[Form], int], Mapping[str, Any]]
) -> int:
    sql = f"SELECT max(position) FROM {move.form.table} WHERE {move.column} = ?"
    (last,) = store.db.execute(sql, [move.after]).fetchone()
    placed = [
        values["position"]
        for (form, _), values in gathered.items()
        if form is move.form and values.get(move.column) == move.after and "position" in values
    ]
    behind: int = max([-1 if last is None else last, *placed])
    return behind + 1


def write(
    store: "Store",
    table: str,
    record_id: int,
    values: Mapping[str, Any],
    *,
    touch: bool = False,
    action: str = MERGE,
) -> None:
    """Set columns of a record as they are kept, and log what changed.

    Where all stands already nothing is written, but for a new version with ``touch``.
    """
    row = next(iter(store.db.query(f"SELECT * FROM {table} WHERE id = ?", [record_id])))
    changed = {name: [row[name], value] for name, value in values.items() if row[name] != value}
    if not changed and not touch:
        return
    version = row["version"] + 1
    sets = "".join(f"{name} = ?, " for name in changed)
    news = [pair[1] for pair in changed.values()]
    store.db.execute(
        f"UPDATE {table} SET {sets}version = ? WHERE id = ?", [*news, version, record_id]
    )
    payload = {**changed, "version": [row["version"], version]}
    store.log_change(table, record_id, action, payload)
    keep_keys(store, table, record_id)
    search_index.keep(store.db, table, record_id)


def numbers_of(store: "Store", table: str, gone: int) -> tuple[str, ...]:
    """Give the 受付番号 under which a household or a case was known before it goes."""
    sql = (
        "SELECT number FROM intakes WHERE household_id = ? AND number IS NOT NULL ORDER BY id"
        if table == _HOUSEHOLDS
        else "SELECT i.number FROM cases AS c JOIN intakes AS i ON i.id = c.intake_id"
        " WHERE c.id = ? AND i.number IS NOT NULL"
    )
    own = [row[0] for row in store.db.execute(sql, [gone])]
    return tuple(dict.fromkeys([*own, *merges.former_numbers(store, table, gone)]))
