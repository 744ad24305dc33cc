"""What may stand on a paper that is handed to the person? (domain rules 2, 14, 19)

Their own wish in their own words, what is done together, by whom and by when. Never the
office's view of them (見立て), whoever told us, another member's matters, or anything of a
sitting that needs no consent.
"""

import re

from jusou_nb.checks import is_blank
from jusou_nb.forms.household import Household, Person
from jusou_nb.forms.plan import DoerKind, RoleAssignment, SupportPlan
from jusou_nb.problems import Problem, Strength
from jusou_nb.profile import Basis

_SHORT = 2
"""A single letter of a name is found in too many words."""
_KIN = re.compile(
    "祖父|祖母|両親|父親|母親|息子|長男|次男|二男|三男|四男|長女|次女|二女|三女|四女"
    "|お父さん|お母さん|兄弟|姉妹|きょうだい|配偶者|[叔伯][父母]"
    r"|(?<![\u4e00-\u9fff])[父母夫妻兄弟姉妹娘孫嫁](?![\u4e00-\u9fff])"
)
"""Words for kin; one kanji alone only where it stands by itself."""


def wish_of(plan: SupportPlan) -> tuple[str, ...]:
    """Give the person's wish: in their own words; where none are kept, the plan's 意向.

    The 意向 is the family's as well, so that it stands only where there is nothing nearer.
    """
    said = [goal.own_words for goal in plan.goals] + [plan.client_voice]
    own = tuple(dict.fromkeys(text for text in said if text and not is_blank(text)))
    return own or ((plan.client_wish,) if plan.client_wish else ())


def aims_of(household: Household, person: Person, plan: SupportPlan) -> tuple[str, ...]:
    """Give what the plan is for, but what speaks of somebody else of the family."""
    aims = dict.fromkeys(written_aims(plan))
    return tuple(text for text in aims if not speaks_of_others(household, person, text))


def written_aims(plan: SupportPlan) -> tuple[str, ...]:
    """Give the plan's goal and the aims of its rows."""
    texts = (plan.plan_goal, *(goal.aim for goal in plan.goals))
    return tuple(text for text in texts if text)


def row_is_told(household: Household, person: Person, row: RoleAssignment) -> bool:
    """Whether a row of the plan is told to the person.

    Not what speaks of somebody else of the family. To one from whom somebody hides, only what
    that person does: what others do may lead there.
    """
    if person.is_opponent and row.doer is not DoerKind.CLIENT:
        return False
    return not speaks_of_others(household, person, row.what or "")


def speaks_of_others(household: Household, person: Person, text: str) -> bool:
    """Whether a sentence of the office names another member, or somebody as kin.

    It is asked of what the office wrote; a wish is the person's own, whoever is in it.
    """
    others = [other for other in household.members if other.id != person.id]
    given = [name.split()[-1] for other in others if (name := other.name or "")]
    return _KIN.search(text) is not None or any(
        len(name) >= _SHORT and name in text for name in given
    )


def may_hand_out(basis: Basis) -> list[Problem]:
    """Ask: is there a paper for the person of an item on this basis? (rules 14, 19)"""
    if basis.requires_consent and not basis.anonymous:
        return []
    return [
        Problem(
            rule="own_copy.basis",
            message="この会議の資料は、ご本人に渡すものではありません。",
            remedy="本人の同意で開く会議の案件で作ってください。",
            strength=Strength.FORBIDDEN,
            box="basis",
        )
    ]
