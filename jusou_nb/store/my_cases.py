"""私のケース: the cases a worker has or stands in for, what is next in each, what to beware of."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from jusou_nb.forms.case import CaseStatus
from jusou_nb.store.due import Due
from jusou_nb.store.due_sql import ACCOMPANIED

if TYPE_CHECKING:
    from jusou_nb.store.core import Store


@dataclass(frozen=True, kw_only=True)
class MyCase:
    """A case of a worker.

    Attributes:
        case_id: Which.
        intake_id: The 相談 it came of, where there is one.
        client_id: Whose it is.
        number: 受付番号, or nothing.
        name: The client's name.
        status: Where it stands.
        worker: Who has it.
        is_deputy: Whether this worker only stands in.
        contact: The day of the last note, else the day it began.
        cautions: What to beware of before one goes or calls.
        due: What waits with the nearest day.
        late: How much of it is past its day.
    """

    case_id: int
    intake_id: int | None
    client_id: int
    number: str
    name: str
    status: CaseStatus
    worker: str
    is_deputy: bool
    contact: date | None
    cautions: tuple[str, ...]
    due: Due | None
    late: int


_SQL = (
    "SELECT k.id AS case_id, k.intake_id, k.client_id, k.status, k.coordinator, i.number, p.name,"
    " coalesce((SELECT max(substr(n.happened_at, 1, 10)) FROM case_notes AS n"
    "  WHERE n.case_id = k.id AND n.struck_at IS NULL), k.opened_on) AS contact,"
    " m.masked, m.opponent, m.two, m.beware"
    " FROM cases AS k JOIN persons AS p ON p.id = k.client_id"
    " LEFT JOIN intakes AS i ON i.id = k.intake_id"
    " LEFT JOIN (SELECT household_id, max(is_masked) AS masked, max(is_opponent) AS opponent,"
    "  max(two_needed) AS two, max(coalesce(visit_caution, '') <> '') AS beware"
    "  FROM persons WHERE struck_at IS NULL AND household_id IN (SELECT household_id FROM cases"
    "  WHERE coordinator = :me OR deputy = :me) GROUP BY household_id) AS m"
    " ON m.household_id = k.household_id"
    f" WHERE (k.coordinator = :me OR k.deputy = :me) AND {ACCOMPANIED}"
)
_CAUTIONS = (
    ("masked", "秘匿"),
    ("opponent", "秘匿の相手方"),
    ("two", "二人で訪問"),
    ("beware", "訪問上の注意"),
)


def my_cases(store: "Store", worker: str, waiting: Iterable[Due]) -> list[MyCase]:
    """List a worker's cases that run or are kept in touch with, the most pressing first.

    Args:
        store: The open store.
        worker: The name, compared as written.
        waiting: What waits for the worker, in its order.
    """
    by_case: dict[int | None, list[Due]] = {}
    for entry in waiting:
        by_case.setdefault(entry.case_id, []).append(entry)
    rows = store.db.query(_SQL, {"me": worker})
    found = [_case(row, worker, by_case.get(row["case_id"], [])) for row in rows]
    return sorted(found, key=_pressing)


def _case(row: dict[str, Any], worker: str, waiting: list[Due]) -> MyCase:
    return MyCase(
        case_id=row["case_id"],
        intake_id=row["intake_id"],
        client_id=row["client_id"],
        number=row["number"] or "",
        name=row["name"] or "",
        status=CaseStatus.of(row["status"]),
        worker=row["coordinator"] or "",
        is_deputy=row["coordinator"] != worker,
        contact=date.fromisoformat(row["contact"]) if row["contact"] else None,
        cautions=tuple(word for name, word in _CAUTIONS if row[name]),
        due=next(iter(waiting), None),
        late=sum(entry.overdue_days > 0 for entry in waiting),
    )


def _pressing(case: MyCase) -> tuple[bool, date, int]:
    day = case.due.due_on if case.due else None
    return case.is_deputy, day or date.max, case.case_id
