"""The SQLite store. Everything else reaches it through :func:`open_store`."""

from jusou_nb.store import lean  # noqa: F401 - before whatever else loads sqlite-utils
from jusou_nb.store.core import Store, open_store

__all__ = ["Store", "open_store"]
