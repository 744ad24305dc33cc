"""May a record be struck through? (design §2.5: nothing recorded is erased)"""

from collections.abc import Sequence

from jusou_nb.problems import Problem, Strength


def may_strike(title: str, standing: Sequence[tuple[str, int]]) -> list[Problem]:
    """Ask: does anything stand on this record? ``standing`` are titles and how many."""
    if not standing:
        return []
    named = "、".join(f"{other} {count}件" for other, count in standing)
    return [
        Problem(
            rule="record.stood_on",
            message=f"この「{title}」を使っている記録があります（{named}）。",
            remedy="それらを先に取り消すか、別の記録を選ぶように直してください。",
            strength=Strength.FORBIDDEN,
        )
    ]
