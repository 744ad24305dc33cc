"""Tables of the evaluation that are no list of parts: balance, expenses, months, crosses."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from jusou_nb.dates import fiscal_year_name, months_after
from jusou_nb.documents.evaluation_counts import Counted
from jusou_nb.store import budgets
from jusou_nb.store.yearly import CATALOGUE, Indicator, Way, by_month, part_names
from jusou_nb.store.yearly import balance as balances
from jusou_nb.tables import AtMost, Cell, Entry, Equation, Link, Rate, Row, Several, Table

_MOVES = (
    ("carried", "繰越"), ("new", "新規"), ("reopened", "再開"), ("closed", "終結"),
    ("suspended", "中断"), ("standing", "期末現在"),
)  # fmt: skip
_MONTHLY = ("intakes", "referrals", "support_requests", "items", "plans", "supports")
_STEPS = ("intakes", "cases_opened", "cases_consented", "plans", "plans_agreed", "endings")


def balance_table(year: Counted) -> Table:
    """Give 繰越＋新規＋再開−終結−中断＝期末現在 by households, persons and cases."""
    rows, links = [], []
    for unit in balances.Unit:
        found = balances.balance(year.store, year.span.first, year.span.last, unit)
        keys = {name: year.key(f"balance.{unit.name.lower()}/{name}") for name, _ in _MOVES}
        cells = tuple(Cell(keys[name], getattr(found, name)) for name, _ in _MOVES)
        rows.append(Row(unit.label, cells))
        gained = tuple(keys[name] for name in ("carried", "new", "reopened"))
        lost = tuple(keys[name] for name in ("closed", "suspended"))
        links.append(Equation(keys["standing"], gained, lost, tells=False))
    return Table(
        id="balance",
        title="ケースの動き（繰越＋新規＋再開−終結−中断＝期末現在）",
        definition=balances.DEFINITION,
        unit="実世帯・実人員・延べ",
        counted_on=balances.COUNTED_ON,
        source=balances.SOURCE,
        columns=("区分", *(label for _, label in _MOVES)),
        rows=tuple(rows),
        links=(*links, *_between(year)),
    )


def _between(year: Counted) -> Iterator[Link]:
    """No more households than persons, and no more persons than cases, on a day."""
    names = [unit.name.lower() for unit in balances.Unit]
    for move in ("carried", "standing"):
        for lesser, greater in pairwise(names):
            keys = (year.key(f"balance.{name}/{move}") for name in (lesser, greater))
            yield AtMost(*keys)


def funnel_table(counted: list[Counted]) -> Table:
    """Give the way from 相談受付 to the end, each step beside the intakes."""
    own, *before = counted
    rows = []
    for one in (CATALOGUE[code] for code in _STEPS):
        cell = own.cell(one, one.main)
        share = Rate(cell.key, own.key("intakes"))
        rows.append(Row(one.title, (cell, share, *(y.cell(one, one.main) for y in before))))
    return Table(
        id="funnel",
        title="相談受付から終わりまで",
        definition="その年度にあったそれぞれの数で、同じ人を追ったものではない。"
        "定義は、それぞれの指標による。",
        unit="件",
        counted_on="それぞれの指標の日",
        source="それぞれの指標の出典",
        columns=("段階", fiscal_year_name(own.span.year), "相談受付に対する割合",
                 *(fiscal_year_name(y.span.year) for y in before)),
        rows=tuple(rows),
    )  # fmt: skip


def expense_table(year: Counted) -> Table:
    """Give what was spent under each account against its budget, in yen."""
    one = CATALOGUE["expenses"]
    rows = []
    for code, label in part_names(year.store, one).items():
        spent = year.cell(one, one.main, code)
        budget = budgets.budget_of(year.store, year.span.year, code)
        rows.append(Row(label, _against(spent, budget)))
    return Table(
        id="expenses_and_budget",
        title="経費と予算",
        definition=one.definition,
        unit=one.unit,
        counted_on=one.counted_on,
        source=one.source,
        columns=("科目", "予算", "支出", "残り", "執行率"),
        rows=tuple(rows),
    )


def _against(spent: Cell, budget: int | None) -> tuple[Entry, ...]:
    if budget is None:
        return ("−", spent, "−", "−")
    key = f"budget/{spent.key}"
    left = Cell(f"left/{spent.key}", budget - (spent.value or 0), is_guarded=False)
    return (Cell(key, budget, is_guarded=False), spent, left, Rate(spent.key, key))


def month_tables(year: Counted) -> list[Table]:
    """Give the year by month: the main figures, 相談経路, and 課題 by 年代."""
    return [_months(year), _route_months(year), _issues_by_age(year)]


def _twelve(year: Counted) -> list[str]:
    first = date(year.span.year, 4, 1)
    return [f"{months_after(first, n):%Y-%m}" for n in range(12)]


def _heads(year: Counted) -> tuple[str, ...]:
    return tuple(f"{int(month[5:])}月" for month in _twelve(year))


def _month_cells(
    year: Counted, one: Indicator, found: dict[tuple[str, str], int], part: str | None
) -> list[Cell]:
    """Give a cell a month; those to come are no figure yet."""
    if not year.runs(one):
        return [Cell(year.key(f"{one.key(part=part)}/month={m}"), None) for m in _twelve(year)]
    now = f"{year.span.last:%Y-%m}"
    return [
        Cell(
            year.key(f"{one.key(part=part)}/month={month}"),
            found.get((part or "", month), 0) if month <= now else None,
        )
        for month in _twelve(year)
    ]


def _over_months(year: Counted, one: Indicator, part: str | None, cells: list[Cell]) -> Link:
    keys = tuple(cell.key for cell in cells if cell.value is not None)
    return Equation(year.key(one.key(part=part)), keys, tells=False)


def _months(year: Counted) -> Table:
    rows, links = [], []
    for one in (CATALOGUE[code] for code in _MONTHLY):
        found = by_month(year.store, one, year.span.first, year.span.last)
        cells = _month_cells(year, one, found, None)
        unit = "" if one.title.endswith(f"（{one.unit}）") else f"（{one.unit}）"
        rows.append(Row(f"{one.title}{unit}", (*cells, year.cell(one, one.main))))
        if year.runs(one):
            links.append(_over_months(year, one, None, cells))
    return Table(
        id="months",
        title="月ごとの動き",
        definition="".join(f"{CATALOGUE[c].title}: {CATALOGUE[c].definition}" for c in _MONTHLY),
        unit="件",
        counted_on="、".join(dict.fromkeys(CATALOGUE[c].counted_on for c in _MONTHLY)),
        source="、".join(dict.fromkeys(CATALOGUE[c].source for c in _MONTHLY)),
        columns=("指標", *_heads(year), "計"),
        rows=tuple(rows),
        links=tuple(links),
    )


def _route_months(year: Counted) -> Table:
    one, whole = CATALOGUE["intakes_by_route"], CATALOGUE["intakes"]
    found = by_month(year.store, one, year.span.first, year.span.last)
    parts = year.parts(one, [year])
    grid = {part: _month_cells(year, one, found, part) for part in parts}
    sums = by_month(year.store, whole, year.span.first, year.span.last)
    total = _month_cells(year, whole, sums, None)
    rows = [
        Row(label, (*grid[part], year.cell(one, one.main, part))) for part, label in parts.items()
    ]
    rows.append(Row("計", (*total, year.cell(whole, whole.main)), is_total=True))
    down = [
        Equation(whole_cell.key, tuple(grid[part][place].key for part in parts))
        for place, whole_cell in enumerate(total)
        if whole_cell.value is not None
    ]
    over = [_over_months(year, one, part, cells) for part, cells in grid.items()]
    return Table(
        id="intakes_by_route_and_month",
        title="相談受付（相談経路・月別）",
        definition=one.definition,
        unit=one.unit,
        counted_on=one.counted_on,
        source=one.source,
        columns=("相談経路", *_heads(year), "計"),
        rows=tuple(rows),
        links=(*down, *over) if year.runs(one) else (),
        total=year.key(whole.key()),
    )


def _issues_by_age(year: Counted) -> Table:
    one, ages = CATALOGUE["intakes_by_issue_and_age"], CATALOGUE["intakes_by_age"]
    issues = CATALOGUE["intakes_by_issue"]
    bands, rows_of = year.parts(ages, [year]), year.parts(issues, [year])
    rows: list[Row] = []
    links: list[Link] = []
    for issue, label in rows_of.items():
        cells = [year.cell(one, Way.RECORDS, f"{issue}/age={band}") for band in bands]
        whole = year.cell(issues, issues.main, issue)
        rows.append(Row(label, (*cells, whole)))
        links.append(Equation(whole.key, tuple(cell.key for cell in cells)))
    for place, band in enumerate(bands):
        column = tuple(cell.key for row in rows for cell in row.entries[place : place + 1]
                       if isinstance(cell, Cell))  # fmt: skip
        links.append(Several(year.key(ages.key(part=band)), column, is_complete=True))
    return Table(
        id="issues_and_ages",
        title=one.title,
        definition=one.definition,
        unit=one.unit,
        counted_on=one.counted_on,
        source=one.source,
        columns=("課題と背景要因", *bands.values(), "計"),
        rows=tuple(rows),
        links=tuple(links) if year.runs(one) else (),
        total=year.key("intakes"),
        several=True,
    )
