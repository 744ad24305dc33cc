"""A municipality: its names, meeting bodies, legal bases, notices and code lists, by 年度.

A profile is one TOML file. Whatever practice and not law decided is data here, so that a
town edits it; logic reads the attributes of a row, never its display name. A town's file
may say ``extends = "standard"`` and hold only what differs: its tables are merged by key,
its ``[[bases]]`` by code, every other list replaces the one it extends.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, TypeVar

import tomli_w

from jusou_nb.choices import Category
from jusou_nb.errors import NotFound
from jusou_nb.profile_letters import Letters, letters_of
from jusou_nb.profile_papers import OfficePaper, blank_forms, office_papers
from jusou_nb.profile_rows import (
    Agency,
    Basis,
    Body,
    Budget,
    CodeList,
    FlowStep,
    Indicator,
    Member,
    StuckReason,
    agency_of,
    body_of,
    code_list_of,
    deceased_sign,
    step_of,
)
from jusou_nb.profile_transcripts import Transcript, transcripts
from jusou_nb.profile_years import YearFacts

__all__ = [
    "Agency",
    "Basis",
    "Body",
    "Budget",
    "CodeList",
    "FlowStep",
    "Indicator",
    "Member",
    "Profile",
    "StuckReason",
    "load",
    "names",
    "parse",
]


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
    budgets: tuple[Budget, ...] = ()
    stuck_reasons: tuple[StuckReason, ...] = ()
    weights: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    flow: tuple[FlowStep, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    office_papers: Mapping[str, OfficePaper] = field(default_factory=dict)
    blank_forms: tuple[str, ...] = ()
    letters: Letters = field(default_factory=Letters)
    transcripts: tuple[Transcript, ...] = ()
    years: YearFacts = field(default_factory=YearFacts)
    plan_title: str = ""
    deceased_sign: str = "cross"
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

    def office_paper(self, name: str) -> OfficePaper:
        """Give what the office puts on a paper, by the paper's name."""
        return self.office_papers.get(name) or self.office_papers.get("") or OfficePaper()

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
        raw = tomllib.loads(text)
        if "extends" in raw:
            raw = _whole(raw)
            text = tomli_w.dumps(raw)
        return _build(raw, text)
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
    return parse(_shipped(name_or_path))


def _shipped(name: str) -> str:
    file = resources.files("jusou_nb") / "profiles" / f"{name}.toml"
    if not file.is_file():
        known = "、".join(sorted(names()))
        raise NotFound(f"プロファイル「{name}」はありません（あるもの: {known}）")
    return file.read_text(encoding="utf-8")


def _whole(raw: dict[str, Any]) -> dict[str, Any]:
    """Give a file with what it extends, and what that extends in turn."""
    if "extends" not in raw:
        return raw
    town = {key: value for key, value in raw.items() if key != "extends"}
    return _merge(_whole(tomllib.loads(_shipped(raw["extends"]))), town)


def _merge(base: dict[str, Any], town: dict[str, Any]) -> dict[str, Any]:
    """Lay a town's file over the one it extends, a level at a time."""
    merged = dict(base)
    for key, value in town.items():
        if isinstance(value, dict) and isinstance(base.get(key), dict) and "entries" not in value:
            merged[key] = _merge(base[key], value)
        elif key == "bases":
            merged[key] = _by_code(base[key], value)
        else:
            merged[key] = value
    return merged


@cache
def _standard_words() -> dict[str, Any]:
    raw = tomllib.loads(_shipped("standard"))
    return {key: raw[key] for key in ("letters", "readings", "callback")}


def _with_standard(raw: dict[str, Any]) -> dict[str, Any]:
    """Lay a profile's words over the standard ones: an older profile has none of them."""
    standard = _standard_words()
    return _merge(standard, {key: raw[key] for key in standard if key in raw})


def _by_code(base: list[dict[str, Any]], town: list[dict[str, Any]]) -> list[dict[str, Any]]:
    rows = {row["code"]: row for row in base}
    for row in town:
        rows[row["code"]] = {**rows.get(row["code"], {}), **row}
    return list(rows.values())


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
        plan_title=head.get("plan_title", ""),
        deceased_sign=deceased_sign(head.get("deceased_sign", "cross")),
        shared_categories=tuple(Category.of(code) for code in head["shared_categories"]),
        thresholds=dict(raw["thresholds"]),
        bases=tuple(Basis(**row) for row in raw["bases"]),
        bodies=tuple(body_of(row) for row in raw["bodies"]),
        agencies=tuple(agency_of(row) for row in raw["agencies"]),
        budgets=tuple(Budget(**row) for row in raw.get("budgets", ())),
        stuck_reasons=tuple(StuckReason(**row) for row in raw.get("stuck_reasons", ())),
        weights={name: dict(row) for name, row in raw.get("weights", {}).items()},
        indicators=tuple(Indicator(**row) for row in raw.get("indicators", ())),
        office_papers=office_papers(raw.get("office_papers", {})),
        blank_forms=blank_forms(raw.get("office_papers", {})),
        letters=letters_of(_with_standard(raw)),
        transcripts=transcripts(raw.get("transcripts", ())),
        flow=tuple(step_of(row) for row in raw.get("flow", ())),
        lists=_lists(raw, head),
        years=YearFacts.read(raw),
        text=text,
    )


def _lists(raw: dict[str, Any], head: dict[str, Any]) -> dict[str, CodeList]:
    lists = {name: code_list_of(name, row, head) for name, row in raw["lists"].items()}
    return lists | {name: _from_rows(name, title, raw, head) for name, title in _ROW_LISTS}


_ROW_LISTS = (("basis", "法的根拠"), ("body", "会議体"))


def _from_rows(name: str, title: str, raw: dict[str, Any], head: dict[str, Any]) -> CodeList:
    """Make the list of bases or bodies from their rows, so that a box can offer them."""
    rows = raw["bases" if name == "basis" else "bodies"]
    entries = [[row["code"], row["label"]] for row in rows]
    return code_list_of(
        name, {"title": title, "status": "", "source": "", "entries": entries}, head
    )
