"""匿名化した事例報告: written from a case for 代表者会議, and read by a second person."""

from dataclasses import dataclass, replace

from jusou_nb.checks import require
from jusou_nb.forms import AnonymousReport, Case
from jusou_nb.problems import Override, Problem, settle
from jusou_nb.rules import case_report as rules
from jusou_nb.store import Store
from jusou_nb.store.people import names_in_case
from jusou_nb.store.rarity import alike


@dataclass(frozen=True, kw_only=True)
class Reported:
    """A report that was kept, and what is to be looked at before it leaves the office."""

    report: AnonymousReport
    remarks: tuple[Problem, ...] = ()


def keep_case_report(
    store: Store,
    case: Case,
    report: AnonymousReport,
    *,
    overrides: tuple[Override, ...] = (),
) -> Reported:
    """Keep an anonymous report of a case, or change it.

    Raises:
        Invalid: Its day is missing.
    """
    linked = replace(report, case_id=case.id, author=report.author or store.worker_name())
    require(linked)
    with store.transaction():
        problems = report_problems(store, case, linked)
        remarks = settle(problems, overrides)
        saved = store.save(linked)
        store.log_overrides(saved, problems, overrides)
    return Reported(report=saved, remarks=tuple(remarks))


def report_problems(store: Store, case: Case, report: AnonymousReport) -> list[Problem]:
    """Ask of a report what could tell of whom it speaks."""
    names = names_in_case(store, case.id)
    below = store.profile.thresholds.get("rare_below", 0)
    counted = alike(store, case, report, report.drawn_on) if report.drawn_on else []
    return rules.look_at(report, names, counted, below)
