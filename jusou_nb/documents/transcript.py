"""転記票: what is typed into another system, in the order of its screen.

One page for each system that the profile names, so that nobody looks through five sheets.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from jusou_nb.boxes import Item, Kind
from jusou_nb.checks import is_asked, is_blank
from jusou_nb.dates import PartialDate, wareki
from jusou_nb.documents.office_frame import office_frame
from jusou_nb.documents.paper import Paper, Section, of_record, print_section
from jusou_nb.errors import NotFound
from jusou_nb.fields import Form, items, links
from jusou_nb.forms import Case, Household, Intake, Person, form_of
from jusou_nb.profile_transcripts import Transcript, TranscriptBox, Writing
from jusou_nb.rules.sharing import listed
from jusou_nb.store import Store, household_records, queries
from jusou_nb.values import MASKED, show

NAME = "転記票"
_ON_SCREEN = "（この紙に載せません。画面で確かめます）"


@dataclass(frozen=True, kw_only=True)
class Typed:
    """A line: the heading of the other screen where it changes, its box, what is typed.

    ``source`` is where it stands here; ``note`` says why nothing is there to type.
    """

    heading: str
    label: str
    value: str
    source: str
    note: str = ""


def transcript(store: Store, case_id: int, *, day: date) -> Section:
    """Print what of a case is typed into the systems of the profile.

    Raises:
        NotFound: There is no such case, or the profile names a box that there is not.
    """
    case = store.load(Case, case_id)
    pages = [(one.name, list(_lines(store, case, one))) for one in store.profile.transcripts]
    intake = store.load(Intake, case.intake_id) if case.intake_id else Intake()
    values = {
        "pages": [(name, found, sum(bool(line.note) for line in found)) for name, found in pages],
        "number": intake.number or f"ケース{case_id}",
        "municipality": store.profile.municipality,
        "office": store.profile.office,
        "made_on": wareki(day),
        "frame": office_frame(store, NAME, day=day),
    }
    found = household_records.records_of(store, case.household_id or 0)
    identity = of_record(
        store, NAME, (Case.table, case_id), household_records.shown(store, found)
    )  # fmt: skip
    return print_section("transcript", NAME, values, identity)


def _lines(store: Store, case: Case, system: Transcript) -> Iterator[Typed]:
    heading = ""
    for box in system.boxes:
        yield _line(store, case, system, box, box.heading if box.heading != heading else "")
        heading = box.heading


def _line(
    store: Store, case: Case, system: Transcript, asked: TranscriptBox, heading: str
) -> Typed:
    form, box = _box(system, asked)
    record = _record(store, case, form)
    source = f"{form.title}・{box.label}"
    value = getattr(record, box.name) if record is not None else None
    note, text = "", ""
    if record is None or is_blank(value):
        note = "未記入" if record is None or is_asked(record, box) else "聞かない欄"
    elif not listed(box, record if isinstance(record, Person) else None):
        text = f"{MASKED}{_ON_SCREEN}" if box.masked else _ON_SCREEN
    else:
        text = _written(asked.writing, box, value, store)
    return Typed(heading=heading, label=asked.label, value=text, source=source, note=note)


def _box(system: Transcript, asked: TranscriptBox) -> tuple[type[Form], Item]:
    table, _, name = asked.box.partition(".")
    form = form_of(table)
    box = next((b for b in items(form) if b.name == name), None) if form else None
    if form is None or box is None:
        raise NotFound(
            f"転記票「{system.name}」の欄「{asked.box}」はありません。"
            "プロファイルの transcripts を直してください"
        )
    return form, box


def _record(store: Store, case: Case, form: type[Form]) -> Form | None:
    """Find the record of a form that speaks of the case: the latest where there are several."""
    if form is Case:
        return case
    if form is Household:
        return store.load(Household, case.household_id or 0)
    if form is Person:
        return queries.person(queries.household_of(store, case.client_id or 0), case.client_id)
    if form is Intake:
        return store.load(Intake, case.intake_id) if case.intake_id else None
    known = {"case_id": case.id, "client_id": case.client_id, "person_id": case.client_id}
    names = {entry.name for entry in links(form)}
    of = next((name for name in known if name in names), None)
    where: dict[str, Any] = {of: known[of]} if of else {}
    found = store.find(form, **where) if where else []
    return found[-1] if found else None


def _written(writing: Writing, box: Item, value: Any, store: Store) -> str:
    """Write a value as it is typed there."""
    if writing is Writing.CODE and box.kind in (Kind.CODE, Kind.CHOICE):
        return "、".join(str(one) for one in (value if box.many else (value,)))
    if writing is Writing.WESTERN and isinstance(value, date | datetime | PartialDate):
        iso = value.iso() if isinstance(value, PartialDate) else value.isoformat()[:10]
        return str(iso).replace("-", "/")
    text = show(box, value, store.lexicon())
    return unicodedata.normalize("NFKC", text) if writing is Writing.HALF else text


PAPERS = (Paper(name=NAME, table=Case.table, gather=transcript),)
