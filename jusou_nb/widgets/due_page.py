"""期限: all that waits, the longest overdue first, with what to do about it."""

from collections.abc import Callable, Sequence
from typing import Any

from jusou_nb.addresses import ENTRY
from jusou_nb.errors import NotFound
from jusou_nb.forms import by_table
from jusou_nb.store.due import Due, due_items
from jusou_nb.widgets.answer_entries import ANSWERED, answer_entry
from jusou_nb.widgets.chapters_left import opened
from jusou_nb.widgets.client_view import ClientView
from jusou_nb.widgets.due_acts import SCREENS, screen
from jusou_nb.widgets.due_places import page_of
from jusou_nb.widgets.due_tasks import task_of, whom_of
from jusou_nb.widgets.listing import Cell, Listing, day_cell
from jusou_nb.widgets.messages import Banner, MessageKind, button
from jusou_nb.widgets.session import Page, Session, heading, paragraph, row

HEADINGS = ("期限", "状況", "何の", "受付番号", "機関", "担当", "すること")


class DuePage(Page):
    """The page 期限."""

    def __init__(self, session: Session) -> None:
        """Open with what is this worker's."""
        super().__init__(session)
        self.mine = True
        self.found: list[Due] = []
        self.listing: Listing | None = None
        self.show_list()

    def show_list(self, said: str = "") -> None:
        """List what waits: this worker's and nobody's, or all of the office's."""
        banner = Banner()
        if said:
            banner.show(MessageKind.SUCCESS, said)
        worker = self.session.store.worker_name() if self.mine else None
        self.found = due_items(self.session.store, self.session.today, worker=worker)
        late = sum(entry.overdue_days > 0 for entry in self.found)
        self.listing = Listing(
            "待っていること", HEADINGS, self._choose, empty="待っていることはありません。"
        )
        words = "全員の分を見る" if self.mine else "自分の分だけ見る"
        self.turn(
            heading("期限"),
            paragraph(
                f"{len(self.found)}件（うち期限超過 {late}件）。期限を選ぶと、その記録が開きます。"
            ),
            row(button(words, self._other)),
            banner,
            self.listing,
        )
        agencies = self.session.store.lexicon().refs["agencies"]
        self.listing.fill([(n, _cells(d, agencies)) for n, d in enumerate(self.found)])

    def refresh(self) -> None:
        """List anew."""
        if self.listing in self.children:
            self.show_list()

    def _other(self) -> None:
        self.mine = not self.mine
        self.show_list()

    def _choose(self, place: int) -> None:
        self._open(self.found[place])

    def _open(self, due: Due) -> None:
        elsewhere = page_of(self.session.store, due)
        if elsewhere is not None:
            self.session.go(*elsewhere)
            return
        self.enter(button("一覧へ戻る", self.show_list), lambda: (self._record(due),))

    def show(self, what: Any) -> None:
        """Go to what a draft names: a screen or table, the id, and the sheet to open there."""
        name, about, *sheet = what
        if name == ENTRY:
            self._waiting(about, *sheet)
            return
        back = button("一覧へ戻る", self.show_list)
        self.enter(back, lambda: (self._answered(name, about, *sheet),))

    def _waiting(self, kind: str, record_id: int) -> None:
        """Open what waits, by its address; it may have been answered since it was listed."""
        found = due_items(self.session.store, self.session.today, kinds={kind})
        due = next((entry for entry in found if entry.record_id == record_id), None)
        if due is None:
            self.show_list("この期限は、もう済んでいます。")
        else:
            self._open(due)

    def _record(self, due: Due) -> Any:
        """Open the sheet that answers it: here, or on the page of whom it is about."""
        store = self.session.store
        task, whom = task_of(store, due), whom_of(store, due)
        place = None if task else opened(self.session, due, self._leave)
        if place is not None:
            return place
        if task is None and (due.table in SCREENS or by_table(due.table) in ANSWERED):
            return self._answered(due.table, due.record_id)
        if whom is None:
            return self._answered(due.table, due.record_id)
        view = ClientView(self.session, *whom)
        if task is not None:
            view.open_task(task)
        return view

    def _leave(self, said: str, _lines: Sequence[str]) -> None:
        self.show_list(said)

    def _answered(self, table: str, record_id: int, sheet: str = "") -> Any:
        if table in SCREENS:
            return screen(self.session, table, record_id, self._changed(), sheet)
        form = by_table(table)
        if form is None:
            raise NotFound("この記録は、もとの会議かプランの画面で開いてください")
        return answer_entry(self.session, self.session.store.load(form, record_id), self._changed())

    def _changed(self) -> Callable[[Any], None]:
        return lambda _record: self.show_list("登録しました。")


def _cells(due: Due, agencies: Any) -> list[Cell]:
    late = f"{due.overdue_days}日超過" if due.overdue_days > 0 else ""
    day = day_cell(due.due_on) if due.due_on else Cell("期限なし", sort="9999")
    return [
        day,
        Cell(late, chip="strong" if late else "", sort=f"{due.overdue_days:05}"),
        Cell(due.label),
        Cell(due.number),
        Cell(agencies.get(due.agency_id, "") if due.agency_id else ""),
        Cell(due.worker),
        Cell(due.what_to_do),
    ]
