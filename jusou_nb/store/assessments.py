"""アセスメントシートを読む: the last of a case, the answers to copy, and the ticks to count."""

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from jusou_nb.forms import (
    Assessment,
    AssessmentRequest,
    Case,
    Consent,
    Household,
    Intake,
    StatutoryReport,
)
from jusou_nb.rules import consent as consents
from jusou_nb.rules.assessment import Sheet, issues_of
from jusou_nb.store import queries

if TYPE_CHECKING:
    from jusou_nb.store.core import Store


def last_of(store: "Store", case: Case, day: date = date.max) -> Assessment | None:
    """Give the last sheet of a case up to a day; None where there is none."""
    found = store.find(Assessment, "assessed_on", case_id=case.id)
    until = [sheet for sheet in found if (sheet.assessed_on or date.min) <= day]
    return until[-1] if until else None


def requests_of(store: "Store", case: Case) -> list[AssessmentRequest]:
    """Give the requests of a case in the order of asking."""
    return store.find(AssessmentRequest, "sent_on", case_id=case.id)


def answers_to_copy(store: "Store", case: Case) -> list[AssessmentRequest]:
    """Give the answers of agencies that stand on no sheet of the case yet."""
    found = store.find(AssessmentRequest, "returned_on", case_id=case.id, assessment_id=None)
    return [answer for answer in found if answer.returned_on is not None and answer.finding]


def sheet_of(store: "Store", case: Case, assessment: Assessment) -> Sheet:
    """Gather a sheet with what other forms say of the same people."""
    household = store.load(Household, case.household_id or 0)
    given = store.find(Consent, person_id=case.client_id)
    day = assessment.assessed_on or date.max
    return Sheet(
        assessment=assessment,
        household=household,
        client=queries.person(household, case.client_id),
        intake=store.load(Intake, case.intake_id) if case.intake_id else None,
        consent=consents.latest(given, day, store.profile),
        reports=store.find(StatutoryReport, household_id=household.id),
    )


def with_ticks(store: "Store", case: Case) -> Intake:
    """Give the case's 相談受付票 with the issues that its sheets have ticked since."""
    intake = store.load(Intake, case.intake_id) if case.intake_id is not None else Intake()
    ticked = issues_of(store.find(Assessment, case_id=case.id))
    return replace(intake, issues=tuple(sorted({*(intake.issues or ()), *ticked})))


def ticks() -> str:
    """The issues of every case up to the day ``:last``: ``case_id``, ``issue``.

    A case's issues are those of its last アセスメントシート of that day or before; where it has
    none, those of its 相談受付票. An issue of two persons is one line, since cases are counted.
    Persons who are no members of the household (世帯の外, 亡くなった人) have no ticks that count.
    Struck records count nowhere.
    """
    sheet = (
        "(SELECT id FROM assessments WHERE case_id = k.id AND struck_at IS NULL"
        " AND assessed_on <= :last ORDER BY assessed_on DESC, id DESC LIMIT 1)"
    )
    return (
        f"SELECT k.id AS case_id, m.issue FROM cases AS k"
        f" JOIN issue_marks AS m ON m.assessment_id = {sheet}"
        " LEFT JOIN persons AS p ON p.id = m.whose"
        " WHERE m.struck_at IS NULL AND coalesce(p.standing, 'member') = 'member'"
        " UNION SELECT k.id, j.value FROM cases AS k JOIN intakes AS i"
        " ON i.id = k.intake_id JOIN json_each(i.issues) AS j"
        f" WHERE {sheet} IS NULL AND i.struck_at IS NULL"
    )
