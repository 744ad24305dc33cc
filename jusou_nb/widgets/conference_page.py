"""会議: the sittings, a new one, and what leads to one of them."""

from datetime import date
from typing import Any

from jusou_nb.casework import Convened
from jusou_nb.dates import month_name
from jusou_nb.forms import Conference
from jusou_nb.forms.conference import ConferenceState
from jusou_nb.store import queries
from jusou_nb.widgets.at_once_view import AtOnceView
from jusou_nb.widgets.convened_view import ConvenedView
from jusou_nb.widgets.entries import conference_entry
from jusou_nb.widgets.listing import Cell, Listing, day_cell
from jusou_nb.widgets.messages import button
from jusou_nb.widgets.month_panel import MonthPanel, sittings_list
from jusou_nb.widgets.month_papers import MonthPapers
from jusou_nb.widgets.session import Page, Session, heading, row
from jusou_nb.widgets.sitting_view import SittingView

HEADINGS = ("会議日", "会議体", "状況", "案件")
MONTH_PAPERS = "papers"
"""What a card asks for that leads to the papers of the month."""


class ConferencePage(Page):
    """The page 会議."""

    def __init__(self, session: Session) -> None:
        """Open with the list."""
        super().__init__(session)
        self.listing: Listing | None = None
        self.show_list()

    def show_list(self) -> None:
        """Show the sittings: those to come first, then the past ones, latest first."""
        self.listing = Listing("会議の一覧", HEADINGS, self.show_sitting)
        found = self.session.store.find(Conference, order="held_on DESC")
        ordered = sorted(found, key=lambda sitting: _nearness(sitting, self.session.today))
        self.listing.fill([(s.id or 0, self._cells(s)) for s in ordered])
        self.month = MonthPanel(self.session, self.show_sitting)
        self.turn(
            heading("会議"),
            self.month,
            row(
                button("いま会議を開く（随時）", self.show_now),
                button("新しい会議", self.show_new),
                button("今月の資料", self.show_papers),
            ),
            heading("すべての会議", 3),
            self.listing,
        )

    def refresh(self) -> None:
        """List anew."""
        if self.listing in self.children:
            self.show_list()

    def show_new(self) -> None:
        """Open a blank sheet for a sitting."""
        entry = conference_entry(self.session, self._convened)
        self.turn(row(button("一覧へ戻る", self.show_list)), heading("新しい会議"), entry)

    def show_now(self) -> None:
        """いま会議を開く: choose first what it is about."""
        self.now()

    def now(self) -> AtOnceView:
        """Open the screen of a sitting that is called at once, and give it."""
        view = AtOnceView(self.session, self._convened_now)
        self.turn(row(button("一覧へ戻る", self.show_list)), heading("いま会議を開く"), view)
        return view

    def show_papers(self) -> None:
        """今月の資料: the month that the list shows, each sitting of it, and all its papers."""
        month = self.month.month
        back = button("一覧へ戻る", self.show_list)
        self.enter(
            back,
            lambda: (
                heading(f"{month_name(month)}の資料"),
                sittings_list(self.session, month, self.show_sitting),
                MonthPapers(self.session, month),
            ),
        )

    def show_sitting(self, conference_id: int, said: str = "") -> None:
        """Show one sitting."""
        back = button("一覧へ戻る", self.show_list)
        self.enter(back, lambda: (SittingView(self.session, conference_id, said),))

    def show(self, what: Any) -> None:
        """Go to what another page, a card or a draft names: None is a new sitting."""
        if what is None:
            self.show_new()
            return
        if what == MONTH_PAPERS:
            self.show_papers()
            return
        conference_id, *tasks = what
        if not tasks:
            self.show_sitting(conference_id)
            return
        task, about = tasks[0]
        if conference_id is None:
            self.now().begin(task, about)
            return
        self.show_sitting(conference_id)
        view = self.children[-1]
        if isinstance(view, SittingView):
            view.open_task(task, about)

    def _convened(self, conference: Conference) -> None:
        said = "会議を登録しました。次は、呼ぶ機関を確定してください。"
        self.show_sitting(conference.id or 0, said)

    def _convened_now(self, made: Convened) -> None:
        view = ConvenedView(self.session, made, self.show_sitting)
        self.turn(row(button("一覧へ戻る", self.show_list)), heading("会議を開きました"), view)
        view.papers.press()

    def _cells(self, sitting: Conference) -> list[Cell]:
        body = self.session.store.profile.body(sitting.body).label if sitting.body else ""
        state = sitting.state.label if sitting.state else ""
        count = len(queries.items_of(self.session.store, sitting.id or 0))
        return [
            day_cell(sitting.held_on),
            Cell(body),
            Cell(state, chip="plain"),
            Cell(f"{count}件"),
        ]


def _nearness(sitting: Conference, today: date) -> tuple[bool, int]:
    """Sort key: to come before past, and the nearest first in each."""
    days = (sitting.held_on - today).days if sitting.held_on else 0
    done = days < 0 or sitting.state is ConferenceState.HELD
    return done, abs(days)
