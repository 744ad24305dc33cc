"""The sheets of the desk, each with the verb that registers it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from jusou_nb import casework
from jusou_nb.fields import Code, Form
from jusou_nb.forms import (
    AgendaItem,
    Case,
    CaseNote,
    Conference,
    Consent,
    Household,
    Intake,
    Person,
    Referral,
    SupportPlan,
)
from jusou_nb.forms.conference import ConferenceState
from jusou_nb.forms.consent import ConsentState
from jusou_nb.forms.intake import IntakeVariant
from jusou_nb.forms.plan import PlanState
from jusou_nb.forms.referral import ReferralAnswer
from jusou_nb.widgets.alike import KnownAlready
from jusou_nb.widgets.entry import Entry, Sheet
from jusou_nb.widgets.session import NEW, Session, key_of, key_under

Done = Callable[[Any], None]
_FROM_IMPORTS = frozenset({"other_columns", "to_confirm"})
_AFTER_ANSWER = frozenset({"after_refusal", "after_refusal_on"})
_STEPS_OF_THEIR_OWN = frozenset({"called", "approved_after_on", "basis", "topic"})
_SET_BY_THE_SITTING = frozenset({"state", "outcome_on"})


def intake_entry(session: Session, done: Done) -> Entry:
    """相談を受け付ける: intake, household, and the consent where the sheet is the one with it."""
    new = Intake(received_on=session.today, received_by=session.store.worker_name())
    consent = Consent(stated_on=session.today)
    known = KnownAlready(session)
    entry = Entry(
        session,
        {
            "intake": Sheet(form=Intake, key=NEW, record=new, without=_FROM_IMPORTS),
            "household": Sheet(form=Household, key=NEW),
            "consent": Sheet(form=Consent, key=NEW, record=consent),
        },
        lambda records, allowed: done(known.receive(records, allowed)),
    )
    known.watch(entry.forms["household"])
    entry.put_below("household", known)
    view = entry.forms["intake"]

    def ask_consent() -> None:
        stands: Any = view.as_it_stands()
        with_consent = stands.variant is IntakeVariant.WITH_CONSENT
        entry.reveal("consent", shown=with_consent)

    view.on_change(ask_consent)
    ask_consent()
    return entry


def consent_entry(session: Session, person: Person, done: Done) -> Entry:
    """同意を記録する, for one person."""
    sheet = Sheet(
        form=Consent,
        key=key_under(person.id),
        record=Consent(stated_on=session.today),
        title=f"{Consent.title}（{person.name}）",
    )
    return Entry(
        session,
        {"consent": sheet},
        lambda records, _allowed: done(_consented(session, person.id or 0, records["consent"])),
        words="同意を登録",
    )


def _consented(session: Session, person_id: int, consent: Consent) -> Any:
    """Record what was said; a withdrawal takes more along than its own record."""
    if consent.state is ConsentState.WITHDRAWN:
        return casework.withdraw_consent(session.store, person_id, consent)
    return casework.record_consent(session.store, person_id, consent)


def referral_entry(session: Session, intake: Intake, done: Done) -> Entry:
    """つなぐ: send the client on to an agency; a member who never came has a blank intake."""
    new = Referral(sent_on=session.today, answer=ReferralAnswer.SENT)
    key = key_under(intake.id) if intake.id else f"person-{intake.client_id}"
    return Entry(
        session,
        {"referral": Sheet(form=Referral, key=key, record=new, without=_AFTER_ANSWER)},
        lambda records, allowed: done(
            casework.refer(session.store, intake, records["referral"], overrides=allowed)
        ),
        words="つなぐ",
    )


class NoteEntry(Entry):
    """経過を書く; the keyboard goes to the first box that is still blank."""

    def focus(self) -> None:
        """Put the keyboard where one writes who spoke."""
        self.forms["note"].box_set.by_name["counterpart"].focus()


def note_entry(session: Session, case: Case, done: Done) -> Entry:
    """経過を書く."""
    clock = datetime.fromisoformat(session.store.now()).time().replace(second=0)
    new = CaseNote(
        happened_at=datetime.combine(session.today, clock), author=session.store.worker_name()
    )
    return NoteEntry(
        session,
        {"note": Sheet(form=CaseNote, key=key_under(case.id), record=new)},
        lambda records, _allowed: done(casework.write_note(session.store, case, records["note"])),
    )


def household_entry(session: Session, household: Household, done: Done) -> Entry:
    """世帯を直す; 秘匿 set on it is confirmed by a second person."""
    return Entry(
        session,
        {"record": Sheet(form=Household, key=key_of(household.id), record=household)},
        lambda records, allowed: done(
            casework.save_household(
                session.store, records["record"], on=session.today, overrides=allowed
            )
        ),
        words="直した内容を登録",
    )


def change_entry(session: Session, record: Form, done: Done) -> Entry:
    """直す: change a record that is there."""
    return Entry(
        session,
        {"record": Sheet(form=type(record), key=key_of(record.id), record=record)},
        lambda records, _allowed: done(session.store.save(records["record"])),
        words="直した内容を登録",
    )


def conference_entry(session: Session, done: Done) -> Entry:
    """会議を開く: body, day, place; whom to call comes after, from the roster."""
    bodies = session.store.profile.bodies
    new = Conference(
        body=Code(bodies[0].code), place=bodies[0].place or None, state=ConferenceState.PLANNED
    )
    hidden = frozenset({"called", "attendees", "state"})
    return Entry(
        session,
        {"conference": Sheet(form=Conference, key=NEW, record=new, without=hidden)},
        lambda records, _allowed: done(casework.convene(session.store, records["conference"])),
        words="会議を登録",
    )


def result_entry(session: Session, item: AgendaItem, done: Done) -> Entry:
    """案件を直し、結果を残す; basis, whom to call and 事後承認 are steps of their own."""
    sheet = Sheet(form=AgendaItem, key=key_of(item.id), record=item, without=_STEPS_OF_THEIR_OWN)
    return Entry(
        session,
        {"item": sheet},
        lambda records, allowed: done(
            casework.record_result(session.store, records["item"], overrides=allowed)
        ),
    )


def plan_entry(session: Session, case: Case, plan: SupportPlan | None, done: Done) -> Entry:
    """プランを作る, or change one."""
    new = SupportPlan(
        drawn_on=session.today,
        author=session.store.worker_name(),
        state=PlanState.DRAFT,
        lead_agency=case.lead_agency,
    )
    sheet = Sheet(
        form=SupportPlan,
        key=key_of(plan.id) if plan else key_under(case.id),
        record=plan or new,
        without=_SET_BY_THE_SITTING,
    )
    return Entry(
        session,
        {"plan": sheet},
        lambda records, _allowed: done(casework.draft_plan(session.store, case, records["plan"])),
    )
