"""確定版を付ける: read the edited file where it lies, and keep its hash beside the paper."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from jusou_nb.errors import PaperError
from jusou_nb.store import Store, final_versions
from jusou_nb.store.final_versions import FinalVersion

_PIECE = 1024 * 1024


@dataclass(frozen=True, kw_only=True)
class Attached:
    """What was attached, and what it replaced."""

    version: FinalVersion
    before: FinalVersion | None


def attach_final(store: Store, number: str, path: Path, *, today: date) -> Attached:
    """Note that a file settles the paper of a number; the file stays where it is.

    Raises:
        NotFound: No paper of this number was made here.
        PaperError: The file cannot be read, or holds nothing.
    """
    try:
        with path.open("rb") as file:
            return attach_read(store, number, path.name, iter(lambda: file.read(_PIECE), b""),
                               today=today)  # fmt: skip
    except OSError as fault:
        raise PaperError(
            f"「{path.name}」を読めません（{fault.strerror}）。場所を確かめ、"
            "Word や Excel で開いていれば閉じてから、もう一度行ってください"
        ) from fault


def attach_read(
    store: Store, number: str, file: str, pieces: Iterable[bytes], *, today: date
) -> Attached:
    """Note the same of a file that was handed over as bytes, under its name.

    Raises:
        NotFound: No paper of this number was made here.
        PaperError: The file holds nothing.
    """
    content, size = hashlib.sha256(), 0
    for piece in pieces:
        content.update(piece)
        size += len(piece)
    if not size:
        raise PaperError(f"「{file}」は空です。確定したファイルを選び直してください")
    before = final_versions.current(store, number)
    version = final_versions.attach(
        store, number, file=file, content=content.hexdigest(), size=size, settled_on=today
    )
    return Attached(version=version, before=before)
