"""A table of figures as a page prints it, as ``figures.json`` holds it, and as rows of a sheet."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from jusou_nb.documents.paper import Section, print_section
from jusou_nb.documents.suppression import HIDDEN, NONE, Published
from jusou_nb.tables import Cell, Entry, Measure, Rate, Row, Table

Value = int | float | str | None
_LONG = 10
"""Rows from which on a page names those that are all 0 on one line."""


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What is printed in a place of a table.

    Attributes:
        text: As on paper: ``1,234``, ``56.7%``, ``x``, ``−``, or words.
        value: The number (a share as 56.7, not 0.567); ``x`` where hidden, None where there is
            none, or the words.
        decimals: Digits behind the point.
        is_number: Whether it stands to the right, with the numbers, x and − among them.
    """

    text: str
    value: Value
    decimals: int = 0
    is_number: bool = True

    @property
    def is_hidden(self) -> bool:
        """Whether it is an x."""
        return self.is_number and self.value == HIDDEN

    @property
    def is_nothing(self) -> bool:
        """Whether it is 0, or no figure."""
        return self.is_number and not self.value


@dataclass(frozen=True, kw_only=True)
class ShownRow:
    """A line of a table as printed; a total is ruled off, some have the thick frame."""

    label: str
    entries: tuple[Shown, ...]
    is_total: bool = False
    is_thick: bool = False

    @property
    def is_nothing(self) -> bool:
        """Whether all its figures are 0; a line of 「−」 alone is not."""
        is_zero = any(entry.value == 0 for entry in self.entries)
        is_plain = not (self.is_total or self.is_thick)
        return is_zero and is_plain and all(e.is_nothing for e in self.entries)


@dataclass(frozen=True, kw_only=True)
class ShownTable:
    """A table as printed: what its reader may see, and nothing else.

    Attributes:
        id: Short name.
        title: Heading.
        definition: What counts and who counts.
        unit: 実世帯, 実人員, 延べ, 件 …
        columns: Headings, the first over the headings of the rows.
        rows: The lines; a table too small to be shown has one.
        notes: What stands under it.
        is_line: Whether it is too small to be shown.
    """

    id: str
    title: str
    definition: str
    unit: str
    columns: tuple[str, ...]
    rows: tuple[ShownRow, ...]
    notes: tuple[str, ...]
    is_line: bool = False

    @property
    def nothing(self) -> tuple[str, ...]:
        """Headings of the lines that a page names together as 0: those of a long table."""
        if len(self.rows) < _LONG:
            return ()
        return tuple(row.label for row in self.rows if row.is_nothing)

    @property
    def told(self) -> tuple[ShownRow, ...]:
        """The lines that a page prints each by itself."""
        if not self.nothing:
            return self.rows
        return tuple(row for row in self.rows if not row.is_nothing)

    @property
    def hidden(self) -> tuple[tuple[int, int], ...]:
        """Row and column (from 0, the headings of the rows being column 0) of every x."""
        return tuple(
            (down, across)
            for down, row in enumerate(self.rows)
            for across, shown in enumerate(row.entries, 1)
            if shown.is_hidden
        )


def shown_table(report: Published, table: Table) -> ShownTable:
    """Give a table as its readers see it."""
    is_line = report.is_line(table)
    rows = (_line(),) if is_line else tuple(_row(report, row) for row in table.rows)
    return ShownTable(
        id=table.id,
        title=table.title,
        definition=table.definition,
        unit=table.unit,
        columns=("", table.unit or "件数") if is_line else table.columns,
        rows=rows,
        notes=_notes(report, table, is_line=is_line),
        is_line=is_line,
    )


def shown(report: Published, entry: Entry) -> Shown:
    """Give an entry as its readers see it."""
    if isinstance(entry, str):
        is_none = entry == NONE
        return Shown(text=entry, value=None if is_none else entry, is_number=is_none)
    if report.is_hidden(entry):
        return Shown(text=HIDDEN, value=HIDDEN)
    if isinstance(entry, Cell):
        return _number(entry.value, 0, "")
    if isinstance(entry, Measure):
        return _number(entry.value, entry.decimals, entry.unit)
    return _number(_quotient(report, entry), entry.decimals, entry.unit)


def as_json(report: Published, table: Table) -> dict[str, Any]:
    """Give a table as ``figures.json`` holds it.

    Rows are lists: heading, then numbers, ``"x"`` for a hidden one and null for none (「−」).
    ``suppressed`` lists row and column of every x, both from 0, the heading being column 0.
    """
    seen = shown_table(report, table)
    return {
        "id": seen.id,
        "title": seen.title,
        "definition": seen.definition,
        "unit": seen.unit,
        "counted_on": table.counted_on,
        "source": table.source,
        "notes": list(seen.notes),
        "columns": list(seen.columns),
        "rows": [[row.label, *(entry.value for entry in row.entries)] for row in seen.rows],
        "suppressed": [list(place) for place in seen.hidden],
    }


def section(report: Published, table: Table, *, chart: str = "") -> Section:
    """Print a table with what stands under it; ``chart`` is a ``data:`` address under it."""
    seen = shown_table(report, table)
    return print_section("figures_table", table.title, {"table": seen, "chart": chart})


def _line() -> ShownRow:
    hidden = Shown(text=HIDDEN, value=HIDDEN)
    return ShownRow(label="合計", entries=(hidden,), is_total=True)


def _row(report: Published, row: Row) -> ShownRow:
    entries = tuple(shown(report, entry) for entry in row.entries)
    return ShownRow(label=row.label, entries=entries, is_total=row.is_total, is_thick=row.is_thick)


def _number(value: float | Decimal | None, decimals: int, unit: str) -> Shown:
    if value is None:
        return Shown(text=NONE, value=None)
    rounded = _rounded(Decimal(str(value)), decimals)
    exact = float(rounded) if decimals else int(rounded)
    return Shown(text=f"{rounded:,}{unit}", value=exact, decimals=decimals)


def _rounded(value: Decimal, decimals: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def _quotient(report: Published, rate: Rate) -> Decimal | None:
    above, below = (report.values.get(key) for key in (rate.numerator, rate.denominator))
    if above is None or not below:
        return None
    return Decimal(above) * rate.scale / Decimal(below)


def _notes(report: Published, table: Table, *, is_line: bool) -> tuple[str, ...]:
    """Say what counts, when and from where, and what the marks mean that stand in the table."""
    facts = (("単位", table.unit), ("数える日", table.counted_on), ("出典", table.source))
    said = [table.definition, "　".join(f"{name}：{text}" for name, text in facts if text)]
    if table.several:
        said.append("一人・一件が二つ以上に当たることがあるため、内訳の計は合計と合いません。")
    if is_line:
        said.append("件数が少なく人が特定されるおそれがあるため、内訳を示していません。")
    elif report.hidden_in(table):
        said.append(
            f"x は、{report.threshold}未満の数か、差し引きでそれが分かってしまう数です。"
            "人が特定されないよう示していません。"
        )
    return tuple(text for text in said if text)
