"""The rows of a profile about papers: what the office puts on those that it circulates."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any


class CountedFrom(Enum):
    """From the end of what the years of keeping a paper count."""

    CASE = "case"
    PAPER = "paper"


@dataclass(frozen=True, kw_only=True)
class OfficePaper:
    """What the office puts on a paper of its own.

    Attributes:
        approval: Posts with a box for their seal, as they stand in 決裁欄; none: no such box.
        circulation: The same of 供覧欄.
        mark: What stands before the office's own number of a document (文書記号).
        form_number: The number of the form among the town's own (様式第1号).
        keep_years: 保存年限 in years, counted from 1 April; 0 is for ever.
        counted_from: From the end of what: of the case, or of the paper's own year.
        seals: Which of both boxes stand on the printed form: ``approval``, ``circulation``.
        statement: What somebody signs on it.
    """

    approval: tuple[str, ...] = ()
    circulation: tuple[str, ...] = ()
    mark: str = ""
    form_number: str = ""
    keep_years: int = 5
    counted_from: CountedFrom = CountedFrom.CASE
    seals: tuple[str, ...] = ()
    statement: str = ""


def office_papers(raw: Mapping[str, Any]) -> dict[str, OfficePaper]:
    """Read ``[office_papers]``: what holds of all papers (under ""), and of some by name.

    Raises:
        ValueError: A period is negative, or counted from what is unknown.
        TypeError: A word is none of ours.
    """
    common = {key: value for key, value in raw.items() if key not in ("papers", "blanks")}
    named = raw.get("papers", {})
    return {"": _office_paper(common)} | {
        name: _office_paper({**common, **own}) for name, own in named.items()
    }


def blank_forms(raw: Mapping[str, Any]) -> tuple[str, ...]:
    """Read which blanks the town keeps at its counters."""
    return tuple(raw.get("blanks", ()))


_LISTS = ("approval", "circulation", "seals")


def _office_paper(row: Mapping[str, Any]) -> OfficePaper:
    lists = {name: tuple(row.get(name, ())) for name in _LISTS}
    paper = OfficePaper(
        **{**row, **lists, "counted_from": CountedFrom(row.get("counted_from", "case"))}
    )
    if paper.keep_years < 0:
        raise ValueError(f"keep_years は0以上です: {paper.keep_years}")
    if strange := set(paper.seals) - set(_LISTS):
        raise ValueError(f"seals は approval と circulation です: {'、'.join(sorted(strange))}")
    return paper
