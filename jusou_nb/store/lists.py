"""Short lists to choose from: a line a record, never an address or a telephone number."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from jusou_nb.forms.case import CaseStatus
from jusou_nb.names import fold, katakana

if TYPE_CHECKING:
    from jusou_nb.store.core import Store

LIMIT = 50
"""Lines of one list; what is further down is found by name or number."""

_MATCHES = (
    "(:text = '' OR intakes.number LIKE :like OR persons.kana LIKE :kana"
    " OR replace(replace(persons.name, ' ', ''), '　', '') LIKE :like)"
)
_FORMERLY = (
    "EXISTS (SELECT 1 FROM merges AS m, json_each(m.numbers) AS n WHERE m.record_table = 'cases'"
    " AND m.kept_id = cases.id AND m.undone_at IS NULL AND n.value LIKE :like)"
)
"""The number of a case that went into this one (統合) still finds it."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """A client with the intake and the case that a list names."""

    intake_id: int | None
    case_id: int | None
    client_id: int
    number: str
    name: str
    day: date | None
    status: CaseStatus | None


def intakes(store: "Store", search: str = "", limit: int = LIMIT) -> list[Line]:
    """List intakes, the latest first; ``day`` is 相談受付日."""
    sql = (
        "SELECT intakes.id AS intake_id, cases.id AS case_id, persons.id AS client_id,"
        " intakes.number, persons.name, intakes.received_on AS day, cases.status"
        " FROM intakes JOIN persons ON persons.id = intakes.client_id"
        " LEFT JOIN cases ON cases.id = (SELECT max(id) FROM cases AS later"
        "  WHERE later.client_id = persons.id AND later.struck_at IS NULL)"
        f" WHERE intakes.struck_at IS NULL AND {_MATCHES}"
        " ORDER BY intakes.received_on DESC, intakes.id DESC LIMIT :limit"
    )
    return _lines(store, sql, search, limit)


def cases(store: "Store", search: str = "", limit: int = LIMIT) -> list[Line]:
    """List cases, the latest moved first; ``day`` is the day of the present 段階."""
    sql = (
        "SELECT cases.intake_id, cases.id AS case_id, persons.id AS client_id,"
        " intakes.number, persons.name, cases.status_on AS day, cases.status"
        " FROM cases JOIN persons ON persons.id = cases.client_id"
        " LEFT JOIN intakes ON intakes.id = cases.intake_id"
        f" WHERE cases.struck_at IS NULL AND ({_MATCHES} OR {_FORMERLY})"
        " ORDER BY cases.status_on DESC, cases.id DESC LIMIT :limit"
    )
    return _lines(store, sql, search, limit)


def _lines(store: "Store", sql: str, search: str, limit: int) -> list[Line]:
    text = fold(search)
    bare = "".join(search.split())
    words = {"text": text, "like": f"%{bare}%", "kana": f"%{katakana(bare)}%", "limit": limit}
    return [_line(row) for row in store.db.query(sql, words)]


def _line(row: dict[str, Any]) -> Line:
    return Line(
        intake_id=row["intake_id"],
        case_id=row["case_id"],
        client_id=row["client_id"],
        number=row["number"] or "",
        name=row["name"] or "",
        day=date.fromisoformat(row["day"]) if row["day"] else None,
        status=CaseStatus.of(row["status"]) if row["status"] else None,
    )
