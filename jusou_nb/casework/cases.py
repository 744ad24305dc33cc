"""ケースを開く、段階を変える: no status without its reason and date."""

from dataclasses import replace
from datetime import date

from jusou_nb.checks import require
from jusou_nb.forms import Case, Intake
from jusou_nb.forms.case import CaseStatus
from jusou_nb.store import Store


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
            status=CaseStatus.INTAKE,
            status_on=day,
            status_reason=reason,
            opened_on=day,
            lead_agency=intake.received_at,
            coordinator=store.worker_name(),
        )
        require(case)
        return store.save(case)


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
    """Move a case to another 段階, with the day and the reason."""
    if case.status is status:
        return case
    moved = replace(case, status=status, status_on=on, status_reason=reason)
    require(moved)
    return store.save(moved)
