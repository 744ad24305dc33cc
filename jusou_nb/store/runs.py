"""The list of runs: which template was run with what, when, and how it ended."""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jusou_nb.store.core import Store

RUNNING, DONE, FAILED = "running", "done", "failed"


def begin(store: "Store", template: str, parameters: Mapping[str, Any]) -> int:
    """Note that a run starts; give its number."""
    row = {
        "template": template,
        "parameters": json.dumps(parameters, ensure_ascii=False, sort_keys=True, default=str),
        "started_at": store.now(),
        "result": RUNNING,
    }
    with store.transaction():
        names, marks = ", ".join(row), ", ".join("?" * len(row))
        sql = f"INSERT INTO runs ({names}) VALUES ({marks})"
        return int(store.db.execute(sql, list(row.values())).lastrowid or 0)


def end(store: "Store", run_id: int, result: str, message: str = "") -> None:
    """Note how a run ended, in words for the worker where it failed."""
    with store.transaction():
        store.db.execute(
            "UPDATE runs SET ended_at = ?, result = ?, message = ? WHERE id = ?",
            [store.now(), result, message, run_id],
        )


def latest(store: "Store", limit: int = 10) -> list[dict[str, Any]]:
    """Give the last runs, the newest first."""
    return list(store.db.query("SELECT * FROM runs ORDER BY id DESC LIMIT ?", [limit]))
