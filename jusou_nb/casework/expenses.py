"""緊急一時保護 and experts' advice, each against the 年度's budget of its account (科目)."""

from dataclasses import dataclass, replace
from datetime import date

from jusou_nb.checks import empty, require
from jusou_nb.dates import fiscal_year
from jusou_nb.errors import Invalid
from jusou_nb.fields import Code
from jusou_nb.forms import Advice, Case, Emergency, Household, SchemeCheck, Shelter
from jusou_nb.problems import Override, Problem, settle
from jusou_nb.rules import expenses as rules
from jusou_nb.store import Store, budgets, people


@dataclass(frozen=True, kw_only=True)
class Spent:
    """An expense as kept, what is left of its budget (None: none), and what is to be looked at."""

    record: Shelter | Advice
    left: int | None = None
    remarks: tuple[Problem, ...] = ()


def shelter_sheet(
    store: Store, *, on: date, case: Case | None = None, emergency: Emergency | None = None
) -> Shelter:
    """Give a sheet of 緊急一時保護 filled with what is known: nothing is typed again.

    The day of the emergency, the people of the household, the schemes checked, the account.
    """
    about = case or emergency
    case_id = case.id if case else emergency.case_id if emergency else None
    household_id = about.household_id if about else None
    happened = emergency.happened_at if emergency else None
    return Shelter(
        case_id=case_id,
        household_id=household_id,
        emergency_id=emergency.id if emergency else None,
        starts_on=happened.date() if happened else on,
        people=_people(store, household_id),
        schemes_tried=_schemes(store, case_id) or None,
        account=account_of(store, "shelter"),
        approved_by=emergency.approved_by if emergency else None,
    )


def last_emergency(store: Store, case: Case) -> Emergency | None:
    """Find the latest emergency of a case or its household that has no 緊急一時保護 yet."""
    used = {s.emergency_id for s in store.find(Shelter, household_id=case.household_id)}
    of_case = store.find(Emergency, order="happened_at DESC", case_id=case.id)
    of_home = store.find(Emergency, order="happened_at DESC", household_id=case.household_id)
    return next((e for e in [*of_case, *of_home] if e.id not in used), None)


def _people(store: Store, household_id: int | None) -> int | None:
    if household_id is None:
        return None
    members = store.load(Household, household_id).members
    return sum(member.lives_together is not False for member in members) or None


def _schemes(store: Store, case_id: int | None) -> str:
    checks = store.find(SchemeCheck, order="checked_on", case_id=case_id) if case_id else []
    return "\n".join(f"{c.scheme}: {c.result.label if c.result else ''}" for c in checks)


def account_of(store: Store, flag: str) -> Code | None:
    """Give the account of the profile for a kind of expense (its flag); None where none is."""
    found = store.profile.flagged("account", flag)
    return Code(min(found)) if found else None


def keep_shelter(
    store: Store,
    shelter: Shelter,
    *,
    case: Case | None = None,
    overrides: tuple[Override, ...] = (),
) -> Spent:
    """Keep a stay of 緊急一時保護, or a change of one, against the budget of the 年度 it began in.

    Raises:
        Invalid: Why no other scheme pays, the first day, the account or the amount are empty.
        NotAllowed: It exceeds what is left, and the chief has not let it pass.
    """
    if case is not None:
        shelter = replace(shelter, case_id=case.id, household_id=case.household_id)
    require(shelter)
    with store.transaction():
        checks = store.find(SchemeCheck, case_id=shelter.case_id) if shelter.case_id else []
        left = _left(store, shelter, shelter.starts_on)
        problems = rules.may_shelter(store.profile, shelter, checks, left)
        return _keep(store, shelter, problems, overrides, left)


def end_shelter(
    store: Store,
    shelter: Shelter,
    *,
    on: date,
    moved_on_to: str = "",
    amount: int | None = None,
    overrides: tuple[Override, ...] = (),
) -> Spent:
    """Keep the end of a stay, where to, and what it cost in the end."""
    fresh = store.load(Shelter, shelter.id or 0)
    ended = replace(
        fresh,
        ends_on=on,
        moved_on_to=moved_on_to or fresh.moved_on_to,
        amount=fresh.amount if amount is None else amount,
    )
    return keep_shelter(store, ended, overrides=overrides)


def keep_advice(
    store: Store,
    advice: Advice,
    *,
    case: Case | None = None,
    overrides: tuple[Override, ...] = (),
) -> Spent:
    """Keep a question to an expert, with its answer and fee where they are there.

    A name of the case's household in the question, or in what was shown, is pointed out.

    Raises:
        Invalid: The day, the expert, the question, or what was shown, are empty.
        NotAllowed: The fee exceeds what is left, and the chief has not let it pass.
    """
    if case is not None:
        advice = replace(advice, case_id=case.id)
    require(advice)
    with store.transaction():
        left = _left(store, advice, advice.answered_on or advice.asked_on)
        names = people.names_in_case(store, advice.case_id)
        problems = rules.may_seek_advice(store.profile, advice, names, left)
        return _keep(store, advice, problems, overrides, left)


def answer_advice(
    store: Store,
    advice: Advice,
    answer: str,
    *,
    on: date,
    minutes: int | None = None,
    amount: int | None = None,
    overrides: tuple[Override, ...] = (),
) -> Spent:
    """Keep what the expert said, how long it took, and the fee (報償費).

    Raises:
        Invalid: No answer.
        NotAllowed: The fee exceeds what is left, and the chief has not let it pass.
    """
    if not answer.strip():
        raise Invalid([empty("answer", "助言の内容")])
    fresh = store.load(Advice, advice.id or 0)
    account = fresh.account or (account_of(store, "advice") if amount else None)
    said = replace(
        fresh, answer=answer, answered_on=on, minutes=minutes, amount=amount, account=account
    )
    return keep_advice(store, said, overrides=overrides)


def _left(store: Store, record: Shelter | Advice, day: date | None) -> int | None:
    if not record.account or day is None:
        return None
    return budgets.budget_left(store, fiscal_year(day), record.account, without=record)


def _keep(
    store: Store,
    record: Shelter | Advice,
    problems: list[Problem],
    overrides: tuple[Override, ...],
    left: int | None,
) -> Spent:
    remarks = settle(problems, overrides)
    saved = store.save(record)
    store.log_overrides(saved, problems, overrides)
    after = None if left is None else left - (record.amount or 0)
    return Spent(record=saved, left=after, remarks=tuple(remarks))
