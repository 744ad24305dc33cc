"""受付番号: by the profile's pattern per 年度, next after the highest, never used again."""

import re
from datetime import date
from typing import TYPE_CHECKING

from jusou_nb.dates import APRIL, era_number, fiscal_year
from jusou_nb.names import fold

if TYPE_CHECKING:
    from jusou_nb.store.core import Store

_ERA_LETTERS = {2019: "R", 1989: "H", 0: "S"}


def next_number(store: "Store", day: date) -> str:
    """Give the next 受付番号 of the 年度 of a day.

    To be called inside the transaction that saves it: the write lock makes it safe for two
    workers. Struck records keep their number, so it never comes again.
    """
    year = fiscal_year(day)
    letter = next(sign for begin, sign in _ERA_LETTERS.items() if year >= begin)
    pattern = store.profile.number_pattern
    parts: dict[str, str | int] = {"era": letter, "year": era_number(year), "fiscal_year": year}
    start = date(year, APRIL, 1).isoformat()
    end = date(year + 1, APRIL, 1).isoformat()
    rows = store.db.execute(
        "SELECT number FROM intakes WHERE received_on >= ? AND received_on < ?", [start, end]
    )
    shape = _shape(pattern, parts)
    serials = [int(m[1]) for (n,) in rows if n and (m := shape.fullmatch(fold(n)))]
    return pattern.format(**parts, serial=max(serials, default=0) + 1)


def _shape(pattern: str, parts: dict[str, str | int]) -> re.Pattern[str]:
    """Make a search for the serial in numbers of this pattern."""
    before, _, after = pattern.partition("{serial")
    tail = after.partition("}")[2]
    return re.compile(
        re.escape(fold(before.format(**parts))) + r"(\d+)" + re.escape(fold(tail.format(**parts)))
    )
