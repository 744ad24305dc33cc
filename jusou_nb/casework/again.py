"""同じ人です: a consultation of somebody who is known already, written down as if anew."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from jusou_nb.casework.merge_preview import BoxChoice, Takes, choices_of, stem_of, takes_of
from jusou_nb.forms import Household, Person
from jusou_nb.rules import joining
from jusou_nb.rules.likeness import Strength, reasons
from jusou_nb.store import Store, known, queries

_ORDER = (*Strength, None)


@dataclass(frozen=True, kw_only=True)
class Again:
    """A known household with what the sheet says now.

    Attributes:
        household: As it is to be saved.
        client: The place of the client among its members.
        choices: The boxes in which the sheet says something else than the record.
    """

    household: Household
    client: int
    choices: tuple[BoxChoice, ...]


def household_again(
    store: Store, person_id: int, typed: Household, *, takes: Takes | None = None
) -> Again:
    """Put a sheet together with the household that is known; nothing is saved.

    Empty boxes are filled, whoever is not known is added, and where the two differ the record
    stays unless ``takes`` says otherwise. The first person of the sheet is the client.

    Raises:
        NotFound: The person is not there any more.
    """
    stored = queries.household_of(store, person_id)
    who = _who_is_who(store, stored, person_id, typed)
    people = {p.id or 0: p for p in stored.members}
    couples = [(people[id_], typed.members[place]) for place, id_ in who.items()]
    chosen = takes or {}
    new = {one.id: joining.joined(one, said, takes_of(one, chosen)) for one, said in couples}
    whole = joining.joined(stored, typed, takes_of(stored, chosen))
    choices = [
        choice
        for one, said, becomes in [(stored, typed, whole), *((o, s, new[o.id]) for o, s in couples)]
        for choice in choices_of(store, (one, said, becomes), takes_of(one, chosen), stem_of(one))
    ]
    kept = [new.get(p.id, p) for p in stored.members]
    added = {n: p for n, p in enumerate(typed.members) if n not in who}
    members = (*kept, *(replace(p, id=None, version=0) for p in added.values()))
    client = _place(kept, who[0]) if 0 in who else len(kept)
    return Again(household=replace(whole, members=members), client=client, choices=tuple(choices))


def _place(members: list[Person], person_id: int) -> int:
    return next(place for place, person in enumerate(members) if person.id == person_id)


def _who_is_who(
    store: Store, stored: Household, person_id: int, typed: Household
) -> Mapping[int, int]:
    """Say which row of the sheet is whom: the one chosen, and who is spelt alike beside them."""
    chosen = queries.person(stored, person_id)
    first = like(store, typed.members, chosen)
    found = {first: person_id} if typed.members else {}
    for place, said in enumerate(typed.members):
        free = [p for p in stored.members if p.id not in found.values()]
        same = [p for p in free if known.traces_of(p).names & known.traces_of(said).names]
        if place not in found and same:
            found[place] = same[0].id or 0
    return found


def like(store: Store, members: tuple[Person, ...], person: Person) -> int:
    """Give the place of who is most like a person; the first where nobody is."""
    there, town = known.traces_of(person), store.profile.municipality

    def rank(place: int) -> tuple[int, int]:
        why, strength = reasons(known.traces_of(members[place]), there, town)
        return _ORDER.index(strength), -len(why)

    return min(range(len(members)), key=rank, default=0)
