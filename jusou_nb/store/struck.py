"""What was struck through (取消): kept, with the reason, for whoever looks back."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from jusou_nb.fields import Form
from jusou_nb.store import records

if TYPE_CHECKING:
    from jusou_nb.store.core import Store

F = TypeVar("F", bound=Form)


@dataclass(frozen=True)
class Struck(Generic[F]):
    """A record that was struck: as it stood, when (ISO time), and why."""

    record: F
    at: str
    reason: str


def struck(store: "Store", form: type[F], order: str = "id", **where: Any) -> list[Struck[F]]:
    """Load the struck records whose columns hold these values."""
    conditions = "".join(f" AND {name} IS ?" for name in where)
    sql = f"SELECT * FROM {form.table} WHERE struck_at IS NOT NULL{conditions} ORDER BY {order}, id"
    return [
        Struck(records.built(store, form, row), row["struck_at"], row["struck_reason"] or "")
        for row in list(store.db.query(sql, list(where.values())))
    ]
