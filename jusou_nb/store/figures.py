"""The figures of a 年度 that towns look at: each counted by one definition, named by the town."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from jusou_nb.errors import NotFound
from jusou_nb.forms.case import CaseStatus
from jusou_nb.forms.participation import MatchStage
from jusou_nb.store import community, indicators, long_cases, outreach
from jusou_nb.store.yearly import CATALOGUE, count

if TYPE_CHECKING:
    from jusou_nb.store.core import Store

Count = Callable[["Store", date, date], int]
_SETTLED = (MatchStage.SETTLED_3, MatchStage.SETTLED_6)


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One figure under the town's own name for it."""

    code: str
    label: str
    value: int


def figures(store: "Store", first: date, last: date) -> list[Figure]:
    """Count what the town's profile looks at (its ``indicators``), in its order.

    Raises:
        NotFound: The profile names a figure that is not counted.
    """
    found = []
    for row in store.profile.indicators:
        if row.code not in FIGURES:
            known = "、".join(FIGURES)
            raise NotFound(f"指標「{row.code}」の数え方がありません（あるもの: {known}）")
        value = FIGURES[row.code](store, first, last)
        found.append(Figure(code=row.code, label=row.label, value=value))
    return found


def rounds(store: "Store", first: date, last: date) -> int:
    """巡回・出張相談: how many were held. Date: 実施日."""
    return outreach.rounds(store, first, last).rounds


def settled(store: "Store", first: date, last: date) -> int:
    """定着した人: persons with a matching that reached 3 or 6 months. Date: 歩みの日."""
    marks = ", ".join(f"'{stage.value}'" for stage in _SETTLED)
    sql = (
        "SELECT count(DISTINCT k.client_id) FROM match_steps AS s"
        " JOIN matchings AS m ON m.id = s.matching_id JOIN cases AS k ON k.id = m.case_id"
        " WHERE s.struck_at IS NULL AND m.struck_at IS NULL AND k.struck_at IS NULL"
        f" AND s.stage IN ({marks}) AND s.reached_on BETWEEN ? AND ?"
    )
    return _one(store, sql, first, last)


def second_desk(store: "Store", first: date, last: date) -> int:
    """二次受付で受けた相談. Date: 相談受付日."""
    return indicators.intakes_by_desk(store, first, last).get("second", 0)


def in_touch(store: "Store", _first: date, last: date) -> int:
    """フォローのケース, as they stood on the last day."""
    return indicators.cases_by_status(store, last)[CaseStatus.CHECK_IN.value]


def stuck(store: "Store", _first: date, last: date) -> int:
    """滞っているケース, as they stand on the last day; see ``long_cases.stuck_cases``."""
    return len(long_cases.stuck_cases(store, last))


def _one(store: "Store", sql: str, first: date, last: date) -> int:
    return int(store.db.execute(sql, [first.isoformat(), last.isoformat()]).fetchone()[0] or 0)


def _year(code: str) -> Count:
    """Give an indicator of the year as a figure."""
    return lambda store, first, last: count(store, CATALOGUE[code], first, last)


FIGURES: Mapping[str, Count] = {
    **{code: _year(code) for code in CATALOGUE},
    "second_desk": second_desk,
    "rounds": rounds,
    "settled": settled,
    "from_gatherings": community.intakes_from_gatherings,
    "in_touch": in_touch,
    "stuck": stuck,
}
"""How each figure is counted, by its code: every indicator of the year, and a few beside."""
