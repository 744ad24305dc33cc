"""May work go from one worker to another, and back? (人事異動)"""

from collections.abc import Sequence

from jusou_nb.forms.office import Succession
from jusou_nb.problems import Problem, Strength
from jusou_nb.spelling import squeeze


def _stops(rule: str, message: str, remedy: str, box: str) -> Problem:
    return Problem(rule=rule, message=message, remedy=remedy, box=box, strength=Strength.FORBIDDEN)


def may_hand_over(
    succession: Succession, works: int, cannot_read: Sequence[Problem]
) -> list[Problem]:
    """Ask: can all work of one worker go to another?

    ``works`` is how much names the leaving worker; ``cannot_read`` says why the one who takes
    it opens no case.
    """
    if squeeze(succession.leaving or "") == squeeze(succession.taking or ""):
        message, remedy = "引き継ぐ人と引き受ける人が同じです。", "別の人を入れてください。"
        return [_stops("succession.same_worker", message, remedy, "taking")]
    if not works:
        message = f"「{succession.leaving}」の名前が付いた仕事はありません。"
        remedy = "担当の欄と同じ書き方の氏名か、「進行管理」の担当の一覧から選んでください。"
        return [_stops("succession.nothing", message, remedy, "leaving")]
    if not cannot_read:
        return []
    return [
        Problem(
            rule="succession.not_a_reader",
            message=f"「{succession.taking}」は、ケースを開ける役割がありません。",
            remedy="先に「担当者と役割」を登録してください。",
            box="taking",
            strength=Strength.CHIEF,
        )
    ]


def may_take_back(touched: Sequence[str]) -> list[Problem]:
    """Ask: has anything handed over been changed since? ``touched`` names such records."""
    if not touched:
        return []
    return [
        _stops(
            "succession.touched",
            f"引継ぎのあとに変わった記録があります（{'、'.join(touched)}）。",
            "逆向きの引継ぎを書くか、ケースごとに担当を直してください。",
            "works",
        )
    ]
