"""The household as a table, each member as far as the reader may know of them."""

from dataclasses import dataclass

from jusou_nb.checks import is_blank
from jusou_nb.documents.eyes import Eyes
from jusou_nb.documents.sitting import Entry
from jusou_nb.fields import items
from jusou_nb.forms import Person
from jusou_nb.forms.household import MASKING

_COLUMNS = frozenset({"relation", "name", "sex", "stated_age", "age_stated_on", "lives_together"})
"""Boxes that have a column of their own; all others stand together in the last one."""
_CLIENT = "本人"


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
    """Give the members, the item's client first."""
    client = entry.item.client_id
    members = sorted(entry.household.members, key=lambda person: person.id != client)
    return tuple(_row(person, eyes, is_client=person.id == client) for person in members)


def _row(person: Person, eyes: Eyes, *, is_client: bool) -> MemberRow:
    return MemberRow(
        name=eyes.name(person),
        relation=relation_text(eyes.text(person, "relation", person), is_client=is_client),
        age=eyes.age(person),
        sex=eyes.text(person, "sex", person),
        together=_together(eyes.text(person, "lives_together", person), is_client=is_client),
        details=tuple(_details(person, eyes)),
    )


def relation_text(recorded: str, *, is_client: bool) -> str:
    """Write a relation; it was recorded towards the client of the intake.

    Where the item is about another member, both say so.
    """
    if is_client:
        return _CLIENT if recorded in ("", _CLIENT) else f"{_CLIENT}（受付時は{recorded}）"
    return "受付時の本人" if recorded == _CLIENT else recorded


def _together(answer: str, *, is_client: bool) -> str:
    return "―" if is_client else {"はい": "同居", "いいえ": "別居"}.get(answer, "")


def _details(person: Person, eyes: Eyes) -> list[tuple[str, str]]:
    details, masked = [], []
    for box in items(Person):
        if box.name in _COLUMNS or box.section == MASKING:
            continue
        problem = eyes.withheld(box, person)
        if problem is not None and problem.rule == "sharing.masked":
            masked.append(box.label)
        elif problem is None and not is_blank(getattr(person, box.name)):
            details.append((box.label, eyes.text(person, box.name, person)))
    if masked:
        details.append(("、".join(masked), "秘匿"))
    return details
