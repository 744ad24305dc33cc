"""Every chapter of the desk. A new area names its own here, and is on the desk."""

from jusou_nb.fields import Form
from jusou_nb.forms import Case, Household
from jusou_nb.store import Store
from jusou_nb.widgets.chapter import GROUPS, Chapter
from jusou_nb.widgets.chapters_assessment import ASSESSMENT
from jusou_nb.widgets.chapters_community import COMMUNITY
from jusou_nb.widgets.chapters_disclosure import DISCLOSURE
from jusou_nb.widgets.chapters_expenses import EXPENSES
from jusou_nb.widgets.chapters_leads import LEADS
from jusou_nb.widgets.chapters_office import OFFICE
from jusou_nb.widgets.chapters_outreach import OUTREACH
from jusou_nb.widgets.chapters_participation import PARTICIPATION
from jusou_nb.widgets.chapters_register import REGISTER
from jusou_nb.widgets.chapters_training import TRAINING

CHAPTERS: tuple[Chapter, ...] = (
    *ASSESSMENT,
    *OUTREACH,
    *LEADS,
    *PARTICIPATION,
    *COMMUNITY,
    *TRAINING,
    *EXPENSES,
    *REGISTER,
    *OFFICE,
    *DISCLOSURE,
)

CLIENT = (Case, Household)
"""Forms whose chapters stand on the client's page."""


def office_chapters() -> dict[str, list[Chapter]]:
    """Give the chapters of the page 地域・資源 by group."""
    mine = [chapter for chapter in CHAPTERS if chapter.of is None]
    groups = {group: [c for c in mine if c.group == group] for group in GROUPS}
    return {group: found for group, found in groups.items() if found}


def chapters_under(form: type[Form]) -> list[Chapter]:
    """Give the chapters that stand under a record of a form."""
    return [chapter for chapter in CHAPTERS if chapter.of is form]


def chapter_for(record: Form) -> Chapter | None:
    """Find the chapter in which a record stands: by what it is about, else the form's first."""
    own = [chapter for chapter in CHAPTERS if chapter.form is type(record)]
    about = [chapter for chapter in own if chapter.of and getattr(record, chapter.link)]
    return next(iter([*about, *own]), None)


def above(store: Store, record: Form) -> Form | None:
    """Load what a record is about; None where it is about nobody."""
    chapter = chapter_for(record)
    about = getattr(record, chapter.link) if chapter and chapter.link else None
    return store.load(chapter.of, about) if chapter and chapter.of and about else None


def household_above(store: Store, record: Form | None) -> Household | None:
    """Find the household to which a record belongs in the end, so that its people have names."""
    while record is not None:
        if isinstance(record, Household):
            return record
        if isinstance(record, Case):
            return store.load(Household, record.household_id or 0)
        record = above(store, record)
    return None
