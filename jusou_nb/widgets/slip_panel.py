"""The button of a paper that one record makes, such as 訪問票."""

import sys
from pathlib import Path

from jusou_nb.widgets.messages import button
from jusou_nb.widgets.papers import MakingPanel
from jusou_nb.widgets.session import Session, row


def slip_command(store_path: Path, name: str, record_id: int, out: Path, today: str) -> list[str]:
    """Write the command that makes a paper of a record."""
    words = ["sheet", str(store_path), name, str(record_id), "--out", str(out), "--today", today]
    return [sys.executable, "-m", "jusou_nb", *words]


class SlipPanel(MakingPanel):
    """The button, and the file when it is made."""

    def __init__(self, session: Session, name: str, record_id: int) -> None:
        """Offer the paper of a record."""
        self._name, self._record_id = name, record_id
        super().__init__(session, row(button(f"{name}を作る", self.press)))

    def press(self) -> None:
        """Make the paper, by a child process."""
        today = self._session.today.isoformat()
        self.start(lambda store, out: slip_command(store, self._name, self._record_id, out, today))


def slip_panels(session: Session, name: str, record_id: int) -> tuple[SlipPanel, ...]:
    """Give the panel of a record's paper; nothing where its chapter has none."""
    return (SlipPanel(session, name, record_id),) if name else ()
