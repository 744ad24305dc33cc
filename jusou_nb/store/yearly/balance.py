"""繰越＋新規＋再開−終結−中断＝期末現在, by cases (延べ), persons and households."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from jusou_nb.choices import Choice
from jusou_nb.forms.case import CaseStatus
from jusou_nb.store.case_moves import KIND, MOVES, Balance

if TYPE_CHECKING:
    from jusou_nb.store.core import Store


class Unit(Choice):
    """Whose moves are counted."""

    HOUSEHOLDS = "household_id", "実世帯"
    PERSONS = "client_id", "実人員"
    CASES = "id", "延べ（ケース）"


DEFINITION = (
    "ケースごとに、段階が変わった日で数える。新規は開始日。再開は終結・中断・フォローから動く段階へ"
    "戻ったとき。終結はフォローに移ったときを含む。延べは一つ一つのケースの動きで、二度動けば二度。"
    "実人員と実世帯は、その人・世帯のケースが一つでも動いていれば動いているとし、はじめて動けば新規、"
    "前にも動いていれば再開、最後のケースが終われば終結か中断とする。繰越と期末現在は別に数え、"
    "動きと合うことを確かめる。"
)
COUNTED_ON = "開始日、段階が変わった日"
SOURCE = "実務からの仮置き"

_TURNS = """,
each AS (
  SELECT k.{unit} AS who, steps.case_id, moved_on, nth, steps.status,
  is_open - coalesce(was_open, 0) AS turn FROM steps JOIN cases AS k ON k.id = steps.case_id
),
sums AS (
  SELECT who, moved_on, status, turn, sum(turn) OVER (
    PARTITION BY who ORDER BY moved_on, turn DESC, case_id, nth
    ROWS UNBOUNDED PRECEDING) AS running,
  row_number() OVER (
    PARTITION BY who ORDER BY moved_on, turn DESC, case_id, nth) AS place
  FROM each WHERE turn <> 0
)
"""
"""Adds up how many cases of somebody run after each move; the openings of a day come first, so
that a case handed from one to the next within a day is no break."""


def balance(store: "Store", first: date, last: date, unit: Unit) -> Balance:
    """Count the moves of cases, persons or households in a span; see ``DEFINITION``."""
    moves = _case_moves() if unit is Unit.CASES else _group_moves(unit)
    bound = {
        "first": first.isoformat(),
        "last": last.isoformat(),
        "suspended": CaseStatus.SUSPENDED.value,
    }
    found: dict[str, int] = dict(store.db.execute(moves, bound).fetchall())
    kinds = ("new", "reopened", "closed", "suspended")
    return Balance(
        carried=_standing(store, first - timedelta(days=1), unit),
        standing=_standing(store, last, unit),
        **{kind: found.get(kind, 0) for kind in kinds},
    )


def _case_moves() -> str:
    # A case on which two moves fall on one day counts both, in the order of entry.
    return (
        f"{MOVES} SELECT {KIND} AS kind, count(*) FROM steps"
        " WHERE moved_on >= :first AND kind IS NOT NULL GROUP BY kind"
    )


def _group_moves(unit: Unit) -> str:
    return (
        f"{MOVES}{_TURNS.format(unit=unit.value)} SELECT CASE WHEN turn > 0 THEN"
        " CASE WHEN place = 1 THEN 'new' ELSE 'reopened' END"
        " WHEN status = :suspended THEN 'suspended' ELSE 'closed' END AS kind, count(*)"
        " FROM sums WHERE moved_on >= :first AND ((turn > 0 AND running = 1)"
        " OR (turn < 0 AND running = 0)) GROUP BY kind"
    )


def _standing(store: "Store", day: date, unit: Unit) -> int:
    sql = (
        f"{MOVES} SELECT count(DISTINCT k.{unit.value}) FROM steps"
        " JOIN cases AS k ON k.id = steps.case_id WHERE back = 1 AND is_open"
    )
    return int(store.db.execute(sql, {"last": day.isoformat()}).fetchone()[0])
