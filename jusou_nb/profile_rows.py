"""The rows of a profile: bases, bodies with their seats, agencies, budgets, the flow, lists."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from jusou_nb.choices import Option


@dataclass(frozen=True, kw_only=True)
class Basis:
    """A legal basis on which an item may be discussed (建て付け)."""

    code: str
    label: str
    law: str = ""
    requires_consent: bool = False
    decides_plan: bool = False
    confidentiality: str = ""
    notice: str = ""
    notice_confirmed_on: str = ""
    identification: str = "lettered"
    anonymous: bool = False


@dataclass(frozen=True, kw_only=True)
class Member:
    """A seat on the roster: an agency, its post, its group and when it is called.

    ``is_person`` is a seat of a single person (個人委嘱), whom nobody can represent;
    ``since`` and ``until`` are ISO days, the last included.
    """

    agency: str
    post: str = ""
    group: int = 2
    always: bool = True
    is_chair: bool = False
    is_person: bool = False
    since: str = ""
    until: str = ""

    def sits_on(self, day: date | None) -> bool:
        """Whether the seat is held on a day; without dates, or without a day, it always is."""
        iso = day.isoformat() if day else ""
        return not iso or (self.since <= iso and (not self.until or iso <= self.until))


@dataclass(frozen=True, kw_only=True)
class Body:
    """A meeting body: what it is called here, how often it sits, on which bases.

    ``rule`` names the day of the month on which it sits (``third_thursday``), ``hours`` and
    ``place`` when and where; ``anonymous_questionnaire`` is a body whose members answer
    afterwards without a name.
    """

    code: str
    label: str
    bases: tuple[str, ...]
    frequency: str = ""
    rule: str = ""
    hours: str = ""
    place: str = ""
    anonymous_questionnaire: bool = False
    members: tuple[Member, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Agency:
    """An agency that the profile knows from the start; ``municipality`` where it is another's."""

    name: str
    kind: str
    sector: str = "public"
    aliases: tuple[str, ...] = ()
    municipality: str = ""
    telephone: str = ""
    address: str = ""
    open_when: str = ""
    takes: str = ""


@dataclass(frozen=True, kw_only=True)
class Budget:
    """What a 年度 (its western year) may spend under an account (科目), in yen."""

    fiscal_year: int
    account: str
    amount: int


@dataclass(frozen=True, kw_only=True)
class FlowStep:
    """A place on the town's way of support (支援の流れ図), drawn in the band of its ``lane``.

    Attributes:
        code: Names it to others.
        lane: The heading of its band; the bands stand in the order of their first rows.
        kind: How it is drawn: ``person``, ``desk``, ``meeting``, ``support`` or ``onward``.
        label: What it is called; empty takes the name of its ``body`` or ``basis``.
        plain: What citizens call it; empty takes the label.
        next: Codes of what follows.
        back: Codes of what it leads back to (a broken line).
        staff: The sentence for staff; a step without it is not on their drawing.
        citizens: The sentence for citizens; a step without it is not on theirs.
        agency: Whose desk it is, so that citizens find its telephone.
    """

    code: str
    lane: str
    kind: str = "desk"
    label: str = ""
    plain: str = ""
    next: tuple[str, ...] = ()
    back: tuple[str, ...] = ()
    staff: str = ""
    citizens: str = ""
    agency: str = ""
    body: str = ""
    basis: str = ""


@dataclass(frozen=True, kw_only=True)
class StuckReason:
    """Why a case counts as stuck: the rule that says so, its name here, one next step."""

    code: str
    label: str
    next_step: str


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """A figure of the 年度 that a town looks at: the code of one, and what it is called here."""

    code: str
    label: str


@dataclass(frozen=True, kw_only=True)
class CodeList:
    """A dated list of codes; ``status`` says whether a source was read for it."""

    name: str
    title: str
    status: str
    source: str
    since: int
    options: tuple[Option, ...]

    @cached_property
    def by_code(self) -> Mapping[str, Option]:
        """Options by their stored code."""
        return {option.code: option for option in self.options}


def deceased_sign(name: str) -> str:
    """Check how the dead are drawn: ``cross`` or ``solid`` (ValueError)."""
    if name not in ("cross", "solid"):
        raise ValueError(f"deceased_sign は cross（×）か solid（塗りつぶし）です: {name}")
    return name


def agency_of(row: dict[str, Any]) -> Agency:
    """Read an agency."""
    return Agency(**{**row, "aliases": tuple(row.get("aliases", ()))})


def body_of(row: dict[str, Any]) -> Body:
    """Read a body with its seats."""
    members = tuple(Member(**member) for member in row.get("members", ()))
    return Body(**{**row, "bases": tuple(row["bases"]), "members": members})


def step_of(row: dict[str, Any]) -> FlowStep:
    """Read a place on the way of support."""
    ways = {name: tuple(row.get(name, ())) for name in ("next", "back")}
    return FlowStep(**{**row, **ways})


def code_list_of(name: str, row: dict[str, Any], head: dict[str, Any]) -> CodeList:
    """Read a list of codes; ``head`` is the profile's own, for the 年度."""
    options = tuple(_option(entry) for entry in row["entries"])
    return CodeList(
        name=name,
        title=row["title"],
        status=row["status"],
        source=row["source"],
        since=row.get("since", head["fiscal_year"]),
        options=options,
    )


def _option(entry: list[Any]) -> Option:
    """Read ``[code, label, {aliases, flags, group}]``."""
    code, label, *rest = entry
    more = rest[0] if rest else {}
    return Option(
        code,
        label,
        tuple(more.get("aliases", ())),
        frozenset(more.get("flags", ())),
        more.get("group", ""),
    )
