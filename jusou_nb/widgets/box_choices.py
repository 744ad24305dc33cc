"""Two records side by side, box by box: what each says, and which of them stays."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import anywidget
import traitlets

from jusou_nb.casework.merge_preview import BoxChoice
from jusou_nb.rules.joining import Take
from jusou_nb.widgets.parts import esm


@dataclass(frozen=True, kw_only=True)
class ChoiceRow:
    """A line: whose box and which, what both sides say, and what can be chosen.

    ``options`` are codes and words; a line without any tells, and nothing is chosen.
    """

    key: str
    label: str
    kept: str
    gone: str
    chosen: str
    options: tuple[tuple[str, str], ...]


class BoxChoices(anywidget.AnyWidget):  # type: ignore[misc] # anywidget carries no types
    """A table of two sides with a choice on each line."""

    _esm = esm("dom.js", "box_choices.js")
    caption = traitlets.Unicode().tag(sync=True)
    headings = traitlets.List(traitlets.Unicode()).tag(sync=True)
    rows = traitlets.List(traitlets.Dict()).tag(sync=True)

    def __init__(
        self, caption: str, headings: Iterable[str], choose: Callable[[str, str], None]
    ) -> None:
        """Name the table and its four columns; ``choose`` gets the line's key and the code."""
        super().__init__(caption=caption, headings=list(headings))
        self._choose = choose
        self.on_msg(self._heard)

    def fill(self, rows: Iterable[ChoiceRow]) -> None:
        """Show these lines."""
        self.rows = [
            {**vars(row), "options": [list(option) for option in row.options]} for row in rows
        ]
        self.layout.display = "" if self.rows else "none"

    def choose(self, key: str, code: str) -> None:
        """Choose for a line."""
        self._choose(key, code)

    def _heard(self, _widget: Any, content: Any, _buffers: Any) -> None:
        if isinstance(content, dict) and isinstance(content.get("key"), str):
            self.choose(content["key"], str(content.get("code")))


def rows_of(choices: Iterable[BoxChoice], words: Mapping[Take, str]) -> list[ChoiceRow]:
    """Write choices as lines; ``words`` say what each way is called here."""
    return [
        ChoiceRow(
            key=one.key,
            label=f"{one.whose}の{one.label}",
            kept=one.kept,
            gone=one.gone,
            chosen=one.take.value,
            options=tuple((take.value, words[take]) for take in one.options),
        )
        for one in choices
    ]
