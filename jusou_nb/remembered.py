"""What an account chose for itself: which store it works in, and what it need not be asked again.

One small file in the account's own folder. It holds a file's place and yes or no, never a name
of anybody. What the surroundings set (``JUSOU_STORE``) goes before it.
"""

import json
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jusou_nb import settings
from jusou_nb.errors import StoreError

_STORE, _GREETED, _TOURED = "store", "greeted", "toured"


def folder() -> Path:
    """Give the account's own folder for this program; it need not be there yet."""
    home = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return home / "jusou_nb"


def store_file() -> str:
    """Name the store to work in: what is set, else what this account chose, else nothing."""
    return settings.STORE.get() or str(_read().get(_STORE) or "")


def choose(store: Path) -> None:
    """Work in this store from now on, also after the next start.

    Raises:
        StoreError: The choice cannot be kept.
    """
    _write(**{_STORE: str(store.absolute())})


def forget() -> None:
    """Ask for the store again at the next start."""
    _write(**{_STORE: ""})


def is_greeted(store: Path) -> bool:
    """Whether the worker was asked for a name in this store, and answered or put it off."""
    return str(store.absolute()) in _read().get(_GREETED, ())


def greet(store: Path) -> None:
    """Do not ask for a name in this store again."""
    known = [name for name in _read().get(_GREETED, ()) if name != str(store.absolute())]
    _write(**{_GREETED: [*known, str(store.absolute())]})


def is_toured() -> bool:
    """Whether the tour of the desk was walked or closed once."""
    return bool(_read().get(_TOURED))


def tour() -> None:
    """Do not offer the tour by itself again."""
    _write(**{_TOURED: True})


def _file() -> Path:
    return folder() / "desk.json"


def _read() -> Mapping[str, Any]:
    """Read the file; one that is missing or damaged remembers nothing."""
    try:
        found = json.loads(_file().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _write(**changed: Any) -> None:
    """Put the file in its place whole, for this account alone."""
    text = json.dumps({**_read(), **changed}, ensure_ascii=False)
    try:
        folder().mkdir(mode=0o700, parents=True, exist_ok=True)
        # A temporary file is made for its owner alone.
        with tempfile.NamedTemporaryFile("w", dir=folder(), encoding="utf-8", delete=False) as new:
            new.write(text)
        Path(new.name).replace(_file())
    except OSError as fault:
        raise StoreError(
            f"選んだ業務ファイルを覚えられません（{fault.strerror}）。空きと権限を確かめてください"
        ) from fault
