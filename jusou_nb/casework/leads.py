"""気になる世帯: noticed before anybody asks for help; no 受付番号, no 相談 (domain rule 23)."""

from dataclasses import dataclass, replace
from datetime import date

from jusou_nb.casework.becoming_known import join_lead
from jusou_nb.casework.intakes import Received, receive_intake
from jusou_nb.casework.outreach_sources import UNKNOWN
from jusou_nb.checks import require
from jusou_nb.dates import months_after
from jusou_nb.forms import Consent, Household, Intake, Lead, Person
from jusou_nb.forms.lead import LeadOutcome
from jusou_nb.problems import Override, Problem, settle
from jusou_nb.rules import before_support as rules
from jusou_nb.store import Store


@dataclass(frozen=True, kw_only=True)
class LeadSheet:
    """The sheet by which a lead is received as 相談."""

    household: Household
    intake: Intake
    consent: Consent | None = None


@dataclass(frozen=True, kw_only=True)
class Reviewed:
    """A lead after its review, and what was received of it."""

    lead: Lead
    received: Received | None = None
    remarks: tuple[Problem, ...] = ()


def sheet_of_lead(store: Store, lead: Lead, *, on: date) -> LeadSheet:
    """Give the sheet by which a lead is received, with what was seen written in.

    Nothing is saved. Who told, and where it was, stay with the lead.
    """
    intake = Intake(received_on=on, received_by=store.worker_name(), presenting_problem=lead.seen)
    members = (Person(name=lead.known_name or UNKNOWN),)
    return LeadSheet(household=Household(members=members), intake=intake)


def notice_lead(store: Store, lead: Lead) -> Lead:
    """Keep what somebody noticed, with the day on which it is looked at again.

    Raises:
        Invalid: What was seen, or the day, is missing.
        NotAllowed: It ends on the same sheet in a way that wants a reason or a 相談.
    """
    require(lead)
    if lead.outcome is not None:
        blank = replace(lead, outcome=None)
        settle(rules.may_review(blank, lead.outcome, lead.remarks or "", has_sheet=False))
    if lead.review_on is None and lead.noticed_on is not None:
        lead = replace(lead, review_on=_later(store, lead.noticed_on))
    return store.save(lead)


def review_lead(
    store: Store,
    lead: Lead,
    outcome: LeadOutcome,
    *,
    on: date,
    note: str = "",
    review_on: date | None = None,
    sheet: LeadSheet | None = None,
    overrides: tuple[Override, ...] = (),
) -> Reviewed:
    """Go on watching (until ``review_on``), receive by a sheet, or close the record.

    Who told stays with the lead: it is not copied to the sheet.

    Raises:
        NotAllowed: It is finished already, closed without a reason, received without a sheet.
        Invalid: Boxes of the sheet are missing.
    """
    with store.transaction():
        before = store.load(Lead, lead.id or 0)
        settle(rules.may_review(before, outcome, note, has_sheet=sheet is not None))
        received = _receive(store, outcome, sheet, overrides)
        again = (review_on or _later(store, on)) if outcome is LeadOutcome.WATCH else None
        reviewed = replace(lead, outcome=outcome, outcome_on=on, review_on=again)
        saved = store.save(_linked(reviewed, received, note))
        if received is not None:
            join_lead(store, saved, received.household, received.case)
    remarks = (*rules.next_review(again, on), *(received.remarks if received else ()))
    return Reviewed(lead=saved, received=received, remarks=remarks)


def _linked(lead: Lead, received: Received | None, note: str) -> Lead:
    intake_id = received.intake.id if received else lead.intake_id
    return replace(lead, remarks=note or lead.remarks, intake_id=intake_id)


def _receive(
    store: Store, outcome: LeadOutcome, sheet: LeadSheet | None, overrides: tuple[Override, ...]
) -> Received | None:
    if outcome is not LeadOutcome.RECEIVED or sheet is None:
        return None
    return receive_intake(
        store,
        household=sheet.household,
        intake=sheet.intake,
        consent=sheet.consent,
        overrides=overrides,
    )


def _later(store: Store, day: date) -> date:
    return months_after(day, store.profile.thresholds["lead_review_months"])
