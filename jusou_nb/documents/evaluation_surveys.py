"""調査の結果 of a 年度 as one table; its counts are hidden outside as any others are."""

from collections.abc import Iterator

from jusou_nb.documents.evaluation_counts import Counted
from jusou_nb.forms import SurveyResult
from jusou_nb.tables import Cell, Equation, Link, Rate, Row, Several, Table

SURVEYS = "surveys"
_NONE = "−"
Question = list[SurveyResult]


def survey_tables(year: Counted) -> list[Table]:
    """Give the table of the surveys of a 年度; none where there was no survey."""
    asked = _questions(year)
    if not asked:
        return []
    sources = dict.fromkeys(r.source for rows in asked for r in rows if r.source)
    return [
        Table(
            id=SURVEYS,
            title="調査の結果",
            definition="無記名の調査で、それぞれの答えを選んだ人の数と、その設問に答えた人の数。",
            unit="人",
            counted_on="調査の年度",
            source="、".join(sources) or "記録された調査",
            columns=("答え", "調査・設問", "人数", "割合"),
            rows=tuple(row for rows in asked for row in _rows(rows)),
            links=tuple(map(_link, asked)),
        )
    ]


def _questions(year: Counted) -> list[Question]:
    """Put the answers of each question together, in the order in which they were kept."""
    found: dict[tuple[str, str], Question] = {}
    for result in year.store.find(SurveyResult, fiscal_year=year.span.year):
        found.setdefault((result.survey or "", result.question or ""), []).append(result)
    return list(found.values())


def _rows(rows: Question) -> Iterator[Row]:
    total = _total(rows)
    about = f"{rows[0].survey}　{rows[0].question}"
    for result, cell in zip(rows, _cells(rows), strict=True):
        yield Row(result.answer or "", (about, cell, Rate(cell.key, total.key)))
    yield Row("答えた人", (about, total, _NONE), is_total=True)


def _total(rows: Question) -> Cell:
    """Give those who answered; where lines of a question disagree, the most of them."""
    most = max(max(row.answered or 0, row.people or 0) for row in rows)
    return Cell(f"survey/{rows[0].id}", most)


def _cells(rows: Question) -> list[Cell]:
    head = _total(rows).key
    return [Cell(f"{head}/answer={row.id}", row.people or 0) for row in rows]


def _link(rows: Question) -> Link:
    """Say what adds up: one answer each where the answers come to those who answered."""
    total, cells = _total(rows), _cells(rows)
    keys = tuple(cell.key for cell in cells)
    if sum(cell.value or 0 for cell in cells) == total.value:
        return Equation(total.key, keys)
    return Several(total.key, keys)
