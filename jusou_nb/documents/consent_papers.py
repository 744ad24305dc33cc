"""同意書・変更届・撤回届: what the person reads, ticks and signs, in the town's own words.

Of a recorded consent they are filled; of a person they are blank but for the name, the desks
that usually take part, and what stands today. The words come from the profile, in as many
languages as the town has written.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from jusou_nb.documents import consent_grid, letter_words
from jusou_nb.documents.consent_grid import Grid
from jusou_nb.documents.office_frame import office_frame
from jusou_nb.documents.paper import Paper, Section, of_record, print_section
from jusou_nb.forms import Consent, Person
from jusou_nb.forms.consent import ConsentManner, ConsentState
from jusou_nb.furigana import of_day
from jusou_nb.rules import consent as rules
from jusou_nb.store import Store, papers, queries

CONSENT, CHANGE, STOP = "同意書", "同意の変更届", "同意の撤回届"
BLANK = "（用紙）"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A consent paper: of whom, the entry it is filled from, and what stood before it.

    ``on`` is the day as of which it stands; ``entry`` is None on a blank.
    """

    person: Person
    on: date
    entry: Consent | None = None
    before: Consent | None = None


@dataclass(frozen=True, kw_only=True)
class Part:
    """What differs between the three: which tables under which words, and what is ticked."""

    kind: str
    grids: tuple[tuple[str, Grid | None], ...]
    not_to: tuple[Markup, ...] = ()
    is_blank: bool = False
    expires: bool = False
    is_whole: bool = False
    is_some: bool = False


Parts = Callable[[Store, Asked], Part]


def _of_entry(name: str, parts: Parts) -> Callable[..., Section]:
    def gather(store: Store, record_id: int, /, *, day: date) -> Section:
        entry = store.load(Consent, record_id)
        person = _person(store, entry.person_id)
        earlier = [
            other
            for other in store.find(Consent, person_id=person.id)
            if (other.stated_on or date.max, other.id or 0)
            < (entry.stated_on or date.max, record_id)
        ]
        on = entry.stated_on or day
        asked = Asked(
            person=person, on=on, entry=entry, before=rules.valid_on(earlier, on, store.profile)
        )
        return _print(store, name, (Consent.table, record_id), parts(store, asked), asked)

    return gather


def _of_person(name: str, parts: Parts) -> Callable[..., Section]:
    def gather(store: Store, record_id: int, /, *, day: date) -> Section:
        person = _person(store, record_id)
        stands = rules.valid_on(store.find(Consent, person_id=record_id), day, store.profile)
        asked = Asked(person=person, on=day, before=stands)
        return _print(store, name, (Person.table, record_id), parts(store, asked), asked)

    return gather


def _person(store: Store, person_id: int | None) -> Person:
    return queries.person(queries.household_of(store, person_id or 0), person_id)


def _print(store: Store, name: str, subject: tuple[str, int], part: Part, asked: Asked) -> Section:
    expires = asked.entry.expires_on if asked.entry else None
    values = {
        "part": part,
        "sheets": letter_words.sheets(
            store,
            "consent",
            name=letter_words.name_of(asked.person),
            day=of_day(expires) if expires else "",
        ),
        "name": letter_words.printed(letter_words.name_of(asked.person)),
        "signs": _signs(asked.entry),
        "stated": letter_words.day_of(asked.entry.stated_on if asked.entry else None),
        "hours": store.profile.letters.callback.hours,
        "telephone": store.profile.letters.callback.telephone or letter_words.BLANK_NUMBER,
        "frame": office_frame(store, name.removesuffix(BLANK), day=None),
    }
    entries = store.find(Consent, person_id=asked.person.id)
    shown = [
        (Person.table, asked.person.id or 0),
        *((Consent.table, entry.id or 0) for entry in entries),
        *papers.shown_of_record(store, Person, asked.person.id or 0),
    ]
    return print_section("consent", name, values, of_record(store, name, subject, shown))


def _signs(entry: Consent | None) -> dict[str, str]:
    """Give the names that stand beside the places to sign; the signs are written by hand."""
    if entry is None:
        return dict.fromkeys(("proxy", "witness", "guardian", "explained_by"), "")
    by_proxy = entry.manner is ConsentManner.BY_PROXY_HAND
    return {
        "proxy": entry.proxy_name or "" if by_proxy else "",
        "witness": entry.second_listener or "",
        "guardian": entry.giver_name or "",
        "explained_by": entry.explained_by or "",
    }


def _consent(store: Store, asked: Asked) -> Part:
    entry = _given(asked.entry)
    grid = consent_grid.of(store, entry) if entry else consent_grid.blank(store)
    return _scope(store, "consent", (("what", grid),), entry)


def _change(store: Store, asked: Asked) -> Part:
    entry = _given(asked.entry)
    now = consent_grid.of(store, asked.before) if asked.before else None
    after = consent_grid.of(store, entry) if entry else consent_grid.blank(store, asked.before)
    return _scope(store, "change", (("now", now), ("after", after)), entry)


def _scope(
    store: Store, kind: str, grids: tuple[tuple[str, Grid | None], ...], entry: Consent | None
) -> Part:
    agencies = (entry.excluded_agencies if entry else None) or ()
    return Part(
        kind=kind,
        grids=grids,
        not_to=tuple(letter_words.agency_name(store, agency) for agency in agencies),
        is_blank=entry is None,
        expires=bool(entry and entry.expires_on),
    )


def _stop(store: Store, asked: Asked) -> Part:
    entry = asked.entry
    withdrawn = entry if entry and entry.state is ConsentState.WITHDRAWN else None
    some = withdrawn is not None and rules.is_partial(withdrawn)
    stood = asked.before or _given(entry)
    grid = consent_grid.stopped(store, withdrawn if some else None, stood)
    return Part(
        kind="stop",
        grids=(("stop_what", grid),),
        is_whole=withdrawn is not None and not some,
        is_some=some,
        is_blank=withdrawn is None,
    )


def _given(entry: Consent | None) -> Consent | None:
    return entry if entry and entry.state is ConsentState.GIVEN else None


_PARTS: tuple[tuple[str, Parts], ...] = ((CONSENT, _consent), (CHANGE, _change), (STOP, _stop))
PAPERS = (
    *(Paper(name=n, table=Consent.table, gather=_of_entry(n, parts)) for n, parts in _PARTS),
    *(
        Paper(name=n + BLANK, table=Person.table, gather=_of_person(n + BLANK, parts))
        for n, parts in _PARTS
    ),
)
