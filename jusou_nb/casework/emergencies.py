"""緊急対応: act first, write it on one screen, report it at the next sitting (domain rule 6)."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from jusou_nb.casework.agenda import Placed, put_on_agenda
from jusou_nb.casework.cases import open_case_for
from jusou_nb.casework.masking import save_household
from jusou_nb.checks import require
from jusou_nb.fields import Code
from jusou_nb.forms import AgendaItem, Case, Conference, Emergency, Household, Intake
from jusou_nb.forms.conference import AgendaKind, ConferenceState
from jusou_nb.problems import Override, Problem, settle
from jusou_nb.profile import Basis
from jusou_nb.rules import before_support as rules
from jusou_nb.store import Store, queries

QUESTION = "緊急対応の事後報告"


@dataclass(frozen=True, kw_only=True)
class Responded:
    """An emergency as kept, and what is still to be written."""

    emergency: Emergency
    remarks: tuple[Problem, ...] = ()


def respond_to_emergency(
    store: Store, emergency: Emergency, *, household: Household | None = None
) -> Responded:
    """Keep what happened and what was done, with no consent, household or assessment.

    A missing ground or approval comes back as a remark and stops nothing.

    Raises:
        Invalid: When, who, what, or the next check is missing.
    """
    require(emergency)
    with store.transaction():
        linked = _of_household(store, emergency, household)
        if linked.case_id is None and linked.household_id is not None:
            running = _running(store, store.load(Household, linked.household_id))
            linked = replace(linked, case_id=running.id if running else None)
        saved = store.save(linked)
    return Responded(emergency=saved, remarks=tuple(rules.may_respond(saved)))


def check_emergency(
    store: Store,
    emergency: Emergency,
    *,
    found: str,
    at: datetime,
    next_check_at: datetime | None = None,
) -> Emergency:
    """Keep what a check found. With ``next_check_at`` it is looked at once more.

    What earlier checks found stays above it.
    """
    line = f"{at:%Y-%m-%d %H:%M} {found}"
    told = "\n".join(text for text in (emergency.checked, line) if text)
    if next_check_at is not None:
        again = replace(emergency, checked=told, checked_at=None, next_check_at=next_check_at)
        return store.save(again)
    return store.save(replace(emergency, checked=told, checked_at=at))


def report_emergency(
    store: Store,
    emergency: Emergency,
    *,
    on: date,
    conference: Conference | None = None,
    household: Household | None = None,
    overrides: tuple[Override, ...] = (),
) -> Placed:
    """Put an emergency on the next sitting from a day on (or ``conference``) as 事後報告.

    The basis needs no consent. A case is opened for the household's client where none runs.
    Where the client stands on that sitting already, the emergency goes with that item.

    Raises:
        NotAllowed: No household is known, or no sitting to come takes such an item.
    """
    with store.transaction():
        linked = _of_household(store, emergency, household)
        sitting, basis = _place(store, on, conference)
        has_household = linked.household_id is not None
        settle(rules.may_report_afterwards(has_household=has_household, has_sitting=bool(basis)))
        case = case_of_emergency(store, linked, on)
        placed = _put(store, sitting or Conference(), case, basis, overrides)
        store.save(replace(linked, case_id=case.id, agenda_item_id=placed.item.id))
    return placed


def _of_household(store: Store, emergency: Emergency, household: Household | None) -> Emergency:
    if household is None:
        return emergency
    day = emergency.happened_at.date() if emergency.happened_at else date.max
    return replace(emergency, household_id=save_household(store, household, on=day).id)


def _place(
    store: Store, on: date, conference: Conference | None
) -> tuple[Conference | None, Basis | None]:
    """Find the next sitting that takes items without consent, and on which basis."""
    found = [conference] if conference else queries.sittings(store, on, date.max)
    for sitting in [s for s in found if s.state is ConferenceState.PLANNED]:
        for code in store.profile.body(sitting.body or "").bases:
            basis = store.profile.basis(code)
            if not (basis.requires_consent or basis.anonymous):
                return sitting, basis
    return None, None


def case_of_emergency(store: Store, emergency: Emergency, on: date) -> Case:
    """Give the case of an emergency's household; one is opened where none runs."""
    if emergency.case_id is not None:
        return store.load(Case, emergency.case_id)
    household = store.load(Household, emergency.household_id or 0)
    running = _running(store, household)
    if running is not None:
        return running
    client = household.members[0].id or 0
    past = store.find(Intake, order="received_on", client_id=client)
    return open_case_for(
        store,
        household,
        client,
        reason="緊急対応から",
        on=emergency.happened_at.date() if emergency.happened_at else on,
        intake=past[-1] if past else None,
    )


def _running(store: Store, household: Household) -> Case | None:
    cases = store.find(Case, household_id=household.id)
    return next((case for case in cases if case.status and case.status.is_open), None)


def _put(
    store: Store,
    sitting: Conference,
    case: Case,
    basis: Basis | None,
    overrides: tuple[Override, ...],
) -> Placed:
    code = basis.code if basis else ""
    for item in queries.items_of(store, sitting.id or 0):
        if item.client_id == case.client_id and item.basis == code:
            return Placed(item=item)
    item = AgendaItem(basis=Code(code), kind=AgendaKind.AFTER_THE_FACT, question=QUESTION)
    return put_on_agenda(store, sitting, case, item, overrides=overrides)
