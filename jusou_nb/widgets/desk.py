"""The desk: ホーム, 相談受付, 会議, プラン, 地域・資源, 期限; opened by one line of a notebook."""

import os
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import ipywidgets

from jusou_nb import remembered, settings
from jusou_nb.addresses import HOME_PAGE
from jusou_nb.errors import JusouError
from jusou_nb.store import Store, drafts, open_store
from jusou_nb.store.beginning import refuse_stranger
from jusou_nb.widgets.closed import ClosedPage, SendingPage, closed_to
from jusou_nb.widgets.conference_page import ConferencePage
from jusou_nb.widgets.doorway import STAY, Address, Doorway, asked, place_of
from jusou_nb.widgets.due_page import DuePage
from jusou_nb.widgets.home_page import HomePage
from jusou_nb.widgets.intake_page import IntakePage
from jusou_nb.widgets.left import Left, left_on
from jusou_nb.widgets.messages import Banner, MessageKind
from jusou_nb.widgets.parts import put_away
from jusou_nb.widgets.plan_page import PlanPage
from jusou_nb.widgets.resources_page import ResourcesPage
from jusou_nb.widgets.session import Page, Session
from jusou_nb.widgets.start_header import Header
from jusou_nb.widgets.start_page import FirstDay
from jusou_nb.widgets.start_tour import Tour
from jusou_nb.widgets.start_worker import Welcome
from jusou_nb.widgets.steering_page import PAGE as STEERING
from jusou_nb.widgets.steering_page import SteeringPage
from jusou_nb.widgets.tabs import Tabs
from jusou_nb.widgets.undo_offer import UndoOffer

PAGES: Mapping[str, Callable[[Session], Page]] = {
    HOME_PAGE: HomePage,
    "相談受付": IntakePage,
    "会議": ConferencePage,
    "プラン": PlanPage,
    "地域・資源": ResourcesPage,
    "期限": DuePage,
    STEERING: SteeringPage,
}
CASE_PAGES = frozenset({HOME_PAGE, "相談受付", "プラン", "期限", STEERING})
"""Pages that open cases: closed to whoever has no role that does."""

_OPEN: list["Desk"] = []
"""The desks of this kernel; more than one where it is shown in several windows."""


def desk(
    store_path: str | os.PathLike[str] | None = None, today: date | str | None = None
) -> "Desk | FirstDay | Refusal":
    """Open the desk.

    Args:
        store_path: The store's file; by default what ``JUSOU_STORE`` names, else what this
            account chose on its first day.
        today: The day to count as today (a date or ISO text); by default ``JUSOU_TODAY``,
            else the calendar's.

    Returns:
        The desk; where no store is chosen, the ways to one; or a banner that says why it
        cannot be opened and what to do.
    """
    try:
        day = _day(today)
        named = os.fspath(store_path) if store_path is not None else settings.STORE.get()
        return opened(Path(named), day) if named else _first(day)
    except JusouError as fault:
        return Refusal(str(fault))


def _first(day: date | None) -> "Desk | FirstDay":
    """Open what this account chose, or ask for a store: a chosen one that is gone is not made."""

    def open_(path: Path) -> Desk:
        return opened(path, day)

    named = remembered.store_file()
    try:
        if named:
            refuse_stranger(Path(named))
            return open_(Path(named))
    except JusouError as fault:
        return FirstDay(open_, fault)
    return FirstDay(open_)


def opened(path: Path, day: date | None) -> "Desk":
    """Open the desk of a store, at the place that was asked for."""
    address = asked()
    if address.get("alone"):
        for earlier in _OPEN:
            earlier.leave()
    _OPEN.append(Desk(Session(open_store(path), day), address))
    return _OPEN[-1]


def _day(today: date | str | None) -> date | None:
    said = today or settings.TODAY.get()
    if not isinstance(said, str):
        return said
    try:
        return date.fromisoformat(said) if said else None
    except ValueError:
        raise JusouError(f"今日の日付「{said}」は 2026-10-15 の形で入れてください") from None


class _Quiet:
    """Leaves nothing of what is shown in a notebook that somebody saves."""

    def __repr__(self) -> str:
        """Say what it is, not what it holds: the text goes into the notebook's file."""
        return "（相談の机）"

    def _repr_keys(self) -> tuple[str, ...]:
        return ()


class Refusal(_Quiet, ipywidgets.VBox):  # type: ignore[misc] # ipywidgets carries no types
    """Stands in the desk's place when it cannot be opened."""

    def __init__(self, title: str, *lines: str) -> None:
        """Say why the desk does not open, and what to do."""
        self.banner = Banner()
        self.banner.show(MessageKind.ERROR, title, lines)
        self.tabs = Tabs("", [], lambda _place: None)
        super().__init__([self.tabs, self.banner])
        self.add_class("jusou-desk")


class Pages(dict[str, Page]):
    """The pages by name; each is made when it is first asked for."""

    def __init__(self, make: Callable[[str], Page]) -> None:
        """Start with none."""
        super().__init__()
        self._make = make

    def __missing__(self, name: str) -> Page:
        """Make a page and keep it."""
        return self.setdefault(name, self._make(name))


class Desk(_Quiet, ipywidgets.VBox):  # type: ignore[misc] # as above
    """Header, tabs, what was left unfinished, and the page that is open."""

    def __init__(self, session: Session, address: Address | None = None) -> None:
        """Lay out the desk; only the page that is asked for is built, or the first."""
        self.session = session
        self.pages = Pages(self._made)
        self.tabs = Tabs("相談の机", list(PAGES), self._turn)
        session.rise, session.go = self.tabs.rise, self.open_page
        session.store.on_commit = session.news = self.tabs.tell
        self.left = ipywidgets.VBox()
        self.room = ipywidgets.VBox()
        self.room.add_class("jusou-room")
        self.tour = Tour(self.open_place)
        self.welcome = Welcome(session, self.tour.begin, self.rename)
        self.header = Header(session, self.tour.begin, self.welcome.ask)
        self.undo = UndoOffer(session, self._resume)
        top = [self.header, self.tabs, self.welcome, self.undo, self.left]
        super().__init__([*top, self.room, self.tour])
        self.add_class("jusou-desk")
        self.offer()
        self.doorway = Doorway(self.enter, self.leave)
        self.enter(address or {})

    @property
    def store(self) -> Store:
        """The store that is open."""
        return self.session.store

    def enter(self, address: Address) -> str:
        """Open what an address from outside names; an unknown page is the first."""
        name, what = place_of(address)
        name = name if name in PAGES else next(iter(PAGES))
        self.open_page(name, what)
        return name

    def open_page(self, name: str, what: Any) -> None:
        """Go to a page and show something there, or leave it as it was."""
        place = list(PAGES).index(name)
        if self.tabs.chosen == place:  # they tell of a change, and of nothing else
            self._turn(place)
        self.tabs.chosen = place
        if what != STAY:
            self.pages[name].show(what)

    def leave(self) -> None:
        """Put the desk away, and its store: the window that showed it has gone."""
        if self in _OPEN:
            _OPEN.remove(self)
            put_away(self, self.tabs.drawings, *self.pages.values())
            self.store.close()

    def open_place(self, name: str) -> None:
        """Go to a page and leave it as it was."""
        self.open_page(name, STAY)

    def rename(self) -> None:
        """Show who works now."""
        self.header.refresh()

    def offer(self) -> None:
        """Offer again what was left unfinished."""
        found = [] if closed_to(self.session) else left_on(self.store)
        self.left.children = [self._offered(entry) for entry in found]

    def _offered(self, entry: Left) -> Banner:
        banner = Banner()

        def go_on() -> None:
            banner.clear()
            self._resume(entry)

        def throw_away() -> None:
            for form, key in entry.drafts:
                drafts.drop(self.store, form, key, entry.opening)
            banner.clear()

        actions = [("続きを書く", go_on), ("捨てる", throw_away)]
        title = f"書きかけがあります（{entry.name} {entry.at}）"
        banner.show(MessageKind.INFORMATION, title, actions=actions)
        return banner

    def _resume(self, entry: Left) -> None:
        self.session.resuming = entry.opening
        self.open_page(entry.page, entry.what)
        self.session.resuming = ""

    def _turn(self, place: int) -> None:
        name = list(PAGES)[place]
        if name in self.pages:
            self.pages[name].refresh()
        self.room.children = (self.pages[name],)
        self.tabs.rise()
        self.doorway.tell(name)

    def _made(self, name: str) -> Page:
        """Make a page; who opens no case gets one that says so, and of 会議 the papers only."""
        problems = closed_to(self.session)
        if problems and name in CASE_PAGES:
            return ClosedPage(self.session, name, problems)
        if problems and PAGES[name] is ConferencePage:
            return SendingPage(self.session)
        return PAGES[name](self.session)
