"""What papers read beside the records: which records, changed when, they show."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from jusou_nb.fields import Form, children, links
from jusou_nb.forms import FORMS, Household
from jusou_nb.store.schema import parent_column

if TYPE_CHECKING:
    from jusou_nb.store.core import Store

_ITEMS = "SELECT id FROM agenda_items WHERE conference_id = :sitting"
_OWN = "SELECT id FROM agenda_items WHERE conference_id = :sitting AND basis = :basis"
_CASES = "SELECT case_id FROM agenda_items WHERE conference_id = :sitting AND basis = :basis"
_CLIENTS = "SELECT client_id FROM agenda_items WHERE conference_id = :sitting AND basis = :basis"
_HOMES = f"SELECT household_id FROM persons WHERE id IN ({_CLIENTS})"
_PEOPLE = f"SELECT id FROM persons WHERE household_id IN ({_HOMES})"
_MAPS = f"SELECT id FROM family_maps WHERE household_id IN ({_HOMES})"
_PLANS = f"SELECT id FROM plans WHERE case_id IN ({_CASES})"
_EARLIER = f"SELECT id FROM agenda_items WHERE case_id IN ({_CASES}) AND basis = :basis"
_SHOWN = {
    "conferences": "SELECT :sitting AS id",
    "attendees": "SELECT id FROM attendees WHERE conference_id = :sitting",
    "agenda_items": f"{_ITEMS} UNION {_EARLIER}",
    "decisions": f"SELECT id FROM decisions WHERE agenda_item_id IN ({_EARLIER})",
    "direction_rows": f"SELECT id FROM direction_rows WHERE agenda_item_id IN ({_EARLIER})",
    "agreements": f"SELECT id FROM agreements WHERE agenda_item_id IN ({_OWN})",
    "item_attendances": f"SELECT id FROM item_attendances WHERE agenda_item_id IN ({_OWN})",
    "preparation_sheets": f"SELECT id FROM preparation_sheets WHERE agenda_item_id IN ({_OWN})",
    "cases": _CASES,
    "intakes": f"SELECT intake_id FROM cases WHERE id IN ({_CASES})",
    "households": _HOMES,
    "persons": _PEOPLE,
    "consents": f"SELECT id FROM consents WHERE person_id IN ({_PEOPLE})",
    "family_events": f"SELECT id FROM family_events WHERE household_id IN ({_HOMES})",
    "family_maps": _MAPS,
    "kinships": f"SELECT id FROM kinships WHERE family_map_id IN ({_MAPS})",
    "ties": f"SELECT id FROM ties WHERE family_map_id IN ({_MAPS})",
    "endings": f"SELECT id FROM endings WHERE case_id IN ({_CASES})",
    "case_notes": f"SELECT id FROM case_notes WHERE case_id IN ({_CASES})",
    "provenances": f"SELECT id FROM provenances WHERE case_id IN ({_CASES})",
    "plans": _PLANS,
    "issue_rows": f"SELECT id FROM issue_rows WHERE plan_id IN ({_PLANS})",
    "scheme_checks": f"SELECT id FROM scheme_checks WHERE case_id IN ({_CASES})",
    "goals": f"SELECT id FROM goals WHERE plan_id IN ({_PLANS})",
    "role_assignments": f"SELECT id FROM role_assignments WHERE plan_id IN ({_PLANS})",
    "agencies": "SELECT id FROM agencies",
    "profiles": "SELECT max(id) FROM profiles",
    "overrides": "SELECT id FROM overrides WHERE record_table = 'agenda_items'"
    f" AND record_id IN ({_ITEMS})",
}  # fmt: skip
_SHOWN_TO_CHAIR = {
    "copy_recalls": "SELECT id FROM copy_recalls WHERE conference_id = :sitting AND basis = :basis",
    "emergencies": f"SELECT id FROM emergencies WHERE agenda_item_id IN ({_OWN})",
}


def shown_of_sitting(
    store: "Store", conference_id: int, basis: str, *, for_chair: bool = False
) -> list[tuple[str, int]]:
    """Name the records on which the papers of a sitting on a basis depend.

    Struck records are among them: taking one away changes the paper as well. What only the
    chair's copy shows is among them ``for_chair``, so that other copies keep their number.
    """
    shown = _SHOWN | _SHOWN_TO_CHAIR if for_chair else _SHOWN
    bound = {"sitting": conference_id, "basis": basis}
    return [
        (table, row[0])
        for table, sql in shown.items()
        for row in store.db.execute(sql, bound)
        if row[0] is not None
    ]


def last_of_all(store: "Store") -> int:
    """Give the place of the last change of the store: a count depends on every record."""
    (place,) = store.db.execute("SELECT max(seq) FROM changes").fetchone()
    return place or 0


def shown_of_record(store: "Store", form: type[Form], record_id: int) -> list[tuple[str, int]]:
    """Name the records on which one printed form depends, struck rows among them."""
    shown = [(form.table, record_id), *_rows_of(store, form, record_id)]
    shown += [("agencies", row[0]) for row in store.db.execute("SELECT id FROM agencies")]
    shown += [("profiles", row[0]) for row in store.db.execute("SELECT max(id) FROM profiles")]
    for entry in links(form):
        sql = f"SELECT {entry.name} FROM {form.table} WHERE id = ?"
        (other,) = store.db.execute(sql, [record_id]).fetchone()
        if other is None or entry.table not in {kind.table for kind in FORMS}:
            continue
        shown.append((entry.table, other))
        if entry.table == Household.table:
            shown += _rows_of(store, Household, other)
    return shown


def _rows_of(store: "Store", form: type[Form], record_id: int) -> list[tuple[str, int]]:
    return [
        (entry.form.table, row[0])
        for entry in children(form)
        for row in store.db.execute(
            f"SELECT id FROM {entry.form.table} WHERE {parent_column(form)} = ?", [record_id]
        )
    ]


def of_person(store: "Store", table: str, person_id: int | None) -> list[tuple[str, int]]:
    """Name the records of a table about a person, struck ones among them."""
    sql = f"SELECT id FROM {table} WHERE person_id = ?"
    return [(table, row[0]) for row in store.db.execute(sql, [person_id])]


def of_household(store: "Store", table: str, household_id: int | None) -> list[tuple[str, int]]:
    """Name the records of a table about a household, struck ones among them."""
    sql = f"SELECT id FROM {table} WHERE household_id = ?"
    return [(table, row[0]) for row in store.db.execute(sql, [household_id])]


def of_case(store: "Store", table: str, case_id: int | None) -> list[tuple[str, int]]:
    """Name the records of a table about a case, struck ones among them."""
    sql = f"SELECT id FROM {table} WHERE case_id = ?"
    return [(table, row[0]) for row in store.db.execute(sql, [case_id])]


@dataclass(frozen=True, kw_only=True)
class About:
    """Whom a record is about: the client's name, the 受付番号, and earlier ones (統合)."""

    name: str
    number: str
    former: tuple[str, ...] = ()


def about(
    store: "Store",
    *,
    client_id: int | None = None,
    person_id: int | None = None,
    case_id: int | None = None,
) -> About | None:
    """Find whom a record is about by the references it has; None where it has none."""
    whose = client_id or person_id
    if whose is None and case_id is not None:
        found = store.db.execute("SELECT client_id FROM cases WHERE id = ?", [case_id]).fetchone()
        whose = found[0] if found else None
    if whose is None:
        return None
    (name,) = store.db.execute("SELECT name FROM persons WHERE id = ?", [whose]).fetchone()
    number, former = _numbers(store, whose)
    return About(name=name or "", number=number, former=former)


def _numbers(store: "Store", person_id: int) -> tuple[str, tuple[str, ...]]:
    """Give a person's first 受付番号, and those that came with a household that was merged."""
    sql = (
        "SELECT number, EXISTS (SELECT 1 FROM merges AS m, json_each(m.numbers) AS n"
        " WHERE m.undone_at IS NULL AND n.value = number) FROM intakes"
        " WHERE client_id = ? AND struck_at IS NULL AND number IS NOT NULL ORDER BY 2, id"
    )
    found = store.db.execute(sql, [person_id]).fetchall()
    first = found[0][0] if found else ""
    return first, tuple(number for number, came in found if came and number != first)
