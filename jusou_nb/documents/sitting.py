"""Gathers, once, all that the papers of a sitting on one basis are printed from."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from jusou_nb.documents.lettering import letter as letter_of
from jusou_nb.errors import NotFound
from jusou_nb.forms import (
    AgendaItem,
    Case,
    CaseNote,
    Conference,
    Consent,
    CopyRecall,
    Emergency,
    FamilyMap,
    Household,
    Intake,
    Person,
    ResourceGap,
    SchemeCheck,
    SupportPlan,
)
from jusou_nb.profile import Basis
from jusou_nb.rules.chronology import Moment, MomentKind
from jusou_nb.rules.sharing import Matter, Reader, ReaderKind, item_withheld
from jusou_nb.store import Store, overrides, papers, queries, sittings
from jusou_nb.store.chronology import chronology
from jusou_nb.store.family import heard_rows, last_map
from jusou_nb.store.sittings import SideBySide
from jusou_nb.values import Lexicon


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One item with the records it is about."""

    item: AgendaItem
    matter: Matter
    household: Household
    case: Case
    intake: Intake | None
    consents: tuple[Consent, ...]
    plan: SupportPlan | None
    notes: tuple[CaseNote, ...]
    previous: tuple[tuple[date, AgendaItem], ...]
    overrides: tuple[dict[str, Any], ...]
    sheets: SideBySide
    schemes: tuple[SchemeCheck, ...]
    emergencies: tuple[Emergency, ...]
    moments: tuple[Moment, ...] = ()
    family: FamilyMap | None = None
    family_heard: frozenset[tuple[str, int]] = frozenset()

    @property
    def people(self) -> tuple[Person, ...]:
        """The household's members, the client first, who may have died since."""
        client = [p for p in self.household.members if p.id == self.item.client_id]
        others = [p for p in self.household.own_members if p.id != self.item.client_id]
        return (*client, *others)

    @property
    def number(self) -> int:
        """The item's number on the agenda of the whole sitting."""
        return self.item.place_in_order or 0


@dataclass(frozen=True, kw_only=True)
class Sitting:
    """A sitting as far as one basis goes.

    ``numbers`` are the places of all its items; ``place`` is that of the last change that
    any copy shows, ``chairs_place`` that of the last one on the chair's.
    """

    conference: Conference
    basis: Basis
    body: str
    day: date
    lexicon: Lexicon
    entries: tuple[Entry, ...]
    numbers: tuple[tuple[int, str], ...]
    lost: frozenset[int]
    place: int
    chairs_place: int
    recalls: dict[int, CopyRecall]
    topics: tuple[tuple[int, str], ...] = ()
    gaps: tuple[ResourceGap, ...] = ()


def bases_of(store: Store, conference: Conference) -> list[Basis]:
    """Give the bases of a sitting's items in the profile's order; without items its body's."""
    used = {item.basis or "" for item in queries.items_of(store, conference.id or 0)}
    hears = store.profile.body(conference.body or "").bases
    # A basis of topics alone has no paper of its own beside those of cases.
    of_cases = {code for code in hears if not store.profile.basis(code).anonymous}
    known = used or of_cases or set(hears)
    return [basis for basis in store.profile.bases if basis.code in known]


def gather(store: Store, conference: Conference, basis: Basis) -> Sitting:
    """Gather what the papers of a sitting on a basis show."""
    items = queries.items_of(store, conference.id or 0)
    own = [item for item in items if item.basis == basis.code]
    entries = [entry for item in own if (entry := _entry(store, item, conference))]
    found = {entry.number for entry in entries}
    return Sitting(
        conference=conference,
        basis=basis,
        body=store.profile.body(conference.body or "").label,
        day=conference.held_on or date.max,
        # An agency that was renamed since is called on these papers as it was that day.
        lexicon=store.lexicon(on=conference.held_on),
        entries=tuple(entries),
        numbers=tuple((i.place_in_order or 0, i.basis or "") for i in items),
        lost=frozenset(i.place_in_order or 0 for i in own) - found,
        place=_place(store, conference, basis),
        chairs_place=_place(store, conference, basis, for_chair=True),
        recalls=_recalls(store, conference, basis),
        topics=tuple(
            (topic.place_in_order or 0, topic.topic or "")
            for topic in sittings.topics_of(store, conference.id or 0)
        ),
        gaps=_gaps(store, conference, basis),
    )


def _gaps(store: Store, conference: Conference, basis: Basis) -> tuple[ResourceGap, ...]:
    """Give what was put forward to a sitting; it stands with the papers of nobody's case."""
    if not basis.anonymous:
        return ()
    return tuple(store.find(ResourceGap, order="raised_on", put_forward_id=conference.id))


def _place(store: Store, conference: Conference, basis: Basis, *, for_chair: bool = False) -> int:
    shown = papers.shown_of_sitting(store, conference.id or 0, basis.code, for_chair=for_chair)
    gaps = _gaps(store, conference, basis)
    shown += [(gap.table, gap.id or 0) for gap in gaps]
    return queries.last_change(store, shown)


def _recalls(store: Store, conference: Conference, basis: Basis) -> dict[int, CopyRecall]:
    found = store.find(CopyRecall, conference_id=conference.id, basis=basis.code)
    return {recall.copy_number or 0: recall for recall in found}


def _entry(store: Store, item: AgendaItem, conference: Conference) -> Entry | None:
    """Gather one item; None where its case or household was struck since."""
    try:
        matter = queries.matter_of(store, item, conference)
        household = queries.household_of(store, item.client_id or 0)
        case = store.load(Case, item.case_id or 0)
    except NotFound:
        return None
    intakes = store.find(Intake, id=case.intake_id) if case.intake_id else []
    drawn = last_map(store, household)
    return Entry(
        item=item,
        matter=matter,
        household=household,
        case=case,
        intake=intakes[0] if intakes else None,
        consents=matter.consents.get(item.client_id or 0, ()),
        plan=_plan(store, item, matter.day) if matter.basis.decides_plan else None,
        notes=_notes(store, item, matter.day),
        previous=_previous(store, item, matter.day),
        overrides=tuple(overrides.of(store, AgendaItem.table, item.id or 0)),
        sheets=sittings.side_by_side(store, item.id or 0),
        schemes=_schemes(store, item, matter.day),
        emergencies=tuple(store.find(Emergency, agenda_item_id=item.id)),
        moments=_moments(store, household, case, item, matter.day),
        family=drawn,
        family_heard=heard_rows(store, drawn) if drawn else frozenset(),
    )


def _moments(
    store: Store, household: Household, case: Case, item: AgendaItem, day: date
) -> tuple[Moment, ...]:
    """Give the 家族年表 as far as it is the family's, this case's and this basis's."""
    return tuple(
        moment
        for moment in chronology(store, household, until=day)
        if moment.kind in (MomentKind.EVENT, MomentKind.BIRTH)
        or moment.source == (Intake.table, case.intake_id)
        or (moment.case_id == case.id and moment.learnt_on_basis in (None, item.basis))
    )


def _notes(store: Store, item: AgendaItem, day: date) -> tuple[CaseNote, ...]:
    """Give the notes of the case up to the day of the sitting."""
    notes = store.find(CaseNote, order="happened_at", case_id=item.case_id)
    return tuple(n for n in notes if n.happened_at is None or n.happened_at.date() <= day)


def _schemes(store: Store, item: AgendaItem, day: date) -> tuple[SchemeCheck, ...]:
    """Give the existing schemes that were checked by the day of the sitting."""
    found = store.find(SchemeCheck, order="checked_on", case_id=item.case_id)
    return tuple(check for check in found if check.checked_on is None or check.checked_on <= day)


def _plan(store: Store, item: AgendaItem, day: date) -> SupportPlan | None:
    """Give the plan put before the sitting: its own, else the last one drawn by that day."""
    plans = store.find(SupportPlan, case_id=item.case_id, client_id=item.client_id)
    own = [plan for plan in plans if plan.agenda_item_id == item.id]
    drawn = [plan for plan in plans if plan.drawn_on is None or plan.drawn_on <= day]
    return max(own or drawn, key=lambda plan: (plan.sequence or 0, plan.id or 0), default=None)


def _previous(store: Store, item: AgendaItem, day: date) -> tuple[tuple[date, AgendaItem], ...]:
    """Give the items of the same case on the same basis at earlier sittings, newest first."""
    met = []
    for other in store.find(AgendaItem, case_id=item.case_id, basis=item.basis):
        held = store.load(Conference, other.conference_id or 0).held_on
        if other.id != item.id and held is not None and held < day:
            met.append((held, other))
    return tuple(sorted(met, key=lambda pair: (pair[0], pair[1].id or 0), reverse=True))


def letters(sitting: Sitting) -> dict[int, dict[int, str]]:
    """Name the persons of each item A氏, B氏 … in the order in which they come up.

    The letters are those of the basis, the same on every copy of it. A person of two items
    keeps the letter only where the same agencies read both: to anybody else it would tell
    that the other item is about that person too.

    Returns:
        By the item's number and the person's id.
    """
    known: dict[tuple[frozenset[int], int], str] = {}
    found: dict[int, dict[int, str]] = {}
    for entry in sitting.entries:
        readers = _readers(entry)
        for person in [person.id or 0 for person in entry.people]:
            letter = known.setdefault((readers, person), f"{letter_of(len(known))}氏")
            found.setdefault(entry.number, {})[person] = letter
    return found


def _readers(entry: Entry) -> frozenset[int]:
    asked = {agency: Reader(ReaderKind.AGENCY, agency) for agency in entry.matter.called}
    return frozenset(a for a, reader in asked.items() if not item_withheld(reader, entry.matter))
