"""事前シート of an item: ask agencies for it, and keep what they answer."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import ipywidgets

from jusou_nb import casework
from jusou_nb.choices import NOT_PERSONAL
from jusou_nb.errors import Invalid
from jusou_nb.fields import Form, Ref, Stage, item
from jusou_nb.forms import AgendaItem, PreparationSheet
from jusou_nb.forms.preparation_sheet import SheetManner
from jusou_nb.store import queries
from jusou_nb.widgets.answers_table import answers_table
from jusou_nb.widgets.entry import Entry, Records, Sheet
from jusou_nb.widgets.form import FormView
from jusou_nb.widgets.gate import Gate
from jusou_nb.widgets.listing import Cell, Listing, day_cell
from jusou_nb.widgets.messages import Banner, MessageKind, button, problem_lines
from jusou_nb.widgets.session import Page, Session, heading, key_of, row

HEADINGS = ("機関", "依頼した日", "提出の期限", "回答の日", "回答の方法")


@dataclass(frozen=True, kw_only=True)
class Asking(Form):
    """Which agencies are asked, and by when they answer."""

    agencies: tuple[Ref, ...] | None = item(
        "依頼する機関", scope=NOT_PERSONAL, ref="agencies", required_at=Stage.DRAFT
    )
    due_on: date | None = item("提出の期限", scope=NOT_PERSONAL)


class SheetsView(Page):
    """The sheets of one item, with what opens from them."""

    def __init__(self, session: Session, agenda_item: AgendaItem) -> None:
        """List the sheets that were sent."""
        super().__init__(session)
        self.item = agenda_item
        self.banner = Banner()
        self.show()

    def show(self, said: str = "", lines: list[str] | None = None) -> None:
        """Show the sheets as they stand, and what was just done."""
        self.banner = Banner()
        if said:
            kind = MessageKind.WARNING if lines else MessageKind.SUCCESS
            self.banner.show(kind, said, lines or (), focus=True)
        listing = Listing(
            "事前シート", HEADINGS, self.open_sheet, empty="依頼した事前シートはありません。"
        )
        names = self.session.store.lexicon().refs["agencies"]
        listing.fill([(s.id or 0, _cells(s, names.get(s.agency or 0, ""))) for s in self.sheets()])
        ask = button("事前シートを依頼", self.ask)
        self.listing = listing
        side = answers_table(self.session.store, self.item.id or 0)
        self.turn(heading("事前シート", 3), self.banner, listing, row(ask), *side)

    def sheets(self) -> list[PreparationSheet]:
        """Give the sheets of the item in the order of asking."""
        return self.session.store.find(PreparationSheet, agenda_item_id=self.item.id)

    def ask(self) -> None:
        """事前シートを依頼: tick the agencies."""
        box = AskBox(self.session, self.item, self._proposed(), self._sent)
        self.turn(heading("事前シートを依頼", 3), box, row(button("依頼をやめる", self.show)))

    def open_sheet(self, sheet_id: int) -> None:
        """Open a sheet for what the agency answered."""
        store = self.session.store
        sheet = store.load(PreparationSheet, sheet_id)
        name = store.lexicon().refs["agencies"].get(sheet.agency or 0, "")
        opened = Sheet(
            form=PreparationSheet,
            key=key_of(sheet_id),
            record=replace(sheet, returned_on=sheet.returned_on or self.session.today),
            title=f"事前シート（{name}）",
        )
        entry = Entry(self.session, {"sheet": opened}, self._answered, words="回答を登録")
        self.turn(entry, row(button("事前シートの一覧へ戻る", self.show)))

    def _proposed(self) -> tuple[Ref, ...]:
        """Propose the agencies that may know of the item and were not asked yet."""
        store = self.session.store
        asked = {sheet.agency for sheet in self.sheets()}
        called = queries.called_to(store, self.item, self._sitting())
        return tuple(
            Ref(agency)
            for agency in called
            if agency not in asked and not casework.sheet_problems(store, self.item, (Ref(agency),))
        )

    def _sitting(self) -> Any:
        return queries.conference(self.session.store, self.item.conference_id or 0)

    def _sent(self, count: int) -> None:
        self.show(f"{count}機関の事前シートを「依頼した」と記録しました。")

    def _answered(self, records: Records, _allowed: Any) -> None:
        sheet = records["sheet"]
        saved, remarks = casework.answer_sheet(
            self.session.store,
            sheet,
            on=sheet.returned_on or self.session.today,
            manner=sheet.manner or SheetManner.RETURNED,
        )
        name = self.session.store.lexicon().refs["agencies"].get(saved.agency or 0, "")
        self.show(f"「{name}」の回答を登録しました。", problem_lines(remarks))


class AskBox(ipywidgets.VBox):  # type: ignore[misc] # ipywidgets carries no types
    """The agencies to ask, ticked where they may know of the item."""

    def __init__(
        self, session: Session, agenda_item: AgendaItem, proposed: tuple[Ref, ...], done: Any
    ) -> None:
        """Take what is called with the number of sheets sent."""
        self._session, self._item, self._done = session, agenda_item, done
        sitting = queries.conference(session.store, agenda_item.conference_id or 0)
        self.form = FormView(
            Asking,
            session.store.lexicon(),
            record=Asking(agencies=proposed, due_on=sitting.held_on),
            today=session.today,
            title="",
        )
        self.gate = Gate(session)
        go = row(button("依頼したと記録", self.send, filled=True))
        super().__init__([self.form, self.gate, go])

    def send(self) -> None:
        """Record that the ticked agencies were asked."""
        try:
            asked: Any = self.form.record()
        except Invalid as fault:
            self.form.show_problems(fault.problems)
            return
        self.gate.attempt(lambda _allowed: self._send(asked))

    def _send(self, asked: Asking) -> None:
        sent = casework.send_sheets(
            self._session.store,
            self._item,
            asked.agencies or (),
            on=self._session.today,
            due_on=asked.due_on,
        )
        self._done(len(sent))


def _cells(sheet: PreparationSheet, agency: str) -> list[Cell]:
    back = Cell("回答待ち", chip="strong") if sheet.returned_on is None else None
    return [
        Cell(agency),
        day_cell(sheet.sent_on),
        day_cell(sheet.due_on),
        back or day_cell(sheet.returned_on),
        Cell(sheet.manner.label if sheet.manner else ""),
    ]
