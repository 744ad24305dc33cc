"""The figures of a month with the records behind each: what 月次締め freezes.

Days are inclusive on both ends. What counts is defined by the year's indicators
(:mod:`jusou_nb.store.yearly`), the moves of cases by :mod:`jusou_nb.store.case_moves`.
"""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from jusou_nb.store.indicators import moved_cases
from jusou_nb.store.yearly import CATALOGUE, records

if TYPE_CHECKING:
    from jusou_nb.store.core import Store


@dataclass(frozen=True, kw_only=True)
class MonthFigure:
    """A figure, and the records that it counts (a case that moved twice stands twice).

    Attributes:
        code: Its stable name.
        label: Its name in Japanese.
        table: The table of its records.
        ids: The records, in order.
    """

    code: str
    label: str
    table: str
    ids: tuple[int, ...]

    @property
    def value(self) -> int:
        """How many."""
        return len(self.ids)


_MOVES = {
    "carried": "繰越",
    "new": "新規",
    "reopened": "再開",
    "closed": "終結",
    "suspended": "中断",
    "standing": "期末現在",
}
_YEARLY = (
    ("intakes", "相談受付（件）", "intakes", None),
    ("referrals", "つなぎ（件）", "referrals", None),
    ("plans_first", "プラン 初回（件）", "plans_by_sequence", "first"),
    ("plans_again", "再プラン（件）", "plans_by_sequence", "again"),
    ("plans_agreed", "会議で了承（件）", "plans_agreed", None),
    ("plans_decided", "支援決定（件）", "plans_decided", None),
)
"""Code and name of a figure, and the indicator of the year that defines it, with its part."""


def month_figures(store: "Store", first: date, last: date, today: date) -> list[MonthFigure]:
    """Give every figure of a month; sittings after ``today`` are not counted yet."""
    intakes, *others = (
        _figure(store, code, label, (one, part), (first, last))
        for code, label, one, part in _YEARLY
    )
    moved = moved_cases(store, first, last)
    cases = [
        MonthFigure(code=code, label=f"ケース {label}", table="cases", ids=tuple(moved[code]))
        for code, label in _MOVES.items()
    ]
    households = _households(store, first, last)
    return [intakes, households, *others, *cases, *_sittings(store, first, min(last, today))]


def _figure(
    store: "Store",
    code: str,
    label: str,
    counted: tuple[str, str | None],
    span: tuple[date, date],
) -> MonthFigure:
    name, part = counted
    one = CATALOGUE[name]
    ids = tuple(id_ for id_, _ in records(store, one, *span, part))
    return MonthFigure(code=code, label=label, table=one.table, ids=ids)


def _households(store: "Store", first: date, last: date) -> MonthFigure:
    found = {home for _, home in records(store, CATALOGUE["intakes"], first, last) if home}
    return MonthFigure(
        code="households", label="相談のあった世帯", table="households", ids=tuple(sorted(found))
    )


def _sittings(store: "Store", first: date, last: date) -> list[MonthFigure]:
    """Give 開催 and 案件 of every basis that hears single cases."""
    return [
        _figure(store, f"{code}/{basis.code}", f"{basis.label} {word}",
                (f"{code}_by_basis", basis.code), (first, last))
        for basis in store.profile.bases
        if not basis.anonymous
        for code, word in (("sittings", "開催（回）"), ("items", "案件（件）"))
    ]  # fmt: skip
