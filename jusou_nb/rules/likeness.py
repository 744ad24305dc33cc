"""Could this person be one whom the office has met before? Equal names alone are a weak hint."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from jusou_nb.choices import Choice
from jusou_nb.names import fold
from jusou_nb.rules.recorded import Known

_HYPHENS = re.compile(r"丁目|番地の?|番|号|[‐‑‒–—―ー−の]")
_NUMBERS = re.compile(r"[\d()-]{9,}")
_DIGITS = 9

HIDDEN = "秘匿の連絡先が一致（内容は表示しません）"
"""Said of a person under 秘匿 instead of which box it was that agreed."""


class Strength(Choice):
    """How far a likeness goes."""

    STRONG = "strong", "同じ人と思われます"
    HOUSEHOLD = "household", "同じ世帯かもしれません"
    WEAK = "weak", "弱い手がかり（別の人のこともあります）"


@dataclass(frozen=True, kw_only=True)
class Traces(Known):
    """A person with the whereabouts by which one is found again; never to be shown."""

    address: str = ""
    telephone: str = ""
    is_masked: bool = False

    @cached_property
    def address_key(self) -> str:
        """The address without what only its spelling tells apart."""
        return address_key(self.address)

    @cached_property
    def numbers(self) -> frozenset[str]:
        """The telephone numbers in the box, digits only."""
        return telephone_numbers(self.telephone)


def address_key(text: str) -> str:
    """Fold an address: 1丁目2番3号 and 1-2-3 are one."""
    return _HYPHENS.sub("-", fold(text)).strip("-")


def telephone_numbers(text: str) -> frozenset[str]:
    """Find the telephone numbers in a text; short ones are none."""
    plain = _HYPHENS.sub("-", unicodedata.normalize("NFKC", text))
    found = (re.sub(r"\D", "", number) for number in _NUMBERS.findall(plain))
    return frozenset(number for number in found if len(number) >= _DIGITS)


def reasons(one: Traces, other: Traces, town: str = "") -> tuple[tuple[str, ...], Strength | None]:
    """Ask: what speaks for one person, or one household, and how strongly?

    Args:
        one: Who is here now.
        other: Whom the office knows.
        town: The municipality's name, which an address may leave out.

    Returns:
        The reasons in words without any value, and the strength (None: nothing speaks for it).
    """
    named = tuple(_named(one, other))
    found = tuple(_found(one, other, town))
    whereabouts = (HIDDEN,) if found and other.is_masked else found
    born = ("生年月日が同じ",) if _is_born_alike(one, other) else ()
    return (*named, *born, *whereabouts), _strength(named=named, born=born, found=found)


def _strength(
    *, named: tuple[str, ...], born: tuple[str, ...], found: tuple[str, ...]
) -> Strength | None:
    if named and (born or found):
        return Strength.STRONG
    if found:
        return Strength.HOUSEHOLD
    return Strength.WEAK if named else None


def _named(one: Traces, other: Traces) -> Iterator[str]:
    if not (one.is_named and other.is_named):
        return
    if one.name_key and one.name_key == other.name_key:
        yield "氏名が同じ"
    if one.kana_key and one.kana_key == other.kana_key:
        yield "フリガナが同じ"


def _is_born_alike(one: Traces, other: Traces) -> bool:
    return one.birth is not None and one.birth.whole is not None and one.birth == other.birth


def _found(one: Traces, other: Traces, town: str) -> Iterator[str]:
    if one.numbers & other.numbers:
        yield "電話番号が同じ"
    here, there = (person.address_key.removeprefix(fold(town)) for person in (one, other))
    if here and here == there:
        yield "住所が同じ"
