"""Could this person be one whom the office has met before? Equal names alone are a weak hint."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from jusou_nb.choices import Choice
from jusou_nb.names import fold
from jusou_nb.rules.recorded import Known

_HYPHENS = re.compile(r"丁目|番地の?|番|号|[‐‑‒–—―ー−の]")
_NUMBERS = re.compile(r"[\d()-]{9,}")
_MAIDEN = re.compile(r"[（(]\s*旧姓[\s:：]*([^）)]+?)\s*[）)]")
_DIGITS = 9
_TWO = 2

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
    def names(self) -> frozenset[str]:
        """The name folded: as written, surname and name the other way round, 旧姓."""
        return spellings(self.name) if self.is_named else frozenset()

    @cached_property
    def kanas(self) -> frozenset[str]:
        """The reading folded: as written, and surname and name the other way round."""
        return spellings(self.kana) if self.is_named else frozenset()

    @cached_property
    def given_kana(self) -> str:
        """The reading of the name without the surname, where the two are written apart."""
        parts = self.kana.split()
        return fold(parts[-1]) if self.is_named and len(parts) > 1 else ""

    @cached_property
    def surname(self) -> str:
        """The surname, where it is written apart."""
        parts = _plain(self.name).split()
        return fold(parts[0]) if self.is_named and len(parts) > 1 else ""

    @cached_property
    def address_key(self) -> str:
        """The address without what only its spelling tells apart."""
        return address_key(self.address)

    @cached_property
    def numbers(self) -> frozenset[str]:
        """The telephone numbers in the box, digits only."""
        return telephone_numbers(self.telephone)


@lru_cache(maxsize=4096)
def spellings(text: str) -> frozenset[str]:
    """Fold a name in every way in which it may stand elsewhere; nothing gives nothing."""
    parts = _plain(text).split()
    found = {fold("".join(parts))}
    if len(parts) == _TWO:
        found.add(fold("".join(reversed(parts))))
    if (maiden := _MAIDEN.search(text)) and len(parts) > 1:
        found.add(fold(maiden[1] + parts[-1]))
    return frozenset(found - {""})


def _plain(text: str) -> str:
    """A name without its 旧姓 in brackets."""
    return _MAIDEN.sub(" ", text)


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
    born, is_sure = _born(one, other)
    if not named:
        named = tuple(_given(one, other))
        is_sure = False
    found = tuple(_found(one, other, town, is_named=bool(named)))
    whereabouts = (HIDDEN,) if found and other.is_masked else found
    told = () if not (named or found) else born
    return (*named, *told, *whereabouts), _strength(named=named, sure=is_sure, found=found)


def _strength(*, named: tuple[str, ...], sure: bool, found: tuple[str, ...]) -> Strength | None:
    if named and (sure or found):
        return Strength.STRONG
    if found:
        return Strength.HOUSEHOLD
    return Strength.WEAK if named else None


def _named(one: Traces, other: Traces) -> Iterator[str]:
    if not (one.is_named and other.is_named):
        return
    if one.name_key and one.name_key == other.name_key:
        yield "氏名が同じ"
    elif one.names & other.names:
        yield "姓と名の順か、旧姓を入れ替えると氏名が同じ"
    if one.kana_key and one.kana_key == other.kana_key:
        yield "フリガナが同じ"
    elif one.kanas & other.kanas:
        yield "姓と名を入れ替えるとフリガナが同じ"


def _given(one: Traces, other: Traces) -> Iterator[str]:
    """Who married may have another surname; the rest of the reading and the birthday stay."""
    if one.given_kana and one.given_kana == other.given_kana and _is_born_alike(one, other):
        yield "姓は違い、名のフリガナが同じ"


def _is_born_alike(one: Traces, other: Traces) -> bool:
    return one.birth is not None and one.birth.whole is not None and one.birth == other.birth


def _born(one: Traces, other: Traces) -> tuple[tuple[str, ...], bool]:
    """Say how far the birthdays agree, and whether that far is enough beside a name."""
    if one.birth is None or other.birth is None:
        return (), False
    if _is_born_alike(one, other):
        return ("生年月日が同じ",), True
    pairs = [(one.birth.month, other.birth.month), (one.birth.day, other.birth.day)]
    if one.birth.year != other.birth.year or any(a and b and a != b for a, b in pairs):
        return (), False
    has_month = bool(one.birth.month and other.birth.month)
    return ("生年月日が、分かるところまで同じ",), has_month


def _found(one: Traces, other: Traces, town: str, *, is_named: bool) -> Iterator[str]:
    if one.numbers & other.numbers:
        yield "電話番号が同じ"
    here, there = (person.address_key.removeprefix(fold(town)) for person in (one, other))
    if here and here == there:
        family = not is_named and one.surname and one.surname == other.surname
        yield "同じ住所に同じ姓" if family else "住所が同じ"
