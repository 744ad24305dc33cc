"""How the worker of an account is called: registered once, changed later, and told as it was."""

import json
from typing import TYPE_CHECKING

from jusou_nb.problems import settle
from jusou_nb.rules import office as rules
from jusou_nb.spelling import squeeze

if TYPE_CHECKING:
    from jusou_nb.store.core import Store

TABLE = "workers"
_LONGEST = 60


def is_named(store: "Store") -> bool:
    """Whether whoever works now is called by a name, and not by the account."""
    sql = "SELECT name FROM workers WHERE account = ?"
    found = store.db.execute(sql, [store.account]).fetchone()
    return bool(found and found[0] != store.account)


def register(store: "Store", name: str) -> str:
    """Call whoever works now by a name, from now on and for what this account wrote before.

    It is a change like any other: a paper that is printed once more as it was has the name
    that was on it.

    Returns:
        The name as it is kept.

    Raises:
        NotAllowed: The name is empty, or another worker's.
    """
    wanted = " ".join(name.split())[:_LONGEST]
    with store.transaction():
        settle(rules.may_be_called(wanted, _others(store), store.account))
        before, own = store.worker_name(), store.worker_id
        if wanted != before:
            store.db.execute("UPDATE workers SET name = ? WHERE id = ?", [wanted, own])
            store.log_change(TABLE, own, "update", {"name": [before, wanted]})
    return wanted


def _others(store: "Store") -> list[str]:
    sql = "SELECT name, account FROM workers WHERE account <> ?"
    return [word for row in store.db.execute(sql, [store.account]) for word in row]


def former_names(store: "Store") -> set[str]:
    """Give what whoever works now was called before, unless somebody else is called so now."""
    sql = (
        "SELECT payload FROM changes WHERE record_table = ? AND record_id IN"
        " (SELECT id FROM workers WHERE account = ?) AND payload IS NOT NULL"
    )
    rows = store.db.execute(sql, [TABLE, store.account])
    taken = {squeeze(word) for word in _others(store)}
    return {old for row in rows if squeeze(old := json.loads(row[0])["name"][0]) not in taken}


def name_as_then(store: "Store", copy: "Store", place: int) -> None:
    """Give the workers of a copy the names they had after a place in the chain of changes."""
    sql = (
        "SELECT record_id, payload FROM changes WHERE record_table = ? AND seq > ?"
        " AND payload IS NOT NULL ORDER BY seq DESC"
    )
    for worker_id, payload in store.db.execute(sql, [TABLE, place]):
        before = json.loads(payload)["name"][0]
        copy.db.execute("UPDATE workers SET name = ? WHERE id = ?", [before, worker_id])
