"""戻す: a copy becomes the store again, after the one that stands there was kept."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import sqlite_utils

from jusou_nb.errors import NotFound, StoreError
from jusou_nb.store import backup, connection, history
from jusou_nb.store.backup import Progress

_LOG = ("-wal", "-shm")


@dataclass(frozen=True, kw_only=True)
class Restored:
    """What stands there now: how many rows, and where the earlier one was kept."""

    rows: int
    kept: Path | None


def restore(
    copy: Path, store: Path, *, overwrite: bool = False, progress: Progress | None = None
) -> Restored:
    """Put a copy back as a new store, or over one that is there.

    Over one that is there it is one transaction of SQLite's: whoever kills it in the middle
    finds the earlier content. The earlier file is kept beside as ``NAME.before-restore-K.db``.

    Args:
        copy: What :func:`jusou_nb.store.backup.backup` made; it is only read.
        store: Where it shall stand.
        overwrite: The word without which a file that is there stays.
        progress: Is told of the pages.

    Raises:
        NotFound: There is no copy, or no folder.
        StoreTooNew: A newer program has written the copy.
        StoreError: The copy is damaged, the store is open elsewhere, or cannot be written.
    """
    _refuse_unfit(copy, store)
    _refuse_place(store, overwrite=overwrite)
    kept = _over(copy, store, progress) if store.exists() else None
    if kept is None:
        _anew(copy, store, progress, overwrite=False)
    rows = _checked(store)
    backup.note(store, "restored", copy)
    return Restored(rows=rows, kept=kept)


def _refuse_place(store: Path, *, overwrite: bool) -> None:
    connection.refuse_network_drive(store)
    if not store.parent.is_dir():
        raise NotFound(f"フォルダー「{store.parent.name}」がありません。先に作ってください")
    if store.exists() and not overwrite:
        raise StoreError(
            f"「{store.name}」は既にあります。置き換えるなら --overwrite を付けてください"
            "（前のものは隣に残ります）"
        )


def _refuse_unfit(copy: Path, store: Path) -> None:
    if not copy.is_file():
        raise NotFound(f"写し「{copy.name}」が見つかりません。場所を確かめてください")
    if store.exists() and store.samefile(copy):
        raise StoreError(f"「{copy.name}」と戻す先が同じファイルです。別の名前を指定してください")
    with connection.in_words(copy.name), _opened(copy) as source:
        db = sqlite_utils.Database(source)
        backup.refuse_stranger(db, copy.name)
        if faults := [line for line in (history.damage(db), *history.breaks(db)) if line]:
            raise StoreError(f"写し「{copy.name}」: {faults[0]}。別の写しから戻してください")


@contextmanager
def _opened(copy: Path) -> Iterator[sqlite3.Connection]:
    """Open a copy to read it, wherever it lies."""
    address = f"{copy.absolute().as_uri()}?mode=ro"
    with closing(sqlite3.connect(address, uri=True, isolation_level=None)) as source:
        yield source


def _anew(copy: Path, store: Path, progress: Progress | None, *, overwrite: bool) -> None:
    """Build the store beside its place and move it there when it is whole."""
    with backup.draft_beside(store) as draft:
        with _opened(copy) as source:
            backup.copy(source, draft, copy.name, progress)
        draft.chmod(connection.file_mode(store))
        backup.into_place(draft, store, overwrite=overwrite)


def _over(copy: Path, store: Path, progress: Progress | None) -> Path:
    kept = _free_name(store)
    try:
        with _alone(store) as target:
            _keep(target, store, kept)
            _pour(copy, target, store, progress)
    except sqlite3.DatabaseError as fault:
        if _is_damage(fault):
            _keep_as_it_is(store, kept)
            _anew(copy, store, progress, overwrite=True)
        else:
            with connection.in_words(store.name):
                raise
    return kept


def _is_damage(fault: sqlite3.DatabaseError) -> bool:
    return any(sign in str(fault).casefold() for sign in ("not a database", "malformed"))


@contextmanager
def _alone(store: Path) -> Iterator[sqlite3.Connection]:
    """Hold the file with nobody else in it.

    Leaving the log is granted by SQLite only to the last connection; from then on the lock
    is kept until this one closes.

    Raises:
        StoreError: Somebody has it open.
    """
    address = f"{store.absolute().as_uri()}?mode=rw"
    with closing(sqlite3.connect(address, uri=True, isolation_level=None, timeout=0)) as target:
        try:
            (mode,) = target.execute("PRAGMA journal_mode = DELETE").fetchone()
            target.execute("PRAGMA locking_mode = EXCLUSIVE").fetchone()
            target.execute("BEGIN EXCLUSIVE")
            target.execute("COMMIT")
        except sqlite3.OperationalError as fault:
            if "locked" not in str(fault):
                raise
            mode = ""
        if mode != "delete":
            raise StoreError(
                f"「{store.name}」をだれかが開いています。全員の画面（JupyterLab）を閉じてから行ってください"
            )
        yield target


def _keep(target: sqlite3.Connection, store: Path, kept: Path) -> None:
    with backup.draft_beside(kept) as draft:
        backup.copy(target, draft, store.name, None)
        target.execute("COMMIT")
        backup.into_place(draft, kept, overwrite=False)


def _pour(copy: Path, target: sqlite3.Connection, store: Path, progress: Progress | None) -> None:
    told = (lambda _status, left, of: progress(of - left, of)) if progress else None
    with connection.in_words(store.name), _opened(copy) as source:
        target.execute("PRAGMA synchronous = FULL")
        source.backup(target, pages=backup.PAGES, progress=told, sleep=0)


def _keep_as_it_is(store: Path, kept: Path) -> None:
    """Keep a file that SQLite cannot open, byte by byte, with its log."""
    for end in ("", *_LOG):
        part = store.with_name(store.name + end)
        if part.exists():
            with backup.draft_beside(kept) as draft:
                shutil.copyfile(part, draft)
                backup.into_place(draft, kept.with_name(kept.name + end), overwrite=False)
    for end in _LOG:
        # The log of the old file must not be read into the new one.
        store.with_name(store.name + end).unlink(missing_ok=True)


def _free_name(store: Path) -> Path:
    number = 1
    while (kept := store.with_name(f"{store.stem}.before-restore-{number}.db")).exists():
        number += 1
    return kept


def _checked(store: Path) -> int:
    """Open what was put back, check it, and count its rows."""
    with connection.in_words(store.name), _opened(store) as made:
        db = sqlite_utils.Database(made)
        if faults := [line for line in (history.damage(db), *history.breaks(db)) if line]:
            raise StoreError(f"「{store.name}」: {faults[0]}。もう一度行ってください")
        return sum(table.count for table in db.tables)
