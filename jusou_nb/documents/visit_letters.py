"""不在票 and 訪問のお知らせ: papers that anybody of the house, or the next one, may find.

They name no programme, no office, no reason and, at the door, nobody who is visited. Where
somebody of the house is in hiding or hidden from there is none at all.
"""

from datetime import date
from typing import Any

from jusou_nb.documents import letter_words
from jusou_nb.documents.paper import Paper, Section, of_record, print_section
from jusou_nb.documents.slips import people_at
from jusou_nb.fields import get_item
from jusou_nb.forms import Case, Household, Outreach, Person, Visit
from jusou_nb.furigana import of_day, of_time, of_weekday
from jusou_nb.rules.sharing import listed
from jusou_nb.rules.visits import may_leave_paper
from jusou_nb.store import Store, papers

ABSENCE, LETTER = "不在票", "訪問のお知らせ"
_NOTES = 3
"""Notes that fit on a page, to be cut apart."""


def absence_note(store: Store, visit_id: int, *, day: date) -> Section:  # noqa: ARG001 - one call for all
    """Print notes to leave at the door, to be cut apart; the hour is written by hand.

    Raises:
        NotFound: There is no such visit.
    """
    visit = store.load(Visit, visit_id)
    values = {**_common(store, visit), "notes": _NOTES}
    values["sheets"] = letter_words.sheets(store, "absence")
    return _printed(store, "absence_note", ABSENCE, visit, values)


def visit_letter(store: Store, visit_id: int, *, day: date) -> Section:
    """Print a letter for a window envelope: when somebody comes, and whom to call.

    Raises:
        NotFound: There is no such visit.
    """
    visit = store.load(Visit, visit_id)
    person = _addressee(store, visit)
    name = letter_words.name_of(person) if person and person.name else ""
    time = of_time(visit.planned_at) if visit.planned_at else ""
    on = of_day(visit.planned_at) + of_weekday(visit.planned_at) if visit.planned_at else ""
    values = {
        **_common(store, visit),
        "name": person.name if person and person.name else "",
        "address": _address(person),
        "on": letter_words.printed(on),
        "written": letter_words.day_of(day),
        "sheets": letter_words.sheets(store, "visit", name=name, time=time),
    }
    return _printed(store, "visit_letter", LETTER, visit, values)


def _common(store: Store, visit: Visit) -> dict[str, Any]:
    return {
        "leaves_note": may_leave_paper(people_at(store, visit)),
        "worker": visit.worker or "",
        "hours": store.profile.letters.callback.hours,
    }


def _printed(
    store: Store, template: str, name: str, visit: Visit, values: dict[str, Any]
) -> Section:
    shown = papers.shown_of_record(store, Visit, visit.id or 0)
    for person in people_at(store, visit):
        shown.append((Person.table, person.id or 0))
    for home in _homes(store, visit):
        shown.append((Household.table, home))
    identity = of_record(store, name, (Visit.table, visit.id or 0), shown)
    return print_section(template, name, values, identity)


def _homes(store: Store, visit: Visit) -> list[int]:
    case = store.load(Case, visit.case_id) if visit.case_id else None
    outreach = store.load(Outreach, visit.outreach_id) if visit.outreach_id else None
    found = (record.household_id for record in (case, outreach) if record)
    return [home for home in found if home]


def _addressee(store: Store, visit: Visit) -> Person | None:
    """Give whom the visit is to; who is not known by name is met as 「お住まいの方」."""
    case = store.load(Case, visit.case_id) if visit.case_id else None
    outreach = store.load(Outreach, visit.outreach_id) if visit.outreach_id else None
    wanted = {record.client_id for record in (case, outreach) if record and record.client_id}
    return next((person for person in people_at(store, visit) if person.id in wanted), None)


def _address(person: Person | None) -> str:
    if person is None or not listed(get_item(Person, "address"), person):
        return ""
    return person.address or ""


PAPERS = (
    Paper(name=ABSENCE, table=Visit.table, gather=absence_note),
    Paper(name=LETTER, table=Visit.table, gather=visit_letter),
)
