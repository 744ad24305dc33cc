"""Where a case stood before, from the chain of changes."""

import json
from datetime import date
from typing import TYPE_CHECKING

from jusou_nb.forms.case import CaseStatus

if TYPE_CHECKING:
    from jusou_nb.store.core import Store


def before_end(store: "Store", case_id: int) -> tuple[CaseStatus, date] | None:
    """Give the 段階 that a case was at before it last stopped running, and since when.

    None where it never ran, as a case that was imported as ended.
    """
    sql = (
        "SELECT payload FROM changes WHERE record_table = 'cases' AND record_id = ?"
        " AND payload IS NOT NULL AND json_type(payload, '$.status') IS NOT NULL"
        " ORDER BY seq DESC"
    )
    since: str | None = None
    for (text,) in store.db.execute(sql, [case_id]):
        payload = json.loads(text)
        old, new = payload["status"]
        since = payload.get("status_on", [since, since])[0] or since
        ran = old is not None and CaseStatus.of(old).is_open
        if ran and not CaseStatus.of(new).is_open and since:
            return CaseStatus.of(old), date.fromisoformat(since)
    return None
