"""One record as its paper form: every box of the class, in the order of the class.

A sheet stays at the desk. Even so whoever told us and the whereabouts of a person under
秘匿 are left off: paper lies about.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from jusou_nb.checks import is_asked
from jusou_nb.documents.cells import Cell, Line, cell_of, lines
from jusou_nb.documents.paper import Identity, PaperKind, Section, print_section
from jusou_nb.errors import NotFound
from jusou_nb.fields import Form, Item, children, items
from jusou_nb.forms import Household, Intake, Person, by_table
from jusou_nb.forms.intake import IntakeVariant
from jusou_nb.rules.sharing import listed
from jusou_nb.store import Store, papers, queries
from jusou_nb.values import MASKED, Lexicon

OFFICE = "office"
_TOLD = "（情報源のため掲載なし）"
_FEW = 8
"""Rows with no more boxes than this stand as one table; wider ones each as a block."""


@dataclass(frozen=True, kw_only=True)
class Table:
    """Rows of a form: as one table (``head`` and ``rows``), or a block a row."""

    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    blocks: tuple[tuple[str, tuple[Line, ...]], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Part:
    """A ruled heading of the sheet with what stands under it."""

    title: str
    lines: tuple[Line, ...] = ()
    table: Table | None = None


def sheet(store: Store, form_name: str, record_id: int, *, made_on: str) -> Section:
    """Print one record as its form.

    Raises:
        NotFound: There is no such form or record.
    """
    form = by_table(form_name)
    if form is None:
        raise NotFound(f"様式「{form_name}」はありません。様式の名前を確かめてください")
    record = store.load(form, record_id)
    identity = Identity(
        kind=PaperKind.SHEET,
        title=title_of(record),
        subject=(form.table, record_id),
        recipient=OFFICE,
        basis="",
        place=queries.last_change(store, papers.shown_of_record(store, form, record_id)),
    )
    values = {
        "title": title_of(record),
        "facts": lines(_about(store, record)),
        "parts": [*parts(record, store.lexicon()), *_household(store, record)],
        "has_thick": any(box.reported for box in items(form)),
        "municipality": store.profile.municipality,
        "office": store.profile.office,
        "made_on": made_on,
    }
    return print_section("sheet", title_of(record), values, identity)


_VARIANTS = {
    IntakeVariant.WITH_CONSENT: "【本人同意あり】",
    IntakeVariant.WITHOUT_CONSENT: "【本人同意なし】",
    None: "【本人同意　未確認】",
}


def title_of(record: Form) -> str:
    """Give the name of the paper; the intake has two variants."""
    return record.title + (_VARIANTS[record.variant] if isinstance(record, Intake) else "")


def parts(record: Form, lexicon: Lexicon) -> tuple[Part, ...]:
    """Lay out a record: its sections in the order of the class, then its tables."""
    sections: dict[str, list[Cell]] = {}
    for box in items(type(record)):
        if is_asked(record, box):
            sections.setdefault(box.section or record.title, []).append(_cell(record, box, lexicon))
    plain = [Part(title=title, lines=lines(cells)) for title, cells in sections.items()]
    tables = [
        Part(title=entry.section or entry.label,
             table=_table(entry.form, getattr(record, entry.name), lexicon))
        for entry in children(type(record))
    ]  # fmt: skip
    return (*plain, *tables)


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
            rows=tuple(tuple(_cell(row, b, lexicon).value for b in boxes) for row in rows),
        )
    return Table(
        blocks=tuple(
            (f"{form.title} {place}", tuple(_block(row, lexicon)))
            for place, row in enumerate(rows, start=1)
        )
    )


def _block(row: Form, lexicon: Lexicon) -> Iterator[Line]:
    asked = [box for box in items(type(row)) if is_asked(row, box)]
    yield from lines(_cell(row, box, lexicon) for box in asked)


def _household(store: Store, record: Form) -> tuple[Part, ...]:
    """The intake sheet brings the household and the client with it."""
    if not isinstance(record, Intake) or record.household_id is None:
        return ()
    return parts(store.load(Household, record.household_id), store.lexicon())


def _about(store: Store, record: Form) -> Iterator[Cell]:
    """Say whose record it is, where the form itself has no box for it."""
    links: dict[str, Any] = {name: getattr(record, name, None) for name in _WHO}
    about = papers.about(store, **links)
    if about is None or isinstance(record, Household):
        return
    yield Cell(label="本人", value=about.name)
    if not isinstance(record, Intake):
        yield Cell(label="受付番号", value=about.number)


_WHO = ("client_id", "person_id", "case_id")
