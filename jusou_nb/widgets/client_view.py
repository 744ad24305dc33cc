"""One client of an intake: where things stand, and what can be done next."""

from collections.abc import Callable
from typing import Any

import ipywidgets

from jusou_nb import casework
from jusou_nb.casework.consents import Withdrawn
from jusou_nb.errors import JusouError, NotFound
from jusou_nb.forms import (
    Case,
    CaseNote,
    Consent,
    Ending,
    Evaluation,
    Household,
    Intake,
    Monitoring,
    Person,
    Referral,
    SchemeCheck,
    StatutoryReport,
    SupportPlan,
    SupportRequest,
)
from jusou_nb.forms.consent import ConsentState
from jusou_nb.rules import consent as consents
from jusou_nb.store import queries
from jusou_nb.widgets import entries
from jusou_nb.widgets import support_entries as more
from jusou_nb.widgets.listing import Cell, Listing, day_cell
from jusou_nb.widgets.messages import Banner, MessageKind, button
from jusou_nb.widgets.session import Page, Session, chips, heading, put_away, row
from jusou_nb.widgets.support_entries import after_withdrawal

GIVEN = ConsentState.GIVEN
Task = tuple[str, int]
"""What is done for a client: the table it writes, and the id of whom or what it is about."""


class ClientView(Page):
    """What is known of a client, the buttons, and the sheet that is open."""

    def __init__(self, session: Session, intake_id: int) -> None:
        """Show the client of an intake."""
        super().__init__(session)
        self.intake = session.store.load(Intake, intake_id)
        self.said, self.sheet = Banner(), ipywidgets.VBox()
        self.refresh()

    @property
    def case(self) -> Case | None:
        """The client's latest case."""
        return max(
            self.session.store.find(Case, client_id=self.intake.client_id),
            key=lambda case: case.id or 0,
            default=None,
        )

    def refresh(self) -> None:
        """Show where things stand now."""
        store = self.session.store
        self.intake = store.load(Intake, self.intake.id or 0)
        self.household = queries.household_of(store, self.intake.client_id or 0)
        client = queries.person(self.household, self.intake.client_id)
        self.turn(
            heading(f"{client.name}（{self.intake.number or '番号なし'}）"),
            self._chips(client),
            self._buttons(),
            self.said,
            self.sheet,
            *self._lists(),
        )

    def open_task(self, task: Task) -> None:
        """Open the sheet of a task, as a button or a draft names it."""
        table, about = task
        makers: dict[str, Callable[[], Any]] = {
            Intake.table: lambda: entries.change_entry(self.session, self.intake, self._done),
            Household.table: lambda: entries.household_entry(
                self.session, self.household, self._done
            ),
            Consent.table: lambda: self._consent(about),
            Referral.table: lambda: entries.referral_entry(self.session, self.intake, self._done),
            CaseNote.table: self._note,
            **self._more_sheets(),
        }
        self.said.clear()
        self._close()
        entry = makers[table]()
        self.sheet.children = (row(button("閉じる", self._close)), entry)
        entry.focus()

    def open_case(self) -> None:
        """ケースを開く."""
        try:
            casework.open_case(
                self.session.store,
                self.intake,
                reason="継続して関わることにした",
                opened_on=self.session.today,
            )
        except JusouError as fault:
            self.said.fail(fault)
            return
        self._done(None)

    def _done(self, record: object) -> None:
        self._close()
        self.refresh()
        if isinstance(record, Withdrawn):
            said = "撤回を記録しました。続けて、次のことを確かめてください。"
            self.said.show(MessageKind.WARNING, said, after_withdrawal(record), focus=True)
            return
        self.said.show(MessageKind.SUCCESS, "登録しました。", focus=True)

    def _close(self) -> None:
        for part in self.sheet.children:
            put_away(part)
        self.sheet.children = ()

    def _more_sheets(self) -> dict[str, Callable[[], Any]]:
        """Give the sheets around a case by the table that they write."""
        session, done = self.session, self._done
        plan = self.plan
        return {
            StatutoryReport.table: lambda: more.report_entry(
                session, self.intake, self.household, done
            ),
            SupportRequest.table: lambda: more.request_entry(session, self.household, done),
            SchemeCheck.table: lambda: more.scheme_entry(session, self._open_case(), done),
            Ending.table: lambda: more.ending_entry(session, self._open_case(), done),
            Monitoring.table: lambda: more.monitoring_entry(session, plan or SupportPlan(), done),
            Evaluation.table: lambda: more.evaluation_entry(session, plan or SupportPlan(), done),
        }

    @property
    def plan(self) -> SupportPlan | None:
        """The agreed plan of the client's case that is in force."""
        case = self.case
        try:
            return casework.plan_in_force(self.session.store, case) if case else None
        except NotFound:
            return None

    def _open_case(self) -> Case:
        case = self.case
        if case is None:
            raise LookupError(Case.table)
        return case

    def _consent(self, person_id: int) -> Any:
        person = queries.person(self.household, person_id)
        return entries.consent_entry(self.session, person, self._done)

    def _note(self) -> Any:
        return entries.note_entry(self.session, self._open_case(), self._done)

    def _chips(self, client: Person) -> Any:
        case = self.case
        given = self.session.store.find(Consent, person_id=client.id)
        entry = consents.latest(given, self.session.today, self.session.store.profile)
        state = entry.state.label if entry and entry.state else "同意は未確認"
        cut = bool(entry and (entry.withdrawn_categories or entry.withdrawn_agencies))
        return chips(
            (case.status.label if case and case.status else "ケースなし", "plain"),
            (state, "good" if entry and entry.state else "plain"),
            ("一部撤回", "strong") if cut and entry and entry.state is GIVEN else ("", ""),
            ("秘匿あり", "strong")
            if any(m.is_masked for m in self.household.members)
            else ("", ""),
        )

    def _buttons(self) -> Any:
        def task(words: str, table: str, about: int | None) -> Any:
            return button(words, lambda: self.open_task((table, about or 0)))

        several = len(self.household.members) > 1
        asked = [
            task(f"同意を記録（{m.name}）" if several else "同意を記録", Consent.table, m.id)
            for m in self.household.members
        ]
        case = self.case
        about_case = (
            task("経過を書く", CaseNote.table, case.id)
            if case
            else button("ケースを開く", self.open_case)
        )
        return row(
            *asked,
            task("つなぐ", Referral.table, self.intake.id),
            about_case,
            task("受付票を直す", Intake.table, self.intake.id),
            task("世帯を直す", Household.table, self.household.id),
            *(task(words, table, self.intake.id) for words, table in self._more_tasks()),
        )

    def _more_tasks(self) -> list[tuple[str, str]]:
        """Name the sheets that fit: some need a case, some a plan in force."""
        tasks = [("通報・通告", StatutoryReport.table), ("支援要請", SupportRequest.table)]
        if self.case is not None:
            tasks += [("既存制度の確認", SchemeCheck.table), ("終結・中断", Ending.table)]
        if self.plan is not None:
            tasks += [("モニタリング", Monitoring.table), ("評価", Evaluation.table)]
        return tasks

    def _lists(self) -> list[Listing]:
        store, case = self.session.store, self.case
        agencies = store.lexicon().refs["agencies"]
        given = Listing("同意の記録", ("同意日", "世帯員", "本人同意"))
        given.fill(
            [
                (c.id or 0, [day_cell(c.stated_on), Cell(m.name or ""), Cell(_word(c.state))])
                for m in self.household.members
                for c in store.find(Consent, order="stated_on", person_id=m.id)
            ]
        )
        sent = Listing("つないだ先", ("つないだ日", "つなぎ先", "結果"))
        sent.fill(
            [
                (
                    r.id or 0,
                    [
                        day_cell(r.sent_on),
                        Cell(agencies[r.destination or 0]),
                        Cell(_word(r.answer)),
                    ],
                )
                for r in store.find(Referral, order="sent_on", intake_id=self.intake.id)
            ]
        )
        notes = Listing("支援経過", ("日時", "内容", "次にすること", "期限"))
        found = store.find(CaseNote, order="happened_at DESC", case_id=case.id) if case else []
        notes.fill([(n.id or 0, _note_cells(n)) for n in found])
        return [given, sent, notes]


def _word(state: Any) -> str:
    return state.label if state else ""


def _note_cells(note: CaseNote) -> list[Cell]:
    at = note.happened_at
    moment = day_cell(at.date() if at else None)
    return [moment, Cell(note.content or ""), Cell(note.next_action or ""), day_cell(note.next_due)]
