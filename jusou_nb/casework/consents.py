"""同意を記録する、撤回する、範囲を確かめる: earlier entries stay, per person.

What a person said is recorded as it was said; whether it carries something is asked where it
is to carry it (``consent_remarks``, ``may_put_on_agenda``).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from jusou_nb.checks import require
from jusou_nb.choices import Category
from jusou_nb.dates import wareki
from jusou_nb.fields import Ref
from jusou_nb.forms import AgendaItem, Conference, Consent, RoleAssignment, SupportPlan
from jusou_nb.forms.conference import ConferenceState
from jusou_nb.forms.consent import ConsentManner, ConsentState
from jusou_nb.forms.plan import PlanState
from jusou_nb.problems import Problem, settle
from jusou_nb.rules import consent as rules
from jusou_nb.store import Store, papers_out, queries
from jusou_nb.store.papers_out import PaperOut

_ENDS = (ConsentState.WITHDRAWN, ConsentState.REFUSED)
_STEERED = (PlanState.AGREED, PlanState.SUSPENDED)


@dataclass(frozen=True, kw_only=True)
class Withdrawn:
    """What follows from a withdrawal, for people to do; other offices' records stay.

    Attributes:
        consent: The withdrawal as recorded.
        papers: Papers already out: to tell, to call back, to exchange.
        taken_off: The items struck from sittings to come.
        roles: The agreed plan's roles, each to be asked 継続 or 停止, with the plan's id.
        remarks: What is to be looked at.
    """

    consent: Consent
    papers: tuple[PaperOut, ...] = ()
    taken_off: tuple[AgendaItem, ...] = ()
    roles: tuple[tuple[int, RoleAssignment], ...] = ()
    remarks: tuple[Problem, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ConfirmedScope:
    """What a consent, by its paper, covers; ``excluded`` are agencies not to know."""

    consent_id: int
    categories: tuple[Category, ...]
    agencies: tuple[Ref, ...]
    excluded: tuple[Ref, ...] = ()


def record_consent(store: Store, person_id: int, consent: Consent) -> Consent:
    """Record what a person said to being shared about, and when (Invalid if boxes miss).

    An oral consent waits for its paper, by default as long as the profile says. A refusal or
    withdrawal takes the person's items off the sittings to come.
    """
    with store.transaction():
        saved = _record(store, person_id, consent)
        if saved.state in _ENDS:
            _take_off(store, saved)
    return saved


def _record(store: Store, person_id: int, consent: Consent) -> Consent:
    due = consent.written_by
    oral = consent.manner is ConsentManner.ORAL and consent.state is ConsentState.GIVEN
    if oral and due is None and consent.stated_on is not None:
        due = consent.stated_on + timedelta(days=store.profile.thresholds["oral_paper_days"])
    filled = replace(consent, person_id=person_id, written_by=due)
    require(filled)
    return store.save(filled)


def consent_remarks(store: Store, person_id: int, day: date) -> list[Problem]:
    """Ask what is to be looked at about a person's consent on a day; none in force: why."""
    entries = store.find(Consent, person_id=person_id)
    entry = rules.valid_on(entries, day, store.profile)
    if entry is None:
        return rules.given(entries, day, store.profile)
    person = queries.person(queries.household_of(store, person_id), person_id)
    return rules.remarks(entry, person, day, store.profile)


def withdraw_consent(store: Store, person_id: int, withdrawal: Consent) -> Withdrawn:
    """Record a withdrawal, of all or of the categories and agencies that it names.

    A withdrawal is never refused. Items whose consent no longer holds come off the sittings
    to come; nothing is erased, and no other office's service is changed.

    Raises:
        Invalid: The day is missing.
    """
    with store.transaction():
        entries = store.find(Consent, person_id=person_id)
        saved = _record(store, person_id, replace(withdrawal, state=ConsentState.WITHDRAWN))
        return Withdrawn(
            consent=saved,
            papers=_papers(store, saved),
            taken_off=_take_off(store, saved),
            roles=_roles(store, saved),
            remarks=tuple(rules.withdrawn_from(entries, saved.stated_on, store.profile)),
        )


def _papers(store: Store, withdrawal: Consent) -> tuple[PaperOut, ...]:
    """List the papers out; of a withdrawal from some agencies only, those agencies'."""
    out = papers_out.of_person(store, withdrawal.person_id or 0)
    if withdrawal.withdrawn_agencies and not withdrawal.withdrawn_categories:
        return tuple(p for p in out if p.agency_id in withdrawal.withdrawn_agencies)
    return tuple(out)


def _take_off(store: Store, entry: Consent) -> tuple[AgendaItem, ...]:
    """Strike the person's items from sittings to come on which no consent holds any more."""
    entries = store.find(Consent, person_id=entry.person_id)
    gone = []
    for item in store.find(AgendaItem, client_id=entry.person_id):
        if not store.profile.basis(item.basis or "").requires_consent:
            continue
        sitting = store.load(Conference, item.conference_id or 0)
        day = sitting.held_on or date.max
        planned = sitting.state in (None, ConferenceState.PLANNED)
        comes = planned and entry.stated_on is not None and day >= entry.stated_on
        if comes and rules.valid_on(entries, day, store.profile) is None:
            store.strike(item, _why_off(entry))
            gone.append(item)
    return tuple(gone)


def _why_off(entry: Consent) -> str:
    said = entry.state.label if entry.state else ""
    return f"同意の{said}（{wareki(entry.stated_on)}）" if entry.stated_on else said


def _roles(store: Store, withdrawal: Consent) -> tuple[tuple[int, RoleAssignment], ...]:
    """Give the agencies' roles of the last plan agreed; of some agencies only, theirs."""
    plans = store.find(SupportPlan, client_id=withdrawal.person_id)
    steered = [plan for plan in plans if plan.state in _STEERED]
    plan = max(steered, key=lambda p: (p.sequence or 0, p.id or 0), default=None)
    if plan is None:
        return ()
    rows = [row for row in plan.roles if row.agency is not None]
    if withdrawal.withdrawn_agencies and not withdrawal.withdrawn_categories:
        rows = [row for row in rows if row.agency in withdrawal.withdrawn_agencies]
    return tuple((plan.id or 0, row) for row in rows)


def confirm_scopes(
    store: Store, confirmed: Sequence[ConfirmedScope], *, on: date, by: str = ""
) -> list[Consent]:
    """Confirm what imported consents cover, all or none.

    The entry itself is filled: its paper said so on the day it was given, and a withdrawal
    recorded since keeps what it took off. The change, its day and who confirmed are kept.

    Raises:
        NotAllowed: A scope is given in part only, or was known before.
    """
    with store.transaction():
        pairs = [(row, store.load(Consent, row.consent_id)) for row in confirmed]
        settle([p for row, entry in pairs
                for p in rules.may_confirm_scope(entry, row.categories, row.agencies)])  # fmt: skip
        return [
            store.save(
                replace(
                    entry,
                    categories=row.categories,
                    agencies=row.agencies,
                    excluded_agencies=row.excluded or entry.excluded_agencies,
                    scope_confirmed_on=on,
                    scope_confirmed_by=by or store.worker_name(),
                )
            )
            for row, entry in pairs
        ]
