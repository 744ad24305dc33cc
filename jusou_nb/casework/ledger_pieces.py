"""What a row of the ledger makes: records not yet saved, with nothing invented."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from jusou_nb.casework.ledger_match import Stored
from jusou_nb.casework.ledger_rows import Entry
from jusou_nb.fields import Code, Form
from jusou_nb.forms import (
    AgendaItem,
    Case,
    Conference,
    Consent,
    Household,
    Intake,
    Person,
    Referral,
    SupportPlan,
)
from jusou_nb.forms.case import CaseStatus
from jusou_nb.forms.conference import AgendaKind, ConferenceState, Identification
from jusou_nb.forms.intake import IntakeVariant
from jusou_nb.forms.plan import PlanState
from jusou_nb.profile import Body, Profile
from jusou_nb.rules.recorded import Recorded

F = TypeVar("F", bound=Form)
Boxes = dict[type[Form], dict[str, Any]]

CLIENT = "本人"
BECAUSE = "台帳から取り込み"
_CASED = (Case, AgendaItem, SupportPlan)


def body_for(profile: Profile, basis: str) -> Body | None:
    """Give the meeting body that sits on a basis, or None where the town has none."""
    return next((body for body in profile.bodies if basis in body.bases), None)


def household(boxes: Boxes) -> Household:
    """Make the household; of its members a ledger knows the client only."""
    client = Person(relation=CLIENT, **boxes[Person])
    stated_on = boxes[Intake].get("received_on") if client.stated_age else None
    members = (replace(client, age_stated_on=stated_on),)
    return Household(**boxes.get(Household, {}), members=members)


def intake(boxes: Boxes, entry: Entry, number: str, batch_id: int) -> Intake:
    """Make the intake; なし without a day of answer says which of the two sheets it was."""
    variant = IntakeVariant.WITHOUT_CONSENT if entry.is_bare_refusal else None
    said = {"variant": variant, **boxes[Intake], "number": number, "batch_id": batch_id}
    return Intake(**said, other_columns="\n".join(entry.others) or None)


def referrals(boxes: Boxes) -> list[Referral]:
    """Make one an agency; ground, day and answer are not in a ledger and stay 未確認."""
    shared = {name: v for name, v in boxes[Referral].items() if name != "destination"}
    return [Referral(destination=a, **shared) for a in boxes[Referral].get("destination", ())]


def sitting(profile: Profile, boxes: Boxes, today: date) -> Conference:
    """Make the sitting of a row: no members until somebody confirms whom to call."""
    body = body_for(profile, boxes[AgendaItem]["basis"])
    past = boxes[Conference]["held_on"] < today
    state = ConferenceState.HELD if past else ConferenceState.PLANNED
    return Conference(body=Code(body.code) if body else None, state=state, **boxes[Conference])


def item(profile: Profile, boxes: Boxes, *, place: int, is_first: bool) -> AgendaItem:
    """Make the item of a row on its sitting."""
    basis = profile.basis(boxes[AgendaItem]["basis"])
    return AgendaItem(
        place_in_order=place,
        kind=AgendaKind.NEW if is_first else AgendaKind.CONTINUED,
        identification=Identification.of(basis.identification),
        shared_categories=None if basis.requires_consent else profile.shared_categories,
        **boxes[AgendaItem],
    )


def case(boxes: Boxes, received: Intake) -> Case:
    """Make the case, at the 段階 that the row shows."""
    status, day = CaseStatus.INTAKE, received.received_on
    if Conference in boxes:
        status, day = CaseStatus.CONFERENCE, boxes[Conference]["held_on"]
    if SupportPlan in boxes:
        status, day = CaseStatus.DRAFT_PLAN, boxes[SupportPlan].get("drawn_on") or day
    return Case(
        status=status,
        status_on=day,
        status_reason=BECAUSE,
        opened_on=received.received_on,
        **boxes.get(Case, {}),
    )


def plan(boxes: Boxes, whole: Stored) -> SupportPlan:
    """Make the draft of a plan; the case's 主担当 is the plan's too."""
    lead = whole.cases[-1].lead_agency if whole.cases else None
    sequence = len(whole.plans) + 1
    return SupportPlan(
        state=PlanState.DRAFT, sequence=sequence, lead_agency=lead, **boxes[SupportPlan]
    )


def goes_on(profile: Profile, received: Intake, forms: Iterable[type[Form]]) -> bool:
    """Whether there is a case: by the screening, or as a sitting, plan or 主担当 shows."""
    continued = received.screening in profile.flagged("screening", "continues")
    return continued or any(form in _CASED for form in forms)


def with_pieces(
    whole: Stored,
    boxes: Boxes,
    forms: set[type[Form]],
    placed: tuple[AgendaItem, Conference] | None,
    profile: Profile,
) -> Stored:
    """Add to an intake the records that a row brings and it had not."""
    if Consent in forms:
        whole = replace(whole, consents=(*whole.consents, Consent(**boxes[Consent])))
    if Referral in forms:
        whole = replace(whole, referrals=(*whole.referrals, *referrals(boxes)))
    if placed is not None:
        whole = replace(whole, items=(*whole.items, placed))
    if not whole.cases and goes_on(profile, whole.intake, forms):
        whole = replace(whole, cases=(case(boxes, whole.intake),))
    if SupportPlan in forms:
        whole = replace(whole, plans=(*whole.plans, plan(boxes, whole)))
    return whole


def recorded(whole: Stored) -> Recorded:
    """Give what the rules of 要確認 ask about."""
    return Recorded(
        intake=whole.intake,
        household=whole.household,
        client=whole.client,
        consents=whole.consents,
        referrals=whole.referrals,
        items=whole.items,
    )


def swapped(records: tuple[F, ...], new: Form) -> tuple[F, ...]:
    """Put a filled record in the place of the one with its id."""
    return tuple(swap(record, new) for record in records)


def swap(record: F, new: Form) -> F:
    """Give the filled record where it is the one of this form and id."""
    return new if isinstance(new, type(record)) and new.id == record.id else record
