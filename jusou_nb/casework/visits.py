"""訪問: planned with who goes and when they are back, left for, come back from; rounds made."""

import re
from dataclasses import dataclass, replace
from datetime import datetime

from jusou_nb.casework.leads import notice_lead
from jusou_nb.casework.notes import write_note
from jusou_nb.casework.outreach import cautions_for, record_try
from jusou_nb.checks import require
from jusou_nb.forms import (
    Agency,
    Case,
    CaseNote,
    Consent,
    Household,
    Lead,
    Outreach,
    OutreachTry,
    Person,
    Round,
    Visit,
)
from jusou_nb.forms.outreach import VisitState
from jusou_nb.problems import Override, Problem, settle
from jusou_nb.rules import visits as rules
from jusou_nb.rules.consent_reach import reach
from jusou_nb.store import Store, queries

_HOURS = re.compile(r"(\d{1,2})[:：](\d{2})\s*[〜～~ー–-]\s*(\d{1,2})[:：](\d{2})")


@dataclass(frozen=True, kw_only=True)
class Visited:
    """A visit after a step, with what is to be minded, and what was written of it."""

    visit: Visit
    attempt: OutreachTry | None = None
    note: CaseNote | None = None
    remarks: tuple[Problem, ...] = ()


@dataclass(frozen=True, kw_only=True)
class _Whom:
    """Whom a visit goes to, as far as it is known."""

    outreach: Outreach | None = None
    case: Case | None = None
    household: Household | None = None
    person: Person | None = None


def plan_visit(
    store: Store,
    visit: Visit,
    *,
    outreach: Outreach | None = None,
    case: Case | None = None,
    overrides: tuple[Override, ...] = (),
) -> Visited:
    """Plan a visit, or change the plan of one; 連絡上・訪問上の注意 come back with it.

    Who goes, where to, and whether two are needed are taken over from what is known.

    Raises:
        Invalid: When, who goes, or when they are back is missing.
        NotAllowed: Two are needed and one goes, the companion may not know of the person,
            or the visit is over; without what the chief may allow.
    """
    outreach_id = outreach.id if outreach else visit.outreach_id
    linked = replace(visit, outreach_id=outreach_id, case_id=case.id if case else visit.case_id)
    whom = _whom(store, linked)
    planned = _filled(store, linked, whom)
    require(planned)
    with store.transaction():
        problems = [*rules.may_plan(planned), *_may_bring(store, planned, whom)]
        remarks = settle(problems, overrides)
        saved = store.save(planned)
        store.log_overrides(saved, problems, overrides)
    return Visited(visit=saved, remarks=(*remarks, *_minded(store, whom)))


def _filled(store: Store, visit: Visit, whom: _Whom) -> Visit:
    outreach = whom.outreach
    masked = whom.person is not None and bool(whom.person.is_masked)
    place = outreach.whereabouts if outreach and not masked else None
    return replace(
        visit,
        case_id=visit.case_id or (outreach.case_id if outreach else None),
        worker=visit.worker or store.worker_name(),
        state=visit.state or VisitState.PLANNED,
        two_needed=visit.two_needed or rules.needs_two(outreach, whom.person) or None,
        destination=visit.destination or place,
    )


def _whom(store: Store, visit: Visit) -> _Whom:
    outreach = store.load(Outreach, visit.outreach_id) if visit.outreach_id else None
    case_id = visit.case_id or (outreach.case_id if outreach else None)
    case = store.load(Case, case_id) if case_id else None
    person_id = (case.client_id if case else None) or (outreach.client_id if outreach else None)
    if person_id is None:
        household_id = outreach.household_id if outreach else None
        household = store.load(Household, household_id) if household_id else None
        return _Whom(outreach=outreach, case=case, household=household)
    household = queries.household_of(store, person_id)
    person = queries.person(household, person_id)
    return _Whom(outreach=outreach, case=case, household=household, person=person)


def _minded(store: Store, whom: _Whom) -> list[Problem]:
    person_id = whom.person.id if whom.person else None
    house_id = whom.household.id if whom.household else None
    return cautions_for(store, whom.outreach, person_id, house_id, whom.case)


def visit_cautions(store: Store, visit: Visit) -> list[Problem]:
    """Say what to mind before leaving for a visit; an empty list is: nothing noted."""
    return _minded(store, _whom(store, visit))


def _may_bring(store: Store, visit: Visit, whom: _Whom) -> list[Problem]:
    agency = store.load(Agency, visit.companion_agency) if visit.companion_agency else None
    excluded = whom.case.excluded_agencies or () if whom.case else ()
    return rules.may_bring(agency, excluded, is_told=_is_told(store, visit, whom))


def _is_told(store: Store, visit: Visit, whom: _Whom) -> bool:
    """Whether the companion may know of the person; of somebody unknown there is nobody to ask."""
    if whom.person is None or visit.planned_at is None:
        return True
    person_id = whom.person.id or 0
    entries = store.find(Consent, person_id=person_id)
    plans = queries.signed_plans(store, person_id)
    found = reach(entries, visit.planned_at.date(), store.profile, plans)
    return found is not None and (visit.companion_agency or 0) in found.categories_of


def leave(store: Store, visit: Visit, *, at: datetime) -> Visited:
    """出発: somebody leaves for a visit; what to mind is shown once more.

    Raises:
        NotAllowed: It has been left for, or is over.
    """
    settle(rules.may_move(visit, VisitState.OUT))
    left = store.save(replace(visit, state=VisitState.OUT, left_at=at))
    return Visited(visit=left, remarks=tuple(visit_cautions(store, left)))


def come_back(
    store: Store,
    visit: Visit,
    *,
    at: datetime,
    attempt: OutreachTry | None = None,
    note: CaseNote | None = None,
) -> Visited:
    """帰庁: somebody is back; the try, or the note of the case, is written with it.

    When it was and who went are those of the visit where they are not said.

    Raises:
        Invalid: Boxes of the try or the note are missing.
        NotAllowed: The visit is over.
    """
    remarks = settle(rules.may_move(visit, VisitState.BACK))
    with store.transaction():
        back = store.save(replace(visit, state=VisitState.BACK, returned_at=at))
        done = Visited(visit=back, remarks=tuple(remarks))
        begun = back.left_at or back.planned_at
        if attempt is not None and back.outreach_id is not None:
            return _tried(store, done, replace(attempt, tried_at=attempt.tried_at or begun), at)
        if note is not None and back.case_id is not None:
            written = replace(note, happened_at=note.happened_at or begun)
            kept = write_note(store, store.load(Case, back.case_id), written)
            return replace(done, note=kept)
    return done


def _tried(store: Store, done: Visited, attempt: OutreachTry, at: datetime) -> Visited:
    visit = done.visit
    made = replace(attempt, visit_id=visit.id, workers=attempt.workers or who_went(visit))
    outreach = store.load(Outreach, visit.outreach_id or 0)
    reached = record_try(store, outreach, made, today=at.date())
    return replace(done, attempt=reached.attempt, remarks=(*done.remarks, *reached.remarks))


def who_went(visit: Visit) -> str:
    """Name who goes on a visit."""
    return "、".join(name for name in (visit.worker, visit.companion) if name)


def call_off(store: Store, visit: Visit, *, because: str) -> Visit:
    """取りやめ, with its reason.

    Raises:
        NotAllowed: The visit is over, or no reason is given.
    """
    settle(rules.may_move(visit, VisitState.CALLED_OFF, because=because))
    off = replace(visit, state=VisitState.CALLED_OFF, called_off_because=because)
    return store.save(off)


def hold_round(
    store: Store, held: Round, *, leads: tuple[Lead, ...] = ()
) -> tuple[Round, tuple[Lead, ...], list[Problem]]:
    """Keep a 巡回・出張相談 with the leads found on it; the minutes come from its hours.

    Raises:
        Invalid: The day or the place is missing, or what was seen of a lead.
    """
    filled = replace(held, minutes=held.minutes or minutes_of(held.hours))
    require(filled)
    with store.transaction():
        remarks = settle(rules.may_keep_round(filled))
        saved = store.save(filled)
        found = tuple(
            notice_lead(
                store,
                replace(
                    lead,
                    round_id=saved.id,
                    noticed_on=lead.noticed_on or saved.held_on,
                    place=lead.place or saved.venue,
                ),
            )
            for lead in leads
        )
    return saved, found, remarks


def minutes_of(hours: str | None) -> int | None:
    """Count the minutes of hours such as 10:00〜12:00; None where they cannot be read."""
    found = _HOURS.search(hours or "")
    if found is None:
        return None
    begun, ended = (int(found[n]) * 60 + int(found[n + 1]) for n in (1, 3))
    return ended - begun if ended > begun else None
