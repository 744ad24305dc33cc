"""Which records stand on a record: asked before it is struck through (取消)."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from jusou_nb.fields import Form, items, links
from jusou_nb.store.schema import every_form, parent_column

if TYPE_CHECKING:
    from jusou_nb.store.core import Store


@dataclass(frozen=True)
class Reference:
    """A column by which records of a form name records of a table; ``many`` holds a JSON list."""

    column: str
    table: str
    many: bool = False


def references_of(form: type[Form], parent: type[Form] | None) -> list[Reference]:
    """Give every column of a form that names another record: its form, links, chosen boxes."""
    found = [Reference(parent_column(parent), parent.table)] if parent else []
    found += [Reference(entry.name, entry.table) for entry in links(form)]
    return found + [Reference(box.name, box.ref, box.many) for box in items(form) if box.ref]


@dataclass(frozen=True)
class Standing:
    """Records of one form that stand on another record: the form's title and how many."""

    title: str
    count: int


def standing_on(store: "Store", record: Form) -> list[Standing]:
    """Count what refers to a record and is not struck itself, form by form.

    Rows of a form stand and fall with it; they are counted as their form.
    """
    found: dict[str, set[int]] = {}
    for form, parent in every_form():
        whole = parent or form
        if parent is type(record):
            continue
        column = parent_column(parent) if parent else "id"
        for where in _conditions(form, record.table):
            sql = f"SELECT {column} FROM {form.table} WHERE struck_at IS NULL AND {where}"
            ids = {row[0] for row in store.db.execute(sql, [record.id])}
            found.setdefault(whole.table, set()).update(_unstruck(store, whole, ids))
    titles = {(parent or form).table: (parent or form).title for form, parent in every_form()}
    return [Standing(titles[table], len(ids)) for table, ids in found.items() if ids]


def _conditions(form: type[Form], table: str) -> list[str]:
    single = [entry.name for entry in links(form) if entry.table == table]
    single += [box.name for box in items(form) if box.ref == table and not box.many]
    many = [box.name for box in items(form) if box.ref == table and box.many]
    return [f"{name} = ?" for name in single] + [
        f"EXISTS (SELECT 1 FROM json_each({form.table}.{name}) WHERE value = ?)" for name in many
    ]


def _unstruck(store: "Store", form: type[Form], ids: set[int]) -> set[int]:
    marks = ", ".join("?" * len(ids))
    sql = f"SELECT id FROM {form.table} WHERE struck_at IS NULL AND id IN ({marks})"
    return {row[0] for row in store.db.execute(sql, sorted(ids))}
