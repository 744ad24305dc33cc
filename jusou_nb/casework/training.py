"""研修・動画, and 気づきシート of windows that are no welfare desk: taken up, and answered."""

from dataclasses import dataclass, replace
from datetime import date

from jusou_nb.casework.gaps import TOPIC
from jusou_nb.casework.intakes import Received, receive_intake
from jusou_nb.casework.leads import LeadSheet, notice_lead, review_lead
from jusou_nb.casework.outreach_sources import UNKNOWN
from jusou_nb.checks import require
from jusou_nb.fields import Code
from jusou_nb.forms import (
    AgendaItem,
    Conference,
    Household,
    Intake,
    Lead,
    Person,
    SignSheet,
    Training,
    TrainingAttendance,
)
from jusou_nb.forms.lead import LeadOutcome
from jusou_nb.forms.training import SignAnswer, TrainingKind
from jusou_nb.problems import Override, Problem, settle
from jusou_nb.rules import training as rules
from jusou_nb.store import Store, people, trainings

_WORDS = {
    SignAnswer.RECEIVED: "お知らせをありがとうございました。当窓口で受け付けました。",
    SignAnswer.WATCHING: "お知らせをありがとうございました。見守りを始めました。",
    SignAnswer.KNOWN: "お知らせをありがとうございました。すでに関わっています。",
    SignAnswer.NO_NEED: "お知らせをありがとうございました。また気づいたときはお知らせください。",
}
"""What goes back to a window where nothing else is written: nothing of the case."""


@dataclass(frozen=True, kw_only=True)
class Learned:
    """A training or 気づきシート as kept, what came of it, and what is to be looked at."""

    record: Training | SignSheet
    lead: Lead | None = None
    received: Received | None = None
    remarks: tuple[Problem, ...] = ()


def training_proposals(store: Store) -> list[tuple[int, Training]]:
    """Propose a training for each topic (議題・研修) of a sitting held that is none yet.

    Gives the id of the topic's item with each; who came is taken over from the sitting.
    """
    found = []
    for item_id, conference_id in trainings.topics_unrecorded(store):
        item = store.load(AgendaItem, item_id)
        if item.topic != TOPIC:
            sitting = store.load(Conference, conference_id)
            found.append((item_id, training_from_item(item, sitting)))
    return found


def training_from_item(item: AgendaItem, sitting: Conference) -> Training:
    """Give the sheet of a training held within a sitting, with who attended by department."""
    came = [attendee.agency for attendee in sitting.attendees if attendee.agency is not None]
    return Training(
        conference_id=sitting.id,
        name=item.topic,
        kind=TrainingKind.IN_SITTING,
        held_on=sitting.held_on,
        content=item.question,
        attendances=tuple(
            TrainingAttendance(agency=agency, count=came.count(agency))
            for agency in dict.fromkeys(came)
        ),
    )


def keep_training(store: Store, training: Training) -> Learned:
    """Keep a training or video with its attendance by department.

    Raises:
        Invalid: Name, way or day, or a department or number of a row, are empty.
    """
    require(training)
    remarks = settle(rules.may_keep_training(training))
    return Learned(record=store.save(training), remarks=tuple(remarks))


def receive_sign(store: Store, sign: SignSheet, *, on: date) -> Learned:
    """Keep a 気づきシート as it came, or as it now stands; an answer on it goes back.

    Raises:
        Invalid: The day, the department, or what was noticed, are empty.
    """
    require(sign)
    with store.transaction():
        before = store.load(SignSheet, sign.id) if sign.id else SignSheet()
        if sign.answer in (None, before.answer):
            return Learned(record=store.save(sign))
        kept = store.save(replace(sign, answer=before.answer, answer_text=before.answer_text))
        day = sign.answered_on or on
        return answer_sign(store, kept, sign.answer, on=day, text=sign.answer_text or "")


def lead_of_sign(store: Store, sign: SignSheet) -> Lead:
    """Give the sheet of a 気になる世帯 filled from a 気づきシート."""
    return Lead(
        noticed_on=sign.sent_on,
        seen=sign.noticed,
        known_name=sign.known_name,
        source=_sender(store, sign) or None,
    )


def intake_of_sign(store: Store, sign: SignSheet, *, on: date) -> tuple[Household, Intake]:
    """Give the household and the sheet of 相談受付 filled from a 気づきシート."""
    routes = store.profile.flagged("route", "by_agency")
    name = sign.known_name or UNKNOWN
    intake = Intake(
        received_on=on,
        received_by=store.worker_name(),
        route=Code(min(routes)) if routes else None,
        presenting_problem=sign.noticed,
        information_source=_sender(store, sign) or None,
    )
    return Household(members=(Person(name=name),)), intake


def _sender(store: Store, sign: SignSheet) -> str:
    agencies = store.lexicon().refs["agencies"]
    department = agencies.get(sign.sent_by or 0, "")
    return "　".join(part for part in ("気づきシート", department, sign.sender) if part)


def watch_sign(store: Store, sign: SignSheet, lead: Lead) -> Learned:
    """見守り: keep a 気づきシート as a 気になる世帯; the window is answered by a step of its own.

    Raises:
        NotAllowed: It was taken up already.
    """
    with store.transaction():
        fresh = store.load(SignSheet, sign.id or 0)
        settle(rules.may_take_up(fresh, SignAnswer.WATCHING))
        kept = notice_lead(store, lead)
        return Learned(record=store.save(replace(fresh, lead_id=kept.id)), lead=kept)


def take_up_sign(
    store: Store,
    sign: SignSheet,
    *,
    household: Household,
    intake: Intake,
    overrides: tuple[Override, ...] = (),
) -> Learned:
    """相談として受け付ける: receive a 気づきシート as a consultation; a 気になる世帯 of it ends.

    Raises:
        NotAllowed: It was taken up already, or the sheet itself may not be received.
        Invalid: Boxes of the sheet are missing.
    """
    with store.transaction():
        fresh = store.load(SignSheet, sign.id or 0)
        settle(rules.may_take_up(fresh, SignAnswer.RECEIVED))
        sheet = LeadSheet(household=household, intake=intake)
        received = _receive(store, fresh, sheet, overrides)
        saved = store.save(replace(fresh, intake_id=received.intake.id))
        return Learned(record=saved, received=received, remarks=received.remarks)


def _receive(
    store: Store, sign: SignSheet, sheet: LeadSheet, overrides: tuple[Override, ...]
) -> Received:
    """Receive the sheet, through the 気になる世帯 where there is one, which ends by it."""
    lead = store.load(Lead, sign.lead_id) if sign.lead_id else None
    if lead is not None and lead.outcome in (None, LeadOutcome.WATCH):
        day = sheet.intake.received_on or date.max
        reviewed = review_lead(
            store, lead, LeadOutcome.RECEIVED, on=day, sheet=sheet, overrides=overrides
        )
        if reviewed.received is not None:
            return reviewed.received
    return receive_intake(
        store, household=sheet.household, intake=sheet.intake, overrides=overrides
    )


def answer_sign(
    store: Store, sign: SignSheet, answer: SignAnswer, *, on: date, text: str = ""
) -> Learned:
    """Answer the window: what is done, in words that tell nothing of the case.

    Without words of the worker's own, those of the house go back.
    """
    with store.transaction():
        fresh = store.load(SignSheet, sign.id or 0)
        said = text.strip() or _WORDS[answer]
        names = _names(store, fresh)
        remarks = settle(rules.may_answer(fresh, answer, said, names))
        saved = store.save(replace(fresh, answer=answer, answered_on=on, answer_text=said))
    return Learned(record=saved, remarks=tuple(remarks))


def _names(store: Store, sign: SignSheet) -> list[str]:
    if sign.intake_id is None:
        return []
    return people.names_in_household(store, store.load(Intake, sign.intake_id).household_id)
