"""What an 電話メモ asks before it is settled: that nobody has done so, and a reason to close it."""

from jusou_nb.forms.phone_memo import PhoneMemo
from jusou_nb.problems import Problem, Strength


def may_settle(before: PhoneMemo) -> list[Problem]:
    """Ask: may a memo still be attached, received or closed?"""
    if before.outcome is None:
        return []
    return [
        _stops(
            "memo.settled",
            f"この電話メモは「{before.outcome.label}」で片付いています。",
            "違うときは、付けた支援経過か受け付けた相談を取り消すと、メモが未処理に戻ります。",
            "outcome",
        )
    ]


def may_close(before: PhoneMemo, reason: str) -> list[Problem]:
    """Ask: may a memo be closed without a case? It wants a reason."""
    found = may_settle(before)
    if not reason.strip():
        found.append(
            _stops(
                "memo.no_reason",
                "対応済みとした理由が空です。",
                "折り返した、間違い電話だったなど、1行書いてください。",
                "outcome_reason",
            )
        )
    return found


def _stops(rule: str, message: str, remedy: str, box: str) -> Problem:
    return Problem(rule=rule, message=message, remedy=remedy, box=box, strength=Strength.FORBIDDEN)
