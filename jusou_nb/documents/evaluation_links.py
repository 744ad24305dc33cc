"""What adds up to what, and what bounds what, among the counts of an indicator."""

from collections.abc import Iterator
from dataclasses import replace

from jusou_nb.documents.evaluation_counts import Counted
from jusou_nb.forms.case import CaseStatus
from jusou_nb.store.yearly import CATALOGUE, Indicator, Way
from jusou_nb.tables import AtMost, Equation, Link, Several, Table


def links_of(one: Indicator, year: Counted, parts: list[str] | None = None) -> Iterator[Link]:
    """Give what anybody may work out from an indicator's figures of a 年度.

    ``parts`` are those of its table; without them it is said of its wholes only.
    """
    if not year.runs(one):
        return
    yield from _ways(one, year)
    if one.among:
        wider = CATALOGUE[one.among]
        for way in (way for way in one.ways if way in wider.ways):
            yield AtMost(year.key(one.key(way)), year.key(wider.key(way)))
    if parts:
        yield from _parts(one, year, parts)


_OPEN = tuple(f"cases_by_status/status={s.value}" for s in CaseStatus if s.is_open)
_SAME = (
    ("withdrawals", ("consents/state=withdrawn",)),
    ("reopenings", ("balance.cases/reopened",)),
    ("cases_opened", ("balance.cases/new",)),
    ("cases_running", ("balance.cases/standing",)),
    ("cases_running.persons", ("balance.persons/standing",)),
    ("cases_running.households", ("balance.households/standing",)),
    ("cases_running", _OPEN),
    ("evaluations.records", ("evaluations_by_achievement",)),
    ("plan_days.records", ("plans/sequence=first",)),
    ("suspensions_by_reason", ("endings/kind=suspension",)),
    ("closures_by_reason", ("endings/kind=handover", "endings/kind=closure")),
)
"""Counts that two indicators give by different ways; whoever hides one must hide the other."""


def between(year: Counted) -> Iterator[Link]:
    """Give what figures of different tables have in common, besides their keys."""
    for total, parts in _SAME:
        yield Equation(year.key(total), tuple(map(year.key, parts)), tells=False)


def printed_only(tables: list[Table]) -> list[Table]:
    """Leave out of each table what speaks of a count that no table prints."""
    printed = {cell.key for table in tables for cell in table.cells()}
    return [
        replace(table, links=tuple(link for link in table.links if _keys(link) <= printed))
        for table in tables
    ]


def _keys(link: Link) -> set[str]:
    if isinstance(link, AtMost):
        return {link.lesser, link.greater}
    less = link.less if isinstance(link, Equation) else ()
    return {link.total, *link.parts, *less}


def _ways(one: Indicator, year: Counted) -> Iterator[Link]:
    """No more households or persons than records."""
    if Way.RECORDS in one.ways and one.unit != "日":
        for way in (Way.HOUSEHOLDS, Way.PERSONS):
            if way in one.ways:
                yield AtMost(year.key(one.key(way)), year.key(one.key(Way.RECORDS)))


def _parts(one: Indicator, year: Counted, parts: list[str]) -> Iterator[Link]:
    total = year.key(one.key())
    keys = tuple(year.key(one.key(part=part)) for part in parts)
    if one.several:
        yield Several(total, keys, is_complete=one.complete)
    else:
        yield Equation(total, keys)
    for way in one.ways[1:] if one.unit != "日" else ():
        # A household may stand in several parts though no record does.
        of_way = tuple(year.key(one.key(way, part)) for part in parts)
        yield Several(year.key(one.key(way)), of_way, is_complete=one.complete)
        if one.main is Way.RECORDS:
            yield from (AtMost(lesser, more) for lesser, more in zip(of_way, keys, strict=True))
    if one.among and CATALOGUE[one.among].by == one.by:
        wider = CATALOGUE[one.among]
        for part, key in zip(parts, keys, strict=True):
            yield AtMost(key, year.key(wider.key(part=part)))
