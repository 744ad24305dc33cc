"""A sitting: whom it calls, what is on its agenda, and its papers."""

from collections.abc import Callable
from typing import Any

from jusou_nb import casework
from jusou_nb.casework import agenda
from jusou_nb.errors import JusouError
from jusou_nb.fields import Ref
from jusou_nb.forms import AgendaItem, Conference, PreparationSheet
from jusou_nb.forms.conference import ConferenceState
from jusou_nb.problems import Problem
from jusou_nb.store import queries, sittings
from jusou_nb.widgets import sitting_acts
from jusou_nb.widgets.after_view import ANSWER, ASKED_AFTER, IMPROVE, AfterView
from jusou_nb.widgets.agenda_view import PlacingView
from jusou_nb.widgets.called_grid import GRID, CalledView
from jusou_nb.widgets.candidates import CANDIDATES, CandidatesView
from jusou_nb.widgets.entries import change_entry
from jusou_nb.widgets.heard_acts import item_acts
from jusou_nb.widgets.item_view import ItemView
from jusou_nb.widgets.listing import Listing
from jusou_nb.widgets.messages import Banner, MessageKind, button, problem_lines
from jusou_nb.widgets.minutes import MinutesView
from jusou_nb.widgets.minutes_entries import MINUTES, MINUTES_TITLE
from jusou_nb.widgets.ordering import ORDER, OrderView
from jusou_nb.widgets.paper_list import PAPERS, PaperList
from jusou_nb.widgets.papers import PapersPanel
from jusou_nb.widgets.parts import put_away
from jusou_nb.widgets.recall_view import RecallView
from jusou_nb.widgets.roster_box import called_parts
from jusou_nb.widgets.session import Page, Session, heading, paragraph, row
from jusou_nb.widgets.sitting_rows import item_cells, sitting_head, topic_cells
from jusou_nb.widgets.slip_panel import paper_panels

HEADINGS = ("案件番号", "法的根拠", "案件の人", "種別", "同意")


class SittingView(Page):
    """One sitting, with the sheets that open from it."""

    def __init__(self, session: Session, conference_id: int, said: str = "") -> None:
        """Show a sitting, and what was just done."""
        super().__init__(session)
        self.sitting = queries.conference(session.store, conference_id)
        self.banner = Banner()
        self.show(said)

    def show(self, said: str = "") -> None:
        """Show the sitting as it stands now."""
        store = self.session.store
        self.sitting = queries.conference(store, self.sitting.id or 0)
        items = queries.items_of(store, self.sitting.id or 0)
        self.banner = Banner()
        is_the_day = sitting_acts.is_the_day(self.sitting, items, self.session.today)
        if said:
            self.banner.show(MessageKind.SUCCESS, said)
        self.turn(
            sitting_head(self.session, self.sitting),
            row(
                button("会議の内容を直す", self.change),
                *sitting_acts.acts(self.sitting, self.open_task, is_the_day=is_the_day),
            ),
            self.banner,
            *(
                [self._called_off()]
                if self._is_off
                else called_parts(self.session, self.sitting, self.confirm)
            ),
            *self._agenda(items),
            heading("資料", 3),
            *([] if self._is_off else self._papers(ready=bool(items) and not is_the_day)),
            row(button("これまでに作った資料・再印刷", self.show_papers)),
            *([heading("資料回収", 3), RecallView(self.session, self.sitting)] if items else []),
        )

    @property
    def _is_off(self) -> bool:
        """Whether the sitting was called off; what was handed out comes back all the same."""
        return self.sitting.state is ConferenceState.CANCELLED

    def _called_off(self) -> Any:
        return paragraph(f"この会議は中止しました。理由　{self.sitting.cancelled_because or ''}")

    def _papers(self, *, ready: bool) -> list[Any]:
        panel = PapersPanel(self.session, self.sitting, ready=ready)
        return [panel, *paper_panels(self.session, Conference.table, self.sitting.id)]

    def open_task(self, task: str, about: int) -> None:
        """Open what a button or a draft names; else the sheet of the sitting itself."""
        tasks: dict[str, Callable[[], None]] = {
            "item": lambda: self.show_item(about),
            "case": lambda: self.place(about),
            "sheet": lambda: self.show_sheet(about),
            CANDIDATES: self.show_candidates,
            ORDER: self.show_order,
            GRID: self.show_called,
            MINUTES: lambda: self.show_minutes(about),
            sitting_acts.HELD: self.hold,
            sitting_acts.CANCELLED: self.cancel,
            sitting_acts.TOPIC: self.put_topic,
            sitting_acts.AFTER: self.show_after,
            PAPERS: lambda: self.show_papers(about),
            **dict.fromkeys((ASKED_AFTER, IMPROVE, ANSWER), lambda: self.show_after(task, about)),
        }
        tasks.get(task, self.change)()

    def place(self, case_id: int | None = None) -> None:
        """案件に載せる."""
        view = PlacingView(self.session, self.sitting, self._placed, self.show_item)
        self._open("案件に載せる", view)
        if case_id is not None:
            view.choose(case_id)

    def show_candidates(self) -> None:
        """候補から案件を選ぶ."""
        view = CandidatesView(self.session, self.sitting, self._said)
        self._open("候補から案件を選ぶ", view)

    def show_order(self) -> None:
        """案件の順を変える."""
        self._open("案件の順", OrderView(self.session, self.sitting))

    def show_called(self) -> None:
        """呼ぶ機関と事前シート."""
        self._open("呼ぶ機関と事前シート", CalledView(self.session, self.sitting))

    def show_minutes(self, item_id: int = 0) -> None:
        """会議中の記録, at the item that a draft names."""
        view = MinutesView(self.session, self.sitting, self._head_anew)
        self._open(MINUTES_TITLE, view)
        if item_id:
            view.go_to_item(item_id)

    def show_item(self, item_id: int) -> None:
        """Open an item: its sheets, what is shared of it, and what came of it."""
        item = self.session.store.load(AgendaItem, item_id)
        if item.case_id is None:
            self.put_topic(item)
            return
        view = ItemView(self.session, item_id, self._resulted)
        self._open("案件", view, *item_acts(self.session, item, self._open))

    def show_sheet(self, sheet_id: int) -> None:
        """Open a 事前シート within its item."""
        sheet = self.session.store.load(PreparationSheet, sheet_id)
        self.show_item(sheet.agenda_item_id or 0)
        self.parts[-1].sheets.open_sheet(sheet_id)

    def hold(self) -> None:
        """開催を記録."""

        def done(held: tuple[Conference, list[Problem]]) -> None:
            self.show("開催を記録しました。")
            if held[1]:
                title = "開催を記録しました。確かめることがあります。"
                self.banner.show(MessageKind.WARNING, title, problem_lines(held[1]))

        self._open("開催を記録", sitting_acts.held_entry(self.session, self.sitting, done))

    def cancel(self) -> None:
        """中止."""
        done = lambda _record: self.show("中止を記録しました。案件は、ほかの会議に載せられます。")  # noqa: E731 - said once
        self._open("中止", sitting_acts.cancel_entry(self.session, self.sitting, done))

    def put_topic(self, topic: AgendaItem | None = None) -> None:
        """研修・勉強会を載せる, or open one that is there."""
        done = lambda _record: self.show("研修・勉強会を登録しました。")  # noqa: E731 - said once
        entry = sitting_acts.topic_entry(self.session, self.sitting, done, topic)
        self._open("研修・勉強会", entry)

    def show_after(self, task: str = "", about: int = 0) -> None:
        """会議後アンケートと改善事項."""
        view = AfterView(self.session, self.sitting)
        self._open("会議のあと", view)
        if task:
            view.open_task(task, about)

    def show_papers(self, place: int | None = None) -> None:
        """これまでに作った資料, or the reason for printing one of them again."""
        view = PaperList(self.session, self.sitting)
        self._open("これまでに作った資料", view)
        if place is not None:
            view.choose(place)

    def change(self) -> None:
        """直す: body, day, place, state, attendees."""
        done = lambda _record: self.show("会議の内容を登録しました。")  # noqa: E731 - said once
        self._open("会議の内容を直す", change_entry(self.session, self.sitting, done))

    def confirm(self, agencies: tuple[Ref, ...]) -> None:
        """名簿で確定: call these agencies."""
        try:
            casework.call_agencies(self.session.store, self.sitting, agencies)
        except JusouError as fault:
            self.banner.fail(fault)
            return
        self.show(f"{len(agencies)}機関を呼ぶことに確定しました。")

    def _open(self, title: str, part: Any, *ways: Any) -> None:
        back = row(button("会議へ戻る", self.show), *ways)
        self.turn(sitting_head(self.session, self.sitting), back, heading(title, 3), part)

    def _placed(self, placed: agenda.Placed) -> None:
        said = f"{placed.item.place_in_order}番の案件に載せました。"
        self._said(said, problem_lines(placed.remarks))

    def _resulted(self, item: AgendaItem) -> None:
        remarks = casework.result_problems(self.session.store, item)
        self._said(f"{item.place_in_order}番の案件を登録しました。", problem_lines(remarks))

    def _said(self, said: str, lines: list[str]) -> None:
        """Go back to the sitting and say what was done, and what is to be looked at."""
        self.show(said)
        if lines:
            title = f"{said}確かめることがあります。"
            self.banner.show(MessageKind.WARNING, title, lines)

    def _head_anew(self) -> None:
        """Draw the head again: a part below it has noted that the sitting was held."""
        self.sitting = queries.conference(self.session.store, self.sitting.id or 0)
        old, *rest = self.parts
        self.children = self.parts = (sitting_head(self.session, self.sitting), *rest)
        put_away(old)

    def _agenda(self, items: list[AgendaItem]) -> list[Any]:
        listing = Listing("案件の一覧", HEADINGS, self.show_item, empty="案件はまだありません。")
        topics = sittings.topics_of(self.session.store, self.sitting.id or 0)
        lines = [(item.id or 0, item_cells(self.session, item)) for item in items]
        listing.fill(
            [*lines, *[(topic.id or 0, topic_cells(self.session, topic)) for topic in topics]]
        )
        if self._is_off:
            return [heading("案件", 3), listing]
        return [heading("案件", 3), listing, row(*self._agenda_acts(items, len(topics)))]

    def _agenda_acts(self, items: list[AgendaItem], topics: int) -> list[Any]:
        """Give what can be done with the agenda; to choose is the step while it is empty."""
        first = bool(self.sitting.called) and not items
        acts = [
            button("候補から選ぶ", self.show_candidates, filled=first),
            button("案件に載せる", self.place),
        ]
        if len(items) + topics > 1:
            acts.append(button("案件の順を変える", self.show_order))
        return [*acts, *([button("呼ぶ機関と事前シート", self.show_called)] if items else [])]
