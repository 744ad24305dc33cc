"""Saves and loads a form with its rows; a second save of an old copy is a shown conflict."""

import dataclasses
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from jusou_nb import values
from jusou_nb.errors import Conflict, NotFound
from jusou_nb.fields import Form, children, items, links
from jusou_nb.store import search_index
from jusou_nb.store.alike import keep_keys
from jusou_nb.store.schema import parent_column
from jusou_nb.values import Lexicon

if TYPE_CHECKING:
    from jusou_nb.store.core import Store

F = TypeVar("F", bound=Form)


def save(store: "Store", record: F, parent: tuple[str, int, int] | None = None) -> F:
    """Write a record and its rows, and give it back with id and version.

    ``parent`` is (column, id, position) for a row of another form.

    Raises:
        Conflict: Somebody else saved since this copy was loaded.
    """
    with store.transaction():
        old = _row(store, type(record), record.id) if record.id is not None else None
        if old is not None and parent is None and old["version"] != record.version:
            raise _conflict(store, record)
        new = {**_columns(record), **_place(parent)}
        changed = {
            name: [old and old[name], value]
            for name, value in new.items()
            if old is None or old[name] != value
        }
        rows_changed = old is not None and _rows_differ(store, record)
        if old is not None and not changed and not rows_changed:
            return record
        saved = _write(store, record, old, new, changed)
        return _save_rows(store, saved)


def _columns(record: Form) -> dict[str, Any]:
    boxes = {b.name: values.to_column(b, getattr(record, b.name)) for b in items(type(record))}
    return {**{entry.name: getattr(record, entry.name) for entry in links(type(record))}, **boxes}


def _place(parent: tuple[str, int, int] | None) -> dict[str, Any]:
    return {parent[0]: parent[1], "position": parent[2]} if parent else {}


def _write(
    store: "Store",
    record: F,
    old: Mapping[str, Any] | None,
    new: dict[str, Any],
    changed: Any,
) -> F:
    table, version = record.table, record.version + 1
    if old is None:
        names = ", ".join([*new, "version"])
        marks = ", ".join("?" * (len(new) + 1))
        cursor = store.db.execute(
            f"INSERT INTO {table} ({names}) VALUES ({marks})", [*new.values(), version]
        )
        record = dataclasses.replace(record, id=int(cursor.lastrowid or 0))
    else:
        version = old["version"] + 1
        sets = ", ".join(f"{name} = ?" for name in [*changed, "version"])
        news = [pair[1] for pair in changed.values()]
        store.db.execute(f"UPDATE {table} SET {sets} WHERE id = ?", [*news, version, record.id])
    action = "insert" if old is None else "update"
    store.log_change(table, record.id or 0, action, {**changed, "version": [None, version]})
    keep_keys(store, table, record.id or 0)
    search_index.keep(store.db, table, record.id or 0)
    return dataclasses.replace(record, version=version)


def _save_rows(store: "Store", record: F) -> F:
    for table in children(type(record)):
        column = parent_column(type(record))
        kept = tuple(
            save(store, row, (column, record.id or 0, place))
            for place, row in enumerate(getattr(record, table.name))
        )
        gone = _row_ids(store, table.form, column, record.id or 0) - {row.id or 0 for row in kept}
        for row_id in gone:
            strike(store, table.form, row_id, "行を取り消した")
        rows: dict[str, Any] = {table.name: kept}
        record = dataclasses.replace(record, **rows)
    return record


def _row_ids(store: "Store", form: type[Form], column: str, parent_id: int) -> set[int]:
    sql = f"SELECT id FROM {form.table} WHERE {column} = ? AND struck_at IS NULL"
    return {row[0] for row in store.db.execute(sql, [parent_id])}


def _rows_differ(store: "Store", record: Form) -> bool:
    stored = load(store, type(record), record.id or 0)
    return any(getattr(stored, t.name) != getattr(record, t.name) for t in children(type(record)))


def _conflict(store: "Store", record: Form) -> Conflict:
    theirs = load(store, type(record), record.id or 0)
    lexicon = store.lexicon()
    differences = {
        box.label: (
            told(theirs, box.name, lexicon),
            told(record, box.name, lexicon),
        )
        for box in items(type(record))
        if getattr(theirs, box.name) != getattr(record, box.name)
    }
    for table in children(type(record)):
        if getattr(theirs, table.name) != getattr(record, table.name):
            pair = told(theirs, table.name, lexicon), told(record, table.name, lexicon)
            differences[table.label] = pair
    return Conflict(
        f"「{record.title}」は、開いたあとにほかの人が保存しました。両方を見て、もう一度登録してください",
        differences,
    )


def told(record: Form, name: str, lexicon: Lexicon) -> str:
    """Write a box for people, or the rows of a table, a line each."""
    box = next((box for box in items(type(record)) if box.name == name), None)
    if box is not None:
        return values.show(box, getattr(record, name), lexicon)
    lines = []
    for row in getattr(record, name):
        cells = [values.show(box, getattr(row, box.name), lexicon) for box in items(type(row))]
        lines.append("　".join(cell for cell in cells if cell))
    return "\n".join(lines)


def _row(store: "Store", form: type[Form], record_id: int) -> dict[str, Any]:
    found = store.db.query(f"SELECT * FROM {form.table} WHERE id = ?", [record_id])
    row = next(iter(found), None)
    if row is None or row["struck_at"] is not None:
        gone = "取り消されています" if row else "見つかりません"
        raise NotFound(f"「{form.title}」の {record_id} 番は{gone}。一覧から選び直してください")
    return row


def load(store: "Store", form: type[F], record_id: int) -> F:
    """Load one record with its rows (NotFound when there is none, or it was struck)."""
    return built(store, form, _row(store, form, record_id))


def built(store: "Store", form: type[F], row: Mapping[str, Any]) -> F:
    """Make a record, with its rows, from its row of the table."""
    boxes = {box.name: values.from_column(box, row[box.name]) for box in items(form)}
    references = {entry.name: row[entry.name] for entry in links(form)}
    tables = {
        t.name: tuple(find(store, t.form, "position", **{parent_column(form): row["id"]}))
        for t in children(form)
    }
    return form(id=row["id"], version=row["version"], **references, **boxes, **tables)


def find(store: "Store", form: type[F], order: str = "id", **where: Any) -> list[F]:
    """Load all records whose columns hold these values, struck ones left out."""
    conditions = "".join(f" AND {name} IS ?" for name in where)
    sql = f"SELECT * FROM {form.table} WHERE struck_at IS NULL{conditions} ORDER BY {order}, id"
    plain = [v.isoformat() if hasattr(v, "isoformat") else v for v in where.values()]
    return [built(store, form, row) for row in list(store.db.query(sql, plain))]


def strike(store: "Store", form: type[Form], record_id: int, reason: str) -> None:
    """取消: take a record out of every list and count, keep it and the reason."""
    with store.transaction():
        _row(store, form, record_id)
        new = {"struck_at": store.now(), "struck_reason": reason}
        store.db.execute(
            f"UPDATE {form.table} SET struck_at = ?, struck_reason = ? WHERE id = ?",
            [*new.values(), record_id],
        )
        changed = {name: [None, value] for name, value in new.items()}
        store.log_change(form.table, record_id, "strike", changed)
        keep_keys(store, form.table, record_id)
        search_index.keep(store.db, form.table, record_id)
