"""What the chain of readings tells of records: who read or printed which, and when."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jusou_nb.store.core import Store


@dataclass(frozen=True, kw_only=True)
class Read:
    """One row: when, by whom, what was done (the word of the log), with which record."""

    at: datetime
    worker: str
    action: str
    table: str
    record_id: int


def of_records(store: "Store", records: Collection[tuple[str, int]]) -> list[Read]:
    """List what was read or made of some records, in the order in which it was done."""
    wanted = set(records)
    sql = (
        "SELECT r.at, coalesce(w.name, r.account), r.action, r.record_table, r.record_id"
        " FROM readings AS r LEFT JOIN workers AS w ON w.id = r.worker_id ORDER BY r.seq"
    )
    return [
        Read(at=datetime.fromisoformat(at), worker=who, action=done, table=table, record_id=id_)
        for at, who, done, table, id_ in store.db.execute(sql)
        if (table, id_) in wanted
    ]
