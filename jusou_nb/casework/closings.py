"""月次締め: freeze what is reported of a month; later entries come out as 訂正."""

from dataclasses import dataclass
from datetime import date

from jusou_nb.dates import APRIL, fiscal_year, month_of, next_month
from jusou_nb.forms import MonthlyClosing
from jusou_nb.problems import Override, Problem, settle
from jusou_nb.rules.closings import may_close
from jusou_nb.store import Store, archive, indicators
from jusou_nb.store import closings as kept
from jusou_nb.store.month_figures import month_figures


@dataclass(frozen=True, kw_only=True)
class Closed:
    """A closing as kept, and what is to be looked at."""

    closing: MonthlyClosing
    remarks: tuple[Problem, ...] = ()


def close_month(
    store: Store,
    month: str,
    *,
    today: date,
    remarks: str | None = None,
    overrides: tuple[Override, ...] = (),
) -> Closed:
    """Close a month (``2026-10``): its figures stay; what changed of earlier ones is 訂正.

    Raises:
        NotAllowed: The month is closed already, or waits for the chief.
        ValueError: It is no month.
    """
    problems = closing_problems(store, month, today=today)
    noted = settle(problems, overrides)
    first, last = month_of(month)
    with store.transaction():
        closing = MonthlyClosing(
            month=month,
            closed_on=today,
            closed_by=store.worker_name(),
            upto=archive.mark(store)["upto"],
            remarks=remarks,
            figures=kept.frozen(month_figures(store, first, last, today)),
            corrections=tuple(kept.corrections(store, month, today)),
        )
        saved = store.save(closing)
        store.log_overrides(saved, problems, overrides)
    return Closed(closing=saved, remarks=tuple(noted))


def closing_problems(store: Store, month: str, *, today: date) -> list[Problem]:
    """Ask whether a month may be closed; an empty list is yes."""
    first, last = month_of(month)
    closed = {closing.month or "" for closing in kept.closings(store)}
    return may_close(
        month,
        last,
        today,
        closed=closed,
        unclosed=_earlier(store, first) - closed,
        balances=indicators.balance(store, first, last).closes,
    )


def _earlier(store: Store, first: date) -> set[str]:
    """Name the earlier months of the 年度 in which there is something to count."""
    begun = date(fiscal_year(first), APRIL, 1)
    found = set()
    while begun < first:
        following = next_month(begun)
        _, last = month_of(f"{begun:%Y-%m}")
        if any(figure.value for figure in month_figures(store, begun, last, last)):
            found.add(f"{begun:%Y-%m}")
        begun = following
    return found
