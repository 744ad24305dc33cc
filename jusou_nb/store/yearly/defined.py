"""What an indicator is: one SQL function, whose docstring is the definition that is printed.

The docstring is Japanese because workers read it under the table. Its lines 「数える日: …」 and
「出典: …」 name the day that decides and the source; the rest says what counts and who.

The SQL gives one line for each thing that counts, with the same columns everywhere:
``part`` (a code of the list by which it is divided, or ``""``), ``day``, ``household_id``,
``person_id``, ``record_id`` and ``amount``. From these lines it is counted by records, by
households and by persons, by month, and each figure leads to its records.
"""

import inspect
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from jusou_nb.choices import Choice

if TYPE_CHECKING:
    from jusou_nb.profile import Profile
    from jusou_nb.store.core import Store

Sql = Callable[[], str]


class Way(Choice):
    """By what the lines of an indicator are counted."""

    RECORDS = "records", "件"
    HOUSEHOLDS = "households", "実世帯"
    PERSONS = "persons", "実人員"
    TOTAL = "total", "延べ"


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """A figure of the 年度 with its definition.

    Attributes:
        title: Its heading.
        unit: What one of it is called (件, 回, 人, か所, 円, 日).
        sql: Gives the SQL; the docstring is the definition.
        table: Where its records are.
        ways: By what it is counted; the first one is its figure.
        by: Name of what divides it: the part of the key before ``=``.
        of: Code of the indicator that it divides, whose figure is the sum.
        codes: The profile's list, the choices, or the store's own words that are its parts.
        several: Whether one record may stand in several parts.
        complete: Whether every record stands in at least one part.
        among: Code of the indicator whose lines hold all of its own.
        programme: The one of the five programmes whose work it is; not run, it is 「−」.
        stands: Whether it is true of a day or a span, so that months do not add up to a year.
        is_guarded: Whether it counts people or their cases.
        is_public: Whether it is in the fixed set of tables that leave the office.
    """

    title: str
    unit: str
    sql: Sql
    table: str
    ways: tuple[Way, ...] = (Way.RECORDS,)
    by: str = ""
    of: str = ""
    codes: "str | type[Choice] | Mapping[str, str]" = ""
    several: bool = False
    complete: bool = True
    among: str = ""
    programme: str = "multi_agency"
    stands: bool = False
    is_guarded: bool = True
    is_public: bool = True

    @property
    def code(self) -> str:
        """Its code: the name of the function that defines it."""
        return self.sql.__name__

    @property
    def definition(self) -> str:
        """What counts and who counts, as it is printed under the table."""
        return _said(self)[0]

    @property
    def counted_on(self) -> str:
        """Which day decides."""
        return _said(self)[1]

    @property
    def source(self) -> str:
        """Where the figure comes from."""
        return _said(self)[2]

    @property
    def is_days(self) -> bool:
        """Whether it is a number of days, of which the mean is told."""
        return self.unit == "日"

    @property
    def main(self) -> Way:
        """By what it is counted where nothing else is said."""
        return self.ways[0]

    def counted_by(self, way: Way) -> str:
        """Name the unit of a way: 実世帯, 実人員, else its own."""
        return self.unit if way in (Way.RECORDS, Way.TOTAL) else way.label

    def key(self, way: Way | None = None, part: str | None = None) -> str:
        """Write the key of a count: ``intakes``, ``intakes.households``, ``intakes/route=self``."""
        head = self.of or self.code
        tail = f"/{self.by}={part}" if part is not None else ""
        return f"{head}{tail}" if way in (None, self.main) else f"{head}.{way}{tail}"


_LINE = re.compile(r"^(?P<what>数える日|出典): (?P<text>.+)$", re.MULTILINE)


def _said(one: Indicator) -> tuple[str, str, str]:
    """Read a definition: what is counted, the day, the source."""
    text = inspect.getdoc(one.sql) or ""
    named = {match["what"]: match["text"] for match in _LINE.finditer(text)}
    rest = "".join(_LINE.sub("", text).split())
    return rest, named.get("数える日", ""), named.get("出典", "")


CATALOGUE: dict[str, Indicator] = {}
"""Every indicator by its code, in the order of the report."""


def indicator(title: str, unit: str, table: str, **more: object) -> Callable[[Sql], Indicator]:
    """Make an indicator of the function that gives its SQL; ``more`` as :class:`Indicator` has."""

    def make(sql: Sql) -> Indicator:
        one = Indicator(title=title, unit=unit, sql=sql, table=table)
        made = replace(one, **more)  # type: ignore[arg-type]
        CATALOGUE[made.code] = made
        return made

    return make


_COLUMNS = ("part", "day", "household_id", "person_id", "record_id", "amount")


def lines(source: str, where: str, *, distinct: bool = False, **columns: str) -> str:
    """Write the SELECT of an indicator from its tables, its condition and its columns."""
    given = {"part": "''", "amount": "1", **columns}
    cells = ", ".join(f"{given.get(name, 'NULL')} AS {name}" for name in _COLUMNS)
    return f"SELECT {'DISTINCT ' if distinct else ''}{cells} FROM {source} WHERE {where}"


def within(day: str) -> str:
    """Say that a day lies in the span that is counted, both ends included."""
    return f"{day} BETWEEN :first AND :last"


def runs(begun: str, ended: str) -> str:
    """Say that something ran on at least one day of the span."""
    return f"{begun} <= :last AND ({ended} IS NULL OR {ended} >= :first)"


def part_names(store: "Store", one: Indicator) -> dict[str, str]:
    """Give the parts of an indicator with their words, each, in the order of the list."""
    if isinstance(one.codes, Mapping):
        return dict(one.codes)
    if not isinstance(one.codes, str):
        return {choice.value: choice.label for choice in one.codes}
    if one.codes == "agencies":
        return {str(key): name for key, name in store.lexicon().refs["agencies"].items()}
    return _of_profile(store.profile, one.codes)


def _of_profile(profile: "Profile", name: str) -> dict[str, str]:
    if name == "basis":
        return {basis.code: basis.label for basis in profile.bases if not basis.anonymous}
    return {option.code: option.label for option in profile.codes(name).options}
