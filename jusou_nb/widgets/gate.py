"""Tries a step; where a rule stands in the way, says why and offers the ways out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import ipywidgets

from jusou_nb.choices import OFFICE
from jusou_nb.errors import Conflict, Invalid, JusouError, NotAllowed
from jusou_nb.fields import Form, Stage, item
from jusou_nb.problems import Override, Problem, Strength
from jusou_nb.values import Lexicon
from jusou_nb.widgets.form import FormView
from jusou_nb.widgets.messages import Action, Banner, MessageKind, button, problem_lines
from jusou_nb.widgets.session import Session

Step = Callable[[tuple[Override, ...]], None]
Ways = Callable[[Sequence[Problem]], Sequence[Action]]


def no_ways(_problems: Sequence[Problem]) -> Sequence[Action]:
    """Offer nothing but what the remedies say."""
    return ()


class Gate(ipywidgets.VBox):  # type: ignore[misc] # ipywidgets carries no types
    """Stands before a step that rules may forbid.

    ``aside`` is the room under the message, where a way out may open a form.
    """

    def __init__(self, session: Session, ways: Ways = no_ways) -> None:
        """Take the ways out to offer where a rule forbids."""
        self._ways = ways
        self.banner, self.aside = Banner(), ipywidgets.VBox()
        self.chief = ChiefBox(session.store.lexicon(), session.today, self._allow)
        self._step: Step = lambda _overrides: None
        self._waiting: Sequence[Problem] = ()
        super().__init__([self.banner, self.chief, self.aside])

    def attempt(self, step: Step) -> bool:
        """Take the step if the rules allow it; say whether it was taken.

        ``Invalid`` and ``Conflict`` pass on: they belong beside the boxes.
        """
        self._step = step
        return self._try(())

    def clear(self) -> None:
        """Take every message away."""
        self.banner.clear()
        self.chief.hide()
        self.aside.children = ()

    def _try(self, overrides: tuple[Override, ...]) -> bool:
        self.clear()
        try:
            self._step(overrides)
        except NotAllowed as fault:
            self._refused(fault.problems)
        except (Invalid, Conflict):
            raise
        except JusouError as fault:
            self.banner.fail(fault)
        else:
            return True
        return False

    def _refused(self, problems: Sequence[Problem]) -> None:
        self._waiting = problems
        title, ways = "このままでは進められません。", self._ways(problems)
        may_pass = all(problem.strength is Strength.CHIEF for problem in problems)
        if ways or may_pass:
            title += "次のどれかで進められます。"
        self.banner.show(MessageKind.WARNING, title, problem_lines(problems), ways)
        if may_pass:
            self.chief.ask()

    def _allow(self, reason: str, allowed_by: str) -> None:
        rules = dict.fromkeys(problem.rule for problem in self._waiting)
        self._try(tuple(Override(rule=r, reason=reason, allowed_by=allowed_by) for r in rules))


@dataclass(frozen=True, kw_only=True)
class ChiefNote(Form):
    """What is written down when the chief lets a rule pass."""

    reason: str | None = item("課長の判断の理由", scope=OFFICE, lines=2, required_at=Stage.DRAFT)
    allowed_by: str | None = item("判断した人（職・氏名）", scope=OFFICE, required_at=Stage.DRAFT)


class ChiefBox(ipywidgets.VBox):  # type: ignore[misc] # as above
    """Where the chief's decision is written down: the reason, and who decided."""

    def __init__(self, lexicon: Lexicon, today: date, allow: Callable[[str, str], None]) -> None:
        """Take what goes on when both boxes are written."""
        self._allow = allow
        self.note = FormView(ChiefNote, lexicon, today=today, title="課長の判断を残す")
        super().__init__([self.note, button("課長の判断を残して続ける", self.press)])
        self.add_class("jusou-chief")
        self.hide()

    def ask(self) -> None:
        """Show the box."""
        self.layout.display = ""

    def hide(self) -> None:
        """Take the box away, and what was written in it."""
        self.layout.display = "none"
        self.note.load(ChiefNote())

    def press(self) -> None:
        """Go on, if both are written."""
        try:
            said: Any = self.note.record()
        except Invalid as fault:
            self.note.show_problems(fault.problems)
            return
        self._allow(said.reason or "", said.allowed_by or "")
