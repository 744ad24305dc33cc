"""What somebody says about a ledger beside the file itself: columns, values, cells."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Self

from jusou_nb.casework.ledger_columns import Place, code_of, places
from jusou_nb.casework.ledger_read import Row, Table
from jusou_nb.spelling import squeeze
from jusou_nb.store import Store, batches

_CHOSEN = "chosen"


@dataclass(frozen=True, kw_only=True)
class Choices:
    """What was chosen, to be said again of the next file; cells are of one file only.

    Attributes:
        columns: The box (:func:`code_of`) by heading; nothing: no box, it is kept as other.
        values: By box, what a text stands for: the label of one of its options, or nothing.
        cells: Corrected texts by line and place of the column.
        new: The headings that were matched just now, not remembered.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    cells: Mapping[tuple[int, int], str] = field(default_factory=dict)
    new: frozenset[str] = frozenset()

    def column(self, heading: str, code: str) -> Self:
        """Say which box a heading means."""
        key = squeeze(heading)
        return replace(self, columns={**self.columns, key: code}, new=self.new | {key})

    def fresh(self, heading: str) -> bool:
        """Whether a heading was matched just now."""
        return squeeze(heading) in self.new

    def value(self, code: str, text: str, label: str | None) -> Self:
        """Say what a text in a box stands for; None: what it says itself."""
        others = {t: said for t, said in self.values.get(code, {}).items() if t != squeeze(text)}
        of_box = others if label is None else {**others, squeeze(text): label}
        return replace(self, values={**self.values, code: of_box})

    def cell(self, line: int, index: int, text: str) -> Self:
        """Correct a cell."""
        return replace(self, cells={**self.cells, (line, index): text})

    def instead(self) -> dict[Place, Mapping[str, str]]:
        """Give what texts stand for, by box."""
        return {p: self.values[code_of(p)] for p in places() if code_of(p) in self.values}

    def corrected(self, table: Table) -> Table:
        """Give the table with the corrected cells in it."""
        lines = {line for line, _ in self.cells}
        rows = tuple(self._row(row) if row.line in lines else row for row in table.rows)
        return replace(table, rows=rows)

    def _row(self, row: Row) -> Row:
        new = {index: text for (line, index), text in self.cells.items() if line == row.line}
        return replace(
            row,
            texts=tuple(new.get(i, text) for i, text in enumerate(row.texts)),
            values=tuple(new.get(i, value) for i, value in enumerate(row.values)),
        )

    def stored(self) -> dict[str, Any]:
        """Give what is kept with a batch, as JSON values; nothing where nothing was chosen."""
        if not (self.columns or self.values):
            return {}
        values = {code: dict(said) for code, said in self.values.items()}
        return {_CHOSEN: {"columns": dict(self.columns), "values": values}}


AS_WRITTEN = Choices()
"""Nothing chosen: headings and values mean what they say."""


def remembered(store: Store) -> Choices:
    """Give what was chosen at earlier imports; of two answers the later one holds."""
    columns: dict[str, str] = {}
    values: dict[str, dict[str, str]] = {}
    for batch in reversed(batches.every(store)):
        said = batch.report.get(_CHOSEN, {}) if batch.withdrawn_at is None else {}
        columns |= said.get("columns", {})
        for code, texts in said.get("values", {}).items():
            values.setdefault(code, {}).update(texts)
    return Choices(columns=columns, values=values)
