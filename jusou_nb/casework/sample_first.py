"""How the town's people come to the office: noticed, asked for, reported, in an emergency."""

from datetime import datetime, time, timedelta

from jusou_nb.casework.consents import withdraw_consent
from jusou_nb.casework.emergencies import check_emergency, respond_to_emergency
from jusou_nb.casework.intakes import Received, receive_intake
from jusou_nb.casework.leads import LeadSheet, notice_lead, review_lead
from jusou_nb.casework.masking import (
    ask_unmask,
    confirm_mask,
    confirm_unmask,
    mask_person,
)
from jusou_nb.casework.requests import ask_support, hold_acceptance
from jusou_nb.casework.sample_papers import STAFF
from jusou_nb.casework.sample_place import DAY, Course, Place
from jusou_nb.casework.sample_stories import Story, one
from jusou_nb.errors import NotFound
from jusou_nb.forms import Consent, Emergency, Household, Lead, StatutoryReport, SupportRequest
from jusou_nb.forms.consent import ConsentManner
from jusou_nb.forms.lead import LeadOutcome
from jusou_nb.forms.statutory_report import ReportState
from jusou_nb.forms.support_request import RequestAnswer
from jusou_nb.workdays import next_workday

_NOTICED_DAYS, _PROTECTED_DAYS, _MASKED_DAYS = 6, 365, 180
_RANG, _APPROVED, _CHECKED = time(10, 40), time(11, 5), time(9, 30)
_REPORTED_TO = {"child": "児童相談所", "partner": "福祉事務所"}


def notice(place: Place, story: Story) -> Course[Lead]:
    """Notice a household some days before it is received."""
    yield story.received_on - timedelta(days=_NOTICED_DAYS)
    lead = Lead(
        noticed_on=place.day,
        place="駅南の通りのあたり",
        seen=story.theme.problem,
        source="見回りの途中で、通りがかりの人から聞いた",
        brought_by=place.agency(story.theme.steps[0][0]),
    )
    return notice_lead(place.store, lead)


def receive(place: Place, story: Story, lead: Lead | None, sheet: LeadSheet) -> Received:
    """Receive a household by its sheet, as the end of a lead where it was one."""
    store = place.store
    if lead is not None:
        outcome = LeadOutcome.RECEIVED
        received = review_lead(store, lead, outcome, on=place.day, sheet=sheet).received
        if received is None:
            raise NotFound("見本の町の「気になる世帯」から受付が作られていません")
        return received
    return receive_intake(
        store,
        household=sheet.household,
        intake=sheet.intake,
        consent=sheet.consent,
        reports=_reports(place, story),
    )


def _reports(place: Place, story: Story) -> tuple[StatutoryReport, ...]:
    noticed = datetime.combine(place.day, _RANG)
    made = [
        StatutoryReport(
            suspicion=one(place.profile, "suspicion", code),
            noticed_at=noticed,
            state=ReportState.REPORTED,
            judged_by=STAFF[1],
            reported_to=place.agency(_REPORTED_TO.get(code, "")),
            reported_at=datetime.combine(place.day, _APPROVED),
            reported_by=STAFF[0],
            manner="電話",
            reply="受理した。48時間以内に安全を確かめる。",
        )
        for code in story.reported
    ]
    return (*made, *_not_needed(place, story, noticed))


def _not_needed(place: Place, story: Story, noticed: datetime) -> tuple[StatutoryReport, ...]:
    if not story.not_reported:
        return ()
    report = StatutoryReport(
        suspicion=one(place.profile, "suspicion", story.not_reported),
        noticed_at=noticed,
        state=ReportState.NOT_NEEDED,
        judged_by=STAFF[1],
        not_needed_because="親は世話を望み、手が足りないだけである。支援の手を入れて見守る。",
    )
    return (report,)


def hide(place: Place, story: Story, household: Household) -> Course[None]:
    """Mask those in hiding at once; a second person confirms it on the next working day.

    Where the danger is over, two persons lift it.
    """
    ids = [household.members[number].id or 0 for number in story.hidden]
    for person_id in ids:
        mask_person(
            place.store,
            person_id,
            because="配偶者からの暴力。支援措置を申出中",
            on=place.day,
            by=STAFF[0],
            until=place.day + timedelta(days=_MASKED_DAYS),
            protection_until=place.day + timedelta(days=_PROTECTED_DAYS),
        )
    yield next_workday(place.day)
    for person_id in ids:
        confirm_mask(place.store, person_id, on=place.day, by=STAFF[1])
    if not story.found_out_of_danger:
        return
    yield place.day + 40 * DAY
    for person_id in ids:
        because = "相手方が遠くへ移り、本人が解除を望んだ"
        ask_unmask(place.store, person_id, because=because, on=place.day, by=STAFF[0])
    yield next_workday(place.day)
    for person_id in ids:
        confirm_unmask(place.store, person_id, on=place.day, by=STAFF[1])


def respond(place: Place, story: Story, household: Household) -> Course[None]:
    """Act on an emergency with a spoken approval, and look again the next day."""
    agency = place.agency(story.theme.steps[0][0])
    kept = Emergency(
        household_id=household.id,
        happened_at=datetime.combine(place.day, _RANG),
        who=household.members[0].name,
        what=story.theme.problem,
        done="家を訪ねて会えた。水と食べものを渡し、家族に連絡した。",
        told=(agency,),
        ground=one(place.profile, "sharing_ground", "life_and_property"),
        approved_by="課長（電話）",
        approved_at=datetime.combine(place.day, _APPROVED),
        next_check_at=datetime.combine(place.day + DAY, _CHECKED),
    )
    kept = respond_to_emergency(place.store, kept).emergency
    yield place.day + DAY
    emergency = place.store.load(Emergency, kept.id or 0)
    at = datetime.combine(place.day, _CHECKED)
    check_emergency(place.store, emergency, found="落ち着いていた。食べていた。", at=at)


def request(place: Place, story: Story, received: Received) -> Course[None]:
    """Be asked in by an agency, and accept at the 受理会議."""
    theme = story.theme
    asked = SupportRequest(
        household_id=received.household.id,
        client_id=received.intake.client_id,
        intake_id=received.intake.id,
        requested_on=place.day,
        requested_by=place.agency(story.requested_by),
        outline=theme.problem,
        why_not_alone="ほかの分野の困りごとが重なり、窓口が決まらない。",
        schemes_tried="担当の制度は使っているが、届かないところが残る。",
        hoped_for=theme.question,
    )
    kept = ask_support(place.store, asked)
    yield place.soon(4)
    answer = RequestAnswer.ACCEPTED
    hold_acceptance(place.store, kept, answer, on=place.day, coordinator=STAFF[0], deputy=STAFF[1])


def withdraw_from(place: Place, story: Story, person_id: int) -> Course[None]:
    """Take an agency out of the consent on the telephone, after the first sitting."""
    yield next((s.day for s in place.sittings if s.day >= place.day), place.day) + 5 * DAY
    entry = Consent(
        stated_on=place.day,
        stated_time="10時20分",
        manner=ConsentManner.ORAL,
        explained_by=STAFF[0],
        second_listener=STAFF[1],
        withdrawn_agencies=(place.agency(story.withdrawn_from),),
        words="あの課に知り合いがいるので、もう伝えないでほしい。",
    )
    withdraw_consent(place.store, person_id, entry)
