"""How a record is laid out as its form: ruled headings, lines of boxes, tables of rows."""

import dataclasses
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from jusou_nb.checks import is_asked
from jusou_nb.documents.ages import age_text
from jusou_nb.documents.cells import Cell, Line, blank_cell, cell_of, lines, ticked
from jusou_nb.fields import Form, Item, Kind, Rows, children, get_item, items
from jusou_nb.forms import Household, Person
from jusou_nb.rules.masking import why_unlisted
from jusou_nb.rules.sharing import listed
from jusou_nb.values import Lexicon

if TYPE_CHECKING:
    from jusou_nb.documents.family_part import FamilyPart

_FEW = 8
"""Rows with no more boxes than this stand as one table; wider ones each as a block."""
_BLANK_ROWS = 5


@dataclass(frozen=True, kw_only=True)
class Style:
    """How boxes are printed.

    Attributes:
        has_ticks: Whether codes are listed whole, to be ticked, as on forms filled by hand.
        is_blank: Whether nothing is filled in and there is room to write.
        aged_on: The day of the consultation, at which ages are counted from dates of birth.
    """

    has_ticks: bool = False
    is_blank: bool = False
    aged_on: date | None = None


PLAIN = Style()
BLANK = Style(has_ticks=True, is_blank=True)


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
    """A ruled heading of the sheet with what stands under it.

    ``statement`` is what is signed under it; ``signed_on`` the day where it was.
    """

    title: str
    lines: tuple[Line, ...] = ()
    table: Table | None = None
    family: "FamilyPart | None" = None
    statement: str = ""
    signed_on: str = ""
    note: str = ""


def parts(
    record: Form, lexicon: Lexicon, style: Style = PLAIN, without: frozenset[str] = frozenset()
) -> tuple[Part, ...]:
    """Lay out a record: sections and tables in the order of the class, ``without`` some boxes."""
    tables = {entry.name: entry for entry in children(type(record))}
    sections = _sections(record, lexicon, style, without)
    placed: dict[str, Part] = {}
    for declared in dataclasses.fields(record):
        if declared.name in tables:
            entry = tables[declared.name]
            placed[f"rows of {entry.name}"] = _rows_part(record, entry, lexicon, style)
        elif (title := sections.of_box.get(declared.name)) is not None:
            placed.setdefault(title, Part(title=title, lines=lines(sections.cells[title])))
    return tuple(placed.values())


@dataclass(frozen=True, kw_only=True)
class _Sections:
    of_box: dict[str, str]
    cells: dict[str, list[Cell]]


def _sections(record: Form, lexicon: Lexicon, style: Style, without: frozenset[str]) -> _Sections:
    found = _Sections(of_box={}, cells={})
    for box in items(type(record)):
        if box.name not in without and _is_printed(record, box, style):
            title = found.of_box[box.name] = box.section or record.title
            found.cells.setdefault(title, []).append(_cell(record, box, lexicon, style))
    return found


def _is_printed(record: Form, box: Item, style: Style) -> bool:
    """Whether a box stands on the sheet; on a blank all may be asked for, by whoever fills it."""
    return style.is_blank or is_asked(record, box)


def _rows_part(record: Form, entry: Rows, lexicon: Lexicon, style: Style) -> Part:
    rows = (entry.form(),) * _BLANK_ROWS if style.is_blank else _shown(record, entry.name)
    return Part(title=entry.section or entry.label, table=_table(entry.form, rows, lexicon, style))


def _shown(record: Form, table: str) -> tuple[Form, ...]:
    """Give the rows of a table; of a household's people its members only."""
    rows: tuple[Form, ...] = getattr(record, table)
    return record.own_members if isinstance(record, Household) else rows


def _cell(record: Form, box: Item, lexicon: Lexicon, style: Style) -> Cell:
    if style.is_blank:
        return blank_cell(box, lexicon)
    value = getattr(record, box.name)
    cell = cell_of(box, value, lexicon, thick=True)
    person = record if isinstance(record, Person) else None
    if not listed(box, person):
        return replace(cell, value=f"（{why_unlisted(box)}）", is_wide=False)
    if person is not None and box.kind is Kind.AGE:
        return replace(cell, value=_age(person, cell.value, style.aged_on))
    return ticked(cell, box, value, lexicon) if style.has_ticks else cell


def _age(person: Person, stated: str, day: date | None) -> str:
    """Write the age at the consultation where the birth is known, else as it was stated."""
    if day is None or person.birth is None:
        return stated
    return f"{age_text(person, day)}（相談受付日現在）"


def _table(
    form: type[Form], rows: tuple[Form, ...], lexicon: Lexicon, style: Style = PLAIN
) -> Table:
    boxes = items(form)
    if len(boxes) > _FEW:
        blocks = ((f"{form.title} {n}", row) for n, row in enumerate(rows, start=1))
        return Table(blocks=tuple((n, tuple(_block(row, lexicon, style))) for n, row in blocks))
    plain = replace(style, has_ticks=False)
    return Table(
        head=tuple(box.label for box in boxes),
        widths=tuple(_width(box) for box in boxes),
        thick=frozenset(place for place, box in enumerate(boxes) if box.reported),
        rows=tuple(_row(row, boxes, lexicon, plain) for row in rows),
    )


def _row(row: Form, boxes: tuple[Item, ...], lexicon: Lexicon, style: Style) -> tuple[str, ...]:
    if style.is_blank:
        return ("",) * len(boxes)
    return tuple(_cell(row, box, lexicon, style).value for box in boxes)


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


def _block(row: Form, lexicon: Lexicon, style: Style) -> Iterator[Line]:
    asked = [box for box in items(type(row)) if _is_printed(row, box, style)]
    yield from lines(_cell(row, box, lexicon, style) for box in asked)


def cells_of(
    record: Form, names: Iterable[str], lexicon: Lexicon, style: Style = PLAIN
) -> list[Cell]:
    """Write some boxes of a record, in the order given."""
    boxes = (get_item(type(record), name) for name in names)
    return [_cell(record, b, lexicon, style) for b in boxes if _is_printed(record, b, style)]
