"""Takes a merge back: every change of it in reverse, as far as each can still be told.

What came since stays where it hangs. Where it hangs on both, nobody can tell whose it is, and
nothing is taken back.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from jusou_nb.fields import Form, get_item
from jusou_nb.forms import form_of
from jusou_nb.problems import settle
from jusou_nb.rules import merging as rules
from jusou_nb.store import merges
from jusou_nb.store.merges import Merge
from jusou_nb.store.merging import MERGE, UNMERGE, write
from jusou_nb.store.references import references_of
from jusou_nb.store.schema import every_form

if TYPE_CHECKING:
    from jusou_nb.store.core import Store

_PARENTS = dict(every_form())
_WHOLES = ("households", "cases")
_DEEP = 5
"""A row of a plan of a case of a household: no chain of forms is longer."""


@dataclass(frozen=True)
class _Change:
    seq: int
    table: str
    record_id: int
    boxes: Mapping[str, tuple[Any, Any]] | None


def undo(store: "Store", merge_id: int, *, reason: str) -> tuple[str, ...]:
    """Take a merge back; give the boxes that were changed since and stay as they are, in words.

    Raises:
        NotAllowed: It was taken back before, the record that stayed went into another one
            since, its changes were disposed of, or what came since hangs on both.
        NotFound: There is no such merge.
    """
    with store.transaction():
        merge = merges.get(store, merge_id)
        own = _changes_of(store, merge)
        done, later = merge.undone_at is not None, _later(store, merge)
        settle(rules.may_undo(is_undone=done, later=later, is_whole=_is_whole(own)))
        kept, crossed = _reversed(store, own)
        torn = _torn(store, own[-1].seq if own else 0)
        settle(rules.may_part([*crossed, *torn]))
        said = {"undone_at": store.now(), "undone_reason": reason}
        merges.put(store, merge_id, "undo", said)
    return tuple(dict.fromkeys(kept))


def _changes_of(store: "Store", merge: Merge) -> list[_Change]:
    sql = "SELECT seq FROM changes WHERE record_table = ? AND record_id = ? ORDER BY seq LIMIT 2"
    first, last = (r[0] for r in store.db.execute(sql, [merges.TABLE, merge.id]).fetchall())
    rows = store.db.execute(
        "SELECT seq, record_table, record_id, payload FROM changes"
        " WHERE seq > ? AND seq < ? AND action = ? ORDER BY seq",
        [first, last, MERGE],
    )
    return [
        _Change(seq, table, record_id, json.loads(payload) if payload else None)
        for seq, table, record_id, payload in rows.fetchall()
    ]


def _later(store: "Store", merge: Merge) -> list[str]:
    """Name the merges in force that came after and touched one of these records."""
    own = {(t, id_) for t, ids in merge.pairs.items() for pair in ids.items() for id_ in pair}
    return [
        f"{later.id}番"
        for later in merges.every(store)
        if later.id > merge.id
        and later.undone_at is None
        and own & {(t, i) for t, ids in later.pairs.items() for pair in ids.items() for i in pair}
    ]


def _is_whole(own: list[_Change]) -> bool:
    return all(change.boxes is not None for change in own)


def _reversed(store: "Store", own: list[_Change]) -> tuple[list[str], list[str]]:
    """Put back what stands as the merge left it; name the boxes and references that do not."""
    kept: list[str] = []
    crossed: list[str] = []
    for change in reversed(own):
        row = _row(store, change.table, change.record_id)
        boxes = {n: pair for n, pair in (change.boxes or {}).items() if n != "version"}
        back = {name: old for name, (old, new) in boxes.items() if row[name] == new}
        write(store, change.table, change.record_id, back, touch=True, action=UNMERGE)
        form = form_of(change.table)
        for name in [n for n in boxes if n not in back]:
            _sort_out(form, change.record_id, name, kept, crossed)
    return kept, crossed


def _sort_out(
    form: type[Form] | None, record_id: int, name: str, kept: list[str], crossed: list[str]
) -> None:
    """A box written anew since is the survivor's; a reference set anew cannot be told."""
    if form is None or name == "position":
        return
    if any(name == reference.column for reference in references_of(form, _PARENTS.get(form))):
        crossed.append(f"「{form.title}」{record_id}番")
    elif not name.startswith("struck_"):
        kept.append(f"「{form.title}」の「{get_item(form, name).label}」")


def _row(store: "Store", table: str, record_id: int) -> dict[str, Any]:
    return next(iter(store.db.query(f"SELECT * FROM {table} WHERE id = ?", [record_id])), {})


def _torn(store: "Store", last: int) -> Iterator[str]:
    """Name the records made or changed since that would hang on both parted records."""
    sql = (
        "SELECT DISTINCT record_table, record_id FROM changes WHERE seq > ?"
        " AND action NOT IN (?, ?) ORDER BY 1, 2"
    )
    for table, record_id in store.db.execute(sql, [last, MERGE, UNMERGE]).fetchall():
        form = form_of(table)
        row = _row(store, table, record_id) if form else {}
        if form is None or row.get("struck_at") is not None or not row:
            continue
        if any(len(_owners(store, form, row, whole)) > 1 for whole in _WHOLES):
            yield f"「{form.title}」{record_id}番"


def _owners(store: "Store", form: type[Form], row: Mapping[str, Any], whole: str) -> set[int]:
    """Name the households, or the cases, on which a record hangs by any of its references."""
    found: set[int] = set()
    for reference in references_of(form, _PARENTS.get(form)):
        raw = row[reference.column]
        ids = json.loads(raw) if reference.many and raw else [raw] if raw is not None else []
        found |= {o for id_ in ids if (o := _owner(store, reference.table, id_, whole, _DEEP))}
    return found


def _owner(store: "Store", table: str, record_id: int, whole: str, deep: int) -> int | None:
    """Follow the first way up from a record to its household or case; None where none leads."""
    if table == whole:
        return record_id
    form = form_of(table)
    if form is None or not deep:
        return None
    row = _row(store, table, record_id)
    for reference in references_of(form, _PARENTS.get(form)):
        is_up = not reference.many and reference.table != table and reference.column.endswith("_id")
        if is_up and row.get(reference.column) is not None:
            up = _owner(store, reference.table, row[reference.column], whole, deep - 1)
            if up is not None:
                return up
    return None
