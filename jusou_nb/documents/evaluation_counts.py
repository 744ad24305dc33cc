"""The counts of one 年度 behind the tables of the evaluation, each counted once."""

from dataclasses import dataclass, field
from datetime import date

from jusou_nb.store import Store
from jusou_nb.store.yearly import Indicator, Way, by_part, count, part_names
from jusou_nb.tables import Cell, Measure

YEARS_BESIDE = 2
UNFILLED = "未記入"


@dataclass(frozen=True, kw_only=True)
class Span:
    """A 年度 from its first day to its last, or to today while it lasts."""

    year: int
    first: date
    last: date

    @classmethod
    def of(cls, year: int, today: date) -> "Span":
        """Give the span of a 年度; one that has not begun has its first day only."""
        first, last = date(year, 4, 1), date(year + 1, 3, 31)
        return cls(year=year, first=first, last=max(first, min(last, today)))


@dataclass(frozen=True, kw_only=True)
class Counted:
    """The counts of a 年度; ``own`` is the one that the report is about."""

    store: Store
    span: Span
    own: bool
    _wholes: dict[tuple[str, Way], int] = field(default_factory=dict)
    _parts: dict[tuple[str, Way], dict[str, int]] = field(default_factory=dict)

    def key(self, key: str) -> str:
        """Write the key of a count; those of years beside name their year."""
        return key if self.own else f"{key}/year={self.span.year}"

    def runs(self, one: Indicator) -> bool:
        """Whether the town ran the programme of an indicator in this 年度."""
        return self.store.profile.years.runs(self.span.year, one.programme)

    def cell(self, one: Indicator, way: Way, part: str | None = None) -> Cell:
        """Give a count as a cell; None as its value where the programme was not run."""
        return Cell(self.key(one.key(way, part)), self.value(one, way, part), one.is_guarded)

    def value(self, one: Indicator, way: Way, part: str | None = None) -> int | None:
        """Count, or give None where the programme was not run."""
        if not self.runs(one):
            return None
        if part is not None:
            return self.divided(one, way).get(part, 0)
        if (one.code, way) not in self._wholes:
            span = self.span
            self._wholes[one.code, way] = count(self.store, one, span.first, span.last, way)
        return self._wholes[one.code, way]

    def mean(self, one: Indicator) -> Measure:
        """Give the mean of an indicator's days over those whose days are known."""
        people, total = self.cell(one, Way.RECORDS), self.value(one, Way.TOTAL)
        value = total / people.value if people.value and total is not None else None
        return Measure(value, people.key, unit=one.unit)

    def divided(self, one: Indicator, way: Way) -> dict[str, int]:
        """Count an indicator by its parts."""
        if (one.code, way) not in self._parts:
            span = self.span
            self._parts[one.code, way] = by_part(self.store, one, span.first, span.last, way)
        return self._parts[one.code, way]

    def parts(self, one: Indicator, years: "list[Counted]") -> dict[str, str]:
        """Give the parts with their words: the list's, then what else any year counted.

        未記入, and agencies that nobody came to, have a line only where there is one.
        """
        found = dict.fromkeys(
            part for year in years if year.runs(one) for part in year.divided(one, one.main)
        )
        known = part_names(self.store, one)
        if one.codes == "agencies":
            known = {code: label for code, label in known.items() if code in found}
        rest = {part: part for part in found if part not in known and part}
        unfilled = {"": UNFILLED} if "" in found else {}
        return {**known, **rest, **unfilled}

    def target(self, one: Indicator) -> Cell | None:
        """Give the town's target for an indicator in this 年度, if it set one."""
        goal = self.store.profile.years.targets.get((self.span.year, one.code))
        key = self.key(f"target/{one.code}")
        return None if goal is None else Cell(key, goal, is_guarded=False)

    @property
    def inhabitants(self) -> int | None:
        """The population of the 年度, where the profile states it."""
        return self.store.profile.years.inhabitants.get(self.span.year)
