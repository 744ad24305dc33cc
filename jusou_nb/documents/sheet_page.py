"""The page of a form: its title, whose it is, the parts, and what the office puts around them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from jusou_nb.dates import wareki
from jusou_nb.documents.cells import Cell, lines
from jusou_nb.documents.office_frame import OfficeFrame, office_frame
from jusou_nb.documents.paper import Identity, Section, print_section
from jusou_nb.documents.sheet_parts import Part
from jusou_nb.fields import Form, links
from jusou_nb.forms import Case, Household, Intake, SupportPlan
from jusou_nb.store import Store, merges, papers

_OF_CASE = frozenset({"cases", "households", "persons"})


@dataclass(frozen=True, kw_only=True)
class Page:
    """What stands on a form, beside what the office puts around it.

    Attributes:
        title: The title of the page.
        parts: What stands under ruled headings.
        facts: Whose it is, above them.
        made: What stands right under the title: the day, or that it is a blank.
        has_thick: Whether boxes of it are 国への報告事項.
        note: A sentence at the foot.
    """

    title: str
    parts: Iterable[Part]
    facts: Iterable[Cell] = ()
    made: str = ""
    has_thick: bool = False
    note: str = ""


def print_page(store: Store, page: Page, frame: OfficeFrame, identity: Identity) -> Section:
    """Print a form."""
    notes = ["太枠は国への報告事項です。"] if page.has_thick else []
    values = {
        "title": page.title,
        "facts": lines(page.facts),
        "parts": list(page.parts),
        "made": page.made,
        "frame": frame,
        "note": "".join([*notes, page.note]),
        "municipality": store.profile.municipality,
        "office": store.profile.office,
    }
    return print_section("sheet", page.title, values, identity)


def frame_of(store: Store, name: str, record: Form, made_on: str) -> OfficeFrame:
    """Give the frame of a record's paper: drafted when it is made, or when the record says.

    A record of nobody's case is kept by no period of a case.
    """
    frame = office_frame(store, name, day=None, ended_on=_ended_on(store, record))
    if isinstance(record, SupportPlan) and record.decision_drafted_on is not None:
        decided = wareki(record.decided_on) if record.decided_on else frame.decided_on
        drafted = wareki(record.decision_drafted_on)
        return replace(frame, drafted_on=drafted, decided_on=decided)
    frame = replace(frame, drafted_on=made_on)
    return frame if is_of_case(type(record)) else replace(frame, keeping="")


def is_of_case(form: type[Form]) -> bool:
    """Whether the records of a form belong to somebody's case."""
    return form is Household or any(link.table in _OF_CASE for link in links(form))


def _ended_on(store: Store, record: Form) -> date | None:
    case_id = getattr(record, "case_id", None)
    if isinstance(record, Case):
        case: Case | None = record
    else:
        case = store.load(Case, case_id) if case_id is not None else None
    return None if case is None or case.status is None or case.status.is_open else case.closed_on


_WHO = ("client_id", "person_id", "case_id")


def about(store: Store, record: Form) -> Iterator[Cell]:
    """Say whose record it is, where the form itself has no box for it."""
    whose: dict[str, Any] = {name: getattr(record, name, None) for name in _WHO}
    if isinstance(record, Case):
        whose["case_id"] = record.id
    found = papers.about(store, **whose)
    if isinstance(record, Household):
        former = merges.former_numbers(store, Household.table, record.id or 0)
        yield from (Cell(label="旧番号", value="、".join(former)) for _ in former[:1])
    if found is None or isinstance(record, (Household, Intake)):
        return
    yield Cell(label="本人", value=found.name)
    yield Cell(label="受付番号", value=found.number)
    if found.former:
        yield Cell(label="旧番号", value="、".join(found.former))
