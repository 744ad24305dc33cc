"""Where on the client page what was left unfinished goes on, by form and manner of its draft."""

from collections.abc import Callable
from typing import Any

from jusou_nb.fields import Form
from jusou_nb.forms import (
    Case,
    CaseNote,
    Consent,
    Ending,
    Evaluation,
    Household,
    Intake,
    Monitoring,
    Person,
    Referral,
    SchemeCheck,
    StatutoryReport,
    SupportPlan,
    SupportRequest,
    by_table,
)
from jusou_nb.store import Store
from jusou_nb.widgets.after_entries import ANSWER, BACK, BEGIN, FINISH, RENEW, REOPEN, TITLES
from jusou_nb.widgets.client_lists import LISTS
from jusou_nb.widgets.client_papers import PAPER, REPRINT
from jusou_nb.widgets.client_person import person_of
from jusou_nb.widgets.client_tasks import MEMBER, OPEN, STRIKE
from jusou_nb.widgets.paper_list import ReprintNote
from jusou_nb.widgets.record_view import StrikeNote

PAGE = "相談受付"
Finder = Callable[..., tuple[str, Any]]


def _place(form: type[Form], task: str) -> Finder:
    """Make what finds the person of a record, and names the task about it."""

    def find(store: Store, about: int) -> tuple[str, Any]:
        person_id = person_of(store, store.load(form, about))
        intake_id = about if form is Intake else None
        return PAGE, (intake_id, (task, about), person_id)

    return find


_NEW: tuple[tuple[type[Form], type[Form], str], ...] = (
    (Consent, Person, Consent.table),
    (Referral, Intake, Referral.table),
    (StatutoryReport, Intake, StatutoryReport.table),
    (SupportRequest, Household, SupportRequest.table),
    (CaseNote, Case, CaseNote.table),
    (SchemeCheck, Case, SchemeCheck.table),
    (Ending, Case, Ending.table),
    (Monitoring, SupportPlan, Monitoring.table),
    (Evaluation, SupportPlan, Evaluation.table),
)
"""New records: their form, what they are written under, and the task."""


def _reported(store: Store, household_id: int) -> tuple[str, Any]:
    page, (_, _, person_id) = _place(Household, "")(store, household_id)
    return page, (None, (StatutoryReport.table, 0), person_id)


def _paper(store: Store, household_id: int, place: int) -> tuple[str, Any]:
    page, (_, _, person_id) = _place(Household, "")(store, household_id)
    return page, (None, (REPRINT, place), person_id)


FINDERS: dict[tuple[str, str], Finder] = {
    (ReprintNote.table, PAPER): _paper,
    (Intake.table, "id"): _place(Intake, Intake.table),
    (Household.table, "id"): _place(Household, Household.table),
    **{(form.table, "of"): _place(under, task) for form, under, task in _NEW},
    **{(kept.form.table, "id"): _place(kept.form, f"{OPEN}-{kept.form.table}") for kept in LISTS},
    **{
        (StrikeNote.table, kept.form.table): _place(kept.form, f"{STRIKE}-{kept.form.table}")
        for kept in LISTS
    },
    **{(Ending.table, act): _place(Ending, act) for act in (ANSWER, RENEW, FINISH)},
    (Ending.table, REOPEN): _place(Case, REOPEN),
    (Referral.table, BACK): _place(Referral, BACK),
    (Referral.table, "person"): _place(Person, MEMBER),
    (Case.table, "id"): _place(Case, f"{OPEN}-{Case.table}"),
    **{
        (StrikeNote.table, form.table): _place(form, f"{STRIKE}-{form.table}")
        for form in (Intake, Case)
    },
    (Case.table, BEGIN): _place(Person, BEGIN),
    (StatutoryReport.table, "household"): _reported,
}


def title_of(table: str, manner: str) -> str:
    """Name what was left: the step where it is one, else the paper."""
    if table == StrikeNote.table:
        form = by_table(manner)
        return f"「{form.title}」の取消" if form else StrikeNote.title
    if table == Person.table:
        return "秘匿"
    form = by_table(table)
    return TITLES.get(manner) or (form.title if form else table)
