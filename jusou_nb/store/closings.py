"""What was reported of each month, and what differs from it now, with the cause."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from jusou_nb.dates import month_of
from jusou_nb.forms.closing import ClosedFigure, FigureCorrection, MonthlyClosing
from jusou_nb.store.correction_causes import causes
from jusou_nb.store.month_figures import MonthFigure, month_figures

if TYPE_CHECKING:
    from jusou_nb.store.core import Store


@dataclass(frozen=True, kw_only=True)
class Reported:
    """A figure as it was last reported: its value, its records, and up to which change."""

    value: int
    ids: tuple[int, ...]
    upto: int


def closings(store: "Store") -> list[MonthlyClosing]:
    """Give the closed months in the order of their closing."""
    return store.find(MonthlyClosing)


def closing_of(store: "Store", month: str) -> MonthlyClosing | None:
    """Give the closing of a month (``2026-10``), or None where it is not closed."""
    return next(iter(store.find(MonthlyClosing, month=month)), None)


def last_reported(store: "Store", month: str) -> dict[str, Reported]:
    """Give every figure of a closed month as reported last: corrections win over the closing."""
    found: dict[str, Reported] = {}
    for closing in closings(store):
        upto = closing.upto or 0
        told: list[ClosedFigure | FigureCorrection] = []
        if closing.month == month:
            told += closing.figures
        told += [row for row in closing.corrections if row.month == month]
        for row in told:
            value = row.value if isinstance(row, ClosedFigure) else row.after
            found[row.code or ""] = Reported(value=value or 0, ids=_ids(row.records), upto=upto)
    return found


def differences(store: "Store", month: str, today: date) -> list[FigureCorrection]:
    """Give what a closed month would be reported as now where it differs, with the cause.

    A month that is not closed has none.
    """
    reported = last_reported(store, month)
    if not reported:
        return []
    first, last = month_of(month)
    now = {figure.code: figure for figure in month_figures(store, first, last, today)}
    return [
        _correction(store, month, now[code], told)
        for code, told in reported.items()
        if code in now and now[code].value != told.value
    ]


def corrections(store: "Store", month: str, today: date) -> list[FigureCorrection]:
    """Give what differs now from what was reported of the months before a month."""
    before = sorted({c.month or "" for c in closings(store) if (c.month or "") < month})
    return [row for earlier in before for row in differences(store, earlier, today)]


def _correction(
    store: "Store", month: str, figure: MonthFigure, told: Reported
) -> FigureCorrection:
    before, after = Counter(told.ids), Counter(figure.ids)
    moved = sorted({*(after - before), *(before - after)})
    return FigureCorrection(
        month=month,
        code=figure.code,
        label=figure.label,
        before=told.value,
        after=figure.value,
        cause="、".join(causes(store, figure.table, moved, told.upto)),
        records=written(figure.ids),
    )


def frozen(figures: Iterable[MonthFigure]) -> tuple[ClosedFigure, ...]:
    """Write figures as the rows of a closing."""
    return tuple(
        ClosedFigure(code=f.code, label=f.label, value=f.value, records=written(f.ids))
        for f in figures
    )


def written(ids: Iterable[int]) -> str:
    """Write the numbers of records into one box."""
    return ",".join(map(str, ids))


def _ids(text: str | None) -> tuple[int, ...]:
    return tuple(int(part) for part in (text or "").split(",") if part)
