"""アウトリーチ: begun from anything or nothing, every try kept, ended when linked and stable.

Nothing is typed twice: what a lead, a sheet, a case or a plan knows is taken over, the stage
of the relation and its dates come from the tries, and a try with a case's client is a note
of that case as well.
"""

from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from jusou_nb.casework.masking import may_see
from jusou_nb.casework.notes import write_note
from jusou_nb.casework.outreach_sources import known_of, note_of
from jusou_nb.checks import require
from jusou_nb.fields import Ref
from jusou_nb.forms import (
    Case,
    CaseNote,
    Consent,
    Household,
    Intake,
    Lead,
    Outreach,
    OutreachTry,
    SchemeCheck,
    SupportPlan,
    Visit,
)
from jusou_nb.forms.outreach import OutreachEnd, RelationStage, VisitState
from jusou_nb.problems import Override, Problem, settle
from jusou_nb.rules import outreach as rules
from jusou_nb.rules.consent import valid_on
from jusou_nb.store import Store

_OPEN_VISITS = (VisitState.PLANNED, VisitState.OUT)


@dataclass(frozen=True, kw_only=True)
class ReachedOut:
    """An outreach after a step, the try where there was one, and what is to be looked at."""

    outreach: Outreach
    attempt: OutreachTry | None = None
    remarks: tuple[Problem, ...] = ()


def outreach_for(
    store: Store,
    *,
    lead: Lead | None = None,
    intake: Intake | None = None,
    case: Case | None = None,
    plan: SupportPlan | None = None,
) -> Outreach:
    """Give the sheet as far as it is known from what the outreach begins with."""
    return known_of(store, lead=lead, intake=intake, case=case, plan=plan)


def begin_outreach(
    store: Store,
    outreach: Outreach,
    *,
    lead: Lead | None = None,
    intake: Intake | None = None,
    case: Case | None = None,
    plan: SupportPlan | None = None,
    today: date,
) -> ReachedOut:
    """Begin outreach to somebody, whose name may be unknown.

    Blank boxes are filled with what is known from a lead, a sheet, a case or a plan.

    Raises:
        Invalid: What the person is called, the day, or how they were found is missing.
        NotAllowed: Outreach to the same person runs already.
    """
    known = outreach_for(store, lead=lead, intake=intake, case=case, plan=plan)
    first = Outreach(stage=RelationStage.UNKNOWN, begun_on=today, worker=store.worker_name())
    begun = over(over(known, first), outreach)
    require(begun)
    with store.transaction():
        checks = store.find(SchemeCheck, case_id=begun.case_id) if begun.case_id else []
        remarks = settle(rules.may_begin(begun, running_beside(store, begun), checks))
        saved = store.save(begun)
    return ReachedOut(outreach=saved, remarks=(*remarks, *cautions(store, saved)))


def keep_outreach(store: Store, outreach: Outreach) -> Outreach:
    """Keep what was put right on a sheet; stage and days stay what the tries say.

    Raises:
        Invalid: Boxes are missing.
    """
    require(outreach)
    with store.transaction():
        return stand(store, store.save(outreach))


def over(known: Outreach, written: Outreach) -> Outreach:
    """Lay what was written over what is known."""
    said: dict[str, Any] = {f.name: getattr(written, f.name) for f in fields(written)}
    return replace(known, **{name: value for name, value in said.items() if value is not None})


def running_beside(store: Store, outreach: Outreach) -> list[Outreach]:
    """Find the outreaches that run for the same person, case or lead."""
    links = {name: getattr(outreach, name) for name in ("client_id", "case_id", "lead_id")}
    found = [o for n, v in links.items() if v is not None for o in store.find(Outreach, **{n: v})]
    return [o for o in found if o.ended_on is None and o.id != outreach.id]


def record_try(
    store: Store,
    outreach: Outreach,
    attempt: OutreachTry,
    *,
    today: date,
    overrides: tuple[Override, ...] = (),
) -> ReachedOut:
    """Keep a try; it moves the stage of the relation, and is a note of the case it is for.

    A try that has been kept before is changed, and its note with it.

    Raises:
        Invalid: When, or what came of it, is missing.
        NotAllowed: The outreach has ended.
    """
    require(attempt)
    with store.transaction():
        fresh = store.load(Outreach, outreach.id or 0)
        problems = [*rules.may_try(fresh, attempt, today), *_agreed(store, fresh, attempt)]
        remarks = settle(problems, overrides)
        workers = attempt.workers or store.worker_name()
        linked = replace(attempt, outreach_id=fresh.id, workers=workers)
        saved = store.save(kept_as_note(store, fresh, linked))
        store.log_overrides(saved, problems, overrides)
        moved = stand(store, fresh)
    planned = attempt.next_due or attempt.next_action or rules.leaves_trace(attempt.kind)
    minded = cautions(store, moved) if planned else []
    return ReachedOut(outreach=moved, attempt=saved, remarks=(*remarks, *minded))


def _agreed(store: Store, outreach: Outreach, attempt: OutreachTry) -> list[Problem]:
    """Ask after a consent in the record where somebody says yes to support."""
    day = attempt.tried_at.date() if attempt.tried_at else None
    if attempt.stage is not RelationStage.AGREED or day is None:
        return []
    entries = store.find(Consent, person_id=outreach.client_id) if outreach.client_id else []
    return rules.asks_for_consent(given=valid_on(entries, day, store.profile) is not None)


def kept_as_note(store: Store, outreach: Outreach, attempt: OutreachTry) -> OutreachTry:
    """Write the try into the course of the case, or change what it says there."""
    if outreach.case_id is None:
        return attempt
    case, note = store.load(Case, outreach.case_id), note_of(store.profile, attempt)
    if attempt.case_note_id is None:
        return replace(attempt, case_note_id=write_note(store, case, note).id)
    before = store.load(CaseNote, attempt.case_note_id)
    store.save(replace(note, id=before.id, version=before.version, case_id=case.id))
    return attempt


def stand(store: Store, outreach: Outreach) -> Outreach:
    """Bring the stage and the dates to what all tries together say."""
    found = rules.relation_of(store.find(OutreachTry, outreach_id=outreach.id))
    to = Ref(found.linked_to) if found.linked_to else None
    moved = replace(
        outreach,
        stage=found.stage,
        first_met_on=found.first_met_on,
        agreed_on=found.agreed_on,
        linked_on=found.linked_on,
        linked_to=to,
    )
    return store.save(moved) if moved != outreach else outreach


def strike_try(store: Store, attempt: OutreachTry, *, reason: str) -> Outreach:
    """Strike a try entered by mistake, with its note; the relation stands as before it."""
    with store.transaction():
        fresh = store.load(OutreachTry, attempt.id or 0)
        store.strike(fresh, reason)
        return take_back_try(store, fresh, reason=reason)


def take_back_try(store: Store, struck: OutreachTry, *, reason: str) -> Outreach:
    """Take back what a struck try had brought about: its note, and the step of the relation."""
    if struck.case_note_id is not None:
        store.strike(store.load(CaseNote, struck.case_note_id), reason)
    return stand(store, store.load(Outreach, struck.outreach_id or 0))


def cautions(store: Store, outreach: Outreach) -> list[Problem]:
    """Say what to mind whenever a contact is planned; an empty list is: nothing noted."""
    return cautions_for(store, outreach, outreach.client_id, outreach.household_id)


def cautions_for(
    store: Store,
    outreach: Outreach | None,
    person_id: int | None,
    household_id: int | None,
    case: Case | None = None,
) -> list[Problem]:
    """Say what to mind of an outreach, a person and their house; 秘匿 as everywhere."""
    household = store.load(Household, household_id) if household_id else None
    if case is None and outreach is not None and outreach.case_id is not None:
        case = store.load(Case, outreach.case_id)
    person = next((m for m in household.members if m.id == person_id), None) if household else None
    sees = person is None or may_see(store, person, case)
    return rules.cautions(outreach, household, person_id, sees=sees)


def end_outreach(
    store: Store,
    outreach: Outreach,
    reason: OutreachEnd,
    *,
    on: date,
    note: str = "",
    overrides: tuple[Override, ...] = (),
) -> ReachedOut:
    """End an outreach: the person is linked and it holds, or why else.

    Raises:
        NotAllowed: It has ended, is not linked though that is the reason, or has no
            explanation.
    """
    said = note or outreach.end_note or ""
    with store.transaction():
        tries = store.find(OutreachTry, outreach_id=outreach.id)
        visits = [v for v in store.find(Visit, outreach_id=outreach.id) if v.state in _OPEN_VISITS]
        before = store.load(Outreach, outreach.id or 0)
        problems = rules.may_end(
            before, reason, on, note=said, tries=tries, open_visits=len(visits)
        )
        remarks = settle(problems, overrides)
        ended = replace(outreach, ended_on=on, ended_because=reason, end_note=said or None)
        saved = store.save(ended)
        store.log_overrides(saved, problems, overrides)
    return ReachedOut(outreach=saved, remarks=tuple(remarks))
