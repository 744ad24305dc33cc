"""年度の評価を作る: the report of a 年度 for an audience, by a child process."""

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jusou_nb.choices import NOT_PERSONAL
from jusou_nb.dates import fiscal_year, fiscal_year_name
from jusou_nb.documents.audience import Audience
from jusou_nb.fields import Form, Ref, item
from jusou_nb.values import Lexicon
from jusou_nb.widgets.form import FormView
from jusou_nb.widgets.messages import MessageKind, button
from jusou_nb.widgets.papers import MakingPanel
from jusou_nb.widgets.session import Session, heading, paragraph, row

TITLE = "年度の評価"
YEARS = 6
"""Years to choose from, this one first."""
_SAID = (
    "印刷するページ、Excel、数のファイルの三つができます。代表者会議用と公表用では、"
    "人が特定されないよう小さな数を x にします。"
)


@dataclass(frozen=True, kw_only=True)
class Wanted(Form):
    """Which report is made."""

    year: Ref | None = item("年度", scope=NOT_PERSONAL, ref="fiscal_years")
    audience: Audience | None = item("読む人", scope=NOT_PERSONAL)


def evaluate_command(
    store_path: Path, year: int, audience: Audience, out: Path, today: str
) -> list[str]:
    """Write the command that makes the report of a 年度."""
    words = ["evaluate", str(store_path), "--fiscal-year", str(year), "--audience", audience.value]
    return [sys.executable, "-m", "jusou_nb", *words, "--out", str(out), "--today", today]


def folder_name(year: int, audience: Audience) -> str:
    """Name the folder of a report: each has files of the same names."""
    return f"evaluation-{year}-{audience.value}"


class EvaluationPanel(MakingPanel):
    """年度 and reader to choose, the button, and the three files when they are made."""

    def __init__(self, session: Session) -> None:
        """Offer the running 年度, for the office."""
        now = fiscal_year(session.today)
        common = session.store.lexicon()
        years = {year: fiscal_year_name(year) for year in range(now, now - YEARS, -1)}
        lexicon = Lexicon(common.profile, {**common.refs, "fiscal_years": years}, common.spellings)
        first = Wanted(year=Ref(now), audience=Audience.INTERNAL)
        self.wanted = FormView(Wanted, lexicon, record=first, today=session.today, title="")
        self.go = button(f"{TITLE}を作る", self.press)
        super().__init__(session, heading(TITLE, 3), paragraph(_SAID), self.wanted, row(self.go))

    def press(self) -> None:
        """Make the report that is chosen."""
        if self.progress.running:
            self.banner.show(
                MessageKind.INFORMATION, "前の評価を作っています。少し待ってください。"
            )
            return
        chosen: Any = self.wanted.as_it_stands()
        if chosen.year is None or chosen.audience is None:
            self.banner.show(MessageKind.WARNING, "年度と読む人を選んでください。")
            return
        year, audience = int(chosen.year), chosen.audience
        today = self._session.today.isoformat()
        self.start(
            lambda store, out: evaluate_command(store, year, audience, out, today),
            within=folder_name(year, audience),
        )
