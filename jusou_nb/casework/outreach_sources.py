"""What an outreach takes over from a lead, a sheet, a case or a plan, and what it gives on."""

from dataclasses import dataclass, replace
from typing import Any

from jusou_nb.fields import Code
from jusou_nb.forms import (
    Case,
    CaseNote,
    Household,
    Intake,
    Lead,
    Outreach,
    OutreachTry,
    Person,
    SupportPlan,
)
from jusou_nb.forms.outreach import TryKind
from jusou_nb.profile import Profile
from jusou_nb.store import Store, queries

UNKNOWN = "氏名不明"
_HOW = {TryKind.TELEPHONE: "by_telephone", TryKind.LETTER: "by_letter",
        TryKind.MAIL: "by_letter", TryKind.SNS: "by_letter"}  # fmt: skip
_WITH = {TryKind.MET: "本人", TryKind.ACCOMPANIED: "本人", TryKind.FAMILY_ONLY: "家族"}


def known_of(
    store: Store,
    *,
    lead: Lead | None,
    intake: Intake | None,
    case: Case | None,
    plan: SupportPlan | None,
) -> Outreach:
    """Give what these records know of somebody, the nearest to the person first."""
    if plan is not None and case is None:
        case = store.load(Case, plan.case_id or 0)
    if case is not None and intake is None and case.intake_id is not None:
        intake = store.load(Intake, case.intake_id)
    if lead is None and intake is not None:
        lead = next(iter(store.find(Lead, intake_id=intake.id)), None)
    known = Outreach()
    for found in (_of_plan(store, plan), _found_by(store, lead), _of_intake(store, intake),
                  _of_case(store, case), _of_lead(lead)):  # fmt: skip
        known = _fill(known, found)
    return known


def _fill(outreach: Outreach, found: dict[str, Any]) -> Outreach:
    blank = {n: v for n, v in found.items() if v is not None and getattr(outreach, n) is None}
    return replace(outreach, **blank)


def _of_lead(lead: Lead | None) -> dict[str, Any]:
    return {"lead_id": lead.id, "known_as": lead.known_name or UNKNOWN} if lead else {}


def _found_by(store: Store, lead: Lead | None) -> dict[str, Any]:
    """Take from a lead how somebody was found, which comes before any sheet."""
    if lead is None:
        return {}
    route = "by_round" if lead.round_id else "by_agency" if lead.brought_by else ""
    return {
        "found_on": lead.noticed_on,
        "found_through": _flagged(store.profile, "finding_route", route),
        "found_how": lead.source,
        "whereabouts": lead.place,
    }


def _of_intake(store: Store, intake: Intake | None) -> dict[str, Any]:
    if intake is None:
        return {}
    by_agency = intake.route in store.profile.flagged("route", "by_agency")
    route = _flagged(store.profile, "finding_route", "by_agency") if by_agency else None
    running = running_case(store, intake)
    return {
        **_of_person(store, intake.client_id),
        "case_id": running.id if running else None,
        "found_on": intake.received_on,
        "found_through": route,
        "found_how": intake.information_source,
    }


def running_case(store: Store, intake: Intake) -> Case | None:
    """Give the running case of the client of a sheet; None where none runs."""
    cases = store.find(Case, client_id=intake.client_id)
    return next((c for c in reversed(cases) if c.status and c.status.is_open), None)


def _of_case(store: Store, case: Case | None) -> dict[str, Any]:
    if case is None:
        return {}
    return {**_of_person(store, case.client_id), "case_id": case.id, "found_on": case.opened_on}


def _of_person(store: Store, person_id: int | None) -> dict[str, Any]:
    if person_id is None:
        return {}
    household = queries.household_of(store, person_id)
    person = queries.person(household, person_id)
    return {"household_id": household.id, "client_id": person_id, "known_as": person.name,
            "two_needed": person.two_needed}  # fmt: skip


def _of_plan(store: Store, plan: SupportPlan | None) -> dict[str, Any]:
    """Take the agency that the plan names for outreach."""
    own = store.profile.flagged("programme", "outreach")
    roles = [row for row in plan.roles if row.programme in own] if plan else []
    return {"contractor": next((row.agency for row in roles if row.agency), None)}


def _flagged(profile: Profile, name: str, flag: str) -> Code | None:
    found = [o.code for o in profile.codes(name).options if flag in o.flags] if flag else []
    return Code(found[0]) if found else None


def note_of(profile: Profile, attempt: OutreachTry) -> CaseNote:
    """Write a try as a note of the case: one typing for both."""
    kind = attempt.kind
    head = f"{kind.label}。" if kind else ""
    how = _HOW.get(kind, "by_visit") if kind else "by_visit"
    return CaseNote(
        happened_at=attempt.tried_at,
        manner=_flagged(profile, "contact_manner", how),
        counterpart=_WITH.get(kind) if kind else None,
        author=attempt.workers,
        category=attempt.category,
        content=f"{head}{attempt.content or ''}",
        next_action=attempt.next_action,
        next_due=attempt.next_due,
    )


@dataclass(frozen=True, kw_only=True)
class Who:
    """Who somebody turned out to be, as far as it is said."""

    name: str = ""
    household: Household | None = None
    person_id: int | None = None
    case: Case | None = None
    lead: Lead | None = None


def named(store: Store, outreach: Outreach, who: Who) -> Outreach:
    """Join an outreach to a person, a case or a lead; a name said now is what they are called."""
    person = _person(store, who)
    known = known_of(store, lead=who.lead, intake=None, case=who.case, plan=None)
    found: dict[str, Any] = {
        "household_id": (who.household.id if who.household else None) or known.household_id,
        "client_id": (person.id if person else None) or known.client_id,
        "case_id": known.case_id,
        "lead_id": known.lead_id,
        "known_as": who.name or (person.name if person else None),
    }
    joined = replace(outreach, **{n: v for n, v in found.items() if v is not None})
    return _fill(joined, {"whereabouts": known.whereabouts, "found_how": known.found_how})


def _person(store: Store, who: Who) -> Person | None:
    person_id = who.person_id or (who.case.client_id if who.case else None)
    if who.household is not None:
        return queries.person(who.household, person_id or who.household.members[0].id)
    if person_id is None:
        return None
    return queries.person(queries.household_of(store, person_id), person_id)
