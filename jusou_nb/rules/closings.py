"""月次締め: when a month may be closed (domain rule 27)."""

from collections.abc import Collection
from datetime import date

from jusou_nb.dates import month_name, wareki
from jusou_nb.problems import Problem, Strength


def may_close(
    month: str, last: date, today: date, *, closed: Collection[str], unclosed: Collection[str],
    balances: bool,
) -> list[Problem]:  # fmt: skip
    """Ask: may a month be closed today?

    Args:
        month: The month, ``2026-10``.
        last: Its last day.
        today: The day of closing.
        closed: Months that are closed.
        unclosed: Earlier months of the 年度 with something to count that are not closed.
        balances: Whether its moves lead from the carried to the standing cases.
    """
    return [
        *_again(month, closed),
        *_over(month, last, today),
        *_order(unclosed),
        *_balance(balances),
    ]


def _again(month: str, closed: Collection[str]) -> list[Problem]:
    if month not in closed:
        return []
    return [
        Problem(
            rule="closing.closed",
            message=f"{month_name(month)}はもう締めてあります。",
            remedy="あとから変わった数は、次の月を締めるときに訂正として載ります。",
            strength=Strength.FORBIDDEN,
        )
    ]


def _over(month: str, last: date, today: date) -> list[Problem]:
    if today > last:
        return []
    return [
        Problem(
            rule="closing.not_over",
            message=f"{month_name(month)}はまだ終わっていません（{wareki(last)}まで）。",
            remedy="月が終わってから締めるか、課長の了承と理由を書いてください。",
            strength=Strength.CHIEF,
        )
    ]


def _order(unclosed: Collection[str]) -> list[Problem]:
    if not unclosed:
        return []
    months = "、".join(map(month_name, sorted(unclosed)))
    return [
        Problem(
            rule="closing.earlier_open",
            message=f"前の月（{months}）がまだ締められていません。",
            remedy="前の月から順に締めると、訂正の行き先が分かりやすくなります。",
        )
    ]


def _balance(balances: bool) -> list[Problem]:  # noqa: FBT001 - a fact of the month, asked once
    if balances:
        return []
    return [
        Problem(
            rule="closing.balance",
            message="繰越からの増減と期末現在が合いません。",
            remedy="段階の変わった日を確かめるか、課長の了承と理由を書いてください。",
            strength=Strength.CHIEF,
        )
    ]
