"""May a past paper be printed again as it was? (domain rules 4, 21)"""

from collections.abc import Sequence

from jusou_nb.forms.household import Person
from jusou_nb.problems import Problem, Strength


def may_reprint(reason: str, masked_since: Sequence[Person]) -> list[Problem]:
    """Ask: may a paper be printed again as it was, for this reason?

    ``masked_since`` are the persons on it who came under 秘匿 after it was made: the old
    paper still says where they lived.
    """
    problems = [] if reason.strip() else [_no_reason()]
    return [*problems, _masked(len(masked_since))] if masked_since else problems


def _no_reason() -> Problem:
    return Problem(
        rule="reprint.reason",
        message="再印刷の理由が記入されていません。",
        remedy="だれの求めで、何に使うのかを書いてください。",
        strength=Strength.FORBIDDEN,
        box="reason",
    )


def _masked(count: int) -> Problem:
    return Problem(
        rule="reprint.masked_since",
        message=f"この資料のあとで秘匿になった人が{count}人います。"
        "当時の紙面には、住所などが載っていることがあります。",
        remedy="今の記録で資料を作り直すか、課長の判断を残してください。",
        strength=Strength.CHIEF,
    )
