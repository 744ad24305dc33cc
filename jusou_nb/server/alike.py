"""POST alike: who may be the person that somebody is writing down. POST: no name in a log."""

from typing import Any

from tornado.web import authenticated

from jusou_nb import settings
from jusou_nb.server.handler import Room
from jusou_nb.store import Store, roles
from jusou_nb.store.known import hints


class Alike(Room):
    """Answers with those who may be known already, in words, and no whereabouts."""

    work = "search"

    @authenticated
    async def post(self) -> None:
        """Compare ``people`` (boxes as typed), without the persons ``apart``."""
        said = self.said()

        def look(store: Store) -> dict[str, Any]:
            roles.refuse_unless_reader(store, settings.today())
            return hints(store, _rows(said.get("people")), _numbers(said.get("apart")))

        self.finish(await self.ask(said.get("store"), look))


def _rows(said: Any) -> list[dict[str, str]]:
    rows = said if isinstance(said, list) else []
    return [{n: str(v) for n, v in row.items()} for row in rows if isinstance(row, dict)]


def _numbers(said: Any) -> set[int]:
    return {n for n in said if isinstance(n, int)} if isinstance(said, list) else set()
