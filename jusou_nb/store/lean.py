"""Loads sqlite-utils without what it only looks for: pandas and numpy cost half a second."""

import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without(*names: str) -> Iterator[None]:
    """Let modules that are not loaded yet seem not to be installed."""
    hidden = [name for name in names if name not in sys.modules]
    # A module that is None in this table cannot be imported.
    sys.modules.update(dict.fromkeys(hidden))  # type: ignore[arg-type]
    try:
        yield
    finally:
        for name in hidden:
            del sys.modules[name]


with without("pandas", "numpy"):
    importlib.import_module("sqlite_utils")
