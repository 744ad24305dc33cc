"""The 受付番号 behind an indicator, so that a figure leads to its records."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from jusou_nb.store.yearly.counting import binds
from jusou_nb.store.yearly.defined import Indicator

if TYPE_CHECKING:
    from jusou_nb.store.core import Store

MOST = 300
"""Numbers that are listed; nobody reads more of them on paper."""


@dataclass(frozen=True, kw_only=True)
class Behind:
    """What an indicator has counted.

    Attributes:
        title: The indicator's heading.
        numbers: 受付番号, each once, in their order; at most ``MOST``.
        has_more: Whether there are more of them.
    """

    title: str
    numbers: tuple[str, ...]
    has_more: bool = False


def behind(store: "Store", one: Indicator, first: date, last: date) -> Behind:
    """Give the 受付番号 of an indicator's records.

    A sheet of 相談受付 is named by its own number, any other record by the first one of its
    household. What is about no household has none.
    """
    sql = f"SELECT DISTINCT {_number(one)} AS number FROM ({one.sql()}) AS line"
    sql = f"SELECT number FROM ({sql}) WHERE number IS NOT NULL ORDER BY number LIMIT {MOST + 1}"
    found = [number for (number,) in store.db.execute(sql, binds(store, first, last))]
    return Behind(title=one.title, numbers=tuple(found[:MOST]), has_more=len(found) > MOST)


def _number(one: Indicator) -> str:
    if one.table == "intakes":
        return "(SELECT i.number FROM intakes AS i WHERE i.id = line.record_id)"
    return (
        "(SELECT i.number FROM intakes AS i WHERE i.household_id = line.household_id"
        " AND i.number IS NOT NULL AND i.struck_at IS NULL"
        " ORDER BY i.received_on, i.id LIMIT 1)"
    )
