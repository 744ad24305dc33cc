"""探す: one box that finds people, cases, notes and memos while one types."""

from collections.abc import Callable, Mapping
from typing import Any

import anywidget
import traitlets as t

from jusou_nb.errors import JusouError
from jusou_nb.store.search import found_by
from jusou_nb.widgets.parts import HERE, esm
from jusou_nb.widgets.session import Session

Found = Mapping[str, Any]
"""A line of what was found, as :class:`jusou_nb.store.search_hits.Hit` travels."""
HELP = "氏名・フリガナ・番号・電話・機関・課題・記録の言葉。2文字から"


class SearchBox(anywidget.AnyWidget):  # type: ignore[misc] # anywidget carries no types
    """A box and what answers to it. The browser asks the server; without one, the kernel.

    The words are in no trait: they are typed, looked for and forgotten.

    Attributes:
        store: The store's path; empty where it has none.
        label: What the box is called.
        support: What can be typed.
        focus_count: Rises when the keyboard is to go there.
        said: What is said under the box.
    """

    _esm = esm("server.js", "dom.js", "search.js")
    _css = (HERE / "search.css").read_text(encoding="utf-8")
    store = t.Unicode().tag(sync=True)
    label = t.Unicode().tag(sync=True)
    support = t.Unicode().tag(sync=True)
    focus_count = t.Int(0).tag(sync=True)
    said = t.Unicode().tag(sync=True)

    def __init__(
        self,
        session: Session,
        choose: Callable[[Found], None],
        *,
        label: str = "探す",
        support: str = HELP,
    ) -> None:
        """Look in the desk's store; ``choose`` gets the line that was chosen."""
        path = session.store.path
        named = f"{path.absolute()}" if path else ""
        super().__init__(store=named, label=label, support=support)
        self._session, self._choose = session, choose
        self.on_msg(self._heard)

    def focus(self) -> None:
        """Put the keyboard into the box."""
        self.focus_count += 1

    def look(self, words: str) -> dict[str, Any]:
        """Find what answers to the words, in the kernel; a refusal is a ``message``."""
        try:
            return found_by(self._session.store, words, today=self._session.today)
        except JusouError as fault:
            return {"message": f"{fault}"}

    def choose(self, found: Found) -> None:
        """Take a line, as a press or the Enter key does."""
        self.said = ""
        try:
            self._choose(found)
        except JusouError as fault:
            self.said = f"{fault}"

    def _heard(self, _widget: Any, content: Any, _buffers: Any) -> None:
        if not isinstance(content, dict):
            return
        if "ask" in content:
            self.send({"turn": content.get("turn"), **self.look(str(content["ask"]))})
        elif isinstance(content.get("choose"), dict):
            self.choose(content["choose"])
