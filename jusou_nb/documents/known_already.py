"""「既に伺ったこと」: person by person what was told, when, to whom, on which sheet.

For whoever takes a case over, so that nobody is asked twice. It holds boxes only: no note,
nothing from a sitting, nobody who told us of others.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from jusou_nb.checks import is_asked, is_blank
from jusou_nb.dates import wareki
from jusou_nb.documents.lettering import names_on_paper, paper_lexicon
from jusou_nb.documents.paper import Identity, PaperKind, Section, print_section
from jusou_nb.documents.sheet import OFFICE
from jusou_nb.errors import NotFound
from jusou_nb.fields import Form, Item, Kind, children
from jusou_nb.forms import (
    Assessment,
    Case,
    Household,
    Intake,
    Monitoring,
    ParticipationMenu,
    Person,
    SupportPlan,
)
from jusou_nb.rules import known_already as rules
from jusou_nb.store import Store, papers, queries
from jusou_nb.store.told import last_written
from jusou_nb.values import MASKED, Lexicon, show

TITLE = "既に伺ったこと"
_OF_HOUSEHOLD = "世帯"


@dataclass(frozen=True, kw_only=True)
class Told:
    """One thing told: what, the answer, when, to whom, from which sheet."""

    what: str
    answer: str
    when: str
    whom: str
    sheet: str


@dataclass(frozen=True)
class _Source:
    """A form on which people speak: how its record says when, and to whom."""

    form: type[Form]
    when: Callable[..., date | None]
    whom: Callable[..., str | None]


_SOURCES = (
    _Source(Intake, lambda r: r.received_on, lambda r: r.received_by),
    _Source(Assessment, lambda r: r.assessed_on, lambda r: r.author),
    _Source(SupportPlan, lambda r: r.drawn_on, lambda r: r.author),
    _Source(ParticipationMenu, lambda r: r.drawn_on, lambda r: r.worker),
    _Source(Monitoring, lambda r: r.held_on, lambda _: None),
)
_SAID = {
    SupportPlan: frozenset({"client_wish", "client_voice"}),
    Monitoring: frozenset({"client_voice"}),
    ParticipationMenu: frozenset({"wish", "activities", "days", "limits", "limits_note"}),
}
"""Of these forms only the person's own words; the rest the office has written."""


def known(store: Store, case_id: int, *, made_on: str) -> Section:
    """Print what the people of a case's household have told already.

    Raises:
        NotFound: There is no such case.
    """
    case = store.load(Case, case_id)
    household = store.load(Household, case.household_id or 0)
    records = list(_records(store, household))
    shown = [(type(record).table, record.id or 0) for record in records]
    people = [(Person.table, person.id or 0) for person in household.members]
    identity = Identity(
        kind=PaperKind.KNOWN,
        title=TITLE,
        subject=(Case.table, case_id),
        recipient=OFFICE,
        basis="",
        place=queries.last_change(store, [*shown, *people, (Household.table, household.id or 0)]),
    )
    about = papers.about(store, case_id=case_id)
    values = {
        "title": TITLE,
        "number": (about.number if about else "") or f"ケース{case_id}",
        "groups": _groups(store, household, records),
        "municipality": store.profile.municipality,
        "office": store.profile.office,
        "made_on": made_on,
    }
    return print_section("known_already", TITLE, values, identity)


def _records(store: Store, household: Household) -> Iterator[Form]:
    """Give the sheets of a household on which its people speak, the latest of each form first."""
    for source in _SOURCES:
        found: dict[int, Form] = {}
        for person in household.members:
            for case in (None, *store.find(Case, client_id=person.id)):
                where: dict[str, Any] = {"case_id": case.id} if case else {"client_id": person.id}
                for record in _found(store, source.form, where):
                    found[record.id or 0] = record
        ordered = sorted(found.values(), key=lambda r: (source.when(r) or date.min, r.id or 0))
        yield from (r for r in reversed(ordered) if rules.may_repeat(store.profile, r))


def _found(store: Store, form: type[Form], where: dict[str, Any]) -> list[Form]:
    known_links = form.__dataclass_fields__
    return store.find(form, **where) if all(name in known_links for name in where) else []


def _groups(
    store: Store, household: Household, records: list[Form]
) -> list[tuple[str, list[Told]]]:
    lexicon = paper_lexicon(store, household)
    names = names_on_paper(household)
    groups: dict[str, list[Told]] = {}
    for record in records:
        source = next(s for s in _SOURCES if s.form is type(record))
        whose = names.get(_client_of(store, record) or 0, _OF_HOUSEHOLD)
        groups.setdefault(whose, []).extend(_of_sheet(source, record, lexicon))
    for person in household.members:
        rows = _of_register(store, person, person, lexicon)
        groups.setdefault(names.get(person.id or 0, ""), []).extend(rows)
    groups.setdefault(_OF_HOUSEHOLD, []).extend(_of_register(store, household, None, lexicon))
    return [(whose, list(_once(rows))) for whose, rows in groups.items() if rows]


def _client_of(store: Store, record: Form) -> int | None:
    client: int | None = getattr(record, "client_id", None)
    case_id = getattr(record, "case_id", None)
    if client is None and case_id is not None:
        try:
            return store.load(Case, case_id).client_id
        except NotFound:
            return None
    return client


def _of_sheet(source: _Source, record: Form, lexicon: Lexicon) -> Iterator[Told]:
    day, whom = source.when(record), source.whom(record)
    said = _SAID.get(source.form)
    for box in rules.told_boxes(source.form):
        if said is None or box.name in said:
            yield from _told(record, box, None, lexicon, (day, whom or "", record.title))
    for table in children(source.form):
        if table.name == "cares":
            for row in getattr(record, table.name):
                for box in rules.told_boxes(table.form):
                    yield from _told(row, box, None, lexicon, (day, whom or "", record.title))


def _of_register(
    store: Store, record: Form, person: Person | None, lexicon: Lexicon
) -> Iterator[Told]:
    written = last_written(store, record)
    for box in rules.told_boxes(type(record)):
        at = written.get(box.name)
        source = (at.on if at else None, at.worker if at else "", Household.title)
        yield from _told(record, box, person, lexicon, source)


def _told(
    record: Form,
    box: Item,
    person: Person | None,
    lexicon: Lexicon,
    source: tuple[date | None, str, str],
) -> Iterator[Told]:
    value, (day, whom, sheet) = getattr(record, box.name), source
    if box.kind is Kind.TEXT and isinstance(value, str):
        value = rules.own_words(value)
    if is_blank(value) or not is_asked(record, box):
        return
    answer = MASKED if rules.is_hidden(box, person) else show(box, value, lexicon)
    yield Told(
        what=box.label, answer=answer, when=wareki(day) if day else "", whom=whom, sheet=sheet
    )


def _once(rows: Iterable[Told]) -> Iterator[Told]:
    """Leave out what stands above already in the same words: the latest sheet speaks."""
    seen: set[tuple[str, str]] = set()
    for row in rows:
        if (row.what, row.answer) not in seen:
            seen.add((row.what, row.answer))
            yield row
