"""The names that a Word template may use: each with what stands there, checked both ways.

A template sees names and texts, never a record: what a reader may not have was left out when
the paper was gathered, as on every other paper.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jusou_nb.documents.sheet_parts import cells_of
from jusou_nb.fields import Form, Item, Kind, children, items
from jusou_nb.values import Lexicon

Values = Mapping[str, Any]
"""Texts, truth values and lists of the same, by name."""


@dataclass(frozen=True)
class Slot:
    """A name in the place of which a text stands; ``is_asked`` ones are for ``{% if … %}``."""

    name: str
    says: str
    is_asked: bool = False


@dataclass(frozen=True)
class Table:
    """A name that is gone through row by row; each row has names of its own."""

    name: str
    says: str
    slots: "Slots"


Slots = Sequence[Slot | Table]


def slot_name(label: str) -> str:
    """Make a name of a box's label: 「本人・家族の意向」 → 「本人家族の意向」."""
    return re.sub(r"\W", "", unicodedata.normalize("NFKC", label))


def slots_of(form: type[Form], *, leave: frozenset[str] = frozenset()) -> tuple[Slot | Table, ...]:
    """Give the names of a form: its boxes and its tables by their labels, ``leave`` left out."""
    boxes = [
        Slot(slot_name(b.label), b.help or b.label) for b in items(form) if b.name not in leave
    ]
    tables = [
        Table(slot_name(entry.label), f"{entry.label}の行", slots_of(entry.form))
        for entry in children(form)
        if entry.name not in leave
    ]
    return (*boxes, *tables)


def values_of(
    record: Form, lexicon: Lexicon, *, leave: frozenset[str] = frozenset()
) -> dict[str, Any]:
    """Write a record's boxes and rows as its printed form has them, by the names of its slots."""
    values: dict[str, Any] = {}
    for box in items(type(record)):
        if box.name not in leave:
            cells = cells_of(record, [box.name], lexicon)
            values[slot_name(box.label)] = _grouped(box, cells[0].value) if cells else ""
    for entry in children(type(record)):
        if entry.name not in leave:
            rows = getattr(record, entry.name)
            values[slot_name(entry.label)] = [values_of(row, lexicon) for row in rows]
    return values


def _grouped(box: Item, text: str) -> str:
    """Write a number as letters of an office have it: 19,500."""
    return f"{int(text):,}" if box.kind is Kind.NUMBER and text.isdigit() else text


def differing(slots: Slots, values: Values, within: str = "") -> Iterator[str]:
    """Name what is declared and not gathered, or gathered and not declared."""
    named = {slot.name: slot for slot in slots}
    yield from (f"{within}{name}" for name in sorted(named.keys() ^ values.keys()))
    for name, slot in named.items():
        if isinstance(slot, Table):
            for row in values.get(name, ()):
                yield from differing(slot.slots, row, f"{within}{name}.")
