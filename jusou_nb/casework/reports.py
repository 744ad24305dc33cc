"""通報・通告を記録する: never waits for consent, 秘匿 or a full sheet (domain rule 5)."""

from dataclasses import dataclass, replace

from jusou_nb.forms import Household, Intake, StatutoryReport
from jusou_nb.forms.statutory_report import ReportState
from jusou_nb.problems import Override, Problem, settle
from jusou_nb.rules import first_contact as rules
from jusou_nb.store import Store


@dataclass(frozen=True, kw_only=True)
class Kept:
    """A 通報・通告 as kept, and what is still to be written."""

    report: StatutoryReport
    remarks: tuple[Problem, ...] = ()


def record_report(
    store: Store,
    report: StatutoryReport,
    *,
    intake: Intake | None = None,
    household: Household | None = None,
    overrides: tuple[Override, ...] = (),
) -> Kept:
    """Keep a 通報・通告, or the judgement that none is needed, with or without a household.

    Empty boxes do not stop it: they come back as remarks.

    Raises:
        NotAllowed: 通告不要 without its reason and who judged, and the chief has not allowed it.
    """
    linked = replace(
        report,
        intake_id=intake.id if intake else report.intake_id,
        household_id=_household_id(report, intake, household),
    )
    linked = stated(linked)
    with store.transaction():
        problems = rules.may_keep_report(linked)
        remarks = settle(problems, overrides)
        saved = store.save(linked)
        store.log_overrides(saved, problems, overrides)
    return Kept(report=saved, remarks=tuple(remarks))


def _household_id(
    report: StatutoryReport, intake: Intake | None, household: Household | None
) -> int | None:
    if household is not None:
        return household.id
    return intake.household_id if intake else report.household_id


def stated(report: StatutoryReport) -> StatutoryReport:
    """Give a report its state where it says none: made where it says to whom or when, else open."""
    was_made = report.reported_at is not None or report.reported_to is not None
    return replace(
        report, state=report.state or (ReportState.REPORTED if was_made else ReportState.OPEN)
    )
