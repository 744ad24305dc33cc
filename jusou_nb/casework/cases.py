"""ケースを開く、段階を変える: no status without its reason and date."""

from dataclasses import replace
from datetime import date

from jusou_nb.checks import require
from jusou_nb.forms import Case, Household, Intake
from jusou_nb.forms.case import CaseStatus
from jusou_nb.store import Store, queries


def open_case(store: Store, intake: Intake, *, reason: str, opened_on: date | None = None) -> Case:
    """Open the case of an intake's client, or give the one that is open already."""
    with store.transaction():
        for case in store.find(Case, client_id=intake.client_id):
            if case.status is not None and case.status.is_open:
                return case
        day = opened_on or intake.received_on
        case = Case(
            household_id=intake.household_id,
            client_id=intake.client_id,
            intake_id=intake.id,
            opened_on=day,
            lead_agency=intake.received_at,
        )
        return _begun(store, case, reason)


def open_case_for(
    store: Store,
    household: Household,
    person_id: int,
    *,
    reason: str,
    on: date,
    intake: Intake | None = None,
) -> Case:
    """Open the case of any member of a household, or give the one that runs already.

    For the son of an 8050 household, or for those whom somebody left behind. Another
    member's consultation is not taken along: without an ``intake`` the case stands on none.

    Raises:
        NotFound: The person is not of this household.
        Invalid: No reason.
    """
    with store.transaction():
        person = queries.person(store.load(Household, household.id or 0), person_id)
        for case in store.find(Case, client_id=person.id):
            if case.status is not None and case.status.is_open:
                return case
        case = Case(
            household_id=household.id,
            client_id=person.id,
            intake_id=intake.id if intake else None,
            opened_on=on,
        )
        return _begun(store, case, reason)


def _begun(store: Store, case: Case, reason: str) -> Case:
    begun = replace(
        case,
        status=CaseStatus.INTAKE,
        status_on=case.opened_on,
        status_reason=reason,
        coordinator=store.worker_name(),
    )
    require(begun)
    return store.save(begun)


def move_on(
    store: Store,
    case_id: int | None,
    to: CaseStatus,
    *,
    since: tuple[CaseStatus, ...],
    on: date | None,
    reason: str,
) -> None:
    """Move a case on as another step brings it about, if it stands at one of ``since``.

    The case is read anew: whoever took the step may hold a copy from before.
    """
    case = store.load(Case, case_id or 0)
    if case.status in since and on is not None:
        change_status(store, case, to, on=on, reason=reason)


def change_status(store: Store, case: Case, status: CaseStatus, *, on: date, reason: str) -> Case:
    """Move a case to another 段階, with the day and the reason.

    A case that stops running has its 終結・中断日; one that runs again has none, and no
    reason of an end: both stay in the record of changes and on the ending.
    """
    if case.status is status:
        return case
    moved = replace(case, status=status, status_on=on, status_reason=reason)
    if status.is_open:
        moved = replace(moved, closed_on=None, closure_reason=None)
    elif case.status is None or case.status.is_open or case.closed_on is None:
        moved = replace(moved, closed_on=on)
    require(moved)
    return store.save(moved)
