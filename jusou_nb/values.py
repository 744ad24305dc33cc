"""How the value of a box is kept in a column, shown to people, and read from their text."""

import json
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from jusou_nb import names, spelling
from jusou_nb.choices import Option
from jusou_nb.dates import PartialDate, read_date, wareki
from jusou_nb.fields import Item, Kind, StatedAge, Writing
from jusou_nb.profile import Profile

YES, NO = "はい", "いいえ"
MASKED = "秘匿"
"""Stands in the place of a value that is withheld; an import leaves such a cell alone."""

_AGE_TEXT = {"unknown": "不明", "about": "推定{}", "decade": "{}代", "exact": "{}"}
_AGES = (
    (re.compile(r"不明"), "unknown"),
    (re.compile(r"(?:推定|約)(\d{1,3})歳?"), "about"),
    (re.compile(r"(\d{1,3})歳?(?:くらい|ぐらい|位|前後)"), "about"),
    (re.compile(r"(\d{1,2}0)歳?代"), "decade"),
    (re.compile(r"(\d{1,3})歳?"), "exact"),
)
_YES = frozenset({"はい", "あり", "有", "○", "◯", "〇", "1", "true", "yes", "有り"})
_NO = frozenset({"いいえ", "なし", "無", "×", "0", "false", "no", "無し"})


@dataclass(frozen=True)
class Lexicon:
    """The words that codes and ids stand for: the profile's, and the store's own names.

    ``refs`` maps a table to the names of its records by id; ``spellings`` to the ids by
    squeezed name or alias.
    """

    profile: Profile
    refs: Mapping[str, Mapping[int, str]] = field(default_factory=dict)
    spellings: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    def options(self, box: Item) -> tuple[Option, ...]:
        """What can be chosen in a box, records of another table included."""
        if box.ref:
            return tuple(Option(str(id_), name) for id_, name in self.refs.get(box.ref, {}).items())
        return box.options(self.profile)


@dataclass(frozen=True)
class Reading:
    """What a text was read as, and what was odd about it (empty: nothing)."""

    value: Any
    remark: str = ""


def to_column(box: Item, value: Any) -> str | int | None:
    """Give the value as SQLite keeps it: several values as a JSON array."""
    if value is None:
        return None
    if box.many:
        return json.dumps([_plain(box.kind, v) for v in value], ensure_ascii=False)
    return _plain(box.kind, value)


def from_column(box: Item, raw: Any) -> Any:
    """Give the value of a box from what SQLite kept."""
    if raw is None:
        return None
    if box.many:
        return tuple(_rich(box, v) for v in json.loads(raw))
    return _rich(box, raw)


def _plain(kind: Kind, value: Any) -> str | int:
    if kind is Kind.PARTIAL_DATE:
        return str(value.iso())
    if kind in (Kind.DATE, Kind.MOMENT):
        return str(value.isoformat())
    if kind is Kind.AGE:
        return value.manner if value.years is None else f"{value.manner}:{value.years}"
    if kind in (Kind.FLAG, Kind.NUMBER, Kind.REF):
        return int(value)
    return str(value)


def _age(raw: str) -> StatedAge:
    manner, _, years = raw.partition(":")
    return StatedAge(manner, int(years) if years else None)


_RICH: dict[Kind, Callable[[Any], Any]] = {
    Kind.FLAG: bool,
    Kind.DATE: date.fromisoformat,
    Kind.MOMENT: datetime.fromisoformat,
    Kind.PARTIAL_DATE: PartialDate.from_iso,
    Kind.AGE: _age,
}


def _rich(box: Item, raw: Any) -> Any:
    if box.choice is not None:
        return box.choice.of(raw)
    return _RICH.get(box.kind, lambda v: v)(raw)


def show(box: Item, value: Any, lexicon: Lexicon) -> str:
    """Write a value for people: labels for codes, 和暦 for dates, 、 between several."""
    if value is None:
        return ""
    if box.many:
        return "、".join(_show_one(box, v, lexicon) for v in value)
    return _show_one(box, value, lexicon)


def _show_one(box: Item, value: Any, lexicon: Lexicon) -> str:
    match box.kind:
        case Kind.FLAG:
            return YES if value else NO
        case Kind.DATE | Kind.PARTIAL_DATE:
            return wareki(value)
        case Kind.MOMENT:
            return f"{wareki(value.date())} {value:%H:%M}"
        case Kind.AGE:
            return _AGE_TEXT[value.manner].format(value.years)
        case Kind.CHOICE:
            return str(value.label)
        case Kind.CODE:
            known = lexicon.profile.codes(box.codes or "").by_code.get(value)
            return known.label if known else str(value)
        case Kind.REF:
            return lexicon.refs.get(box.ref or "", {}).get(value, f"（{value}）")
        case _:
            return str(value)


def read(box: Item, text: str, lexicon: Lexicon) -> Reading:
    """Read what somebody wrote into a box.

    Raises:
        ValueError: In Japanese, when the text cannot be a value of this box.
    """
    if not text.strip():
        return Reading(None)
    if box.kind in (Kind.CODE, Kind.CHOICE, Kind.REF):
        return Reading(_read_known(box, text, lexicon))
    if box.many:
        return Reading(tuple(part.strip() for part in text.splitlines() if part.strip()))
    return _READERS[box.kind](box, text)


def _read_known(box: Item, text: str, lexicon: Lexicon) -> Any:
    if box.kind is Kind.REF:
        known: Mapping[str, Any] = lexicon.spellings.get(box.ref or "", {})
    else:
        known = {spelling.squeeze(s): o.code for o in lexicon.options(box) for s in o.spellings}
    if box.many:
        return tuple(_rich(box, code) for code in spelling.read_many(text, known))
    return _rich(box, spelling.read_one(text, known))


def _read_number(_box: Item, text: str) -> Reading:
    plain = unicodedata.normalize("NFKC", text).strip()
    match = re.fullmatch(r"(-?\d{1,12})(?:\.0)?[人件回日]?", plain)
    if not match:
        raise ValueError(f"「{text}」は数として読めません")
    return Reading(int(match[1]))


def _read_flag(box: Item, text: str) -> Reading:
    plain = spelling.squeeze(text)
    if plain in _YES or plain == spelling.squeeze(box.label):
        return Reading(True)
    if plain in _NO:
        return Reading(False)
    raise ValueError(f"「{text}」は「{YES}」か「{NO}」で入れてください")


def _read_age(_box: Item, text: str) -> Reading:
    plain = spelling.squeeze(text)
    for pattern, manner in _AGES:
        if match := pattern.fullmatch(plain):
            return Reading(StatedAge(manner, int(match[1]) if match.groups() else None))
    raise ValueError(f"「{text}」は年齢として読めません（例 50、80代、推定40、不明）")


def _read_date(_box: Item, text: str) -> Reading:
    found = read_date(text)
    if found.value.whole is None:
        raise ValueError(f"「{text}」は日まで入れてください")
    return Reading(found.value.whole, found.remark)


def _read_partial(_box: Item, text: str) -> Reading:
    found = read_date(text)
    return Reading(found.value, found.remark)


def _read_moment(_box: Item, text: str) -> Reading:
    plain = unicodedata.normalize("NFKC", text).strip()
    day, _, clock = plain.rpartition(" ")
    found = read_date(day or plain)
    if found.value.whole is None or not re.fullmatch(r"\d{1,2}:\d{2}", clock):
        raise ValueError(f"「{text}」は日付と時刻で入れてください（例 2026/4/10 13:30）")
    hour, minute = (int(part) for part in clock.split(":"))
    return Reading(datetime(*_ymd(found.value.whole), hour, minute), found.remark)


def _ymd(day: date) -> tuple[int, int, int]:
    return day.year, day.month, day.day


_WRITTEN: Mapping[Writing, Callable[[str], str]] = {
    Writing.READING: names.katakana,
    Writing.TELEPHONE: names.phone,
    Writing.ADDRESS: names.address,
}


def tidy(box: Item, value: Any) -> Any:
    """Write a text as all forms do: readings in katakana, numbers in half width."""
    if box.writing is None or not isinstance(value, str):
        return value
    return _WRITTEN[box.writing](value)


_READERS: dict[Kind, Callable[[Item, str], Reading]] = {
    Kind.TEXT: lambda box, text: Reading(tidy(box, text.strip())),
    Kind.NUMBER: _read_number,
    Kind.FLAG: _read_flag,
    Kind.AGE: _read_age,
    Kind.DATE: _read_date,
    Kind.PARTIAL_DATE: _read_partial,
    Kind.MOMENT: _read_moment,
}
