"""When a box was last written and by whom, from the chain of changes."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from jusou_nb.fields import Form

if TYPE_CHECKING:
    from jusou_nb.store.core import Store


@dataclass(frozen=True)
class Written:
    """When, and by whom."""

    on: date
    worker: str


def last_written(store: "Store", record: Form) -> dict[str, Written]:
    """Say of each box of a record when it took the value that it has, and who wrote it."""
    sql = (
        "SELECT c.at, coalesce(w.name, c.account), c.payload FROM changes AS c"
        " LEFT JOIN workers AS w ON w.id = c.worker_id"
        " WHERE c.record_table = ? AND c.record_id = ? AND c.payload IS NOT NULL ORDER BY c.seq"
    )
    found: dict[str, Written] = {}
    for at, worker, payload in store.db.execute(sql, [record.table, record.id]):
        written = Written(datetime.fromisoformat(at).date(), worker)
        found |= dict.fromkeys(json.loads(payload), written)
    return found
