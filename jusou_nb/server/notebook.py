"""GET notebook: the desk's notebook, for a server whose folder has none yet."""

import json

from tornado.web import authenticated

from jusou_nb.errors import NotFound
from jusou_nb.runner import templates
from jusou_nb.server.handler import Room

_DESK = "desk"


class Notebook(Room):
    """Answers with the notebook's content; it holds no record."""

    @authenticated
    def get(self) -> None:
        """Give the notebook as it was installed.

        Raises:
            NotFound: It is not installed.
        """
        source = templates.every().get(_DESK)
        if source is None:
            raise NotFound("画面のノートブック（desk）がありません。入れ直してください")
        self.finish(json.loads(source.read_text(encoding="utf-8")))
