"""Tables of figures, as every report takes them: what was counted, and what adds up to what.

A count has a key, and the same key in two tables is the same count; whoever hides a figure in
one table thereby hides it in all. Keys are written ``intakes``, ``intakes/route=self``,
``intakes/month=2026-04``, ``intakes/route=self/month=2026-04``.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Cell:
    """A count.

    Attributes:
        key: What was counted.
        value: How many; None where there is no such figure (a programme not run), printed 「−」.
        is_guarded: Whether it counts people or their cases, so that a small one could give
            somebody away. Sittings, trainings, yen and inhabitants are not guarded.
    """

    key: str
    value: int | None
    is_guarded: bool = True


@dataclass(frozen=True)
class Rate:
    """A share or a quotient of two counts of the year, printed only where both of them are.

    Attributes:
        numerator: Key of the count above.
        denominator: Key of the count below; where it is 0 there is no rate (「−」).
        scale: What the quotient is multiplied with: 100 for a share, 100000 for inhabitants.
        decimals: Digits behind the point; halves are rounded up, as offices do.
        unit: Written behind the figure, such as ``%``.
    """

    numerator: str
    denominator: str
    scale: int = 100
    decimals: int = 1
    unit: str = "%"


@dataclass(frozen=True)
class Measure:
    """A figure about a group that is no count, such as the median of days.

    Attributes:
        value: The figure; None where the group is empty.
        base: Key of the count of the group; the figure is printed only where that is.
        decimals: Digits behind the point.
        unit: Written behind the figure.
    """

    value: float | None
    base: str
    decimals: int = 1
    unit: str = ""


Entry = Cell | Rate | Measure | str
"""What stands in a place of a table; a ``str`` is printed as it is."""


@dataclass(frozen=True)
class Equation:
    """``total`` = the sum of ``parts`` − the sum of ``less``; all are keys of counts.

    Attributes:
        total: The sum.
        parts: What adds up to it.
        less: What is taken off (繰越＋新規＋再開−終結−中断＝期末現在).
        tells: Whether it says something about every person counted if they all fall in one
            part (an issue, a route); months, say, do not.
    """

    total: str
    parts: tuple[str, ...]
    less: tuple[str, ...] = ()
    tells: bool = True


@dataclass(frozen=True)
class AtMost:
    """``lesser`` ≤ ``greater``, as anybody knows: no more households than persons."""

    lesser: str
    greater: str


@dataclass(frozen=True)
class Several:
    """Several answers a person: each part ≤ total, and parts do not add up to it.

    Attributes:
        total: Key of the number of those who answered.
        parts: Keys of the answers.
        is_complete: Whether everybody is in at least one part (未記入 is one of them), so
            that the parts come to no less than the total.
    """

    total: str
    parts: tuple[str, ...]
    is_complete: bool = False


Link = Equation | AtMost | Several


@dataclass(frozen=True)
class Row:
    """A line of a table: its heading and what stands in each column.

    A total is ruled off; what is reported to the state (国への報告事項) has the thick frame.
    """

    label: str
    entries: tuple[Entry, ...]
    is_total: bool = False
    is_thick: bool = False


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table of a report.

    Attributes:
        id: Short name, fixed over the years (``intakes_by_route``).
        title: Heading.
        definition: What counts and who counts, printed under the table.
        unit: 実世帯, 実人員, 延べ, 件 …
        counted_on: Which date decides, such as 相談受付日.
        source: Where the figures come from.
        columns: Headings, the first one over the headings of the rows.
        rows: The lines; each has one entry fewer than there are columns.
        links: What of it adds up, or bounds what.
        total: Key of the count of all in the table, if it has one: too small to be printed,
            the table becomes one line.
        several: Whether one person or case may stand in several rows (issues), so that shares
            exceed 100 %; said under the table.
    """

    id: str
    title: str
    definition: str
    unit: str
    counted_on: str
    source: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    links: tuple[Link, ...] = field(default=(), repr=False)
    total: str | None = None
    several: bool = False

    def cells(self) -> Iterator[Cell]:
        """Give the counts, row by row."""
        for row in self.rows:
            yield from (entry for entry in row.entries if isinstance(entry, Cell))
