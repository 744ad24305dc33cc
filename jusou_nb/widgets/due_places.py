"""Which other page of the desk settles an entry of 期限: プラン, or the sitting behind it."""

from collections.abc import Callable, Iterable
from typing import Any

from jusou_nb.addresses import HOME_PAGE, MEMO
from jusou_nb.fields import Form
from jusou_nb.forms import AgendaItem, Case, Outreach, OutreachTry, PreparationSheet, SupportPlan
from jusou_nb.store import Store
from jusou_nb.store.due import Due
from jusou_nb.widgets.chapters_left import new_under
from jusou_nb.widgets.plan_acts import ASK, DECIDE
from jusou_nb.widgets.steering_page import PAGE as STEERING

PLAN, CONFERENCE = "プラン", "会議"
ITEM, SHEET = "item", "sheet"
Place = tuple[str, Any]


def _asked(store: Store, due: Due) -> Place:
    """Lead to what the agencies of a plan answer: does each role go on?"""
    for plan in store.find(SupportPlan, case_id=due.case_id):
        if any(role.id == due.record_id for role in plan.roles):
            return PLAN, (due.case_id, plan.id, ASK)
    return PLAN, due.case_id


def _sheet(store: Store, due: Due) -> Place:
    sheet = store.load(PreparationSheet, due.record_id)
    item = store.load(AgendaItem, sheet.agenda_item_id or 0)
    return CONFERENCE, (item.conference_id, (SHEET, due.record_id))


def _item(store: Store, due: Due) -> Place:
    item = store.load(AgendaItem, due.record_id)
    return CONFERENCE, (item.conference_id, (ITEM, item.id))


def _left(store: Store, due: Due) -> Place:
    """Lead to the 引継ぎ of whoever the case still names."""
    return STEERING, store.load(Case, due.record_id).coordinator or ""


def _promised(store: Store, due: Due) -> Place:
    """Lead to a new sheet of the outreach for which something was promised."""
    promise = store.load(OutreachTry, due.record_id)
    return new_under(store, OutreachTry, store.load(Outreach, promise.outreach_id or 0))


def _row(rows: Callable[[AgendaItem], Iterable[Form]]) -> Callable[[Store, Due], Place | None]:
    """Make what finds the item that has the row which waits."""

    def find(store: Store, due: Due) -> Place | None:
        for item in store.find(AgendaItem, case_id=due.case_id):
            if any(row.id == due.record_id for row in rows(item)):
                return CONFERENCE, (item.conference_id, (ITEM, item.id))
        return None

    return find


_PLACES: dict[str, Callable[[Store, Due], Place | None]] = {
    "support_decisions": lambda _s, due: (PLAN, (due.case_id, due.record_id, DECIDE)),
    "replans": lambda _s, due: (PLAN, due.case_id),
    "unasked_roles": _asked,
    "unhanded_cases": _left,
    "outreach_promises": _promised,
    "preparation_sheets": _sheet,
    "after_approvals": _item,
    "agreements": _row(lambda item: item.agreements),
    "decisions": _row(lambda item: item.decisions),
    "phone_memos": lambda _s, due: (HOME_PAGE, (MEMO, due.record_id)),
    "directions": _row(lambda item: item.directions),
}
"""By the kind of what waits."""


def page_of(store: Store, due: Due) -> Place | None:
    """Name the page where an entry is settled, and what to show there; None: on 期限."""
    find = _PLACES.get(due.kind)
    return find(store, due) if find else None
