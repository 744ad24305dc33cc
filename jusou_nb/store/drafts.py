"""What is being typed, kept per worker and form until it is registered."""

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jusou_nb.store.core import Store


@dataclass(frozen=True)
class Draft:
    """A form as it was left: which, and its boxes as they were typed."""

    form: str
    key: str
    boxes: dict[str, Any]
    saved_at: str


def put(store: "Store", form: str, key: str, boxes: dict[str, Any]) -> str:
    """Keep what stands in a form now (JSON values by box); give the time kept.

    ``key`` tells drafts of one form apart, such as the id of the record being changed.
    """
    with store.transaction():
        at = store.now()
        row = [store.worker_id, form, key, json.dumps(boxes, ensure_ascii=False), at]
        store.db.execute(
            "INSERT INTO drafts (worker_id, form, key, payload, saved_at) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (worker_id, form, key)"
            " DO UPDATE SET payload = excluded.payload, saved_at = excluded.saved_at",
            row,
        )
        return at


def get(store: "Store", form: str, key: str) -> Draft | None:
    """Give what this worker left in a form, or None."""
    rows = [d for d in every(store) if (d.form, d.key) == (form, key)]
    return rows[0] if rows else None


def every(store: "Store") -> list[Draft]:
    """List all that this worker left, the newest first."""
    sql = (
        "SELECT form, key, payload, saved_at FROM drafts JOIN workers ON workers.id = worker_id"
        " WHERE account = ? ORDER BY saved_at DESC, drafts.id DESC"
    )
    rows = store.db.execute(sql, [store.account])
    return [Draft(form, key, json.loads(payload), at) for form, key, payload, at in rows]


def drop(store: "Store", form: str, key: str) -> None:
    """Forget a draft: it was registered, or the worker threw it away."""
    with store.transaction():
        store.db.execute(
            "DELETE FROM drafts WHERE worker_id = ? AND form = ? AND key = ?",
            [store.worker_id, form, key],
        )
