"""Where the buttons of the client's page lead: a sheet of the page, or another page."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from jusou_nb.casework.next_step import Next
from jusou_nb.errors import NotFound
from jusou_nb.forms import (
    AgendaItem,
    Assessment,
    CaseNote,
    Conference,
    Consent,
    Emergency,
    Intake,
    Monitoring,
    Person,
    Referral,
    RoleAssignment,
    SupportPlan,
    by_table,
)
from jusou_nb.rules.next_step import Act
from jusou_nb.store import papers_out
from jusou_nb.store.due import Due
from jusou_nb.store.papers_out import PaperOut
from jusou_nb.store.timeline import Line
from jusou_nb.store.who_does_what import Task as Row
from jusou_nb.widgets.after_entries import REOPEN
from jusou_nb.widgets.chapters import chapter_for
from jusou_nb.widgets.client_chapters import CHAPTER
from jusou_nb.widgets.client_lists import LISTED
from jusou_nb.widgets.client_person import plan_of
from jusou_nb.widgets.client_read import PAPER
from jusou_nb.widgets.client_tasks import MASK, MEMBER, OPEN
from jusou_nb.widgets.session import NEW

if TYPE_CHECKING:
    from jusou_nb.widgets.client_view import ClientView

CONFERENCE, PLAN, DUE = "会議", "プラン", "期限"
ITEM, SCOPES = "item", "scopes"


class Ways:
    """What leads on from the client's page."""

    def __init__(self, view: "ClientView") -> None:
        """Lead on from this page."""
        self.view = view

    # --- the next step ------------------------------------------------------------------------

    def fits(self, act: Act) -> bool:
        """Whether an act has something to be done about."""
        view = self.view
        if act is Act.INTAKE:
            return view.intake is not None
        if act is Act.MONITOR:
            return plan_of(view.session.store, view.case) is not None
        return True

    def take(self, act: Act, found: Next) -> None:
        """Do what a button of the next step says."""
        if found.due is not None:
            self.open_due(found.due)
            return
        self._acts(found)[act]()

    def _acts(self, found: Next) -> dict[Act, Callable[[], None]]:
        view, about = self.view, found.step.about
        case = view.case.id or 0 if view.case else 0
        plan = plan_of(view.session.store, view.case)
        return {
            Act.OPEN_CASE: view.open_case,
            Act.INTAKE: lambda: view.open_task((Intake.table, view.intake_id)),
            Act.CONSENT: lambda: view.open_task((Consent.table, view.client.person.id)),
            Act.SCOPE: lambda: view.session.go(DUE, (SCOPES, 0)),
            Act.REFER: self._refer,
            Act.ASSESS: lambda: view.open_task((CHAPTER, (Assessment.table, (NEW,)))),
            Act.SITTING: lambda: self._open_item(about),
            Act.CONVENE: view.convene,
            Act.PLAN: view.show_plans,
            Act.NOTE: lambda: view.open_task((CaseNote.table, case)),
            Act.MONITOR: lambda: view.open_task((Monitoring.table, plan.id if plan else 0)),
            Act.REOPEN: lambda: view.open_task((REOPEN, case)),
        }

    def _refer(self) -> None:
        view = self.view
        task = (Referral.table, view.intake_id) if view.intake else (MEMBER, view.client.person.id)
        view.open_task(task)

    # --- what waits ---------------------------------------------------------------------------

    def open_due(self, due: Due) -> None:
        """Open what an entry of 期限 asks for, here or on the page that settles it."""
        # 期限 itself leads back to this page.
        from jusou_nb.widgets.chapters_left import opened  # noqa: PLC0415
        from jusou_nb.widgets.due_places import page_of  # noqa: PLC0415
        from jusou_nb.widgets.due_tasks import task_of  # noqa: PLC0415

        view = self.view
        store = view.session.store
        elsewhere = page_of(store, due)
        if elsewhere is not None:
            view.session.go(*elsewhere)
            return
        task = (MASK, due.record_id) if due.table == Person.table else task_of(store, due)
        if task is not None:
            view.open_task(task)
            return
        place = opened(view.session, due, self._leave)
        if place is not None:
            view.show_sheet(place)
            return
        view.session.go(DUE, (due.table, due.record_id))

    def _leave(self, said: str, lines: Sequence[str]) -> None:
        self.view.left(said, lines)

    def open_task_row(self, row: Row) -> None:
        """Open the plan or the item in which a task stands."""
        if row.table == RoleAssignment.table:
            self.view.session.go(PLAN, (row.case_id, row.within))
        else:
            self._open_item(row.within)

    # --- records ------------------------------------------------------------------------------

    def open_line(self, line: Line) -> None:
        """Open the record of a line of the 時間の流れ."""
        if line.table == PAPER:
            self.open_paper(self.view.read.papers[line.record_id])
        elif line.struck_because is not None or line.table in LISTED:
            self.view.open_task((f"{OPEN}-{line.table}", line.record_id))
        elif line.table == Intake.table:
            self.view.open_task((Intake.table, line.record_id))
        elif line.table == SupportPlan.table:
            self.view.session.go(PLAN, (line.case_id, line.record_id))
        elif line.table == AgendaItem.table:
            self._open_item(line.record_id)
        elif line.table == Emergency.table:
            self.view.session.go(DUE, (Emergency.table, line.record_id))
        else:
            self._open_in_chapter(line)

    def _open_item(self, item_id: int) -> None:
        item = self.view.session.store.load(AgendaItem, item_id)
        self.view.session.go(CONFERENCE, (item.conference_id, (ITEM, item_id)))

    def _open_in_chapter(self, line: Line) -> None:
        from jusou_nb.widgets.chapters_left import place_of  # noqa: PLC0415 - as above

        form = by_table(line.table)
        if form is None:
            raise NotFound("この記録は、もとの画面で開いてください")
        record = self.view.session.store.load(form, line.record_id)
        chapter = chapter_for(record)
        if chapter is None:
            self.view.open_task((f"{OPEN}-{line.table}", line.record_id))
            return
        page, what = place_of(self.view.session.store, record)
        if page == self.view.page_name:
            self.view.open_task(what[1])
        else:
            self.view.session.go(page, what)

    def open_paper(self, paper: PaperOut) -> None:
        """Lead to where a paper is printed again as it was: its sitting, or here."""
        table, record_id = paper.subject
        if table != Conference.table:
            self.view.reprint(paper)
            return
        made = papers_out.of_sitting(self.view.session.store, record_id)
        numbers = [entry.number for entry in made]
        place = numbers.index(paper.number)
        self.view.session.go(CONFERENCE, (record_id, ("papers", place)))
