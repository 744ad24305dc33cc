"""Who is reached out to becomes known: a name, a household, a case; every try stays."""

from dataclasses import replace
from datetime import date
from typing import Any

from jusou_nb.casework.masking import save_household
from jusou_nb.casework.outreach import kept_as_note, over, running_beside, stand
from jusou_nb.casework.outreach_sources import Who, named, running_case
from jusou_nb.errors import NotFound
from jusou_nb.forms import Case, Household, Intake, Lead, Outreach, OutreachTry, Visit
from jusou_nb.problems import settle
from jusou_nb.rules import outreach as rules
from jusou_nb.spelling import squeeze
from jusou_nb.store import Store


def become_known(
    store: Store,
    outreach: Outreach,
    *,
    name: str = "",
    household: Household | None = None,
    person_id: int | None = None,
    case: Case | None = None,
    intake: Intake | None = None,
    lead: Lead | None = None,
) -> Outreach:
    """Join an outreach to who the person turned out to be; every try stays.

    With a case (of an ``intake``: the client's running one) the earlier tries become notes of
    its course. A household may be a new sheet, of whose members the first is meant.

    Raises:
        NotAllowed: The outreach has ended, or another one runs for the same person.
        NotFound: The person is not of the household.
    """
    with store.transaction():
        fresh = store.load(Outreach, outreach.id or 0)
        if household is not None and household.id is None:
            household = save_household(store, household, on=fresh.found_on or date.max)
        if intake is not None:
            person_id, case = intake.client_id, running_case(store, intake)
        who = Who(name=name, household=household, person_id=person_id, case=case, lead=lead)
        joined = named(store, fresh, who)
        settle(rules.may_become_known(fresh, running_beside(store, joined)))
        return _note_all(store, store.save(joined))


def _note_all(store: Store, outreach: Outreach) -> Outreach:
    """Write the tries that are no notes yet into the course of the case."""
    for attempt in store.find(OutreachTry, order="tried_at", outreach_id=outreach.id):
        if attempt.case_note_id is None and outreach.case_id is not None:
            store.save(kept_as_note(store, outreach, attempt))
    return outreach


def join_outreaches(store: Store, kept: Outreach, other: Outreach) -> Outreach:
    """Put two sheets of one person together: the tries and visits of both stay with ``kept``.

    Raises:
        NotAllowed: One of them has ended.
    """
    with store.transaction():
        whole, gone = (store.load(Outreach, o.id or 0) for o in (kept, other))
        settle([*rules.may_become_known(whole, ()), *rules.may_become_known(gone, ())])
        for attempt in store.find(OutreachTry, outreach_id=gone.id):
            store.save(replace(attempt, outreach_id=whole.id))
        for visit in store.find(Visit, outreach_id=gone.id):
            store.save(replace(visit, outreach_id=whole.id))
        store.strike(gone, f"同じ人の票（{whole.id}番）にまとめた")
        days: dict[str, Any] = {"found_on": _first(whole.found_on, gone.found_on),
                "begun_on": _first(whole.begun_on, gone.begun_on)}  # fmt: skip
        saved = store.save(replace(over(gone, whole), **days))
        return stand(store, _note_all(store, saved))


def intake_of(store: Store, number: str | None) -> Intake:
    """Find a sheet by its 受付番号 (NotFound where there is none)."""
    found = store.find(Intake, number=(number or "").strip())
    if not found:
        raise NotFound(f"受付番号「{number or ''}」の票がありません。番号を確かめてください")
    return found[0]


def outreach_called(store: Store, name: str | None, *, beside: Outreach) -> Outreach:
    """Find another running outreach by what the person is called there (NotFound: none)."""
    wanted = squeeze(name or "")
    for other in store.find(Outreach):
        runs = other.ended_on is None and other.id != beside.id
        if runs and squeeze(other.known_as or "") == wanted:
            return other
    raise NotFound(
        f"呼び名「{name or ''}」の続いている票がほかにありません。呼び名を確かめてください"
    )


def _first(*days: date | None) -> date | None:
    return min((day for day in days if day is not None), default=None)


def join_lead(store: Store, lead: Lead, household: Household, case: Case | None) -> None:
    """Join the outreaches of a lead that was received as 相談 to its household and case."""
    for outreach in store.find(Outreach, lead_id=lead.id):
        if outreach.ended_on is None and outreach.client_id is None:
            become_known(store, outreach, household=household, case=case)
