"""Tables as pandas DataFrames, masked unless asked for with a reason."""

from typing import TYPE_CHECKING, Any

import pandas as pd

from jusou_nb import settings
from jusou_nb.errors import NotFound
from jusou_nb.fields import Form, items
from jusou_nb.rules.sharing import names_informant
from jusou_nb.store import roles
from jusou_nb.store.schema import every_form
from jusou_nb.values import MASKED

if TYPE_CHECKING:
    from jusou_nb.store.core import Store


def frame(store: "Store", table: str, *, reason: str | None = None) -> pd.DataFrame:
    """Give a casework table as a DataFrame, one row a record, struck records left out.

    Columns are the boxes' names. Address, telephone, school and workplace of persons under
    秘匿, and whoever told us, read 「秘匿」. With a ``reason`` they stand as recorded, and who
    read them, when and why is logged.

    Raises:
        NotFound: There is no such table.
        NotAllowed: The table tells of people, and this account may not open cases.
    """
    forms = {form.table: form for form, _ in every_form()}
    if table not in forms:
        raise NotFound(f"表「{table}」はありません（あるもの: {'、'.join(forms)}）")
    roles.refuse_unless_reader(store, settings.today(), [forms[table]])
    rows = pd.read_sql_query(f"SELECT * FROM {table} WHERE struck_at IS NULL", store.db.conn)
    if reason is None or not reason.strip():
        return _mask(rows, forms[table])
    store.log_reading(table, 0, "unmasked_frame", {"reason": reason, "rows": len(rows)})
    return rows


def _mask(rows: pd.DataFrame, form: type[Form]) -> pd.DataFrame:
    for box in items(form):
        if names_informant(box):
            _hide(rows, box.name, rows[box.name].notna())
        if box.masked:
            # A form of no single person has no such column: its whereabouts are always hidden.
            hidden = rows["is_masked"] == 1 if "is_masked" in rows else True
            _hide(rows, box.name, hidden & rows[box.name].notna())
    return rows


def _hide(rows: pd.DataFrame, column: str, where: Any) -> None:
    rows[column] = rows[column].astype(object).mask(where, MASKED)
