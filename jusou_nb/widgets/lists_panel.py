"""一覧を印刷する、Excel にする: the lists of the office, by a child process."""

import sys
from pathlib import Path

from jusou_nb.widgets.messages import MessageKind, button
from jusou_nb.widgets.papers import MakingPanel
from jusou_nb.widgets.session import Session, group


def lists_command(store_path: Path, out: Path, today: str, *, xlsx: bool) -> list[str]:
    """Write the command that makes the lists, as pages or for Excel."""
    words = ["lists", str(store_path), "--out", str(out), "--today", today]
    return [sys.executable, "-m", "jusou_nb", *words, *(["--xlsx"] if xlsx else [])]


class ListsPanel(MakingPanel):
    """The buttons of the lists, and the files when they are made."""

    def __init__(self, session: Session) -> None:
        """Offer them."""
        offered = [
            button("一覧を印刷する", self.press),
            button("一覧を Excel にする", self.press_xlsx),
        ]
        super().__init__(session, group("一覧", offered))

    def press(self) -> None:
        """Make ケース一覧 and 期限一覧 as pages."""
        self._make(xlsx=False)

    def press_xlsx(self) -> None:
        """Make every list as a workbook."""
        self._make(xlsx=True)

    def _make(self, *, xlsx: bool) -> None:
        if self.progress.running:
            self.banner.show(
                MessageKind.INFORMATION, "前の一覧を作っています。少し待ってください。"
            )
            return
        today = self._session.today.isoformat()
        self.start(lambda store, out: lists_command(store, out, today, xlsx=xlsx))
