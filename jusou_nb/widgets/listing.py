"""A table to look through and choose from: sortable, dense, dates in 和暦."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import anywidget
import traitlets

from jusou_nb.dates import wareki
from jusou_nb.widgets.parts import HERE


@dataclass(frozen=True)
class Cell:
    """A cell: its text, a hint, what it is sorted by, whether a chip, whether struck through."""

    text: str
    title: str = ""
    sort: str = ""
    chip: str = ""
    struck: bool = False


def day_cell(day: date | None) -> Cell:
    """Write a day in 和暦, the western date as its hint."""
    if day is None:
        return Cell("")
    return Cell(wareki(day), title=day.isoformat(), sort=day.isoformat())


class Listing(anywidget.AnyWidget):  # type: ignore[misc] # anywidget carries no types
    """Rows of cells under headings; the first cell of a row chooses it."""

    _esm = HERE / "listing.js"
    caption = traitlets.Unicode().tag(sync=True)
    headings = traitlets.List(traitlets.Unicode()).tag(sync=True)
    rows = traitlets.List().tag(sync=True)
    empty = traitlets.Unicode("まだありません。").tag(sync=True)
    can_choose = traitlets.Bool(default_value=True).tag(sync=True)

    def __init__(
        self,
        caption: str,
        headings: Sequence[str],
        choose: Callable[[int], None] | None = None,
        *,
        empty: str = "まだありません。",
    ) -> None:
        """Name the table and its columns; ``choose`` gets the id of the row chosen."""
        super().__init__(
            caption=caption,
            headings=list(headings),
            empty=empty,
            can_choose=choose is not None,
        )
        self._choose = choose
        self._ids: list[int] = []
        self.on_msg(self._heard)

    def fill(self, rows: Sequence[tuple[int, Sequence[Cell]]]) -> None:
        """Show these rows; each has the id that choosing it gives."""
        self._ids = [row_id for row_id, _ in rows]
        self.rows = [[asdict(cell) for cell in cells] for _, cells in rows]

    def texts(self) -> list[list[str]]:
        """The texts of the rows as they stand."""
        return [[cell["text"] for cell in row] for row in self.rows]

    def choose(self, place: int) -> None:
        """Choose the row at a place, counted from 0 in the order given."""
        if self._choose is not None and 0 <= place < len(self._ids):
            self._choose(self._ids[place])

    def _heard(self, _widget: Any, content: Any, _buffers: Any) -> None:
        if isinstance(content, dict) and isinstance(content.get("choose"), int):
            self.choose(content["choose"])
