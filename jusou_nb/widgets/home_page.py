"""ホーム: what is to be done today, the worker's cases, and the way to everything else."""

from collections.abc import Sequence
from datetime import date, timedelta
from html import escape
from typing import Any

from jusou_nb import addresses
from jusou_nb.dates import wareki
from jusou_nb.forms import PhoneMemo
from jusou_nb.store import drafts, queries
from jusou_nb.store.due import Due, due_items
from jusou_nb.store.my_cases import MyCase, my_cases
from jusou_nb.widgets import home_rows as rows
from jusou_nb.widgets.listing import Listing
from jusou_nb.widgets.memo_view import MemoEntry, MemoView
from jusou_nb.widgets.messages import Banner, MessageKind, button
from jusou_nb.widgets.parts import put_away
from jusou_nb.widgets.search import Found, SearchBox
from jusou_nb.widgets.session import Page, Session, heading, markup, row

PHONE, SEARCH = "phone", "search"
"""What a shortcut asks of this page: a blank 電話メモ, the keyboard in the search box."""
URGENT = frozenset({"first_contacts", "emergencies"})
"""Kinds of waiting that are never left for tomorrow."""


class HomePage(Page):
    """The page ホーム."""

    def __init__(self, session: Session) -> None:
        """Open with today."""
        super().__init__(session)
        self.waiting: list[Due] = []
        self.mine: list[MyCase] = []
        self.search, self.banner = SearchBox(session, self._found), Banner()
        self.head = (heading("ホーム"), self.banner, self.search)
        self.listings: dict[str, Listing] = {}
        self.turn(*self.head)
        self.show_list()

    def show_list(self, said: str = "", lines: Sequence[str] = ()) -> None:
        """Show today anew."""
        store, today = self.session.store, self.session.today
        self.waiting = due_items(store, today, worker=store.worker_name())
        self.mine = my_cases(store, store.worker_name(), self.waiting)
        self._keep_head()
        if said:
            kind = MessageKind.WARNING if lines else MessageKind.SUCCESS
            self.banner.show(kind, said, lines)
        self.listings = self._lists()
        for name in [n for n, made in self.listings.items() if not made.rows]:
            if name not in rows.ALWAYS:
                put_away(self.listings.pop(name))
        self.turn(
            *self.head,
            row(
                button("電話メモを書く", self.show_memo, filled=True),
                button("新しい相談を受け付ける", lambda: self.session.go("相談受付", None)),
            ),
            self._today(),
            *self.listings.values(),
        )

    def _keep_head(self) -> None:
        """Keep the search where it stands: whoever types in it does not lose the box."""
        self.banner.clear()
        if self.search not in self.children:
            self.search, self.banner = SearchBox(self.session, self._found), Banner()
            self.head = (heading("ホーム"), self.banner, self.search)

    def refresh(self) -> None:
        """List anew, unless something is open."""
        if self.search in self.children:
            self.show_list()

    def show(self, what: Any) -> None:
        """Go to what a shortcut, a draft or another page names."""
        if what == PHONE:
            self.show_memo()
        elif what == SEARCH:
            if self.search not in self.children:
                self.show_list()
            self.search.focus()
        else:
            _memo, memo_id, *act = what
            self.show_memo(memo_id, *act)

    def show_memo(self, memo_id: int | None = None, act: str = "") -> None:
        """Open a blank 電話メモ, or one that was kept."""
        back = button("ホームへ戻る", self.show_list)
        if memo_id is None:
            entry = MemoEntry(
                self.session, lambda _memo: self.show_list("電話メモを登録しました。")
            )
            self.enter(back, lambda: (entry,))
            entry.focus()
            return
        self.enter(back, lambda: (MemoView(self.session, memo_id, self.show_list, act),))

    def _today(self) -> Any:
        """Say in one line how the day stands."""
        today = self.session.today
        now = [due for due in self.waiting if due.due_on is None or due.due_on <= today]
        late = sum(due.overdue_days > 0 for due in now)
        urgent = sum(due.kind in URGENT for due in now)
        left = len(drafts.every(self.session.store))
        facts = [
            ("今日まで", len(now)),
            ("うち期限超過", late),
            ("緊急・最初の連絡", urgent),
            ("書きかけ", left),
        ]
        drawn = "".join(f"<span><b>{escape(word)}</b>{count}件</span>" for word, count in facts)
        made = markup(f"<p class='jusou-facts'>{escape(wareki(today))}{drawn}</p>")
        made.add_class("jusou-home-today")
        return made

    def _lists(self) -> dict[str, Listing]:
        return {
            "kinds": self._kinds(),
            "memos": self._memos(),
            "sittings": self._sittings(),
            "cases": self._cases(),
        }

    def _kinds(self) -> Listing:
        found = rows.by_kind(self.waiting, self.session.today)
        listing = Listing(
            "今日までにすること",
            rows.KINDS,
            lambda place: self.show_kind(found[place][0].kind),
            empty="今日までのものはありません。",
        )
        listing.fill([(n, rows.kind_cells(dues, URGENT)) for n, dues in enumerate(found)])
        return listing

    def show_kind(self, kind: str) -> None:
        """List what waits of one kind; choosing one opens where it is settled."""
        found = [due for due in self.waiting if due.kind == kind]

        def choose(place: int) -> None:
            address = addresses.of_due(found[place].kind, found[place].record_id)
            self.session.go(address["page"], tuple(address["what"]))

        listing = Listing(found[0].label if found else "", rows.DUES, choose)
        listing.fill([(n, rows.due_cells(due)) for n, due in enumerate(found)])
        self.turn(row(button("ホームへ戻る", self.show_list)), heading(listing.caption), listing)

    def _memos(self) -> Listing:
        found = self.session.store.find(PhoneMemo, order="called_at DESC", outcome=None)
        listing = Listing("まだ片付いていない電話メモ", rows.MEMOS, self.show_memo)
        listing.fill([(memo.id or 0, rows.memo_cells(memo)) for memo in found])
        return listing

    def _sittings(self) -> Listing:
        store, today = self.session.store, self.session.today
        found = queries.sittings(store, today, _sunday(today))
        listing = Listing("今週の会議", rows.SITTINGS, lambda id_: self.session.go("会議", (id_,)))
        listing.fill([(s.id or 0, rows.sitting_cells(store, s)) for s in found])
        return listing

    def _cases(self) -> Listing:
        listing = Listing(
            "私のケース",
            rows.CASES,
            self._open_case,
            empty="担当・副担当のケースはまだありません。",
        )
        today = self.session.today
        listing.fill([(n, rows.case_cells(case, today)) for n, case in enumerate(self.mine)])
        return listing

    def _open_case(self, place: int) -> None:
        case = self.mine[place]
        self._go(addresses.of_person(case.client_id, case.intake_id))

    def _found(self, found: Found) -> None:
        self._go(found["open"])

    def _go(self, address: Any) -> None:
        self.session.go(address["page"], _tupled(address["what"]))


def _sunday(day: date) -> date:
    return day + timedelta(days=6 - day.weekday())


def _tupled(what: Any) -> Any:
    return tuple(_tupled(part) for part in what) if isinstance(what, list) else what
