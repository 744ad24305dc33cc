"""Two chains that nobody can rewrite unseen: what was changed, and what was read or printed.

Row hash = H(previous hash, metadata, H(salt ‖ payload)); the payload is canonical JSON kept
as it was written. Emptying payload and salt (disposal) leaves the chain checkable.
"""

import hashlib
import json
import secrets
from collections.abc import Iterator, Mapping
from typing import Any

import sqlite_utils

_START = "0" * 64


def canonical(payload: Any) -> str:
    """Write JSON in the one form that is hashed."""
    return json.dumps(payload, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def _link(previous: str, row: Mapping[str, Any]) -> str:
    names = ("seq", "at", "worker_id", "account", "record_table", "record_id", "action")
    return _digest(previous, canonical([row[name] for name in names]), row["payload_hash"])


def append(
    db: sqlite_utils.Database,
    chain: str,
    *,
    at: str,
    worker: tuple[int, str],
    record: tuple[str, int],
    action: str,
    payload: Any,
) -> int:
    """Add a row to a chain inside the caller's transaction; give its place."""
    last = db.execute(f"SELECT seq, hash FROM {chain} ORDER BY seq DESC LIMIT 1").fetchone()
    place, previous = last or (0, _START)
    text, salt = canonical(payload), secrets.token_hex(16)
    row = {
        "seq": place + 1,
        "at": at,
        "worker_id": worker[0],
        "account": worker[1],
        "record_table": record[0],
        "record_id": record[1],
        "action": action,
        "salt": salt,
        "payload": text,
        "payload_hash": _digest(salt, text),
    }
    row["hash"] = _link(previous, row)
    marks = ", ".join(f":{name}" for name in row)
    db.execute(f"INSERT INTO {chain} ({', '.join(row)}) VALUES ({marks})", row)
    return place + 1


def broken(db: sqlite_utils.Database, chain: str) -> str:
    """Say where a chain is broken first, in Japanese; empty when it is whole."""
    previous, expected = _START, 1
    for row in db.query(f"SELECT * FROM {chain} ORDER BY seq"):
        where = f"{chain} の {row['seq']} 番"
        if row["seq"] != expected:
            return f"{where}の前の記録が抜けています"
        disposed = row["payload"] is None and row["salt"] is None
        if not disposed and _digest(row["salt"] or "", row["payload"] or "") != row["payload_hash"]:
            return f"{where}の内容が書き換えられています"
        if _link(previous, row) != row["hash"]:
            return f"{where}の記録がつながりません"
        previous, expected = row["hash"], expected + 1
    return ""


def replay(db: sqlite_utils.Database) -> Mapping[tuple[str, int], dict[str, Any]]:
    """Rebuild every record from its changes: (table, id) → box → value as in the column."""
    state: dict[tuple[str, int], dict[str, Any]] = {}
    for row in db.query("SELECT record_table, record_id, payload FROM changes ORDER BY seq"):
        if row["payload"] is None:
            continue
        boxes = state.setdefault((row["record_table"], row["record_id"]), {})
        boxes.update({name: new for name, (_, new) in json.loads(row["payload"]).items()})
    return state


def differing(db: sqlite_utils.Database) -> Iterator[str]:
    """Name the records whose table row is not what their changes add up to."""
    for (table, record_id), boxes in replay(db).items():
        found = next(iter(db.query(f"SELECT * FROM {table} WHERE id = ?", [record_id])), {})
        if any(found.get(name) != value for name, value in boxes.items()):
            yield f"{table} の {record_id} 番が、変更の記録と合いません"
