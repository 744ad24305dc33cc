"""アセスメントシートを読む: the last of a case, the answers to copy, and the ticks to count."""

from dataclasses import dataclass, replace
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


@dataclass(frozen=True, kw_only=True)
class Tick:
    """One issue ticked for a case; ``person_id`` is None where it is the household's."""

    case_id: int
    household_id: int
    person_id: int | None
    issue: str


def ticks(store: "Store", day: date) -> list[Tick]:
    """List the issues of every case that was opened by a day, each once a person.

    A case's issues are those of its last アセスメントシート of that day or before; where it has
    none, those of its 相談受付票, which are the client's. Persons who are no members of the
    household (世帯の外, 亡くなった人) have no ticks that count. Struck records count nowhere.
    Dates: 開始日, アセスメント日. Source: ``cases``, ``assessments``, ``issue_marks``, ``intakes``.
    """
    sheet = (
        "(SELECT id FROM assessments WHERE case_id = k.id AND struck_at IS NULL"
        " AND assessed_on <= :day ORDER BY assessed_on DESC, id DESC LIMIT 1)"
    )
    sql = (
        "WITH shown AS (SELECT k.id, k.household_id, k.client_id, k.intake_id,"
        f" {sheet} AS sheet FROM cases AS k WHERE k.struck_at IS NULL AND k.opened_on <= :day)"
        " SELECT k.id, k.household_id, m.whose, m.issue FROM shown AS k JOIN issue_marks AS m"
        " ON m.assessment_id = k.sheet LEFT JOIN persons AS p ON p.id = m.whose"
        " WHERE m.struck_at IS NULL AND coalesce(p.standing, 'member') = 'member'"
        " UNION SELECT k.id, k.household_id, k.client_id, j.value FROM shown AS k JOIN intakes AS i"
        " ON i.id = k.intake_id JOIN json_each(i.issues) AS j"
        " WHERE k.sheet IS NULL AND i.struck_at IS NULL ORDER BY 1, 3, 4"
    )
    rows = store.db.execute(sql, {"day": day.isoformat()})
    return [Tick(case_id=r[0], household_id=r[1], person_id=r[2], issue=r[3]) for r in rows]


@dataclass(frozen=True, kw_only=True)
class IssueCount:
    """How many cases have an issue, and for how many persons and whole households it stands."""

    issue: str
    cases: int
    persons: int
    households: int


def issue_counts(store: "Store", day: date) -> list[IssueCount]:
    """Count cases having each issue, every issue of the profile with 0 where there is none.

    Counts: cases (件) having the tick, once however many persons have it, so that the sum
    exceeds the number of cases; persons (人) who have it; cases where it is the whole
    household's. Definition of a case's issues: :func:`ticks`.
    """
    found: dict[str, list[Tick]] = {}
    for tick in ticks(store, day):
        found.setdefault(tick.issue, []).append(tick)
    return [
        IssueCount(
            issue=option.code,
            cases=len({t.case_id for t in found.get(option.code, ())}),
            persons=len({t.person_id for t in found.get(option.code, ()) if t.person_id}),
            households=sum(t.person_id is None for t in found.get(option.code, ())),
        )
        for option in store.profile.codes("issue").options
    ]


def issues_per_case(store: "Store", day: date) -> dict[int, int]:
    """Count cases by how many different issues they have: number of issues → cases (件).

    Cases (opened by the day) without any are counted under 0. Definition: :func:`ticks`.
    """
    sql = "SELECT id FROM cases WHERE struck_at IS NULL AND opened_on <= ?"
    issues: dict[int, set[str]] = {r[0]: set() for r in store.db.execute(sql, [day.isoformat()])}
    for tick in ticks(store, day):
        issues[tick.case_id].add(tick.issue)
    numbers = [len(found) for found in issues.values()]
    return {number: numbers.count(number) for number in sorted(set(numbers))}
