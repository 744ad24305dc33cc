"""A table of which some rows are ticked, to do one thing with all of them."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import ipywidgets

from jusou_nb.widgets.listing import Cell, Listing
from jusou_nb.widgets.messages import button
from jusou_nb.widgets.session import markup, row

TICKED, UNTICKED = "ticked", "unticked"
"""Tones of a first cell that is drawn as a tick."""


class TickTable(ipywidgets.VBox):  # type: ignore[misc] # ipywidgets carries no types
    """Rows with a tick each; the first cell of a row is its label.

    Attributes:
        ticked: The ids of the rows that are ticked.
    """

    def __init__(
        self,
        caption: str,
        headings: Sequence[str],
        *,
        empty: str,
        changed: Callable[[], None] = lambda: None,
    ) -> None:
        """Name the table and its columns; ``changed`` is called when a tick was."""
        self.listing = Listing(caption, headings, self.turn, empty=empty)
        self.ticked: set[int] = set()
        self._rows: Sequence[tuple[int, Sequence[Cell]]] = ()
        self._changed = changed
        self._said = markup("")
        self._all = button("すべて選ぶ", self.tick_all)
        self._ways = row(self._all, button("選択を外す", self.clear), self._said)
        super().__init__([self._ways, self.listing])
        self.add_class("jusou-ticking")

    def fill(self, rows: Sequence[tuple[int, Sequence[Cell]]]) -> None:
        """Show these rows; of the ticks those stay whose rows do."""
        self._rows = rows
        self._tick(self.ticked & {row_id for row_id, _ in rows})

    def focus(self) -> None:
        """Put the keyboard at the head of the table."""
        self._all.focus()

    def turn(self, row_id: int) -> None:
        """Tick a row, or take its tick away."""
        self._tick(self.ticked ^ {row_id})

    def tick_all(self) -> None:
        """Tick every row."""
        self._tick({row_id for row_id, _ in self._rows})

    def clear(self) -> None:
        """Take every tick away."""
        self._tick(set())

    def _tick(self, ticked: set[int]) -> None:
        self.ticked = ticked
        self._ways.layout.display = "" if self._rows else "none"
        self._said.value = f"<span role='status'>{len(ticked)}件を選んでいます</span>"
        self.listing.fill([(row_id, self._drawn(row_id, cells)) for row_id, cells in self._rows])
        self._changed()

    def _drawn(self, row_id: int, cells: Sequence[Cell]) -> Sequence[Cell]:
        tone = TICKED if row_id in self.ticked else UNTICKED
        return [replace(cells[0], chip=tone), *cells[1:]]
