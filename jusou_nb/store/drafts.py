"""What is being typed, kept per worker, form and opening until it is registered.

Each time a form is opened it gets a token of its own, its opening. Two screens of one worker
on one record therefore never write over each other, and what was dropped (registered, thrown
away) stays dropped when a late letter of that opening still arrives.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jusou_nb.store.core import Store

_DAYS_DROPPED = 30
"""So long an opening is remembered as dropped: no page sends letters later than that."""
_OF_WORKER = "worker_id = (SELECT id FROM workers WHERE account = ?)"


@dataclass(frozen=True)
class Draft:
    """A form as it was left: which, and its boxes as they were typed.

    Attributes:
        form: The form's table.
        key: Tells drafts of one form apart, such as the id of the record being changed.
        boxes: What stood in the boxes, JSON values by box.
        saved_at: When it was kept last.
        opening: The token of the opening of the form in which it was typed.
        base: What stood in the boxes before anything was typed; None where nobody knows.
    """

    form: str
    key: str
    boxes: dict[str, Any]
    saved_at: str
    opening: str = ""
    base: dict[str, Any] | None = None


def put(
    store: "Store",
    form: str,
    key: str,
    boxes: dict[str, Any],
    opening: str = "",
    *,
    base: dict[str, Any] | None = None,
) -> str | None:
    """Keep what stands in a form now; give the time kept, None where it was dropped before."""
    with store.transaction():
        at = store.now()
        row = [store.worker_id, form, key, opening, _json(boxes), _json(base), at]
        kept = store.db.execute(
            "INSERT INTO drafts (worker_id, form, key, opening, payload, base, saved_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (worker_id, form, key, opening) DO UPDATE"
            " SET payload = excluded.payload, base = excluded.base, saved_at = excluded.saved_at"
            " WHERE dropped_at IS NULL RETURNING id",
            row,
        ).fetchone()
        return at if kept else None


def get(store: "Store", form: str, key: str, opening: str | None = None) -> Draft | None:
    """Give what this worker left in a form, of one opening or of the latest; or None."""
    return next(
        (
            draft
            for draft in every(store)
            if (draft.form, draft.key) == (form, key) and opening in (None, draft.opening)
        ),
        None,
    )


def every(store: "Store") -> list[Draft]:
    """List all that this worker left, the newest first."""
    sql = (
        "SELECT form, key, payload, saved_at, opening, base FROM drafts"
        f" WHERE {_OF_WORKER} AND dropped_at IS NULL ORDER BY saved_at DESC, id DESC"
    )
    return [
        Draft(form, key, json.loads(payload), at, opening, json.loads(base) if base else None)
        for form, key, payload, at, opening, base in store.db.execute(sql, [store.account])
    ]


def take_over(store: "Store", places: Iterable[tuple[str, str]], old: str, new: str) -> None:
    """Let another opening go on with what was left in one, as (form, key).

    Where the old one still lives on another screen, its next letter makes it a draft again.
    """
    with store.transaction():
        for form, key in places:
            store.db.execute(
                "UPDATE drafts SET opening = ? WHERE worker_id = ? AND form = ? AND key = ?"
                " AND opening = ? AND dropped_at IS NULL",
                [new, store.worker_id, form, key, old],
            )


def drop(store: "Store", form: str, key: str, opening: str = "") -> None:
    """Forget a draft for good: it was registered, or the worker threw it away."""
    with store.transaction():
        row = [store.worker_id, form, key, opening]
        store.db.execute(
            "DELETE FROM drafts WHERE worker_id = ? AND form = ? AND key = ? AND opening = ?", row
        )
        if opening:
            store.db.execute(
                "INSERT INTO drafts (worker_id, form, key, opening, payload, saved_at, dropped_at)"
                " VALUES (?, ?, ?, ?, '{}', '', ?)",
                [*row, store.now()],
            )
        long_ago = (store.clock() - timedelta(days=_DAYS_DROPPED)).date().isoformat()
        store.db.execute("DELETE FROM drafts WHERE dropped_at < ?", [long_ago])


def _json(boxes: dict[str, Any] | None) -> str | None:
    return None if boxes is None else json.dumps(boxes, ensure_ascii=False)
