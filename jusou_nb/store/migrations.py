"""Brings a store up to this program, after a copy of it was made."""

import sqlite3
from pathlib import Path

import sqlite_utils
from sqlite_utils.migrations import Migrations

from jusou_nb.errors import StoreTooNew, StoreTooOld
from jusou_nb.store import alike, schema, search_index
from jusou_nb.store.connection import file_mode

steps = Migrations("jusou_nb")


@steps(name="0001_the_house")
def _the_house(db: sqlite_utils.Database) -> None:
    """Make the first tables; on a later store this finds them there."""
    schema.create(db)


@steps(name="0002_drafts_by_opening")
def _drafts_by_opening(db: sqlite_utils.Database) -> None:
    """Let one worker keep several drafts of one form, one each time it was opened."""
    schema.open_drafts(db)


@steps(name="0003_the_search")
def _the_search(db: sqlite_utils.Database) -> None:
    """Make the index of the search; :func:`migrate` fills it once every box is there."""
    search_index.create(db)


def refuse_unfit(db: sqlite_utils.Database, name: str) -> None:
    """Stop when a reader cannot use the store as it is.

    Raises:
        StoreTooNew: Written by a newer program.
        StoreTooOld: Not yet upgraded; a reader does not write.
    """
    refuse_newer(db, name)
    if schema.missing(db):
        raise StoreTooOld(
            f"「{name}」は古い版のままです。jusou-nb upgrade で更新してから開いてください"
        )


def refuse_newer(db: sqlite_utils.Database, name: str) -> None:
    """Stop when a newer program has written the store (StoreTooNew)."""
    (found,) = db.execute("PRAGMA user_version").fetchone()
    if found > schema.VERSION:
        raise StoreTooNew(
            f"「{name}」は新しい版（{found}）で作られています。このプログラムを更新してください"
        )


def is_current(db: sqlite_utils.Database) -> bool:
    """Whether nothing is left to do."""
    (found,) = db.execute("PRAGMA user_version").fetchone()
    if found != schema.VERSION or schema.missing(db):
        return False
    return search_index.is_current(db)


def migrate(db: sqlite_utils.Database, path: Path | None) -> Path | None:
    """Apply what is pending, inside the caller's immediate transaction.

    Gives the copy that was made first, or None where the store was empty.
    """
    copy = keep_copy(path) if path and db.table_names() else None
    steps.apply(db)
    schema.create(db)
    if not alike.is_filled(db) or not search_index.is_current(db):
        alike.fill(db)
    if not search_index.is_current(db):
        search_index.rebuild(db)
    db.execute(f"PRAGMA user_version = {schema.VERSION}")
    return copy


def keep_copy(path: Path) -> Path:
    """Copy the store beside itself as ``NAME.before-vN-K.db`` and give the copy's path."""
    number = 1
    while (copy := path.with_name(f"{path.stem}.before-v{schema.VERSION}-{number}.db")).exists():
        number += 1
    copy.touch(mode=file_mode(path))
    # A second connection reads the last committed state beside the open transaction.
    source, target = sqlite3.connect(path), sqlite3.connect(copy)
    with source, target:
        source.backup(target)
    source.close()
    target.close()
    return copy
