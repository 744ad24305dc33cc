"""A label and its value as a ruled form prints them, two pairs to a line."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from jusou_nb.documents.by_hand import TickLine, blank_text, tick_lines
from jusou_nb.fields import Item
from jusou_nb.values import Lexicon, show

_SHORT = 22
"""Characters that fit beside a label on half a line; longer values take the whole line."""
_WIDE, _PAGE = 38, 40
"""Characters on a whole line, and such lines on a page with its headings."""
_FEW_TICKS, _HALF = 3, 14
"""Codes, and full-width characters, that stand on half a line without a break."""


@dataclass(frozen=True, kw_only=True)
class Cell:
    """A label and its value; ``is_wide`` takes the whole line, ``is_thick`` is 国への報告事項.

    Attributes:
        label: What stands left.
        value: What stands right, in words.
        is_wide: Whether it takes the whole line.
        is_thick: Whether its frame is thick.
        ticks: All that can be chosen, printed in the place of the value.
        room: Lines to write on by hand; 0 where nothing is to be written.
    """

    label: str
    value: str
    is_wide: bool = False
    is_thick: bool = False
    ticks: tuple[TickLine, ...] = ()
    room: int = 0

    @property
    def is_long(self) -> bool:
        """Whether it is longer than a page, and must flow over its end."""
        return sum(1 + len(line) // _WIDE for line in self.value.splitlines()) > _PAGE


Line = tuple[Cell, ...]


def cell_of(box: Item, value: Any, lexicon: Lexicon, *, thick: bool = False) -> Cell:
    """Make the cell of a box."""
    text = show(box, value, lexicon)
    wide = box.lines > 1 or len(text) > _SHORT
    return Cell(label=box.label, value=text, is_wide=wide, is_thick=thick and box.reported)


def ticked(cell: Cell, box: Item, value: Any, lexicon: Lexicon) -> Cell:
    """Print all codes of a box in the place of those chosen; other boxes stay as they are."""
    ticks = tick_lines(box, value, lexicon)
    labels = [label for _, marks in ticks for _, label in marks]
    wide = len(labels) > _FEW_TICKS or sum(len(label) + 2 for label in labels) > _SHORT
    return replace(cell, ticks=ticks, is_wide=cell.is_wide or wide)


def blank_cell(box: Item, lexicon: Lexicon) -> Cell:
    """Make the cell of a box to be filled by hand."""
    text = blank_text(box)
    wide = box.lines > 1 or len(text) > _HALF
    cell = Cell(
        label=box.label, value=text, is_wide=wide, is_thick=box.reported, room=max(box.lines, 1)
    )
    return ticked(cell, box, None, lexicon)


def lines(cells: Iterable[Cell]) -> tuple[Line, ...]:
    """Put cells on lines: two short ones side by side, a wide one alone."""
    placed: list[Line] = []
    for cell in cells:
        before = placed[-1] if placed else ()
        if not cell.is_wide and len(before) == 1 and not before[0].is_wide:
            placed[-1] = (before[0], cell)
        else:
            placed.append((cell,))
    return tuple(placed)
