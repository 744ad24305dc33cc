"""The paper forms, one class a file; a form refers to another by id only."""

from jusou_nb.fields import Form
from jusou_nb.forms.agency import Agency
from jusou_nb.forms.case import Case
from jusou_nb.forms.case_note import CaseNote
from jusou_nb.forms.conference import AgendaItem, Attendee, Conference, Decision
from jusou_nb.forms.consent import Consent
from jusou_nb.forms.household import Household, Person
from jusou_nb.forms.intake import Intake
from jusou_nb.forms.plan import Goal, RoleAssignment, SupportPlan
from jusou_nb.forms.referral import Referral

FORMS: tuple[type[Form], ...] = (
    Agency,
    Household,
    Intake,
    Case,
    Consent,
    CaseNote,
    Referral,
    Conference,
    AgendaItem,
    SupportPlan,
)
"""Every form that is opened, saved and printed by itself; rows come with their form."""

__all__ = [
    "FORMS",
    "Agency",
    "AgendaItem",
    "Attendee",
    "Case",
    "CaseNote",
    "Conference",
    "Consent",
    "Decision",
    "Form",
    "Goal",
    "Household",
    "Intake",
    "Person",
    "Referral",
    "RoleAssignment",
    "SupportPlan",
    "by_table",
]


def by_table(name: str) -> type[Form] | None:
    """Find a form class by its table or class name, as the command line names it."""
    for form in FORMS:
        if name.casefold() in (form.table, form.__name__.casefold(), form.title):
            return form
    return None
