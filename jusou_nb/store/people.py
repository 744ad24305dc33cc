"""Clients as far as one can be taken for another: number, name, reading, birth."""

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from jusou_nb.dates import PartialDate
from jusou_nb.rules.recorded import Known

if TYPE_CHECKING:
    from jusou_nb.store.core import Store


def clients(store: "Store") -> list[Known]:
    """Give every client with the 受付番号 of the intake, as they stand now."""
    sql = (
        "SELECT intakes.number, persons.name, persons.kana, persons.birth FROM intakes"
        " JOIN persons ON persons.id = intakes.client_id"
        " WHERE intakes.struck_at IS NULL AND persons.struck_at IS NULL ORDER BY intakes.id"
    )
    return [
        Known(
            number=number or "",
            name=name or "",
            kana=kana or "",
            birth=PartialDate.from_iso(birth) if birth else None,
        )
        for number, name, kana, birth in store.db.execute(sql)
    ]


def names_in_household(store: "Store", household_id: int | None) -> list[str]:
    """Give the names and readings of a household's people, so that a text can be searched."""
    sql = "SELECT name, kana FROM persons WHERE household_id = ? AND struck_at IS NULL"
    rows = store.db.execute(sql, [household_id]).fetchall()
    return [name for row in rows for name in row if name]


def names_in_case(store: "Store", case_id: int | None) -> list[str]:
    """Give the names and readings of the people of a case's household."""
    sql = "SELECT household_id FROM cases WHERE id = ?"
    found = store.db.execute(sql, [case_id]).fetchone()
    return names_in_household(store, found[0]) if found else []


class Directory:
    """Finds, among many people, those whose name or reading is spelt alike."""

    def __init__(self, people: Iterable[Known]) -> None:
        """Index the people."""
        self._alike: dict[str, list[Known]] = defaultdict(list)
        for person in people:
            for key in {person.name_key, person.kana_key} - {""}:
                self._alike[key].append(person)

    def near(self, person: Known) -> list[Known]:
        """Give the others of the same name or reading, each once, in their order."""
        found = [*self._alike[person.name_key]]
        if person.kana:
            found += self._alike[person.kana_key]
        unique = {id(other): other for other in found if other is not person}
        return list(unique.values())
