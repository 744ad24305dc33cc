"""事前シートを送る、回答を受ける（聞き取りでも）。"""

from dataclasses import replace
from datetime import date

from jusou_nb.checks import require
from jusou_nb.fields import Ref
from jusou_nb.forms import AgendaItem, PreparationSheet
from jusou_nb.forms.preparation_sheet import SheetManner
from jusou_nb.problems import Problem, settle
from jusou_nb.rules import sheets as rules
from jusou_nb.store import Store, queries, sittings


def sheet_problems(store: Store, item: AgendaItem, agencies: tuple[Ref, ...]) -> list[Problem]:
    """Ask whether the sheet of an item may go to these agencies; an empty list is yes."""
    sitting = queries.conference(store, item.conference_id or 0)
    matter = queries.matter_of(store, item, sitting)
    asked = sittings.seats(store, sitting, agencies).values()
    return [problem for seat in asked for problem in rules.may_send(matter, seat)]


def send_sheets(
    store: Store,
    item: AgendaItem,
    agencies: tuple[Ref, ...] | None = None,
    *,
    on: date,
    due_on: date | None = None,
) -> tuple[PreparationSheet, ...]:
    """Ask agencies by 事前シート; who was asked already is not asked twice.

    Args:
        store: The open store.
        item: The item that they are to prepare.
        agencies: Whom to ask; by default all that are called and may know of it.
        on: The day of asking.
        due_on: By when they answer; by default the day of the sitting.

    Raises:
        NotAllowed: One of the agencies named may not know of the item.
    """
    with store.transaction():
        sitting = queries.conference(store, item.conference_id or 0)
        wanted = agencies if agencies is not None else _may_know(store, item)
        settle(sheet_problems(store, item, wanted))
        known = {s.agency: s for s in store.find(PreparationSheet, agenda_item_id=item.id)}
        due = due_on or sitting.held_on
        return tuple(known.get(agency) or _send(store, item, agency, on, due) for agency in wanted)


def _may_know(store: Store, item: AgendaItem) -> tuple[Ref, ...]:
    sitting = queries.conference(store, item.conference_id or 0)
    called = tuple(Ref(id_) for id_ in queries.called_to(store, item, sitting))
    return tuple(agency for agency in called if not sheet_problems(store, item, (agency,)))


def _send(
    store: Store, item: AgendaItem, agency: Ref, on: date, due: date | None
) -> PreparationSheet:
    sheet = PreparationSheet(agenda_item_id=item.id, agency=agency, sent_on=on, due_on=due)
    require(sheet)
    return store.save(sheet)


def answer_sheet(
    store: Store,
    sheet: PreparationSheet,
    *,
    on: date,
    manner: SheetManner = SheetManner.RETURNED,
) -> tuple[PreparationSheet, list[Problem]]:
    """Keep what an agency answered; one that was heard by telephone counts alike.

    ``sheet`` holds the answers in its boxes.
    """
    heard = store.worker_name() if manner is SheetManner.HEARD else None
    back = replace(sheet, returned_on=on, manner=manner, heard_by=sheet.heard_by or heard)
    require(back)
    with store.transaction():
        remarks = settle(rules.answer_problems(back))
        return store.save(back), remarks
