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
from enum import StrEnum, auto
from functools import cache
from typing import Any, NewType

from jusou_nb.choices import Choice, Option, Scope
from jusou_nb.dates import PartialDate
from jusou_nb.profile import Profile

Code = NewType("Code", str)
"""A code of one of the profile's lists (``codes=`` names the list)."""

Ref = NewType("Ref", int)
"""The id of a record in another table (``ref=`` names it), chosen in a box."""

_KEY = "jusou_nb"


class Stage(Choice):
    """How far a form must be filled for what is to be done with it."""

    DRAFT = "draft", "登録"
    SHARED = "shared", "会議資料"
    REPORTED = "reported", "国への報告"


class Kind(StrEnum):
    """What a box holds; decides column, control, spelling and parsing."""

    TEXT = auto()
    NUMBER = auto()
    FLAG = auto()
    DATE = auto()
    PARTIAL_DATE = auto()
    MOMENT = auto()
    AGE = auto()
    CODE = auto()
    CHOICE = auto()
    REF = auto()


@dataclass(frozen=True)
class StatedAge:
    """An age as somebody stated it: 80代, 推定40, 50, 不明. Never turned into a birth year."""

    manner: str
    years: int | None = None

    def __post_init__(self) -> None:
        """Refuse a manner that is none of exact, about, decade, unknown (ValueError)."""
        if self.manner not in ("exact", "about", "decade", "unknown"):
            raise ValueError(self.manner)


@dataclass(frozen=True, kw_only=True)
class Item:
    """A box as declared, with what follows from the type of its field."""

    name: str
    label: str
    kind: Kind
    many: bool
    scope: Scope
    section: str
    choice: type[Choice] | None
    codes: str | None
    ref: str | None
    required_at: Stage | None
    reported: bool
    masked: bool
    identifies: bool
    aliases: tuple[str, ...]
    lines: int
    help: str
    unique: bool
    ledger: bool
    shown_if: tuple[str, tuple[Any, ...]] | None

    @property
    def is_free_text(self) -> bool:
        """Whether it can hold sentences, of which the system promises nothing."""
        return self.kind is Kind.TEXT and self.lines > 1

    @property
    def headings(self) -> tuple[str, ...]:
        """Every heading in a table that means this box."""
        return (self.label, *self.aliases)

    def options(self, profile: Profile) -> tuple[Option, ...]:
        """The values that can be chosen, or nothing where any can be typed."""
        if self.choice is not None:
            return tuple(self.choice.options())
        return profile.codes(self.codes).options if self.codes else ()


@dataclass(frozen=True, kw_only=True)
class Rows:
    """A repeating table inside a form: its class and its heading."""

    name: str
    label: str
    section: str
    form: type["Form"]


@dataclass(frozen=True, kw_only=True)
class Link:
    """A reference to another record that the program sets, not a box."""

    name: str
    table: str


@dataclass(frozen=True, kw_only=True)
class Form:
    """Base of all form classes: where a record stands in the store."""

    id: int | None = None
    version: int = 0

    def __init_subclass__(cls, *, table: str = "", title: str = "", **kwargs: Any) -> None:  # noqa: ANN401
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
    help: str = "",  # noqa: A002 - the word on the form
    unique: bool = False,
    ledger: bool = True,
    shown_if: tuple[str, tuple[Any, ...]] | None = None,
) -> Any:  # noqa: ANN401 - stands for the field's own type, as dataclasses.field does
    """Declare a box.

    Args:
        label: Its Japanese name on form, paper and Excel heading.
        scope: The category of information it belongs to; without one nothing compiles.
        section: The ruled heading under which it stands.
        codes: The profile's list from which a ``Code`` is chosen.
        ref: The table from which a ``Ref`` is chosen.
        required_at: The stage from which it must be filled.
        reported: 国への報告事項, the thick frame.
        masked: Withheld everywhere for a person under 秘匿.
        identifies: Tells who it is; left off papers that name people as A氏・B氏.
        aliases: Other headings by which an import finds it.
        lines: Height of the control; more than one makes it free text.
        help: Support text between label and control.
        unique: No two records may hold the same value.
        ledger: Whether the office's ledger has a column for it.
        shown_if: Name of another box and the values at which this one is asked for.
    """
    spec = {key: value for key, value in locals().items() if key != "spec"}
    return dataclasses.field(default=None, metadata={_KEY: spec})


def rows(label: str, form: type[Form], *, section: str = "") -> Any:  # noqa: ANN401 - as item()
    """Declare a repeating table whose rows are of another form class."""
    return dataclasses.field(default=(), metadata={_KEY: (label, form, section)})


def link(table: str) -> Any:  # noqa: ANN401 - as item()
    """Declare a reference to a record of another table, set by the program."""
    return dataclasses.field(default=None, metadata={_KEY: table})


def _declared(form: type[Form]) -> Iterator[tuple[str, Any, Any]]:
    hints = typing.get_type_hints(form)
    for entry in dataclasses.fields(form):
        if _KEY in entry.metadata:
            yield entry.name, entry.metadata[_KEY], hints[entry.name]


@cache
def items(form: type[Form]) -> tuple[Item, ...]:
    """Give the boxes of a form in the order of the paper."""
    return tuple(
        Item(name=name, **spec, **_shape(hint))
        for name, spec, hint in _declared(form)
        if isinstance(spec, dict)
    )


@cache
def children(form: type[Form]) -> tuple[Rows, ...]:
    """Give the repeating tables of a form."""
    return tuple(
        Rows(name=name, label=spec[0], form=spec[1], section=spec[2])
        for name, spec, _ in _declared(form)
        if isinstance(spec, tuple)
    )


@cache
def links(form: type[Form]) -> tuple[Link, ...]:
    """Give the references of a form to other records."""
    return tuple(
        Link(name=name, table=spec) for name, spec, _ in _declared(form) if isinstance(spec, str)
    )


def get_item(form: type[Form], name: str) -> Item:
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


def _shape(hint: Any) -> dict[str, Any]:  # noqa: ANN401 - a type annotation can be anything
    """Read kind, plurality and choice from ``T | None`` or ``tuple[T, ...] | None``."""
    inner = next(arg for arg in typing.get_args(hint) if arg is not types.NoneType)
    many = typing.get_origin(inner) is tuple
    if many:
        inner = typing.get_args(inner)[0]
    is_choice = isinstance(inner, type) and issubclass(inner, Choice)
    kind = Kind.CHOICE if is_choice else _KINDS[inner]
    return {"kind": kind, "many": many, "choice": inner if is_choice else None}
