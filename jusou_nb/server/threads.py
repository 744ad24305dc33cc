"""A thread of its own for each store and kind of work, so that the server never waits.

SQLite's connection is made in that thread and used in no other. What is typed has another
thread than what is read: a long list must not keep a letter from being saved.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from jusou_nb import remembered
from jusou_nb.errors import NotFound
from jusou_nb.store import Store, open_store

T = TypeVar("T")


@dataclass
class Lane:
    """One thread with one open store.

    Attributes:
        path: The store's file.
        writes: Whether it is opened to write.
    """

    path: Path
    writes: bool
    _thread: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, "jusou"))
    _store: Store | None = None
    _opened: tuple[int, int] = (0, 0)

    async def run(self, work: Callable[[Store], T]) -> T:
        """Do some work with the store and give what it gives."""
        return await asyncio.wrap_future(self._thread.submit(self._do, work))

    def close(self) -> None:
        """Close the store and end the thread."""
        self._thread.submit(self._shut).result()
        self._thread.shutdown()

    def _do(self, work: Callable[[Store], T]) -> T:
        if not self.path.is_file():
            self._shut()
            raise NotFound(
                f"業務ファイル「{self.path.name}」が見つかりません。場所を確かめてください"
            )
        # A restored backup takes the file's place; the old one, still open, would swallow letters.
        found = self.path.stat()
        if (found.st_dev, found.st_ino) != self._opened:
            self._shut()
        if self._store is None:
            self._store = open_store(self.path, readonly=not self.writes)
            self._opened = (found.st_dev, found.st_ino)
        return work(self._store)

    def _shut(self) -> None:
        if self._store is not None:
            self._store.close()
            self._store = None


_lanes: dict[tuple[Path, str], Lane] = {}


def lane(path: str | None, name: str, *, writes: bool) -> Lane:
    """Give the thread for a store and a kind of work; ``path`` None: the server's own store.

    Raises:
        NotFound: No store was named.
    """
    named = path or remembered.store_file()
    if not named:
        raise NotFound("業務ファイルが決まっていません。「相談の机」を開いて決めてください。")
    place = (Path(named).absolute(), name)
    if place not in _lanes:
        _lanes[place] = Lane(place[0], writes)
    return _lanes[place]


def close_all() -> None:
    """Close every store: the server stops, or a test ends."""
    while _lanes:
        _lanes.popitem()[1].close()
