"""Which of a family's drawing may this reader have? Every question goes to ``rules.sharing``.

Of people without a consent of their own the drawing says 続柄・年代・同居 only, whether they
live with the client, elsewhere or no more (domain rule 1): no line between two others, nothing
of their ties, not that they died. What a 支援会議 told stays with its basis (rule 2). Ties of
somebody under 秘匿, or of a household in which such a one lives, tell where to find them: they
are drawn only to those who are called to the item anyhow (rule 21).
"""

from jusou_nb.choices import Category
from jusou_nb.fields import get_item
from jusou_nb.forms.case_note import CaseNote
from jusou_nb.forms.family import Kinship, Tie
from jusou_nb.forms.household import Household, Person
from jusou_nb.forms.provenance import Provenance
from jusou_nb.problems import Problem
from jusou_nb.rules.sharing import (
    CHAIR,
    Matter,
    Reader,
    box_withheld,
    fact_withheld,
    item_withheld,
)
from jusou_nb.rules.sharing import note_withheld as words_withheld

_OF_OTHERS = ("consent.other_member", "sharing.excluded")
"""Rules that leave off a person's boxes but not what they are to the client."""
_ELSEWHERE = "sharing.learnt_elsewhere"


def person_withheld(
    reader: Reader, matter: Matter, person: Person, household: Household
) -> Problem | None:
    """Say why a person may not stand on the drawing at all; None: may, as far as boxes may."""
    if (whole := item_withheld(reader, matter)) is not None:
        return whole
    if person.is_member:
        return None
    problem = box_withheld(reader, matter, get_item(Person, "relation"), person)
    if problem is not None and problem.rule == _ELSEWHERE:
        return problem
    return _from_opponent(reader, matter, person, household)


def kinship_withheld(
    reader: Reader, matter: Matter, row: Kinship, household: Household, *, was_heard: bool
) -> Problem | None:
    """Say why a line of kinship may not be drawn; None: it may.

    ``was_heard``: the row was last set from a sitting that needs no consent.
    """
    if (whole := _whole(reader, matter, was_heard=was_heard)) is not None:
        return whole
    people = {person.id: person for person in household.members}
    ends = (row.person, row.other)
    for id_ in ends:
        person = people.get(id_)
        if person is None:
            continue
        problem = box_withheld(reader, matter, get_item(Kinship, "kind"), person)
        is_relation = matter.client_id in ends and id_ != matter.client_id
        if problem is not None and not (is_relation and problem.rule in _OF_OTHERS):
            return problem
    return None


def tie_withheld(
    reader: Reader, matter: Matter, tie: Tie, household: Household, *, was_heard: bool
) -> Problem | None:
    """Say why a tie may not be drawn; None: it may. See :func:`kinship_withheld`."""
    if (whole := _whole(reader, matter, was_heard=was_heard)) is not None:
        return whole
    person = next((p for p in household.members if p.id == tie.whose), None)
    for hidden in hidden_behind(tie, household):
        if tie.agency not in matter.called:
            masked = box_withheld(reader, matter, get_item(Person, "workplace"), hidden)
            if masked is not None:
                return masked
        if (kept := _from_opponent(reader, matter, hidden, household)) is not None:
            return kept
    boxes = ("agency" if tie.agency is not None else "other", "strength", "whose")
    found = (box_withheld(reader, matter, get_item(Tie, name), person) for name in boxes)
    withheld = next((problem for problem in found if problem is not None), None)
    if withheld is None and tie.agency is None:
        return _words_withheld(reader, matter, "other")
    return withheld


def note_withheld(reader: Reader, matter: Matter, tie: Tie, household: Household) -> Problem | None:
    """Say why the words of a tie that is drawn may not stand beside it; None: they may."""
    person = next((p for p in household.members if p.id == tie.whose), None)
    for hidden in hidden_behind(tie, household):
        masked = box_withheld(reader, matter, get_item(Person, "workplace"), hidden)
        if masked is not None:
            return masked
    withheld = box_withheld(reader, matter, get_item(Tie, "note"), person)
    return withheld or _words_withheld(reader, matter, "note")


def _words_withheld(reader: Reader, matter: Matter, name: str) -> Problem | None:
    """Words that people wrote wait until somebody has looked them through, as a note does."""
    scope = get_item(Tie, name).scope
    category = scope if isinstance(scope, Category) else None
    return words_withheld(reader, matter, CaseNote(category=category))


def hidden_behind(tie: Tie, household: Household) -> list[Person]:
    """Give those under 秘匿 whose whereabouts a tie may tell."""
    masked = [person for person in household.members if person.is_masked]
    if tie.whose is None:
        return [person for person in masked if person.is_member]
    return [person for person in masked if person.id == tie.whose]


def _whole(reader: Reader, matter: Matter, *, was_heard: bool) -> Problem | None:
    whole = item_withheld(reader, matter)
    if whole is None and was_heard and matter.basis.requires_consent:
        # As a fact of the 移行 list that nobody has released.
        return fact_withheld(reader, matter, Provenance())
    return whole


def _from_opponent(
    reader: Reader, matter: Matter, person: Person, household: Household
) -> Problem | None:
    """On a paper about an opponent nothing stands of whom they must not find (rule 21)."""
    client = next((p for p in household.members if p.id == matter.client_id), None)
    if reader == CHAIR or client is None or not client.is_opponent or not person.is_masked:
        return None
    return box_withheld(reader, matter, get_item(Person, "address"), person)
