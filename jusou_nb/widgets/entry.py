"""One sheet to fill: its forms, the bar that stays below, and what 登録 does."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import ipywidgets

from jusou_nb.errors import Conflict, Invalid
from jusou_nb.fields import Form
from jusou_nb.forms import Household
from jusou_nb.problems import Override, Problem
from jusou_nb.store import undoing
from jusou_nb.store.drafts import Draft
from jusou_nb.values import Lexicon
from jusou_nb.widgets.bar import Bar
from jusou_nb.widgets.conflict import Conflicts
from jusou_nb.widgets.drafts import DraftKeeper
from jusou_nb.widgets.form import FormView
from jusou_nb.widgets.gate import Gate, Ways, no_ways
from jusou_nb.widgets.messages import Banner, MessageKind
from jusou_nb.widgets.openings import Opening
from jusou_nb.widgets.session import Registered, Session, names_of

Records = Mapping[str, Any]
Register = Callable[[Records, tuple[Override, ...]], None]


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A form to open: which, the name of its draft, and what stands in it at first.

    ``household`` is whose people the boxes may name; a ``lexicon`` of its own narrows what
    they offer.
    """

    form: type[Form]
    key: str
    record: Form | None = None
    title: str | None = None
    without: frozenset[str] = frozenset()
    household: Household | None = None
    lexicon: Lexicon | None = None


class Entry(ipywidgets.VBox):  # type: ignore[misc] # ipywidgets carries no types
    """Sheets that are registered together.

    Args:
        session: The desk's session.
        sheets: The sheets by the name under which ``register`` gets their records.
        register: The verb; called with the records and what the chief allowed.
        words: What the filled button says.
        ways: The ways out of what a rule forbids.
    """

    def __init__(
        self,
        session: Session,
        sheets: Mapping[str, Sheet],
        register: Register,
        *,
        words: str = "登録",
        ways: Ways = no_ways,
    ) -> None:
        """Open the sheets, with what was left in them."""
        self.session, self._register = session, register
        self._hidden, self._tried = set[str](), False
        self.opening = Opening(session, {n: (s.form, s.key) for n, s in sheets.items()})
        keepers = self.opening.keepers
        self.forms = {n: _open(session, s, keepers[n]) for n, s in sheets.items()}
        self._frames = {n: ipywidgets.VBox([view]) for n, view in self.forms.items()}
        self._opened = {n: view.box_set.base for n, view in self.forms.items()}
        self.resumed, self.gate = Banner(), Gate(session, ways)
        self.conflict = Conflicts(session, self.forms, self._opened)
        self.bar = Bar(self.opening.courier, words, self.press, self._show_problems)
        parts = [self.resumed, *self._frames.values(), self.conflict, self.gate, self.bar]
        super().__init__(parts)
        self.add_class("jusou-entry")
        for view in self.forms.values():
            view.on_change(self._changed)
        self._resume()
        self.opening.follow(self.forms)

    def reveal(self, name: str, *, shown: bool) -> None:
        """Show or leave out one of the forms; one left out is not registered."""
        self._hidden.discard(name) if shown else self._hidden.add(name)
        self._frames[name].layout.display = "" if shown else "none"

    def put_below(self, name: str, part: Any) -> None:
        """Stand something below one of the forms."""
        self._frames[name].children = (*self._frames[name].children, part)

    def focus(self) -> None:
        """Bring the sheet into view."""
        next(iter(self.forms.values())).summary.focus()

    def press(self) -> None:
        """登録: check every form, then take the step."""
        self._tried = True
        if not self.conflict.settle():
            return
        for view in self.forms.values():
            view.clear_problems()
        records = self._records()
        if records is not None:
            self._attempt(records)

    def throw_away(self) -> None:
        """Forget the drafts of this sheet."""
        self.opening.drop()

    def _attempt(self, records: Records) -> None:
        begun, typed = undoing.here(self.session.store), self._typed()
        try:
            done = self.gate.attempt(lambda allowed: self._register(records, allowed))
        except Invalid as fault:
            self._place(fault.problems)
        except Conflict as fault:
            self._show_conflict(fault, records)
        else:
            if done:
                self.throw_away()
                step = undoing.written(self.session.store, begun)
                if step:
                    self.session.registered(Registered(step, typed))

    def _typed(self) -> tuple[Draft, ...]:
        """Give what stands in the forms, to be put back when the 登録 is taken back."""
        keepers = self.opening.keepers
        return tuple(
            Draft(*keepers[name].place, view.boxes(), "", base=view.base)
            for name, view in self._shown().items()
        )

    def _shown(self) -> dict[str, FormView]:
        return {name: view for name, view in self.forms.items() if name not in self._hidden}

    def _records(self) -> Records | None:
        """Read every form; None when boxes are wrong, which are then marked."""
        records: dict[str, Any] = {}
        # The last summary to speak keeps the focus, and it should be the first on the page.
        for name, view in reversed(self._shown().items()):
            try:
                records[name] = view.record()
            except Invalid as fault:
                view.show_problems(fault.problems)
        self._count()
        return records if len(records) == len(self._shown()) else None

    def _place(self, problems: Sequence[Problem]) -> None:
        """Show the problems that a verb found in the form that has the box."""
        elsewhere = list(problems)
        for view in self._shown().values():
            names = names_of(view.form)
            if found := [p for p in problems if p.box.partition(".")[0] in names]:
                view.show_problems(found)
                elsewhere = [p for p in elsewhere if p not in found]
        if elsewhere:
            self.gate.banner.fail(Invalid(elsewhere))
        self.bar.count(len(problems))

    def _show_conflict(self, fault: Conflict, records: Records) -> None:
        name = next(n for n, view in self._shown().items() if view.form.title in str(fault))
        self.conflict.meet(name, records[name])
        self.opening.courier.follow(self.forms)

    def _changed(self, *_change: object) -> None:
        if self._tried:
            self._count()

    def _count(self) -> None:
        self.bar.count(sum(_problems(view) for view in self._shown().values()))

    def _show_problems(self) -> None:
        self._records()

    def _resume(self) -> None:
        """Put back what was left in this sheet, and say so."""
        found = self.opening.resume()
        for name, draft in found.items():
            self.conflict.resume(name, draft)
        if found:
            at = max(draft.saved_at for draft in found.values())
            title = f"{clock(at)}の書きかけの続きです。"
            again = [("書きかけを捨てて、はじめから書く", self._afresh)]
            self.resumed.show(MessageKind.INFORMATION, title, actions=again)
            self.opening.courier.said = f"下書き保存済 {clock(at)}"

    def _afresh(self) -> None:
        for name, view in self.forms.items():
            view.load(self._opened[name])
        self.conflict.clear()
        self.throw_away()
        self.resumed.clear()


def clock(at: str) -> str:
    """Write a kept time as people say it: 10:32."""
    return f"{datetime.fromisoformat(at):%H:%M}"


def _open(session: Session, sheet: Sheet, keeper: DraftKeeper) -> FormView:
    return FormView(
        sheet.form,
        sheet.lexicon or session.store.lexicon(sheet.household),
        record=sheet.record,
        today=session.today,
        drafts=keeper,
        key=sheet.key,
        title=sheet.title,
        without=sheet.without,
    )


def _problems(view: FormView) -> int:
    try:
        view.record()
    except Invalid as fault:
        return len(fault.problems)
    return 0
