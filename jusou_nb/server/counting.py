"""Counts what waits in a thread of its own, and answers from the last count meanwhile.

In a town of 100,000 persons the count takes seconds. The panel asks after every save; it gets
what was counted last, marked as stale, unless the count is done in the blink of an eye.
"""

import asyncio
from dataclasses import dataclass, replace
from datetime import date

from jusou_nb.server.threads import lane
from jusou_nb.store import Store
from jusou_nb.store.due import Due, due_items

PATIENCE = 0.15
"""So many seconds a new count is waited for where there is an earlier one."""


@dataclass(frozen=True)
class Moment:
    """What a count depends on: the file, whose it is, the day, how far the store has come."""

    file: int
    worker: str
    day: date
    change: int

    def is_of(self, other: "Moment") -> bool:
        """Whether it is of the same file (a backup put back is another), worker and day."""
        return replace(self, change=other.change) == other


@dataclass(frozen=True)
class Count:
    """What waits for a worker, as it stood at a moment."""

    moment: Moment
    found: list[Due]


_last: dict[str, Count] = {}
_running: dict[str, "asyncio.Task[Count]"] = {}


def moment_of(store: Store, day: date) -> Moment:
    """Say how far the store has come."""
    (change,) = store.db.execute("SELECT coalesce(max(seq), 0) FROM changes").fetchone()
    file = store.path.stat().st_ino if store.path else 0
    return Moment(file, store.worker_name(), day, change)


async def waiting(path: str | None, now: Moment) -> tuple[list[Due], bool]:
    """Give what waits, and whether it was counted before the last change."""
    place = path or ""
    last = _last.get(place)
    if last is not None and last.moment == now:
        return last.found, False
    count = _running.get(place) or _begin(path, now.day)
    usable = last is not None and last.moment.is_of(now)
    done, _ = await asyncio.wait({count}, timeout=PATIENCE if usable else None)
    if done or last is None:
        made = count.result()
        return made.found, made.moment != now
    return last.found, True


def _begin(path: str | None, day: date) -> "asyncio.Task[Count]":
    place = path or ""
    task = asyncio.ensure_future(_count(path, day))
    _running[place] = task
    task.add_done_callback(lambda _done: _running.pop(place, None))
    return task


async def _count(path: str | None, day: date) -> Count:
    def counted(store: Store) -> Count:
        moment = moment_of(store, day)
        return Count(moment, due_items(store, day, worker=moment.worker))

    count: Count = await lane(path, "counting", writes=False).run(counted)
    _last[path or ""] = count
    return count
