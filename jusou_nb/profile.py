"""A municipality: its names, meeting bodies, legal bases, notices and code lists, by 年度.

A profile is one TOML file. Whatever practice and not law decided is data here, so that a
town edits it; logic reads the attributes of a row, never its display name.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from importlib import resources
from pathlib import Path
from typing import Any, TypeVar

from jusou_nb.choices import Category, Option
from jusou_nb.errors import NotFound


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

    ``anonymous_questionnaire`` is a body whose members answer afterwards without a name.
    """

    code: str
    label: str
    bases: tuple[str, ...]
    frequency: str = ""
    rule: str = ""
    place: str = ""
    anonymous_questionnaire: bool = False
    members: tuple[Member, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Agency:
    """An agency that the profile knows from the start."""

    name: str
    kind: str
    sector: str = "public"
    aliases: tuple[str, ...] = ()


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


@dataclass(frozen=True, kw_only=True)
class Profile:
    """All that differs between towns."""

    name: str
    municipality: str
    office: str
    fiscal_year: int
    number_pattern: str
    notice_of_copies: str
    shared_categories: tuple[Category, ...]
    thresholds: Mapping[str, int]
    bases: tuple[Basis, ...]
    bodies: tuple[Body, ...]
    agencies: tuple[Agency, ...]
    lists: Mapping[str, CodeList]
    text: str = field(repr=False, compare=False, default="")

    def basis(self, code: str) -> Basis:
        """Find a legal basis by its code."""
        return _find(self.bases, code, "法的根拠")

    def body(self, code: str) -> Body:
        """Find a meeting body by its code."""
        return _find(self.bodies, code, "会議体")

    def codes(self, name: str) -> CodeList:
        """Find a code list by its name."""
        if name not in self.lists:
            raise NotFound(f"選択肢の一覧「{name}」がプロファイル「{self.name}」にありません")
        return self.lists[name]

    def flagged(self, name: str, flag: str) -> frozenset[str]:
        """Give the codes of a list that carry a flag, such as ``abuse`` among the issues."""
        return frozenset(o.code for o in self.codes(name).options if flag in o.flags)


_Row = TypeVar("_Row", Basis, Body)


def _find(rows: tuple[_Row, ...], code: str, what: str) -> _Row:
    for row in rows:
        if row.code == code:
            return row
    raise NotFound(f"{what}「{code}」がプロファイルにありません")


def parse(text: str) -> Profile:
    """Read a profile from TOML text.

    Raises:
        NotFound: In Japanese, when the text is no profile; names the first fault.
    """
    try:
        return _build(tomllib.loads(text), text)
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as fault:
        raise NotFound(
            f"プロファイルを読めません（{fault}）。standard を手本に直してください"
        ) from None


def load(name_or_path: str) -> Profile:
    """Load a shipped profile by name, or one of the town's own from a ``.toml`` file."""
    if name_or_path.endswith(".toml"):
        path = Path(name_or_path)
        if not path.is_file():
            raise NotFound(f"プロファイルのファイル「{path.name}」が見つかりません")
        return parse(path.read_text(encoding="utf-8"))
    shipped = resources.files("jusou_nb") / "profiles" / f"{name_or_path}.toml"
    if not shipped.is_file():
        known = "、".join(sorted(names()))
        raise NotFound(f"プロファイル「{name_or_path}」はありません（あるもの: {known}）")
    return parse(shipped.read_text(encoding="utf-8"))


def names() -> list[str]:
    """Name the shipped profiles."""
    folder = resources.files("jusou_nb") / "profiles"
    return [entry.name[:-5] for entry in folder.iterdir() if entry.name.endswith(".toml")]


def _build(raw: dict[str, Any], text: str) -> Profile:
    head = raw["profile"]
    return Profile(
        name=head["name"],
        municipality=head["municipality"],
        office=head["office"],
        fiscal_year=head["fiscal_year"],
        number_pattern=head["number_pattern"],
        notice_of_copies=head["notice_of_copies"],
        shared_categories=tuple(Category.of(code) for code in head["shared_categories"]),
        thresholds=dict(raw["thresholds"]),
        bases=tuple(Basis(**row) for row in raw["bases"]),
        bodies=tuple(_body(row) for row in raw["bodies"]),
        agencies=tuple(
            Agency(**{**row, "aliases": tuple(row.get("aliases", ()))}) for row in raw["agencies"]
        ),
        lists={
            **{name: _code_list(name, row, head) for name, row in raw["lists"].items()},
            **{name: _from_rows(name, title, raw, head) for name, title in _ROW_LISTS},
        },
        text=text,
    )


def _body(row: dict[str, Any]) -> Body:
    members = tuple(Member(**member) for member in row.get("members", ()))
    return Body(**{**row, "bases": tuple(row["bases"]), "members": members})


def _code_list(name: str, row: dict[str, Any], head: dict[str, Any]) -> CodeList:
    options = tuple(_option(entry) for entry in row["entries"])
    return CodeList(
        name=name,
        title=row["title"],
        status=row["status"],
        source=row["source"],
        since=row.get("since", head["fiscal_year"]),
        options=options,
    )


_ROW_LISTS = (("basis", "法的根拠"), ("body", "会議体"))


def _from_rows(name: str, title: str, raw: dict[str, Any], head: dict[str, Any]) -> CodeList:
    """Make the list of bases or bodies from their rows, so that a box can offer them."""
    rows = raw["bases" if name == "basis" else "bodies"]
    entries = [[row["code"], row["label"]] for row in rows]
    return _code_list(name, {"title": title, "status": "", "source": "", "entries": entries}, head)


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
