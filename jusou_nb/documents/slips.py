"""Papers that leave the office in one worker's hand: 訪問票, and 受入依頼書 to a host.

A 訪問票 names no programme, no office and nobody who is visited: whoever finds it learns
only that somebody of the city called. A 受入依頼書 holds of the person what the person has
chosen and the consent carries to that host on its day, and no sentence that anybody wrote.
"""

from collections.abc import Iterator
from datetime import date

from jusou_nb.checks import is_blank
from jusou_nb.choices import Category
from jusou_nb.dates import wareki
from jusou_nb.documents import letter_words
from jusou_nb.documents.ages import age_band
from jusou_nb.documents.cells import Cell, cell_of, lines
from jusou_nb.documents.paper import Paper, Section, of_record, print_section
from jusou_nb.fields import get_item, items
from jusou_nb.forms import (
    Case,
    Consent,
    Host,
    Household,
    Matching,
    Outreach,
    ParticipationMenu,
    Person,
    Visit,
)
from jusou_nb.forms.participation import MatchStage
from jusou_nb.rules.consent_reach import reach
from jusou_nb.rules.participation import tells
from jusou_nb.rules.visits import may_leave_paper
from jusou_nb.store import Store, queries
from jusou_nb.values import Lexicon

VISIT_SLIP, HOST_REQUEST = "訪問票", "受入依頼書"


def visit_slip(store: Store, visit_id: int, *, day: date) -> Section:
    """Print what a worker takes along on a visit, with the note to leave at the door.

    The note is left off where somebody of the house is in hiding, or hidden from.

    Raises:
        NotFound: There is no such visit.
    """
    visit = store.load(Visit, visit_id)
    values = {
        "municipality": store.profile.municipality,
        "facts": lines(_of_visit(store, visit)),
        "worker": visit.worker or "",
        "leaves_note": may_leave_paper(people_at(store, visit)),
        "note": letter_words.first(store, "absence"),
        "hours": store.profile.letters.callback.hours,
        "made_on": wareki(day),
    }
    identity = of_record(store, VISIT_SLIP, ("visits", visit_id), [("visits", visit_id)])
    return print_section("visit_slip", VISIT_SLIP, values, identity)


def _of_visit(store: Store, visit: Visit) -> Iterator[Cell]:
    """Give when and who; the agency that comes along is often called by its programme."""
    lexicon = store.lexicon()
    for name in ("planned_at", "back_by", "worker", "companion", "two_needed"):
        value = getattr(visit, name)
        if not is_blank(value):
            yield cell_of(get_item(Visit, name), value, lexicon)


def people_at(store: Store, visit: Visit) -> tuple[Person, ...]:
    """Give everybody of the house that is visited, as far as it is known whose it is."""
    homes: set[int | None] = set()
    if visit.case_id is not None:
        homes.add(store.load(Case, visit.case_id).household_id)
    if visit.outreach_id is not None:
        homes.add(store.load(Outreach, visit.outreach_id).household_id)
    return tuple(m for home in homes if home for m in store.load(Household, home).members)


def host_request(store: Store, matching_id: int, *, day: date) -> Section:
    """Print a request to a host, with what it may be told on a day.

    Raises:
        NotFound: There is no such matching.
    """
    match = store.load(Matching, matching_id)
    host = store.load(Host, match.host or 0)
    case = store.load(Case, match.case_id or 0)
    values = {
        "municipality": store.profile.municipality,
        "office": store.profile.office,
        "host": host.name or "",
        "contact": host.contact or "",
        "asked": _asked(match),
        "worker": match.worker or "",
        "told": lines(_told(store, match, host, case, day)),
        "made_on": wareki(day),
    }
    shown = _shown(store, match, case)
    identity = of_record(store, HOST_REQUEST, ("matchings", matching_id), shown)
    return print_section("host_request", HOST_REQUEST, values, identity)


def _asked(match: Matching) -> str:
    """Say what the host is asked for now: the stage that comes next."""
    stages = [stage for stage in MatchStage if stage is not MatchStage.STOPPED]
    place = stages.index(match.stage) if match.stage in stages else 0
    return stages[min(place + 1, stages.index(MatchStage.JOINED))].label


def _told(store: Store, match: Matching, host: Host, case: Case, day: date) -> Iterator[Cell]:
    """Give the boxes that the host may read: chosen, within the consent, and no sentences."""
    entries = store.find(Consent, person_id=case.client_id)
    carries = reach(entries, day, store.profile, queries.signed_plans(store, case.client_id or 0))
    may = {category for category in Category if tells(match, host, carries, category)}
    if Category.IDENTITY in may:
        household = queries.household_of(store, case.client_id or 0)
        yield from _who(queries.person(household, case.client_id), day)
    menu = store.load(ParticipationMenu, match.menu_id or 0)
    yield from _of_menu(menu, may, store.lexicon())


def _who(person: Person, day: date) -> Iterator[Cell]:
    yield Cell(label="氏名", value=person.name or "")
    yield Cell(label="年代", value=age_band(person, day))


def _of_menu(menu: ParticipationMenu, may: set[Category], lexicon: Lexicon) -> Iterator[Cell]:
    for box in items(ParticipationMenu):
        value = getattr(menu, box.name)
        if box.scope in may and not box.is_free_text and not is_blank(value):
            yield cell_of(box, value, lexicon)


def _shown(store: Store, match: Matching, case: Case) -> list[tuple[str, int]]:
    """Name the records on which the paper depends."""
    consents = store.find(Consent, person_id=case.client_id)
    plans = queries.signed_plans(store, case.client_id or 0)
    return [
        ("matchings", match.id or 0),
        ("hosts", match.host or 0),
        ("participation_menus", match.menu_id or 0),
        ("persons", case.client_id or 0),
        *(("consents", entry.id or 0) for entry in consents),
        *(("plans", plan.id or 0) for plan in plans),
    ]


PAPERS = (
    Paper(name=VISIT_SLIP, table=Visit.table, gather=visit_slip),
    Paper(name=HOST_REQUEST, table=Matching.table, gather=host_request),
)
