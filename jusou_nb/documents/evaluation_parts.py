"""What the report of a 年度 is made of: its chapters, and what was asked to be improved."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from jusou_nb.dates import fiscal_year, fiscal_year_name
from jusou_nb.documents import evaluation_tables as counted
from jusou_nb.forms import Improvement
from jusou_nb.store import Store
from jusou_nb.store.yearly import CATALOGUE
from jusou_nb.tables import Table

_OVERALL = ("measures", "funnel", "months", "balance", "shares")
_ALSO: Mapping[str, tuple[str, ...]] = {
    "consultation": ("intakes_by_route_and_month", "issues_and_ages"),
    "multi_agency": ("cases_by_status",),
    "plans_and_results": ("evaluations_by_achievement",),
    "schemes": ("expenses", "expenses_and_budget"),
}
"""Tables that stand with the indicators that they are about."""


@dataclass(frozen=True, kw_only=True)
class Chapter:
    """A chapter of the report: its heading, the measures it is about, and its tables."""

    title: str
    tables: tuple[Table, ...]


@dataclass(frozen=True, kw_only=True)
class Answered:
    """An improvement that the representatives asked for, and what became of it."""

    year: str
    what: str
    owner: str
    answer: str


def chapters(tables: Sequence[Table]) -> Iterator[Chapter]:
    """Give the tables by chapter: what sums a part up first, then its divisions."""
    left = {table.id: table for table in tables}
    overall = tuple(left.pop(name) for name in _OVERALL if name in left)
    yield Chapter(title="全体の動き", tables=overall)
    for section in counted.SECTIONS:
        own = [left.pop(section.id)] if section.id in left else []
        codes, also = {*section.codes}, _ALSO.get(section.id, ())
        divided = [
            one.code
            for one in CATALOGUE.values()
            if one.code in left and codes & {one.code, one.of, one.among}
        ] + [name for name in also if name in left]
        yield Chapter(title=section.title, tables=(*own, *(left.pop(code) for code in divided)))
    national = tuple(left.pop(code) for code in counted.NATIONAL if code in left)
    if left:
        yield Chapter(title="そのほかの数", tables=tuple(left.values()))
    if national:
        yield Chapter(title="国への報告・交付金（公表しない）", tables=national)


def improvements(store: Store, year: int) -> Iterator[Answered]:
    """Give what was asked for in a 年度 and the one before, with the answers."""
    names = store.lexicon().refs["agencies"]
    for row in store.find(Improvement, order="raised_on"):
        if row.raised_on is None or fiscal_year(row.raised_on) not in (year - 1, year):
            continue
        yield Answered(
            year=fiscal_year_name(fiscal_year(row.raised_on)),
            what=row.what or "",
            owner=names.get(row.owner or 0, ""),
            answer=row.answer or "",
        )
