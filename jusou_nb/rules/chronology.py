"""家族年表: what happened to a family, and which of it a reader of a paper may have.

Every question is put to :mod:`jusou_nb.rules.sharing`: an event is shared as a case note is
(category, the basis on which it was heard, sentences looked through), and of another person
only as far as that person's own consent reaches (domain rules 1, 2, 21, 28).
"""

from dataclasses import dataclass, replace

from jusou_nb.choices import Category, Choice
from jusou_nb.dates import PartialDate
from jusou_nb.fields import Code, get_item
from jusou_nb.forms.case_note import CaseNote
from jusou_nb.forms.family import FamilyEvent
from jusou_nb.forms.household import Household, Person
from jusou_nb.problems import Problem
from jusou_nb.rules.sharing import (
    CHAIR,
    Matter,
    Reader,
    box_withheld,
    item_withheld,
    note_withheld,
)

_NOT_THEIRS = ("sharing.excluded", "consent.other_member")


class MomentKind(Choice):
    """Where an entry of the 家族年表 comes from."""

    EVENT = "event", "できごと"
    BIRTH = "birth", "誕生"
    INTAKE = "intake", "相談"
    PLAN = "plan", "プラン"
    DECISION = "decision", "会議"
    ENDING = "ending", "終結・再開"


_WRITTEN = (MomentKind.EVENT, MomentKind.DECISION)
"""Kinds that hold sentences of people; the others are worded by the program."""


@dataclass(frozen=True, kw_only=True)
class Moment:
    """One entry of the 家族年表.

    Attributes:
        kind: Where it comes from.
        when: As exactly as it is known.
        what: The words.
        person_id: Whose; None is the whole household's.
        category: As which it is shared; None: on the chair's copy only.
        held_by: The agency that holds the information.
        learnt_on_basis: The legal basis on which it was heard; None: outside of sittings.
        case_id: The case to which it belongs; None: the family as a whole.
        source: Table and id of the record.
    """

    kind: MomentKind
    when: PartialDate
    what: str
    source: tuple[str, int]
    person_id: int | None = None
    category: Category | None = None
    held_by: int | None = None
    learnt_on_basis: Code | None = None
    case_id: int | None = None


def moment_withheld(
    reader: Reader, matter: Matter, moment: Moment, household: Household
) -> Problem | None:
    """Say why an entry of the 家族年表 may not stand on a paper of an item; None: it may."""
    if (whole := item_withheld(reader, matter)) is not None:
        return whole
    people = {person.id: person for person in household.members}
    person = people.get(moment.person_id)
    if (hidden := _from_opponent(reader, matter, person, people)) is not None:
        return hidden
    if moment.kind is MomentKind.BIRTH and person is not None:
        return box_withheld(reader, matter, get_item(Person, "birth"), person)
    if person is not None and (theirs := _not_theirs(reader, matter, person)) is not None:
        return theirs
    note = CaseNote(
        content=moment.what, category=moment.category, learnt_on_basis=moment.learnt_on_basis
    )
    return note_withheld(reader, _matter_of(matter, moment, person), note)


def _not_theirs(reader: Reader, matter: Matter, person: Person) -> Problem | None:
    problem = box_withheld(reader, matter, get_item(FamilyEvent, "whose"), person)
    return problem if problem is not None and problem.rule in _NOT_THEIRS else None


def _matter_of(matter: Matter, moment: Moment, person: Person | None) -> Matter:
    """Ask of the person whose it is; our own words need nobody to look them through."""
    reviewed = matter.is_text_reviewed or moment.kind not in _WRITTEN
    matter = replace(matter, is_text_reviewed=reviewed)
    if person is None or person.id == matter.client_id:
        return matter
    return replace(matter, client_id=person.id or 0, signed_plans=())


def _from_opponent(
    reader: Reader, matter: Matter, person: Person | None, people: dict[int | None, Person]
) -> Problem | None:
    """On a paper about an opponent nothing stands of whom they must not find (rule 21)."""
    client = people.get(matter.client_id)
    hidden = [p for p in people.values() if p.is_masked]
    if reader == CHAIR or client is None or not client.is_opponent or not hidden:
        return None
    if person is not None and not person.is_masked:
        return None
    return box_withheld(reader, matter, get_item(Person, "address"), hidden[0])
