"""The controls of one record: all boxes of a form, or of one row of it, kept in step."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from jusou_nb.checks import is_asked
from jusou_nb.fields import Form, items
from jusou_nb.problems import Problem, Strength
from jusou_nb.values import Lexicon
from jusou_nb.widgets.controls import Box, control_for


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """What all boxes and rows of one view share.

    Attributes:
        lexicon: The words of codes and ids.
        today: The day on which ages are told.
        changed: Called whenever the worker changed something.
        redrawn: Called whenever boxes came or went.
    """

    lexicon: Lexicon
    today: date
    changed: Callable[[], None]
    redrawn: Callable[[], None] = lambda: None


class BoxSet:
    """Boxes by name, and the record that they stand for.

    Args:
        form: The form class whose boxes are drawn.
        around: What the view shares.
        without: Names of boxes that are not drawn.
    """

    def __init__(
        self, form: type[Form], around: Surroundings, *, without: Collection[str] = ()
    ) -> None:
        """Draw the boxes of a blank record."""
        self._base, self._changed, self._busy = form(), around.changed, False
        self.by_name: dict[str, Box] = {
            item.name: control_for(item, around.lexicon, around.today)
            for item in items(form)
            if item.name not in without
        }
        self._listen()
        for box in self.by_name.values():
            box.observe(lambda _change: self._on_change(), ["text", "chosen"])
        self._ask()

    def _listen(self) -> None:
        """Let a box of a reading hear the box of the name."""
        for box in self.by_name.values():
            source = self.by_name.get(box.item.reading_of)
            if source is not None:
                source.is_heard, box.sound_from = True, source.model_id

    @property
    def base(self) -> Form:
        """The record as loaded, whose id, version and links are kept."""
        return self._base

    @property
    def is_blank(self) -> bool:
        """Whether this is a new record in which nothing stands."""
        return self._base.id is None and all(box.is_blank for box in self.by_name.values())

    def load(self, record: Form) -> None:
        """Show a record."""
        self._base = record
        self._fill({name: getattr(record, name) for name in self.by_name}, as_value=True)

    def raw(self) -> dict[str, Any]:
        """What stands in the controls, readable or not."""
        return {name: box.raw for name, box in self.by_name.items() if not box.is_blank}

    def plan(self) -> dict[str, tuple[str, str]]:
        """Name the model of each box, and which of its traits holds what stands in it."""
        return {name: (box.model_id, box.holder) for name, box in self.by_name.items()}

    def restore(self, raw: dict[str, Any]) -> None:
        """Put back what :meth:`raw` gave; boxes it does not name become empty."""
        empty: dict[str, Any] = {n: "" if isinstance(b.raw, str) else [] for n, b in self._all()}
        known = {name: text for name, text in raw.items() if name in empty}
        self._fill({**empty, **known}, as_value=False)

    def record(self) -> Form:
        """The record as it can be read now; unreadable boxes are blank, see :meth:`unreadable`.

        A box that is not asked for is blank too, unless the record came with it so.
        """
        return self._answered(self._readable())

    def unreadable(self) -> list[Problem]:
        """Name the asked-for boxes whose text cannot be a value."""
        return [p for name, box in self._all() if not box.hidden for p in _unreadable(name, box)]

    def clear(self) -> None:
        """Take back the errors that were shown; unreadable texts keep theirs."""
        for _, box in self._all():
            box.look_again()

    def _all(self) -> Iterable[tuple[str, Box]]:
        return self.by_name.items()

    def _fill(self, contents: dict[str, Any], *, as_value: bool) -> None:
        self._busy = True
        try:
            for name, content in contents.items():
                setattr(self.by_name[name], "value" if as_value else "raw", content)
        finally:
            self._busy = False
        self.clear()
        self._ask()

    def _readable(self) -> Form:
        found: dict[str, Any] = {}
        for name, box in self._all():
            try:
                found[name] = box.value
            except ValueError:
                found[name] = None
        return replace(self._base, **found)

    def _answered(self, record: Form) -> Form:
        unasked: dict[str, Any] = {
            name: None if is_asked(self._base, box.item) else getattr(self._base, name)
            for name, box in self._all()
            if not is_asked(record, box.item)
        }
        return replace(record, **unasked)

    def _ask(self) -> None:
        record = self._readable()
        for _, box in self._all():
            box.hidden = not is_asked(record, box.item)

    def _on_change(self) -> None:
        if self._busy:
            return
        self._ask()
        self._changed()


def _unreadable(name: str, box: Box) -> list[Problem]:
    try:
        box.value  # noqa: B018 - reading is the question
    except ValueError as fault:
        return [
            Problem(
                rule="form.unreadable",
                message=f"「{box.item.label}」を読めません。",
                remedy=f"{fault}。",
                strength=Strength.FORBIDDEN,
                box=name,
            )
        ]
    return []
