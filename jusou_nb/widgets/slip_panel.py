"""The buttons of the papers that one record makes, such as 訪問票."""

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from jusou_nb.documents.catalogue import papers_of
from jusou_nb.documents.word_catalogue import word_papers_of
from jusou_nb.forms import form_of
from jusou_nb.widgets.messages import MessageKind, button
from jusou_nb.widgets.papers import MakingPanel
from jusou_nb.widgets.session import Session, group


def slip_command(store_path: Path, name: str, record_id: int, out: Path, today: str) -> list[str]:
    """Write the command that makes a paper of a record."""
    words = ["sheet", str(store_path), name, str(record_id), "--out", str(out), "--today", today]
    return [sys.executable, "-m", "jusou_nb", *words]


def word_command(store_path: Path, name: str, record_id: int, out: Path, today: str) -> list[str]:
    """Write the command that makes a Word file of a record."""
    words = ["word", str(store_path), name, str(record_id), "--out", str(out), "--today", today]
    return [sys.executable, "-m", "jusou_nb", *words]


class PaperPanels(MakingPanel):
    """A button for each paper of the catalogue that a record makes, and the file when made.

    Those that are given out as Word files have a button for that beside.

    Args:
        session: The desk's session.
        table: The table of the record.
        record_id: Which record.
    """

    def __init__(self, session: Session, table: str, record_id: int) -> None:
        """Offer the papers of a record."""
        self._record_id = record_id
        self.names = [paper.name for paper in papers_of(table)]
        offered = [button(name, partial(self.make, name)) for name in self.names]
        self.word_names = [paper.name for paper in word_papers_of(table)]
        in_word = [button(name, partial(self.make_word, name)) for name in self.word_names]
        form = form_of(table)
        title = form.title if form else ""
        groups = [(f"{title}の紙", offered), ("Word にする", in_word)]
        super().__init__(session, *(group(words, found) for words, found in groups if found))

    def make(self, name: str) -> None:
        """Make one of the papers, by a child process; one at a time."""
        self._make(slip_command, name)

    def make_word(self, name: str) -> None:
        """Make one of them as a Word file, from the town's own template."""
        self._make(word_command, name)

    def _make(self, command: Callable[[Path, str, int, Path, str], list[str]], name: str) -> None:
        if self.progress.running:
            self.banner.show(MessageKind.INFORMATION, "前の紙を作っています。少し待ってください。")
            return
        today = self._session.today.isoformat()
        self.start(lambda store, out: command(store, name, self._record_id, out, today))


def paper_panels(session: Session, table: str, record_id: int | None) -> tuple[PaperPanels, ...]:
    """Give the panel of a record's papers; nothing where it makes none or is not kept yet."""
    if record_id is None or not (papers_of(table) or word_papers_of(table)):
        return ()
    return (PaperPanels(session, table, record_id),)
