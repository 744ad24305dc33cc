"""Parts of a page that the browser draws whole from one description: one model, many buttons."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import anywidget
import traitlets as t

from jusou_nb.widgets.parts import HERE, esm

Said = dict[str, Any]
"""What is sent to the browser: words, and the places of the acts that buttons do."""


class Acts:
    """What the buttons of a part do, by their place."""

    def __init__(self) -> None:
        """Start without any."""
        self.found: list[tuple[str, Callable[[], None]]] = []

    def add(self, words: str, do: Callable[[], None], **state: Any) -> Said:
        """Describe a button: its words, what it does, and how it looks."""
        self.found.append((words, do))
        return {"words": words, "act": len(self.found) - 1, **state}


class Drawn(anywidget.AnyWidget):  # type: ignore[misc] # the library is untyped
    """A part that ``case.js`` draws; ``kind`` says which of its drawings."""

    _esm = esm("dom.js", "case.js")
    _css = HERE / "case.css"
    kind = t.Unicode().tag(sync=True)
    said = t.Dict().tag(sync=True)

    def __init__(self, kind: str, guard: Callable[[Callable[[], None]], None]) -> None:
        """Start blank; ``guard`` runs what a button does, and says why where it cannot."""
        super().__init__(kind=kind)
        self.acts, self._guard = Acts(), guard
        self.on_msg(lambda _widget, content, _buffers: self._hear(content))

    def fill(self, describe: Callable[[Acts], Mapping[str, Any]]) -> None:
        """Draw what ``describe`` gives; the buttons of before do nothing any more."""
        self.acts = Acts()
        self.said = dict(describe(self.acts))

    def press(self, words: str) -> None:
        """Press the first button with these words."""
        self._guard(next(do for label, do in self.acts.found if label == words))

    @property
    def buttons(self) -> list[str]:
        """The words of all buttons."""
        return [label for label, _ in self.acts.found]

    @property
    def texts(self) -> list[str]:
        """Every word that is shown."""
        return list(_texts(self.said))

    def _hear(self, content: Any) -> None:
        place = content.get("act") if isinstance(content, dict) else None
        if isinstance(place, int) and 0 <= place < len(self.acts.found):
            self._guard(self.acts.found[place][1])


def _texts(said: Any) -> Iterator[str]:
    if isinstance(said, str):
        yield said
    elif isinstance(said, Mapping):
        for part in said.values():
            yield from _texts(part)
    elif isinstance(said, list | tuple):
        for part in said:
            yield from _texts(part)
