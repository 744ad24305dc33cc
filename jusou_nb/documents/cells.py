"""A label and its value as a ruled form prints them, two pairs to a line."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from jusou_nb.fields import Item
from jusou_nb.values import Lexicon, show

_SHORT = 22
"""Characters that fit beside a label on half a line; longer values take the whole line."""


@dataclass(frozen=True, kw_only=True)
class Cell:
    """A label and its value; ``is_wide`` takes the whole line, ``is_thick`` is 国への報告事項."""

    label: str
    value: str
    is_wide: bool = False
    is_thick: bool = False


Line = tuple[Cell, ...]


def cell_of(box: Item, value: Any, lexicon: Lexicon, *, thick: bool = False) -> Cell:
    """Make the cell of a box."""
    text = show(box, value, lexicon)
    wide = box.lines > 1 or len(text) > _SHORT
    return Cell(label=box.label, value=text, is_wide=wide, is_thick=thick and box.reported)


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
