"""One client: where things stand, what can be done next, and all that was recorded."""

from collections.abc import Callable
from typing import Any

import ipywidgets

from jusou_nb.errors import JusouError
from jusou_nb.fields import Form
from jusou_nb.forms import Case, Ending, Intake, Person, Referral, SupportPlan, by_table
from jusou_nb.forms.plan import PlanState
from jusou_nb.forms.referral import ReferralAnswer
from jusou_nb.store.struck import Struck, struck
from jusou_nb.widgets.after_entries import ANSWER, BACK, BEGIN, FINISH, RENEW
from jusou_nb.widgets.at_once_sheets import CASE
from jusou_nb.widgets.client_chapters import CHAPTER, ClientChapters
from jusou_nb.widgets.client_lists import home_of, lists_of, name_of
from jusou_nb.widgets.client_papers import client_papers, papers_on
from jusou_nb.widgets.client_person import client_of, consent_words, turned_to
from jusou_nb.widgets.client_said import said_of
from jusou_nb.widgets.client_tasks import (
    GO_ON,
    MASK,
    OPEN,
    RECEIVE,
    SCREENS,
    STRIKE,
    Offer,
    Task,
    offers,
    open_own_case,
)
from jusou_nb.widgets.family_view import family_view
from jusou_nb.widgets.mask_view import MaskView
from jusou_nb.widgets.messages import Banner, button
from jusou_nb.widgets.plan_acts import ASK, SUSPEND
from jusou_nb.widgets.record_view import correct_entry, strike_entry, struck_view
from jusou_nb.widgets.session import Page, Session, chips, group, heading, put_away, row

FOLLOWING = (ANSWER, RENEW, FINISH)


class ClientView(Page):
    """What is known of a person, the buttons, the sheet that is open, and the lists."""

    def __init__(
        self, session: Session, intake_id: int | None, person_id: int | None = None
    ) -> None:
        """Show the client of an intake, or any member of a household by id."""
        super().__init__(session)
        self.on_open: Callable[[], None] = lambda: None
        store = session.store
        of = person_id or store.load(Intake, intake_id or 0).client_id or 0
        self.client = client_of(store, of, intake_id=intake_id)
        self.said, self.sheet, self.acts = Banner(), ipywidgets.VBox(), ipywidgets.VBox()
        self.chapters = ClientChapters(session, self.refresh, self._turned)
        self.refresh()

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
        self.client = client_of(
            store,
            client.person.id or 0,
            intake_id=client.intake.id if client.intake else None,
            case_id=client.case.id if client.case else None,
        )
        self.chapters.set(self.client.household, self.case)
        home = home_of(store, self.client, self._consent_word, self.turn_to)
        self.acts = self._acts()
        self._turned()
        self.turn(
            heading(self._name()),
            self._chips(),
            *([home] if home else []),
            *family_view(self.session, self.client),
            self.acts,
            self.chapters.buttons,
            self.said,
            self.sheet,
            self.chapters,
            *lists_of(store, self.client, self.open_record),
            self.chapters.lists,
            *client_papers(self.session, self.client),
        )

    def turn_to(self, person_id: int, case_id: int = 0) -> None:
        """Show another member of the household, or another case."""
        self.said.clear()
        self._close()
        self.client = client_of(self.session.store, person_id, case_id=case_id or None)
        self.refresh()

    def open_record(self, table: str, about: int) -> None:
        """Open a record of a list."""
        self.open_task((f"{OPEN}-{table}", about))

    def open_task(self, task: Task) -> None:
        """Open the sheet of a task, as a button, a draft or 期限 names it."""
        self.on_open()
        self.said.clear()
        self._close()
        if task[0] == CHAPTER:
            self.chapters.show(task[1])
            return
        try:
            made, ways = self._made(*task)
        except JusouError as fault:
            self.said.fail(fault)
            return
        close = row(button("閉じる", self._close), *ways)
        self.sheet.children = (close, *papers_on(self.session, task), made)
        self._turned()
        made.focus()

    def open_case(self) -> None:
        """ケースを開く: at once for whom a consultation is about, else with a reason."""
        if self.client.intake is None:
            self.open_task((BEGIN, self.client.person.id or 0))
            return
        try:
            case = open_own_case(self.session, self.client.intake)
        except JusouError as fault:
            self.said.fail(fault)
            return
        self._done(case)

    def _made(self, name: str, about: int) -> tuple[Any, list[Any]]:
        """Make the sheet of a task, and the buttons that lead on from it."""
        if name == MASK:
            return self._mask(about), []
        manner, _, table = name.partition("-")
        form = by_table(table)
        if form is None:
            screen = SCREENS[name]
            if about:
                self._turn_to_whom(self.session.store.load(screen.of, about))
            made = screen.make(self.session, self.client, about, self._done)
            return made, self._ways_on(self.intake) if name == Intake.table else []
        old = self._struck(form, about)
        if old is not None:
            return struck_view(self.session, old), []
        record = self.session.store.load(form, about)
        self._turn_to_whom(record)
        if manner == STRIKE:
            name = name_of(self.session.store, record)
            return strike_entry(self.session, record, name, self._done), []
        return correct_entry(self.session, record, self._done), self._ways_on(record)

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
        return [self._leads(offer) for offer in made]

    def _leads(self, offer: Offer) -> Any:
        return button(offer.words, lambda: self.open_task(offer.task), filled=offer.filled)

    def _done(self, done: Any) -> None:
        self._close()
        self.refresh()
        said_of(self.session.store, done, self.open_task, self._stop_plan).show(self.said)

    def _stop_plan(self, plan_id: int) -> None:
        """Lead to where the plan is broken off, or its roles are asked (rule 13)."""
        plan = self.session.store.load(SupportPlan, plan_id)
        act = ASK if plan.state is PlanState.SUSPENDED else SUSPEND
        self.session.go("プラン", (plan.case_id, plan_id, act))

    def _mask(self, person_id: int) -> MaskView:
        self._turn_to_whom(self.session.store.load(Person, person_id))
        return MaskView(self.session, self.client.household, lambda _: self.refresh(), person_id)

    def _close(self) -> None:
        for part in self.sheet.children:
            put_away(part)
        self.sheet.children = ()
        self.chapters.close_sheet()

    def _turned(self) -> None:
        """Keep to one thing at a time: what else could be done comes back after the sheet."""
        is_open = self.sheet.children or self.chapters.room.children
        for buttons in (self.acts, self.chapters.buttons):
            buttons.layout.display = "none" if is_open else ""

    def _name(self) -> str:
        number = self.intake.number if self.intake else ""
        return f"{self.client.person.name or '氏名不明'}（{number or '番号なし'}）"

    def _chips(self) -> Any:
        case = self.case
        masked = any(member.is_masked for member in self.client.household.members)
        return chips(
            (case.status.label if case and case.status else "ケースなし", "plain"),
            *consent_words(self.session.store, self.client.person.id, self.session.today),
            ("秘匿あり", "strong") if masked else ("", ""),
        )

    def _consent_word(self, person_id: int | None) -> str:
        said = consent_words(self.session.store, person_id, self.session.today)
        return "・".join(word for word, _ in said)

    def _acts(self) -> Any:
        """Draw the buttons by what a worker does."""
        groups: dict[str, list[Any]] = {}
        for offer in offers(self.session.store, self.client):
            groups.setdefault(offer.group, []).append(self._leads(offer))
        if self.case is None:
            groups[RECEIVE].insert(0, button("ケースを開く", self.open_case, filled=True))
        else:
            groups[GO_ON].append(button("プランを見る", self._plans))
        if self.client.runs:
            groups[GO_ON].append(button("いま会議を開く", self._convene))
        made = ipywidgets.VBox([group(words, parts) for words, parts in groups.items()])
        made.add_class("jusou-groups")
        return made

    def _plans(self) -> None:
        if self.case is not None:
            self.session.go("プラン", self.case.id)

    def _convene(self) -> None:
        if self.case is not None:
            self.session.go("会議", (None, (CASE, self.case.id)))
