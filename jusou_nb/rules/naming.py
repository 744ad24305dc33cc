"""Does a text that is to name nobody name somebody all the same?"""

import re
from collections.abc import Iterable

from jusou_nb.problems import Problem

_TITLES = "さん|氏|様|家|宅|君|くん|ちゃん"


def named_in(text: str, names: Iterable[str]) -> list[str]:
    """Give the names that occur in a text: whole, the given one, or the family's with a title.

    A family name by itself may be a place's (見本市), and is passed over.
    """
    bare = "".join(text.split())
    return [name for name in names if name.strip() and _occurs(name, bare)]


def _occurs(name: str, bare: str) -> bool:
    family, *given = name.split()
    whole = "".join(name.split())
    if whole in bare or any(len(part) > 1 and part in bare for part in given):
        return True
    return re.search(f"{re.escape(family)}(?:{_TITLES})", bare) is not None


def tells_names(rule: str, box: str, text: str | None, names: Iterable[str]) -> list[Problem]:
    """Ask of a text that leaves the case: does somebody of the household stand in it by name?"""
    if not named_in(text or "", names):
        return []
    return [
        Problem(
            rule=rule,
            message="世帯の人の氏名が入っています。",
            remedy="氏名を「本人」「母」「A氏」などに直してください。",
            box=box,
        )
    ]
