"""アセスメントする、機関に頼む: a sheet of ticks about persons, and what agencies know of them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from jusou_nb.casework.assessment_sheet import stands_on
from jusou_nb.casework.cases import move_on
from jusou_nb.checks import require
from jusou_nb.choices import Category
from jusou_nb.forms import (
    Agency,
    Assessment,
    AssessmentRequest,
    Case,
    Household,
)
from jusou_nb.forms.case import CaseStatus
from jusou_nb.problems import Override, Problem, settle
from jusou_nb.rules import assessment as rules
from jusou_nb.rules import assessment_requests as asking
from jusou_nb.store import Store, queries
from jusou_nb.store import assessments as sheets


@dataclass(frozen=True, kw_only=True)
class Assessed:
    """A sheet as kept, the case as it stands now, and what the sheet still wants."""

    assessment: Assessment
    case: Case
    remarks: tuple[Problem, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Requested:
    """A request to assess as kept, and what is to be thought of."""

    request: AssessmentRequest
    remarks: tuple[Problem, ...] = ()


def assess(
    store: Store,
    case: Case,
    assessment: Assessment,
    *,
    overrides: tuple[Override, ...] = (),
) -> Assessed:
    """Keep a sheet of a case; a case that stands at 受付 moves on to アセスメント.

    What is still empty comes back as remarks and stops nothing. Answers of agencies that were
    copied to the sheet (see ``assessment_sheet``) are noted as taken over.

    Raises:
        Invalid: The day is missing.
        NotAllowed: A tick is for somebody who is not of the household's record.
    """
    linked = _linked(store, case, assessment)
    require(linked)
    with store.transaction():
        problems = rules.may_assess(store.profile, sheets.sheet_of(store, case, linked))
        remarks = settle(problems, overrides)
        saved = store.save(linked)
        store.log_overrides(saved, problems, overrides)
        left = asking.uncopied(_take_over(store, case, saved))
        moved = _moved(store, case, saved.assessed_on)
    return Assessed(assessment=saved, case=moved, remarks=(*remarks, *left))


def _linked(store: Store, case: Case, assessment: Assessment) -> Assessment:
    return replace(
        assessment,
        case_id=case.id,
        household_id=case.household_id,
        client_id=case.client_id,
        author=assessment.author or store.worker_name(),
    )


def _moved(store: Store, case: Case, on: date | None) -> Case:
    begun, why = (CaseStatus.INTAKE,), "アセスメントを始めた"
    move_on(store, case.id, CaseStatus.ASSESSMENT, since=begun, on=on, reason=why)
    return store.load(Case, case.id or 0)


def _take_over(store: Store, case: Case, assessment: Assessment) -> int:
    """Note which answers the sheet has taken over; give how many are left."""
    waiting = sheets.answers_to_copy(store, case)
    copied = [answer for answer in waiting if stands_on(store, assessment, answer)]
    for answer in copied:
        store.save(replace(answer, assessment_id=assessment.id))
    return len(waiting) - len(copied)


def request_problems(store: Store, case: Case, request: AssessmentRequest) -> list[Problem]:
    """Ask whether an agency may be asked to assess; an empty list is yes."""
    household = store.load(Household, case.household_id or 0)
    asked = asking.Asked(
        request=request,
        agency=store.load(Agency, request.agency or 0),
        household=household,
        client_id=case.client_id or 0,
        consents=queries.consents_of(store, household),
        plans=queries.signed_plans(store, case.client_id or 0),
        excluded=store.load(Case, case.id or 0).excluded_agencies or (),
    )
    return asking.may_request(store.profile, asked)


def request_assessment(
    store: Store,
    case: Case,
    request: AssessmentRequest,
    *,
    overrides: tuple[Override, ...] = (),
) -> Requested:
    """アセスメント依頼: ask an agency what it knows of a person or the household.

    Without a day the answer is due after the profile's days.

    Raises:
        Invalid: Agency, question, ground or day are missing.
        NotAllowed: The ground does not carry it, or the consent does not reach the agency.
    """
    days = timedelta(days=store.profile.thresholds["assessment_due_days"])
    filled = replace(
        request,
        case_id=case.id,
        asked_by=request.asked_by or store.worker_name(),
        due_on=request.due_on or (request.sent_on + days if request.sent_on else None),
    )
    require(filled)
    with store.transaction():
        problems = request_problems(store, case, filled)
        remarks = settle(problems, overrides)
        saved = store.save(filled)
        store.log_overrides(saved, problems, overrides)
    return Requested(request=saved, remarks=tuple(remarks))


def answer_assessment(
    store: Store,
    request: AssessmentRequest,
    *,
    on: date,
    finding: str = "",
    category: Category | None = None,
    answered_by: str = "",
    refused_because: str = "",
) -> Requested:
    """Keep what an agency answered: what it found, or why it cannot say.

    Raises:
        NotAllowed: Neither is said.
    """
    answered = replace(
        request,
        returned_on=on,
        finding=finding or request.finding,
        category=category or request.category,
        answered_by=answered_by or request.answered_by,
        refused_because=refused_because or request.refused_because,
    )
    remarks = settle(asking.may_answer(answered))
    return Requested(request=store.save(answered), remarks=tuple(remarks))


def take_over(
    store: Store, case: Case, answers: Sequence[AssessmentRequest]
) -> list[AssessmentRequest]:
    """Note that the writer of the case's last sheet has taken answers over, in their own words.

    Raises:
        NotAllowed: The case has no sheet yet.
    """
    with store.transaction():
        last = sheets.last_of(store, case)
        settle(asking.may_take_over(has_sheet=last is not None))
        linked = last.id if last else None
        return [store.save(replace(answer, assessment_id=linked)) for answer in answers]
