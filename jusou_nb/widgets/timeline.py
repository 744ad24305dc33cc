"""時間の流れ on the client's page: sent once, sifted in the browser while somebody types."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import anywidget
import traitlets as t

from jusou_nb.dates import PartialDate, wareki
from jusou_nb.store.timeline import Line
from jusou_nb.widgets.parts import esm

AT_FIRST = 200
"""So many lines are sent at first, the newest; the rest when it is asked for."""
Open = Callable[[Line], None]


class Timeline(anywidget.AnyWidget):  # type: ignore[misc] # the library is untyped
    """Lines in the order of time; kind, person, words and days choose among them."""

    _esm = esm("dom.js", "timeline.js")
    lines = t.List().tag(sync=True)
    kinds = t.List(t.Unicode()).tag(sync=True)
    people = t.List(t.Unicode()).tag(sync=True)
    older = t.Int(0).tag(sync=True)

    def __init__(self, open_line: Open) -> None:
        """Start blank; ``open_line`` gets the line that was chosen."""
        super().__init__()
        self._open_line = open_line
        self.found: tuple[Line, ...] = ()
        self._names: Mapping[int, str] = {}
        self._sent = AT_FIRST
        self.on_msg(lambda _widget, content, _buffers: self._hear(content))

    def fill(self, found: Sequence[Line], kinds: Sequence[str], names: Mapping[int, str]) -> None:
        """Show these lines, the newest first.

        Args:
            found: The lines.
            kinds: All kinds, in the order in which they are offered.
            names: What people are called, by id.
        """
        before, self.found, self._names = self.found, tuple(found), names
        used = {line.kind for line in found}
        whose = dict.fromkeys(names.get(line.person_id or 0, "") for line in found)
        with self.hold_sync():
            self.kinds = [kind for kind in kinds if kind in used]
            self.people = [name for name in whose if name]
            if self.found != before:
                self._tell()

    def show_older(self) -> None:
        """Send the older lines as well."""
        self._sent = len(self.found)
        self._tell()

    def choose(self, place: int) -> None:
        """Open the record of a line, counted from 0 in the order of the lines."""
        if 0 <= place < len(self.found):
            self._open_line(self.found[place])

    def of_kind(self, kind: str) -> list[int]:
        """Give the places of the lines of a kind."""
        return [place for place, line in enumerate(self.found) if line.kind == kind]

    def _tell(self) -> None:
        self.lines = [self._said(line) for line in self.found[: self._sent]]
        self.older = max(len(self.found) - self._sent, 0)

    def _said(self, line: Line) -> dict[str, Any]:
        said = {
            "day": line.day,
            "when": " ".join(part for part in (_in_words(line.day), line.clock) if part),
            "kind": line.kind,
            "words": line.words,
            "whose": self._names.get(line.person_id or 0, ""),
        }
        return said if line.struck_because is None else {**said, "struck": line.struck_because}

    def _hear(self, content: Any) -> None:
        if not isinstance(content, dict):
            return
        if isinstance(content.get("open"), int):
            self.choose(content["open"])
        elif content.get("older"):
            self.show_older()


def _in_words(day: str) -> str:
    return wareki(PartialDate.from_iso(day)) if day else "日付なし"
