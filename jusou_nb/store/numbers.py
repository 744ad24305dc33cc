"""受付番号: by the profile's pattern per 年度, next after the highest, never used again."""

import re
from collections.abc import Iterable
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
    return Numbers(store).next(day)


class Numbers:
    """Gives many numbers in one transaction; those of ``reserved`` are passed over."""

    def __init__(self, store: "Store", reserved: Iterable[str] = ()) -> None:
        """Start from what the store holds when a 年度 is first asked for."""
        self._store = store
        self._reserved = tuple(reserved)
        self._highest: dict[int, int] = {}

    def next(self, day: date) -> str:
        """Give the next number of the 年度 of a day."""
        year = fiscal_year(day)
        letter = next(sign for begin, sign in _ERA_LETTERS.items() if year >= begin)
        pattern = self._store.profile.number_pattern
        parts: dict[str, str | int] = {"era": letter, "year": era_number(year), "fiscal_year": year}
        if year not in self._highest:
            self._highest[year] = self._find_highest(year, _shape(pattern, parts))
        self._highest[year] += 1
        return pattern.format(**parts, serial=self._highest[year])

    def _find_highest(self, year: int, shape: re.Pattern[str]) -> int:
        start = date(year, APRIL, 1).isoformat()
        end = date(year + 1, APRIL, 1).isoformat()
        rows = self._store.db.execute(
            "SELECT number FROM intakes WHERE received_on >= ? AND received_on < ?", [start, end]
        )
        numbers = [*(number for (number,) in rows if number), *self._reserved]
        serials = [int(m[1]) for n in numbers if (m := shape.fullmatch(fold(n)))]
        return max(serials, default=0)


def _shape(pattern: str, parts: dict[str, str | int]) -> re.Pattern[str]:
    """Make a search for the serial in numbers of this pattern."""
    before, _, after = pattern.partition("{serial")
    tail = after.partition("}")[2]
    return re.compile(
        re.escape(fold(before.format(**parts))) + r"(\d+)" + re.escape(fold(tail.format(**parts)))
    )


def by_spelling(store: "Store") -> dict[str, int]:
    """Give the ids of all intakes by 受付番号, folded as :func:`names.fold` does."""
    sql = "SELECT number, id FROM intakes WHERE number IS NOT NULL AND struck_at IS NULL"
    return {fold(number): record_id for number, record_id in store.db.execute(sql)}
