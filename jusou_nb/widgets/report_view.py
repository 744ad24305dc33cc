"""緊急対応: what a check found, and the 事後報告 at the next sitting."""

from collections.abc import Sequence
from typing import Any

from jusou_nb import casework
from jusou_nb.casework.agenda import Placed
from jusou_nb.dates import wareki
from jusou_nb.forms import AgendaItem, Case, Emergency, Household, Person
from jusou_nb.problems import Override, Problem
from jusou_nb.store import queries
from jusou_nb.widgets.answer_entries import answer_entry
from jusou_nb.widgets.case_picker import CasePicker
from jusou_nb.widgets.entries import Done
from jusou_nb.widgets.entry import Entry, Sheet
from jusou_nb.widgets.gate import Gate
from jusou_nb.widgets.messages import Action, Banner, MessageKind, button, problem_lines
from jusou_nb.widgets.session import Page, Session, heading, paragraph, row

HOME = "emergency"
"""What the draft of the household of an emergency is named by."""
_CONFERENCES = "会議"


class ReportView(Page):
    """An emergency: put it on the next sitting, and keep what a check found."""

    def __init__(self, session: Session, emergency: Emergency, done: Done) -> None:
        """Show where the report stands, over the sheet of the emergency."""
        super().__init__(session)
        self.emergency, self._done = emergency, done
        self.said, self.gate = Banner(), Gate(session, self._ways)
        self.show()

    def show(self) -> None:
        """Show the emergency as it stands now."""
        self.emergency = self.session.store.load(Emergency, self.emergency.id or 0)
        sheet = answer_entry(self.session, self.emergency, self._done)
        self.turn(heading("会議への事後報告", 3), *self._standing(), self.said, self.gate, sheet)

    def open_sheet(self, _name: str) -> None:
        """Go on with the household that was left."""
        self._write()

    def report(self, household: Household | None = None) -> None:
        """事後報告の案件として載せる."""
        self.gate.attempt(lambda allowed: self._put(household, allowed))

    def _standing(self) -> list[Any]:
        """Say on which sitting it is, or offer to put it on the next."""
        if self.emergency.agenda_item_id is None:
            put = button("次の会議に事後報告として載せる", self.report, filled=True)
            said = "この緊急対応は、まだどの会議にも報告していません。同意はいりません。"
            return [paragraph(said), row(put)]
        item = self.session.store.load(AgendaItem, self.emergency.agenda_item_id)
        open_ = button("その会議を開く", lambda: self._go(item))
        return [paragraph(f"{self._where(item)}の案件です。"), row(open_)]

    def _where(self, item: AgendaItem) -> str:
        sitting = queries.conference(self.session.store, item.conference_id or 0)
        body = self.session.store.profile.body(sitting.body or "").label
        day = wareki(sitting.held_on) if sitting.held_on else ""
        return f"{body}（{day}）の{item.place_in_order}番"

    def _go(self, item: AgendaItem) -> None:
        self.session.go(_CONFERENCES, (item.conference_id, ("item", item.id or 0)))

    def _put(self, household: Household | None, allowed: tuple[Override, ...]) -> None:
        store, today = self.session.store, self.session.today
        placed = casework.report_emergency(
            store, self.emergency, on=today, household=household, overrides=allowed
        )
        self.gate.clear()
        self.show()
        self._tell(placed)

    def _tell(self, placed: Placed) -> None:
        said = f"{self._where(placed.item)}の事後報告に載せました。"
        kind = MessageKind.WARNING if placed.remarks else MessageKind.SUCCESS
        self.said.show(kind, said, problem_lines(placed.remarks), focus=True)

    def _ways(self, problems: Sequence[Problem]) -> Sequence[Action]:
        rules = {problem.rule for problem in problems}
        if "emergency.no_household" in rules:
            return [("世帯をケースから選ぶ", self._pick), ("世帯を新しく書く", self._write)]
        if "emergency.no_sitting" in rules:
            return [("会議を登録する", lambda: self.session.go(_CONFERENCES, None))]
        return []

    def _pick(self) -> None:
        self.gate.aside.children = (CasePicker(self.session, self._picked),)

    def _picked(self, case_id: int) -> None:
        store = self.session.store
        case = store.load(Case, case_id)
        self.report(queries.household_of(store, case.client_id or 0))

    def _write(self) -> None:
        """Write down whose household it is; at least the client, if only by a mark."""
        named = Household(members=(Person(name=self.emergency.who),))
        sheet = Sheet(form=Household, key=f"{HOME}-{self.emergency.id}", record=named)
        entry = Entry(
            self.session,
            {"household": sheet},
            lambda records, allowed: self._put(records["household"], allowed),
            words="この世帯で事後報告に載せる",
        )
        self.gate.aside.children = (entry,)
        entry.focus()
