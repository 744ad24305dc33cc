"""The desk: 相談受付, 会議, プラン, 地域・資源, 期限; opened by one line of a notebook."""

import os
from collections.abc import Callable, Mapping
from datetime import date
from html import escape
from pathlib import Path
from typing import Any

import ipywidgets

from jusou_nb import settings
from jusou_nb.dates import wareki
from jusou_nb.errors import JusouError
from jusou_nb.store import Store, drafts, open_store
from jusou_nb.widgets.closed import ClosedPage, SendingPage, closed_to
from jusou_nb.widgets.conference_page import ConferencePage
from jusou_nb.widgets.due_page import DuePage
from jusou_nb.widgets.intake_page import IntakePage
from jusou_nb.widgets.left import Left, left_on
from jusou_nb.widgets.messages import Banner, MessageKind
from jusou_nb.widgets.plan_page import PlanPage
from jusou_nb.widgets.resources_page import ResourcesPage
from jusou_nb.widgets.session import Page, Session, markup
from jusou_nb.widgets.steering_page import PAGE as STEERING
from jusou_nb.widgets.steering_page import SteeringPage
from jusou_nb.widgets.tabs import Tabs

PAGES: Mapping[str, Callable[[Session], Page]] = {
    "相談受付": IntakePage,
    "会議": ConferencePage,
    "プラン": PlanPage,
    "地域・資源": ResourcesPage,
    "期限": DuePage,
    STEERING: SteeringPage,
}
CASE_PAGES = frozenset({"相談受付", "プラン", "期限", STEERING})
"""Pages that open cases: closed to whoever has no role that does."""
_NO_STORE = "業務ファイルが決まっていません。"
_NO_STORE_REMEDY = "管理者に、JUSOU_STORE で業務ファイル（.db）の場所を決めるよう伝えてください。"


def desk(
    store_path: str | os.PathLike[str] | None = None, today: date | str | None = None
) -> "Desk | Refusal":
    """Open the desk.

    Args:
        store_path: The store's file; by default what ``JUSOU_STORE`` names.
        today: The day to count as today (a date or ISO text); by default ``JUSOU_TODAY``,
            else the calendar's.

    Returns:
        The desk, or a banner that says why it cannot be opened and what to do.
    """
    named = os.fspath(store_path) if store_path is not None else settings.STORE.get()
    if not named:
        return Refusal(_NO_STORE, _NO_STORE_REMEDY)
    try:
        return Desk(Session(open_store(Path(named)), _day(today)))
    except JusouError as fault:
        return Refusal(str(fault))


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


class Desk(_Quiet, ipywidgets.VBox):  # type: ignore[misc] # as above
    """Header, tabs, what was left unfinished, and the page that is open."""

    def __init__(self, session: Session) -> None:
        """Lay out the desk; only its first page is built."""
        self.session = session
        self.pages: dict[str, Page] = {}
        self.tabs = Tabs("相談の机", list(PAGES), self._turn)
        session.rise, session.go = self.tabs.rise, self.open_page
        self.left = ipywidgets.VBox()
        self.room = ipywidgets.VBox()
        self.room.add_class("jusou-room")
        super().__init__([_header(session), self.tabs, self.left, self.room])
        self.add_class("jusou-desk")
        self.offer()
        self._turn(0)

    @property
    def store(self) -> Store:
        """The store that is open."""
        return self.session.store

    def open_page(self, name: str, what: Any) -> None:
        """Go to a page and show something there."""
        self.tabs.chosen = list(PAGES).index(name)
        self.pages[name].show(what)

    def offer(self) -> None:
        """Offer again what was left unfinished."""
        found = [] if closed_to(self.session) else left_on(self.store)
        self.left.children = [self._offered(entry) for entry in found]

    def _offered(self, entry: Left) -> Banner:
        banner = Banner()

        def go_on() -> None:
            banner.clear()
            self.open_page(entry.page, entry.what)

        def throw_away() -> None:
            for form, key in entry.drafts:
                drafts.drop(self.store, form, key)
            banner.clear()

        title = f"書きかけがあります（{entry.name} {entry.at}）"
        actions = [("続きを書く", go_on), ("捨てる", throw_away)]
        banner.show(MessageKind.INFORMATION, title, actions=actions)
        return banner

    def _turn(self, place: int) -> None:
        name = list(PAGES)[place]
        if name not in self.pages:
            self.pages[name] = self._made(name)
        else:
            self.pages[name].refresh()
        self.room.children = (self.pages[name],)
        self.tabs.rise()

    def _made(self, name: str) -> Page:
        """Make a page; who opens no case gets one that says so, and of 会議 the papers only."""
        problems = closed_to(self.session)
        if problems and name in CASE_PAGES:
            return ClosedPage(self.session, name, problems)
        if problems and PAGES[name] is ConferencePage:
            return SendingPage(self.session)
        return PAGES[name](self.session)


def _header(session: Session) -> Any:
    store = session.store
    who = escape(f"{store.profile.municipality}　{store.profile.office}")
    facts = (
        ("今日", wareki(session.today)),
        ("担当", store.worker_name()),
        ("業務ファイル", store.name),
    )
    drawn = "".join(f"<span><b>{label}</b>{escape(value)}</span>" for label, value in facts)
    made = markup(f"<h1 class='jusou-h1'>{who}</h1><p class='jusou-facts'>{drawn}</p>")
    made.add_class("jusou-header")
    return made
