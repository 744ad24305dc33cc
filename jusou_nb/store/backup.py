"""写し: copies of the store, made while others work, checked by opening, dated, never half.

A copy is built under a name of its own and moved into place when it is whole. It keeps no
log beside it, so that it can be read in a folder where nobody may write.
"""

import os
import re
import sqlite3
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import sqlite_utils

from jusou_nb.errors import NotFound, StoreError, StoreTooNew, StoreTooOld
from jusou_nb.store import connection, history, schema
from jusou_nb.store.core import open_store

Progress = Callable[[int, int], None]
"""Gets how many pages are copied, and of how many."""

FORMS = "_様式.zip"
"""Ends the name of what goes with a dated copy: the town's own Word files."""
PAGES = 4000
"""How many are copied between two words on the progress."""
_STALE_SECONDS = 3600
_PART = ".part"
_DATED = r"_\d{8}-\d{6}"


@dataclass(frozen=True)
class Copied:
    """A finished copy: where, how many rows, what its chains say, which old ones went."""

    path: Path
    rows: int
    faults: tuple[str, ...]
    removed: tuple[Path, ...]


def backup(
    source: Path,
    target: Path,
    *,
    at: datetime,
    overwrite: bool = False,
    keep: int | None = None,
    progress: Progress | None = None,
) -> Copied:
    """Copy a store (an older one unchanged) as it stands now; whoever works in it goes on.

    Args:
        source: The store.
        target: A file, or a folder for a name that bears the time.
        at: That time.
        overwrite: Whether a file of that name may go.
        keep: How many of the newest dated copies stay in a folder.
        progress: Is told of the pages.

    Raises:
        StoreError: It cannot be read, written, or trusted; nothing new stands there.
    """
    place = target / f"{source.stem}_{at:%Y%m%d-%H%M%S}.db" if target.is_dir() else target
    _refuse_target(source, place, overwrite=overwrite)
    with draft_beside(place) as draft:
        rows, faults = _read(source, draft, progress), _looked_at(draft, source.name)
        into_place(draft, place, overwrite=overwrite)
    gone = _prune(source, place.parent, keep) if keep and place != target and not faults else ()
    note(source, "backed_up", place)
    return Copied(place, rows, faults, gone)


def _read(source: Path, draft: Path, progress: Progress | None) -> int:
    """Copy a store into a draft; give how many rows both have."""
    with closing(connection.connect(source, readonly=True)) as live:
        copy(live, draft, source.name, progress)
        return _compared(live, draft, source.name)


def _refuse_target(source: Path, place: Path, *, overwrite: bool) -> None:
    if not source.is_file():
        raise NotFound(f"業務ファイル「{source.name}」が見つかりません。場所を確かめてください")
    if not place.parent.is_dir():
        raise NotFound(f"フォルダー「{place.parent.name}」がありません。先に作ってください")
    if place.exists() and place.samefile(source):
        raise StoreError(f"「{place.name}」は業務ファイルそのものです。別の場所を指定してください")
    if place.exists() and not overwrite:
        raise StoreError(
            f"「{place.name}」は既にあります。別の名前にするか、--overwrite を付けてください"
        )


@contextmanager
def draft_beside(place: Path) -> Iterator[Path]:
    """Give an empty file (0600) beside where it is to stand; what is left of it goes."""
    sweep(place.parent)
    with connection.in_words(place.name), _disk(place):
        handle, name = tempfile.mkstemp(dir=place.parent, prefix=f".{place.stem}.", suffix=_PART)
        os.close(handle)
        draft = Path(name)
        try:
            yield draft
        finally:
            for end in ("", "-journal", "-wal", "-shm"):
                draft.with_name(draft.name + end).unlink(missing_ok=True)


def sweep(folder: Path) -> None:
    """Remove drafts that a killed process left an hour or longer ago: they hold records."""
    for left in folder.glob(f".*{_PART}*"):
        if time.time() - left.stat().st_mtime > _STALE_SECONDS:
            left.unlink(missing_ok=True)


@contextmanager
def _disk(place: Path) -> Iterator[None]:
    try:
        yield
    except OSError as fault:
        raise StoreError(
            f"「{place.name}」を書けません（{fault.strerror}）。フォルダーの権限と空きを確かめてください"
        ) from fault


def copy(live: sqlite3.Connection, draft: Path, name: str, progress: Progress | None) -> None:
    """Copy an open database into a draft, all of it as it stands at one moment."""
    with connection.in_words(name):
        # A read that stays open: what others save meanwhile neither shows nor starts it anew.
        live.execute("BEGIN")
        live.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        with closing(sqlite3.connect(draft, isolation_level=None)) as target:
            target.execute("PRAGMA journal_mode = OFF")
            told = _told(progress) if progress else None
            live.backup(target, pages=PAGES, progress=told, sleep=0)
        with closing(sqlite3.connect(draft, isolation_level=None)) as target:
            target.execute("PRAGMA journal_mode = DELETE")
    with draft.open("rb+") as file:
        os.fsync(file.fileno())


def _told(progress: Progress) -> Callable[[int, int, int], None]:
    return lambda _status, left, of: progress(of - left, of)


def _counts(live: sqlite3.Connection) -> dict[str, int]:
    names = [row[0] for row in live.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    return {n: live.execute(f'SELECT count(*) FROM "{n}"').fetchone()[0] for n in names}


def _compared(live: sqlite3.Connection, draft: Path, name: str) -> int:
    """Count every table of both; give the sum of rows."""
    with closing(sqlite3.connect(draft)) as made:
        found = _counts(made)
    if found != _counts(live):
        raise StoreError(f"「{name}」の写しの件数が元と違います。もう一度行ってください")
    return sum(found.values())


def _looked_at(draft: Path, name: str) -> tuple[str, ...]:
    """Check a copy by opening it; damage refuses it, a broken chain is told."""
    with closing(sqlite3.connect(draft)) as made:
        db = sqlite_utils.Database(made)
        refuse_stranger(db, name)
        if damage := history.damage(db):
            raise StoreError(f"「{name}」: {damage}。前の写しを消さず、管理者に伝えてください")
        return tuple(history.breaks(db))


def refuse_stranger(db: sqlite_utils.Database, name: str) -> None:
    """Stop where a database is no store (StoreError), or one of a newer program (StoreTooNew)."""
    if not {"profiles", *schema.CHAINS} <= set(db.table_names()):
        raise StoreError(f"「{name}」は業務ファイルではありません。場所を確かめてください")
    (found,) = db.execute("PRAGMA user_version").fetchone()
    if found > schema.VERSION:
        raise StoreTooNew(
            f"「{name}」は新しい版（{found}）で作られています。このプログラムを更新してください"
        )


def into_place(draft: Path, place: Path, *, overwrite: bool) -> None:
    """Move a whole file to its name; without ``overwrite`` one that is there stays."""
    if overwrite:
        draft.replace(place)
    else:
        try:
            os.link(draft, place)
        except FileExistsError:
            raise StoreError(
                f"「{place.name}」が同時に作られました。もう一度行ってください"
            ) from None
        except OSError:
            # A stick's file system knows no second names.
            draft.rename(place)
    if os.name == "posix":
        folder = os.open(place.parent, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)


def _prune(source: Path, folder: Path, keep: int) -> tuple[Path, ...]:
    """Remove the oldest dated copies of this store, and what went with them."""
    dated = re.compile(re.escape(source.stem) + _DATED + r"\.db")
    gone = sorted(p for p in folder.iterdir() if dated.fullmatch(p.name))[:-keep]
    for path in gone:
        path.unlink()
        path.with_name(path.stem + FORMS).unlink(missing_ok=True)
    return tuple(gone)


def pack(folder: Path, copied: Path) -> Path | None:
    """Put the town's own Word files beside a dated copy; None where it has none."""
    files = sorted(folder.glob("*.docx")) if folder.is_dir() else []
    if not files:
        return None
    place = copied.with_name(copied.stem + FORMS)
    with draft_beside(place) as draft:
        with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as packed:
            for file in files:
                packed.write(file, file.name)
        into_place(draft, place, overwrite=True)
    return place


def note(store: Path, action: str, file: Path) -> None:
    """Keep in the chain of readings that a copy was made or put back.

    An older store is not upgraded for it, and one that cannot be written stays unwritten.
    """
    try:
        open_store(store, readonly=True).close()
        with open_store(store) as opened:
            opened.log_reading("store", 0, action, {"file": file.name})
    except (StoreTooOld, StoreError):
        return
