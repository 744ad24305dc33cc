"""Tables from the forms: one STRICT table a class, one column a box.

Growth is additive: a new box is a new column, an old column is never dropped.
"""

from collections.abc import Iterator
from typing import Any

import sqlite_utils
from sqlite_utils.db import ForeignKey

from jusou_nb.fields import Form, Item, Kind, children, items, links
from jusou_nb.forms import FORMS

VERSION = 3
"""Rises with each named migration; a store with a higher one is of a newer program."""

_INTEGERS = (Kind.NUMBER, Kind.FLAG, Kind.REF)
_KEPT = {"struck_at": str, "struck_reason": str}
_HOUSE: dict[str, dict[str, type]] = {
    "profiles": {"id": int, "name": str, "text": str, "saved_at": str},
    "workers": {"id": int, "account": str, "name": str, "registered_at": str},
    "import_batches": {
        "id": int, "file_name": str, "file_hash": str, "form": str, "worker_id": int,
        "taken_at": str, "good": int, "refused": int, "report": str, "withdrawn_at": str,
    },
    "drafts": {
        "id": int, "worker_id": int, "form": str, "key": str, "payload": str, "saved_at": str,
        "opening": str, "base": str, "dropped_at": str,
    },
    "overrides": {
        "id": int, "record_table": str, "record_id": int, "rule": str, "message": str,
        "reason": str, "allowed_by": str, "worker_id": int, "allowed_at": str,
    },
    "merges": {
        "id": int, "record_table": str, "kept_id": int, "gone_id": int, "pairs": str,
        "numbers": str, "reason": str, "worker_id": int, "merged_at": str, "undone_at": str,
        "undone_reason": str,
    },
    "told_apart": {
        "id": int, "one_id": int, "other_id": int, "worker_id": int, "told_at": str,
    },
    "runs": {
        "id": int, "template": str, "parameters": str, "started_at": str, "ended_at": str,
        "result": str, "message": str,
    },
}  # fmt: skip
_CHAIN: dict[str, type] = {
    "seq": int, "at": str, "worker_id": int, "account": str, "record_table": str,
    "record_id": int, "action": str, "salt": str, "payload": str, "payload_hash": str,
    "hash": str,
}  # fmt: skip
_PERSON_KEYS = (
    "CREATE TABLE IF NOT EXISTS person_keys (key INTEGER NOT NULL, person_id INTEGER NOT NULL,"
    " PRIMARY KEY (key, person_id)) STRICT, WITHOUT ROWID"
)
CHAINS = ("changes", "readings")
TRIGGERS = tuple(f"{chain}_{what}" for chain in CHAINS for what in ("stay", "are_not_rewritten"))


def every_form() -> Iterator[tuple[type[Form], type[Form] | None]]:
    """Each form class with the class whose rows it is (None: stands by itself)."""
    for form in FORMS:
        yield form, None
        for table in children(form):
            yield table.form, form


def parent_column(parent: type[Form]) -> str:
    """Name the column by which a row knows its form: ``households`` → ``household_id``."""
    return f"{parent.table[:-1]}_id"


def columns(form: type[Form], parent: type[Form] | None) -> dict[str, type]:
    """Give the columns of a form's table in order."""
    rows = {parent_column(parent): int, "position": int} if parent else {}
    references = {entry.name: int for entry in links(form)}
    boxes = {box.name: _column_type(box) for box in items(form)}
    return {"id": int, **rows, **references, "version": int, **boxes, **_KEPT}


def _column_type(box: Item) -> type:
    return int if box.kind in _INTEGERS and not box.many else str


def _foreign_keys(form: type[Form], parent: type[Form] | None) -> list[tuple[str, str]]:
    keys = [(parent_column(parent), parent.table)] if parent else []
    keys += [(entry.name, entry.table) for entry in links(form)]
    return keys + [(b.name, b.ref) for b in items(form) if b.ref and not b.many]


def create(db: sqlite_utils.Database) -> None:
    """Make what is missing: tables, columns, indexes and triggers. Safe to repeat."""
    existing = set(db.table_names())
    for name, shape in _HOUSE.items():
        if name not in existing:
            db.table(name).create(shape, pk="id", strict=True)
    for chain in CHAINS:
        if chain not in existing:
            db.table(chain).create(_CHAIN, pk="seq", strict=True)
            db.table(chain).create_index(["record_table", "record_id"])
    for form, parent in every_form():
        _create_form(db, form, parent, exists=form.table in existing)
    db.execute(_PERSON_KEYS)
    db.table("person_keys").create_index(["person_id"], if_not_exists=True)
    names = ["worker_id", "form", "key", "opening"]
    db.table("drafts").create_index(names, unique=True, if_not_exists=True)
    db.table("workers").create_index(["account"], unique=True, if_not_exists=True)
    db.execute("CREATE INDEX IF NOT EXISTS masked_persons ON persons (id) WHERE is_masked = 1")
    create_triggers(db)


def _create_form(
    db: sqlite_utils.Database, form: type[Form], parent: type[Form] | None, *, exists: bool
) -> None:
    keys = _foreign_keys(form, parent)
    shape = columns(form, parent)
    table = db.table(form.table)
    if not exists:
        foreign = [ForeignKey(form.table, name, other, "id") for name, other in keys]
        table.create(shape, pk="id", foreign_keys=foreign, not_null={"version"}, strict=True)
    for name in [n for n in shape if n not in table.columns_dict]:
        table.add_column(name, shape[name])
    for name, _ in keys:
        table.create_index([name], if_not_exists=True)
    for box in [b for b in items(form) if b.unique]:
        db.execute(
            f"CREATE UNIQUE INDEX IF NOT EXISTS only_one_{form.table}_{box.name}"
            f" ON {form.table} ({box.name}) WHERE struck_at IS NULL"
        )


def open_drafts(db: sqlite_utils.Database) -> None:
    """Give drafts what tells their openings apart; on a fresh store it is there already."""
    table = db.table("drafts")
    for name in [n for n in _HOUSE["drafts"] if n not in table.columns_dict]:
        table.add_column(name, str)
    db.execute("UPDATE drafts SET opening = '' WHERE opening IS NULL")
    db.execute("DROP INDEX IF EXISTS idx_drafts_worker_id_form_key")


def create_triggers(db: sqlite_utils.Database) -> None:
    """Keep both chains append-only; to be run again after any ``transform()``.

    Emptying salt and payload stays possible: that is how a record is disposed of.
    """
    for chain in CHAINS:
        db.execute(
            f"CREATE TRIGGER IF NOT EXISTS {chain}_stay BEFORE DELETE ON {chain}"
            " BEGIN SELECT RAISE(ABORT, 'the record of changes stays'); END"
        )
        kept = ", ".join(name for name in _CHAIN if name not in ("salt", "payload"))
        db.execute(
            f"CREATE TRIGGER IF NOT EXISTS {chain}_are_not_rewritten"
            f" BEFORE UPDATE OF {kept} ON {chain}"
            " BEGIN SELECT RAISE(ABORT, 'the record of changes is not rewritten'); END"
        )


def missing(db: sqlite_utils.Database) -> list[str]:
    """Name the tables and columns that this program needs and the file has not."""
    existing = set(db.table_names())
    wanted = {form.table: columns(form, parent) for form, parent in every_form()}
    lacking = [name for name in (*_HOUSE, *CHAINS, "person_keys", *wanted) if name not in existing]
    for table, shape in wanted.items():
        if table in existing:
            have = db.table(table).columns_dict
            lacking += [f"{table}.{name}" for name in shape if name not in have]
    return lacking


def inserted(db: sqlite_utils.Database, table: str, row: dict[str, Any]) -> int:
    """Insert a row into one of the house's own tables and give its id."""
    return int(str(db.table(table).insert(row).last_pk))
