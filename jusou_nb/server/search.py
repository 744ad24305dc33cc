"""POST search: what answers to a few words. POST, so that no word of it stands in a log."""

from typing import Any

from tornado.web import authenticated

from jusou_nb import settings
from jusou_nb.server.handler import Room
from jusou_nb.store import Store
from jusou_nb.store.search import found_by


class Search(Room):
    """Answers with groups of lines; each says what matched and where it opens on the desk."""

    work = "search"

    @authenticated
    async def post(self) -> None:
        """Look for ``words`` in ``store`` (without one: the server's)."""
        said = self.said()
        words = str(said.get("words") or "")

        def look(store: Store) -> dict[str, Any]:
            return found_by(store, words, today=settings.today())

        self.finish(await self.ask(said.get("store"), look))
