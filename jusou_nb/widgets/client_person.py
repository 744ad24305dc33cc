"""Whom the client page is about: one person, the household, the case, what it stands on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from jusou_nb import casework
from jusou_nb.errors import NotFound
from jusou_nb.fields import Form
from jusou_nb.forms import (
    Case,
    Consent,
    Ending,
    Household,
    Intake,
    Person,
    SupportPlan,
)
from jusou_nb.forms.consent import ConsentState
from jusou_nb.forms.ending import Acceptance
from jusou_nb.profile import Profile
from jusou_nb.rules import consent as consents
from jusou_nb.rules.after_ending import is_kept_in_touch
from jusou_nb.rules.endings import may_answer_handover
from jusou_nb.store import Store, queries


@dataclass(frozen=True, kw_only=True)
class Client:
    """One person as the page shows them.

    Attributes:
        person: The member of the household whom the page is about.
        household: The household, all its members.
        intake: The person's own 相談受付票; None for a member who never came.
        case: The case shown: the one chosen, else the person's latest.
    """

    person: Person
    household: Household
    intake: Intake | None
    case: Case | None

    @property
    def about(self) -> Intake:
        """What a つなぐ of this person stands on; another member's consultation is not taken."""
        blank = Intake(household_id=self.household.id, client_id=self.person.id)
        return self.intake or blank

    @property
    def runs(self) -> bool:
        """Whether there is a case and it runs."""
        return self.case is not None and (self.case.status is None or self.case.status.is_open)


def client_of(
    store: Store, person_id: int, *, intake_id: int | None = None, case_id: int | None = None
) -> Client:
    """Gather what is known of a person (NotFound when there is none)."""
    household = queries.household_of(store, person_id)
    cases = store.find(Case, client_id=person_id)
    chosen = [case for case in cases if case.id == case_id] or cases
    own = store.find(Intake, client_id=person_id)
    named = [intake for intake in own if intake.id == intake_id] or own
    return Client(
        person=queries.person(household, person_id),
        household=household,
        intake=named[-1] if named else None,
        case=chosen[-1] if chosen else None,
    )


def ending_of(store: Store, client: Client) -> Ending | None:
    """Give the end that the case shown stands at, or waits for; None where it was reopened."""
    found = casework.last_ending(store, client.case) if client.case else None
    return found if found and found.reopened_on is None else None


def waits_for_answer(ending: Ending | None) -> bool:
    """Whether a 主担当機関 may still answer a handover."""
    return ending is not None and not may_answer_handover(ending, Acceptance.WAITING, None)


def is_in_touch(ending: Ending | None, client: Client) -> bool:
    """Whether a 定期連絡 runs that can be renewed or ended."""
    return ending is not None and client.case is not None and is_kept_in_touch(client.case, ending)


def plan_of(store: Store, case: Case | None) -> SupportPlan | None:
    """Give the plan in force of a case."""
    try:
        return casework.plan_in_force(store, case) if case else None
    except NotFound:
        return None


def person_of(store: Store, record: Form) -> int:
    """Give the id of the person whom a record is about.

    Raises:
        NotFound: It is about nobody, such as a 気になる世帯.
    """
    found: Any = record
    if isinstance(record, Person):
        return record.id or 0
    if isinstance(found, Household):
        return _first(found.members)
    for name, form in _LEADS:
        if (linked := getattr(found, name, None)) is not None:
            return linked if form is Person else person_of(store, store.load(form, linked))
    raise NotFound(f"「{record.title}」の本人が分かりません。一覧から選び直してください")


_LEADS: tuple[tuple[str, type[Any]], ...] = (
    ("person_id", Person),
    ("client_id", Person),
    ("case_id", Case),
    ("plan_id", SupportPlan),
    ("intake_id", Intake),
    ("household_id", Household),
)


def _first(members: Sequence[Person]) -> int:
    for member in members:
        return member.id or 0
    raise NotFound("世帯員のいない世帯です。「世帯を直す」で世帯員を書いてください")


def turned_to(store: Store, client: Client, record: Form) -> Client:
    """Give the page's view of whom a record is about; the same one where it is about no other.

    What is about the household as a whole is read from whichever of its people is shown.
    """
    home = record.id if isinstance(record, Household) else getattr(record, "household_id", None)
    is_whole = getattr(record, "client_id", None) is None
    if is_whole and home is not None and home == client.household.id:
        return client
    person_id = person_of(store, record)
    case_id = record.id if isinstance(record, Case) else getattr(record, "case_id", None)
    shown = client.case.id if client.case else None
    if person_id == client.person.id and case_id in (None, shown):
        return client
    intake_id = record.id if isinstance(record, Intake) else None
    return client_of(store, person_id, intake_id=intake_id, case_id=case_id)


def consent_chips(profile: Profile, given: Sequence[Consent], day: date) -> list[tuple[str, str]]:
    """Say where consent stands on a day by all that was said of it, as chips: word and tone."""
    entry = consents.latest(given, day, profile)
    if entry is None or entry.state is None:
        return [("同意は未確認", "plain")]
    is_given = entry.state is ConsentState.GIVEN
    cut = is_given and bool(entry.withdrawn_categories or entry.withdrawn_agencies)
    chips = [(entry.state.label, "good" if is_given else "plain")]
    if is_given and not consents.is_scope_known(entry):
        chips.append(("範囲未確認", "strong"))
    return [*chips, ("一部撤回", "strong")] if cut else chips
