"""The household as a table, each member as far as the reader may know of them."""

from dataclasses import dataclass, replace

from jusou_nb.checks import is_blank
from jusou_nb.documents.eyes import Eyes
from jusou_nb.documents.kin import relation_text
from jusou_nb.documents.sitting import Entry
from jusou_nb.fields import Item, items
from jusou_nb.forms import Person
from jusou_nb.forms.household import MASKING
from jusou_nb.store.queries import person as find_person

_COLUMNS = frozenset({"relation", "name", "sex", "stated_age", "age_stated_on", "lives_together"})
"""Boxes that have a column of their own; all others stand together in the last one."""
_NOT_THEIRS = ("consent.other_member", "sharing.excluded")
"""Rules that leave off a member as a whole."""


@dataclass(frozen=True, kw_only=True)
class MemberRow:
    """One member; what may not be told is empty."""

    name: str
    relation: str
    age: str
    sex: str
    together: str
    details: tuple[tuple[str, str], ...]


def member_rows(entry: Entry, eyes: Eyes) -> tuple[MemberRow, ...]:
    """Give the members, the item's client first; who is on the family map only is none."""
    client = find_person(entry.household, entry.item.client_id)
    return tuple(_row(person, client, eyes) for person in entry.people)


def _row(person: Person, client: Person, eyes: Eyes) -> MemberRow:
    is_client = person.id == client.id
    relation = eyes.text(person, "relation", person)
    return MemberRow(
        name=eyes.name(person),
        relation=relation_text(relation, client.relation or "", is_client=is_client),
        age=eyes.age(person),
        sex=eyes.text(person, "sex", person),
        together=_together(eyes.text(person, "lives_together", person), is_client=is_client),
        details=tuple(_details(person, client, eyes)),
    )


def _together(answer: str, *, is_client: bool) -> str:
    return "―" if is_client else {"はい": "同居", "いいえ": "別居"}.get(answer, "")


def _details(person: Person, client: Person, eyes: Eyes) -> list[tuple[str, str]]:
    details, masked = [], []
    for box in items(Person):
        if box.name in _COLUMNS or box.section == MASKING:
            continue
        problem = eyes.withheld(box, person)
        if problem is not None and problem.rule == "sharing.masked":
            masked += [box.label] if _says_so(box, person, client, eyes) else []
        elif problem is None and not is_blank(getattr(person, box.name)):
            details.append((box.label, eyes.text(person, box.name, person)))
    if masked:
        details.append(("、".join(masked), "秘匿"))
    return details


def _says_so(box: Item, person: Person, client: Person, eyes: Eyes) -> bool:
    """Whether a copy may say that somebody's whereabouts are hidden.

    That word warns those who help, and warns whoever must not know as well: it is on no
    paper about an opponent, and nowhere where the box would be missing anyhow.
    """
    if eyes.are_the_chairs or person.id == client.id:
        return True
    open_ = eyes.withheld(box, replace(person, is_masked=False))
    return not client.is_opponent and (open_ is None or open_.rule not in _NOT_THEIRS)
