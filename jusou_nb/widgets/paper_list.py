"""これまでに作った資料: each paper of a sitting, and one of them once more as it was."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from jusou_nb.choices import OFFICE
from jusou_nb.documents.paper import PaperKind
from jusou_nb.fields import Form, Stage, item
from jusou_nb.forms import Conference
from jusou_nb.problems import Override, settle
from jusou_nb.store import final_versions, papers_out
from jusou_nb.widgets.entry import Entry, Records, Sheet
from jusou_nb.widgets.final_view import FinalView
from jusou_nb.widgets.listing import Cell, Listing, day_cell
from jusou_nb.widgets.messages import button
from jusou_nb.widgets.papers import MakingPanel, reprint_command
from jusou_nb.widgets.session import Page, Session, paragraph, row

PAPERS = "papers"
HEADINGS = ("文書番号", "渡す先", "根拠", "はじめに作った日", "最後に作った日", "回数",
            "どこにあるか", "確定版")  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class ReprintNote(Form, table="reprint_notes", title="当時のまま再印刷"):
    """Why a past paper is printed again."""

    reason: str | None = item(
        "再印刷の理由",
        scope=OFFICE,
        lines=2,
        required_at=Stage.DRAFT,
        help="資料と記録に残ります。氏名は書かないでください",
    )


class PaperList(Page):
    """The papers that were made for one sitting, by their numbers."""

    def __init__(self, session: Session, sitting: Conference) -> None:
        """List the papers as the log tells of them."""
        super().__init__(session)
        self.sitting = sitting
        self.show()

    def show(self) -> None:
        """Show the papers that were made so far."""
        self.papers = papers_out.of_sitting(self.session.store, self.sitting.id or 0)
        subject = (Conference.table, self.sitting.id or 0)
        self.settled = final_versions.of_record(self.session.store, subject)
        self.listing = Listing(
            "これまでに作った資料", HEADINGS, self.choose, empty="作った資料はまだありません。"
        )
        self.listing.fill([(place, self._cells(p)) for place, p in enumerate(self.papers)])
        said = (
            "番号を選ぶと、当時のままの紙面を、控えとして印刷し直せます。"
            "直し終えた文書を、その番号の確定版として残せます。"
        )
        told = [paragraph(said)] if self.papers else []
        self.making = MakingPanel(self.session)
        self.turn(*told, self.making, self.listing)

    def choose(self, place: int) -> None:
        """Ask why a past paper is to be printed again."""
        paper = self.papers[place]
        sheet = Sheet(
            form=ReprintNote,
            key=f"of-{self.sitting.id}-{place}",
            title=f"{paper.number}（{paper.label}）を当時のまま再印刷",
        )

        def register(records: Records, allowed: tuple[Override, ...]) -> None:
            self._reprint(paper.number, records["note"].reason or "", allowed)

        self.entry = Entry(self.session, {"note": sheet}, register, words="再印刷する")
        said = "渡すための資料ではありません。渡すときは、今の記録で「資料を作成」してください。"
        self.final = FinalView(self.session, paper.number)
        if paper.number.startswith(PaperKind.WORD.label):
            # A Word file is made again from the record: its template may have changed.
            self.turn(row(button("資料の一覧へ戻る", self.show)), self.final)
            return
        back = row(button("再印刷しないで戻る", self.show))
        self.turn(paragraph(said), self.entry, back, self.final)

    def _reprint(self, number: str, reason: str, allowed: tuple[Override, ...]) -> None:
        from jusou_nb.runner import reprinting  # noqa: PLC0415 - a second of papermill

        settle(reprinting.problems(self.session.store, number, reason), allowed)
        self.show()
        self.making.start(lambda store, out: reprint_command(store, number, out, reason, allowed))

    def _cells(self, paper: Any) -> list[Cell]:
        basis = self.session.store.profile.basis(paper.basis).label if paper.basis else ""
        days = [datetime.fromisoformat(at).date() for at in (paper.made_first, paper.made_last)]
        return [
            Cell(paper.number),
            Cell(paper.label),
            Cell(basis),
            *map(day_cell, days),
            Cell(f"{paper.times}回"),
            Cell(papers_out.whereabouts(paper)),
            Cell("あり" if paper.number in self.settled else ""),
        ]
