"""GET today: what waits, for the panel 「本日の対応・期限」 and the bar below. No names."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date
from itertools import groupby
from typing import Any

from tornado.web import authenticated

from jusou_nb import addresses, remembered, settings
from jusou_nb.errors import JusouError
from jusou_nb.server import counting
from jusou_nb.server.handler import Room
from jusou_nb.server.threads import lane
from jusou_nb.store import Store, queries, roles
from jusou_nb.store.due import Due

_NO_STORE: dict[str, Any] = {
    "store": None, "worker": "", "last_save": None, "closed": "", "kinds": [],
}  # fmt: skip
"""The answer on the first day: the panel leads to where a store is chosen."""
Names = Mapping[int, str]
"""What agencies are called, by id."""
_SHOWN = 30
"""So many entries of a kind are listed; the count tells of all."""


class Today(Room):
    """Answers with the counts by kind, and the most pressing entries of each."""

    @authenticated
    async def get(self) -> None:
        """List what is this worker's and nobody's; whoever opens no case gets none.

        ``stale`` says that something was saved since it was counted: ask again soon.
        """
        path = self.get_argument("store", None)
        if not (path or remembered.store_file()):
            self.finish(_NO_STORE)
            return
        head, now = await self.ask(path, _head)
        found, stale = ([], False) if head["closed"] else await counting.waiting(path, now)
        names = await self.ask(path, _agencies)
        self.finish({**head, "stale": stale, "kinds": _kinds(found, names)})


async def warm() -> None:
    """Count before anybody asks, where a store is chosen; what fails is told to who asks."""
    if not remembered.store_file():
        return
    with suppress(JusouError):
        head, now = await lane(None, Today.work, writes=False).run(_head)
        if not head["closed"]:
            await counting.waiting(None, now)


def _head(store: Store) -> tuple[dict[str, Any], counting.Moment]:
    day = settings.today()
    closed = roles.reading_problems(store, day)
    head = {
        "store": store.name,
        "worker": store.worker_name(),
        "last_save": queries.last_save(store),
        "closed": "".join(f"{problem.message}{problem.remedy}" for problem in closed),
    }
    return head, counting.moment_of(store, day)


def _agencies(store: Store) -> Names:
    return store.lexicon().refs["agencies"]


def _kinds(found: list[Due], names: Names) -> list[dict[str, Any]]:
    by_kind = sorted(found, key=lambda due: due.kind)
    groups = [list(group) for _, group in groupby(by_kind, lambda due: due.kind)]
    return [_kind(group, names) for group in sorted(groups, key=_pressing)]


def _kind(found: list[Due], names: Names) -> dict[str, Any]:
    first = found[0]
    return {
        "kind": first.kind,
        "label": first.label,
        "count": len(found),
        "overdue": _overdue(found),
        "items": list(_entries(found[:_SHOWN], names)),
    }


def _overdue(found: list[Due]) -> int:
    return sum(due.overdue_days > 0 for due in found)


def _pressing(found: list[Due]) -> tuple[date, int]:
    return found[0].due_on or date.max, -_overdue(found)


def _entries(found: Iterable[Due], names: Names) -> Iterable[dict[str, Any]]:
    for due in found:
        whose = (due.number, names.get(due.agency_id or 0, ""))
        yield {
            "title": "　".join(part for part in whose if part) or due.label,
            "detail": due.what_to_do,
            "due": due.due_on.isoformat() if due.due_on else None,
            "late": due.overdue_days,
            "open": addresses.of_due(due.kind, due.record_id),
        }
