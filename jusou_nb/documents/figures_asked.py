"""A figure that somebody asks for: one indicator over a span, divided by one trait.

For readers outside, a span is whole months of one 年度, printed month by month: only so it is
known what the figure and those that are out already tell together.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from jusou_nb.dates import fiscal_year, month_of, months_after, wareki
from jusou_nb.documents.evaluation_counts import Counted, Span
from jusou_nb.documents.evaluation_links import links_of, printed_only
from jusou_nb.documents.figures_table import ShownTable, shown_table
from jusou_nb.documents.suppression import Published, publish
from jusou_nb.errors import NotFound, PaperError
from jusou_nb.forms import FigureAnswer
from jusou_nb.store import Store
from jusou_nb.store.yearly import CATALOGUE, Indicator, by_part, count
from jusou_nb.tables import Cell, Entry, Equation, Link, Rate, Row, Table


@dataclass(frozen=True, kw_only=True)
class Question:
    """What is asked, and on which day.

    Attributes:
        indicator: Code of the indicator.
        by: The trait that divides it, such as ``route``; or nothing.
        first: First day of the span.
        last: Its last day.
        is_outside: Whether the answer leaves the office.
        today: The day of the answer.
    """

    indicator: str
    by: str
    first: date
    last: date
    is_outside: bool
    today: date


@dataclass(frozen=True, kw_only=True)
class _Counted(Counted):
    """The counts of a span; their keys name it."""

    def key(self, key: str) -> str:
        return f"{key}/{self.span.first}~{self.span.last}"


def question_of(told: FigureAnswer) -> Question:
    """Give what was asked when a figure was told."""
    day = told.asked_on or date.max
    return Question(
        indicator=told.indicator or "",
        by=told.divided_by or "",
        first=told.first or day,
        last=told.last or day,
        is_outside=bool(told.is_outside),
        today=day,
    )


def answered(store: Store, asked: Question, earlier: Sequence[Published] = ()) -> Published:
    """Count what is asked; outside, small numbers are hidden beside all that is out already.

    Raises:
        NotFound: There is no such indicator, or it is not divided by this.
        PaperError: The span cannot be told, or not outside.
    """
    one = indicator_of(asked)
    _require_span(one, asked)
    span = Span(year=fiscal_year(asked.first), first=asked.first, last=asked.last)
    counted = _Counted(store=store, span=span, own=True)
    if not counted.runs(one):
        raise PaperError(f"「{one.title}」の事業は、この年度には行っていません")
    tables = printed_only([_table(one, counted, asked)])
    threshold = store.profile.thresholds["publish_from"] if asked.is_outside else 0
    return publish(tables, threshold, earlier if asked.is_outside else ())


def shown(report: Published) -> ShownTable:
    """Give an answer as its reader sees it."""
    return shown_table(report, report.tables[0])


def indicator_of(asked: Question) -> Indicator:
    """Find what is counted: the indicator, or the one that divides it (NotFound)."""
    one = CATALOGUE.get(asked.indicator)
    if one is None:
        raise NotFound(f"指標「{asked.indicator}」はありません（あるもの: {'、'.join(CATALOGUE)}）")
    divided = [d for d in CATALOGUE.values() if d.codes and one.code in (d.code, d.of)]
    if not asked.by or one.by == asked.by:
        return one
    found = next((d for d in divided if d.by == asked.by), None)
    if found is None:
        ways = "、".join(d.by for d in divided) or "なし"
        raise NotFound(f"「{one.title}」は「{asked.by}」で分けられません（分けられるもの: {ways}）")
    return found


def _require_span(one: Indicator, asked: Question) -> None:
    if asked.first > asked.last:
        raise PaperError("数える期間の初めの日が、終わりの日より後です")
    if not asked.is_outside:
        return
    whole = asked.first.day == 1 and asked.last == month_of(f"{asked.last:%Y-%m}")[1]
    same = fiscal_year(asked.first) == fiscal_year(asked.last)
    if not (whole and same):
        raise PaperError("役所の外に出す数は、一つの年度の中の、月の初めから月の終わりまでにします")
    if asked.last > asked.today:
        raise PaperError(
            f"役所の外に出す数は、終わった月までにします（{wareki(asked.last)}は先です）"
        )
    if one.stands or not one.is_public:
        raise PaperError(f"「{one.title}」は公表用に分けて答えられません。年度の評価の表を使います")


def _table(one: Indicator, span: Counted, asked: Question) -> Table:
    whole = CATALOGUE[one.of] if one.of else one
    parts = span.parts(one, [span]) if one.by and one.codes else {}
    months = _months(asked) if asked.is_outside else []
    rows = [_row(label, span, one, part, months) for part, label in parts.items()]
    rows.append(_row("計", span, whole, None, months))
    return Table(
        id="asked",
        title=f"{one.title}　{wareki(asked.first)}から{wareki(asked.last)}まで",
        definition=one.definition,
        unit=one.unit,
        counted_on=one.counted_on,
        source=one.source,
        columns=("区分", *(f"{int(month[5:])}月" for month in months), "計", "割合"),
        rows=tuple(rows),
        links=tuple(_links(one, whole, span, list(parts), months)),
        total=span.key(whole.key()) if one.is_guarded else None,
        several=one.several,
    )


def _months(asked: Question) -> list[str]:
    count = (asked.last.year - asked.first.year) * 12 + asked.last.month - asked.first.month + 1
    return [f"{months_after(asked.first, n):%Y-%m}" for n in range(count)]


def _row(label: str, span: Counted, one: Indicator, part: str | None, months: list[str]) -> Row:
    cells: list[Entry] = [
        Cell(_monthly(one, part, month), _in_month(span.store, one, part, month), one.is_guarded)
        for month in months
    ]
    cell = span.cell(one, one.main, part)
    share = Rate(cell.key, span.key(one.key()))
    return Row(label, (*cells, cell, share), is_total=part is None)


def _in_month(store: Store, one: Indicator, part: str | None, month: str) -> int:
    first, last = month_of(month)
    return (
        count(store, one, first, last)
        if part is None
        else (by_part(store, one, first, last).get(part, 0))
    )


def _monthly(one: Indicator, part: str | None, month: str) -> str:
    """Write the key that a month's count has in the reports of the 年度 as well."""
    return f"{one.key(part=part)}/month={month}"


def _links(
    one: Indicator, whole: Indicator, span: Counted, parts: list[str], months: list[str]
) -> Iterator[Link]:
    yield from links_of(one, span, parts)
    for part in (*parts, None) if months else ():
        own = whole if part is None else one
        keys = tuple(_monthly(own, part, month) for month in months)
        yield Equation(span.key(own.key(part=part)), keys, tells=False)
    for month in months if parts and not one.several else ():
        keys = tuple(_monthly(one, part, month) for part in parts)
        yield Equation(_monthly(whole, None, month), keys)
