"""台帳の取込み: drop a ledger, see what becomes of each row, mend it, take it in."""

import time
from typing import Any

import ipywidgets

from jusou_nb.casework.ledger import rejected_workbook, take_table
from jusou_nb.casework.ledger_choices import AS_WRITTEN, Choices, remembered
from jusou_nb.casework.ledger_preview import Fate, Preview, open_ledger, preview
from jusou_nb.casework.ledger_read import Table
from jusou_nb.casework.ledger_report import Imported
from jusou_nb.errors import JusouError
from jusou_nb.store import Store
from jusou_nb.widgets.import_batches import Batches
from jusou_nb.widgets.import_parts import FileDrop, MatchTable, RowTable
from jusou_nb.widgets.import_work import TITLE, StoreWork
from jusou_nb.widgets.messages import Banner, MessageKind, button
from jusou_nb.widgets.papers import Progress
from jusou_nb.widgets.session import Session, heading, paragraph, row

_LEAD = (
    "相談受付の台帳（1行が1件）を、そのままの形で取り込みます。要る見出しは「相談受付日」と「氏名」だけです。"
    "取り込む前に、1行ずつ何になるかを確かめて直せます。"
)
_EVERY = 0.5
"""Seconds between two words on the progress."""


class ImportView(ipywidgets.VBox):  # type: ignore[misc] # ipywidgets carries no types
    """The importer's face."""

    def __init__(self, session: Session) -> None:
        """Wait for a ledger; the earlier imports stand below."""
        self._session = session
        self.work = StoreWork(session)
        self.banner, self.progress = Banner(), Progress()
        self.drop = FileDrop(self.receive)
        self.matching = MatchTable(self.match, self.read_as)
        self.rows = RowTable(self.mend)
        self.go = button("取り込む", self.take_in, filled=True)
        self.back = button("取り込めない行を Excel で受け取る", self.give_back)
        self.stop = button("この台帳をやめる", self.clear)
        self.batches = Batches(session, self.work, self.look)
        self.seen: Preview | None = None
        self.said: Choices = AS_WRITTEN
        self._file: Table | None = None
        self._stale = False
        self.ledger = ipywidgets.VBox()
        super().__init__(
            [heading(TITLE), paragraph(_LEAD), self.drop, self.banner, self.progress,
             self.ledger, self.batches]
        )  # fmt: skip

    def receive(self, name: str, raw: bytes) -> None:
        """Look at a file that was dropped; it is kept in memory only."""
        self.clear()

        def read(store: Store) -> tuple[Table, Choices]:
            said = remembered(store)
            return open_ledger(name, raw, said), said

        self._begin(f"「{name}」を読んでいます")
        self.work.start(read, self._opened, self._fail)

    def _opened(self, found: tuple[Table, Choices]) -> None:
        self._file, self.said = found
        self.look()

    def clear(self) -> None:
        """Put the ledger away; nothing of it was taken in."""
        self._file, self.seen, self.said = None, None, AS_WRITTEN
        self.rows = RowTable(self.mend)
        self.banner.clear()
        self.progress.words = ""
        self.ledger.children = ()

    def match(self, index: int, code: str) -> None:
        """Say which box a column means."""
        if self._file is not None and 0 <= index < len(self._file.headings):
            self.said = self.said.column(self._file.headings[index], code)
            self.look()

    def read_as(self, code: str, text: str, label: str | None) -> None:
        """Say what a text in a box stands for; None takes that back."""
        self.said = self.said.value(code, text, label)
        self.look()

    def mend(self, line: int, index: int, text: str) -> None:
        """Correct a cell and judge again."""
        self.said = self.said.cell(line, index, text)
        self.look()

    def look(self) -> None:
        """Judge the rows anew; what is said meanwhile is judged after that."""
        table, said, today = self._file, self.said, self._session.today
        if table is None:
            return
        if self.work.is_running:
            self._stale = True
            return
        self._begin(f"{len(table.rows):,}行を判定しています")
        begun = time.monotonic()

        def judge(store: Store) -> tuple[Preview, float]:
            return preview(store, table, said, today=today), time.monotonic() - begun

        self.work.start(judge, self._judged, self._fail)

    def _judged(self, found: tuple[Preview, float]) -> None:
        self.seen, seconds = found
        self._end()
        self.matching.fill(self.seen)
        self.rows.fill(self.seen, self._summary(self.seen, seconds))
        self._offer(self.seen)
        if self._stale:
            self._stale = False
            self.look()

    def _summary(self, seen: Preview, seconds: float) -> str:
        told = "、".join(f"{fate.label}行 {seen.count(fate):,}" for fate in Fate)
        return f"{len(seen.rows):,}行を{seconds:.1f}秒で判定しました（{told}）。"

    def _offer(self, seen: Preview) -> None:
        """Show the tables, and what can be done with them."""
        good = seen.count(Fate.NEW) + seen.count(Fate.FILLED)
        self.go.label = f"{good:,}行を取り込む" if good else "取り込む行がありません"
        self.go.readonly = not good
        self.back.readonly = not seen.count(Fate.REFUSED)
        rows: tuple[Any, ...] = (self.rows, row(self.go, self.back, self.stop))
        if seen.lacking:
            names = "」「".join(seen.lacking)
            ask = paragraph(f"「{names}」の列が分かりません。見出しの対応で選んでください。")
            rows = (ask, row(self.stop))
        title = heading(f"「{seen.table.file_name}」", 3)
        self.ledger.children = (title, self.matching, *rows)

    def take_in(self) -> None:
        """取り込む: the good rows, in one batch; refused ones stay here to be mended."""
        if self.seen is None or self.work.is_running:
            return
        table, said, today = self.seen.table, self.said, self._session.today
        self._begin(f"{len(table.rows):,}行を取り込んでいます")
        self.progress.of, told = len(table.rows), 0.0

        def tell(done: int, of: int) -> None:
            nonlocal told
            if time.monotonic() - told > _EVERY:
                told = time.monotonic()
                self.progress.done, self.progress.words = done, f"{of:,}行中{done:,}行"

        def take(store: Store) -> Imported:
            return take_table(store, table, said, today=today, progress=tell)

        self.work.start(take, self._taken, self._fail, writes=True)

    def _taken(self, done: Imported) -> None:
        self._end()
        kind = MessageKind.WARNING if done.refused else MessageKind.SUCCESS
        counted, *lines = done.lines()
        self.banner.show(kind, counted, [line for line in lines if _is_news(line)], focus=True)
        self.batches.refresh()
        self._session.news()
        self.look()

    def give_back(self) -> None:
        """Hand the refused rows over as a workbook, with the reason last."""
        if self.seen and self.seen.report and self.seen.report.refused:
            raw = rejected_workbook(self.seen.table, self.seen.report)
            self.drop.hand_over(f"{self.seen.table.file_name}.rejected.xlsx", raw)

    def _begin(self, words: str) -> None:
        self.drop.busy = self.progress.running = True
        self.progress.done, self.progress.of, self.progress.words = 0, 0, words

    def _end(self) -> None:
        self.drop.busy = self.progress.running = False
        self.progress.words = ""

    def _fail(self, fault: JusouError) -> None:
        self._end()
        self.banner.fail(fault)


def _is_news(line: str) -> bool:
    """Whether a line of the report says more than the tables on this page do."""
    return not line.startswith(("  ", "台帳にない見出し", "取り込めない行"))
