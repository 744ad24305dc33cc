"""Two chains that nobody can rewrite unseen: what was changed, and what was read or printed.

Row hash = H(previous hash, metadata, H(salt ‖ payload)); the payload is canonical JSON kept
as it was written. Emptying payload and salt (disposal) leaves the chain checkable.

A change made while a worker writes down what a sitting told (:func:`heard_on`) says so under
:data:`HEARD_ON`, beside its boxes; so each box knows the change that set it (:func:`set_by`).
"""

import hashlib
import json
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlite_utils

from jusou_nb.fields import Form
from jusou_nb.store.schema import CHAINS

if TYPE_CHECKING:
    from jusou_nb.store.core import Store

_START = "0" * 64
HEARD_ON = "@heard_on"
"""The word of a change's payload that is no box: the basis of the sitting that told it."""
_OWN_BASIS = {"case_notes": "learnt_on_basis", "agenda_items": "basis"}
"""Records that say themselves where they were heard, and the box that says it."""


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


def damage(db: sqlite_utils.Database) -> str:
    """Say in what way the file itself is damaged, in Japanese; empty when it is whole."""
    (whole,) = db.execute("PRAGMA integrity_check").fetchone()
    return "" if whole == "ok" else f"ファイルが傷んでいます（{whole}）"


def breaks(db: sqlite_utils.Database) -> list[str]:
    """Say of each chain that is broken where it is so first."""
    return [line for chain in CHAINS if (line := broken(db, chain))]


def replay(db: sqlite_utils.Database) -> Mapping[tuple[str, int], dict[str, Any]]:
    """Rebuild every record from its changes: (table, id) → box → value as in the column."""
    state: dict[tuple[str, int], dict[str, Any]] = {}
    for row in db.query("SELECT record_table, record_id, payload FROM changes ORDER BY seq"):
        if row["payload"] is None:
            continue
        boxes = state.setdefault((row["record_table"], row["record_id"]), {})
        boxes.update({name: new for name, (_, new) in _boxes(row["payload"]).items()})
    return state


def _boxes(payload: str) -> dict[str, Any]:
    return {name: pair for name, pair in json.loads(payload).items() if name != HEARD_ON}


def differing(db: sqlite_utils.Database) -> Iterator[str]:
    """Name the records whose table row is not what their changes add up to."""
    for (table, record_id), boxes in replay(db).items():
        found = next(iter(db.query(f"SELECT * FROM {table} WHERE id = ?", [record_id])), {})
        if any(found.get(name) != value for name, value in boxes.items()):
            yield f"{table} の {record_id} 番が、変更の記録と合いません"


@dataclass(frozen=True, kw_only=True)
class Setting:
    """The change that set a box: its place, when, who, and on which basis it was heard.

    ``basis`` is a code of the profile, or None where the office knew it otherwise.
    """

    seq: int
    at: str
    worker: str
    basis: str | None


_CHANGES = (
    "SELECT c.seq, c.at, coalesce(w.name, c.account) AS worker, c.payload FROM changes AS c"
    " LEFT JOIN workers AS w ON w.id = c.worker_id"
    " WHERE c.record_table = ? AND c.record_id = ? AND c.payload IS NOT NULL ORDER BY c.seq"
)


def set_by(store: "Store", form: type[Form], record_id: int) -> dict[str, Setting]:
    """Give, of each box of a record, the last change that set it; boxes never set are absent."""
    found: dict[str, Setting] = {}
    own = None
    for row in store.db.query(_CHANGES, [form.table, record_id]):
        basis = json.loads(row["payload"]).get(HEARD_ON)
        boxes = _boxes(row["payload"])
        own = boxes.get(_OWN_BASIS.get(form.table, ""), (None, own))[1]
        told = {"seq": row["seq"], "at": row["at"], "worker": row["worker"]}
        found |= {name: Setting(**told, basis=basis) for name in boxes}
    return {n: Setting(**{**vars(s), "basis": s.basis or own}) for n, s in found.items()}


def change(store: "Store", seq: int) -> Setting | None:
    """Give when and by whom a change was made, and where it was heard; None: there is none."""
    sql = (
        "SELECT c.at, coalesce(w.name, c.account) AS worker, c.payload FROM changes AS c"
        " LEFT JOIN workers AS w ON w.id = c.worker_id WHERE c.seq = ?"
    )
    for row in store.db.query(sql, [seq]):
        basis = json.loads(row["payload"] or "{}").get(HEARD_ON)
        return Setting(seq=seq, at=row["at"], worker=row["worker"], basis=basis)
    return None


def tells_of_hearing(store: "Store", form: type[Form], record_id: int) -> bool:
    """Whether any change of a record was written down from a sitting; cheaper than ``set_by``."""
    sql = (
        "SELECT EXISTS (SELECT 1 FROM changes WHERE record_table = ? AND record_id = ?"
        f" AND instr(payload, '\"{HEARD_ON}\"'))"
    )
    return bool(store.db.execute(sql, [form.table, record_id]).fetchone()[0])


@contextmanager
def heard_on(store: "Store", basis: str | None) -> Iterator[None]:
    """Note with every change within that it writes down what a sitting on a basis told."""
    before, store.hearing = store.hearing, basis
    try:
        yield
    finally:
        store.hearing = before


def framed(payload: Mapping[str, Any], basis: str | None) -> Mapping[str, Any]:
    """Add to a change, where there is one, the basis on which it was heard."""
    return {**payload, HEARD_ON: basis} if basis else payload
