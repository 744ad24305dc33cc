"""秘匿を付ける、確かめる、外す: one sets it at once, a second confirms, two lift it."""

from dataclasses import replace
from datetime import date
from typing import Any

from jusou_nb.checks import require
from jusou_nb.fields import Code
from jusou_nb.forms import Case, Household, Person
from jusou_nb.problems import Override, Problem, settle
from jusou_nb.rules import masking as rules
from jusou_nb.store import Store, queries

_UNASKED: dict[str, Any] = {"unmask_asked_by": None, "unmask_asked_on": None}
_FRESH: dict[str, Any] = {
    **_UNASKED,
    "mask_confirmed_by": None,
    "mask_confirmed_on": None,
    "unmask_because": None,
    "unmasked_by": None,
    "unmasked_on": None,
}


def mask_person(
    store: Store,
    person_id: int,
    *,
    because: str,
    on: date,
    by: str = "",
    seen_by: tuple[Code, ...] = (),
    until: date | None = None,
    protection_until: date | None = None,
) -> tuple[Person, list[Problem]]:
    """Mask a person at once; give them back with what else is to be thought of.

    ``seen_by`` are codes of the profile's 見てよい人, ``protection_until`` the end of a
    支援措置. Until the next working day a second person confirms it.
    """
    boxes = {
        "masked_because": because,
        "masked_by": by or store.worker_name(),
        "masked_on": on,
        "unmasked_for": seen_by or None,
        "masked_until": until,
        "has_address_protection": True if protection_until else None,
        "protection_until": protection_until,
    }
    with store.transaction():
        person = _change(store, person_id, **_FRESH, **boxes, is_masked=True)
        household = queries.household_of(store, person_id)
        about = [*rules.reminders(store.profile, person, on), *rules.around(household, person)]
    return person, about


def confirm_mask(
    store: Store, person_id: int, *, on: date, by: str = "", overrides: tuple[Override, ...] = ()
) -> Person:
    """Confirm, as a second person, that somebody is to be masked.

    Raises:
        NotAllowed: It is the same person who set it, and the chief has not allowed it.
    """
    name = by or store.worker_name()
    with store.transaction():
        person = _load(store, person_id)
        problems = rules.may_confirm(person, name)
        settle(problems, overrides)
        saved = _change(store, person_id, mask_confirmed_by=name, mask_confirmed_on=on)
        store.log_overrides(saved, problems, overrides)
    return saved


def ask_unmask(store: Store, person_id: int, *, because: str, on: date, by: str = "") -> Person:
    """Ask that a 秘匿 be lifted; it stays until a second person confirms."""
    with store.transaction():
        return _change(
            store,
            person_id,
            unmask_asked_by=by or store.worker_name(),
            unmask_asked_on=on,
            unmask_because=because,
        )


def keep_masked(store: Store, person_id: int) -> Person:
    """Answer that a 秘匿 is not to be lifted: nobody asks for it any more (NotAllowed: none is)."""
    with store.transaction():
        settle(rules.may_review(_load(store, person_id)))
        return _change(store, person_id, **_UNASKED, unmask_because=None)


def review_mask(
    store: Store,
    person_id: int,
    *,
    seen_by: tuple[Code, ...] = (),
    until: date | None = None,
    protection_until: date | None = None,
) -> Person:
    """Look at a 秘匿 again and keep it: who may see, its next review day, the 支援措置.

    Raises:
        NotAllowed: The person is not masked.
    """
    boxes = {
        "unmasked_for": seen_by or None,
        "masked_until": until,
        "has_address_protection": True if protection_until else None,
        "protection_until": protection_until,
    }
    with store.transaction():
        settle(rules.may_review(_load(store, person_id)))
        return _change(store, person_id, **boxes)


def confirm_unmask(
    store: Store, person_id: int, *, on: date, by: str = "", overrides: tuple[Override, ...] = ()
) -> Person:
    """Lift a 秘匿, as the second of two persons.

    Raises:
        NotAllowed: Nobody asked for it, or the same person did.
    """
    name = by or store.worker_name()
    with store.transaction():
        problems = rules.may_lift(_load(store, person_id), name)
        settle(problems, overrides)
        saved = _change(store, person_id, is_masked=False, unmasked_by=name, unmasked_on=on)
        store.log_overrides(saved, problems, overrides)
    return saved


def save_household(
    store: Store, household: Household, *, on: date, overrides: tuple[Override, ...] = ()
) -> Household:
    """Save a household's form; a 秘匿 ticked on it is set as by ``mask_person``.

    Raises:
        Invalid: Boxes are missing.
        NotAllowed: It would lift a 秘匿 without the second person.
    """
    require(household)
    with store.transaction():
        before = store.load(Household, household.id) if household.id is not None else None
        problems = rules.may_save(before, household)
        settle(problems, overrides)
        masked = {p.id for p in before.members if p.is_masked} if before else set()
        members = tuple(
            _set_now(store, p, on) if p.is_masked and (p.id is None or p.id not in masked) else p
            for p in household.members
        )
        saved = store.save(replace(household, members=members))
        store.log_overrides(saved, problems, overrides)
    return saved


def _set_now(store: Store, person: Person, on: date) -> Person:
    """Note who ticked the box and when; what an earlier 秘匿 had does not count for this one."""
    named: dict[str, Any] = {
        "masked_by": person.masked_by or store.worker_name(),
        "masked_on": person.masked_on or on,
    }
    return replace(person, **named) if person.masked_on else replace(person, **_FRESH, **named)


def may_see(store: Store, person: Person, case: Case | None, name: str = "") -> bool:
    """Whether a worker, as what they are to a case, may see a masked person's whereabouts."""
    readers = rules.roles(store.profile, case, name or store.worker_name())
    return rules.may_see(store.profile, person, readers)


def _load(store: Store, person_id: int) -> Person:
    return queries.person(queries.household_of(store, person_id), person_id)


def _change(store: Store, person_id: int, **boxes: Any) -> Person:
    household = queries.household_of(store, person_id)
    members = tuple(
        replace(member, **boxes) if member.id == person_id else member
        for member in household.members
    )
    return queries.person(store.save(replace(household, members=members)), person_id)
