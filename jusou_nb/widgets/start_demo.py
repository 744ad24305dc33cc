"""架空の町で試す: a child process makes the town, and words tell how far it is."""

import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from threading import Event, Thread
from typing import Any

import ipywidgets

from jusou_nb.errors import JusouError
from jusou_nb.widgets.messages import Banner, MessageKind, button
from jusou_nb.widgets.session import paragraph, row

HOUSEHOLDS = 20
"""Enough to see every kind of household and sitting; the named ones come first."""
FILE = Path("架空の町") / "demo.db"
_SAID = (
    "20世帯の架空の町を作ります。人物も機関の職員もすべて架空なので、"
    "何を押しても、何を書いても困ることはありません。"
)
_STEPS = ("世帯と相談を", "同意と会議を", "プランと経過を", "最後の仕上げを")
_SECONDS_A_STEP = 4
_FAILED = "架空の町を作れませんでした。空きとフォルダーの権限を確かめて、もう一度行ってください。"


def command(folder: Path, today: date) -> list[str]:
    """Write the command that makes the town and no papers."""
    words = ["demo", str(folder), "--households", str(HOUSEHOLDS), "--town-only"]
    return [sys.executable, "-m", "jusou_nb", *words, "--today", today.isoformat()]


class DemoView(ipywidgets.VBox):  # type: ignore[misc] # ipywidgets carries no types
    """The button, and the words while the town is made."""

    def __init__(self, folder: Path, today: date, chosen: Callable[[Path], None]) -> None:
        """Offer the town that would lie in ``folder``; ``chosen`` gets its file."""
        self._store, self._today, self._chosen = folder / FILE, today, chosen
        self._work: Thread | None = None
        self._ended = Event()
        self.banner = Banner()
        words = "架空の町を開く" if self._store.exists() else "架空の町を作る"
        self.go = button(words, self.press, filled=True)
        super().__init__([paragraph(_SAID), row(self.go), self.banner])

    def press(self) -> None:
        """Make the town unless it is there; the page stays free meanwhile."""
        if self._store.exists():
            self._open()
            return
        self.go.readonly = True
        self._tell(0)
        self._work = Thread(target=self._run, daemon=True)
        self._work.start()

    def wait(self, seconds: float) -> None:
        """Wait for the town, at most so long."""
        if self._work is not None:
            self._work.join(seconds)

    def _run(self) -> None:
        self._ended.clear()
        Thread(target=self._count, daemon=True).start()
        fault = self._made()
        self._ended.set()
        self.go.readonly = False
        if fault:
            self.banner.show(MessageKind.ERROR, fault)
            return
        self._open()

    def _made(self) -> str:
        """Run the child process; give what went wrong, or nothing."""
        try:
            done = subprocess.run(  # noqa: S603 - our own program, arguments as a list
                command(self._store.parent, self._today), capture_output=True, check=False
            )
        except OSError:
            return _FAILED
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        return (said[-1] if said else _FAILED) if done.returncode else ""

    def _count(self) -> None:
        """Say every second what is being made and how long it takes already."""
        seconds = 0
        while not self._ended.wait(1):
            seconds += 1
            self._tell(seconds)

    def _tell(self, seconds: int) -> None:
        step = _STEPS[min(seconds // _SECONDS_A_STEP, len(_STEPS) - 1)]
        title = f"{step}作っています（{seconds}秒。30秒ほどかかります）。このままお待ちください。"
        self.banner.show(MessageKind.INFORMATION, title)

    def _open(self) -> None:
        try:
            self._chosen(self._store)
        except JusouError as fault:
            self.banner.fail(fault)


def towns_in(folder: Path) -> list[Any]:
    """Give the town of a folder, where one was made."""
    return [folder / FILE] if (folder / FILE).is_file() else []
