"""The chapters of money: 緊急一時保護 and experts' advice, of a case and of the whole office."""

from dataclasses import replace
from typing import Any

from jusou_nb.casework import expenses
from jusou_nb.dates import fiscal_year, fiscal_year_name
from jusou_nb.forms import Advice, Case, Shelter
from jusou_nb.rules.expenses import nights
from jusou_nb.store.budgets import BudgetLine, budget_lines
from jusou_nb.widgets.chapter import MONEY, Allowed, Chapter
from jusou_nb.widgets.session import Session

OF_CASE = "経費・助言"


def budgets_told(session: Session) -> list[str]:
    """Say of each 科目 what the 年度 may spend, what it has spent, and what is left."""
    year = fiscal_year(session.today)
    return [_told(fiscal_year_name(year), line) for line in budget_lines(session.store, year)]


def _told(year: str, line: BudgetLine) -> str:
    used = f"使った額 {line.spent:,}円（{line.count}件）"
    if line.amount is None:
        return f"{year} {line.label}: 予算の登録なし、{used}"
    return (
        f"{year} {line.label}: 予算 {line.amount:,}円、{used}、残り {line.amount - line.spent:,}円"
    )


def _tell_stays(session: Session) -> list[str]:
    stays = session.store.find(Shelter)
    open_ = sum(stay.ends_on is None for stay in stays)
    total = sum(nights(stay, session.today) for stay in stays)
    return [*budgets_told(session), f"保護が続いているもの {open_}件、これまでの泊数 {total}泊"]


def _new_shelter(session: Session, case: Case) -> Shelter:
    found = expenses.last_emergency(session.store, case)
    return expenses.shelter_sheet(session.store, on=session.today, case=case, emergency=found)


def _new_advice(session: Session, case: Case) -> Advice:
    account = expenses.account_of(session.store, "advice")
    return Advice(case_id=case.id, asked_on=session.today, account=account)


def _keep_shelter(session: Session, record: Shelter, allowed: Allowed, case: Case | None) -> Any:
    return expenses.keep_shelter(session.store, record, case=case, overrides=allowed)


def _keep_advice(session: Session, record: Advice, allowed: Allowed, case: Case | None) -> Any:
    return expenses.keep_advice(session.store, record, case=case, overrides=allowed)


_SHELTER = Chapter(
    form=Shelter,
    group=OF_CASE,
    columns=("starts_on", "ends_on", "people", "account", "amount", "approved_by", "paid_on"),
    words="緊急一時保護",
    new=_new_shelter,
    register=_keep_shelter,
    of=Case,
)
_ADVICE = Chapter(
    form=Advice,
    group=OF_CASE,
    columns=("asked_on", "expert", "answered_on", "minutes", "amount", "paid_on"),
    words="専門家の助言",
    new=_new_advice,
    register=_keep_advice,
    of=Case,
)

EXPENSES = (
    _SHELTER,
    _ADVICE,
    replace(_SHELTER, of=None, new=None, group=MONEY, tells=_tell_stays),
    replace(_ADVICE, of=None, new=None, group=MONEY, tells=budgets_told),
)
