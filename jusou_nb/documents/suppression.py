"""Figures for readers outside the office: what is printed, and what is an x.

A count below the town's ``publish_from`` is an x, and so is every other figure by which it
could be worked out, in all tables of the year at once and beside every earlier report. See
``docs/suppression.md`` for the rule in words, and ADR 14 for why it is made so.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from jusou_nb.documents.suppression_choice import hide_all
from jusou_nb.documents.suppression_links import Name, System, counts, name_of, system
from jusou_nb.tables import Cell, Entry, Measure, Rate, Table

HIDDEN, NONE = "x", "−"


@dataclass(frozen=True, kw_only=True)
class Published:
    """The tables of a report and what of them is printed.

    It holds the true figures: it stays in the office and is kept for the next report's sake.

    Attributes:
        tables: As counted.
        threshold: Counts below are hidden; 0 or 1 hides nothing (``internal``).
        hidden: Keys of the counts that are an x.
        told: Keys of hidden counts that earlier reports have told already.
    """

    tables: tuple[Table, ...]
    threshold: int
    hidden: frozenset[str] = frozenset()
    told: frozenset[str] = frozenset()
    values: dict[str, int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Look the counts up once."""
        object.__setattr__(self, "values", counts(self.tables))

    def is_hidden(self, entry: Entry) -> bool:
        """Whether an entry is an x: itself, or a count that it is made of."""
        if isinstance(entry, Cell):
            return entry.key in self.hidden
        if isinstance(entry, Rate):
            return not self.hidden.isdisjoint((entry.numerator, entry.denominator))
        return isinstance(entry, Measure) and entry.base in self.hidden

    def is_line(self, table: Table) -> bool:
        """Whether a table is one line: neither its total nor any figure of it is printed."""
        if table.total not in self.hidden:
            return False
        return all(c.key in self.hidden or not c.value for c in table.cells() if c.is_guarded)

    def hidden_in(self, table: Table) -> int:
        """Count the x of a table."""
        return sum(self.is_hidden(entry) for row in table.rows for entry in row.entries)

    def grown_little(self, earlier: "Published") -> list[str]:
        """Give keys printed in both reports that grew by less than the threshold, not by 0.

        The growth is a small count of what came between, which no rule of one report sees.
        """
        both = self.printed() & earlier.printed()
        growth = {key: abs(self.values[key] - earlier.values[key]) for key in both}
        return sorted(key for key, by in growth.items() if 0 < by < self.threshold)

    def printed(self) -> set[str]:
        """Give the keys of the guarded counts that stand in the report."""
        tables = [table for table in self.tables if not self.is_line(table)]
        cells = [cell for table in tables for cell in table.cells()]
        return {c.key for c in cells if c.is_guarded and c.value is not None} - self.hidden


def publish(
    tables: Sequence[Table], threshold: int, earlier: Sequence[Published] = ()
) -> Published:
    """Decide what of a year's tables is printed, all of them together.

    Args:
        tables: Every table of the report.
        threshold: The town's ``publish_from``; 0 or 1 prints everything.
        earlier: Every report with figures of the same year that is already out.

    Raises:
        PaperError: Something does not add up as its table says.
    """
    counts(tables)
    if threshold <= 1:
        return Published(tables=tuple(tables), threshold=threshold)
    whole = system([tables, *(report.tables for report in earlier)], threshold)
    out = frozenset().union(*(_names(report, report.printed()) for report in earlier))
    kept = frozenset().union(*(_names(report, report.hidden) for report in earlier))
    hidden, told = hide_all(whole, threshold, kept, out)
    return Published(
        tables=tuple(tables),
        threshold=threshold,
        hidden=_keys(tables, hidden),
        told=_keys(tables, told),
    )


def _names(report: Published, keys: Iterable[str]) -> set[Name]:
    return {name_of(key, report.values[key]) for key in keys}


def _keys(tables: Sequence[Table], names: frozenset[Name]) -> frozenset[str]:
    return frozenset(key for key, value in counts(tables).items() if name_of(key, value) in names)


__all__ = ["HIDDEN", "NONE", "Published", "System", "publish"]
