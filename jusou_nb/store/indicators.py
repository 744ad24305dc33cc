"""What the reports count: SQL, one function each; the docstring is the definition.

Days are inclusive on both ends. Struck records (取消) count nowhere. A code without any
record is counted as 0, a record without a code under ``""`` (未記入).
"""

from datetime import date
from typing import TYPE_CHECKING

from jusou_nb.forms.case import CaseStatus
from jusou_nb.store.case_moves import KIND, MOVES, Balance
from jusou_nb.store.yearly import CATALOGUE, Indicator, Way, by_month, by_part, count, part_names

if TYPE_CHECKING:
    from jusou_nb.store.core import Store

Counts = dict[str, int]


def _days(first: date, last: date) -> dict[str, str]:
    return {"first": first.isoformat(), "last": last.isoformat()}


def _by(store: "Store", one: Indicator, first: date, last: date) -> Counts:
    codes = [*part_names(store, one), ""]
    return {**dict.fromkeys(codes, 0), **by_part(store, one, first, last)}


def intakes_by_route(store: "Store", first: date, last: date) -> Counts:
    """Count 相談受付 (件) by 相談経路, as :mod:`jusou_nb.store.yearly.intakes` defines it."""
    return _by(store, CATALOGUE["intakes_by_route"], first, last)


def intakes_by_desk(store: "Store", first: date, last: date) -> Counts:
    """Count 相談受付 (件) by 一次・二次受付, as the year's indicator does."""
    return _by(store, CATALOGUE["intakes_by_desk_level"], first, last)


def intakes_by_field(store: "Store", first: date, last: date) -> Counts:
    """Count 相談受付 (件) by 分野, as the year's indicator does; the sum may exceed the sheets."""
    return _by(store, CATALOGUE["intakes_by_field"], first, last)


def intakes(store: "Store", first: date, last: date) -> int:
    """Count 相談受付 (件), as the year's indicator does."""
    return count(store, CATALOGUE["intakes"], first, last)


def households_received(store: "Store", first: date, last: date) -> int:
    """Count 相談のあった世帯, as the year's indicator does: at two desks it is one household."""
    return count(store, CATALOGUE["intakes"], first, last, Way.HOUSEHOLDS)


def intakes_by_month(store: "Store", first: date, last: date) -> Counts:
    """Count 相談受付 (件) by month (``2026-04``); months without one are missing."""
    found = by_month(store, CATALOGUE["intakes"], first, last)
    return {month: n for (_, month), n in sorted(found.items())}


def balance(store: "Store", first: date, last: date) -> Balance:
    """Count the moves of cases in a month.

    Counts: cases (件, one a client). 新規: opened; 再開: from 終結・中断・フォロー back to a
    running 段階; 終結: from a running one to 終結 or フォロー; 中断: to 中断. A case that moves
    twice counts twice. 繰越 and 期末現在 are counted by themselves, as the cases running on
    the day before the first and on the last day. Date: 開始日, 段階が変わった日.
    Source: ``cases``, and the chain of changes of their 段階.
    """
    moved = moved_cases(store, first, last)
    return Balance(**{kind: len(ids) for kind, ids in moved.items()})


def moved_cases(store: "Store", first: date, last: date) -> dict[str, list[int]]:
    """Give the cases behind each figure of :func:`balance`, by the name of the figure.

    A case that moves twice stands there twice.
    """
    sql = (
        f"{MOVES} SELECT case_id, {KIND} AS kind FROM steps"
        " WHERE moved_on >= :first AND kind IS NOT NULL ORDER BY case_id"
    )
    bound = {**_days(first, last), "suspended": CaseStatus.SUSPENDED.value}
    moved: dict[str, list[int]] = {kind: [] for kind in ("new", "reopened", "closed", "suspended")}
    for case_id, kind in store.db.execute(sql, bound):
        moved[kind].append(case_id)
    carried = running_ids(store, date.fromordinal(first.toordinal() - 1))
    return {"carried": carried, **moved, "standing": running_ids(store, last)}


def running_ids(store: "Store", day: date) -> list[int]:
    """Give the cases that were running at the end of a day."""
    sql = f"{MOVES} SELECT case_id FROM steps WHERE back = 1 AND is_open ORDER BY case_id"
    return [row[0] for row in store.db.execute(sql, {"last": day.isoformat()})]


def cases_by_status(store: "Store", day: date) -> Counts:
    """Count cases by the 段階 in which they stood at the end of a day.

    Counts: cases (件) opened by then. Date: 段階が変わった日. Source: as :func:`balance`.
    """
    found = by_part(store, CATALOGUE["cases_by_status"], day, day)
    return {status.value: found.get(status.value, 0) for status in CaseStatus}


def households_running(store: "Store", day: date) -> int:
    """Count 世帯 with at least one running case at the end of a day.

    Source: as :func:`balance`, and ``cases.household_id``.
    """
    sql = (
        f"{MOVES} SELECT count(DISTINCT household_id) FROM steps"
        " JOIN cases ON cases.id = case_id WHERE back = 1 AND is_open"
    )
    return int(store.db.execute(sql, {"last": day.isoformat()}).fetchone()[0])
