"""What was left unfinished, and where on the desk it goes on."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from jusou_nb.addresses import HOME_PAGE, MEMO
from jusou_nb.errors import NotFound
from jusou_nb.fields import Form
from jusou_nb.forms import (
    AgendaItem,
    Conference,
    Consent,
    Emergency,
    Household,
    Improvement,
    Intake,
    Lead,
    PhoneMemo,
    PreparationSheet,
    Questionnaire,
    Succession,
    SupportPlan,
)
from jusou_nb.store import Store, drafts
from jusou_nb.widgets import left_client
from jusou_nb.widgets.after_view import ANSWER, ASKED_AFTER, IMPROVE
from jusou_nb.widgets.at_once_sheets import CAUSES, FirstWord, Now
from jusou_nb.widgets.chapters_left import chapter_draft
from jusou_nb.widgets.due_acts import LEFT as SCREENS_LEFT
from jusou_nb.widgets.memo_view import CLOSE, CORRECT, RECEIVE, MemoReason
from jusou_nb.widgets.minutes_entries import MINUTES, MINUTES_TITLE, Came, Present, QuickRoles
from jusou_nb.widgets.paper_list import PAPERS, ReprintNote
from jusou_nb.widgets.plan_acts import ACTS
from jusou_nb.widgets.session import NEW
from jusou_nb.widgets.sitting_acts import CANCELLED, HELD, TOPIC, Reason
from jusou_nb.widgets.steering_page import PAGE as STEERING

INTAKE, CONFERENCE, PLAN, DUE = "相談受付", "会議", "プラン", "期限"
_ONE_SHEET = (Intake.table, Household.table, Consent.table)
"""Forms that a new intake fills together."""

Place = tuple[str, str, Any]
"""The name to show, the page, and what to show there."""


@dataclass(frozen=True)
class Left:
    """Unfinished typing of one opening: its name and time, where it goes on, its drafts."""

    name: str
    at: str
    page: str
    what: Any
    drafts: tuple[tuple[str, str], ...]
    opening: str = ""


def left_on(store: Store) -> list[Left]:
    """List what this worker left, an opening of a sheet each, the newest first."""
    found: dict[tuple[str, ...], list[drafts.Draft]] = {}
    places: dict[tuple[str, ...], Place] = {}
    for draft in drafts.every(store):
        place = _place_of(store, draft)
        if place is None:
            continue
        key = (place[0], place[1], repr(place[2]), draft.opening)
        places[key] = place
        found.setdefault(key, []).append(draft)
    return [_left(places[key], of_one) for key, of_one in found.items()]


def _left(place: Place, of_one: list[drafts.Draft]) -> Left:
    name, page, what = place
    at = max(draft.saved_at for draft in of_one)[11:16]
    return Left(name, at, page, what, tuple((d.form, d.key) for d in of_one), of_one[0].opening)


def _place_of(store: Store, draft: drafts.Draft) -> Place | None:
    try:
        return chapter_draft(store, draft) or _place(store, draft)
    except NotFound:
        return None


def _place(store: Store, draft: drafts.Draft) -> Place | None:
    """Find where a draft goes on; None when what it belongs to is gone."""
    manner, _, numbers = draft.key.partition("-")
    of_desk = _OF_THE_DESK.get(draft.form)
    title = of_desk.title if of_desk else left_client.title_of(draft.form, manner)
    if draft.key == NEW:
        return _new(draft.form, title)
    if manner == MINUTES:
        # The sheets of one item are typed together, whatever each is called.
        title = MINUTES_TITLE
    finder = _FINDERS.get((draft.form, manner))
    if finder is None or not re.fullmatch(r"\d+(-\d+)?", numbers):
        return None
    about = tuple(int(number) for number in numbers.split("-"))
    try:
        page, what = finder(store, *about)
    except NotFound:
        return None
    return title, page, what


def _new(form: str, title: str) -> Place:
    """Find where a sheet that was never registered goes on."""
    if form in _ONE_SHEET:
        return INTAKE, INTAKE, None
    if form == Succession.table:
        return Succession.title, STEERING, None
    if form in (Lead.table, Emergency.table):
        return title, INTAKE, form
    if form == PhoneMemo.table:
        return title, HOME_PAGE, (MEMO, None)
    return title, CONFERENCE, None


def _sitting_of(store: Store, sheet_id: int) -> int | None:
    sheet = store.load(PreparationSheet, sheet_id)
    return store.load(AgendaItem, sheet.agenda_item_id or 0).conference_id


def _item(store: Store, item_id: int) -> tuple[str, Any]:
    return CONFERENCE, (store.load(AgendaItem, item_id).conference_id, ("item", item_id))


def _minutes(store: Store, item_id: int) -> tuple[str, Any]:
    sitting = store.load(AgendaItem, item_id).conference_id
    return CONFERENCE, (sitting, (MINUTES, item_id))


def _plan(store: Store, plan_id: int) -> tuple[str, Any]:
    return PLAN, (store.load(SupportPlan, plan_id).case_id, plan_id)


def _screen(name: str, sheet: str) -> Callable[..., tuple[str, Any]]:
    return lambda _store, about: (DUE, (name, about, sheet))


_DESK_FORMS: tuple[type[Form], ...] = (
    Now,
    FirstWord,
    Reason,
    ReprintNote,
    Came,
    Present,
    QuickRoles,
    MemoReason,
)
_OF_THE_DESK = {form.table: form for form in _DESK_FORMS}
"""Sheets of the desk alone, which become other records when they are registered."""


def _at_once(_store: Store, cause: int, record_id: int) -> tuple[str, Any]:
    return CONFERENCE, (None, (CAUSES[cause], record_id))


def _memo(act: str) -> Callable[[Store, int], tuple[str, Any]]:
    return lambda store, i: (HOME_PAGE, (MEMO, store.load(PhoneMemo, i).id, act))


def _act(act: str) -> Callable[[Store, int], tuple[str, Any]]:
    return lambda store, plan_id: (PLAN, (*_plan(store, plan_id)[1], act))


def _improvement(store: Store, improvement_id: int) -> tuple[str, Any]:
    sitting = store.load(Improvement, improvement_id).conference_id
    return CONFERENCE, (sitting, (ANSWER, improvement_id))


_FINDERS: dict[tuple[str, str], Callable[..., tuple[str, Any]]] = {
    **left_client.FINDERS,
    **{draft: _screen(name, sheet) for draft, (name, sheet) in SCREENS_LEFT.items()},
    (Conference.table, "id"): lambda _s, i: (CONFERENCE, (i, ("change", i))),
    (Now.table, "of"): _at_once,
    (FirstWord.table, "of"): _at_once,
    (Questionnaire.table, "of"): lambda _s, i: (CONFERENCE, (i, (ASKED_AFTER, i))),
    (ReprintNote.table, "of"): lambda _s, i, place: (CONFERENCE, (i, (PAPERS, place))),
    (Improvement.table, "of"): lambda _s, i: (CONFERENCE, (i, (IMPROVE, i))),
    (Improvement.table, "id"): _improvement,
    (Reason.table, CANCELLED): lambda _s, i: (CONFERENCE, (i, (CANCELLED, i))),
    (AgendaItem.table, "of"): lambda _s, sitting, case: (CONFERENCE, (sitting, ("case", case))),
    (AgendaItem.table, "id"): _item,
    (PreparationSheet.table, "id"): lambda s, i: (CONFERENCE, (_sitting_of(s, i), ("sheet", i))),
    (AgendaItem.table, MINUTES): _minutes,
    (QuickRoles.table, MINUTES): _minutes,
    (Present.table, MINUTES): _minutes,
    (Came.table, MINUTES): lambda _s, i: (CONFERENCE, (i, (MINUTES, 0))),
    (Conference.table, HELD): lambda _s, i: (CONFERENCE, (i, (HELD, i))),
    (AgendaItem.table, TOPIC): lambda _s, i: (CONFERENCE, (i, (TOPIC, i))),
    **{(SupportPlan.table, act): _act(act) for act in ACTS},
    **{(form.table, MEMO): _memo(RECEIVE) for form in (Intake, Household)},
    (MemoReason.table, "of"): _memo(CLOSE),
    (PhoneMemo.table, "id"): _memo(CORRECT),
    (Lead.table, "id"): lambda _s, i: (DUE, (Lead.table, i)),
    (Emergency.table, "id"): lambda _s, i: (DUE, (Emergency.table, i)),
    (SupportPlan.table, "of"): lambda _s, case: (PLAN, (case, None)),
    (SupportPlan.table, "id"): _plan,
}
