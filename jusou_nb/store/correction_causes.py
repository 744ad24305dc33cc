"""Why a figure that was reported differs now: the later changes of the records behind it."""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

from jusou_nb.fields import items
from jusou_nb.forms import by_table

if TYPE_CHECKING:
    from jusou_nb.store.core import Store

_BEHIND = {
    "households": ("intakes", "SELECT id FROM intakes WHERE household_id = ?"),
    "agenda_items": ("conferences", "SELECT conference_id FROM agenda_items WHERE id = ?"),
    "conferences": ("agenda_items", "SELECT id FROM agenda_items WHERE conference_id = ?"),
    "referrals": ("intakes", "SELECT intake_id FROM referrals WHERE id = ?"),
}
"""Records whose change moves a figure of a table without touching its own records."""
_COUNTED_THROUGH = "households"
"""A household is counted through its intakes; its own sheet changes for other reasons."""
_NUMBERS = {
    "intakes": "SELECT number FROM intakes WHERE id = ?",
    "households": "SELECT json_extract(numbers, '$[0]') FROM merges"
    " WHERE record_table = 'households' AND gone_id = ? ORDER BY id DESC",
    "cases": "SELECT i.number FROM cases AS c JOIN intakes AS i ON i.id = c.intake_id"
    " WHERE c.id = ?",
    "plans": "SELECT i.number FROM plans AS s JOIN cases AS c ON c.id = s.case_id"
    " JOIN intakes AS i ON i.id = c.intake_id WHERE s.id = ?",
    "referrals": "SELECT i.number FROM referrals AS r JOIN intakes AS i ON i.id = r.intake_id"
    " WHERE r.id = ?",
}
_MERGED = {"merge": "統合", "unmerge": "統合を元に戻した"}
"""Actions that make one record of two, or two again."""
_NO_CHANGE = "数え方か、つながる記録が変わりました"
_MOST = 6
"""Causes that one correction names; the rest are counted."""


def causes(store: "Store", table: str, ids: Iterable[int], since: int) -> list[str]:
    """Say for each record what was changed after a place of the chain, by number, no names."""
    told = list(dict.fromkeys(line for id_ in ids for line in _of(store, table, id_, since)))
    if len(told) > _MOST:
        return [*told[:_MOST], f"ほか{len(told) - _MOST}件"]
    return told or [_NO_CHANGE]


def _of(store: "Store", table: str, record_id: int, since: int) -> Iterator[str]:
    is_own = table != _COUNTED_THROUGH or _was_merged(store, record_id, since)
    own = _changed(store, table, record_id, since) if is_own else None
    if own is not None:
        yield own
        return
    other, sql = _BEHIND.get(table, ("", ""))
    behind = store.db.execute(sql, [record_id]).fetchall() if sql else []
    found = (_changed(store, other, id_, since) for (id_,) in behind if id_)
    yield from (line for line in found if line)


def _was_merged(store: "Store", household_id: int, since: int) -> bool:
    sql = (
        "SELECT EXISTS (SELECT 1 FROM changes WHERE record_table = ? AND record_id = ?"
        " AND seq > ? AND action IN ('merge', 'unmerge'))"
    )
    return bool(store.db.execute(sql, [_COUNTED_THROUGH, household_id, since]).fetchone()[0])


def _changed(store: "Store", table: str, record_id: int, since: int) -> str | None:
    """Say what the last change of a record did that is later than a place; None without one."""
    sql = (
        "SELECT at, action, payload FROM changes WHERE record_table = ? AND record_id = ?"
        " AND seq > ? ORDER BY seq DESC"
    )
    rows = list(store.db.query(sql, [table, record_id, since]))
    if not rows:
        return None
    day = datetime.fromisoformat(rows[0]["at"])
    what = _what(table, rows)
    return f"{_number(store, table, record_id)} {what}（{day.month}月{day.day}日）"


def _what(table: str, rows: list[dict[str, Any]]) -> str:
    if rows[0]["action"] in _MERGED:
        return _MERGED[rows[0]["action"]]
    boxes: dict[str, Any] = {}
    for row in reversed(rows):
        boxes |= json.loads(row["payload"] or "{}")
    if boxes.get("struck_at", [None, None])[1]:
        return f"取消: {boxes.get('struck_reason', [None, ''])[1] or ''}"
    if any(row["action"] == "insert" for row in rows):
        return "あとから登録"
    form = by_table(table)
    labels = [box.label for box in items(form) if box.name in boxes] if form else []
    return f"直した欄: {'・'.join(labels)}" if labels else "変更"


def _number(store: "Store", table: str, record_id: int) -> str:
    """Name a record as an office does: by 受付番号, else by its form and number."""
    sql = _NUMBERS.get(table)
    row = store.db.execute(sql, [record_id]).fetchone() if sql else None
    if row and row[0]:
        return str(row[0])
    form = by_table(table)
    return f"{form.title if form else table}{record_id}"
