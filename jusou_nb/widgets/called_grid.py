"""呼ぶ機関と事前シート: a table of agencies beside items; ticks call, chips tell of sheets."""

from typing import Any

import anywidget
import traitlets

from jusou_nb import casework
from jusou_nb.casework import calling
from jusou_nb.casework.calling import Calling, Seated
from jusou_nb.errors import JusouError
from jusou_nb.forms import Conference
from jusou_nb.forms.conference import ConferenceState
from jusou_nb.problems import Override
from jusou_nb.widgets.gate import Gate
from jusou_nb.widgets.messages import MessageKind, button
from jusou_nb.widgets.parts import esm
from jusou_nb.widgets.session import Page, Session, paragraph, row

GRID = "called"
_CAPTION = "案件ごとの呼ぶ機関と事前シート"
_NOTES = {
    "conference.beyond_consent": "同意の範囲外（資料に載りません）",
    "conference.not_on_roster": "名簿にない機関",
}
_BARRED = {"conference.excluded": "除外者"}
_TOLD = (
    "印を付けた機関を、その案件に呼びます。除外者は呼べません。"
    "名簿にない機関を呼ぶには課長の判断が要ります。"
)


class CalledGrid(anywidget.AnyWidget):  # type: ignore[misc] # anywidget carries no types
    """The table; ``heard`` is told which cell was ticked, and how."""

    _esm = esm("dom.js", "called_grid.js")
    caption = traitlets.Unicode(_CAPTION).tag(sync=True)
    columns = traitlets.List(traitlets.Dict()).tag(sync=True)
    rows = traitlets.List(traitlets.Dict()).tag(sync=True)
    readonly = traitlets.Bool(default_value=False).tag(sync=True)

    def __init__(self, heard: Any) -> None:
        """Take what hears of a tick: the row, the column, and whether it is set."""
        super().__init__()
        self._ticked = heard
        self.on_msg(self._heard)

    def _heard(self, _widget: Any, content: Any, _buffers: Any) -> None:
        if isinstance(content, dict) and isinstance(content.get("tick"), list):
            down, across = content["tick"]
            self._ticked(down, across, called=bool(content.get("called")))


class CalledView(Page):
    """Who is called to which item of a sitting, and what of the sheets is still out."""

    def __init__(self, session: Session, sitting: Conference) -> None:
        """Lay out the table as it stands."""
        super().__init__(session)
        self.sitting = sitting
        self.changed: dict[int, dict[int, bool]] = {}
        self.show()

    def show(self, said: str = "", kind: MessageKind = MessageKind.SUCCESS) -> None:
        """Show the table anew, and what was just done."""
        store = self.session.store
        self.calling = calling.calling(store, self.sitting)
        self.changed = {}
        self.gate = Gate(self.session)
        self.grid = CalledGrid(self.tick)
        self.grid.readonly = self.sitting.state is not ConferenceState.PLANNED
        self._fill()
        if said:
            self.gate.banner.show(kind, said, focus=True)
        self.keep = button("この呼び方で登録", self.register, filled=True)
        self.keep.readonly = True
        asks = button("まだ頼んでいない機関に事前シートを依頼", self.ask)
        below = row(self.keep, asks)
        below.add_class("jusou-acts-below")
        acts = [] if self.grid.readonly else [below]
        self.turn(paragraph(_TOLD), self._sheets_said(), self.gate, self.grid, *acts)

    def tick(self, down: int, across: int, *, called: bool) -> None:
        """Call an agency to an item, or not; nothing is kept before 登録."""
        one = self.calling[across]
        self.changed.setdefault(one.item.id or 0, {})[one.seats[down].agency] = called
        self.keep.readonly = False
        self._fill()

    def register(self) -> None:
        """Keep who is called to each item that was changed; the rules decide."""
        emptied = [c for c in self.calling if c.item.id in self.changed and not self._called(c)]
        if emptied:
            number = emptied[0].item.place_in_order
            said = f"{number}番に呼ぶ機関がありません。一つは選ぶか、案件を取り消してください。"
            self.gate.banner.show(MessageKind.WARNING, said)
            return
        self.gate.attempt(self._register)

    def ask(self) -> None:
        """Ask for every sheet that is not asked for yet."""
        try:
            asked = calling.ask_everybody(self.session.store, self.sitting, on=self.session.today)
        except JusouError as fault:
            self.gate.banner.fail(fault)
            return
        if not asked:
            self.show("どの機関にも依頼してあります。", MessageKind.INFORMATION)
            return
        self.show(f"事前シート{asked}件を「依頼した」と記録しました。期限は会議の日です。")

    def _register(self, allowed: tuple[Override, ...]) -> None:
        store = self.session.store
        changed = [one for one in self.calling if one.item.id in self.changed]
        with store.transaction():
            for one in changed:
                casework.call_to_item(store, one.item, self._called(one), overrides=allowed)
        self.show(f"{len(changed)}件の案件の呼ぶ機関を登録しました。資料は作り直してください。")

    def _called(self, one: Calling) -> Any:
        return calling.agencies_called(one.seats, self.changed.get(one.item.id or 0, {}))

    def _sheets_said(self) -> Any:
        seats = [seat for one in self.calling for seat in one.seats if seat.is_asked]
        back = sum(seat.is_back for seat in seats)
        return paragraph(f"事前シート: 依頼した{len(seats)}件のうち、{back}件が届いています。")

    def _fill(self) -> None:
        names = self.session.store.lexicon().refs["agencies"]
        basis = self.session.store.profile.basis
        self.grid.columns = [
            {
                "number": f"{one.item.place_in_order}番",
                "title": one.name,
                "basis": basis(one.item.basis or "").label,
            }
            for one in self.calling
        ]
        agencies = [seat.agency for seat in self.calling[0].seats] if self.calling else []
        self.grid.rows = [
            {"name": names.get(agency, ""), "cells": [self._cell(c, down) for c in self.calling]}
            for down, agency in enumerate(agencies)
        ]

    def _cell(self, one: Calling, down: int) -> dict[str, Any]:
        seat = one.seats[down]
        rules = [problem.rule for problem in seat.problems]
        said, tone = _sheet(seat)
        changed = self.changed.get(one.item.id or 0, {})
        return {
            "barred": next((_BARRED[rule] for rule in rules if rule in _BARRED), ""),
            "note": next((_NOTES[rule] for rule in rules if rule in _NOTES), ""),
            "called": changed.get(seat.agency, seat.is_called),
            "sheet": said,
            "tone": tone,
        }


def _sheet(seat: Seated) -> tuple[str, str]:
    if seat.is_back:
        return "シート 届いた", "good"
    if seat.is_asked:
        return "シート 回答待ち", "strong"
    return ("シート 未依頼", "plain") if seat.is_called and not seat.problems else ("", "plain")
