"""One box of a paper form is one line of a class.

``item()`` declares a box, ``rows()`` a repeating table of boxes, ``link()`` a reference to
another record that is not a box. Everything else reads them from here: the table, the
control, the check, the printed row, the Excel heading, and who may read it.
"""

import dataclasses
import types
import typing
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, NewType

from jusou_nb.boxes import Item, Kind, Link, Rows, Stage, StatedAge, Writing
from jusou_nb.choices import Choice, Scope
from jusou_nb.dates import PartialDate

__all__ = [
    "Code",
    "Form",
    "Item",
    "Kind",
    "Link",
    "Ref",
    "Rows",
    "Stage",
    "StatedAge",
    "Writing",
    "children",
    "get_item",
    "item",
    "items",
    "link",
    "links",
    "rows",
]

Code = NewType("Code", str)
"""A code of one of the profile's lists (``codes=`` names the list)."""

Ref = NewType("Ref", int)
"""The id of a record in another table (``ref=`` names it), chosen in a box."""

_KEY = "jusou_nb"


@dataclass(frozen=True, kw_only=True)
class Form:
    """Base of all form classes: where a record stands in the store."""

    id: int | None = None
    version: int = 0

    def __init_subclass__(cls, *, table: str = "", title: str = "", **kwargs: Any) -> None:
        """Take ``table`` (plural, English) and ``title`` (the paper's name) of the form."""
        super().__init_subclass__(**kwargs)
        if table:
            cls.table, cls.title = table, title

    table: typing.ClassVar[str] = ""
    title: typing.ClassVar[str] = ""


def item(
    label: str,
    *,
    scope: Scope,
    section: str = "",
    codes: str | None = None,
    ref: str | None = None,
    required_at: Stage | None = None,
    reported: bool = False,
    masked: bool = False,
    identifies: bool = False,
    aliases: tuple[str, ...] = (),
    lines: int = 1,
    help: str = "",
    unique: bool = False,
    ledger: bool = True,
    shown_if: tuple[str, tuple[Any, ...]] | None = None,
    writing: Writing | None = None,
    reading_of: str = "",
) -> Any:
    """Declare a box; :class:`Item` says what each word of the declaration means."""
    spec = {key: value for key, value in locals().items() if key != "spec"}
    return dataclasses.field(default=None, metadata={_KEY: spec})


def rows(label: str, form: type[Form], *, section: str = "", first: str = "") -> Any:
    """Declare a repeating table whose rows are of another form class; ``first`` names row 1."""
    return dataclasses.field(default=(), metadata={_KEY: (label, form, section, first)})


def link(table: str) -> Any:
    """Declare a reference to a record of another table, set by the program."""
    return dataclasses.field(default=None, metadata={_KEY: table})


def _declared(form: type[Form]) -> Iterator[tuple[str, Any, Any]]:
    hints = typing.get_type_hints(form)
    for entry in dataclasses.fields(form):
        if _KEY in entry.metadata:
            yield entry.name, entry.metadata[_KEY], hints[entry.name]


def items(form: Any) -> tuple[Item, ...]:
    """Give the boxes of a form class in the order of the paper."""
    return _read_class(form).items


def children(form: Any) -> tuple[Rows, ...]:
    """Give the repeating tables of a form class."""
    return _read_class(form).rows


def links(form: Any) -> tuple[Link, ...]:
    """Give the references of a form class to other records."""
    return _read_class(form).links


@dataclass(frozen=True)
class _Read:
    items: tuple[Item, ...]
    rows: tuple[Rows, ...]
    links: tuple[Link, ...]


@cache
def _read_class(form: Any) -> _Read:
    return _Read(_items(form), _children(form), _links(form))


def _items(form: type[Form]) -> tuple[Item, ...]:
    return tuple(
        Item(name=name, **spec, **_shape(hint))
        for name, spec, hint in _declared(form)
        if isinstance(spec, dict)
    )


def _children(form: type[Form]) -> tuple[Rows, ...]:
    return tuple(
        Rows(name=name, label=spec[0], form=spec[1], section=spec[2], first=spec[3])
        for name, spec, _ in _declared(form)
        if isinstance(spec, tuple)
    )


def _links(form: type[Form]) -> tuple[Link, ...]:
    return tuple(
        Link(name=name, table=spec) for name, spec, _ in _declared(form) if isinstance(spec, str)
    )


def get_item(form: Any, name: str) -> Item:
    """Find one box of a form by its name (KeyError if there is none)."""
    return {box.name: box for box in items(form)}[name]


_KINDS: dict[Any, Kind] = {
    str: Kind.TEXT,
    int: Kind.NUMBER,
    bool: Kind.FLAG,
    date: Kind.DATE,
    datetime: Kind.MOMENT,
    PartialDate: Kind.PARTIAL_DATE,
    StatedAge: Kind.AGE,
    Code: Kind.CODE,
    Ref: Kind.REF,
}


def _shape(hint: Any) -> dict[str, Any]:
    """Read kind, plurality and choice from ``T | None`` or ``tuple[T, ...] | None``."""
    inner = next(arg for arg in typing.get_args(hint) if arg is not types.NoneType)
    many = typing.get_origin(inner) is tuple
    if many:
        inner = typing.get_args(inner)[0]
    is_choice = isinstance(inner, type) and issubclass(inner, Choice)
    kind = Kind.CHOICE if is_choice else _KINDS[inner]
    return {"kind": kind, "many": many, "choice": inner if is_choice else None}
