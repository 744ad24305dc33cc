"""What may stand on 「既に伺ったこと」: what they told us themselves, and nothing else.

Left off: what the desk judged, what an agency answered, who told us and what a neighbour said
(it would give the neighbour away), what was heard at a sitting, where a person under 秘匿 is.
"""

import re

from jusou_nb.choices import Category
from jusou_nb.fields import Form, Item, items
from jusou_nb.forms.assessment import Assessment
from jusou_nb.forms.household import Person
from jusou_nb.forms.intake import CONTENT, Intake
from jusou_nb.profile import Profile
from jusou_nb.rules.sharing import listed

_ANSWERED = re.compile(r"〔[^〕]*回答〕")
_JUDGED = frozenset({"fields", "issues"})
"""Ticks that the desk sets by what it makes of the words."""


def was_told(box: Item) -> bool:
    """Whether a box holds what somebody told us of themselves."""
    return isinstance(box.scope, Category) and box.name not in _JUDGED


def told_boxes(form: type[Form]) -> list[Item]:
    """Give the boxes of a form that hold what was told; of the intake only its 相談内容."""
    boxes = [box for box in items(form) if was_told(box)]
    return [box for box in boxes if form is not Intake or box.section == CONTENT]


def may_repeat(profile: Profile, record: Form) -> bool:
    """Whether a sheet tells what the household itself said.

    Not one that a neighbour or somebody nameless brought; not another agency's own sheet.
    """
    if isinstance(record, Intake):
        never = profile.flagged("inquirer", "never_released")
        return record.inquirer_relation not in never
    return not (isinstance(record, Assessment) and record.foreign_agency is not None)


def own_words(text: str) -> str:
    """Cut off what an agency answered: on a sheet it follows their own words, under a mark."""
    return _ANSWERED.split(text, maxsplit=1)[0].rstrip()


def is_hidden(box: Item, person: Person | None) -> bool:
    """Whether a box is printed as 秘匿."""
    return not listed(box, person)
