"""The chapters and measures (施策) of a town's own plan, and the indicators that look at each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Measure:
    """A measure of the town's plan (実施計画) in a 年度.

    Attributes:
        fiscal_year: The western year of the 年度.
        chapter: The chapter of the plan.
        measure: What is done.
        indicators: Codes of the indicators that look at it.
    """

    fiscal_year: int
    chapter: str
    measure: str
    indicators: tuple[str, ...] = ()


def measures(rows: Iterable[Mapping[str, Any]]) -> tuple[Measure, ...]:
    """Read ``[[plan_measures]]``.

    Raises:
        TypeError: A word is missing, or is not ours.
    """
    return tuple(Measure(**{**row, "indicators": tuple(row.get("indicators", ()))}) for row in rows)
