"""From an executed notebook to one HTML file in its place, or to no change at all."""

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from jupyter_core.paths import jupyter_path
from nbconvert.exporters import HTMLExporter

from jusou_nb.errors import PaperError
from jusou_nb.store.connection import file_mode

TEMPLATE = "jusou"
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_SHUT = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})


@cache
def _exporter() -> Any:
    # The folder in the package is named too, so that a checkout works without being installed.
    base = Path(str(resources.files("jusou_nb"))) / "documents" / "nbconvert"
    return HTMLExporter(template_name=TEMPLATE, extra_template_basedirs=[str(base)])


def to_html(notebook: Any, *, recorded: bool, stamp: str = "") -> str:
    """Print an executed notebook as a page.

    ``recorded`` pages carry their number; a ``stamp`` stands above all else on a reprint.
    """
    known = {"jusou_recorded": recorded, "jusou_reprint": stamp}
    page, _ = _exporter().from_notebook_node(notebook, resources=known)
    return str(page)


def about(notebook: Any) -> dict[str, Any]:
    """Read what the paper says of itself (kind, subject, recipient, basis, number).

    Raises:
        PaperError: No section says it; such a notebook is no paper.
    """
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            told = output.get("metadata", {}).get("jusou")
            if told:
                return dict(told)
    raise PaperError("資料の名前と番号がありません。テンプレートの最初の欄を確かめてください")


@contextmanager
def in_words(name: str) -> Iterator[None]:
    """Turn the system's refusals into one Japanese line that names the file, not its path."""
    try:
        yield
    except OSError as fault:
        raise PaperError(f"「{name}」{_meaning(fault)}") from fault


def _meaning(fault: OSError) -> str:
    if fault.errno in _FULL:
        return (
            "を書けません。ディスクに空きがありません。空けてからもう一度。前の資料はそのままです"
        )
    if fault.errno in _SHUT:
        return (
            "に書けません。ほかの人が開いていれば閉じ、"
            "フォルダーの権限を確かめてください。前の資料はそのままです"
        )
    if fault.errno in (errno.EISDIR, errno.ENOTDIR, errno.EEXIST):
        return "と同じ名前のものがあり、置けません。別の場所（--out）を指定してください"
    return f"を書けません（{fault.strerror}）。前の資料はそのままです"


@contextmanager
def prepared(page: str | bytes, target: Path) -> Iterator[Path]:
    """Write a page or a file beside its place; what is not moved by then is removed again."""
    content = page.encode() if isinstance(page, str) else page
    with in_words(target.name):
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=".", suffix=".part")
    part = Path(name)
    try:
        with in_words(target.name), os.fdopen(handle, "wb") as file:
            os.fchmod(handle, file_mode(target))
            file.write(content)
            file.flush()
            os.fsync(handle)
        yield part
    finally:
        part.unlink(missing_ok=True)


def move(part: Path, target: Path) -> None:
    """Put a finished file in its place in one step."""
    with in_words(target.name):
        os.replace(part, target)  # noqa: PTH105 - the promise is this very call


def keep_failed(notebook: Path, store: Path, name: str) -> Path | None:
    """Keep a failed notebook beside the store, for its owner alone; None where that fails too."""
    folder = store.parent / "failed"
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        folder.chmod(0o700)
        kept = folder / name
        with os.fdopen(os.open(kept, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "wb") as file:
            file.write(notebook.read_bytes())
    except OSError:
        return None
    return kept


def is_installed() -> bool:
    """Whether ``jupyter nbconvert --template jusou`` finds the page's template by itself."""
    return any((Path(p) / TEMPLATE).is_dir() for p in jupyter_path("nbconvert", "templates"))
