"""What a declared box is: its kind, its label, who may read it, where it stands."""

from dataclasses import dataclass
from enum import StrEnum, auto
from typing import Any

from jusou_nb.choices import Choice, Option, Scope
from jusou_nb.profile import Profile


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


class Writing(StrEnum):
    """How a text is written in the same manner on all forms, whatever was typed."""

    READING = auto()
    TELEPHONE = auto()
    ADDRESS = auto()


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
    """A box as declared, with what follows from the type of its field.

    Attributes:
        name: The field's name, which is also the column's.
        label: Its Japanese name on form, paper and Excel heading.
        kind: What it holds, from the field's type.
        many: Whether it holds several values.
        scope: The category of information it belongs to; without one nothing compiles.
        section: The ruled heading under which it stands.
        choice: The enumeration from which it is chosen, where the type is one.
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
        writing: How its text is written, where there is one manner for all forms.
        reading_of: Name of the box whose reading this one holds.
    """

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
    writing: Writing | None
    reading_of: str

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
    """A repeating table inside a form: its class, its heading, and who its first row is."""

    name: str
    label: str
    section: str
    form: type[Any]
    first: str = ""


@dataclass(frozen=True, kw_only=True)
class Link:
    """A reference to another record that the program sets, not a box."""

    name: str
    table: str
