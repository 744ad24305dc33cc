"""Papers that left the office, from the chain of readings: what to call back or exchange."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from jusou_nb.forms import AgendaItem, Conference
from jusou_nb.forms.after_sitting import RecallState
from jusou_nb.forms.referral import INQUIRY, SLIP
from jusou_nb.store.household_scope import conditions

if TYPE_CHECKING:
    from jusou_nb.store.core import Store

_AGENCY = "agency-"
_OWN = {
    "chair": "議長用・事務局控",
    "office": "窓口（控え）",
    "": "窓口（控え）",
    "all": "だれでも",
    "staff": "職員",
    "citizens": "住民",
}


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
  FROM readings WHERE action IN ('paper', 'paper_not_placed') AND payload IS NOT NULL
  AND ({among})),
placed AS (
  SELECT *, lead(action) OVER (PARTITION BY record_table, record_id, number ORDER BY seq) AS then_
  FROM made)
SELECT number, recipient, basis, record_table, record_id, min(at) AS first, max(at) AS last,
  count(*) AS times, {destination} AS destination,
  (SELECT state FROM copy_recalls AS r WHERE r.document_number = placed.number
    AND r.struck_at IS NULL ORDER BY r.id DESC LIMIT 1) AS state
FROM placed
WHERE action = 'paper' AND then_ IS NOT 'paper_not_placed' AND ({where})
GROUP BY number, recipient, basis, record_table, record_id ORDER BY min(seq)
"""
# A slip says by its own name for whom it is: for where the person was sent on.
_DESTINATION = (
    "CASE WHEN record_table = 'referrals' AND recipient IN (:slip, :inquiry)"
    " THEN (SELECT destination FROM referrals WHERE id = record_id) END"
)
_OF_ITEMS = (
    "record_table = 'conferences' AND EXISTS (SELECT 1 FROM agenda_items AS i"
    " WHERE i.conference_id = record_id AND i.basis = placed.basis AND {whose})"
)
_IN_HOUSEHOLD = (
    "i.client_id IN (SELECT o.id FROM persons AS p JOIN persons AS o"
    " ON o.household_id = p.household_id WHERE p.id = :person)"
)
_SHEETS = (
    "record_table = 'households' AND record_id IN (WITH RECURSIVE homes (id) AS"
    " (SELECT household_id FROM persons WHERE id = :person UNION"
    " SELECT m.gone_id FROM merges AS m JOIN homes ON m.kept_id = homes.id"
    " WHERE m.record_table = 'households' AND m.undone_at IS NULL) SELECT id FROM homes)"
    " OR record_table = 'intakes' AND record_id IN (SELECT id FROM intakes WHERE household_id IN"
    " (SELECT household_id FROM persons WHERE id = :person))"
    " OR record_table = 'consents' AND record_id IN"
    " (SELECT id FROM consents WHERE person_id = :person)"
    " OR record_table = 'plans' AND record_id IN (SELECT id FROM plans WHERE client_id = :person)"
    " OR record_table = 'referrals' AND record_id IN (SELECT id FROM referrals"
    " WHERE household_id IN (SELECT household_id FROM persons WHERE id = :person))"
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


def of_household(store: "Store", household_id: int) -> list[PaperOut]:
    """List the papers of a household's records, and those of sittings that heard its cases.

    Only the readings of these records are looked at, so that it is quick in a large store.
    """
    mine = f"FROM agenda_items AS i WHERE ({conditions()[AgendaItem.table]})"
    of_record = [
        f"record_table = '{table}' AND record_id IN (SELECT id FROM {table} WHERE {said})"
        for table, said in conditions().items()
    ]
    sittings = f"record_id IN (SELECT i.conference_id {mine})"
    among = " OR ".join([*of_record, f"record_table = '{Conference.table}' AND {sittings}"])
    heard = f"SELECT 1 {mine} AND i.conference_id = record_id AND i.basis = placed.basis"
    where = f"record_table <> '{Conference.table}' OR EXISTS ({heard})"
    return _made(store, where, among, home=household_id)


def of_record(store: "Store", table: str, record_id: int) -> list[PaperOut]:
    """List the papers made of one record, in the order of making."""
    return _made(store, "record_table = :table AND record_id = :id", table=table, id=record_id)


def of_number(store: "Store", number: str) -> list[PaperOut]:
    """List the papers that bear a document number: one, or none where it was never given."""
    return _made(store, "number = :number", number=number)


def every(store: "Store") -> list[PaperOut]:
    """List all papers that were made, in the order of making."""
    return _made(store, "1")


def _made(store: "Store", where: str, among: str = "1", **bound: Any) -> list[PaperOut]:
    names = store.lexicon().refs["agencies"]
    sql = (
        _MADE.replace("{where}", where)
        .replace("{among}", among)
        .replace("{destination}", _DESTINATION)
    )
    rows = store.db.query(sql, {**bound, "slip": SLIP, "inquiry": INQUIRY})
    return [_paper(row, names) for row in rows]


def _paper(row: dict[str, Any], names: Any) -> PaperOut:
    recipient = row["recipient"]
    agency_id = _agency_of(recipient) or row["destination"]
    return PaperOut(
        number=row["number"] or "",
        recipient=recipient,
        label=label_of(f"{_AGENCY}{agency_id}" if agency_id else recipient, names),
        agency_id=agency_id,
        basis=row["basis"],
        subject=(row["record_table"], row["record_id"]),
        made_first=row["first"],
        made_last=row["last"],
        times=row["times"],
        state=RecallState.of(row["state"]) if row["state"] else None,
    )


def whereabouts(paper: PaperOut) -> str:
    """Say in words where a paper is, as far as 資料回収 tells."""
    if paper.state is not None:
        return paper.state.label
    return "渡す先（回収の記録なし）" if paper.agency_id is not None else "窓口の控え"


def _agency_of(recipient: str) -> int | None:
    agency = recipient.removeprefix(_AGENCY)
    return int(agency) if recipient != agency and agency.isdigit() else None


def label_of(recipient: str, names: Any) -> str:
    """Say for whom a paper is; ``names`` are the agencies' by id.

    A paper of the catalogue stands under its own name: it says itself whom it is for.
    """
    agency_id = _agency_of(recipient)
    if agency_id is not None:
        return str(names.get(agency_id, f"（{agency_id}）"))
    # What is left in plain letters is the field of a list that anybody may have.
    return _OWN.get(recipient, _OWN["all"] if recipient.isascii() else recipient)
