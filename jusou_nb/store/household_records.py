"""Every record that hangs on a household: found by what refers to what, form by form.

A paper about a whole case depends on all of them; whoever asks what is held of a person asks
for all of them. No list names the forms: a new one is found by its links.
"""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from jusou_nb.fields import Form, links
from jusou_nb.forms import Household
from jusou_nb.store.schema import every_form, parent_column

if TYPE_CHECKING:
    from jusou_nb.store.core import Store

Found = dict[str, set[int]]
"""Ids by table."""


def records_of(store: "Store", household_id: int) -> Found:
    """Give the ids of all records of a household by table, rows and struck ones among them."""
    found: Found = {Household.table: {household_id}}
    known = 0
    # A plan hangs on a case, a monitoring on its plan: go on until nothing more is found.
    while known != (known := sum(len(ids) for ids in found.values())):
        for form, parent in every_form():
            for column, table in _ways(form, parent):
                ids = _referring(store, form.table, column, found.get(table, ()))
                if ids:
                    found.setdefault(form.table, set()).update(ids)
    return found


def _ways(form: type[Form], parent: type[Form] | None) -> list[tuple[str, str]]:
    """Give the columns by which records of a form hang on others, and the tables of those."""
    ways = [(entry.name, entry.table) for entry in links(form)]
    return [(parent_column(parent), parent.table), *ways] if parent else ways


def _referring(store: "Store", table: str, column: str, ids: Iterable[int]) -> set[int]:
    wanted = sorted(ids)
    if not wanted:
        return set()
    marks = ", ".join("?" * len(wanted))
    sql = f"SELECT id FROM {table} WHERE {column} IN ({marks})"
    return {row[0] for row in store.db.execute(sql, wanted)}


def shown(store: "Store", found: Mapping[str, Iterable[int]]) -> list[tuple[str, int]]:
    """Name the records on which a paper about all of them depends, for its number.

    The words of the profile, what agencies are called and the days of sittings are among them.
    """
    sql = "SELECT conference_id FROM agenda_items WHERE id = ? AND conference_id IS NOT NULL"
    items = found.get("agenda_items", ())
    sittings = {row[0] for item in items for row in store.db.execute(sql, [item])}
    return [
        *((table, id_) for table, ids in found.items() for id_ in sorted(ids)),
        *(("conferences", id_) for id_ in sorted(sittings)),
        *(("agencies", row[0]) for row in store.db.execute("SELECT id FROM agencies")),
        *(("profiles", row[0]) for row in store.db.execute("SELECT max(id) FROM profiles")),
    ]
