"""One 登録 of a worker in the chain of changes, and its reversal: a change of its own."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from jusou_nb.fields import Form
from jusou_nb.forms import form_of
from jusou_nb.store.merging import write
from jusou_nb.store.references import standing_on

if TYPE_CHECKING:
    from jusou_nb.store.core import Store

UNDO = "undo"
"""The action of a change that takes another one back."""
_PLACES = "SELECT coalesce((SELECT max(seq) FROM changes), 0), coalesce(max(seq), 0) FROM readings"


@dataclass(frozen=True, kw_only=True)
class Step:
    """What one 登録 wrote, by places in the chains.

    Attributes:
        after: The last change before it.
        last: Its own last change.
        read: The last reading before it ended.
    """

    after: int
    last: int
    read: int


@dataclass(frozen=True)
class _Change:
    table: str
    record_id: int
    action: str
    boxes: dict[str, Any]


def here(store: "Store") -> Step:
    """Say how far the chains have come: the step in which nothing was written yet."""
    last, read = store.db.execute(_PLACES).fetchone()
    return Step(after=last, last=last, read=read)


def written(store: "Store", since: Step) -> Step | None:
    """Give what this worker wrote since; None: nothing."""
    sql = "SELECT max(seq) FROM changes WHERE seq > ? AND account = ?"
    (last,) = store.db.execute(sql, [since.last, store.account]).fetchone()
    read = here(store).read
    return None if last is None else Step(after=since.last, last=last, read=read)


def is_last(store: "Store", step: Step) -> bool:
    """Whether this worker has written nothing after it."""
    sql = "SELECT EXISTS (SELECT 1 FROM changes WHERE seq > ? AND account = ?)"
    return not store.db.execute(sql, [step.last, store.account]).fetchone()[0]


def changed_since(store: "Store", step: Step) -> list[str]:
    """Name the forms of those of its records that were changed after it, by whomever."""
    own = {(change.table, change.record_id) for change in _changes(store, step)}
    sql = "SELECT DISTINCT record_table, record_id FROM changes WHERE seq > ? ORDER BY 1, 2"
    later = [row for row in store.db.execute(sql, [step.last]) if tuple(row) in own]
    titles = [form.title for table, _ in later if (form := form_of(table))]
    return list(dict.fromkeys(titles))


def papers_since(store: "Store", step: Step) -> list[str]:
    """Give the numbers of papers that were made after it and show something of it."""
    sql = (
        "SELECT json_extract(payload, '$.number') FROM readings"
        " WHERE seq > ? AND action = 'paper' AND payload IS NOT NULL"
    )
    found = [row[0] for row in store.db.execute(sql, [step.read]) if row[0]]
    # A document's number ends in the place of the last change that it shows, and its copy.
    return [number for number in found if int(number.rsplit("-", 2)[1]) > step.after]


def is_of_forms(store: "Store", step: Step) -> bool:
    """Whether it wrote records of forms alone, which can be put back as they stood."""
    return all(form_of(change.table) is not None for change in _changes(store, step))


def reverse(store: "Store", step: Step, reason: str) -> Iterator[tuple[str, list[tuple[str, int]]]]:
    """Put back what it changed, the last first, and strike what it made.

    Yields, before each record that is struck, its title and what still stands on it.
    """
    for change in reversed(_changes(store, step)):
        form: Any = form_of(change.table)
        if change.action == "insert":
            made: Form = form(id=change.record_id)
            yield made.title, [(s.title, s.count) for s in standing_on(store, made)]
            store.strike(made, reason)
        else:
            olds = {name: pair[0] for name, pair in change.boxes.items()}
            write(store, change.table, change.record_id, olds, touch=True, action=UNDO)


def _changes(store: "Store", step: Step) -> list[_Change]:
    sql = (
        "SELECT record_table, record_id, action, payload FROM changes"
        " WHERE seq > ? AND seq <= ? AND account = ? AND payload IS NOT NULL ORDER BY seq"
    )
    rows = store.db.execute(sql, [step.after, step.last, store.account]).fetchall()
    return [_Change(t, i, action, _boxes(payload)) for t, i, action, payload in rows]


def _boxes(payload: str) -> dict[str, Any]:
    """Give the boxes alone: no version, and not where it was heard."""
    told = json.loads(payload)
    return {n: pair for n, pair in told.items() if n != "version" and not n.startswith("@")}
