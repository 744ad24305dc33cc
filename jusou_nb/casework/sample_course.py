"""How a household's story is played through the verbs, day by day.

A course is a generator: it does a day's work and yields the day on which it goes on. The
town resumes it when that day has come, and drops it where the town's today ends.
"""

from collections.abc import Generator
from dataclasses import replace
from datetime import date, timedelta
from typing import TypeVar

from jusou_nb.casework.agenda import put_on_agenda, record_result
from jusou_nb.casework.cases import change_status, open_case
from jusou_nb.casework.consents import record_consent
from jusou_nb.casework.intakes import Received, receive_intake
from jusou_nb.casework.notes import write_note
from jusou_nb.casework.plans import agree_plan, draft_plan
from jusou_nb.casework.referrals import answer_referral, refer
from jusou_nb.casework.sample_papers import (
    STAFF,
    consent_of,
    decisions_of,
    heard_at,
    note_of,
    plan_of,
    progress_of,
    referral_of,
)
from jusou_nb.casework.sample_place import NEVER, Place, Sitting
from jusou_nb.casework.sample_stories import Asked, Ending, Story, Way, one
from jusou_nb.fields import Code
from jusou_nb.forms import AgendaItem, Case, Conference, Consent, Intake, SupportPlan
from jusou_nb.forms.case import CaseStatus
from jusou_nb.forms.conference import Outcome
from jusou_nb.forms.consent import ConsentState
from jusou_nb.forms.plan import PlanState
from jusou_nb.forms.referral import ReferralAnswer

T = TypeVar("T")
Course = Generator[date, None, T]
_DAY = timedelta(days=1)
_REVIEWED, _RETURNED = 0.7, 0.1


def live(place: Place, story: Story) -> Course[None]:
    """Play a household from its intake to wherever it stands today."""
    yield story.received_on
    received = _receive(place, story)
    place.settle(received.household.id or 0)
    if story.way is Way.REFERRED or story.ground:
        place.begin(place.day, _send_on(place, story, received.intake))
    if received.case is None:
        return
    if story.refusing is not None:
        _open_for_another(place, story, received)
    case_id = _take_charge(place, story, received.case)
    yield from _get_to_know(place, story, case_id)
    if story.way is Way.WATCHED:
        return
    planned = story.way is Way.PLANNED
    basis = place.plan_basis if planned else place.confidential
    yield from _sit(place, story, case_id, basis)
    yield from _go_on(place, story, case_id)


def _receive(place: Place, story: Story) -> Received:
    desk = story.roll.choice(place.body.members).agency if place.body.members else ""
    intake = replace(story.intake, received_at=place.agency(desk), received_by=STAFF[2])
    consent = consent_of(place, story, place.day)
    return receive_intake(place.store, household=story.household, intake=intake, consent=consent)


def _take_charge(place: Place, story: Story, case: Case) -> int:
    kept_out = tuple(place.agency(name) for name in story.excluded) or None
    mine = replace(
        case,
        coordinator=STAFF[0],
        deputy=STAFF[1],
        lead_agency=place.agency(story.theme.steps[0][0]),
        excluded_agencies=kept_out,
    )
    return place.store.save(mine).id or 0


def _open_for_another(place: Place, story: Story, received: Received) -> None:
    """Open a case for the member who refuses, to be discussed without consent."""
    person = received.household.members[story.refusing or 0]
    said = "ほうっておいてほしい。"
    no = Consent(state=ConsentState.REFUSED, stated_on=place.day, words=said)
    record_consent(place.store, person.id or 0, no)
    theirs = replace(received.intake, client_id=person.id)
    case = open_case(place.store, theirs, reason="世帯員にも支援が要る")
    case_id = _take_charge(place, story, case)
    place.begin(place.day, _accompany_another(place, story, case_id))


def _accompany_another(place: Place, story: Story, case_id: int) -> Course[None]:
    yield from _get_to_know(place, story, case_id)
    yield from _sit(place, story, case_id, place.confidential)


def _send_on(place: Place, story: Story, intake: Intake) -> Course[None]:
    """Refer, and hear from the agency or not."""
    referral = refer(place.store, intake, referral_of(place, story))
    answers = (*(ReferralAnswer.RECEIVED,) * 4, *(ReferralAnswer.SETTLED,) * 2,
               ReferralAnswer.REFUSED, *(ReferralAnswer.SENT,) * 2)  # fmt: skip
    answer = story.roll.choice(answers)
    yield place.day + story.roll.randint(1, 18) * _DAY
    if answer is ReferralAnswer.SENT:
        return
    note = "対象の年齢に当たらないため受けられない。" if answer is ReferralAnswer.REFUSED else ""
    answer_referral(place.store, referral, answer, on=place.day, note=note)


def _get_to_know(place: Place, story: Story, case_id: int) -> Course[None]:
    yield place.soon(story.roll.randint(2, 9))
    case = place.store.load(Case, case_id)
    write_note(place.store, case, note_of(place, story))
    reason = "初回の面談をした"
    change_status(place.store, case, CaseStatus.ASSESSMENT, on=place.day, reason=reason)


def _sit(place: Place, story: Story, case_id: int, basis: str) -> Course[None]:
    """Come to as many sittings as the story says, with progress told in between."""
    item: AgendaItem | None = None
    for number in range(story.times):
        sitting = yield from _wait_for_place(place)
        if item is not None:
            record_result(place.store, _with_progress(place, item))
        item = _put_on(place, story, case_id, basis, sitting)
        first = number == 0 and place.profile.basis(basis).decides_plan
        plan = _draft(place, story, case_id) if first else None
        yield sitting.day + _DAY
        item = _decide(place, story, item, plan, sitting)


def _wait_for_place(place: Place) -> Course[Sitting]:
    while (sitting := place.next_sitting()) is not None:
        yield sitting.prepared
        if sitting.places:
            sitting.places -= 1
            return sitting
        yield place.day + _DAY
    yield NEVER
    raise RuntimeError  # a day that never comes


def _put_on(place: Place, story: Story, case_id: int, basis: str, sitting: Sitting) -> AgendaItem:
    kept = tuple(place.agency(name) for name in story.kept_to) or None
    reviewed = story.name or story.roll.random() < _REVIEWED
    item = AgendaItem(
        basis=Code(basis),
        kind=story.kind,
        question=story.theme.question,
        called=kept,
        submitted_by=place.agency(story.theme.steps[0][0]),
        text_reviewed_on=place.day if reviewed else None,
    )
    store = place.store
    conference = store.load(Conference, sitting.conference_id)
    return put_on_agenda(store, conference, store.load(Case, case_id), item).item


def _draft(place: Place, story: Story, case_id: int) -> SupportPlan:
    return draft_plan(place.store, place.store.load(Case, case_id), plan_of(place, story))


def _with_progress(place: Place, item: AgendaItem) -> AgendaItem:
    stored = place.store.load(AgendaItem, item.id or 0)
    return replace(stored, decisions=progress_of(stored.decisions, place.day))


def _decide(
    place: Place, story: Story, item: AgendaItem, plan: SupportPlan | None, sitting: Sitting
) -> AgendaItem:
    """Write the minutes of an item, and agree to its plan or give it back."""
    store = place.store
    returned = plan is not None and not story.name and story.roll.random() < _RETURNED
    said = replace(
        item,
        discussion=f"{story.theme.steps[0][0]}から経過を報告。{story.theme.question}について話した。",
        outcome=Outcome.RETURNED if returned else None,
        missing_resources=story.roll.choice((None, None, "夜間に通える居場所")),
        decisions=decisions_of(place, story, sitting.day),
    )
    kept = record_result(store, said)
    case = store.load(Case, item.case_id or 0)
    write_note(store, case, heard_at(place, story, item.basis or ""))
    if plan is None:
        return kept
    if returned:
        draft_plan(store, case, replace(plan, state=PlanState.RETURNED))
    else:
        agree_plan(store, plan, kept, on=sitting.day)
    return kept


def _go_on(place: Place, story: Story, case_id: int) -> Course[None]:
    """Play what comes after the sittings."""
    yield from _keep_in_touch(place, story, case_id)
    if story.ending is Ending.WITHDRAWN and story.asked is not Asked.REFUSED:
        yield from _withdraw(place, story, case_id)
    elif story.ending is Ending.CLOSED:
        _end(place, story, case_id, CaseStatus.CLOSED)
    elif story.ending in (Ending.SUSPENDED, Ending.REOPENED):
        _end(place, story, case_id, CaseStatus.SUSPENDED)
        if story.ending is Ending.REOPENED:
            yield from _reopen(place, story, case_id)


def _keep_in_touch(place: Place, story: Story, case_id: int) -> Course[None]:
    for _ in range(story.roll.randint(1, 3)):
        yield place.soon(story.roll.randint(14, 30))
        case = place.store.load(Case, case_id)
        write_note(place.store, case, note_of(place, story))


def _withdraw(place: Place, story: Story, case_id: int) -> Course[None]:
    case = place.store.load(Case, case_id)
    words = "やはり知られたくない。"
    entry = Consent(state=ConsentState.WITHDRAWN, stated_on=place.day, words=words)
    record_consent(place.store, case.client_id or 0, entry)
    once = replace(story, times=1)
    yield from _sit(place, once, case_id, place.confidential)


def _end(place: Place, story: Story, case_id: int, status: CaseStatus) -> None:
    closed = status is CaseStatus.CLOSED
    codes = ("solved", "handed_over", "other_agency", "moved")
    code = one(place.profile, "closure_reason", story.roll.choice(codes)) if closed else None
    case = replace(place.store.load(Case, case_id), closed_on=place.day, closure_reason=code)
    reason = "主担当機関の見守りに移った" if closed else "3か月連絡が取れない"
    change_status(place.store, case, status, on=place.day, reason=reason)


def _reopen(place: Place, story: Story, case_id: int) -> Course[None]:
    yield place.soon(story.roll.randint(20, 50))
    case = replace(place.store.load(Case, case_id), closed_on=None, closure_reason=None)
    reason = "本人から連絡があった"
    change_status(place.store, case, CaseStatus.SUPPORT, on=place.day, reason=reason)
