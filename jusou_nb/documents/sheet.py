"""One record as its paper form: every box of the class, in the order of the class.

A sheet stays at the desk. Even so whoever told us and the whereabouts of a person under
秘匿 are left off: paper lies about.
"""

from collections.abc import Iterator
from typing import Any

from jusou_nb.documents import assessment_parts, chronology, family_part
from jusou_nb.documents.cells import Cell, lines
from jusou_nb.documents.lettering import paper_lexicon
from jusou_nb.documents.paper import Identity, PaperKind, Section, print_section
from jusou_nb.documents.sheet_parts import Part, parts
from jusou_nb.errors import NotFound
from jusou_nb.fields import Form, items, links
from jusou_nb.forms import Assessment, FamilyMap, Household, Intake, Person, by_table
from jusou_nb.forms.intake import IntakeVariant
from jusou_nb.store import Store, papers, queries

OFFICE = "office"


def sheet(store: Store, form_name: str, record_id: int, *, made_on: str) -> Section:
    """Print one record as its form.

    Raises:
        NotFound: There is no such form or record.
    """
    form = by_table(form_name)
    if form is None:
        raise NotFound(f"様式「{form_name}」はありません。様式の名前を確かめてください")
    record = store.load(form, record_id)
    home = household_of(store, record)
    identity = Identity(
        kind=PaperKind.SHEET,
        title=title_of(record),
        subject=(form.table, record_id),
        recipient=OFFICE,
        basis="",
        place=queries.last_change(store, _shown(store, record, home)),
    )
    values = {
        "title": title_of(record),
        "facts": lines([*_about(store, record), *assessment_parts.count(store, record)]),
        "parts": _parts(store, record, home),
        "has_thick": any(box.reported for box in items(form)),
        "municipality": store.profile.municipality,
        "office": store.profile.office,
        "made_on": made_on,
    }
    return print_section("sheet", title_of(record), values, identity)


_VARIANTS = {
    IntakeVariant.WITH_CONSENT: "【本人同意あり】",
    IntakeVariant.WITHOUT_CONSENT: "【本人同意なし】",
    None: "【本人同意　未確認】",
}


def title_of(record: Form) -> str:
    """Give the name of the paper; the intake has two variants."""
    return record.title + (_VARIANTS[record.variant] if isinstance(record, Intake) else "")


def household_of(store: Store, record: Form) -> Household | None:
    """Find the household that a record belongs to, through whatever it refers to."""
    if isinstance(record, Household):
        return record
    for entry in sorted(links(type(record)), key=lambda link: link.table != Household.table):
        other, form = getattr(record, entry.name), by_table(entry.table)
        if other is None:
            continue
        try:
            if entry.table == Person.table:
                return queries.household_of(store, other)
            found = household_of(store, store.load(form, other)) if form else None
        except NotFound:
            continue
        if found is not None:
            return found
    return None


def _parts(store: Store, record: Form, home: Household | None) -> list[Part]:
    """Lay out the record; some forms bring what stands on others about the same people."""
    lexicon = paper_lexicon(store, home)
    own = list(parts(record, lexicon))
    if isinstance(record, Assessment):
        return assessment_parts.around(store, record, own, lexicon)
    if isinstance(record, Intake) and home is not None:
        # The intake sheet brings the household and the client with it.
        return [*own, *parts(home, lexicon)]
    if isinstance(record, FamilyMap) and home is not None:
        return [*own, *family_part.on_sheet(store, home, None, record.drawn_on)]
    if isinstance(record, Household):
        return [*own, *chronology.office_part(store, record, lexicon)]
    return own


def _shown(store: Store, record: Form, home: Household | None) -> list[tuple[str, int]]:
    shown = papers.shown_of_record(store, type(record), record.id or 0)
    if home is None or not isinstance(record, (Assessment, Household)):
        return shown
    return [*shown, *chronology.shown(store, home), *assessment_parts.shown(store, record)]


def _about(store: Store, record: Form) -> Iterator[Cell]:
    """Say whose record it is, where the form itself has no box for it."""
    links: dict[str, Any] = {name: getattr(record, name, None) for name in _WHO}
    about = papers.about(store, **links)
    if about is None or isinstance(record, Household):
        return
    yield Cell(label="本人", value=about.name)
    if not isinstance(record, Intake):
        yield Cell(label="受付番号", value=about.number)


_WHO = ("client_id", "person_id", "case_id")
