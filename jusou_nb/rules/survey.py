"""調査の結果: whether the numbers of an answer can be."""

from jusou_nb.forms.survey import SurveyResult
from jusou_nb.problems import Problem, Strength

_YEARS = range(2000, 2201)


def may_keep_survey(result: SurveyResult) -> list[Problem]:
    """Ask: is the 年度 one, and did no more people choose an answer than have answered?"""
    people, answered = result.people or 0, result.answered or 0
    problems = []
    if result.fiscal_year not in _YEARS:
        problems.append(
            _refused(
                "survey.fiscal_year",
                "調査の年度が西暦の年ではありません。",
                "2026 のように、年度が始まる年を西暦で入れてください。",
                "fiscal_year",
            )
        )
    if not 0 <= people <= answered:
        problems.append(
            _refused(
                "survey.more_than_answered",
                f"選んだ人数（{people}人）が、答えた人の数（{answered}人）と合いません。",
                "0人から答えた人の数までの間で入れてください。",
                "people",
            )
        )
    return problems


def _refused(rule: str, message: str, remedy: str, box: str) -> Problem:
    return Problem(rule=rule, message=message, remedy=remedy, strength=Strength.FORBIDDEN, box=box)
