"""Words that somebody looked through: of whom else of the household may they speak?

The system promises boxes, not sentences (domain rule 2): what the mother told is hers to share,
and may be about the son who refused. So whoever put her words on paper reads them once more.
"""

from collections.abc import Iterator, Sequence

from jusou_nb.checks import is_blank
from jusou_nb.choices import Category
from jusou_nb.fields import Form, children, items
from jusou_nb.forms.consent import ConsentState
from jusou_nb.forms.household import Household, Person
from jusou_nb.problems import Problem
from jusou_nb.rules.consent import latest
from jusou_nb.rules.matter import Matter

_REFUSED = {
    ConsentState.REFUSED: "同意を断っています",
    ConsentState.WITHDRAWN: "同意を撤回しています",
}
_SHORT = 2
"""A single letter of a name is found in too many words."""


def may_speak_of_others(
    matter: Matter, household: Household, records: Sequence[Form]
) -> list[Problem]:
    """Ask of an item whose words were looked through: of whom must they not speak?

    Args:
        matter: The item as the question of sharing knows it.
        household: The client's.
        records: What else is printed of the item, such as 受付票 and plan, with their rows.

    Returns:
        One remark for each other member who refused, withdrew or is under 秘匿. It says why, so
        it is for the desk and the chair's copy only.
    """
    if not matter.is_text_reviewed:
        return []
    clients = [person for person in household.members if person.id == matter.client_id]
    texts = [pair for record in (household, *clients, *records) for pair in _texts(record)]
    others = [person for person in household.members if person.id != matter.client_id]
    return [
        _read_again(person, why, texts)
        for person in others
        if texts and (why := _why(matter, person))
    ]


def _texts(record: Form) -> Iterator[tuple[str, str]]:
    """Give label and text of each sentence that an agency's copy may hold."""
    for box in items(type(record)):
        value = getattr(record, box.name)
        if box.is_free_text and isinstance(box.scope, Category) and not is_blank(value):
            yield box.label, value
    # Other members' rows are never printed without their own consent.
    tables = () if isinstance(record, Household) else children(type(record))
    for table in tables:
        for row in getattr(record, table.name):
            yield from _texts(row)


def _why(matter: Matter, person: Person) -> str:
    entry = latest(matter.consents.get(person.id or 0, ()), matter.day, matter.profile)
    said = _REFUSED.get(entry.state, "") if entry and entry.state else ""
    refused = said if matter.basis.requires_consent else ""
    return "、".join(part for part in (refused, "秘匿の人です" if person.is_masked else "") if part)


def _read_again(person: Person, why: str, texts: Sequence[tuple[str, str]]) -> Problem:
    is_first = person.relation == "本人"
    relation = "" if is_first else person.relation or ""
    called = "相談の本人" if is_first else relation or "世帯員"
    given = (person.name or "").replace("　", " ").split(" ")[-1]
    words = [word for word in (relation, given) if len(word) >= _SHORT]
    found = {label: w for label, text in texts for w in words if w in text}
    named = "".join(f"「{label}」に「{word}」とあります。" for label, word in found.items())
    boxes = "".join(f"「{label}」" for label in dict.fromkeys(label for label, _ in texts))
    return Problem(
        rule="readiness.text_of_others",
        message=f"文章は確認済ですが、同じ世帯の「{called}」は{why}。{named}",
        remedy=f"{boxes}に「{called}」のことを書いていないか、もう一度読んでください。",
        box="text_reviewed_on",
    )
