"""Repeating rows of a form: members, attendees, roles, goals, decisions."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from ipywidgets import VBox

from jusou_nb import values
from jusou_nb.fields import Form, Rows, items
from jusou_nb.problems import Problem
from jusou_nb.widgets.boxes import BoxSet, Surroundings
from jusou_nb.widgets.controls import Box
from jusou_nb.widgets.parts import Bare, Press, RowHead

_OPEN = 4
"""A table of more rows is opened closed: one line a row, drawn when it is asked for."""
_TOLD = 4
"""So many boxes of a row are told in its one line."""


class RowBlock(Bare, VBox):  # type: ignore[misc] # the library is untyped
    """One row: its number, its boxes, and the button that takes it away or brings it back.

    A closed row has no controls yet; touching :attr:`boxes` draws them.
    """

    def __init__(self, record: Form, around: Surroundings) -> None:
        """Draw the one line of this row, closed."""
        self._record, self._around = record, around
        self._boxes: BoxSet | None = None
        self.head = RowHead("", closed=True)
        self.head.on_unfold(self.unfold)
        super().__init__([self.head])
        self.add_class("jusou-row")

    @property
    def boxes(self) -> BoxSet:
        """The controls of the row, drawn at the first touch."""
        if self._boxes is None:
            self._boxes = BoxSet(type(self._record), self._around)
            self._boxes.load(self._record)
            self.head.closed = False
            self.children = [self.head, *self._boxes.by_name.values()]
            self._around.redrawn()
        return self._boxes

    def unfold(self) -> None:
        """Draw the row and put the keyboard into it."""
        next(iter(self.boxes.by_name.values())).focus()

    @property
    def gone(self) -> bool:
        """Whether the worker took it away."""
        return bool(self.head.gone)

    def toggle(self) -> None:
        """Take it away, or bring it back."""
        self.head.support = self.tell()
        self.head.gone = not self.gone
        drawn = list(self._boxes.by_name.values()) if self._boxes else []
        self.children = [self.head] if self.gone else [self.head, *drawn]
        self.clear()

    @property
    def counts(self) -> bool:
        """Whether it becomes a row of the record."""
        return not self.gone and not (self._boxes and self._boxes.is_blank)

    def record(self) -> Form:
        """The row as it can be read now."""
        return self._boxes.record() if self._boxes else self._record

    def raw(self) -> dict[str, Any]:
        """What stands in the row; ``boxes`` is None where it was never drawn."""
        return {"id": self._record.id, "boxes": self._boxes.raw() if self._boxes else None}

    def plan(self) -> dict[str, Any]:
        """Name the models of its boxes; None where it was never drawn."""
        return {"id": self._record.id, "boxes": self._boxes.plan() if self._boxes else None}

    def unreadable(self) -> list[Problem]:
        """Name the boxes whose text cannot be a value."""
        return self._boxes.unreadable() if self._boxes else []

    def clear(self) -> None:
        """Take back the errors that were shown; all of them once the row is gone."""
        if self._boxes:
            self._boxes.clear()
            for box in self._boxes.by_name.values() if self.gone else ():
                box.error = ""

    def tell(self) -> str:
        """Write the row in one line: its first filled boxes."""
        record, lexicon = self.record(), self._around.lexicon
        texts = (
            values.show(box, getattr(record, box.name), lexicon) for box in items(type(record))
        )
        return "　".join([text for text in texts if text][:_TOLD])


class RowsEditor(Bare, VBox):  # type: ignore[misc] # the library is untyped
    """A repeating table of a form, with buttons to add and to take away rows.

    A blank row stands ready; a row left blank is no row of the record. A row that held
    something leaves a line with 元に戻す in its place until the form is registered.
    """

    def __init__(self, table: Rows, around: Surroundings) -> None:
        """Draw the table with one blank row."""
        self.table, self._around = table, around
        self._saved: dict[int, Form] = {}
        self.add_button = Press(f"{table.label}の行を追加", wide=True)
        self.add_button.on_click(self.add)
        super().__init__([])
        self.add_class("jusou-rows")
        self._show([])

    @property
    def blocks(self) -> tuple[RowBlock, ...]:
        """All rows as they stand, those taken away included."""
        return tuple(child for child in self.children if isinstance(child, RowBlock))

    def add(self) -> None:
        """Add a blank row and put the keyboard into it."""
        block = self._block(self.table.form())
        self._show([*self.blocks, block])
        block.unfold()
        self._around.changed()

    def load(self, records: tuple[Form, ...]) -> None:
        """Show these rows; a long table closed."""
        self._saved = {record.id: record for record in records if record.id is not None}
        blocks = [self._block(record) for record in records]
        for block in blocks if len(blocks) <= _OPEN else ():
            block.boxes.clear()
        self._show(blocks)

    def records(self) -> tuple[Form, ...]:
        """The rows as they can be read now."""
        return tuple(block.record() for block in self._counting())

    def raw(self) -> list[dict[str, Any]]:
        """What stands in the rows, readable or not, with the ids of those already saved."""
        return [block.raw() for block in self._counting()]

    def plan(self) -> list[dict[str, Any]]:
        """Name the models of the boxes of all rows that were not taken away."""
        return [block.plan() for block in self.blocks if not block.gone]

    def restore(self, raw: list[dict[str, Any]]) -> None:
        """Put back what :meth:`raw` gave; a saved row is found again by its id."""
        blocks = []
        for row in raw:
            block = self._block(self._saved.get(row["id"]) or self.table.form())
            if row["boxes"] is not None:
                block.boxes.restore(row["boxes"])
            blocks.append(block)
        self._show(blocks)

    def unreadable(self) -> Iterator[Problem]:
        """Name the boxes of all rows whose text cannot be a value."""
        for place, block in enumerate(self._counting()):
            for problem in block.unreadable():
                message = f"{self.table.label}の{place + 1}行目、{problem.message}"
                box = f"{self.table.name}.{place}.{problem.box}"
                yield replace(problem, message=message, box=box)

    def box(self, place: int, name: str) -> Box | None:
        """Find a box by the place of its row in :meth:`records`; a closed row opens."""
        counting = self._counting()
        return counting[place].boxes.by_name.get(name) if place < len(counting) else None

    def clear(self) -> None:
        """Take back the errors that were shown."""
        for block in self.blocks:
            block.clear()

    def _counting(self) -> list[RowBlock]:
        return [block for block in self.blocks if block.counts]

    def _block(self, record: Form) -> RowBlock:
        block = RowBlock(record, self._around)
        block.head.on_click(self._taker(block))
        return block

    def _taker(self, block: RowBlock) -> Callable[[], None]:
        def take() -> None:
            if block.counts or block.gone:
                block.toggle()
                self._show(list(self.blocks))
            else:
                self._show([other for other in self.blocks if other is not block])
                self.add_button.focus()
            self._around.changed()

        return take

    def _show(self, blocks: list[RowBlock]) -> None:
        """Show and number the rows; where there is none, a blank one stands ready."""
        if not blocks:
            blocks = [self._block(self.table.form())]
            blocks[0].boxes.clear()
        number = 0
        for block in blocks:
            number += not block.gone
            block.head.label = self.table.label if block.gone else self._name(number)
            block.head.support = block.tell() if block.gone or block.head.closed else ""
        self.children = [*blocks, self.add_button]
        self._around.redrawn()

    def _name(self, number: int) -> str:
        first = self.table.first if number == 1 else ""
        return f"{self.table.label} {number}" + (f"（{first}）" if first else "")
