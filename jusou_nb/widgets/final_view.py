"""確定版: which edited file settles a paper, handed over on the page."""

from collections.abc import Callable
from typing import Any

import anywidget
import ipywidgets
import traitlets

from jusou_nb.casework.final_versions import attach_read
from jusou_nb.dates import wareki
from jusou_nb.errors import JusouError
from jusou_nb.forms import Conference
from jusou_nb.store import Store, final_versions
from jusou_nb.store.final_versions import FinalVersion
from jusou_nb.widgets.messages import Banner, MessageKind
from jusou_nb.widgets.parts import HERE
from jusou_nb.widgets.session import Session, heading, paragraph

_SAID = (
    "Word などで直し終えたファイルを選ぶと、その指紋（SHA-256）を残し、"
    "あとで同じファイルかどうかを確かめられます。ファイルは、いつもの文書のフォルダーに置いたままにします。"
)


def final_marks(store: Store, sitting: Conference) -> tuple[tuple[str, str], ...]:
    """Give the chip that says that papers of a sitting are settled; nothing where none is."""
    found = final_versions.of_record(store, (Conference.table, sitting.id or 0))
    return ((f"確定版あり（{len(found)}）", "good"),) if found else ()


class FileBox(anywidget.AnyWidget):  # type: ignore[misc] # anywidget carries no types
    """Takes a file of the worker's machine and hands it on; nothing of it stays here."""

    _esm = HERE / "file.js"
    words = traitlets.Unicode().tag(sync=True)

    def __init__(self, words: str, take: Callable[[str, bytes], None]) -> None:
        """Wait for a file; ``take`` gets its name and what is in it."""
        super().__init__(words=words)
        self._take = take
        self.on_msg(self._heard)

    def _heard(self, _widget: Any, content: Any, buffers: Any) -> None:
        if isinstance(content, dict) and isinstance(content.get("file"), str) and buffers:
            self._take(content["file"], bytes(buffers[0]))


class FinalView(ipywidgets.VBox):  # type: ignore[misc] # ipywidgets carries no types
    """What settles one paper, and the place to hand over the file that does."""

    def __init__(self, session: Session, number: str) -> None:
        """Show what settles the paper of a document number."""
        self._session, self._number = session, number
        self.banner, self.told = Banner(), ipywidgets.VBox()
        self.chooser = FileBox("確定版のファイルを選ぶ", self.hand_over)
        title = heading(f"{number} の確定版", 3)
        super().__init__([title, paragraph(_SAID), self.told, self.chooser, self.banner])
        self._tell()

    def _tell(self) -> None:
        found = final_versions.of_number(self._session.store, self._number)
        self.told.children = [paragraph(line(version)) for version in found] or [
            paragraph("まだありません。")
        ]

    def hand_over(self, name: str, content: bytes) -> None:
        """Note that a file settles the paper."""
        session = self._session
        try:
            done = attach_read(session.store, self._number, name, [content], today=session.today)
        except JusouError as fault:
            self.banner.fail(fault)
            return
        replaced = done.before is not None and done.before.content != done.version.content
        lines = ["前の確定版は差し替えになりました。"] if replaced else []
        self.banner.show(MessageKind.SUCCESS, f"「{name}」を確定版にしました。", lines, focus=True)
        self._tell()


def line(version: FinalVersion) -> str:
    """Write one 確定版: its state, day, name, by whom, and the beginning of its hash."""
    day = wareki(version.settled_on)
    mark = f"SHA-256 {version.content[:16]}…"
    return f"{version.state.label}　{day}　{version.file}　{version.worker}　{mark}"
