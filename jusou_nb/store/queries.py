"""Reads that several rooms need: plain SQL, ids in, records or rows out."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from jusou_nb.errors import NotFound
from jusou_nb.forms import (
    AgendaItem,
    Case,
    Conference,
    Consent,
    Household,
    Person,
    Provenance,
    SupportPlan,
)
from jusou_nb.forms.conference import ConferenceState, Identification
from jusou_nb.rules.sharing import Matter
from jusou_nb.store import heard

if TYPE_CHECKING:
    from jusou_nb.store.core import Store


def household_of(store: "Store", person_id: int) -> Household:
    """Load the household that a person belongs to."""
    sql = "SELECT household_id FROM persons WHERE id = ? AND struck_at IS NULL"
    found = store.db.execute(sql, [person_id]).fetchone()
    if found is None:
        raise NotFound(f"世帯員の {person_id} 番が見つかりません")
    return store.load(Household, found[0])


def consents_of(store: "Store", household: Household) -> dict[int, tuple[Consent, ...]]:
    """Give the consents of each member of a household by the person's id."""
    return {
        person.id or 0: tuple(store.find(Consent, person_id=person.id))
        for person in household.members
    }


def person(household: Household, person_id: int | None) -> Person:
    """Find a member of a household by id (NotFound when it is none)."""
    for member in household.members:
        if member.id == person_id:
            return member
    raise NotFound(f"世帯員の {person_id} 番が世帯に見つかりません")


def conference(store: "Store", conference_id: int) -> Conference:
    """Load a sitting, or say in words that there is none of this number."""
    try:
        return store.load(Conference, conference_id)
    except NotFound:
        raise NotFound(
            f"会議 {conference_id} 番が見つかりません。会議の一覧で番号を確かめてください"
        ) from None


def items_of(store: "Store", conference_id: int) -> list[AgendaItem]:
    """Give the cases on a sitting in the order of its agenda; see ``sittings.topics_of``."""
    found = store.find(AgendaItem, order="place_in_order", conference_id=conference_id)
    return [item for item in found if item.case_id is not None]


def sittings(store: "Store", first: date, last: date) -> list[Conference]:
    """Give the sittings from one day to another, cancelled ones left out."""
    return [
        sitting
        for sitting in store.find(Conference, order="held_on")
        if sitting.held_on is not None
        and first <= sitting.held_on <= last
        and sitting.state is not ConferenceState.CANCELLED
    ]


def called_to(store: "Store", item: AgendaItem, sitting: Conference) -> tuple[int, ...]:
    """Give the agencies called to an item: those it names, else all called to the sitting.

    Who only gives information (ライフライン等) is left out unless the item names it.
    """
    if item.called:
        return item.called
    kinds = store.profile.flagged("agency_kind", "gives_only")
    marks = ", ".join("?" * len(kinds))
    sql = f"SELECT id FROM agencies WHERE kind IN ({marks})"
    gives_only = {row[0] for row in store.db.execute(sql, sorted(kinds))}
    return tuple(id_ for id_ in sitting.called or () if id_ not in gives_only)


def matter_of(store: "Store", item: AgendaItem, sitting: Conference) -> Matter:
    """Gather what the question of sharing needs to know of an item."""
    household = household_of(store, item.client_id or 0)
    case = store.load(Case, item.case_id or 0)
    facts = store.find(Provenance, case_id=item.case_id)
    basis = store.profile.basis(item.basis or "")
    return Matter(
        profile=store.profile,
        basis=basis,
        day=sitting.held_on or date.max,
        client_id=item.client_id or 0,
        called=frozenset(called_to(store, item, sitting)),
        excluded=frozenset(case.excluded_agencies or ()),
        shared=frozenset(item.shared_categories or ()),
        identification=item.identification or Identification.of(basis.identification),
        is_text_reviewed=item.text_reviewed_on is not None,
        consents=consents_of(store, household),
        signed_plans=signed_plans(store, item.client_id or 0),
        facts=tuple(facts),
        heard=heard.boxes(store, case, household, facts),
        kept_from=kept_from(store, household),
    )


def kept_from(store: "Store", household: Household) -> dict[int, frozenset[int]]:
    """Give the parties excluded from any case about a member, by member."""
    found: dict[int, frozenset[int]] = {}
    for case in store.find(Case, household_id=household.id):
        known = found.get(case.client_id or 0, frozenset())
        found[case.client_id or 0] = known | frozenset(case.excluded_agencies or ())
    return found


def signed_plans(store: "Store", client_id: int) -> tuple[SupportPlan, ...]:
    """Give the plans that a client has signed."""
    plans = store.find(SupportPlan, client_id=client_id)
    return tuple(plan for plan in plans if plan.signed_on is not None)


def last_change(store: "Store", shown: Iterable[tuple[str, int]]) -> int:
    """Give the place, in the chain of changes, of the last change to any of these records."""
    places = [
        store.db.execute(
            "SELECT max(seq) FROM changes WHERE record_table = ? AND record_id = ?", pair
        ).fetchone()[0]
        for pair in shown
    ]
    return max((place for place in places if place is not None), default=0)


_LOOKED_BACK = 20_000
"""So many changes are looked through for a worker's last one."""


def last_save(store: "Store") -> str | None:
    """Give when this worker last saved something, of the store's latest changes; else None."""
    sql = (
        "SELECT c.at FROM (SELECT at, account FROM changes ORDER BY seq DESC LIMIT ?) AS c"
        " WHERE c.account = ? LIMIT 1"
    )
    found = store.db.execute(sql, [_LOOKED_BACK, store.account]).fetchone()
    return found[0] if found else None
