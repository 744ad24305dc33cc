"""会議中の記録: one screen for a sitting while it is held, its items one after the other."""

from collections.abc import Callable
from typing import Any

import anywidget
import ipywidgets
import traitlets

from jusou_nb import casework
from jusou_nb.casework import minutes
from jusou_nb.casework.minutes import RolesTo, Written
from jusou_nb.dates import wareki
from jusou_nb.forms import AgendaItem, Conference
from jusou_nb.forms.conference import ConferenceState
from jusou_nb.problems import Problem
from jusou_nb.store import queries
from jusou_nb.widgets.entry import Entry
from jusou_nb.widgets.messages import Banner, MessageKind, button, problem_lines
from jusou_nb.widgets.minutes_entries import came_entry, minutes_entry
from jusou_nb.widgets.minutes_told import given_out
from jusou_nb.widgets.papers import PapersPanel
from jusou_nb.widgets.parts import HERE, put_away
from jusou_nb.widgets.session import Page, Session, chips, heading, paragraph, row

_TOLD = "Altを押しながらPageDownで次の案件へ、PageUpで前の案件へ移ります。"
_NOT_HELD = "会議記録は、開催を記録すると作れます。"
_WHERE = {
    RolesTo.PLAN: "役割は、プラン案に入ります。結果を「了承」にすると、期限の一覧に載ります。",
    RolesTo.DIRECTIONS: "役割は、支援方針・役割分担表に入り、期限の一覧に載ります。",
    RolesTo.DECISIONS: "決めるプラン案がないので、役割は決定事項に入り、期限の一覧に載ります。",
}


class Steps(anywidget.AnyWidget):  # type: ignore[misc] # anywidget carries no types
    """The steps of a sitting: each with its label and how far it is."""

    _esm = HERE / "minutes.js"
    label = traitlets.Unicode("会議の進み").tag(sync=True)
    steps = traitlets.List(traitlets.Dict()).tag(sync=True)
    chosen = traitlets.Int(0).tag(sync=True)

    def __init__(self, go: Callable[[int], None]) -> None:
        """Take what goes to a step, by its place."""
        super().__init__()
        self._go = go
        self.on_msg(self._heard)
        self.add_class("jusou-stepper")

    def _heard(self, _widget: Any, content: Any, _buffers: Any) -> None:
        if isinstance(content, dict) and isinstance(content.get("go"), int):
            self._go(content["go"])


class MinutesView(Page):
    """The steps, and the sheet of the one that is open; those left keep what was typed."""

    def __init__(
        self, session: Session, sitting: Conference, held: Callable[[], None] = lambda: None
    ) -> None:
        """Open the first step: who came, or the first item where that is noted.

        ``held`` is called when the sitting was noted as held.
        """
        super().__init__(session)
        self.sitting, self._held = sitting, held
        self.items = queries.items_of(session.store, sitting.id or 0)
        self.made: dict[int, Any] = {}
        self.states: dict[int, tuple[str, str]] = {}
        self.papers: PapersPanel | None = None
        self.steps = Steps(self.go)
        self.room = ipywidgets.VBox()
        self.add_class("jusou-minutes")
        self.turn(paragraph(_TOLD), self.steps, self.room)
        self.go(1 if sitting.attendees and self.items else 0)

    @property
    def last(self) -> int:
        """The place of the last step."""
        return len(self.items) + 1

    def go(self, place: int) -> None:
        """Open a step; those opened before stay as they are, out of sight."""
        if not 0 <= place <= self.last:
            return
        if place not in self.made or (place == self.last and not self._is_making()):
            self._put(place, self._make(place))
        for at, part in self.made.items():
            part.layout.display = "" if at == place else "none"
        self.steps.chosen = place
        self._tell_steps()
        self._focus(place)

    def go_to_item(self, item_id: int) -> None:
        """Open the step of an item."""
        places = [item.id for item in self.items]
        self.go(places.index(item_id) + 1 if item_id in places else 0)

    def entry_at(self, place: int) -> Entry | None:
        """Give the sheet of a step that was opened; the last step has none."""
        parts = self.made[place].children if place in self.made else ()
        return next((part for part in parts if isinstance(part, Entry)), None)

    def _make(self, place: int) -> Any:
        if place == 0:
            return ipywidgets.VBox([came_entry(self.session, self.sitting, self._came)])
        if place == self.last:
            return self._end()
        return self._item(place)

    def _is_making(self) -> bool:
        """Whether the last step has 会議記録 that were made or are being made."""
        papers = self.papers
        return papers is not None and bool(papers.progress.running or papers.progress.files)

    def _put(self, place: int, part: Any) -> None:
        """Put a step in its place; what stood there is done with."""
        gone = self.made.get(place)
        self.made[place] = part
        self.room.children = tuple(self.made.values())
        if gone is not None:
            put_away(gone)

    def _item(self, place: int) -> Any:
        item, store = self.items[place - 1], self.session.store
        entry = minutes_entry(
            self.session, item, self.sitting, lambda written: self._written(place, written)
        )
        for view in entry.forms.values():
            view.on_change(lambda: self._mark(place, ("書きかけ", "strong")))
        basis = store.profile.basis(item.basis or "").label
        facts = (basis, "plain"), (item.kind.label if item.kind else "", "plain")
        said = paragraph(f"検討したいこと: {item.question}") if item.question else None
        parts = [
            heading(f"{item.place_in_order}番　{self._name(item)}", 3),
            chips(*facts),
            *([said] if said else []),
            *given_out(self.session, item),
            paragraph(_WHERE[minutes.roles_go_to(store, item)]),
            entry,
        ]
        return ipywidgets.VBox(parts)

    def _written(self, place: int, written: Written) -> None:
        """Open the item anew as it was kept, and say so."""
        self._forget(place)
        self.items[place - 1] = written.item
        self._mark(place, ("登録済", "good"))
        part = self._item(place)
        self._put(place, part)
        remarks = casework.result_problems(self.session.store, written.item)
        lines = problem_lines([*written.remarks, *remarks])
        banner = Banner()
        kind = MessageKind.WARNING if lines else MessageKind.SUCCESS
        onward = [("次へ進む", lambda: self.go(place + 1))]
        number = written.item.place_in_order
        banner.show(kind, f"{number}番の案件を登録しました。", lines, onward, focus=True)
        part.children = (banner, *part.children)
        self.session.news()

    def _forget(self, place: int) -> None:
        """Drop the drafts of a step before it is opened anew: they were registered."""
        entry = self.entry_at(place)
        if entry is not None:
            entry.throw_away()

    def _came(self, remarks: list[Problem]) -> None:
        self._forget(0)
        self.sitting = queries.conference(self.session.store, self.sitting.id or 0)
        part = self._make(0)
        banner = Banner()
        kind = MessageKind.WARNING if remarks else MessageKind.SUCCESS
        onward = [("1番の案件へ進む", lambda: self.go(1))] if self.items else []
        lines = problem_lines(remarks)
        banner.show(kind, "開催を記録しました。", lines, onward, focus=True)
        part.children = (banner, *part.children)
        self._put(0, part)
        self._mark(0, ("登録済", "good"))
        self._held()

    def _end(self) -> Any:
        open_ = [item for item in self.items if not _is_written(item)]
        numbers = "、".join(f"{item.place_in_order}番" for item in open_)
        said = f"まだ記録のない案件: {numbers}" if open_ else "すべての案件に記録があります。"
        self.papers = PapersPanel(self.session, self.sitting, ready=False, minutes=True)
        next_days = [item.next_on for item in self.items if item.next_on]
        days = f"次回の日: {'、'.join(wareki(day) for day in sorted(set(next_days)))}"
        held = self.sitting.state is ConferenceState.HELD
        first = button("だれが来たかを記録する", lambda: self.go(0))
        return ipywidgets.VBox(
            [
                heading("おわりに", 3),
                paragraph(said),
                *([paragraph(days)] if next_days else []),
                *([self.papers] if held else [paragraph(_NOT_HELD), row(first)]),
            ]
        )

    def _mark(self, place: int, state: tuple[str, str]) -> None:
        if self.states.get(place) != state:
            self.states[place] = state
            self._tell_steps()

    def _tell_steps(self) -> None:
        held = self.sitting.state is ConferenceState.HELD
        told = [{"label": "だれが来たか", **self._state(0, done=held)}]
        for place, item in enumerate(self.items, start=1):
            label = f"{item.place_in_order}番 {self._name(item)}"
            told.append({"label": label, **self._state(place, done=_is_written(item))})
        self.steps.steps = [*told, {"label": "おわりに", "state": "", "tone": "plain"}]

    def _state(self, place: int, *, done: bool) -> dict[str, str]:
        word, tone = self.states.get(place) or (("登録済", "good") if done else ("まだ", "plain"))
        return {"state": word, "tone": tone}

    def _name(self, item: AgendaItem) -> str:
        household = queries.household_of(self.session.store, item.client_id or 0)
        return queries.person(household, item.client_id).name or ""

    def _focus(self, place: int) -> None:
        entry = self.entry_at(place)
        if entry is not None:
            view = next(iter(entry.forms.values()))
            next(iter(view.box_set.by_name.values())).focus()


def _is_written(item: AgendaItem) -> bool:
    return bool(item.discussion or item.outcome)
