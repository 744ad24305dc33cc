"""Which sheet of the client page does what an entry of 期限 asks for."""

from collections.abc import Callable

from jusou_nb.errors import NotFound
from jusou_nb.forms import (
    Case,
    CaseNote,
    Consent,
    Evaluation,
    Intake,
    Monitoring,
    StatutoryReport,
    by_table,
)
from jusou_nb.store import Store
from jusou_nb.store.due import Due
from jusou_nb.widgets.after_entries import ANSWER, BACK
from jusou_nb.widgets.client_person import person_of, plan_of
from jusou_nb.widgets.client_tasks import OPEN, Task

Lead = Callable[[Store, Due], Task | None]


def _itself(name: str) -> Lead:
    """Lead to a sheet about the record that waits."""
    return lambda _store, due: (name, due.record_id)


def _opened(store: Store, due: Due) -> Task | None:
    del store
    return f"{OPEN}-{due.table}", due.record_id


def _note(_store: Store, due: Due) -> Task | None:
    return (CaseNote.table, due.case_id) if due.case_id else None


def _paper(store: Store, due: Due) -> Task | None:
    """Lead to a new consent: the paper that follows what was said."""
    consent = store.load(Consent, due.record_id)
    return Consent.table, consent.person_id or 0


def _report(store: Store, due: Due) -> Task | None:
    """Lead to a new 通報・通告, with the sheet of the intake where the case has one."""
    case = store.load(Case, due.case_id or 0)
    return StatutoryReport.table, case.intake_id or 0


def _of_plan(name: str) -> Lead:
    def lead(store: Store, due: Due) -> Task | None:
        plan = plan_of(store, store.load(Case, due.case_id) if due.case_id else None)
        return (name, plan.id or 0) if plan else None

    return lead


_LEADS: dict[str, Lead] = {
    "first_contacts": _note,
    "next_actions": _note,
    "check_ins": _note,
    "open_reports": _opened,
    "unreported_suspicions": _itself(StatutoryReport.table),
    "assessment_suspicions": _report,
    "refused_referrals": _itself(BACK),
    "oral_consents": _paper,
    "unknown_scopes": _opened,
    "monitorings": _of_plan(Monitoring.table),
    "roles": _of_plan(Monitoring.table),
    "plan_ends": _of_plan(Evaluation.table),
    "next_steps": _opened,
    "handovers": _itself(ANSWER),
    "check_in_ends": _opened,
}
"""By the kind of what waits; what is not named opens the client, else the record itself."""


def task_of(store: Store, due: Due) -> Task | None:
    """Name the sheet that an entry asks for; None where the page alone is opened."""
    lead = _LEADS.get(due.kind)
    return lead(store, due) if lead else None


def whom_of(store: Store, due: Due) -> tuple[int | None, int] | None:
    """Give the intake, where the record names one, and the person of an entry; None: nobody."""
    form = by_table(due.table)
    try:
        if due.case_id is not None:
            case = store.load(Case, due.case_id)
            return case.intake_id, case.client_id or 0
        person_id = person_of(store, store.load(form, due.record_id)) if form else 0
    except NotFound:
        return None
    intake_id = due.record_id if form is Intake else None
    return (intake_id, person_id) if person_id else None
