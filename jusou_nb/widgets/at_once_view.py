"""いま会議を開く: choose what it is about, write the rest on one sheet, press once."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from jusou_nb import casework
from jusou_nb.casework import at_once
from jusou_nb.casework.at_once import Cause
from jusou_nb.fields import Code, Form
from jusou_nb.forms import AgendaItem, Case, Conference, Emergency, Household, Intake, Lead, Person
from jusou_nb.forms.intake import IntakeVariant
from jusou_nb.forms.lead import LeadOutcome
from jusou_nb.problems import Override, Problem
from jusou_nb.store import Store, queries
from jusou_nb.widgets.at_once_sheets import (
    CASE,
    CAUSES,
    EMERGENCY,
    LEAD,
    NAMELESS,
    WORD,
    FirstWord,
    Now,
)
from jusou_nb.widgets.case_picker import CasePicker
from jusou_nb.widgets.entry import Entry, Records, Sheet
from jusou_nb.widgets.listing import Cell, Listing, day_cell
from jusou_nb.widgets.messages import Action, button
from jusou_nb.widgets.session import Page, Session, heading, paragraph, row


class AtOnceView(Page):
    """The one screen of 随時開催."""

    def __init__(self, session: Session, done: Callable[[casework.Convened], None]) -> None:
        """Take what is called with the sitting once it is there."""
        super().__init__(session)
        self._done = done
        self.cause, self._about = Cause(), (WORD, 0)
        self.entry: Entry | None = None
        self.show_causes()

    def show_causes(self) -> None:
        """Offer what it may be about."""
        self.turn(
            paragraph(
                "だれのことで開くかを選んでください。次の画面で、日時と検討したいことを書きます。"
            ),
            row(button("はじめて聞く人のことで開く", lambda: self.begin(WORD, 0), filled=True)),
            *self._waiting(),
            heading("ケースから開く", 3),
            CasePicker(self.session, lambda case_id: self.begin(CASE, case_id)),
        )

    def begin(self, about: str, record_id: int) -> None:
        """Open the sheet of a sitting about a case, an emergency, a lead or a first word."""
        self._about = (about, record_id)
        self.cause = _cause(self.session.store, about, record_id)
        self.entry = self._entry()
        again = button("だれのことかを選び直す", self.show_causes)
        self.turn(row(again), heading(self._title(), 3), self.entry)

    def _waiting(self) -> list[Any]:
        """List emergencies not put before a sitting yet, and leads that are watched."""
        store = self.session.store
        urgent = store.find(Emergency, "happened_at DESC", agenda_item_id=None)
        noticed = store.find(Lead, "noticed_on DESC", intake_id=None)
        leads = [lead for lead in noticed if lead.outcome in (None, LeadOutcome.WATCH)]
        return [
            *_listed("緊急対応から開く", urgent, self._emergency, self._opener(EMERGENCY)),
            *_listed("気になる世帯から開く", leads, _lead, self._opener(LEAD)),
        ]

    def _opener(self, about: str) -> Callable[[int], None]:
        return lambda record_id: self.begin(about, record_id)

    def _emergency(self, found: Any) -> list[Cell]:
        day = found.happened_at.date() if found.happened_at else None
        return [Cell(found.who or ""), day_cell(day), Cell(found.what or "")]

    def _entry(self) -> Entry:
        key = f"of-{CAUSES.index(self._about[0])}-{self._about[1]}"
        sheets = {"now": Sheet(form=Now, key=key, record=self._proposed(), title="会議")}
        if at_once.needs_sheet(self.cause):
            word = Sheet(form=FirstWord, key=key, record=self._told(), title="だれのこと")
            sheets = {"word": word, **sheets}
        words = "会議を開いて資料を作る"
        entry = Entry(self.session, sheets, self._register, words=words, ways=self._ways)
        self._follow(entry)
        return entry

    def _proposed(self, basis: str = "") -> Now:
        """Propose basis, body, place and members; without consent where nothing is chosen."""
        store = self.session.store
        open_bases = [b for b in store.profile.bases if not (b.requires_consent or b.anonymous)]
        wanted = basis or next((b.code for b in open_bases if at_once.body_for(store, b.code)), "")
        body = at_once.body_for(store, wanted)
        code = Code(body.code) if body else None
        sitting = Conference(body=code, held_on=self.session.today)
        return Now(
            basis=Code(wanted) if wanted else None,
            body=code,
            held_on=self.session.today,
            place=body.place or None if body else None,
            called=at_once.to_call(store, sitting, self.cause.case) or None if body else None,
            question=_question(self.cause),
        )

    def _follow(self, entry: Entry) -> None:
        """Choose body, place and members anew when another basis is chosen."""
        view = entry.forms["now"]
        first: Any = view.as_it_stands()
        seen = [first.basis]

        def changed() -> None:
            stands: Any = view.as_it_stands()
            if stands.basis == seen[0] or not stands.basis:
                return
            seen[0] = stands.basis
            fresh = self._proposed(stands.basis)
            kept = replace(stands, body=fresh.body, place=fresh.place, called=fresh.called)
            view.load(kept)

        view.on_change(changed)

    def _told(self) -> FirstWord:
        lead, emergency = self.cause.lead, self.cause.emergency
        if lead is not None:
            return FirstWord(name=lead.known_name, marks=lead.place, told=lead.seen)
        return FirstWord(name=emergency.who, told=emergency.what) if emergency else FirstWord()

    def _register(self, records: Records, allowed: tuple[Override, ...]) -> None:
        now = records["now"]
        sitting = Conference(body=now.body, held_on=now.held_on, hours=now.hours, place=now.place)
        made = casework.convene_for(
            self.session.store,
            sitting,
            self._with_sheet(records.get("word")),
            AgendaItem(basis=now.basis, question=now.question),
            called=now.called or (),
            on=self.session.today,
            overrides=allowed,
        )
        self._done(made)

    def _with_sheet(self, word: FirstWord | None) -> Cause:
        if word is None:
            return self.cause
        store, today = self.session.store, self.session.today
        name = word.name or (f"{NAMELESS}（{word.marks}）" if word.marks else NAMELESS)
        intake = Intake(
            variant=IntakeVariant.WITHOUT_CONSENT,
            received_on=today,
            received_by=store.worker_name(),
            presenting_problem=word.told,
            information_source=word.source,
            screening=at_once.open_screening(store),
        )
        household = Household(members=(Person(name=name),))
        return replace(self.cause, household=household, intake=intake)

    def _ways(self, problems: Sequence[Problem]) -> Sequence[Action]:
        if "consent.none" not in {problem.rule for problem in problems}:
            return []
        return [("同意のいらない会議として開く", self._without_consent)]

    def _without_consent(self) -> None:
        if self.entry is not None:
            view = self.entry.forms["now"]
            stands: Any = view.as_it_stands()
            fresh = self._proposed()
            view.load(replace(fresh, **{n: getattr(stands, n) for n in _KEPT}))
            self.entry.press()

    def _title(self) -> str:
        if self.cause.case is None:
            return "はじめて聞く人のことで開く" if self._about[0] == WORD else "いま会議を開く"
        household = queries.household_of(self.session.store, self.cause.case.client_id or 0)
        name = queries.person(household, self.cause.case.client_id).name
        return f"{name}さんのことで開く"


def _cause(store: Store, about: str, record_id: int) -> Cause:
    if about == CASE:
        return Cause(case=store.load(Case, record_id))
    if about == EMERGENCY:
        return Cause(emergency=store.load(Emergency, record_id))
    return Cause(lead=store.load(Lead, record_id)) if about == LEAD else Cause()


_KEPT = ("held_on", "hours", "place", "question")


def _question(cause: Cause) -> str | None:
    return "緊急対応の事後報告と、これからの分担" if cause.emergency else None


def _lead(found: Any) -> list[Cell]:
    who = found.known_name or found.place or "（氏名不明）"
    return [Cell(who), day_cell(found.noticed_on), Cell(found.seen or "")]


def _listed(
    title: str,
    found: Sequence[Form],
    cells: Callable[[Any], list[Cell]],
    choose: Callable[[int], None],
) -> list[Any]:
    if not found:
        return []
    listing = Listing(title, ("だれのこと", "日", "起きたこと"), choose)
    listing.fill([(record.id or 0, cells(record)) for record in found])
    return [heading(title, 3), listing]
