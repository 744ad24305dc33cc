"""Two workers changed the same record: both texts side by side, box by box, nothing lost."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import ipywidgets
import traitlets as t

from jusou_nb.casework import reconcile
from jusou_nb.fields import Form, Kind, children, items
from jusou_nb.store import history, records
from jusou_nb.store.drafts import Draft
from jusou_nb.widgets.form import FormView
from jusou_nb.widgets.messages import Banner, MessageKind
from jusou_nb.widgets.parts import Part
from jusou_nb.widgets.session import Session

MINE, THEIRS, BOTH = "mine", "theirs", "both"
_EMPTY = "（空）"
_UNANSWERED = "どの内容を残すか選んでください。"


@dataclass(frozen=True)
class Clash:
    """A box, or a table, that both changed: its label, both texts, in words who saved first."""

    name: str
    label: str
    mine: str
    theirs: str
    saved_by: str
    joins: bool


class Choice(Part):
    """The question which of two texts stays: radios, drawn as those of any form."""

    needed = t.Unicode("※必須").tag(sync=True)
    required = t.Bool(default_value=True).tag(sync=True)
    options = t.List(t.Dict()).tag(sync=True)
    chosen = t.List(t.Unicode()).tag(sync=True)
    note = t.Unicode().tag(sync=True)
    hint = t.Unicode().tag(sync=True)
    error = t.Unicode().tag(sync=True)

    def __init__(self, clash: Clash) -> None:
        """Ask about one box."""
        words = {
            MINE: f"自分の内容：\n{clash.mine or _EMPTY}",
            THEIRS: f"{clash.saved_by}が保存した内容：\n{clash.theirs or _EMPTY}",
        }
        if clash.joins:
            words[BOTH] = "両方を残す（相手の内容のあとに、自分の内容を続けます）"
        options = [{"code": code, "label": text, "group": ""} for code, text in words.items()]
        super().__init__("radios", clash.label, wide=True, options=options)
        self.clash = clash

    @property
    def answer(self) -> str:
        """What was chosen; empty where nothing is yet."""
        return self.chosen[0] if self.chosen else ""


class ConflictView(ipywidgets.VBox):  # type: ignore[misc] # ipywidgets carries no types
    """What clashes in one form, with what was taken over unasked."""

    def __init__(self, title: str, clashes: list[Clash], taken: list[str]) -> None:
        """Ask about each clash."""
        self.banner = Banner()
        lines = [f"ほかの画面で直された欄を取り込みました：{'、'.join(taken)}"] if taken else []
        asks = "欄ごとに、残す内容を選んでから" if clashes else "内容を確かめて、もう一度"
        self.banner.show(MessageKind.WARNING, title, [*lines, f"{asks}登録してください。"])
        self.choices = [Choice(clash) for clash in clashes]
        super().__init__([self.banner, *self.choices])
        self.add_class("jusou-conflict")

    def is_answered(self) -> bool:
        """Whether every question is answered; those that are not say so and take the focus."""
        for choice in self.choices:
            choice.error = "" if choice.answer else _UNANSWERED
        open_ones = [choice for choice in self.choices if not choice.answer]
        for choice in open_ones[:1]:
            choice.focus()
        return not open_ones


class Conflicts(ipywidgets.VBox):  # type: ignore[misc] # as above
    """The conflicts of a sheet's forms, until their questions are answered at 登録.

    Args:
        session: The desk's session.
        forms: The forms of the sheet by name.
        opened: The record that each form stands on; kept in step here.
    """

    def __init__(
        self, session: Session, forms: Mapping[str, FormView], opened: dict[str, Form]
    ) -> None:
        """Start without any."""
        self._session, self._forms, self._opened = session, forms, opened
        self._views: dict[str, tuple[ConflictView, Form]] = {}
        super().__init__([])

    def meet(self, name: str, mine: Form) -> None:
        """Somebody saved first: put both together in the form, and ask about what clashes."""
        base, view = self._opened[name], self._forms[name]
        theirs = self._session.store.load(type(mine), mine.id or 0)
        view.load(theirs)
        stands_on = view.base
        view.load(reconcile.together(base, mine, theirs))
        view.base = stands_on
        self._opened[name] = theirs
        clashes = reconcile.clashing(base, mine, theirs)
        yielded = reconcile.together(base, mine, theirs, yielding=clashes)
        title = f"「{view.form.title}」は、開いたあとに、ほかの画面で保存されました。"
        taken = reconcile.taken(base, mine, theirs)
        self._ask(name, title, clashes, taken, yielded)
        view.keep_draft()

    def resume(self, name: str, draft: Draft) -> None:
        """Put a draft back; where the record was saved since by somebody, as in :meth:`meet`."""
        view, saved = self._forms[name], self._opened[name]
        if saved.id is None or draft.base in (None, view.base):
            view.restore(draft.boxes)
            return
        now = view.base
        boxes, clashes = reconcile.together_as_typed(draft.base or {}, draft.boxes, now)
        view.restore(boxes)
        changed = [n for n in now if now[n] != (draft.base or {}).get(n) and n not in clashes]
        title = f"「{view.form.title}」は、書きかけの間に、ほかの画面で保存されました。"
        self._ask(name, title, clashes, changed, saved)

    def settle(self) -> bool:
        """Do what was chosen; False where a question is still open."""
        answered = [view.is_answered() for view, _ in self._views.values()]
        if not all(answered):
            return False
        for name, (view, theirs) in self._views.items():
            for choice in view.choices:
                self._take(self._forms[name], choice, getattr(theirs, choice.clash.name))
        self.clear()
        return True

    def clear(self) -> None:
        """Forget the questions."""
        self._views = {}
        none: list[ConflictView] = []
        self.children = none

    def _take(self, view: FormView, choice: Choice, theirs: Any) -> None:
        if choice.answer == MINE:
            return
        name = choice.clash.name
        if choice.answer == BOTH:
            box = view.box_set.by_name[name]
            box.text = f"{choice.clash.theirs}\n{box.text}"
        else:
            view.take(name, theirs)

    def _ask(
        self, name: str, title: str, clashes: list[str], taken: list[str], theirs: Form
    ) -> None:
        form, mine = type(theirs), self._forms[name].as_it_stands()
        labels = {box.name: box.label for box in items(form)}
        labels |= {table.name: table.label for table in children(form)}
        joins = {b.name for b in items(form) if b.kind is Kind.TEXT and b.lines > 1}
        who = history.set_by(self._session.store, form, theirs.id or 0)
        words = self._session.store.lexicon()
        asked = [
            Clash(
                n,
                labels[n],
                records.told(mine, n, words),
                records.told(theirs, n, words),
                self._named(who[n].worker) if n in who else "ほかの人",
                n in joins,
            )
            for n in clashes
        ]
        made = ConflictView(title, asked, [labels[n] for n in taken if n in labels])
        self._views[name] = made, theirs
        self.children = [view for view, _ in self._views.values()]

    def _named(self, worker: str) -> str:
        own = worker == self._session.store.worker_name()
        return "ほかの画面で自分" if own else f"{worker}さん"
