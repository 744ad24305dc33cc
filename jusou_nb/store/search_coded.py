"""What is found by the words of the lists: a 課題, an agency. Codes are kept, words looked up."""

from typing import TYPE_CHECKING

from jusou_nb.fields import get_item
from jusou_nb.forms import Case, Intake, Referral, RoleAssignment
from jusou_nb.names import digits_of_phone, search_key
from jusou_nb.store import agencies
from jusou_nb.store.search_hits import Place

if TYPE_CHECKING:
    from jusou_nb.store.core import Store

MOST = 300
"""So many records of one list are counted, the latest first."""
_BOXES = ("issues", "topics", "fields", "main_topic")
Words = tuple[str, ...]


def by_issue(store: "Store", words: Words) -> list[Place]:
    """Find 相談 by what is ticked: 課題と背景要因, 相談内容, 分野, 最も困っていること."""
    found: list[tuple[int, Place]] = []
    for name in _BOXES:
        box = get_item(Intake, name)
        for option in box.options(store.profile):
            if any(_has(spelling, words) for spelling in option.spellings):
                has = f"{name} LIKE ?" if box.many else f"{name} = ?"
                code = f'%"{option.code}"%' if box.many else option.code
                sql = (
                    f"SELECT id FROM intakes WHERE struck_at IS NULL AND {has}"
                    " ORDER BY id DESC LIMIT ?"
                )
                found += [
                    (row[0], Place(Intake, row[0], box.label, option.label, words))
                    for row in store.db.execute(sql, [code, MOST])
                ]
    return _latest(found)


def by_agency(store: "Store", words: Words) -> list[Place]:
    """Find cases by an agency: 主担当, つなぎ先, who does something in a plan."""
    found: list[tuple[int, Place]] = []
    for agency, name in _agencies(store, words):
        for form, label, sql in _OF_AGENCY:
            rows = store.db.execute(sql, [agency, MOST])
            found += [(row[0], Place(form, row[1], label, name, words)) for row in rows]
    return _latest(found)


def _latest(found: list[tuple[int, Place]]) -> list[Place]:
    return [place for _, place in sorted(found, key=lambda pair: -pair[0])][:MOST]


def _has(spelling: str, words: Words) -> bool:
    key = search_key(spelling)
    return all(word in key for word in words)


def _agencies(store: "Store", words: Words) -> list[tuple[int, str]]:
    """Give the agencies that are, or once were, called so; a telephone number names one too."""
    former = agencies.former_names(store)
    sql = "SELECT id, name, aliases, telephone FROM agencies WHERE struck_at IS NULL"
    return [
        (id_, name or "")
        for id_, name, aliases, phone in store.db.execute(sql)
        if any(_has(said, words) for said in (name or "", aliases or "", *former.get(id_, [])))
        or words == (digits_of_phone(phone or ""),)
    ]


_CASES = (
    "SELECT id, id FROM cases WHERE lead_agency = ? AND struck_at IS NULL ORDER BY id DESC LIMIT ?"
)
_REFERRALS = (
    "SELECT coalesce(intake_id, 0), id FROM referrals WHERE destination = ?"
    " AND struck_at IS NULL ORDER BY id DESC LIMIT ?"
)
_ROLES = (
    "SELECT p.case_id, r.id FROM role_assignments AS r JOIN plans AS p ON p.id = r.plan_id"
    " WHERE r.agency = ? AND r.struck_at IS NULL AND p.struck_at IS NULL"
    " ORDER BY r.id DESC LIMIT ?"
)
_OF_AGENCY: tuple[tuple[type, str, str], ...] = (
    (Case, "主担当", _CASES),
    (Referral, "つなぎ先", _REFERRALS),
    (RoleAssignment, "プランの役割", _ROLES),
)
"""Form, how the agency stands there, and the SQL that gives an order and the record."""
