"""A finished paper shown on the desk, chosen by basis and recipient; printed or saved from there.

Its text travels to the page when it is asked for, as a message: it stands in no trait, so
that it is in no notebook and in no file beside the papers.
"""

import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from jusou_nb.dates import wareki
from jusou_nb.widgets.parts import esm

_GONE = "<meta charset='utf-8'><p>ファイルが見つかりません。もう一度作成してください。</p>"
_OF_SITTING = re.compile(r".*_会議(?:記録)?\d+_(?P<group>.+)_(?P<number>\d+)_(?P<who>.+)")
_OTHERS = "資料"
_EARLIER = (
    "{day} {at:%H:%M}に作った資料があります。そのあとで記録を直したときは、作り直してください。"
)


class Preview(anywidget.AnyWidget):  # type: ignore[misc] # anywidget carries no types
    """The finished pages of a run; ``papers`` are their group, label and file name.

    ``note`` is said above them, such as when they were made.
    """

    _esm = esm("dom.js", "preview.js")
    note = traitlets.Unicode().tag(sync=True)
    papers = traitlets.List(traitlets.Dict()).tag(sync=True)

    def __init__(self) -> None:
        """Start with nothing to show."""
        super().__init__()
        self.paths: list[Path] = []
        self.on_msg(self._heard)

    def fill(self, paths: Sequence[Path], note: str = "") -> None:
        """Offer those of the files that a page can show."""
        self.paths = [path for path in paths if path.suffix == ".html"]
        self.note = note
        self.papers = [named(path) for path in self.paths]

    def fill_earlier(self, folder: Path, sitting: str) -> None:
        """Offer the papers of a sitting that were made before, and say when."""
        found = sorted(folder.glob(f"*_{sitting}_*.html")) if folder.is_dir() else []
        if found:
            last = max(path.stat().st_mtime for path in found)
            at = datetime.fromtimestamp(last).astimezone()
            self.fill(found, _EARLIER.format(day=wareki(at.date()), at=at))

    def _heard(self, _widget: Any, content: Any, _buffers: Any) -> None:
        if isinstance(content, dict) and isinstance(content.get("read"), int):
            place = content["read"]
            self.send({"read": place, "text": text_of(self.paths, place)})


def named(path: Path) -> dict[str, str]:
    """Tell from a paper's file name which basis and recipient it is for."""
    found = _OF_SITTING.fullmatch(path.stem)
    if found is None:
        return {"group": _OTHERS, "label": path.stem, "name": path.name}
    label = f"{int(found['number'])}番　{found['who']}"
    return {"group": found["group"], "label": label, "name": path.name}


def text_of(paths: Sequence[Path], place: int) -> str:
    """Read one of the files, or say that it is gone."""
    try:
        return paths[place].read_text(encoding="utf-8")
    except (OSError, IndexError, UnicodeDecodeError):
        return _GONE
