"""Which records belong to one household: as SQL, so that any query can be kept to them."""

import re
from functools import cache
from typing import TYPE_CHECKING, TypeVar

from jusou_nb.fields import Form, links
from jusou_nb.forms import Case, Household, Intake, Person
from jusou_nb.store import records
from jusou_nb.store.schema import every_form, parent_column

if TYPE_CHECKING:
    from jusou_nb.store.core import Store

F = TypeVar("F", bound=Form)

_HOME = "household_id"
_FIRST = (Person.table, Case.table, Intake.table)
_LEADS = (
    "case_id", "client_id", "person_id", "plan_id", "intake_id", "outreach_id", "menu_id",
    "matching_id", "monitoring_id", "agenda_item_id", "disclosure_request_id", "assessment_id",
)  # fmt: skip
"""Links that lead to a household where a record does not name it itself."""


@cache
def conditions() -> dict[str, str]:
    """Give, by table, the condition that a record belongs to the household ``:home``.

    Tables whose records belong to no household (agencies, sittings, places …) are left out.
    """
    found = {Household.table: "id = :home", **dict.fromkeys(_FIRST, f"{_HOME} = :home")}
    waiting = [(form, parent) for form, parent in every_form() if form.table not in found]
    while ready := {f.table: said for f, parent in waiting if (said := _said(f, parent, found))}:
        found |= ready
        waiting = [(form, parent) for form, parent in waiting if form.table not in found]
    return found


def _said(form: type[Form], parent: type[Form] | None, known: dict[str, str]) -> str:
    if parent is not None:
        return _inside(parent_column(parent), parent.table, known)
    tables = {entry.name: entry.table for entry in links(form)}
    if _HOME in tables:
        # Some of these name the case alone.
        by_case = [_inside("case_id", Case.table, known)] if "case_id" in tables else []
        return " OR ".join([f"{_HOME} = :home", *by_case])
    ways = (_inside(name, tables[name], known) for name in _LEADS if name in tables)
    return " OR ".join(way for way in ways if way)


def _inside(column: str, table: str, known: dict[str, str]) -> str:
    if table not in known:
        return ""
    return f"{column} IN (SELECT id FROM main.{table} WHERE {known[table]})"


@cache
def within(sql: str) -> str:
    """Keep a query to the household ``:home``: each table that it names holds only its records.

    The tables are shadowed under their own names, so that the query itself stays as it is.
    """
    named = set(re.findall(r"\w+", sql))
    shadows = [
        f"{table} AS (SELECT * FROM main.{table} WHERE {said})"
        for table, said in conditions().items()
        if table in named
    ]
    return f"WITH {', '.join(shadows)} {sql}" if shadows else sql


def is_of_a_household(table: str) -> bool:
    """Whether the records of a table belong to households."""
    return table in conditions()


def find_within(store: "Store", form: type[F], household_id: int, order: str = "id") -> list[F]:
    """Load the records of a form that belong to a household, struck ones left out."""
    sql = (
        f"SELECT * FROM {form.table} WHERE struck_at IS NULL AND ({conditions()[form.table]})"
        f" ORDER BY {order}, id"
    )
    rows = list(store.db.query(sql, {"home": household_id}))
    return [records.built(store, form, row) for row in rows]
