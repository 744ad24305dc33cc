"""What the reports count: SQL, one function each; the docstring is the definition.

Days are inclusive on both ends. Struck records (取消) count nowhere. A code without any
record is counted as 0, a record without a code under ``""`` (未記入).
"""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from jusou_nb.forms.case import CaseStatus

if TYPE_CHECKING:
    from jusou_nb.store.core import Store

Counts = dict[str, int]


def _count(store: "Store", sql: str, codes: list[str], bound: dict[str, str]) -> Counts:
    found = {code or "": n for code, n in store.db.execute(sql, bound)}
    return {**dict.fromkeys(codes, 0), **found}


def _days(first: date, last: date) -> dict[str, str]:
    return {"first": first.isoformat(), "last": last.isoformat()}


def _codes(store: "Store", name: str) -> list[str]:
    return [*store.profile.codes(name).by_code, ""]


def intakes_by_route(store: "Store", first: date, last: date) -> Counts:
    """Count 相談受付 by 相談経路.

    Counts: intake sheets (件). Date: 相談受付日. Source: ``intakes.route``.
    """
    sql = (
        "SELECT route, count(*) FROM intakes WHERE struck_at IS NULL"
        " AND received_on BETWEEN :first AND :last GROUP BY route"
    )
    return _count(store, sql, _codes(store, "route"), _days(first, last))


def intakes_by_desk(store: "Store", first: date, last: date) -> Counts:
    """Count 相談受付 by 一次・二次受付.

    Counts: intake sheets (件). Date: 相談受付日. Source: ``intakes.desk_level``.
    """
    sql = (
        "SELECT desk_level, count(*) FROM intakes WHERE struck_at IS NULL"
        " AND received_on BETWEEN :first AND :last GROUP BY desk_level"
    )
    return _count(store, sql, _codes(store, "desk_level"), _days(first, last))


def intakes_by_field(store: "Store", first: date, last: date) -> Counts:
    """Count 相談受付 by 分野.

    Counts: intake sheets that tick the field; a sheet with several counts in each, so the
    sum may exceed the number of sheets. Date: 相談受付日. Source: ``intakes.fields``.
    """
    sql = (
        "SELECT entry.value, count(DISTINCT intakes.id) FROM intakes LEFT JOIN"
        " json_each(coalesce(nullif(fields, '[]'), '[\"\"]')) AS entry"
        " WHERE struck_at IS NULL AND received_on BETWEEN :first AND :last GROUP BY entry.value"
    )
    return _count(store, sql, _codes(store, "field"), _days(first, last))


def intakes(store: "Store", first: date, last: date) -> int:
    """Count 相談受付. Counts: intake sheets (件). Date: 相談受付日. Source: ``intakes``."""
    return sum(intakes_by_desk(store, first, last).values())


def households_received(store: "Store", first: date, last: date) -> int:
    """Count 相談のあった世帯.

    Counts: households with at least one intake; one received at the first and at the second
    desk is one household (domain rule 26). Date: 相談受付日. Source: ``intakes``.
    """
    sql = (
        "SELECT count(DISTINCT household_id) FROM intakes WHERE struck_at IS NULL"
        " AND received_on BETWEEN :first AND :last"
    )
    return int(store.db.execute(sql, _days(first, last)).fetchone()[0])


def intakes_by_month(store: "Store", first: date, last: date) -> Counts:
    """Count 相談受付 by month (``2026-04``); months without one are missing.

    Counts: intake sheets (件). Date: 相談受付日. Source: ``intakes``.
    """
    sql = (
        "SELECT substr(received_on, 1, 7), count(*) FROM intakes WHERE struck_at IS NULL"
        " AND received_on BETWEEN :first AND :last GROUP BY 1 ORDER BY 1"
    )
    return _count(store, sql, [], _days(first, last))


_OPEN = ", ".join(f"'{s.value}'" for s in CaseStatus if s.is_open)
_SET = (
    "SELECT record_id AS case_id, seq, json_extract(payload, '$.status[1]') AS status,"
    " json_extract(payload, '$.status_on[1]') AS status_on"
    " FROM changes WHERE record_table = 'cases' AND payload IS NOT NULL"
    " AND (json_type(payload, '$.status') IS NOT NULL"
    " OR json_type(payload, '$.status_on') IS NOT NULL)"
)
_MOVES = f"""
WITH said AS ({_SET}),
numbered AS (
  SELECT *, sum(status IS NOT NULL) OVER (PARTITION BY case_id ORDER BY seq) AS nth FROM said
),
moves AS (
  SELECT case_id, nth, max(status) AS status, max(seq) AS seq FROM numbered
  GROUP BY case_id, nth
),
dated AS (
  SELECT moves.*, (
    SELECT said.status_on FROM said WHERE said.case_id = moves.case_id
    AND said.seq <= moves.seq AND said.status_on IS NOT NULL ORDER BY said.seq DESC LIMIT 1
  ) AS moved_on FROM moves
),
valid AS (
  SELECT * FROM dated WHERE NOT EXISTS (
    SELECT 1 FROM dated AS later WHERE later.case_id = dated.case_id
    AND later.nth > dated.nth AND later.moved_on < dated.moved_on
  )
),
events AS (
  SELECT id AS case_id, 0 AS nth, '{CaseStatus.INTAKE.value}' AS status, opened_on AS moved_on
  FROM cases WHERE struck_at IS NULL
  UNION ALL
  SELECT valid.case_id, nth, valid.status, max(valid.moved_on, cases.opened_on)
  FROM valid JOIN cases ON cases.id = valid.case_id WHERE cases.struck_at IS NULL
),
steps AS (
  SELECT case_id, nth, moved_on, status, status IN ({_OPEN}) AS is_open,
  lag(status IN ({_OPEN})) OVER (PARTITION BY case_id ORDER BY moved_on, nth) AS was_open,
  row_number() OVER (PARTITION BY case_id ORDER BY moved_on DESC, nth DESC) AS back
  FROM events WHERE moved_on <= :last
)
"""
"""Every move of every case up to a day, from the chain of changes.

A case opens on its 開始日. A later entry corrects an earlier one that it predates; a
changed day alone moves the entry it belongs to. ``back`` is 1 for where a case stands.
"""


@dataclass(frozen=True, kw_only=True)
class Balance:
    """繰越＋新規＋再開−終結−中断＝期末現在, counted in cases."""

    carried: int
    new: int
    reopened: int
    closed: int
    suspended: int
    standing: int

    @property
    def closes(self) -> bool:
        """Whether the moves of the month lead from the carried to the standing cases."""
        gone = self.closed + self.suspended
        return self.carried + self.new + self.reopened - gone == self.standing


def balance(store: "Store", first: date, last: date) -> Balance:
    """Count the moves of cases in a month.

    Counts: cases (件, one a client). 新規: opened; 再開: from 終結・中断・フォロー back to a
    running 段階; 終結: from a running one to 終結 or フォロー; 中断: to 中断. A case that moves
    twice counts twice. 繰越 and 期末現在 are counted by themselves, as the cases running on
    the day before the first and on the last day. Date: 開始日, 段階が変わった日.
    Source: ``cases``, and the chain of changes of their 段階.
    """
    sql = (
        f"{_MOVES} SELECT count(*) FILTER (WHERE was_open IS NULL),"
        " count(*) FILTER (WHERE NOT was_open AND is_open),"
        " count(*) FILTER (WHERE was_open AND NOT is_open AND status <> :suspended),"
        " count(*) FILTER (WHERE was_open AND status = :suspended)"
        " FROM steps WHERE moved_on >= :first"
    )
    bound = {**_days(first, last), "suspended": CaseStatus.SUSPENDED.value}
    new, reopened, closed, suspended = store.db.execute(sql, bound).fetchone()
    return Balance(
        carried=_running(store, date.fromordinal(first.toordinal() - 1)),
        new=new,
        reopened=reopened,
        closed=closed,
        suspended=suspended,
        standing=_running(store, last),
    )


def _running(store: "Store", day: date) -> int:
    sql = f"{_MOVES} SELECT count(*) FROM steps WHERE back = 1 AND is_open"
    return int(store.db.execute(sql, {"last": day.isoformat()}).fetchone()[0])


def cases_by_status(store: "Store", day: date) -> Counts:
    """Count cases by the 段階 in which they stood at the end of a day.

    Counts: cases (件) opened by then. Date: 段階が変わった日. Source: as :func:`balance`.
    """
    sql = f"{_MOVES} SELECT status, count(*) FROM steps WHERE back = 1 GROUP BY status"
    codes = [status.value for status in CaseStatus]
    return _count(store, sql, codes, {"last": day.isoformat()})


def households_running(store: "Store", day: date) -> int:
    """Count 世帯 with at least one running case at the end of a day.

    Source: as :func:`balance`, and ``cases.household_id``.
    """
    sql = (
        f"{_MOVES} SELECT count(DISTINCT household_id) FROM steps"
        " JOIN cases ON cases.id = case_id WHERE back = 1 AND is_open"
    )
    return int(store.db.execute(sql, {"last": day.isoformat()}).fetchone()[0])
