"""だれをどの案件に呼ぶか: every agency of a sitting beside every item, and its 事前シート."""

from dataclasses import dataclass
from datetime import date

from jusou_nb.casework.sheets import send_sheets
from jusou_nb.fields import Ref
from jusou_nb.forms import AgendaItem, Conference, PreparationSheet
from jusou_nb.problems import Problem
from jusou_nb.rules import attendance
from jusou_nb.rules.matter import Matter
from jusou_nb.store import Store, queries, sittings


@dataclass(frozen=True, kw_only=True)
class Seated:
    """One agency at one item.

    ``problems`` are what the rules say to its being called; ``is_asked`` and ``is_back`` tell
    of its 事前シート.
    """

    agency: int
    is_called: bool
    problems: tuple[Problem, ...] = ()
    is_asked: bool = False
    is_back: bool = False


@dataclass(frozen=True, kw_only=True)
class Calling:
    """Who is called to one item, agency by agency in the order of the sitting's."""

    item: AgendaItem
    name: str
    seats: tuple[Seated, ...]


def calling(store: Store, sitting: Conference) -> list[Calling]:
    """Lay every item of a sitting beside every agency that is called or was asked."""
    items = queries.items_of(store, sitting.id or 0)
    sheets = {item.id: store.find(PreparationSheet, agenda_item_id=item.id) for item in items}
    asked = [sheet.agency for found in sheets.values() for sheet in found if sheet.agency]
    named = [agency for item in items for agency in item.called or ()]
    agencies = list(dict.fromkeys([*(sitting.called or ()), *named, *asked]))
    seats = sittings.seats(store, sitting, agencies, told=False)
    return [_of_item(store, sitting, item, seats, sheets[item.id]) for item in items]


def _of_item(
    store: Store,
    sitting: Conference,
    item: AgendaItem,
    seats: dict[int, attendance.Seat],
    sheets: list[PreparationSheet],
) -> Calling:
    matter = queries.matter_of(store, item, sitting)
    household = queries.household_of(store, item.client_id or 0)
    found = tuple(_seated(matter, seat, sheets) for seat in seats.values())
    name = queries.person(household, item.client_id).name or ""
    return Calling(item=item, name=name, seats=found)


def _seated(matter: Matter, seat: attendance.Seat, sheets: list[PreparationSheet]) -> Seated:
    sheet = next((sheet for sheet in sheets if sheet.agency == seat.agency), None)
    return Seated(
        agency=seat.agency,
        is_called=seat.agency in matter.called - matter.excluded,
        problems=tuple(attendance.may_call(matter, [seat])),
        is_asked=sheet is not None,
        is_back=sheet is not None and sheet.returned_on is not None,
    )


def ask_everybody(store: Store, sitting: Conference, *, on: date) -> int:
    """Ask all that are called and may know of an item for its sheet; give how many were new."""
    with store.transaction():
        before = _count(store, sitting)
        for item in queries.items_of(store, sitting.id or 0):
            send_sheets(store, item, on=on)
        return _count(store, sitting) - before


def _count(store: Store, sitting: Conference) -> int:
    items = queries.items_of(store, sitting.id or 0)
    return sum(len(store.find(PreparationSheet, agenda_item_id=item.id)) for item in items)


def agencies_called(seats: tuple[Seated, ...], changed: dict[int, bool]) -> tuple[Ref, ...]:
    """Give the agencies of an item once these ticks were set or taken away."""
    return tuple(Ref(s.agency) for s in seats if changed.get(s.agency, s.is_called))
