"""May the 定期連絡 be renewed, may the case run again? (domain rule 22; つながり続ける)"""

from collections.abc import Sequence
from datetime import date

from jusou_nb.dates import wareki
from jusou_nb.forms import Case, Ending
from jusou_nb.forms.case import CaseStatus
from jusou_nb.problems import Problem, Strength
from jusou_nb.profile import Profile


def may_renew(case: Case, ending: Ending, until: date) -> list[Problem]:
    """Ask: may the 定期連絡 go on until this day? It is renewed on purpose (rule 22)."""
    problems = may_finish(case, ending)
    if ending.check_in_until is not None and until <= ending.check_in_until:
        problems.append(
            Problem(
                rule="ending.check_in_not_later",
                message=f"定期連絡の終わり（{wareki(ending.check_in_until)}）より後の日ではありません。",
                remedy="それより後の日付を入れてください。",
                strength=Strength.FORBIDDEN,
                box="check_in_until",
            )
        )
    return problems


def may_finish(case: Case, ending: Ending) -> list[Problem]:
    """Ask: is there a 定期連絡 that could end?"""
    return [] if is_kept_in_touch(case, ending) else [_not_in_check_in(case)]


def is_kept_in_touch(case: Case, ending: Ending) -> bool:
    """Whether somebody keeps in touch: the case is at フォロー, or broken off and looked after."""
    if ending.check_in_finished_on is not None or ending.reopened_on is not None:
        return False
    broken_off = case.status is CaseStatus.SUSPENDED and bool(ending.check_in_by)
    return broken_off or case.status is CaseStatus.CHECK_IN


def _not_in_check_in(case: Case) -> Problem:
    said = case.status.label if case.status else ""
    return Problem(
        rule="ending.not_in_check_in",
        message=f"このケースは「{said}」で、定期連絡・フォロー中ではありません。",
        remedy="終わったケースなら再開してください。",
        strength=Strength.FORBIDDEN,
    )


def may_reopen(profile: Profile, case: Case, others: Sequence[Case]) -> list[Problem]:
    """Ask: may this case run again? ``others`` are the person's further cases."""
    if case.status is None or case.status.is_open:
        return [_runs(case)]
    running = [other for other in others if other.status is not None and other.status.is_open]
    if running:
        return [_runs(running[0])]
    if case.closure_reason in profile.flagged("closure_reason", "death"):
        return [
            Problem(
                rule="ending.reopen_death",
                message="死亡で終わったケースです。",
                remedy="残された人のケースを開くか、誤りなら課長の判断を残してください。",
                strength=Strength.CHIEF,
            )
        ]
    return []


def _runs(case: Case) -> Problem:
    return Problem(
        rule="ending.runs",
        message=f"この人のケース（{case.id}番）は動いています。",
        remedy="そのケースを開いてください。",
        strength=Strength.FORBIDDEN,
    )
