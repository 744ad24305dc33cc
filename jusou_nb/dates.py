"""年度, 和暦, ages, and dates that are known only in part."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

APRIL = 4
_ERAS = (
    ("令和", "R", date(2019, 5, 1), None),
    ("平成", "H", date(1989, 1, 8), date(2019, 4, 30)),
    ("昭和", "S", date(1926, 12, 25), date(1989, 1, 7)),
    ("大正", "T", date(1912, 7, 30), date(1926, 12, 24)),
    ("明治", "M", date(1868, 1, 25), date(1912, 7, 29)),
)
_ERA = re.compile(
    r"(?P<era>令和|平成|昭和|大正|明治|[RHSTMrhstm])\s*(?P<year>\d{1,2}|元)\s*(?:年|[./-])"
    r"(?:\s*(?P<month>\d{1,2})\s*(?:月|[./-]|$)(?:\s*(?P<day>\d{1,2})\s*日?)?)?"
)
_WESTERN = re.compile(
    r"(?P<year>\d{4})\s*(?:年|[./-]|$)"
    r"(?:\s*(?P<month>\d{1,2})\s*(?:月|[./-]|$)(?:\s*(?P<day>\d{1,2})\s*日?)?)?"
)
_FIRST_OF_REIWA = 2019
_BARE = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{1,2}")


@dataclass(frozen=True, order=True)
class PartialDate:
    """A date known to the day, or to the month or year only."""

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        """Refuse a day that does not exist (ValueError)."""
        date(self.year, self.month or 1, self.day or 1)

    @classmethod
    def from_iso(cls, text: str) -> Self:
        """Read ``1980``, ``1980-04`` or ``1980-04-01``."""
        return cls(*(int(part) for part in text.split("-")))

    @classmethod
    def of(cls, day: date) -> Self:
        """Make one from a whole date."""
        return cls(day.year, day.month, day.day)

    @property
    def whole(self) -> date | None:
        """The date, when it is known to the day."""
        if self.month is None or self.day is None:
            return None
        return date(self.year, self.month, self.day)

    def iso(self) -> str:
        """Write as ISO, no longer than what is known."""
        parts = [f"{self.year:04}"]
        parts += [f"{part:02}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)


@dataclass(frozen=True)
class ReadDate:
    """A date as it was read, and what was odd about its spelling (empty: nothing)."""

    value: PartialDate
    remark: str = ""


def read_date(text: str) -> ReadDate:
    """Read a date as offices write it.

    Takes both calendars, 元年, one-letter and one-character eras, full width, and the
    separators ``. / - 年月日``. An era that had ended by that day is taken and remarked.

    Raises:
        ValueError: In Japanese, when the text is no date or names no era (``8.4.10``).
    """
    folded = unicodedata.normalize("NFKC", text).strip()
    if match := _ERA.fullmatch(folded):
        return _from_era(match)
    if match := _WESTERN.fullmatch(folded):
        return ReadDate(_partial(int(match["year"]), match, text))
    if _BARE.fullmatch(folded):
        raise ValueError(f"「{text}」は元号か西暦4桁を付けてください（例 R8.4.10）")
    raise ValueError(f"「{text}」は日付として読めません（例 令和8年4月10日、2026/4/10）")


def _from_era(match: re.Match[str]) -> ReadDate:
    name, _, begins, ends = next(
        era for era in _ERAS if match["era"] in era[0] or match["era"].upper() == era[1]
    )
    number = 1 if match["year"] == "元" else int(match["year"])
    if number == 0:
        raise ValueError(f"「{match.string}」の年が0です")
    value = _partial(begins.year + number - 1, match, match.string)
    first = date(value.year, value.month or 1, value.day or 1)
    if ends is not None and first > ends:
        return ReadDate(value, f"{name}は{wareki(ends)}までです（{wareki(value)}として読みました）")
    if value.whole is not None and value.whole < begins:
        return ReadDate(
            value, f"{name}は{wareki(begins)}からです（{wareki(value)}として読みました）"
        )
    return ReadDate(value)


def _partial(year: int, match: re.Match[str], text: str) -> PartialDate:
    month, day = (int(match[part]) if match[part] else None for part in ("month", "day"))
    try:
        return PartialDate(year, month, day)
    except ValueError:
        raise ValueError(f"「{text}」は暦にない日付です") from None


def wareki(day: date | PartialDate) -> str:
    """Write in the Japanese calendar, no more exactly than the date is known."""
    known = day if isinstance(day, PartialDate) else PartialDate.of(day)
    month = "" if known.month is None else f"{known.month}月"
    rest = month + ("" if known.day is None else f"{known.day}日")
    return f"{era_year(known)}{rest}"


def era_year(day: date | PartialDate) -> str:
    """Write the year only: 令和8年, 令和元年; before 明治 the western year."""
    # A year known without its month is named by the era in which that year ended.
    known = date(day.year, day.month or 12, day.day or 28)
    for name, _, begins, _ in _ERAS:
        if known >= begins:
            number = day.year - begins.year + 1
            return f"{name}{'元' if number == 1 else number}年"
    return f"{day.year}年"


def era_number(year: int) -> int:
    """Give the year within the era that was running on 1 April of that year."""
    begins = next(era[2] for era in _ERAS if date(year, APRIL, 1) >= era[2] or era[1] == "M")
    return year - begins.year + 1


def fiscal_year(day: date) -> int:
    """Give the 年度 of a day: April to March, named by the year in which it began."""
    return day.year if day.month >= APRIL else day.year - 1


def fiscal_year_name(year: int) -> str:
    """Write a 年度: 令和8年度."""
    # 令和元年度 is the usual name of 2019, though it began in 平成31年.
    return "令和元年度" if year == _FIRST_OF_REIWA else f"{era_year(date(year, APRIL, 1))}度"


def age_on(birth: PartialDate, day: date) -> int | None:
    """Give the age on a day, or None where the birth is not known well enough.

    A person reaches an age at the end of the day before the birthday (年齢計算ニ関スル法律),
    but offices count from the birthday itself, and so does this.
    """
    born = birth.whole
    if born is None:
        return None
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def month_of(text: str) -> tuple[date, date]:
    """Read ``2026-10`` as its first and last day.

    Raises:
        ValueError: In Japanese, when it is no month.
    """
    if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", text):
        raise ValueError(f"月「{text}」は 2026-10 の形で入れてください（月は01〜12）")
    first = date.fromisoformat(f"{text}-01")
    return first, next_month(first) - timedelta(days=1)


def month_name(month: date | str) -> str:
    """Write the month of a day, or ``2026-10``, as an office does: 令和8年10月."""
    day = month_of(month)[0] if isinstance(month, str) else month
    return f"{era_year(day)}{day.month}月"


def months_after(day: date, months: int) -> date:
    """Give the same day so many months later, or the last of that month where it has none."""
    first = date(day.year, day.month, 1)
    for _ in range(months):
        first = next_month(first)
    last = next_month(first) - timedelta(days=1)
    return min(last, first + timedelta(days=day.day - 1))


def next_month(day: date) -> date:
    """Give the first day of the month after a day."""
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)
