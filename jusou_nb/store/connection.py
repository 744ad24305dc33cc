"""Opens the file: what SQLite must hold to, and what its refusals mean in Japanese."""

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from jusou_nb.errors import NotFound, StoreError

BUSY_MS = 10_000
_AGAIN_SECONDS = 0.02
# JupyterLab lets what is pressed on the desk run in another thread than the cell that opened
# it, one after the other; SQLite itself is built for that.
_MANNER: dict[str, Any] = {"isolation_level": None, "check_same_thread": False}
NETWORK_FILE_SYSTEMS = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "fuse.sshfs"})
_GROUP_FOLDER = 0o2020
_MEANINGS = {
    "not a database": "業務ファイルではないか、壊れています。場所を確かめてください",
    "malformed": "業務ファイルが壊れています。バックアップから戻してください（restore）",
    "disk is full": "ディスクに空きがありません。空けてからもう一度。保存前の内容は元のままです",
    "disk i/o": "ディスクに書けません。空きと接続を確かめてください。保存前の内容は元のままです",
    "readonly": "書き込みができません。フォルダーの権限を管理者に確かめてください",
    "unable to open": "業務ファイルを開けません。フォルダーの権限を確かめてください。"
    "読むだけなら、管理者が作った写し（backup）を開いてください",
    "locked": "ほかの人が保存中です。少し待ってもう一度行ってください",
    "unique": "同じ値の記録が既にあります。番号や名称を変えてください",
    "foreign key": "つながりのある記録が見つかりません。画面を開き直してください",
}


@contextmanager
def in_words(name: str) -> Iterator[None]:
    """Turn SQLite's refusals into one Japanese line that names the file, not its path."""
    try:
        yield
    except sqlite3.Error as fault:
        said = str(fault).casefold()
        meaning = next((text for sign, text in _MEANINGS.items() if sign in said), None)
        if meaning is None:
            raise StoreError(f"「{name}」を使えません（{fault}）") from fault
        raise StoreError(f"「{name}」: {meaning}") from fault


def connect(path: Path | None, *, readonly: bool) -> sqlite3.Connection:
    """Open the file, or a store in memory where ``path`` is None.

    Raises:
        NotFound: There is no such file to read.
        StoreError: The folder lies on a network drive, or SQLite refuses.
    """
    if path is None:
        return _prepared(sqlite3.connect(":memory:", **_MANNER))
    if readonly and not path.is_file():
        raise NotFound(f"業務ファイル「{path.name}」が見つかりません。場所を確かめてください")
    refuse_network_drive(path)
    with in_words(path.name):
        if not readonly:
            _create(path)
        mode = "ro" if readonly else "rw"
        # ``immutable`` is never used: it would read past a writer's log.
        address = f"{path.absolute().as_uri()}?mode={mode}"
        connection = sqlite3.connect(address, uri=True, **_MANNER)
        return _prepared(connection, writes=not readonly)


def _prepared(connection: sqlite3.Connection, *, writes: bool = True) -> sqlite3.Connection:
    connection.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")
    if writes:
        _keep_a_log(connection)
    else:
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    return connection


def _keep_a_log(connection: sqlite3.Connection) -> None:
    """Write through a log (WAL).

    Turning it on does not wait its turn as other statements do: two who open a new file at the
    same moment would refuse each other, so it is asked again for as long as they would wait.
    """
    until = time.monotonic() + BUSY_MS / 1000
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as fault:
            if "locked" not in str(fault) or time.monotonic() >= until:
                raise
            time.sleep(_AGAIN_SECONDS)
        else:
            return


def _create(path: Path) -> None:
    """Make the file before SQLite does, so that nobody else can read it for a moment."""
    if path.exists():
        return
    if not path.parent.is_dir():
        raise NotFound(f"フォルダー「{path.parent.name}」がありません。先に作ってください")
    try:
        made = os.open(path, os.O_CREAT | os.O_RDWR, 0o600)
        # Set afterwards: the account's umask would take the group's right to write away.
        os.fchmod(made, file_mode(path))
        os.close(made)
    except OSError as fault:
        raise StoreError(
            f"「{path.name}」を作れません（{fault.strerror}）。フォルダーの権限を確かめてください"
        ) from fault


def file_mode(path: Path) -> int:
    """0660 in a folder set up to be shared by a group (setgid), else 0600."""
    return 0o660 if path.parent.stat().st_mode & _GROUP_FOLDER == _GROUP_FOLDER else 0o600


def refuse_network_drive(path: Path) -> None:
    """Stop where the folder is mounted from another machine: WAL needs a local disk."""
    if file_system(path) in NETWORK_FILE_SYSTEMS:
        raise StoreError(
            f"「{path.name}」はネットワークドライブにあります。サーバーのディスクに置いてください"
        )


def file_system(path: Path) -> str:
    """Name the file system that a path lies on, or nothing where the system does not say."""
    mounts = Path("/proc/mounts")
    if not mounts.exists():
        return ""
    rows = [line.split()[1:3] for line in mounts.read_text(encoding="utf-8").splitlines()]
    target = path.absolute()
    holding = [(point, kind) for point, kind in rows if target.is_relative_to(point)]
    return max(holding, key=lambda row: len(row[0]))[1] if holding else ""
