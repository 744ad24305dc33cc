"""One record as its paper form, in the order of the national one, with what belongs to it.

A sheet stays at the desk. Even so whoever told us and the whereabouts of a person under
秘匿 are left off: paper lies about.
"""

from dataclasses import replace
from datetime import date

from jusou_nb.documents import (
    assessment_parts,
    chronology,
    family_part,
    intake_sheet,
    plan_sheet,
)
from jusou_nb.documents.lettering import paper_lexicon
from jusou_nb.documents.paper import Identity, PaperKind, Section
from jusou_nb.documents.sheet_page import Page, about, frame_of, print_page
from jusou_nb.documents.sheet_parts import PLAIN, Part, Style, parts
from jusou_nb.errors import NotFound
from jusou_nb.fields import Form, items, links
from jusou_nb.forms import (
    Assessment,
    CaseNote,
    Evaluation,
    FamilyMap,
    Household,
    Intake,
    Person,
    Referral,
    SupportPlan,
    by_table,
)
from jusou_nb.store import Store, papers, queries

OFFICE = "office"
BY_HAND = (Intake, Assessment, CaseNote, Evaluation)
"""Forms that people fill by hand as well: their codes are listed whole, to be ticked."""


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
    page = Page(
        title=title_of(record),
        parts=_parts(store, record, home),
        facts=[*about(store, record), *assessment_parts.count(store, record)],
        made=f"出力日 {made_on}",
        has_thick=any(box.reported for box in items(form)),
    )
    return print_page(store, page, frame_of(store, form.title, record, made_on), identity)


def title_of(record: Form) -> str:
    """Give the name of the paper; the intake has two variants."""
    if isinstance(record, Intake):
        return intake_sheet.TITLES[record.variant]
    # The slip goes to the agency under the same name; this one stays.
    return f"{record.title}（控え）" if isinstance(record, Referral) else record.title


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
    style = replace(style_of(type(record)), aged_on=_aged_on(store, record))
    if isinstance(record, Intake):
        consent = intake_sheet.consent_of(store, record)
        return intake_sheet.laid_out(record, home, consent, lexicon, style)
    own = list(parts(record, lexicon, style))
    match record:
        case Assessment():
            own = assessment_parts.around(store, record, own, lexicon)
        case SupportPlan():
            own = list(plan_sheet.plan_parts(store, record, own, lexicon))
        case Evaluation():
            own = list(plan_sheet.evaluation_parts(store, record, own, lexicon))
        case FamilyMap() if home is not None:
            own += family_part.on_sheet(store, home, None, record.drawn_on)
        case Household():
            own += chronology.office_part(store, record, lexicon)
    return own


def style_of(form: type[Form]) -> Style:
    """Say how the boxes of a form are printed."""
    return Style(has_ticks=True) if form in BY_HAND else PLAIN


def _aged_on(store: Store, record: Form) -> date | None:
    """Give the day at which ages are counted: that of the household's last consultation."""
    if not isinstance(record, Household):
        return None
    taken = store.find(Intake, household_id=record.id)
    return max((intake.received_on for intake in taken if intake.received_on), default=None)


def _shown(store: Store, record: Form, home: Household | None) -> list[tuple[str, int]]:
    shown = papers.shown_of_record(store, type(record), record.id or 0)
    shown += plan_sheet.shown(store, record)
    if isinstance(record, Intake):
        shown += papers.of_person(store, "consents", record.client_id)
    if isinstance(record, Household):
        shown += papers.of_household(store, "intakes", record.id)
    if home is None or not isinstance(record, (Assessment, Household)):
        return shown
    return [*shown, *chronology.shown(store, home), *assessment_parts.shown(store, record)]
