"""A code and its Japanese on one line.

A :class:`Choice` is for what the law or the program's logic fixes. What a town may word
otherwise (routes, issues, agencies …) is a code list of the profile instead.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Self


@dataclass(frozen=True)
class Option:
    """One value that a coded box can hold, wherever its list comes from."""

    code: str
    label: str
    aliases: tuple[str, ...] = ()
    flags: frozenset[str] = frozenset()
    group: str = ""

    @property
    def spellings(self) -> tuple[str, ...]:
        """Every text that means this option."""
        return (self.label, *self.aliases)


class Choice(StrEnum):
    """An enumeration whose members carry label and aliases: ``GIVEN = "given", "同意あり"``."""

    label: str
    aliases: tuple[str, ...]

    def __new__(cls, code: str, label: str, *aliases: str) -> Self:
        """Make a member from its code, its Japanese and other spellings of it."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.label = label
        member.aliases = aliases
        return member

    @classmethod
    def of(cls, code: str) -> Self:
        """Give the member of a stored code (ValueError when there is none)."""
        for member in cls:
            if member.value == code:
                return member
        raise ValueError(f"{cls.__name__}: {code}")

    @classmethod
    def options(cls) -> Sequence[Option]:
        """The members as options, in order."""
        return [Option(m.value, m.label, m.aliases) for m in cls]


class Category(Choice):
    """The six categories of personal information that a person can consent to share.

    They are those of the 都留市 rule on personal information (Article 4), which serve as
    the boxes of the consent form.
    """

    IDENTITY = "identity", "氏名・性別・年齢・住所・電話・家族関係", "氏名等"
    HEALTH = "health", "健康・疾病・障害・介護", "健康等"
    SCHOOLING = "schooling", "就学・通学・通所", "就学等"
    FINANCE = "finance", "収入・資産・債務", "収入等"
    WELFARE_USE = "welfare_use", "福祉制度の利用状況", "制度利用"
    ISSUES = "issues", "生活歴・過去の経験・抱えている課題", "課題等"


class NoCategory(Choice):
    """Why a box belongs to none of the six categories."""

    INFORMANT = "informant", "来談者・情報源"
    OFFICE = "office", "窓口の控え"
    NOT_PERSONAL = "not_personal", "個人の情報ではない"


Scope = Category | NoCategory
"""What every box must state: its category, or that it has none and why."""

INFORMANT = NoCategory.INFORMANT
"""Would betray who told us; on no paper but the chair's copy."""

OFFICE = NoCategory.OFFICE
"""Free remarks of the desk that may hold anything; on no paper but the chair's copy."""

NOT_PERSONAL = NoCategory.NOT_PERSONAL
"""Says nothing of a person that the sitting does not say by itself."""
