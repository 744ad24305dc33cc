"""The town's plan beside its year: each chapter and measure with what was counted of it.

The counts are those of the other tables under the same keys, so that what is hidden there is
hidden here.
"""

from collections.abc import Iterator

from jusou_nb.documents.evaluation_counts import Counted
from jusou_nb.errors import NotFound
from jusou_nb.profile_measures import Measure
from jusou_nb.store import Store
from jusou_nb.store.yearly import CATALOGUE, Way
from jusou_nb.tables import Entry, Rate, Row, Table

MEASURES = "measures"
_NONE = "−"
_NOT_COUNTED = "指標は決めていません"


def require_counted(store: Store) -> None:
    """Ask that every measure names indicators that there are.

    Raises:
        NotFound: It says which measure, and which of its words.
    """
    for one in store.profile.years.measures:
        wrong = [code for code in one.indicators if code not in CATALOGUE]
        if wrong:
            raise NotFound(
                f"プロファイルの施策「{one.measure}」の指標「{'、'.join(wrong)}」はありません。"
                "名前を直してください"
            )


def measure_tables(year: Counted) -> list[Table]:
    """Give the table of the plan's measures of a 年度; none where the town has entered none."""
    own = [m for m in year.store.profile.years.measures if m.fiscal_year == year.span.year]
    if not own:
        return []
    return [
        Table(
            id=MEASURES,
            title="計画の章・施策と指標",
            definition="町の実施計画の施策ごとに、それを見る指標の数を、目標と並べて示す。"
            "数え方は、それぞれの指標の表のとおり。",
            unit="表のとおり",
            counted_on="それぞれの指標の日",
            source="町の実施計画",
            columns=("章・施策", "指標", "実績", "目標", "達成率"),
            rows=tuple(row for measure in own for row in _rows(year, measure)),
        )
    ]


def _rows(year: Counted, measure: Measure) -> Iterator[Row]:
    label = f"{measure.chapter}　{measure.measure}"
    if not measure.indicators:
        yield Row(label, (_NOT_COUNTED, _NONE, _NONE, _NONE))
    for code in measure.indicators:
        one = CATALOGUE[code]
        way = one.main if one.main is not Way.TOTAL else Way.RECORDS
        cell, goal = year.cell(one, way), year.target(one)
        target: Entry = goal or _NONE
        reached: Entry = Rate(cell.key, goal.key) if goal else _NONE
        yield Row(label, (f"{one.title}（{one.counted_by(way)}）", cell, target, reached))
