"""One client: where things stand, the next step, the household at a glance, all records."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import ipywidgets

from jusou_nb.errors import JusouError
from jusou_nb.fields import Form
from jusou_nb.forms import Case, Ending, Intake, Person, Referral, SupportPlan, by_table
from jusou_nb.forms.plan import PlanState
from jusou_nb.forms.referral import ReferralAnswer
from jusou_nb.store.papers_out import PaperOut
from jusou_nb.store.struck import Struck, struck
from jusou_nb.widgets.after_entries import ANSWER, BACK, BEGIN, FINISH, RENEW
from jusou_nb.widgets.at_once_sheets import CASE
from jusou_nb.widgets.client_chapters import CHAPTER, ClientChapters
from jusou_nb.widgets.client_glance import glance_said
from jusou_nb.widgets.client_head import head_said
from jusou_nb.widgets.client_lists import name_of
from jusou_nb.widgets.client_menu import entries
from jusou_nb.widgets.client_papers import REPRINT, ReprintView, papers_on
from jusou_nb.widgets.client_person import client_of, consent_chips, turned_to
from jusou_nb.widgets.client_read import KINDS, read_client
from jusou_nb.widgets.client_said import said_of
from jusou_nb.widgets.client_tasks import (
    MASK,
    SCREENS,
    STRIKE,
    Offer,
    Task,
    offers,
    open_own_case,
)
from jusou_nb.widgets.client_ways import Ways
from jusou_nb.widgets.drawn import Drawn
from jusou_nb.widgets.mask_view import MaskView
from jusou_nb.widgets.messages import Banner, MessageKind, button
from jusou_nb.widgets.parts import put_away
from jusou_nb.widgets.plan_acts import ASK, SUSPEND
from jusou_nb.widgets.record_view import correct_entry, strike_entry, struck_view
from jusou_nb.widgets.session import Page, Session, row
from jusou_nb.widgets.timeline import Timeline

FOLLOWING = (ANSWER, RENEW, FINISH)


class ClientView(Page):
    """The head, the sheet that is open or the household at a glance, and the 時間の流れ."""

    page_name = "相談受付"

    def __init__(
        self, session: Session, intake_id: int | None, person_id: int | None = None
    ) -> None:
        """Show the client of an intake, or any member of a household by id."""
        super().__init__(session)
        self.on_open: Callable[[], None] = lambda: None
        store = session.store
        of = person_id or store.load(Intake, intake_id or 0).client_id or 0
        self.client = client_of(store, of, intake_id=intake_id)
        self.ways = Ways(self)
        self.head, self.glance = Drawn("head", self._safely), Drawn("glance", self._safely)
        self.timeline = Timeline(lambda line: self._safely(lambda: self.ways.open_line(line)))
        self.said, self.sheet, self.papers = Banner(), ipywidgets.VBox(), ipywidgets.VBox()
        self.chapters = ClientChapters(session, self.refresh, self._turned)
        self.refresh()
        self.turn(
            self.head, self.said, self.sheet, self.chapters,
            self.glance, self.papers, self.timeline,
        )  # fmt: skip

    @property
    def intake(self) -> Intake | None:
        """The person's 相談受付票."""
        return self.client.intake

    @property
    def case(self) -> Case | None:
        """The case shown."""
        return self.client.case

    def refresh(self) -> None:
        """Show where things stand now."""
        store, client = self.session.store, self.client
        client = self.client = client_of(
            store,
            client.person.id or 0,
            intake_id=client.intake.id if client.intake else None,
            case_id=client.case.id if client.case else None,
        )
        self.chapters.set(client.household, client.case)
        read = self.read = read_client(store, client, self.session.today)
        self.head.fill(
            lambda _acts: head_said(store, client, read.home, self._chips(), read.next_day)
        )
        self.glance.fill(lambda acts: glance_said(self, read, entries(self), acts))
        names = {person.id or 0: read.home.name(person.id) for person in client.household.members}
        self.timeline.fill(read.lines, KINDS, names)
        self._turned()

    def turn_to(self, person_id: int, case_id: int = 0) -> None:
        """Show another member of the household, or another case."""
        self.said.clear()
        self._close()
        self.client = client_of(self.session.store, person_id, case_id=case_id or None)
        self.refresh()
        self.session.rise()

    def open_task(self, task: Task) -> None:
        """Open the sheet of a task, as a button, a draft or 期限 names it."""
        self.on_open()
        self.said.clear()
        self._close()
        if task[0] == CHAPTER:
            self.chapters.show(task[1])
            return
        self._safely(lambda: self._open(task))

    def _open(self, task: Task) -> None:
        made, ways = self._made(*task)
        self.show_sheet(made, ways, papers_on(self.session, task))
        made.focus()

    def show_sheet(self, made: Any, ways: Sequence[Any] = (), papers: Sequence[Any] = ()) -> None:
        """Show a sheet under the way to close it."""
        self.sheet.children = (row(button("閉じる", self._close), *ways), *papers, made)
        self._turned()

    def show_papers(self, panel: Any) -> None:
        """Show papers in the making."""
        put_away(*self.papers.children)
        self.papers.children = (panel,)
        self._turned()

    def _safely(self, do: Callable[[], None]) -> None:
        try:
            do()
        except JusouError as fault:
            self.said.fail(fault)

    def open_case(self) -> None:
        """ケースを開く: at once for whom a consultation is about, else with a reason."""
        intake = self.client.intake
        if intake is None:
            self.open_task((BEGIN, self.client.person.id or 0))
        else:
            self._safely(lambda: self._done(open_own_case(self.session, intake)))

    def _made(self, name: str, about: int) -> tuple[Any, list[Any]]:
        """Make the sheet of a task, and the buttons that lead on from it."""
        session, store = self.session, self.session.store
        if name == MASK:
            self._turn_to_whom(store.load(Person, about))
            return MaskView(session, self.client.household, lambda _: self.refresh(), about), []
        if name == REPRINT:
            return ReprintView.of(session, self.client.household, about), []
        manner, _, table = name.partition("-")
        form = by_table(table)
        if form is None:
            screen = SCREENS[name]
            if about:
                self._turn_to_whom(store.load(screen.of, about))
            made = screen.make(session, self.client, about, self._done)
            return made, self._ways_on(self.intake) if name == Intake.table else []
        old = self._struck(form, about)
        if old is not None:
            return struck_view(session, old), []
        record = store.load(form, about)
        self._turn_to_whom(record)
        if manner == STRIKE:
            name = name_of(store, record)
            return strike_entry(session, record, name, self._done), []
        return correct_entry(session, record, self._done), self._ways_on(record)

    def _turn_to_whom(self, record: Form) -> None:
        """Show whom a record is about, where that is somebody else of the household."""
        turned = turned_to(self.session.store, self.client, record)
        if turned is not self.client:
            self.client = turned
            self.refresh()

    def _struck(self, form: type[Form], about: int) -> Struck[Form] | None:
        return next(iter(struck(self.session.store, form, id=about)), None)

    def _ways_on(self, record: Form | None) -> list[Any]:
        """Name what follows a record: an answer, the step after a refusal, the 取消."""
        if record is None:
            return []
        about = record.id or 0
        found = offers(self.session.store, self.client) if isinstance(record, Ending) else []
        made = [o for o in found if o.task[1] == about and o.task[0] in FOLLOWING]
        if isinstance(record, Referral) and record.answer is ReferralAnswer.REFUSED:
            made.append(Offer("", "次の一手を決める", (BACK, about)))
        made.append(Offer("", "この記録を取り消す", (f"{STRIKE}-{record.table}", about)))
        return [button(o.words, partial(self.open_task, o.task)) for o in made]

    def left(self, said: str, lines: Sequence[str]) -> None:
        """Close a sheet that says itself what was done."""
        self._close()
        self.refresh()
        if said:
            kind = MessageKind.WARNING if lines else MessageKind.SUCCESS
            self.said.show(kind, said, lines, focus=True)

    def _done(self, done: Any) -> None:
        self._close()
        self.refresh()
        said_of(self.session.store, done, self.open_task, self._stop_plan).show(self.said)

    def _stop_plan(self, plan_id: int) -> None:
        """Lead to where the plan is broken off, or its roles are asked (rule 13)."""
        plan = self.session.store.load(SupportPlan, plan_id)
        act = ASK if plan.state is PlanState.SUSPENDED else SUSPEND
        self.session.go("プラン", (plan.case_id, plan_id, act))

    def _close(self) -> None:
        put_away(*self.sheet.children)
        self.sheet.children = ()
        self.chapters.close_sheet()

    def _turned(self) -> None:
        """Keep to one thing at a time: what else could be done comes back after the sheet."""
        is_open = self.sheet.children or self.chapters.room.children
        self.glance.layout.display = "none" if is_open else ""
        # What is empty takes no room.
        self.sheet.layout.display = "" if self.sheet.children else "none"
        self.papers.layout.display = "" if self.papers.children and not is_open else "none"

    def _chips(self) -> list[tuple[str, str]]:
        case, given = self.case, self.read.given.get(self.client.person.id or 0, ())
        status = case.status.label if case and case.status else "ケースなし"
        profile = self.session.store.profile
        return [(status, "plain"), *consent_chips(profile, given, self.session.today)]

    def show_plans(self) -> None:
        """プランを見る."""
        if self.case is not None:
            self.session.go("プラン", self.case.id)

    def convene(self) -> None:
        """いま会議を開く, for the case shown."""
        if self.case is not None:
            self.session.go("会議", (None, (CASE, self.case.id)))

    def reprint(self, paper: PaperOut) -> None:
        """Print a paper of this household again as it was."""
        self.open_task((REPRINT, self.read.papers.index(paper)))
