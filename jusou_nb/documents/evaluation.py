"""年度の評価: one report of a 年度 for the office, for the representatives or for the public."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from jusou_nb.dates import fiscal_year_name, wareki
from jusou_nb.documents import evaluation_tables as counted
from jusou_nb.documents import figures_charts as charts
from jusou_nb.documents.audience import Audience
from jusou_nb.documents.evaluation_counts import Span
from jusou_nb.documents.evaluation_parts import Answered, Chapter, chapters, improvements
from jusou_nb.documents.figures_asked import answered, question_of
from jusou_nb.documents.figures_table import ShownTable, as_json, shown_table
from jusou_nb.documents.paper import Identity, PaperKind, Section, print_section
from jusou_nb.documents.suppression import Published, publish
from jusou_nb.store import Store, papers, printed_reports, roles
from jusou_nb.store.yearly import CATALOGUE, Behind, behind
from jusou_nb.tables import Table

TABLE = "fiscal_years"
"""What the log of papers calls the subject; its id is the western year."""


@dataclass(frozen=True, kw_only=True)
class Evaluation:
    """A report, gathered; each method prints one section of it."""

    year: int
    audience: Audience
    published: Published
    improvements: tuple[Answered, ...]
    place: int
    today: date
    records_behind: tuple[Behind, ...] | None
    municipality: str
    office: str

    @property
    def identity(self) -> Identity:
        """What this paper is."""
        return Identity(
            kind=PaperKind.EVALUATION,
            title=f"{fiscal_year_name(self.year)} 事業の評価（{self.audience.label}）",
            subject=(TABLE, self.year),
            recipient=self.audience.value,
            basis="",
            place=self.place,
            variant="records" if self.records_behind is not None else "",
        )

    @cached_property
    def chapters(self) -> tuple[Chapter, ...]:
        """The tables by chapter: what sums a part up first, then its divisions."""
        return tuple(chapters(self.published.tables))

    def head(self) -> Section:
        """表題: 年度, audience, how the figures are to be read, and what the report holds."""
        values = {
            "municipality": self.municipality,
            "office": self.office,
            "title": self.identity.title,
            "is_running": self.today <= date(self.year + 1, 3, 31),
            "is_ahead": self.today < date(self.year, 4, 1),
            "is_outside": self.audience.is_outside,
            "threshold": self.published.threshold,
            "made_on": wareki(self.today),
            "chapters": [
                (chapter.title, [table.title for table in chapter.tables])
                for chapter in self.chapters
            ],
        }
        return print_section("evaluation_head", self.identity.title, values, self.identity)

    def tables(self) -> Section:
        """Every table with its definition under it, a chart above where there is one."""
        values = {
            "chapters": [
                (chapter.title, [self._drawn(table) for table in chapter.tables])
                for chapter in self.chapters
            ]
        }
        return print_section("evaluation_tables", "指標", values)

    def _drawn(self, table: Table) -> tuple[ShownTable, str]:
        seen = shown_table(self.published, table)
        draw = _CHARTS.get(table.id)
        return seen, draw(seen) if draw else ""

    def asked(self) -> Section:
        """改善事項: what the representatives asked for this year and the last, and the answers."""
        return print_section("evaluation_asked", "改善事項", {"rows": self.improvements})

    def records(self) -> Section:
        """受付番号 behind each figure: in the office only, for those who may open cases."""
        values = {
            "is_internal": not self.audience.is_outside,
            "records": self.records_behind,
        }
        return print_section("evaluation_records", "数えた記録の受付番号", values)

    def json(self) -> dict[str, Any]:
        """Give ``figures.json``: every table as its readers see it."""
        return {
            "fiscal_year": self.year,
            "audience": self.audience.value,
            "number": self.identity.number,
            "tables": [as_json(self.published, table) for table in self.published.tables],
        }


def _ranking(seen: ShownTable) -> str:
    """Rank the issues by cases: all columns but the last are age bands."""
    total = len(seen.columns) - 2
    return charts.ranking(seen, range(total), total)


def _by_cases(seen: ShownTable) -> str:
    """Rank the issues of the cases opened: the number, then its share."""
    return charts.ranking(seen, (), 0, 1)


def _standing(seen: ShownTable) -> str:
    """Draw the moves of cases: the last line counts them one by one."""
    return charts.balance(seen, row=len(seen.rows) - 1)


_CHARTS: Mapping[str, Callable[[ShownTable], str]] = {
    "funnel": charts.funnel,
    "months": charts.months,
    "intakes_by_age": charts.column,
    "balance": _standing,
    "issues_and_ages": _ranking,
    "cases_by_issue": _by_cases,
}


def evaluation(
    store: Store,
    year: int,
    *,
    audience: Audience,
    today: date,
    earlier: Sequence[Published] = (),
) -> Evaluation:
    """Gather a report of a 年度, up to today while it lasts.

    Args:
        store: The store.
        year: The western year in which the 年度 begins.
        audience: Who reads it.
        today: The day on which it is made.
        earlier: What earlier reports of the 年度 have printed outside the office.
    """
    return Evaluation(
        year=year,
        audience=audience,
        published=_published(store, year, audience, today, earlier),
        improvements=tuple(improvements(store, year)),
        place=papers.last_of_all(store),
        today=today,
        records_behind=_records(store, year, audience, today),
        municipality=store.profile.municipality,
        office=store.profile.office,
    )


def _published(
    store: Store, year: int, audience: Audience, today: date, earlier: Sequence[Published]
) -> Published:
    tables = counted.tables(store, year, today=today)
    if not audience.is_outside:
        return publish(tables, 0)
    ids = counted.public_ids()
    outside = [table for table in tables if table.id in ids]
    return publish(outside, store.profile.thresholds["publish_from"], earlier)


def _records(store: Store, year: int, audience: Audience, today: date) -> tuple[Behind, ...] | None:
    """Give the numbers behind the figures, or None to whom they are not for."""
    if audience.is_outside or not roles.may_read_cases(store, None, today):
        return None
    span = Span.of(year, today)
    codes = (code for section in counted.SECTIONS for code in section.codes)
    found = (behind(store, CATALOGUE[code], span.first, span.last) for code in codes)
    return tuple(row for row in found if row.numbers)


def already_out(store: Store, year: int, *, before: int = 0) -> list[Published]:
    """Give what the reports of a 年度 that left the office have printed, the first one first.

    So do figures that were told when somebody asked. Each is put together again from the
    record as it stood; ``before`` is the row of the log from which on papers do not count
    (0: all do).
    """
    papers_of = printed_reports.of_year(store, PaperKind.EVALUATION.value, TABLE, year, before)
    out = [(paper, None) for paper in papers_of if Audience.of(paper.recipient).is_outside]
    told = printed_reports.answers(store, year, before)
    found: list[Published] = []
    for paper, answer in sorted([*out, *told], key=lambda one: one[0].upto):
        with printed_reports.then(store, paper) as past:
            if answer is not None:
                found.append(answered(past, question_of(answer), found))
                continue
            audience = Audience.of(paper.recipient)
            found.append(_published(past, year, audience, paper.made_on, tuple(found)))
    return found
