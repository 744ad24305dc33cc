"""What a town states for each 年度: its inhabitants, its targets, the programmes that it runs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from jusou_nb.profile_measures import Measure, measures
from jusou_nb.profile_national import NationalQuestion, questions


@dataclass(frozen=True, kw_only=True)
class YearFacts:
    """Facts by 年度 (its western year), from the profile.

    Attributes:
        inhabitants: Population by 年度.
        targets: Target by 年度 and indicator.
        programmes: Codes of the programmes run, by 年度; a 年度 not named runs all of them.
        questions: What the state asks, of every 年度.
        measures: What the town's plan sets out to do, of every 年度.
    """

    inhabitants: Mapping[int, int] = field(default_factory=dict)
    targets: Mapping[tuple[int, str], int] = field(default_factory=dict)
    programmes: Mapping[int, frozenset[str]] = field(default_factory=dict)
    questions: tuple[NationalQuestion, ...] = ()
    measures: tuple[Measure, ...] = ()

    @classmethod
    def read(cls, raw: Mapping[str, Any]) -> Self:
        """Read the populations, targets, programmes, measures and ``[[national_questions]]``.

        Raises:
            KeyError: A row lacks a word.
            TypeError: A word of a question is not ours.
            ValueError: A question stands on no sheet or line that there is.
        """
        rows = {name: raw.get(name, ()) for name in ("populations", "targets", "programmes")}
        return cls(
            inhabitants={row["fiscal_year"]: row["inhabitants"] for row in rows["populations"]},
            targets={(row["fiscal_year"], row["indicator"]): row["value"]
                     for row in rows["targets"]},
            programmes={row["fiscal_year"]: frozenset(row["run"]) for row in rows["programmes"]},
            questions=questions(raw.get("national_questions", ())),
            measures=measures(raw.get("plan_measures", ())),
        )  # fmt: skip

    def runs(self, year: int, programme: str) -> bool:
        """Whether the town ran a programme in a 年度."""
        return year not in self.programmes or programme in self.programmes[year]
