"""What the chain of readings tells of a paper that somebody hands over: by number, by content."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from jusou_nb.store import history, papers_out
from jusou_nb.store.history import Setting

if TYPE_CHECKING:
    from jusou_nb.store.core import Store

PAPER, REPRINT = "paper", "reprint"


@dataclass(frozen=True, kw_only=True)
class Trace:
    """One row of the log that tells of a paper.

    Attributes:
        action: ``paper``, ``reprint``, ``pdf`` (several bound), ``final`` (確定版) or another.
        at: When it was made.
        worker: By whom.
        numbers: Its document number; of several papers bound in one file, all of theirs.
        label: For whom, in words.
        basis: The legal basis in words, or nothing.
        subject: Table and id of the record that it is about.
        file: The name of its file then.
        content: SHA-256 of the file, or nothing where it was not noted.
        change: The last change that was in the store when it was made.
        reason: Why it was printed again, or nothing.
    """

    action: str
    at: datetime
    worker: str
    numbers: tuple[str, ...]
    label: str
    basis: str
    subject: tuple[str, int]
    file: str
    content: str
    change: Setting | None
    reason: str


_ROWS = (
    "SELECT r.at, r.action, r.record_table, r.record_id, r.payload,"
    " coalesce(w.name, r.account) AS worker FROM readings AS r"
    " LEFT JOIN workers AS w ON w.id = r.worker_id"
    " WHERE r.payload IS NOT NULL AND r.action NOT LIKE '%not_placed' AND {where} ORDER BY r.seq"
)


def of_number(store: "Store", number: str) -> list[Trace]:
    """List how often a paper was made and printed again, by its number, in that order."""
    return _traces(store, "json_extract(r.payload, '$.number') = ?", number)


def of_content(store: "Store", digest: str) -> list[Trace]:
    """List the rows that tell of a file of exactly these bytes (SHA-256, in hex)."""
    return _traces(store, "json_extract(r.payload, '$.content') = ?", digest)


def _traces(store: "Store", where: str, bound: str) -> list[Trace]:
    names = store.lexicon().refs["agencies"]
    rows = store.db.query(_ROWS.replace("{where}", where), [bound])
    return [_trace(store, row, names) for row in rows]


def _trace(store: "Store", row: Mapping[str, Any], names: Any) -> Trace:
    told = json.loads(row["payload"])
    basis = told.get("basis") or ""
    known = {entry.code: entry.label for entry in store.profile.bases}
    return Trace(
        action=row["action"],
        at=datetime.fromisoformat(row["at"]),
        worker=row["worker"],
        numbers=tuple(told.get("numbers") or filter(None, [told.get("number")])),
        label=papers_out.label_of(told.get("recipient") or "", names),
        basis=known.get(basis, basis),
        subject=(row["record_table"], row["record_id"]),
        file=told.get("file") or "",
        content=told.get("content") or "",
        change=history.change(store, told.get("upto") or 0),
        reason=told.get("reason") or "",
    )
