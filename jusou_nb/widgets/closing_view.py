"""月次締め on the desk: the months, what they were closed with, and the sheet that closes one."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from jusou_nb import casework
from jusou_nb.dates import APRIL, fiscal_year, month_name, next_month, wareki
from jusou_nb.forms import FigureCorrection, MonthlyClosing
from jusou_nb.problems import Override
from jusou_nb.store import closings
from jusou_nb.widgets.entry import Entry, Sheet
from jusou_nb.widgets.listing import Cell, Listing, day_cell
from jusou_nb.widgets.messages import Banner, MessageKind, problem_lines
from jusou_nb.widgets.session import Page, Session, heading, paragraph

TITLE = "月次締め"
_MONTHS = ("月", "締めた日", "締めた人", "訂正")
_CORRECTED = ("訂正する月", "名前", "前回", "今回", "わけ")
_COUNTED = frozenset({"month", "closed_on", "closed_by", "upto", "figures", "corrections"})


class ClosingView(Page):
    """The months of the 年度 so far, and the one that is to be closed next."""

    def __init__(self, session: Session) -> None:
        """Open with the list."""
        super().__init__(session)
        self.banner = Banner()
        self.show_months()

    def show_months(self, said: str = "", lines: tuple[str, ...] = ()) -> None:
        """List the months; an open one is closed by choosing it."""
        self.banner = Banner()
        if said:
            kind = MessageKind.WARNING if lines else MessageKind.SUCCESS
            self.banner.show(kind, said, lines, focus=True)
        self.months = _months(self.session.today)
        self.listing = Listing("この年度の月", _MONTHS, self.choose)
        self.listing.fill([(n, self._cells(month)) for n, month in enumerate(self.months)])
        explained = (
            "締めた月の数は、そのときのまま残ります。"
            "あとから登録したものは、次に締める月に「訂正」として載ります。"
        )
        self.turn(heading(TITLE), self.banner, paragraph(explained), self.listing)

    def _cells(self, month: str) -> list[Cell]:
        found = closings.closing_of(self.session.store, month)
        if found is None:
            return [Cell(month_name(month)), Cell("まだ", chip="plain"), Cell(""), Cell("")]
        later = closings.differences(self.session.store, month, self.session.today)
        said = f"{len(later)}件（次の締めに載ります）" if later else ""
        return [
            Cell(month_name(month)),
            day_cell(found.closed_on),
            Cell(found.closed_by or ""),
            Cell(said),
        ]

    def choose(self, place: int) -> None:
        """Open a month: what it was closed with, or the sheet that closes it."""
        month = self.months[place]
        found = closings.closing_of(self.session.store, month)
        shown = [self._closed(found)] if found else [self._sheet(month)]
        self.turn(
            *self.parts[:4],
            heading(f"{month_name(month)}の{TITLE}", 3),
            *shown,
            *self._pending(month),
        )

    def _closed(self, closing: MonthlyClosing) -> Listing:
        listing = Listing("締めた数", ("名前", "数"))
        rows = [[Cell(f.label or ""), Cell(str(f.value))] for f in closing.figures]
        listing.fill(list(enumerate(rows)))
        return listing

    def _sheet(self, month: str) -> Entry:
        def close(records: Mapping[str, Any], allowed: tuple[Override, ...]) -> None:
            store, today = self.session.store, self.session.today
            made = casework.close_month(
                store, month, today=today, remarks=records["closing"].remarks, overrides=allowed
            )
            self.entry.throw_away()
            said = f"{month_name(month)}を締めました（{wareki(today)}）。"
            self.show_months(said, tuple(problem_lines(made.remarks)))

        blank = MonthlyClosing(month=month, closed_on=self.session.today)
        sheet = Sheet(form=MonthlyClosing, key=month, record=blank, without=_COUNTED, title="")
        self.entry = Entry(
            self.session, {"closing": sheet}, close, words=f"{month_name(month)}を締める"
        )
        return self.entry

    def _pending(self, month: str) -> list[Any]:
        """Show what was put right with this month, and what has changed since."""
        store, today = self.session.store, self.session.today
        closing = closings.closing_of(store, month)
        rows = list(closing.corrections) if closing else closings.corrections(store, month, today)
        rows += closings.differences(store, month, today)
        if not rows:
            return []
        listing = Listing("訂正", _CORRECTED)
        listing.fill([(n, _corrected(row)) for n, row in enumerate(rows)])
        return [heading("訂正（前に報告した数から変わったもの）", 3), listing]


def _corrected(row: FigureCorrection) -> list[Cell]:
    told = (month_name(row.month or ""), row.label, row.before, row.after, row.cause)
    return [Cell("" if value is None else str(value)) for value in told]


def _months(today: date) -> list[str]:
    """Name the months from April to now, the latest first; in April also those before."""
    first = date(fiscal_year(today - timedelta(days=31)), APRIL, 1)
    found = []
    while first <= today:
        found.append(f"{first:%Y-%m}")
        first = next_month(first)
    return found[::-1]
