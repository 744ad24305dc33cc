"""Forms to be filled by hand while no PC can be used: the same paper with nothing on it.

A blank shows nobody and is no copy of anything, so it has no number, and none is logged: the
log answers who holds which papers about whom.
"""

from collections.abc import Iterator

from jusou_nb.documents import assessment_parts, intake_sheet, plan_sheet
from jusou_nb.documents.cells import Cell
from jusou_nb.documents.office_frame import office_frame
from jusou_nb.documents.paper import Identity, PaperKind, Section
from jusou_nb.documents.sheet_page import Page, is_of_case, print_page
from jusou_nb.documents.sheet_parts import BLANK, Part, parts
from jusou_nb.errors import NotFound
from jusou_nb.fields import Form, items
from jusou_nb.forms import Assessment, Consent, Evaluation, Intake, SupportPlan, by_table
from jusou_nb.forms.intake import IntakeVariant
from jusou_nb.store import Store

_VARIANTS = (IntakeVariant.WITH_CONSENT, IntakeVariant.WITHOUT_CONSENT)
_MADE = "（白紙）　手で書いたあと、パソコンに入れてください"
_NOT_BY_HAND: dict[type[Form], frozenset[str]] = {
    SupportPlan: frozenset({"state", "suspended_on", "suspended_because"}),
}
"""Boxes that only the program fills."""


def titles(name: str) -> list[str]:
    """Name the blanks of a form, by its table, class or title: the intake has two.

    Raises:
        NotFound: There is no such form.
    """
    form = by_table(name)
    if form is Intake:
        return [intake_sheet.TITLES[variant] for variant in _VARIANTS]
    if form is None and name not in titles(Intake.table):
        raise NotFound(f"様式「{name}」はありません。様式の名前を確かめてください")
    return [form.title if form is not None else name]


def counter_set(store: Store) -> list[str]:
    """Name the blanks that the town's profile wants at its counters, in its order."""
    return [title for name in store.profile.blank_forms for title in titles(name)]


def blank(store: Store, title: str) -> Section:
    """Print the blank of a form, by its title.

    Raises:
        NotFound: There is no such form.
    """
    record = _empty(title)
    form = type(record)
    page = Page(
        title=title,
        parts=_parts(store, record),
        facts=_facts(form),
        made=_MADE,
        has_thick=any(box.reported for box in items(form)),
    )
    identity = Identity(
        kind=PaperKind.BLANK,
        title=title,
        subject=(form.table, 0),
        recipient=title,
        basis="",
        place=0,
    )
    return print_page(store, page, office_frame(store, form.title, day=None), identity)


def _empty(title: str) -> Form:
    for variant in _VARIANTS:
        if title == intake_sheet.TITLES[variant]:
            return Intake(variant=variant)
    form = by_table(titles(title)[0])
    if form is None:
        raise NotFound(f"様式「{title}」の白紙はありません")
    return form()


def _facts(form: type[Form]) -> Iterator[Cell]:
    if is_of_case(form) and form is not Intake:
        yield Cell(label="本人", value="", room=1)
        yield Cell(label="受付番号", value="", room=1)


def _parts(store: Store, record: Form) -> list[Part]:
    lexicon = store.lexicon()
    if isinstance(record, Intake):
        return intake_sheet.laid_out(record, None, Consent(), lexicon, BLANK)
    without = _NOT_BY_HAND.get(type(record), frozenset())
    own = list(parts(record, lexicon, BLANK, without))
    match record:
        case Assessment():
            own = assessment_parts.blank(own, record, lexicon)
        case SupportPlan():
            own = list(plan_sheet.plan_parts(store, record, own, lexicon, BLANK))
        case Evaluation():
            own = list(plan_sheet.evaluation_parts(store, record, own, lexicon))
    return own
