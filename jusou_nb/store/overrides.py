"""What the chief let pass: rule, reason, name, and the problem as it stood."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from jusou_nb.fields import Form
from jusou_nb.problems import Override, Problem
from jusou_nb.store.schema import inserted

if TYPE_CHECKING:
    from jusou_nb.store.core import Store


def keep(
    store: "Store", record: Form, problems: Sequence[Problem], overrides: Sequence[Override]
) -> None:
    """Keep the overrides that answered a problem, as rows and in the chain of changes."""
    said = {problem.rule: problem.message for problem in problems}
    for entry in [o for o in overrides if o.rule in said]:
        row: dict[str, Any] = {
            "record_table": record.table,
            "record_id": record.id,
            "rule": entry.rule,
            "message": said[entry.rule],
            "reason": entry.reason,
            "allowed_by": entry.allowed_by,
            "worker_id": store.worker_id,
            "allowed_at": store.now(),
        }
        made = inserted(store.db, "overrides", row)
        changed = {name: [None, value] for name, value in row.items()}
        store.log_change("overrides", made, "insert", changed)


def of(store: "Store", table: str, record_id: int) -> list[dict[str, Any]]:
    """Give what was let pass for a record, in order."""
    sql = "SELECT * FROM overrides WHERE record_table = ? AND record_id = ? ORDER BY id"
    return list(store.db.query(sql, [table, record_id]))
