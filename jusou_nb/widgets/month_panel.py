"""月の会議: what sits in a month, and at one press those that the profile still asks for."""

from collections.abc import Callable
from datetime import date
from typing import Any

import ipywidgets

from jusou_nb.casework import month_sittings
from jusou_nb.dates import month_name, months_after, wareki
from jusou_nb.errors import JusouError
from jusou_nb.forms import Conference
from jusou_nb.forms.conference import ConferenceState
from jusou_nb.store import queries
from jusou_nb.widgets.listing import Cell, Listing, day_cell
from jusou_nb.widgets.messages import Banner, MessageKind, button
from jusou_nb.widgets.session import Page, Session, heading, paragraph, row

HEADINGS = ("会議日", "曜日", "会議体", "時間", "案件", "次にすること")
_DAYS = "月火水木金土日"


class MonthPanel(Page):
    """One month: its sittings with the next step of each, and those still to be made."""

    def __init__(self, session: Session, open_sitting: Callable[..., None]) -> None:
        """Show the month that is to be prepared first."""
        super().__init__(session)
        self._open = open_sitting
        self.month = month_sittings.month_to_prepare(session.store, session.today)
        self.banner = Banner()
        self.add_class("jusou-month")
        self.show()

    def show(self) -> None:
        """Show the month as it stands."""
        store, today = self.session.store, self.session.today
        there = month_sittings.sittings_in(store, self.month)
        asked = month_sittings.propose_sittings(store, self.month, today=today)
        name = month_name(self.month)
        turning = row(button("前の月", lambda: self.go(-1)), button("次の月", lambda: self.go(1)))
        head = ipywidgets.HBox([heading(name, 3), turning])
        head.add_class("jusou-group")
        parts: list[Any] = []
        if asked:
            self.make = button(f"{self.month.month}月の会議を作る", self.press, filled=True)
            parts += [*map(self._proposed, asked), row(self.make)]
        if there or not asked:
            self.listing = sittings_list(self.session, self.month, self._open)
            parts.append(self.listing)
        self.turn(head, self.banner, *parts)

    def turn(self, *parts: Any) -> None:
        """Show these parts; the page stays where it is."""
        rise, self.session.rise = self.session.rise, lambda: None
        try:
            super().turn(*parts)
        finally:
            self.session.rise = rise

    def go(self, way: int) -> None:
        """Turn to another month."""
        first = self.month.replace(day=1)
        self.month = months_after(first, 1) if way > 0 else _month_before(first)
        self.show()

    def press(self) -> None:
        """Make the sittings of the month; a single one is opened at once."""
        try:
            made = month_sittings.set_sittings(
                self.session.store, self.month, today=self.session.today
            )
        except JusouError as fault:
            self.banner.fail(fault)
            return
        self.session.news()
        if len(made) == 1:
            said = "会議を登録しました。次は、呼ぶ機関を確定してください。"
            self._open(made[0].id or 0, said)
            return
        said = f"{len(made)}回の会議を登録しました。会議を開いて、呼ぶ機関を確定してください。"
        self.banner = Banner()
        self.show()
        self.banner.show(MessageKind.SUCCESS, said, focus=True)

    def _proposed(self, sitting: Conference) -> Any:
        when = "　".join(part for part in (sitting.hours, sitting.place) if part)
        day = sitting.held_on
        said = f"{wareki(day)}（{_DAYS[day.weekday()]}）" if day else ""
        return paragraph(f"まだ作っていません　{_body(self.session, sitting)}　{said}　{when}")


def sittings_list(session: Session, month: date, open_sitting: Callable[..., None]) -> Listing:
    """List the sittings of the month of a day, with the next step of each."""
    name, there = month_name(month), month_sittings.sittings_in(session.store, month)
    listing = Listing(
        f"{name}の会議", HEADINGS, open_sitting, empty=f"{name}の会議はまだありません。"
    )
    listing.fill([(sitting.id or 0, _cells(session, sitting)) for sitting in there])
    return listing


def _cells(session: Session, sitting: Conference) -> list[Cell]:
    count = len(queries.items_of(session.store, sitting.id or 0))
    weekday = _DAYS[sitting.held_on.weekday()] if sitting.held_on else ""
    return [
        day_cell(sitting.held_on),
        Cell(weekday),
        Cell(_body(session, sitting)),
        Cell(sitting.hours or ""),
        Cell(f"{count}件"),
        Cell(_next(sitting, count, session.today), chip="plain"),
    ]


def _body(session: Session, sitting: Conference) -> str:
    return session.store.profile.body(sitting.body).label if sitting.body else ""


def _next(sitting: Conference, count: int, today: date) -> str:
    """Name the one step that a sitting waits for."""
    if sitting.state is not ConferenceState.PLANNED:
        return sitting.state.label if sitting.state else ""
    if not sitting.called:
        return "呼ぶ機関を確定"
    if not count:
        return "案件を選ぶ"
    is_past = sitting.held_on is not None and sitting.held_on <= today
    return "会議中の記録" if is_past else "資料を作る"


def _month_before(first: date) -> date:
    year, month = (first.year - 1, 12) if first.month == 1 else (first.year, first.month - 1)
    return date(year, month, 1)
