"""資料を作成: a child process makes the papers, so that typing never waits behind them."""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Thread
from typing import Any

import anywidget
import ipywidgets
import traitlets

from jusou_nb import settings
from jusou_nb.forms import Conference
from jusou_nb.forms.conference import ConferenceState
from jusou_nb.problems import Override
from jusou_nb.widgets.making import FAILED, Made, run
from jusou_nb.widgets.messages import Banner, MessageKind, button
from jusou_nb.widgets.parts import esm
from jusou_nb.widgets.preview import Preview, text_of
from jusou_nb.widgets.session import Session, paragraph, row

_SAID = (
    "配付先と会議の種類ごとに1つのファイルができます。作成中も入力を続けられます。"
    "印刷用PDFは、全部数を宛先の順に並べたもので、両面で一度に印刷できます。"
)
_SAVED = frozenset({".docx", ".xlsx", ".json"})
"""Files that a page cannot show: they are saved, and opened in their own programs."""


def folder_of(store_path: Path) -> Path:
    """Where papers go: the folder that is set, else ``reports`` beside the store."""
    named = settings.REPORTS.get()
    return Path(named) if named else store_path.absolute().parent / "reports"


def command(
    store_path: Path,
    conference_id: int,
    out: Path,
    today: str,
    *,
    kind: str = "packet",
    pdf: bool = False,
) -> list[str]:
    """Write the command that makes a sitting's packets, or its ``minutes``."""
    words = [kind, str(store_path), str(conference_id), "--out", str(out), "--today", today]
    return [sys.executable, "-m", "jusou_nb", *words, *(["--pdf"] if pdf else [])]


def reprint_command(
    store_path: Path, number: str, out: Path, reason: str, allowed: Sequence[Override]
) -> list[str]:
    """Write the command that prints a past paper once more."""
    words = ["reprint", str(store_path), number, "--out", str(out), f"--reason={reason}"]
    for entry in allowed:
        words += [f"--allowed-by={entry.allowed_by}", f"--allowed-because={entry.reason}"]
    return [sys.executable, "-m", "jusou_nb", *words]


class Progress(anywidget.AnyWidget):  # type: ignore[misc] # anywidget carries no types
    """The bar with its words, and the finished files, which open in a new tab.

    The text of a file travels to the page when it is asked for: the server need not serve
    the folder that holds the papers.
    """

    _esm = esm("dom.js", "papers.js")
    done = traitlets.Int(0).tag(sync=True)
    of = traitlets.Int(0).tag(sync=True)
    words = traitlets.Unicode().tag(sync=True)
    running = traitlets.Bool(default_value=False).tag(sync=True)
    files = traitlets.List(traitlets.Unicode()).tag(sync=True)

    def __init__(self) -> None:
        """Start with nothing made."""
        super().__init__()
        self.paths: list[Path] = []
        self.on_msg(self._heard)

    def begin(self) -> None:
        """Show that the work has begun."""
        self.paths, self.files = [], []
        self.done, self.of, self.running = 0, 0, True
        self.words = "資料の作成を始めました"

    def add(self, made: Made) -> None:
        """Show one more finished file."""
        self.paths.append(made.path)
        self.done, self.of, self.words = made.done, made.of, f"{made.of}部中{made.done}部"
        is_saved = made.path.suffix in _SAVED
        self.files = [*self.files, made.path.name if is_saved else made.path.stem]

    def text_of(self, place: int) -> str:
        """Read a finished file, or say that it is gone."""
        return text_of(self.paths, place)

    def bytes_of(self, place: int) -> bytes:
        """Read a finished PDF, Word or Excel file; nothing where the file is none, or gone."""
        paths = self.paths[place : place + 1]
        if not paths or paths[0].suffix not in {".pdf", *_SAVED} or not paths[0].is_file():
            return b""
        return paths[0].read_bytes()

    def _heard(self, _widget: Any, content: Any, _buffers: Any) -> None:
        if isinstance(content, dict) and isinstance(content.get("open"), int):
            place = content["open"]
            if raw := self.bytes_of(place):
                self.send({"opened": place, "name": self.paths[place].name}, [raw])
            else:
                self.send({"opened": place, "text": self.text_of(place)})


class MakingPanel(ipywidgets.VBox):  # type: ignore[misc] # ipywidgets carries no types
    """Papers being made by a child process: the progress, the files, what went wrong."""

    def __init__(self, session: Session, *above: Any, offers: Sequence[Any] = ()) -> None:
        """Wait for what is to be made; ``above`` stands over the progress.

        ``offers`` are the buttons that start it: they rest while it runs.
        """
        self._session, self._offers = session, offers
        self._work: Thread | None = None
        self._remarks: list[str] = []
        self.banner, self.progress, self.preview = Banner(), Progress(), Preview()
        super().__init__([*above, self.banner, self.progress, self.preview])
        self.add_class("jusou-papers")

    def start(self, make: Callable[[Path, Path], list[str]], within: str = "") -> None:
        """Start the child process; the page stays free.

        ``make`` writes the command for the store's path and the papers' folder, or the one
        ``within`` it.
        """
        store_path = self._session.store.path
        if store_path is None:
            self.banner.show(MessageKind.ERROR, "ファイルに置いた業務ファイルで行ってください。")
            return
        self.banner.clear()
        out = folder_of(store_path) / within
        self._remarks = []
        self.preview.fill([])
        self.progress.begin()
        self._rest(readonly=True)
        words = make(store_path, out)
        self._work = Thread(target=self._run, args=(words, out), daemon=True)
        self._work.start()

    def wait(self, seconds: float) -> None:
        """Wait for the papers, at most so long."""
        if self._work is not None:
            self._work.join(seconds)

    def _run(self, words: Sequence[str], out: Path) -> None:
        try:
            fault = run(words, self.progress.add, self._remarks.append)
        except OSError:
            fault = FAILED
        self.progress.running = False
        self.preview.fill(self.progress.paths)
        self._rest(readonly=False)
        self._tell(fault, out)

    def _rest(self, *, readonly: bool) -> None:
        for each in self._offers:
            each.readonly = readonly

    def _tell(self, fault: str, out: Path) -> None:
        if fault:
            self.progress.words = ""
            self.banner.show(MessageKind.ERROR, fault)
            return
        title = f"{len(self.progress.files)}部の資料を作りました。"
        where = f"フォルダー「{out.name}」にあります。ネットワークにつながっていなくても開けます。"
        kind = MessageKind.WARNING if self._remarks else MessageKind.SUCCESS
        self.banner.show(kind, title, [*self._remarks, where], focus=True)


class PapersPanel(MakingPanel):
    """The button, the progress and the files of one sitting."""

    def __init__(
        self,
        session: Session,
        sitting: Conference,
        *,
        ready: bool,
        once: bool = False,
        minutes: bool = False,
    ) -> None:
        """Offer the papers of a sitting; ``ready`` when there is something to print.

        ``once`` is where they are made without being asked for: no button, no explanation;
        ``minutes`` where nothing but the 会議記録 is offered.
        """
        self._sitting = sitting
        self.go = button("資料を作成", self.press, filled=ready)
        self.bind = button("印刷用PDFを一つ作る", self.press_pdf)
        self.record = button("会議記録を作成", self.press_minutes, filled=minutes)
        is_held = sitting.state is ConferenceState.HELD
        buttons = row(self.go, self.bind, *([self.record] if is_held else []))
        offered = [row(self.record)] if minutes else [paragraph(_SAID), buttons]
        shown = [] if once else offered
        super().__init__(session, *shown, offers=(self.go, self.bind, self.record))
        if session.store.path is not None and not once:
            kept = f"{'会議記録' if minutes else '会議'}{sitting.id}"
            self.preview.fill_earlier(folder_of(session.store.path), kept)

    def press(self) -> None:
        """Make the packets of the sitting."""
        self._make()

    def press_pdf(self) -> None:
        """Make the packets, and one PDF of them all in the order in which they go out."""
        self._make(pdf=True)

    def press_minutes(self) -> None:
        """Make 会議記録 for each recipient and basis."""
        self._make(kind="minutes")

    def _make(self, *, kind: str = "packet", pdf: bool = False) -> None:
        today, sitting = self._session.today.isoformat(), self._sitting.id or 0
        self.start(lambda store, out: command(store, sitting, out, today, kind=kind, pdf=pdf))
