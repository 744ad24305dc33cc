"""How a record is laid out as its form: ruled headings, lines of boxes, tables of rows."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from jusou_nb.checks import is_asked
from jusou_nb.documents.cells import Cell, Line, cell_of, lines
from jusou_nb.fields import Form, Item, Kind, children, get_item, items
from jusou_nb.forms import Household, Person
from jusou_nb.rules.sharing import listed
from jusou_nb.values import MASKED, Lexicon

if TYPE_CHECKING:
    from jusou_nb.documents.family_part import FamilyPart

_TOLD = "（情報源のため掲載なし）"
_FEW = 8
"""Rows with no more boxes than this stand as one table; wider ones each as a block."""


@dataclass(frozen=True, kw_only=True)
class Table:
    """Rows of a form: as one table (``head`` and ``rows``), or a block a row.

    ``thick`` are the places of columns that are 国への報告事項; ``widths`` name how wide each
    column stands, as the print style calls it ("" takes what is left).
    """

    head: tuple[str, ...] = ()
    widths: tuple[str, ...] = ()
    thick: frozenset[int] = frozenset()
    rows: tuple[tuple[str, ...], ...] = ()
    blocks: tuple[tuple[str, tuple[Line, ...]], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Part:
    """A ruled heading of the sheet with what stands under it."""

    title: str
    lines: tuple[Line, ...] = ()
    table: Table | None = None
    family: "FamilyPart | None" = None


def parts(record: Form, lexicon: Lexicon) -> tuple[Part, ...]:
    """Lay out a record: its sections in the order of the class, then its tables."""
    sections: dict[str, list[Cell]] = {}
    for box in items(type(record)):
        if is_asked(record, box):
            sections.setdefault(box.section or record.title, []).append(_cell(record, box, lexicon))
    plain = [Part(title=title, lines=lines(cells)) for title, cells in sections.items()]
    tables = [
        Part(title=entry.section or entry.label,
             table=_table(entry.form, _shown(record, entry.name), lexicon))
        for entry in children(type(record))
    ]  # fmt: skip
    return (*plain, *tables)


def _shown(record: Form, table: str) -> tuple[Form, ...]:
    """Give the rows of a table; of a household's people its members only."""
    return record.own_members if isinstance(record, Household) else getattr(record, table)


def _cell(record: Form, box: Item, lexicon: Lexicon) -> Cell:
    cell = cell_of(box, getattr(record, box.name), lexicon, thick=True)
    person = record if isinstance(record, Person) else None
    if listed(box, person):
        return cell
    hidden = MASKED if box.masked else _TOLD
    return replace(cell, value=hidden, is_wide=False)


def _table(form: type[Form], rows: tuple[Form, ...], lexicon: Lexicon) -> Table:
    boxes = items(form)
    if len(boxes) <= _FEW:
        return Table(
            head=tuple(box.label for box in boxes),
            widths=tuple(_width(box) for box in boxes),
            thick=frozenset(place for place, box in enumerate(boxes) if box.reported),
            rows=tuple(tuple(_cell(row, b, lexicon).value for b in boxes) for row in rows),
        )
    return Table(
        blocks=tuple(
            (f"{form.title} {place}", tuple(_block(row, lexicon)))
            for place, row in enumerate(rows, start=1)
        )
    )


_WIDTHS = {
    Kind.DATE: "date",
    Kind.PARTIAL_DATE: "date",
    Kind.MOMENT: "when",
    Kind.FLAG: "box",
    Kind.NUMBER: "sex",
}
_REF_WIDTHS = {"agencies": "agency", "persons": "age"}


def _width(box: Item) -> str:
    """Give a box that is always short the room it needs; sentences get the rest."""
    return _REF_WIDTHS.get(box.ref or "", _WIDTHS.get(box.kind, ""))


def _block(row: Form, lexicon: Lexicon) -> Iterator[Line]:
    asked = [box for box in items(type(row)) if is_asked(row, box)]
    yield from lines(_cell(row, box, lexicon) for box in asked)


def cells_of(record: Form, names: Iterable[str], lexicon: Lexicon) -> list[Cell]:
    """Write some boxes of a record, in the order given."""
    boxes = (get_item(type(record), name) for name in names)
    return [_cell(record, box, lexicon) for box in boxes if is_asked(record, box)]
