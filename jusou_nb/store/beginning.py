"""A new store, and an existing file that is to be worked in: both told from what is neither."""

from dataclasses import dataclass
from pathlib import Path

from jusou_nb.errors import NotFound, StoreError
from jusou_nb.profile import Profile
from jusou_nb.store import connection
from jusou_nb.store.core import open_store

_HEAD = b"SQLite format 3\x00"
ENDING = ".db"
_OURS = "SELECT count(*) FROM sqlite_schema WHERE name IN ('changes', 'readings', 'profiles')"


@dataclass(frozen=True)
class Begun:
    """A store that was made, and whose it is."""

    path: Path
    municipality: str


def begin(path: Path, profile: str | Profile) -> Begun:
    """Make a new store; an existing file stays as it is.

    Raises:
        StoreError: A file of this name is there, or none can be made.
    """
    if path.exists():
        raise StoreError(f"「{path.name}」は既にあります。別の名前を指定してください")
    try:
        with open_store(path, profile=profile) as store:
            return Begun(path, store.profile.municipality)
    except BaseException:
        # What was not finished is no store; nobody has written into it yet.
        for end in ("", "-wal", "-shm"):
            path.with_name(path.name + end).unlink(missing_ok=True)
        raise


def refuse_stranger(path: Path) -> None:
    """Stop at what is no store of ours, before opening it would make it one.

    Raises:
        NotFound: There is no such file.
        StoreError: It is another program's file, empty, damaged, or newer than this program.
    """
    if path.is_dir():
        raise StoreError(f"「{path.name}」はフォルダーです。業務ファイル（.db）を選んでください")
    if not path.is_file():
        raise NotFound(f"業務ファイル「{path.name}」が見つかりません。場所を確かめてください")
    try:
        with path.open("rb") as file:
            begins = file.read(len(_HEAD))
    except OSError as fault:
        raise StoreError(
            f"「{path.name}」を開けません（{fault.strerror}）。管理者に権限を確かめてください"
        ) from fault
    if begins != _HEAD or not _is_ours(path):
        raise StoreError(
            f"「{path.name}」は業務ファイルではありません。jusou-nb で作った .db を選んでください"
        )


def _is_ours(path: Path) -> bool:
    """Whether the file has our tables; a reader that changes nothing looks."""
    with connection.in_words(path.name):
        opened = connection.connect(path, readonly=True)
        try:
            found = opened.execute(_OURS).fetchone()
        finally:
            opened.close()
    return bool(found[0] == 3)  # noqa: PLR2004 - the three named in the question


def stores_in(folder: Path) -> list[Path]:
    """List the stores that lie in a folder, the one last worked in first."""
    try:
        found = [path for path in folder.glob(f"*{ENDING}") if path.is_file()]
        return sorted(found, key=lambda path: (-path.stat().st_mtime, path.name))
    except OSError:
        return []
