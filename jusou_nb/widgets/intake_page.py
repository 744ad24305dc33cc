"""相談受付: what came in, a new sheet, and what is done for one client."""

from collections.abc import Callable, Iterator
from typing import Any

from jusou_nb.casework import Responded
from jusou_nb.casework.intakes import Received
from jusou_nb.forms import Emergency, Lead
from jusou_nb.store import lists, queries
from jusou_nb.store.known import known_before
from jusou_nb.widgets.case_picker import consent_cell, search_box
from jusou_nb.widgets.client_view import ClientView
from jusou_nb.widgets.entries import Done, intake_entry
from jusou_nb.widgets.listing import Cell, Listing, day_cell
from jusou_nb.widgets.messages import Banner, MessageKind, button, problem_lines
from jusou_nb.widgets.report_view import ReportView
from jusou_nb.widgets.scopes_view import ScopesView, how_many
from jusou_nb.widgets.session import Page, Session, heading, row
from jusou_nb.widgets.support_entries import emergency_entry, lead_entry

HEADINGS = ("受付番号", "相談受付日", "本人", "段階", "本人同意")


class IntakePage(Page):
    """The page 相談受付."""

    def __init__(self, session: Session) -> None:
        """Open with the list."""
        super().__init__(session)
        self.listing: Listing | None = None
        self.show_list()

    def show_list(self) -> None:
        """Show what came in, the latest first."""
        self.listing = Listing("受け付けた相談", HEADINGS, self.show_client)
        self.turn(
            heading("相談受付"),
            row(
                button("新しい相談を受け付ける", self.show_new, filled=True),
                button("気になる世帯を残す", self.show_lead),
                button("緊急対応を記録", self.show_emergency),
                *self._scopes(),
            ),
            search_box(self.session, self._fill),
            self.listing,
        )
        self._fill("")

    def refresh(self) -> None:
        """List anew."""
        if self.listing in self.children:
            self.show_list()

    def show_new(self) -> None:
        """Open a blank sheet, or go on with the one that was left."""
        entry = intake_entry(self.session, self._received)
        self.turn(
            row(button("一覧へ戻る", self.show_list)), heading("新しい相談を受け付ける"), entry
        )

    def _scopes(self) -> list[Any]:
        """Lead to the consents of unknown scope, where there are some."""
        waiting = how_many(self.session)
        words = f"同意の範囲をまとめて確かめる（{waiting}件）"
        return [button(words, self.show_scopes)] if waiting else []

    def show_scopes(self) -> None:
        """Confirm at once what the papers of many consents cover."""
        self.turn(row(button("一覧へ戻る", self.show_list)), ScopesView(self.session))

    def show_lead(self) -> None:
        """Keep what somebody noticed, before there is a consultation."""
        self._sheet("気になる世帯", lead_entry)

    def show_emergency(self) -> None:
        """Record an emergency in one sheet; its report to a sitting is offered next."""

        def done(responded: Responded) -> None:
            said = Banner()
            words = "緊急対応を登録しました。「期限」の一覧にも出ます。"
            lines = problem_lines(responded.remarks)
            kind = MessageKind.WARNING if lines else MessageKind.SUCCESS
            said.show(kind, words, lines)
            view = ReportView(self.session, responded.emergency, lambda _kept: self.show_list())
            self.turn(row(button("一覧へ戻る", self.show_list)), said, view)

        entry = emergency_entry(self.session, done)
        self.turn(row(button("一覧へ戻る", self.show_list)), heading("緊急対応"), entry)

    def _sheet(self, title: str, make: Callable[[Session, Done], Any]) -> None:
        def done(_record: Any) -> None:
            self.show_list()
            said = Banner()
            said.show(MessageKind.SUCCESS, f"{title}を登録しました。「期限」の一覧に出ます。")
            self.turn(*self.parts[:2], said, *self.parts[2:])

        entry = make(self.session, done)
        self.turn(row(button("一覧へ戻る", self.show_list)), heading(title), entry)

    def show_client(
        self,
        intake_id: int | None,
        said: str = "",
        lines: tuple[str, ...] = (),
        person_id: int | None = None,
    ) -> None:
        """Show one client, by the intake or by the person: what is known, what can be done."""
        banner = Banner()
        if said:
            banner.show(MessageKind.WARNING if lines else MessageKind.SUCCESS, said, lines)
        back = button("一覧へ戻る", self.show_list)

        def make() -> tuple[Banner, ClientView]:
            view = ClientView(self.session, intake_id, person_id)
            # What was said on the way here is past once the next sheet opens.
            view.on_open = banner.clear
            return banner, view

        self.enter(back, make)

    def show(self, what: Any) -> None:
        """Go to what another page or a draft names: None is the blank sheet."""
        if what is None:
            self.show_new()
            return
        if what in (Lead.table, Emergency.table):
            self.show_lead() if what == Lead.table else self.show_emergency()
            return
        intake_id, task, *person = what
        self.show_client(intake_id, person_id=next(iter(person), None))
        view = self.children[-1]
        if task and isinstance(view, ClientView):
            view.open_task(task)

    def _received(self, received: Received) -> None:
        name = queries.person(received.household, received.intake.client_id).name
        case = "ケースを開きました。" if received.case else ""
        said = f"受付番号 {received.intake.number}（{name}）で登録しました。{case}"
        self.show_client(received.intake.id or 0, said, tuple(self._to_look_at(received)))

    def _to_look_at(self, received: Received) -> Iterator[str]:
        """Say what follows from the sheet, and whom the office may have met before."""
        yield from (f"{problem.message}{problem.remedy}" for problem in received.remarks)
        for match in known_before(self.session.store, received.household):
            numbers = "、".join(match.numbers) or "番号なし"
            reasons = "・".join(match.reasons)
            known = f"前に受けた「{match.name}」（{numbers}）かもしれません"
            yield f"{match.member}: {known}（{reasons}）。"

    def _fill(self, text: str) -> None:
        found = lists.intakes(self.session.store, text)
        if self.listing is not None:
            self.listing.fill([(line.intake_id or 0, self._cells(line)) for line in found])

    def _cells(self, line: lists.Line) -> list[Cell]:
        status = line.status.label if line.status else ""
        return [
            Cell(line.number),
            day_cell(line.day),
            Cell(line.name),
            Cell(status, chip="plain" if status else ""),
            consent_cell(self.session, line.client_id),
        ]
