"""What is due: dates that somebody promised and nobody has answered yet. No names."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from jusou_nb.forms.case import CaseStatus
from jusou_nb.forms.consent import ConsentManner, ConsentState
from jusou_nb.forms.referral import ReferralAnswer

if TYPE_CHECKING:
    from jusou_nb.store.core import Store

_OPEN = ", ".join(f"'{s.value}'" for s in CaseStatus if s.is_open)
_NUMBER = "coalesce((SELECT number FROM intakes WHERE intakes.id = k.intake_id), 'ケース' || k.id)"
_RUNNING = f"k.struck_at IS NULL AND k.status IN ({_OPEN})"
_BY_PERSON = (
    "coalesce((SELECT number FROM intakes WHERE client_id = p.id AND struck_at IS NULL"
    " ORDER BY id LIMIT 1), (SELECT number FROM intakes WHERE household_id = p.household_id"
    " AND struck_at IS NULL ORDER BY id LIMIT 1), '世帯' || p.household_id)"
)
_SOURCES = {
    # The last note of a running case: a later one says what became of the earlier.
    "次の対応": f"SELECT n.next_due, {_NUMBER}, k.lead_agency FROM case_notes AS n"
    f" JOIN cases AS k ON k.id = n.case_id WHERE n.struck_at IS NULL AND {_RUNNING}"
    " AND NOT EXISTS (SELECT 1 FROM case_notes AS l WHERE l.case_id = n.case_id"
    " AND l.struck_at IS NULL AND (l.happened_at, l.id) > (n.happened_at, n.id))",
    "会議の決定事項": f"SELECT d.due_on, {_NUMBER}, d.agency FROM decisions AS d"
    " JOIN agenda_items AS a ON a.id = d.agenda_item_id JOIN cases AS k ON k.id = a.case_id"
    f" WHERE d.struck_at IS NULL AND a.struck_at IS NULL AND d.done_on IS NULL AND {_RUNNING}",
    "モニタリング": f"SELECT s.next_monitoring_on, {_NUMBER}, s.lead_agency FROM plans AS s"
    f" JOIN cases AS k ON k.id = s.case_id WHERE s.struck_at IS NULL AND {_RUNNING}"
    " AND NOT EXISTS (SELECT 1 FROM plans AS l WHERE l.case_id = s.case_id"
    " AND l.struck_at IS NULL AND l.id > s.id)",
    "つなぎの返事": "SELECT r.answer_due, coalesce(i.number, 'つなぎ' || r.id), r.destination"
    " FROM referrals AS r LEFT JOIN intakes AS i ON i.id = r.intake_id"
    f" WHERE r.struck_at IS NULL AND r.answer = '{ReferralAnswer.SENT.value}'",
    "口頭の同意の書面": f"SELECT c.written_by, {_BY_PERSON}, NULL FROM consents AS c"
    " JOIN persons AS p ON p.id = c.person_id WHERE c.struck_at IS NULL"
    f" AND c.state = '{ConsentState.GIVEN.value}' AND c.manner = '{ConsentManner.ORAL.value}'"
    " AND NOT EXISTS (SELECT 1 FROM consents AS l WHERE l.person_id = c.person_id"
    " AND l.struck_at IS NULL AND (l.stated_on, l.id) > (c.stated_on, c.id))",
    "秘匿の見直し": f"SELECT p.masked_until, {_BY_PERSON}, NULL FROM persons AS p"
    " WHERE p.struck_at IS NULL AND p.is_masked = 1",
}


@dataclass(frozen=True, order=True)
class Due:
    """Something due: when, of which 受付番号, what, and whose it is (an agency's id)."""

    on: date
    number: str
    what: str
    agency: int | None = None


def due(store: "Store", until: date) -> list[Due]:
    """List what is due by a day, overdue included, the oldest first.

    Counts: the next step of the last note of a running case, decisions not done, monitoring
    of the last plan, referrals without an answer, oral consents without their paper, 秘匿 to
    be looked at again. Source: the tables of the same names.
    """
    found = [
        Due(date.fromisoformat(on), number, what, agency)
        for what, sql in _SOURCES.items()
        for on, number, agency in store.db.execute(sql)
        if on is not None and on <= until.isoformat()
    ]
    return sorted(found, key=lambda row: (row.on, row.number, row.what, row.agency or 0))


def without_contact(store: "Store", day: date) -> list[str]:
    """List the 受付番号 of running cases without a note for longer than the profile's days.

    Counts from the last note, else from the 開始日. Source: ``cases``, ``case_notes``.
    """
    since = day - timedelta(days=store.profile.thresholds["days_without_contact"])
    sql = (
        f"SELECT {_NUMBER} FROM cases AS k WHERE {_RUNNING} AND coalesce("
        " (SELECT max(substr(happened_at, 1, 10)) FROM case_notes AS n"
        " WHERE n.case_id = k.id AND n.struck_at IS NULL), k.opened_on) < ? ORDER BY 1"
    )
    return [row[0] for row in store.db.execute(sql, [since.isoformat()])]
