"""The addresses of the server's room: one line each."""

from typing import Any

from jupyter_server.utils import url_path_join

from jusou_nb.server.alike import Alike
from jusou_nb.server.drafts import Drafts
from jusou_nb.server.handler import Room
from jusou_nb.server.notebook import Notebook
from jusou_nb.server.search import Search
from jusou_nb.server.start import Start
from jusou_nb.server.today import Today

HANDLERS: list[tuple[str, type[Room]]] = [
    ("start", Start),
    ("today", Today),
    ("notebook", Notebook),
    ("drafts", Drafts),
    ("alike", Alike),
    ("search", Search),
]
"""What is asked under ``{base_url}jusou/``, and who answers."""


def add_handlers(web_app: Any) -> None:
    """Let the server answer our addresses."""
    base = web_app.settings["base_url"]
    rules = [(url_path_join(base, "jusou", path), handler) for path, handler in HANDLERS]
    web_app.add_handlers(".*$", rules)
