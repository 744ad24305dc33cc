"""One line of what was found: whom it is about, where things stand, what matched, what opens.

A line never holds the whereabouts of somebody under 秘匿, nor a sentence about a household in
which there is one: it says that something matched, and the record itself shows the rest.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from jusou_nb import addresses, values
from jusou_nb.dates import PartialDate, age_on
from jusou_nb.fields import Form, get_item
from jusou_nb.forms import Case, CaseNote, Intake, Person, PhoneMemo, Referral, RoleAssignment
from jusou_nb.forms.case import CaseStatus
from jusou_nb.rules import masking
from jusou_nb.store import search_index
from jusou_nb.store.search_excerpt import excerpt

if TYPE_CHECKING:
    from jusou_nb.store.core import Store

HIDDEN = "（秘匿の人がいる世帯です。中身は記録を開いて見てください）"


@dataclass(frozen=True)
class Place:
    """A record that answers, and by what.

    Attributes:
        form: Its form.
        record_id: Which one.
        label: What matched; empty where the box says it.
        text: The words of it; empty where the box holds them.
        words: The folded words that were looked for.
        box: The box that matched, where it was a box.
    """

    form: type[Form]
    record_id: int
    label: str
    text: str
    words: tuple[str, ...]
    box: str = ""


@dataclass(frozen=True, kw_only=True)
class Hit:
    """A line of what was found.

    Attributes:
        title: Who or what it is.
        detail: Age, household, number: what tells one from another of the same name.
        status: Where the case stands; empty without one.
        worker: Who has the case.
        contact: How long ago the last contact was.
        label: What matched.
        before: Words before the place that matched.
        match: The place itself.
        after: Words after it.
        open: Where it opens on the desk.
        case_id: The case shown, where there is one.
    """

    title: str
    detail: str
    status: str
    worker: str
    contact: str
    label: str
    before: str
    match: str
    after: str
    open: addresses.Address
    case_id: int | None = None


def _own_first(table: str, order: str) -> str:
    """Write the person's latest record of a table, else the household's."""
    latest = f"SELECT id FROM {table} WHERE struck_at IS NULL AND {{}} ORDER BY {order} LIMIT 1"
    own, home = latest.format("client_id = p.id"), latest.format("household_id = p.household_id")
    return f"coalesce(({own}), ({home}))"


_CASE = _own_first("cases", "closed_on IS NULL DESC, id DESC")
_INTAKE = _own_first("intakes", "id DESC")
_SUBJECT = (
    "SELECT p.id AS person_id, p.name, p.relation, p.birth, p.stated_age, p.is_masked,"
    " p.unmasked_for, c.name AS client, k.id AS case_id, k.status, k.coordinator,"
    " k.deputy, i.id AS intake_id, i.number,"
    " (SELECT count(*) FROM persons AS m WHERE m.household_id = p.household_id"
    "  AND m.struck_at IS NULL) AS size,"
    " (SELECT count(*) FROM persons AS m WHERE m.household_id = p.household_id"
    "  AND m.struck_at IS NULL AND m.is_masked) AS masked,"
    " (SELECT max(happened_at) FROM case_notes AS n WHERE n.case_id = k.id"
    "  AND n.struck_at IS NULL) AS contact"
    " FROM persons AS p JOIN households AS h ON h.id = p.household_id AND h.struck_at IS NULL"
    f" LEFT JOIN cases AS k ON k.id = coalesce(:case_id, {_CASE})"
    f" LEFT JOIN intakes AS i ON i.id = coalesce(:intake_id, k.intake_id, {_INTAKE})"
    " LEFT JOIN persons AS c ON c.id = coalesce(k.client_id, i.client_id)"
    " WHERE p.id = :person_id AND p.struck_at IS NULL"
)
_WHOSE: Mapping[type[Form], str] = {
    Person: "SELECT :id AS person_id, NULL AS case_id, NULL AS intake_id",
    Intake: "SELECT client_id AS person_id, NULL AS case_id, id AS intake_id FROM intakes"
    " WHERE id = :id AND struck_at IS NULL",
    Case: "SELECT client_id AS person_id, id AS case_id, intake_id FROM cases"
    " WHERE id = :id AND struck_at IS NULL",
    CaseNote: "SELECT k.client_id AS person_id, k.id AS case_id, k.intake_id FROM case_notes AS n"
    " JOIN cases AS k ON k.id = n.case_id WHERE n.id = :id AND n.struck_at IS NULL"
    " AND k.struck_at IS NULL",
    Referral: "SELECT client_id AS person_id, NULL AS case_id, intake_id FROM referrals"
    " WHERE id = :id AND struck_at IS NULL",
    RoleAssignment: "SELECT p.client_id AS person_id, p.case_id, NULL AS intake_id"
    " FROM role_assignments AS r JOIN plans AS p ON p.id = r.plan_id"
    " WHERE r.id = :id AND r.struck_at IS NULL AND p.struck_at IS NULL",
}
"""Of whom a record is: person, case, intake."""


def hit_of(store: "Store", place: Place, today: date) -> Hit | None:
    """Make the line of a record; None where it is gone."""
    if place.form is PhoneMemo:
        return _memo(store, place)
    whose = next(iter(store.db.query(_WHOSE[place.form], {"id": place.record_id})), None)
    if whose is None:
        return None
    subject = next(iter(store.db.query(_SUBJECT, whose)), None)
    if subject is None:
        return None
    label, text = _matched(store, place)
    before, match, after = (
        ("", HIDDEN, "") if _hides(place, subject) else excerpt(text, place.words)
    )
    return Hit(
        title=subject["name"] or "氏名なし",
        detail=_detail(store, subject, today),
        status=CaseStatus.of(subject["status"]).label if subject["status"] else "",
        worker=subject["coordinator"] or "",
        contact=_contact(subject["contact"], today),
        label=label,
        before=before,
        match=match,
        after=after,
        open=_address(place, subject),
        case_id=subject["case_id"],
    )


def withheld(store: "Store", people: set[int]) -> set[int]:
    """Give those of some people whose whereabouts are closed to this worker (秘匿)."""
    sql = (
        "SELECT p.id, p.unmasked_for, k.coordinator, k.deputy FROM persons AS p"
        f" LEFT JOIN cases AS k ON k.id = {_CASE}"
        " WHERE p.is_masked AND p.id IN (SELECT value FROM json_each(?))"
    )
    me, closed = store.worker_name(), set[int]()
    for id_, named, coordinator, deputy in store.db.execute(sql, [json.dumps(sorted(people))]):
        person = Person(is_masked=True, unmasked_for=tuple(json.loads(named)) if named else None)
        mine = masking.roles(store.profile, Case(coordinator=coordinator, deputy=deputy), me)
        if not masking.may_see(store.profile, person, mine):
            closed.add(id_)
    return closed


def _hides(place: Place, subject: Mapping[str, Any]) -> bool:
    """Whether the words that matched stay unsaid: they may tell where a masked person is."""
    group = search_index.FOUND_BY.get(place.form, {}).get(place.box)
    told = (search_index.CONTACT, search_index.SAID, search_index.NOTE)
    return bool(subject["masked"]) and group in told


def _matched(store: "Store", place: Place) -> tuple[str, str]:
    """Give what matched and its words."""
    if not place.box:
        return place.label, place.text
    sql = f"SELECT {place.box} FROM {place.form.table} WHERE id = ?"
    (text,) = store.db.execute(sql, [place.record_id]).fetchone()
    return get_item(place.form, place.box).label, text or ""


def _detail(store: "Store", subject: Mapping[str, Any], today: date) -> str:
    own = subject["client"] in (None, subject["name"])
    home = (
        f"{subject['size']}人世帯" if own else f"{subject['client']}の世帯（{subject['size']}人）"
    )
    parts = (_age(store, subject, today), subject["relation"] or "", home, subject["number"] or "")
    return "・".join(part for part in parts if part)


def _age(store: "Store", subject: Mapping[str, Any], today: date) -> str:
    born = age_on(PartialDate.from_iso(subject["birth"]), today) if subject["birth"] else None
    if born is not None:
        return f"{born}歳"
    box = get_item(Person, "stated_age")
    stated = values.from_column(box, subject["stated_age"])
    return values.show(box, stated, values.Lexicon(store.profile))


def _contact(at: str | None, today: date) -> str:
    if not at:
        return ""
    days = (today - date.fromisoformat(at[:10])).days
    return "きょう接触" if days <= 0 else f"最後の接触 {days}日前"


def _address(place: Place, subject: Mapping[str, Any]) -> addresses.Address:
    task = ["open-case_notes", place.record_id] if place.form is CaseNote else None
    return addresses.of_person(subject["person_id"], subject["intake_id"], task)


def _memo(store: "Store", place: Place) -> Hit | None:
    sql = "SELECT about, called_at, outcome, taken_by FROM phone_memos WHERE id = ?"
    about, called_at, outcome, taken_by = store.db.execute(sql, [place.record_id]).fetchone()
    label, text = _matched(store, place)
    before, match, after = excerpt(text, place.words)
    return Hit(
        title=about or "電話メモ",
        detail=(called_at or "")[:16].replace("T", " "),
        status="片付いた" if outcome else "未処理",
        worker=taken_by or "",
        contact="",
        label=label,
        before=before,
        match=match,
        after=after,
        open=addresses.of_memo(place.record_id),
    )
