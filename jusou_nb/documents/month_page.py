"""課長用の月報: one page with the month beside others, who carries what, and what was put right."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from jusou_nb.dates import APRIL, fiscal_year, month_of, months_after, wareki
from jusou_nb.rules.long_cases import LongCase
from jusou_nb.store import Store, closings
from jusou_nb.store.due import due_items
from jusou_nb.store.due_kinds import UNANSWERED, UNDECIDED
from jusou_nb.store.long_cases import running_cases
from jusou_nb.store.month_figures import MonthFigure, month_figures
from jusou_nb.store.workload import Load, loads

WORKERS = 8
"""Workers that stand by name; the page has no room for more, and says how many are left."""
CORRECTIONS = 5
"""Corrections that stand in full; the others are in the record of the closing."""
_YEARS = (1, 2, 3)
_STANDS = frozenset({"carried", "standing"})
"""Figures of a day: a sum over the 年度 would say nothing."""
_BLANK = "−"


@dataclass(frozen=True, kw_only=True)
class Line:
    """A figure of the month beside the month before, the same month last year and the 年度."""

    label: str
    now: str
    before: str
    last_year: str
    year: str


def values(store: Store, first: date, last: date, *, today: date) -> dict[str, Any]:
    """Gather the page; figures of a closed month are those that were reported.

    Who carries what and what waits is told as the records stand on the day of making.
    """
    closing = closings.closing_of(store, f"{first:%Y-%m}")
    running = running_cases(store, today)
    return {
        **_figures(store, first, last, today),
        "closed_on": wareki(closing.closed_on) if closing and closing.closed_on else "",
        "remarks": (closing.remarks or "") if closing else "",
        "corrections": _corrections(store, first, closing, today),
        "corrections_shown": CORRECTIONS,
        **_loads(store, running, today),
        "long": _long(running, today),
        "waiting": _waiting(store, today),
    }


def _figures(store: Store, first: date, last: date, today: date) -> dict[str, list[Line]]:
    begun = date(fiscal_year(first), APRIL, 1)
    before = first - timedelta(days=1)
    year_ago = date(first.year - 1, first.month, 1)
    months = (first, date(before.year, before.month, 1), year_ago)
    now, previous, last_year = (_month(store, month, today) for month in months)
    year = {f.code: str(f.value) for f in month_figures(store, begun, last, today)}
    figures = month_figures(store, first, last, today)
    columns = (now, previous, last_year, year)
    return {"lines": _plain(figures, *columns), "sittings": _sittings(store, *columns)}


Told = Mapping[str, str]


def _month(store: Store, first: date, today: date) -> Told:
    """Give a month's figures: as reported where it is closed, else as the records stand."""
    month = f"{first:%Y-%m}"
    reported = closings.last_reported(store, month)
    _, last = month_of(month)
    counted = {f.code: str(f.value) for f in month_figures(store, first, last, today)}
    return {**counted, **{code: str(told.value) for code, told in reported.items()}}


def _plain(figures: Iterable[MonthFigure], now: Told, *others: Told) -> list[Line]:
    before, last_year, year = others
    return [
        Line(
            label=figure.label,
            now=now[figure.code],
            before=before[figure.code],
            last_year=last_year[figure.code],
            year=_BLANK if figure.code in _STANDS else year[figure.code],
        )
        for figure in figures
        if "/" not in figure.code
    ]


def _sittings(store: Store, *columns: Told) -> list[Line]:
    """Put 開催 and 案件 of a basis on one line."""
    found = []
    for basis in store.profile.bases:
        if basis.anonymous:
            continue
        pairs = [f"{c[f'sittings/{basis.code}']}／{c[f'items/{basis.code}']}" for c in columns]
        now, before, last_year, year = pairs
        found.append(
            Line(label=basis.label, now=now, before=before, last_year=last_year, year=year)
        )
    return found


def _corrections(store: Store, first: date, closing: Any, today: date) -> list[Any]:
    """Give what a closing put right, or what the next one would, of the months before."""
    month = f"{first:%Y-%m}"
    rows = list(closing.corrections) if closing else closings.corrections(store, month, today)
    return [*rows, *closings.differences(store, month, today)]


def _loads(store: Store, running: list[LongCase], asof: date) -> dict[str, Any]:
    found = loads(store, running, asof)
    urgencies = store.profile.codes("urgency").by_code
    shown, rest = found[:WORKERS], found[WORKERS:]
    return {
        "urgencies": [entry.label.split("（")[0] for entry in urgencies.values()],
        "loads": [_load(load, tuple(urgencies)) for load in shown],
        "more_workers": len(rest),
        "more_cases": sum(load.cases for load in rest),
    }


def _load(load: Load, urgencies: tuple[str, ...]) -> tuple[str, list[int]]:
    by = [load.by_urgency[code] for code in urgencies]
    unjudged = load.cases - sum(by)
    return load.worker or "担当未定", [load.cases, load.as_deputy, *by, unjudged, load.stuck]


def _long(running: Iterable[LongCase], asof: date) -> list[tuple[str, int]]:
    """Count the running cases that opened so many years ago or more."""
    opened = [case.opened_on for case in running if case.opened_on]
    return [
        (f"{years}年以上", sum(months_after(day, 12 * years) <= asof for day in opened))
        for years in _YEARS
    ]


def _waiting(store: Store, asof: date) -> list[tuple[str, list[tuple[str, int, int]]]]:
    """Count what waits for an answer and for a decision: kind, how many, how many too late."""
    return [
        ("返事を待つもの", _counted(store, asof, UNANSWERED)),
        ("決定を待つもの", _counted(store, asof, UNDECIDED)),
    ]


def _counted(store: Store, asof: date, kinds: frozenset[str]) -> list[tuple[str, int, int]]:
    found: dict[str, tuple[int, int]] = {}
    for entry in due_items(store, asof, kinds=kinds):
        n, late = found.get(entry.label, (0, 0))
        found[entry.label] = (n + 1, late + (entry.overdue_days > 0))
    return [(label, n, late) for label, (n, late) in found.items()]
