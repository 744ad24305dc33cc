"""Which heading of a ledger is which box of which form: derived from the form classes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jusou_nb.casework.ledger_cells import REASON
from jusou_nb.fields import Form, Item, Stage, items
from jusou_nb.forms import (
    AgendaItem,
    Case,
    Conference,
    Consent,
    Household,
    Intake,
    Person,
    Referral,
    SupportPlan,
)
from jusou_nb.forms.intake import DESK, INQUIRER
from jusou_nb.spelling import squeeze

_AFTER = (Referral, Consent, AgendaItem, Conference, SupportPlan, Case)

NAMELESS = "（見出しなし）"
"""Under which the cells of a column without a heading are kept."""

REQUIRED_OF = (Intake, Person)
"""The forms that every row fills; their boxes required for a draft are required headings."""

Place = tuple[type[Form], Item]
"""A box and the form on which it stands."""


@dataclass(frozen=True)
class Column:
    """One column of a file: its heading as written, and the box it means (None: unknown).

    ``is_chosen`` where a person said so and not the heading.
    """

    index: int
    heading: str
    place: Place | None
    is_chosen: bool = False


@dataclass(frozen=True)
class Plan:
    """How the columns of a file are read."""

    columns: tuple[Column, ...]
    missing: tuple[str, ...]
    remarks: tuple[str, ...]

    @property
    def others(self) -> tuple[str, ...]:
        """The headings that no box has."""
        named = (c.heading for c in self.columns if c.place is None)
        return tuple(heading for heading in named if not heading.startswith(NAMELESS))


def places() -> tuple[Place, ...]:
    """Give every box that a row of the ledger holds, in the order of its columns."""
    intake = [(Intake, box) for box in items(Intake) if box.ledger]
    front = [place for place in intake if place[1].section in (DESK, INQUIRER)]
    rest = [place for place in intake if place not in front]
    return (*front, *_of(Person), *_of(Household), *rest, *(p for f in _AFTER for p in _of(f)))


def _of(form: type[Form]) -> list[Place]:
    return [(form, box) for box in items(form) if box.ledger]


def required() -> tuple[Place, ...]:
    """Give the boxes without which a row is no intake: 相談受付日, 氏名."""
    return tuple(
        (form, box)
        for form, box in places()
        if form in REQUIRED_OF and box.required_at is Stage.DRAFT
    )


def missing_required(headings: Sequence[str]) -> list[str]:
    """Name the required headings that a row has not."""
    return lacking(required(), headings)


def lacking(wanted: Sequence[Place], headings: Sequence[str]) -> list[str]:
    """Name the boxes that no heading means."""
    have = {squeeze(heading) for heading in headings}
    return [b.label for _, b in wanted if not any(squeeze(h) in have for h in b.headings)]


def code_of(place: Place) -> str:
    """Name a box for what is remembered of it: ``intakes.received_on``."""
    return f"{place[0].table}.{place[1].name}"


def plan(
    headings: Sequence[str], wanted: Sequence[Place], chosen: Mapping[str, str] | None = None
) -> Plan:
    """Match the headings of a file with boxes; a second column of one box is kept as other.

    ``chosen`` gives the box (as of :func:`code_of`, or nothing) of headings that a person
    matched; they go before what a heading says itself.
    """
    by_code = {code_of(place): place for place in wanted}
    said = {squeeze(heading): code for heading, code in (chosen or {}).items()}
    # A box that a person gave to one heading is not taken by another one.
    given = {code for heading, code in said.items() if heading in map(squeeze, headings)}
    free = [place for place in wanted if code_of(place) not in given]
    known = {squeeze(h): place for place in free for h in place[1].headings}
    taken: set[Place] = set()
    columns: list[Column] = []
    remarks: list[str] = []
    for index, heading in enumerate(headings):
        if squeeze(heading) == squeeze(REASON):
            continue
        is_chosen = squeeze(heading) in said
        place = by_code.get(said[squeeze(heading)]) if is_chosen else known.get(squeeze(heading))
        if place is not None and place in taken:
            remarks.append(_twice(heading, place[1]))
            place = None
        if place is not None:
            taken.add(place)
        columns.append(Column(index, _unlike(heading, columns), place, is_chosen))
    absent = [place[1].label for place in wanted if place not in taken]
    return Plan(tuple(columns), tuple(absent), tuple(remarks))


def _unlike(heading: str, columns: Sequence[Column]) -> str:
    """Tell columns of one heading apart by a number, so that each can be kept."""
    name = heading or NAMELESS
    count = sum(c.heading == name or c.heading.startswith(f"{name}（") for c in columns)
    return f"{name}（{count + 1}）" if count else name


def _twice(heading: str, box: Item) -> str:
    return f"「{heading}」は「{box.label}」の2つ目の欄なので、「取込時の他の欄」に残します"
