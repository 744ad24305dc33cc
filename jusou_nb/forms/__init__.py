"""The paper forms, one class a file; a form refers to another by id only."""

from jusou_nb.fields import Form, children
from jusou_nb.forms.after_sitting import CopyRecall, Improvement, Questionnaire
from jusou_nb.forms.agency import Agency
from jusou_nb.forms.assessment import Assessment, AssessmentRequest, CareRow, IssueMark
from jusou_nb.forms.case import Case
from jusou_nb.forms.case_note import CaseNote
from jusou_nb.forms.case_report import AnonymousReport
from jusou_nb.forms.closing import ClosedFigure, FigureCorrection, MonthlyClosing
from jusou_nb.forms.community import CommunitySupport, Gathering, Place, ResourceGap, Turnout
from jusou_nb.forms.conference import (
    AgendaItem,
    Agreement,
    Attendee,
    Conference,
    Decision,
    DirectionRow,
    ItemAttendance,
)
from jusou_nb.forms.consent import Consent
from jusou_nb.forms.disclosure import DisclosureItem, DisclosureRequest
from jusou_nb.forms.emergency import Emergency
from jusou_nb.forms.ending import Ending
from jusou_nb.forms.evaluation import Evaluation
from jusou_nb.forms.expenses import Advice, Shelter
from jusou_nb.forms.family import FamilyEvent, FamilyMap, Kinship, Tie
from jusou_nb.forms.household import Household, Person
from jusou_nb.forms.intake import Intake
from jusou_nb.forms.lead import Lead
from jusou_nb.forms.monitoring import Monitoring, RoleProgress
from jusou_nb.forms.office import (
    AgencyName,
    HandedWork,
    Scheme,
    SchemeStep,
    Succession,
    WorkerRole,
)
from jusou_nb.forms.outreach import Outreach, OutreachTry, Round, Visit
from jusou_nb.forms.participation import Host, HostContact, Matching, MatchStep, ParticipationMenu
from jusou_nb.forms.phone_memo import PhoneMemo
from jusou_nb.forms.plan import Goal, IssueRow, RoleAssignment, SupportPlan
from jusou_nb.forms.preparation_sheet import PreparationSheet
from jusou_nb.forms.provenance import Provenance
from jusou_nb.forms.referral import Referral
from jusou_nb.forms.scheme_check import SchemeCheck
from jusou_nb.forms.statutory_report import StatutoryReport
from jusou_nb.forms.support_request import SupportRequest
from jusou_nb.forms.survey import FigureAnswer, SurveyResult
from jusou_nb.forms.training import SignSheet, Training, TrainingAttendance

FORMS: tuple[type[Form], ...] = (
    Agency,
    AgencyName,
    Place,
    Gathering,
    CommunitySupport,
    Round,
    Scheme,
    WorkerRole,
    Succession,
    MonthlyClosing,
    SurveyResult,
    FigureAnswer,
    Host,
    Household,
    FamilyMap,
    FamilyEvent,
    Intake,
    Lead,
    SupportRequest,
    StatutoryReport,
    Case,
    Consent,
    CaseNote,
    PhoneMemo,
    Assessment,
    AssessmentRequest,
    SchemeCheck,
    Referral,
    Outreach,
    Visit,
    OutreachTry,
    ParticipationMenu,
    Matching,
    HostContact,
    Conference,
    AgendaItem,
    Training,
    SignSheet,
    PreparationSheet,
    Provenance,
    CopyRecall,
    Questionnaire,
    Improvement,
    ResourceGap,
    Emergency,
    Shelter,
    Advice,
    SupportPlan,
    Monitoring,
    Evaluation,
    Ending,
    AnonymousReport,
    DisclosureRequest,
    DisclosureItem,
)
"""Every form that is opened, saved and printed by itself; rows come with their form."""

__all__ = [
    "FORMS",
    "Advice",
    "Agency",
    "AgencyName",
    "AgendaItem",
    "Agreement",
    "AnonymousReport",
    "Assessment",
    "AssessmentRequest",
    "Attendee",
    "CareRow",
    "Case",
    "CaseNote",
    "ClosedFigure",
    "CommunitySupport",
    "Conference",
    "Consent",
    "CopyRecall",
    "Decision",
    "DirectionRow",
    "DisclosureItem",
    "DisclosureRequest",
    "Emergency",
    "Ending",
    "Evaluation",
    "FamilyEvent",
    "FamilyMap",
    "FigureAnswer",
    "FigureCorrection",
    "Form",
    "Gathering",
    "Goal",
    "HandedWork",
    "Host",
    "HostContact",
    "Household",
    "Improvement",
    "Intake",
    "IssueMark",
    "IssueRow",
    "ItemAttendance",
    "Kinship",
    "Lead",
    "MatchStep",
    "Matching",
    "Monitoring",
    "MonthlyClosing",
    "Outreach",
    "OutreachTry",
    "ParticipationMenu",
    "Person",
    "PhoneMemo",
    "Place",
    "PreparationSheet",
    "Provenance",
    "Questionnaire",
    "Referral",
    "ResourceGap",
    "RoleAssignment",
    "RoleProgress",
    "Round",
    "Scheme",
    "SchemeCheck",
    "SchemeStep",
    "Shelter",
    "SignSheet",
    "StatutoryReport",
    "Succession",
    "SupportPlan",
    "SupportRequest",
    "SurveyResult",
    "Tie",
    "Training",
    "TrainingAttendance",
    "Turnout",
    "Visit",
    "WorkerRole",
    "by_table",
    "form_of",
]


def by_table(name: str) -> type[Form] | None:
    """Find a form class by its table or class name, as the command line names it."""
    for form in FORMS:
        if name.casefold() in (form.table, form.__name__.casefold(), form.title):
            return form
    return None


_OF_TABLE = {row.form.table: row.form for form in FORMS for row in children(form)} | {
    form.table: form for form in FORMS
}


def form_of(table: str) -> type[Form] | None:
    """Give the class of a table, rows of a form (people, decisions …) included."""
    return _OF_TABLE.get(table)
