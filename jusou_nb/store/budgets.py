"""What a 年度 may spend under an account (科目), what it has spent, and what is left."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from jusou_nb.fields import Form

if TYPE_CHECKING:
    from jusou_nb.store.core import Store

SPENT = (
    "SELECT 'shelters' AS record_table, id, account, amount, starts_on AS day FROM shelters"
    " WHERE struck_at IS NULL UNION ALL"
    " SELECT 'advices', id, account, amount, coalesce(answered_on, asked_on) FROM advices"
    " WHERE struck_at IS NULL"
)


@dataclass(frozen=True, kw_only=True)
class BudgetLine:
    """A 科目 of a 年度: its code and name, what may be spent, what was, and what is left (円)."""

    account: str
    label: str
    amount: int | None
    spent: int
    count: int

    @property
    def left(self) -> int | None:
        """What is left; None where the 年度 has no budget for it."""
        return None if self.amount is None else self.amount - self.spent


def spent(
    store: "Store", fiscal_year: int, account: str, *, without: Form | None = None
) -> tuple[int, int]:
    """Sum what a 年度 has spent under an account, in yen, and count the records.

    Counts: 緊急一時保護 by 保護の始まり, 専門家の助言 by 助言の日 (else 相談した日), paid or not;
    ``without`` leaves one record out, which is being changed. Source: ``shelters``, ``advices``.
    """
    sql = (
        f"SELECT coalesce(sum(amount), 0), count(amount) FROM ({SPENT})"
        " WHERE account = :account AND day BETWEEN :first AND :last"
        " AND NOT (record_table = :own_table AND id = :own)"
    )
    bound = {
        "account": account,
        "first": date(fiscal_year, 4, 1).isoformat(),
        "last": date(fiscal_year + 1, 3, 31).isoformat(),
        "own_table": without.table if without else "",
        "own": (without.id if without else None) or 0,
    }
    total, count = store.db.execute(sql, bound).fetchone()
    return int(total), int(count)


def budget_of(store: "Store", fiscal_year: int, account: str) -> int | None:
    """Give the 年度's budget of an account in yen; None where the profile has none."""
    rows = [
        b.amount
        for b in store.profile.budgets
        if b.fiscal_year == fiscal_year and b.account == account
    ]
    return sum(rows) if rows else None


def budget_left(
    store: "Store", fiscal_year: int, account: str, *, without: Form | None = None
) -> int | None:
    """Give what is left of a 年度's budget of an account; None where the profile has none."""
    budget = budget_of(store, fiscal_year, account)
    return (
        None if budget is None else budget - spent(store, fiscal_year, account, without=without)[0]
    )


def budget_lines(store: "Store", fiscal_year: int) -> list[BudgetLine]:
    """Give every 科目 of the profile with its budget and what was spent in a 年度."""
    lines = []
    for option in store.profile.codes("account").options:
        total, count = spent(store, fiscal_year, option.code)
        amount = budget_of(store, fiscal_year, option.code)
        lines.append(
            BudgetLine(
                account=option.code, label=option.label, amount=amount, spent=total, count=count
            )
        )
    return lines
