"""Which 段階 the cases of a household were in, and since when, from the chain of changes."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jusou_nb.forms import Case
from jusou_nb.forms.case import CaseStatus

if TYPE_CHECKING:
    from jusou_nb.store.core import Store

_SET = """
SELECT record_id AS case_id, json_extract(payload, '$.status[1]') AS status,
  coalesce(json_extract(payload, '$.status_on[1]'), substr(at, 1, 10)) AS day,
  coalesce(json_extract(payload, '$.status_reason[1]'), '') AS reason
FROM changes WHERE record_table = :table AND record_id = :id AND payload IS NOT NULL
AND json_type(payload, '$.status') IS NOT NULL ORDER BY seq
"""


@dataclass(frozen=True, kw_only=True)
class Phase:
    """A case came into a 段階 on a day (ISO), for a reason."""

    case_id: int
    status: CaseStatus
    day: str
    reason: str

    @property
    def words(self) -> str:
        """The 段階 and the reason, as the desk shows them."""
        return "　".join(part for part in (self.status.label, self.reason) if part)


def phases(store: "Store", case_ids: Collection[int]) -> list[Phase]:
    """List into which 段階 these cases came, in the order in which it was recorded."""
    found = [
        row for id_ in case_ids for row in store.db.query(_SET, {"table": Case.table, "id": id_})
    ]
    return [
        Phase(
            case_id=row["case_id"],
            status=CaseStatus.of(row["status"]),
            day=row["day"],
            reason=row["reason"],
        )
        for row in found
        if row["status"]
    ]
