"""One view for every form class: its sections in the order of the paper, its rows, its errors."""

import dataclasses
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any, TypeVar

import traitlets as t
from ipywidgets import VBox

from jusou_nb.checks import check
from jusou_nb.errors import Invalid, JusouError
from jusou_nb.fields import Form, children, items
from jusou_nb.problems import Problem
from jusou_nb.values import Lexicon
from jusou_nb.widgets.boxes import BoxSet, Surroundings
from jusou_nb.widgets.controls import Box
from jusou_nb.widgets.drafts import DraftKeeper
from jusou_nb.widgets.help import help_for
from jusou_nb.widgets.parts import Heading, Summary
from jusou_nb.widgets.rows import RowsEditor

F = TypeVar("F", bound=Form)
LEGEND = "「※必須」は登録に要ります。太枠と「国報告」は国への報告事項です。"


class FormView(VBox):  # type: ignore[misc] # the library is untyped
    """A form on the screen.

    Args:
        form: The form class; it alone decides what is drawn.
        lexicon: The words of codes and ids.
        record: What to show at first; by default a blank form.
        today: The day on which ages are told.
        drafts: Where to keep what is being typed; None keeps nothing.
        key: Which record the view is about, for whoever holds several views.
        title: Its heading; by default the title of the form, "" for none.
        without: Names of boxes and row tables that are not drawn.

    Attributes:
        draft_status: 「下書き保存済 10:32:05」, or why it could not be kept.
        problem_count: How many problems are shown.
        base: What stood in the boxes when a record was loaded, as :meth:`boxes` gives it.
    """

    draft_status = t.Unicode()
    problem_count = t.Int(0)

    def __init__(
        self,
        form: type[F],
        lexicon: Lexicon,
        *,
        record: F | None = None,
        today: date,
        drafts: DraftKeeper | None = None,
        key: str = "new",
        title: str | None = None,
        without: frozenset[str] = frozenset(),
    ) -> None:
        """Draw the form, blank or with ``record``."""
        self.form, self.key, self.drafts = form, key, drafts
        self.base: dict[str, Any] = {}
        self._callbacks, self._redrawn = list[Callable[[], None]](), list[Callable[[], None]]()
        self._around = self._surroundings(lexicon, today)
        self.box_set = BoxSet(form, self._around, without=without)
        tables = [table for table in children(form) if table.name not in without]
        self.rows = {table.name: RowsEditor(table, self._around) for table in tables}
        heading = form.title if title is None else title
        self.summary = Summary(heading, support=LEGEND)
        self._problems: list[tuple[str, Box | None]] = []
        self._headings: list[tuple[Heading, list[Box]]] = []
        about = help_for(form) if heading else []
        super().__init__([self.summary, *about, *self._paper()], _dom_classes=("jusou-form",))
        if record is not None:
            self.load(record)
        self._show_headings()

    def _surroundings(self, lexicon: Lexicon, today: date) -> Surroundings:
        """Say what all boxes of this form share."""
        return Surroundings(
            lexicon=lexicon,
            today=today,
            changed=self._on_change,
            redrawn=self._on_redrawn,
        )

    def record(self) -> Form:
        """Give the record as it stands in the boxes, id, version and links as loaded.

        Raises:
            Invalid: Texts cannot be read, or boxes required for 登録 are drawn and empty;
                each problem names its box, those of rows as ``members.0.name``.
        """
        record = self.as_it_stands()
        unreadable = [*self.box_set.unreadable(), *self._unreadable_rows()]
        known = {problem.box for problem in unreadable}
        missing = [p for p in check(record) if p.box not in known and self._draws(p.box)]
        if unreadable or missing:
            raise Invalid([*unreadable, *missing])
        return record

    def as_it_stands(self) -> Form:
        """Give the record without asking whether it is complete; unreadable boxes are blank."""
        table: dict[str, Any] = {name: editor.records() for name, editor in self.rows.items()}
        return dataclasses.replace(self.box_set.record(), **table)

    def load(self, record: Form) -> None:
        """Show a record; what stood in the boxes is gone."""
        self.box_set.load(record)
        for name, editor in self.rows.items():
            editor.load(getattr(record, name))
        self.base = self.boxes()
        self.clear_problems()
        self._show_headings()

    def boxes(self) -> dict[str, Any]:
        """Give what stands in boxes and rows, readable or not, as JSON values by box."""
        rows = {name: raw for name, editor in self.rows.items() if (raw := editor.raw())}
        return {**self.box_set.raw(), **rows}

    def restore(self, boxes: dict[str, Any]) -> None:
        """Put back what :meth:`boxes` gave, over the record that is loaded."""
        self.box_set.restore(boxes)
        for name, editor in self.rows.items():
            editor.restore(boxes.get(name, []))
        self._show_headings()

    def plan(self) -> dict[str, Any]:
        """Name the models of all boxes, by box and by row, for whoever follows them."""
        rows = {name: editor.plan() for name, editor in self.rows.items()}
        return {"boxes": self.box_set.plan(), "rows": rows}

    def take(self, name: str, value: Any) -> None:
        """Put a value into a box, or rows into a table."""
        if name in self.rows:
            self.put_rows(name, value)
        else:
            self.box_set.by_name[name].value = value

    def put_rows(self, name: str, records: tuple[Form, ...]) -> None:
        """Put rows in a table as if the worker had written them: they are kept as typing is."""
        self.rows[name].load(records)
        self._on_change()

    def show_problems(self, problems: Iterable[Problem]) -> None:
        """Show each problem beside its box, and all in the banner, which takes the focus."""
        found = [(f"{p.message}{p.remedy}", self._find(p.box)) for p in problems]
        self.clear_problems()
        for line, box in found:
            if box is not None and not box.error:
                box.error = line
        self._tell(found)
        if found:
            self.summary.focus()

    def clear_problems(self) -> None:
        """Take back banner and errors; texts that cannot be read keep theirs."""
        self.box_set.clear()
        for editor in self.rows.values():
            editor.clear()
        self._tell([])

    def on_change(self, callback: Callable[[], None]) -> None:
        """Do this whenever the worker changed something."""
        self._callbacks.append(callback)

    def on_redrawn(self, callback: Callable[[], None]) -> None:
        """Do this whenever rows came or went."""
        self._redrawn.append(callback)

    def _draws(self, path: str) -> bool:
        return path.partition(".")[0] in {*self.box_set.by_name, *self.rows}

    def _find(self, path: str) -> Box | None:
        """Find a box by its name, or by table, place and name: ``members.0.name``."""
        table, _, rest = path.partition(".")
        if not rest:
            return self.box_set.by_name.get(path)
        place, _, name = rest.partition(".")
        editor = self.rows.get(table)
        return editor.box(int(place), name) if editor else None

    def _tell(self, problems: list[tuple[str, Box | None]]) -> None:
        self._problems = problems
        self.problem_count = len(problems)
        self.summary.tell((line, box.anchor if box else "") for line, box in problems)

    def _drop_solved(self) -> None:
        """Take those lines out of the banner whose boxes the worker has put right."""
        left = [(line, box) for line, box in self._problems if box is None or box.error]
        if len(left) < len(self._problems):
            self._tell(left)

    def _unreadable_rows(self) -> Iterator[Problem]:
        for editor in self.rows.values():
            yield from editor.unreadable()

    def _paper(self) -> Iterator[Heading | Box | RowsEditor]:
        """Boxes and rows by section, in the order in which the paper opens the sections."""
        sections: dict[str, list[Box | RowsEditor]] = {}
        for name, section in _order(self.form):
            if part := self.box_set.by_name.get(name) or self.rows.get(name):
                sections.setdefault(section, []).append(part)
        for section, parts in sections.items():
            if section:
                heading = Heading(section)
                if all(isinstance(part, Box) for part in parts):
                    self._headings.append((heading, parts))
                yield heading
            yield from parts

    def _show_headings(self) -> None:
        """Hide the heading of a section none of whose boxes is asked for."""
        for heading, boxes in self._headings:
            heading.hidden = all(box.hidden for box in boxes)

    def _on_change(self) -> None:
        self._show_headings()
        self._drop_solved()
        self.keep_draft()
        for callback in self._callbacks:
            callback()

    def _on_redrawn(self) -> None:
        for callback in self._redrawn:
            callback()

    def keep_draft(self) -> None:
        """Keep what stands in the form, where the browser does not do it."""
        if self.drafts is None or not self.drafts.writes:
            return
        try:
            self.draft_status = f"下書き保存済 {self.drafts.put(self.boxes(), self.base)}"
        except JusouError as fault:
            self.draft_status = f"下書きを保存できません。{fault}"


def _order(form: type[Form]) -> Iterator[tuple[str, str]]:
    """Names of boxes and row tables with their section, as declared."""
    sections = {box.name: box.section for box in items(form)}
    sections |= {table.name: table.section for table in children(form)}
    for entry in dataclasses.fields(form):
        if entry.name in sections:
            yield entry.name, sections[entry.name]
