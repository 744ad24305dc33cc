"""Papers that left the office, from the chain of readings: what to call back or exchange."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from jusou_nb.forms import AgendaItem, Conference
from jusou_nb.forms.after_sitting import RecallState

if TYPE_CHECKING:
    from jusou_nb.store.core import Store

_AGENCY = "agency-"
_CHAIR = "議長用・事務局控"
_OFFICE = "窓口"


@dataclass(frozen=True, kw_only=True)
class PaperOut:
    """One paper that was made; made again it is the same paper.

    Attributes:
        number: Its document number.
        recipient: For whom, as the paper names it (``chair``, ``agency-5``).
        label: For whom, in words.
        agency_id: The agency, where it is one.
        basis: Code of the legal basis, or nothing.
        subject: Table and id of the record that it is about.
        made_first: When it was made first (ISO).
        made_last: When it was made last.
        times: How often.
        state: Where the numbered copy is, if 資料回収 says so.
    """

    number: str
    recipient: str
    label: str
    agency_id: int | None
    basis: str
    subject: tuple[str, int]
    made_first: str
    made_last: str
    times: int
    state: RecallState | None

    @property
    def is_out(self) -> bool:
        """Whether it may still lie with an agency."""
        back = (RecallState.RETURNED, RecallState.SHREDDED, RecallState.REPLACED)
        return self.agency_id is not None and self.state not in back


# A paper that could not be put in its place is logged after it was; it never went out.
_MADE = """
WITH made AS (
  SELECT record_table, record_id, seq, at, action,
    json_extract(payload, '$.number') AS number,
    coalesce(json_extract(payload, '$.recipient'), '') AS recipient,
    coalesce(json_extract(payload, '$.basis'), '') AS basis
  FROM readings WHERE action IN ('paper', 'paper_not_placed') AND payload IS NOT NULL),
placed AS (
  SELECT *, lead(action) OVER (PARTITION BY record_table, record_id, number ORDER BY seq) AS then_
  FROM made)
SELECT number, recipient, basis, record_table, record_id, min(at) AS first, max(at) AS last,
  count(*) AS times, (SELECT state FROM copy_recalls AS r WHERE r.document_number = placed.number
    AND r.struck_at IS NULL ORDER BY r.id DESC LIMIT 1) AS state
FROM placed
WHERE action = 'paper' AND then_ IS NOT 'paper_not_placed' AND ({where})
GROUP BY number, recipient, basis, record_table, record_id ORDER BY min(seq)
"""
_OF_ITEMS = (
    "record_table = 'conferences' AND EXISTS (SELECT 1 FROM agenda_items AS i"
    " WHERE i.conference_id = record_id AND i.basis = placed.basis AND {whose})"
)
_IN_HOUSEHOLD = (
    "i.client_id IN (SELECT o.id FROM persons AS p JOIN persons AS o"
    " ON o.household_id = p.household_id WHERE p.id = :person)"
)
_SHEETS = (
    "record_table = 'households' AND record_id IN"
    " (SELECT household_id FROM persons WHERE id = :person)"
    " OR record_table = 'intakes' AND record_id IN (SELECT id FROM intakes WHERE household_id IN"
    " (SELECT household_id FROM persons WHERE id = :person))"
    " OR record_table = 'consents' AND record_id IN"
    " (SELECT id FROM consents WHERE person_id = :person)"
    " OR record_table = 'plans' AND record_id IN (SELECT id FROM plans WHERE client_id = :person)"
)


def of_sitting(store: "Store", conference_id: int, basis: str | None = None) -> list[PaperOut]:
    """List the papers made for a sitting, on one basis or on all, in the order of making."""
    where = (
        f"record_table = '{Conference.table}' AND record_id = :sitting"
        " AND (:basis IS NULL OR basis = :basis)"
    )
    return _made(store, where, sitting=conference_id, basis=basis)


def of_item(store: "Store", item: AgendaItem) -> list[PaperOut]:
    """List the papers on which an item may stand: those of its sitting on its basis.

    Whether a copy held it or said 掲載なし is not in the log; the list leaves none out.
    """
    return of_sitting(store, item.conference_id or 0, item.basis)


def of_person(store: "Store", person_id: int) -> list[PaperOut]:
    """List the papers that may tell of a person: packets with an item of the household, forms.

    Struck items are among them: their papers are out all the same.
    """
    items = _OF_ITEMS.format(whose=_IN_HOUSEHOLD)
    return _made(store, f"({items}) OR {_SHEETS}", person=person_id)


def _made(store: "Store", where: str, **bound: Any) -> list[PaperOut]:
    names = store.lexicon().refs["agencies"]
    rows = store.db.query(_MADE.replace("{where}", where), bound)
    return [_paper(row, names) for row in rows]


def _paper(row: dict[str, Any], names: Any) -> PaperOut:
    recipient = row["recipient"]
    agency = recipient.removeprefix(_AGENCY)
    agency_id = int(agency) if recipient != agency and agency.isdigit() else None
    return PaperOut(
        number=row["number"] or "",
        recipient=recipient,
        label=_label(recipient, agency_id, names),
        agency_id=agency_id,
        basis=row["basis"],
        subject=(row["record_table"], row["record_id"]),
        made_first=row["first"],
        made_last=row["last"],
        times=row["times"],
        state=RecallState.of(row["state"]) if row["state"] else None,
    )


def _label(recipient: str, agency_id: int | None, names: Any) -> str:
    if agency_id is not None:
        return str(names.get(agency_id, f"（{agency_id}）"))
    return _CHAIR if recipient == "chair" else _OFFICE
