"""Which running cases are stuck, why, and the one step suggested (進行管理; seed 004)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from jusou_nb.dates import months_after
from jusou_nb.forms.case import CaseStatus
from jusou_nb.problems import Problem, Strength
from jusou_nb.profile import Profile

_YEAR_MONTHS = 12
REVIEWED = frozenset({"case.long_running", "case.plan_unchanged"})
"""Reasons for which an item is an 評価; else it is 継続."""


@dataclass(frozen=True, kw_only=True)
class Quiet:
    """An agency with a role of which nothing was heard since a day."""

    agency_id: int
    since: date


@dataclass(frozen=True, kw_only=True)
class LongCase:
    """Where a running case stands, as far as its steering asks.

    Attributes:
        contact_on: When the person was last met, spoken with, written with, or heard.
        plan_on: When its plan, or the directions of a sitting, were last drawn or agreed.
        evaluated_on: When it was last evaluated.
        quiet: Its agencies with a role, and since when nothing was heard of each.
        overdue: Decisions, directions and answers of sittings past their day.
        overdue_days: How long the longest of them is past its day.
    """

    case_id: int
    client_id: int
    intake_id: int | None
    number: str
    status: CaseStatus
    urgency: str
    worker: str
    deputy: str
    opened_on: date
    contact_on: date | None = None
    plan_on: date | None = None
    evaluated_on: date | None = None
    quiet: tuple[Quiet, ...] = ()
    overdue: int = 0
    overdue_days: int = 0

    def days_since_contact(self, today: date) -> int:
        """Days since contact with the person, else since it was opened."""
        return (today - (self.contact_on or self.opened_on)).days

    def days_since_plan(self, today: date) -> int:
        """Days since the plan changed, else since it was opened."""
        return (today - (self.plan_on or self.opened_on)).days

    def years(self, today: date) -> int:
        """Whole years that it runs."""
        months = (today.year - self.opened_on.year) * _YEAR_MONTHS
        months += today.month - self.opened_on.month - (today.day < self.opened_on.day)
        return months // _YEAR_MONTHS


def quiet_agencies(profile: Profile, case: LongCase, today: date) -> list[Quiet]:
    """Give the agencies with a role that have been silent for longer than the profile's days."""
    since = today - timedelta(days=profile.thresholds["agency_quiet_days"])
    return [quiet for quiet in case.quiet if quiet.since < since]


def stuck_problems(profile: Profile, case: LongCase, today: date) -> list[Problem]:
    """Ask: is a running case stuck? Each reason with its next step, the first to take first.

    Reasons, their order and the steps are rows of the profile; one that it leaves out is none.
    """
    problems = []
    for reason in profile.stuck_reasons:
        said = _REASONS.get(reason.code, _never)(profile, case, today)
        if said:
            problems.append(Problem(rule=reason.code, message=said, remedy=reason.next_step))
    return problems


def next_step(problems: Sequence[Problem]) -> str:
    """Give the one step that is suggested: that of the first reason."""
    return problems[0].remedy if problems else ""


def labels(profile: Profile, problems: Sequence[Problem]) -> list[str]:
    """Name the reasons in short."""
    known = {reason.code: reason.label for reason in profile.stuck_reasons}
    return [known[problem.rule] for problem in problems]


def _never(_profile: Profile, _case: LongCase, _today: date) -> str:
    return ""


def _no_worker(_profile: Profile, case: LongCase, _today: date) -> str:
    return "" if case.worker else "担当が決まっていません。"


def _overdue(profile: Profile, case: LongCase, _today: date) -> str:
    if case.overdue_days <= profile.thresholds["decision_stuck_days"]:
        return ""
    longest = f"長いもので{case.overdue_days}日"
    return f"会議で決まったことが{case.overdue}件、期限を過ぎています（{longest}）。"


def _no_contact(profile: Profile, case: LongCase, today: date) -> str:
    days = case.days_since_contact(today)
    if days <= profile.thresholds["days_without_contact"]:
        return ""
    return f"本人との連絡が{days}日ありません。"


def _quiet_agency(profile: Profile, case: LongCase, today: date) -> str:
    found = quiet_agencies(profile, case, today)
    if not found:
        return ""
    days = max((today - quiet.since).days for quiet in found)
    return f"役割のある{len(found)}機関から動きがありません（長いところで{days}日）。"


def _plan_unchanged(profile: Profile, case: LongCase, today: date) -> str:
    days = case.days_since_plan(today)
    if days <= profile.thresholds["plan_unchanged_days"]:
        return ""
    return f"プラン・方針が{days}日変わっていません。"


def _long_running(profile: Profile, case: LongCase, today: date) -> str:
    years = case.years(today)
    if years < profile.thresholds["long_case_years"]:
        return ""
    months = profile.thresholds["plan_months"]
    again = months_after(case.evaluated_on or case.opened_on, months)
    return f"{years}年続き、この{months}か月に評価がありません。" if again < today else ""


_REASONS: Mapping[str, Callable[[Profile, LongCase, date], str]] = {
    "case.no_worker": _no_worker,
    "case.overdue": _overdue,
    "case.no_contact": _no_contact,
    "case.quiet_agency": _quiet_agency,
    "case.plan_unchanged": _plan_unchanged,
    "case.long_running": _long_running,
}


def may_bring(*, has_sitting: bool) -> list[Problem]:
    """Ask: is there a sitting to which cases can be brought out of the steering?"""
    if has_sitting:
        return []
    return [
        Problem(
            rule="case.no_sitting",
            message="この先に、ケースを載せられる会議がありません。",
            remedy="「会議」で次の会議を登録してください。",
            strength=Strength.FORBIDDEN,
        )
    ]
