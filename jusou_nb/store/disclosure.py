"""Every record about a person by date, box by box, with what may have to be kept back and why."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from jusou_nb.boxes import Item
from jusou_nb.checks import is_asked, is_blank
from jusou_nb.dates import PartialDate, wareki
from jusou_nb.errors import NotFound
from jusou_nb.fields import Form, Kind, children, items, links
from jusou_nb.forms import (
    FORMS,
    Case,
    DisclosureItem,
    DisclosureRequest,
    Household,
    Intake,
    Person,
    by_table,
)
from jusou_nb.problems import Problem
from jusou_nb.rules import disclosure as rules
from jusou_nb.rules.sharing import listed
from jusou_nb.store import heard, household_records
from jusou_nb.values import Lexicon, show

if TYPE_CHECKING:
    from jusou_nb.store.core import Store

_DAYS = (Kind.DATE, Kind.MOMENT, Kind.PARTIAL_DATE)


@dataclass(frozen=True, kw_only=True)
class BoxRow:
    """A filled box: what stands in it, why it may be kept back, whether it is shown.

    ``is_listed`` is False where not even the office's own paper may hold it.
    """

    label: str
    value: str
    candidate: Problem | None
    is_shown: bool
    is_listed: bool


@dataclass(frozen=True, kw_only=True)
class RecordRow:
    """A record on the list, with what was decided of it.

    Attributes:
        table: Where it is.
        record_id: Which one.
        title: What it is called.
        day: Its first day; None where it bears none.
        when: The same as it is written, no more exactly than it is known.
        registered_on: When it was written down first, by which it stands where it bears no day.
        is_day_shown: Whether that day may stand on the copy that is handed out.
        whole: Why all of it may be kept back.
        boxes: Its filled boxes and those of its rows.
        answer: What was decided; None: not yet.
    """

    table: str
    record_id: int
    title: str
    day: date | None
    when: str
    registered_on: date
    is_day_shown: bool
    whole: Problem | None
    boxes: tuple[BoxRow, ...]
    answer: DisclosureItem | None

    @property
    def candidates(self) -> list[Problem]:
        """Give each reason once, in the order of the boxes."""
        found = [self.whole, *(box.candidate for box in self.boxes)]
        return list({problem.rule: problem for problem in found if problem}.values())


@dataclass(frozen=True)
class Reading:
    """What every row needs to know."""

    store: "Store"
    asked: rules.Asked
    lexicon: Lexicon
    heard: frozenset[tuple[str, int, str]]
    answers: dict[tuple[str, int], DisclosureItem]


def _reading(store: "Store", request: DisclosureRequest, lexicon: Lexicon) -> Reading:
    home = store.load(Household, request.household_id or 0)
    return Reading(
        store=store,
        asked=rules.Asked(
            profile=store.profile,
            household=home,
            person_id=request.person or 0,
            intakes=tuple(store.find(Intake, household_id=home.id)),
        ),
        lexicon=lexicon,
        heard=frozenset(
            (found.record.table, found.record.id or 0, found.box.name)
            for case in store.find(Case, household_id=home.id)
            for found in heard.heard(store, case, home)
        ),
        answers={
            (item.what or "", item.record_id or 0): item
            for item in store.find(DisclosureItem, disclosure_request_id=request.id)
        },
    )  # fmt: skip


def rows_of(store: "Store", request: DisclosureRequest, lexicon: Lexicon) -> list[RecordRow]:
    """List every record about the person of a request, the oldest first.

    ``lexicon`` says what people are called in what stands in the boxes.

    Raises:
        NotFound: The household is gone.
    """
    known = _reading(store, request, lexicon)
    found = household_records.records_of(store, request.household_id or 0)
    rows = [_row(record, known) for record in _records(store, found, known)]
    return sorted(rows, key=lambda row: (row.day or row.registered_on, row.title, row.record_id))


def _records(store: "Store", found: household_records.Found, known: Reading) -> Iterator[Form]:
    """Give the records that stand; each person of the household is one by itself."""
    yield from known.asked.household.members
    for form in FORMS:
        for record_id in sorted(found.get(form.table, ())):
            try:
                record = store.load(form, record_id)
            except NotFound:
                continue
            if rules.is_about_people(record):
                yield record


def _row(record: Form, known: Reading) -> RecordRow:
    whole = rules.record_candidate(record, known.asked, _client_of(record, known.store))
    answer = known.answers.get((record.title, record.id or 0))
    day, when, box = _day_of(record)
    shown = box is None or rules.is_shown(answer, box, _candidate(box, record, known, whole))
    return RecordRow(
        table=record.table,
        record_id=record.id or 0,
        title=record.title,
        day=day,
        when=when,
        registered_on=_registered(record, known.store),
        is_day_shown=shown,
        whole=whole,
        boxes=tuple(_boxes(record, known, whole, answer)),
        answer=answer,
    )


def _registered(record: Form, store: "Store") -> date:
    sql = "SELECT min(at) FROM changes WHERE record_table = ? AND record_id = ?"
    (at,) = store.db.execute(sql, [record.table, record.id]).fetchone()
    return datetime.fromisoformat(at).date() if at else date.min


def _client_of(record: Form, store: "Store") -> int | None:
    """Find whose record it is; None: the household's."""
    if isinstance(record, Person):
        return record.id
    for name in ("client_id", "person_id"):
        if (person := getattr(record, name, None)) is not None:
            return int(person)
    for entry in links(type(record)):
        form, other = by_table(entry.table), getattr(record, entry.name)
        if form in (None, Household) or other is None:
            continue
        try:
            found = _client_of(store.load(form, other), store)
        except NotFound:
            continue
        if found is not None:
            return found
    return None


def _day_of(record: Form) -> tuple[date | None, str, Item | None]:
    """Give its first day, as it is written and the box; a person has none."""
    for box in () if isinstance(record, Person) else items(type(record)):
        value = getattr(record, box.name)
        if value is None or box.many or box.kind not in _DAYS:
            continue
        if isinstance(value, PartialDate):
            return date(value.year, value.month or 1, value.day or 1), wareki(value), box
        day = value.date() if isinstance(value, datetime) else value
        return day, wareki(day), box
    return None, "", None


def _boxes(
    record: Form,
    known: Reading,
    whole: Problem | None,
    answer: DisclosureItem | None,
    prefix: str = "",
) -> Iterator[BoxRow]:
    person = record if isinstance(record, Person) else None
    for box in items(type(record)):
        value = getattr(record, box.name)
        if is_blank(value) or not is_asked(record, box):
            continue
        candidate = _candidate(box, record, known, whole)
        yield BoxRow(
            label=f"{prefix}{box.label}",
            value=show(box, value, known.lexicon),
            candidate=candidate,
            is_shown=rules.is_shown(answer, box, candidate),
            is_listed=listed(box, person),
        )
    for table in () if isinstance(record, Household) else children(type(record)):
        for place, row in enumerate(getattr(record, table.name), start=1):
            own = whole or rules.record_candidate(row, known.asked, None)
            yield from _boxes(row, known, own, answer, f"{table.label}{place}・")


def _candidate(box: Item, record: Form, known: Reading, whole: Problem | None) -> Problem | None:
    """Say why a box may be kept back; what must never be opened speaks before the record."""
    own = rules.box_candidate(box, record, known.asked)
    if own is not None and own.rule in rules.HIDDEN:
        return own
    if (record.table, record.id or 0, box.name) in known.heard:
        return rules.heard_elsewhere()
    return whole or own
