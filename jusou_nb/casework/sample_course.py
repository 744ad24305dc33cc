"""How a household's story is played through the verbs, day by day.

A course is a generator: it does a day's work and yields the day on which it goes on. The
town resumes it when that day has come, and drops it where the town's today ends.
"""

from dataclasses import replace

from jusou_nb.casework.cases import change_status, open_case_for
from jusou_nb.casework.consents import record_consent
from jusou_nb.casework.intakes import Received
from jusou_nb.casework.leads import LeadSheet
from jusou_nb.casework.notes import write_note
from jusou_nb.casework.referrals import answer_referral, refer
from jusou_nb.casework.sample_afterwards import go_on
from jusou_nb.casework.sample_april import in_charge
from jusou_nb.casework.sample_assessing import get_assessed
from jusou_nb.casework.sample_first import hide, notice, receive, request, respond, withdraw_from
from jusou_nb.casework.sample_papers import STAFF, consent_of, note_of, referral_of
from jusou_nb.casework.sample_place import DAY, Course, Place
from jusou_nb.casework.sample_sitting import sit
from jusou_nb.casework.sample_stories import Story, Way
from jusou_nb.forms import Case, Consent, Intake
from jusou_nb.forms.case import CaseStatus
from jusou_nb.forms.consent import ConsentState
from jusou_nb.forms.referral import ReferralAnswer


def live(place: Place, story: Story) -> Course[None]:
    """Play a household from its intake to wherever it stands today."""
    lead = (yield from notice(place, story)) if story.is_lead else None
    yield story.received_on
    received = receive(place, story, lead, _sheet(place, story))
    place.settle(received.household.id or 0)
    _begin_what_else(place, story, received)
    if received.case is None:
        return
    if story.refusing is not None:
        _open_for_another(place, story, received)
    case_id = _take_charge(place, story, received.case)
    place.begin(place.day, get_assessed(place, story, case_id))
    yield from _get_to_know(place, story, case_id)
    if story.way is Way.WATCHED:
        return
    planned = story.way is Way.PLANNED
    basis = place.plan_basis if planned else place.confidential
    yield from sit(place, story, case_id, basis)
    yield from go_on(place, story, case_id)


def _sheet(place: Place, story: Story) -> LeadSheet:
    desk = story.roll.choice(place.body.members).agency if place.body.members else ""
    intake = replace(story.intake, received_at=place.agency(desk), received_by=STAFF[2])
    consent = consent_of(place, story, place.day)
    return LeadSheet(household=story.household, intake=intake, consent=consent)


def _begin_what_else(place: Place, story: Story, received: Received) -> None:
    """Begin what goes on beside: hiding, an emergency, a referral, a request, a withdrawal."""
    household, client = received.household, received.intake.client_id or 0
    if story.hidden:
        place.begin(place.day, hide(place, story, household))
    if story.is_emergency:
        place.begin(place.day, respond(place, story, household))
    if story.way is Way.REFERRED or story.ground:
        place.begin(place.day, _send_on(place, story, received.intake))
    if story.requested_by:
        place.begin(place.day, request(place, story, received))
    if story.withdrawn_from:
        place.begin(place.day, withdraw_from(place, story, client))


def _take_charge(place: Place, story: Story, case: Case) -> int:
    kept_out = tuple(place.agency(name) for name in story.excluded) or None
    mine = replace(
        case,
        coordinator=in_charge(place),
        deputy=STAFF[1],
        lead_agency=place.agency(story.theme.steps[0][0]),
        excluded_agencies=kept_out,
    )
    return place.store.save(mine).id or 0


def _open_for_another(place: Place, story: Story, received: Received) -> None:
    """Open a case for the member who refuses, to be discussed without consent."""
    person_id = received.household.members[story.refusing or 0].id or 0
    said = "ほうっておいてほしい。"
    no = Consent(state=ConsentState.REFUSED, stated_on=place.day, words=said)
    record_consent(place.store, person_id, no)
    reason = "世帯員にも支援が要る"
    case = open_case_for(place.store, received.household, person_id, reason=reason, on=place.day)
    case_id = _take_charge(place, story, case)
    place.begin(place.day, _accompany_another(place, story, case_id))


def _accompany_another(place: Place, story: Story, case_id: int) -> Course[None]:
    yield from _get_to_know(place, story, case_id)
    yield from sit(place, story, case_id, place.confidential)


def _send_on(place: Place, story: Story, intake: Intake) -> Course[None]:
    """Refer, and hear from the agency or not."""
    referral = refer(place.store, intake, referral_of(place, story))
    answers = (*(ReferralAnswer.RECEIVED,) * 4, *(ReferralAnswer.SETTLED,) * 2,
               ReferralAnswer.REFUSED, *(ReferralAnswer.SENT,) * 2)  # fmt: skip
    answer = story.roll.choice(answers)
    yield place.day + story.roll.randint(1, 18) * DAY
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
