"""今月の資料: the packets of every sitting of a month and its report, at one press."""

import sys
from datetime import date
from pathlib import Path

from jusou_nb.dates import month_name
from jusou_nb.widgets.messages import button
from jusou_nb.widgets.papers import MakingPanel
from jusou_nb.widgets.session import Session, paragraph, row

_SAID = (
    "この月の会議ごとの資料（議長用と、機関ごと）と、月次報告を一度に作ります。"
    "作成中も入力を続けられます。会議を一つだけ作り直すときは、一覧から会議を開きます。"
)


def month_command(
    store_path: Path, month: str, out: Path, today: str, *, bound: bool = False
) -> list[str]:
    """Write the command that makes the papers of a month, ``bound`` into one PDF a sitting too."""
    words = ["monthly", str(store_path), "--month", month, "--out", str(out), "--today", today]
    return [sys.executable, "-m", "jusou_nb", *words, *(["--pdf"] if bound else [])]


class MonthPapers(MakingPanel):
    """The buttons, the progress and the files of one month."""

    def __init__(self, session: Session, month: date) -> None:
        """Offer the papers of the month of a day."""
        self.month, name = f"{month:%Y-%m}", month_name(month)
        self.go = button(f"{name}の資料を全部作る", self.press, filled=True)
        self.bind = button("印刷用PDFも作る", self.press_bound)
        offers = (self.go, self.bind)
        super().__init__(session, paragraph(_SAID), row(*offers), offers=offers)

    def press(self) -> None:
        """Make all papers of the month."""
        self._make(bound=False)

    def press_bound(self) -> None:
        """Make them, and a PDF of each sitting's in the order in which they go out."""
        self._make(bound=True)

    def _make(self, *, bound: bool) -> None:
        month, today = self.month, self._session.today.isoformat()
        self.start(lambda store, out: month_command(store, month, out, today, bound=bound))
