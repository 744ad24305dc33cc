"""月次報告: one or two pages of counts, each with a definition in the store's indicators."""

import calendar
from dataclasses import dataclass
from datetime import date
from typing import Any

from jusou_nb.dates import fiscal_year, fiscal_year_name, month_name, next_month, wareki
from jusou_nb.documents import month_page
from jusou_nb.documents.paper import Identity, PaperKind, Section, print_section
from jusou_nb.forms.case import CaseStatus
from jusou_nb.forms.referral import ReferralAnswer
from jusou_nb.store import Store, counts, indicators, papers
from jusou_nb.store.case_moves import Balance
from jusou_nb.store.due import Due, due_items, without_contact
from jusou_nb.store.due_kinds import MASKINGS, SUSPICIONS
from jusou_nb.store.indicators import Counts

_UNFILLED = "未記入"
OFFICE = "office"
DUE_ROWS = 44
"""What fits under the figures on the second page; the rest is on the desk's list."""


@dataclass(frozen=True, kw_only=True)
class Report:
    """The figures of a month, gathered; each method prints one section."""

    first: date
    last: date
    today: date
    place: int
    municipality: str
    office: str
    values: dict[str, Any]

    @property
    def identity(self) -> Identity:
        """What this paper is."""
        return Identity(
            kind=PaperKind.MONTHLY,
            title=f"{month_name(self.first)} 月次報告",
            subject=f"{self.first:%Y-%m}",
            recipient=OFFICE,
            basis="",
            place=self.place,
        )

    def _print(self, name: str, title: str, identity: Identity | None = None) -> Section:
        return print_section(f"monthly_{name}", title, self.values, identity)

    def chief(self) -> Section:
        """課長用の一枚: beside other months, by worker, what waits, 訂正, 所見."""
        return self._print("chief", "月報", self.identity)

    def head(self) -> Section:
        """表題: month, 途中, and the year's intakes by month."""
        return self._print("head", "月次報告", self.identity)

    def intakes(self) -> Section:
        """相談受付: by 経路, 分野, 一次・二次受付."""
        return self._print("intakes", "相談受付")

    def cases(self) -> Section:
        """ケース: 繰越＋新規＋再開−終結−中断＝期末現在, and by 段階."""
        return self._print("cases", "ケース")

    def sittings(self) -> Section:
        """会議・プラン・つなぎ."""
        return self._print("sittings", "会議・プラン・つなぎ")

    def due(self) -> Section:
        """期限: what is due, by 受付番号, without names."""
        return self._print("due", "期限の一覧")


def report(store: Store, first: date, last: date, *, today: date) -> Report:
    """Gather the report of a month; while it lasts (``today`` ≤ ``last``) it is 途中."""
    asof = max(min(today, last), first)
    values = {
        **_head(store, first, last, today),
        **_intakes(store, first, last),
        **_cases(store, first, last),
        **_meetings(store, first, last, today),
        **_due(store, asof),
        **month_page.values(store, first, last, today=today),
    }
    return Report(
        first=first,
        last=last,
        today=today,
        place=papers.last_of_all(store),
        municipality=store.profile.municipality,
        office=store.profile.office,
        values=values,
    )


def _head(store: Store, first: date, last: date, today: date) -> dict[str, Any]:
    # The library that draws is heavy; only the paper that draws waits for it.
    from jusou_nb.documents.charts import month_bars  # noqa: PLC0415

    year = fiscal_year(first)
    months = [date(year + (m < 4), m, 1) for m in (*range(4, 13), 1, 2, 3)]  # noqa: PLR2004 - April
    found = indicators.intakes_by_month(store, months[0], next_month(months[-1]))
    figures = [found.get(f"{m:%Y-%m}", 0) if m <= min(first, today) else None for m in months]
    labels = [f"{m.month}月" for m in months]
    return {
        "municipality": store.profile.municipality,
        "office": store.profile.office,
        "month": month_name(first),
        "year": fiscal_year_name(year),
        "period": f"{wareki(first)}から{wareki(last)}まで",
        "is_running": today <= last,
        "made_on": wareki(today),
        "months": list(zip(labels, figures, strict=True)),
        "sum": sum(figure or 0 for figure in figures),
        "chart": month_bars(labels, figures, months.index(first)),
    }


def _labelled(store: Store, name: str, found: Counts) -> list[tuple[str, int]]:
    """Put the list's words to its codes; 未記入 only where there is one."""
    known = store.profile.codes(name).by_code
    rows = [(known[c].label if c in known else c or _UNFILLED, n) for c, n in found.items()]
    return [row for row in rows if row[0] != _UNFILLED or row[1]]


def _intakes(store: Store, first: date, last: date) -> dict[str, Any]:
    return {
        "intakes": indicators.intakes(store, first, last),
        "households": indicators.households_received(store, first, last),
        "by_route": _labelled(store, "route", indicators.intakes_by_route(store, first, last)),
        "by_field": _labelled(store, "field", indicators.intakes_by_field(store, first, last)),
        "by_desk": _labelled(store, "desk_level", indicators.intakes_by_desk(store, first, last)),
    }


def _cases(store: Store, first: date, last: date) -> dict[str, Any]:
    found = indicators.cases_by_status(store, last)
    moves: Balance = indicators.balance(store, first, last)
    return {
        "balance": moves,
        "by_status": [(s.label, found[s.value]) for s in CaseStatus],
        "households_running": indicators.households_running(store, last),
    }


def _meetings(store: Store, first: date, last: date, today: date) -> dict[str, Any]:
    labels = {basis.code: basis.label for basis in store.profile.bases}
    answers = counts.referrals_by_answer(store, first, last)
    return {
        "by_basis": [
            (labels[row.basis], row) for row in counts.sittings_by_basis(store, first, last, today)
        ],
        "plans": counts.plans(store, first, last),
        "referrals": [(a.label, answers[a.value]) for a in ReferralAnswer],
        "referrals_sum": sum(answers.values()),
    }


@dataclass(frozen=True, kw_only=True)
class DueRow:
    """A line of the list of what is due; ``month`` sorts, ``month_name`` is printed."""

    month: str
    month_name: str
    day: int
    number: str
    what: str
    agency: str
    is_late: bool


def _due(store: Store, asof: date) -> dict[str, Any]:
    following = next_month(asof)
    until = following.replace(day=calendar.monthrange(following.year, following.month)[1])
    names = store.lexicon().refs["agencies"]
    rows = [
        _due_row(row, row.due_on, names.get(row.agency_id or 0, ""))
        for row in due_items(store, asof, until=until)
        if row.due_on is not None and row.kind not in SUSPICIONS | MASKINGS
    ]
    return {
        "asof": wareki(asof),
        "until": wareki(until),
        "due_rows": rows[:DUE_ROWS],
        "due": len(rows),
        "late": sum(row.is_late for row in rows),
        "silent": without_contact(store, asof),
        "silent_days": store.profile.thresholds["days_without_contact"],
    }


def _due_row(row: Due, day: date, agency: str) -> DueRow:
    return DueRow(
        month=f"{day:%Y-%m}",
        month_name=month_name(day),
        day=day.day,
        number=row.number,
        what=row.label,
        agency=agency,
        is_late=row.overdue_days > 0,
    )
