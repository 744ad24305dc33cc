"""確定版: which edited file settles which paper, kept in the chain of readings by its hash.

The file itself stays in the office's own folder, under the office's own 保存年限; the chain
proves later that a file is that one. Nothing is rewritten: a later 確定版 replaces the one
before it, and one that was attached by mistake is taken back with a reason.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from jusou_nb.choices import Choice
from jusou_nb.errors import NotFound
from jusou_nb.store import archive

if TYPE_CHECKING:
    from jusou_nb.store.core import Store

FINAL, WITHDRAWN = "final", "final_withdrawn"


class FinalState(Choice):
    """What has become of a 確定版."""

    CURRENT = "current", "確定版"
    REPLACED = "replaced", "差し替えられた前の確定版"
    WITHDRAWN = "withdrawn", "取り消された確定版"


@dataclass(frozen=True, kw_only=True)
class FinalVersion:
    """A file that settles a paper.

    Attributes:
        number: Document number of the paper that it settles.
        subject: Table and id of the record that the paper is about.
        file: The name of the file, without its folder.
        content: SHA-256 of the file, in hexadecimal.
        size: Bytes.
        settled_on: The day on which it was settled.
        at: When it was attached.
        worker: By whom.
        state: Whether it still is the one.
    """

    number: str
    subject: tuple[str, int]
    file: str
    content: str
    size: int
    settled_on: date
    at: datetime
    worker: str
    state: FinalState = FinalState.CURRENT


_ROWS = (
    "SELECT r.at, r.action, r.record_table, r.record_id, r.payload,"
    " coalesce(w.name, r.account) AS worker FROM readings AS r"
    " LEFT JOIN workers AS w ON w.id = r.worker_id"
    f" WHERE r.action IN ('{FINAL}', '{WITHDRAWN}') AND r.payload IS NOT NULL"
    " AND {where} ORDER BY r.seq"
)


def attach(
    store: "Store", number: str, *, file: str, content: str, size: int, settled_on: date
) -> FinalVersion:
    """Note that a file settles a paper; an earlier 確定版 of the paper is replaced.

    Args:
        store: Open to be written.
        number: Document number of the paper.
        file: Name of the file, without its folder.
        content: SHA-256 of the file.
        size: Bytes.
        settled_on: The day on which it was settled.

    Raises:
        NotFound: No paper of this number was made here.
    """
    paper = archive.find(store, number)
    told = {"number": paper.number, "recipient": paper.recipient, "basis": paper.basis,
            "file": file, "content": content, "size": size,
            "settled_on": settled_on.isoformat()}  # fmt: skip
    store.log_reading(*paper.subject, FINAL, told)
    return _known(of_number(store, paper.number))


def withdraw(store: "Store", number: str, reason: str) -> FinalVersion:
    """Take back the 確定版 of a paper that was attached by mistake; give it.

    Raises:
        NotFound: The paper has none.
    """
    found = current(store, number)
    if found is None:
        raise NotFound(f"文書番号「{number}」に確定版はありません。番号を確かめてください")
    told = {"number": found.number, "file": found.file, "content": found.content, "reason": reason}
    store.log_reading(*found.subject, WITHDRAWN, told)
    return replace(found, state=FinalState.WITHDRAWN)


def current(store: "Store", number: str) -> FinalVersion | None:
    """Give the 確定版 of a paper by its document number; None where it has none."""
    return _in_force(of_number(store, number))


def of_number(store: "Store", number: str) -> list[FinalVersion]:
    """List every file that settled a paper, in the order in which they were attached."""
    where = "json_extract(r.payload, '$.number') = ?"
    return _replay(store.db.query(_ROWS.replace("{where}", where), [number.strip()]))


def of_record(store: "Store", subject: tuple[str, int]) -> dict[str, FinalVersion]:
    """Give the 確定版 in force of the papers about a record, by document number."""
    where = "r.record_table = ? AND r.record_id = ?"
    found = _replay(store.db.query(_ROWS.replace("{where}", where), list(subject)))
    return {entry.number: entry for entry in found if entry.state is FinalState.CURRENT}


def find_by_hash(store: "Store", content: str) -> list[FinalVersion]:
    """Find what a file settles, or once settled, by its SHA-256 in hexadecimal."""
    where = "json_extract(r.payload, '$.content') = ?"
    rows = store.db.query(_ROWS.replace("{where}", where), [content.lower()])
    numbers = dict.fromkeys(json.loads(row["payload"])["number"] for row in rows)
    every = (entry for number in numbers for entry in of_number(store, number))
    return [entry for entry in every if entry.content == content.lower()]


def _replay(rows: Iterable[Mapping[str, Any]]) -> list[FinalVersion]:
    """Read rows in their order: what comes later replaces, or takes back, what is in force."""
    found: list[FinalVersion] = []
    for row in rows:
        told = json.loads(row["payload"])
        own = [entry for entry in found if entry.number == told["number"]]
        before = _in_force(own)
        after = FinalState.REPLACED if row["action"] == FINAL else FinalState.WITHDRAWN
        if before is not None:
            found[found.index(before)] = replace(before, state=after)
        if row["action"] == FINAL:
            found.append(_read(row, told))
    return found


def _read(row: Mapping[str, Any], told: Mapping[str, Any]) -> FinalVersion:
    return FinalVersion(
        number=told["number"],
        subject=(row["record_table"], row["record_id"]),
        file=told["file"],
        content=told["content"],
        size=told["size"],
        settled_on=date.fromisoformat(told["settled_on"]),
        at=datetime.fromisoformat(row["at"]),
        worker=row["worker"],
    )


def _in_force(found: list[FinalVersion]) -> FinalVersion | None:
    return next((e for e in reversed(found) if e.state is FinalState.CURRENT), None)


def _known(found: list[FinalVersion]) -> FinalVersion:
    return found[-1]
