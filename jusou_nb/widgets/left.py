"""What was left unfinished, and where on the desk it goes on."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from jusou_nb.errors import NotFound
from jusou_nb.forms import (
    AgendaItem,
    Case,
    CaseNote,
    Conference,
    Consent,
    Emergency,
    Ending,
    Evaluation,
    Household,
    Intake,
    Lead,
    Monitoring,
    PreparationSheet,
    Referral,
    SchemeCheck,
    StatutoryReport,
    SupportPlan,
    SupportRequest,
    by_table,
)
from jusou_nb.store import Store, drafts, queries
from jusou_nb.widgets.plan_acts import DECIDE, SIGN
from jusou_nb.widgets.session import NEW
from jusou_nb.widgets.sitting_acts import HELD, TOPIC

INTAKE, CONFERENCE, PLAN = "相談受付", "会議", "プラン"
_ONE_SHEET = (Intake.table, Household.table, Consent.table)
"""Forms that a new intake fills together."""

Place = tuple[str, str, Any]
"""The name to show, the page, and what to show there."""


@dataclass(frozen=True)
class Left:
    """Unfinished typing: its name and time, where it goes on, and its drafts."""

    name: str
    at: str
    page: str
    what: Any
    drafts: tuple[tuple[str, str], ...]


def left_on(store: Store) -> list[Left]:
    """List what this worker left, a sheet each, the newest first."""
    found: dict[tuple[str, str, str], list[drafts.Draft]] = {}
    places: dict[tuple[str, str, str], Place] = {}
    for draft in drafts.every(store):
        place = _place(store, draft)
        if place is None:
            continue
        key = (place[0], place[1], repr(place[2]))
        places[key] = place
        found.setdefault(key, []).append(draft)
    return [_left(places[key], of_one) for key, of_one in found.items()]


def _left(place: Place, of_one: list[drafts.Draft]) -> Left:
    name, page, what = place
    at = max(draft.saved_at for draft in of_one)[11:16]
    return Left(name, at, page, what, tuple((d.form, d.key) for d in of_one))


def _place(store: Store, draft: drafts.Draft) -> Place | None:
    """Find where a draft goes on; None when what it belongs to is gone."""
    if draft.key == NEW and draft.form in _ONE_SHEET:
        return INTAKE, INTAKE, None
    form = by_table(draft.form)
    title = form.title if form else draft.form
    if draft.key == NEW and draft.form in (Lead.table, Emergency.table):
        return title, INTAKE, draft.form
    if draft.key == NEW:
        return title, CONFERENCE, None
    manner, _, numbers = draft.key.partition("-")
    finder = _FINDERS.get((draft.form, manner))
    if finder is None or not re.fullmatch(r"\d+(-\d+)?", numbers):
        return None
    about = tuple(int(number) for number in numbers.split("-"))
    try:
        page, what = finder(store, *about)
    except NotFound:
        return None
    return title, page, what


def _intake_of(store: Store, client_id: int | None) -> int:
    for intake in store.find(Intake, client_id=client_id):
        return intake.id or 0
    raise NotFound("受付が見つかりません")


def _household(store: Store, household_id: int) -> tuple[str, Any]:
    members = store.load(Household, household_id).members
    intake = _intake_of(store, members[0].id if members else None)
    return INTAKE, (intake, (Household.table, household_id))


def _consent(store: Store, person_id: int) -> tuple[str, Any]:
    household = queries.household_of(store, person_id)
    page, (intake, _) = _household(store, household.id or 0)
    return page, (intake, (Consent.table, person_id))


def _of_case(table: str) -> Callable[[Store, int], tuple[str, Any]]:
    def find(store: Store, case_id: int) -> tuple[str, Any]:
        case = store.load(Case, case_id)
        return INTAKE, (_intake_of(store, case.client_id), (table, case_id))

    return find


def _of_plan(table: str) -> Callable[[Store, int], tuple[str, Any]]:
    def find(store: Store, plan_id: int) -> tuple[str, Any]:
        return _of_case(table)(store, store.load(SupportPlan, plan_id).case_id or 0)

    return find


def _request(store: Store, household_id: int) -> tuple[str, Any]:
    page, (intake, _) = _household(store, household_id)
    return page, (intake, (SupportRequest.table, household_id))


def _sitting_of(store: Store, sheet_id: int) -> int | None:
    sheet = store.load(PreparationSheet, sheet_id)
    return store.load(AgendaItem, sheet.agenda_item_id or 0).conference_id


def _item(store: Store, item_id: int) -> tuple[str, Any]:
    return CONFERENCE, (store.load(AgendaItem, item_id).conference_id, ("item", item_id))


def _plan(store: Store, plan_id: int) -> tuple[str, Any]:
    return PLAN, (store.load(SupportPlan, plan_id).case_id, plan_id)


_FINDERS: dict[tuple[str, str], Callable[..., tuple[str, Any]]] = {
    (Intake.table, "id"): lambda _s, i: (INTAKE, (i, (Intake.table, i))),
    (Household.table, "id"): _household,
    (Consent.table, "of"): _consent,
    (Referral.table, "of"): lambda _s, i: (INTAKE, (i, (Referral.table, i))),
    (CaseNote.table, "of"): _of_case(CaseNote.table),
    (Conference.table, "id"): lambda _s, i: (CONFERENCE, (i, ("change", i))),
    (AgendaItem.table, "of"): lambda _s, sitting, case: (CONFERENCE, (sitting, ("case", case))),
    (AgendaItem.table, "id"): _item,
    (PreparationSheet.table, "id"): lambda s, i: (CONFERENCE, (_sitting_of(s, i), ("sheet", i))),
    (Conference.table, HELD): lambda _s, i: (CONFERENCE, (i, (HELD, i))),
    (AgendaItem.table, TOPIC): lambda _s, i: (CONFERENCE, (i, (TOPIC, i))),
    (SupportPlan.table, SIGN): lambda s, i: (PLAN, (s.load(SupportPlan, i).case_id, i, SIGN)),
    (SupportPlan.table, DECIDE): lambda s, i: (PLAN, (s.load(SupportPlan, i).case_id, i, DECIDE)),
    (StatutoryReport.table, "of"): lambda _s, i: (INTAKE, (i, (StatutoryReport.table, i))),
    (SupportRequest.table, "of"): _request,
    (SchemeCheck.table, "of"): _of_case(SchemeCheck.table),
    (Ending.table, "of"): _of_case(Ending.table),
    (Monitoring.table, "of"): _of_plan(Monitoring.table),
    (Evaluation.table, "of"): _of_plan(Evaluation.table),
    (SupportPlan.table, "of"): lambda _s, case: (PLAN, (case, None)),
    (SupportPlan.table, "id"): _plan,
}
