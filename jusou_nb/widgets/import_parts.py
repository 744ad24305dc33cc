"""What the importer's face is made of: where a file is dropped, the matching, the rows."""

from collections.abc import Callable, Sequence
from pathlib import PurePath
from typing import Any

import anywidget
import traitlets

from jusou_nb.casework.ledger_columns import code_of, places
from jusou_nb.casework.ledger_preview import Fate, Preview, RowSeen
from jusou_nb.widgets.parts import HERE, esm

ON_A_PAGE = 50
EVERY, CONFIRM = "every", "confirm"
_TONES = {Fate.REFUSED: "refused", Fate.NEW: "strong", Fate.FILLED: "strong"}
_WORDS = "台帳を選ぶ"
_HINT = (
    "ここに置いても読み込めます（Excel .xlsx、CSV）。この画面に置いただけでは、何も取り込みません。"
)


class FileDrop(anywidget.AnyWidget):  # type: ignore[misc] # anywidget carries no types
    """Takes a file in pieces and hands it on whole; nothing of it is put on a disk."""

    _esm = esm("dom.js", "import_drop.js")
    _css = HERE / "import.css"
    words = traitlets.Unicode(_WORDS).tag(sync=True)
    hint = traitlets.Unicode(_HINT).tag(sync=True)
    busy = traitlets.Bool(default_value=False).tag(sync=True)

    def __init__(self, take: Callable[[str, bytes], None]) -> None:
        """Wait for a file; ``take`` gets its name and what is in it."""
        super().__init__()
        self._take = take
        self._pieces: list[bytes] = []
        self.on_msg(self._heard)

    def hand_over(self, name: str, raw: bytes) -> None:
        """Let the page save a file of ours."""
        self.send({"save": name}, [raw])

    def _heard(self, _widget: Any, content: Any, buffers: Any) -> None:
        if not isinstance(content, dict) or not isinstance(content.get("file"), str):
            return
        piece, of = content.get("piece"), content.get("of")
        if piece == 0:
            self._pieces = []
        if piece != len(self._pieces):
            return
        # An empty file comes without a buffer.
        self._pieces.append(bytes(buffers[0]) if buffers else b"")
        if len(self._pieces) == of:
            raw, self._pieces = b"".join(self._pieces), []
            self._take(PurePath(content["file"]).name, raw)


class MatchTable(anywidget.AnyWidget):  # type: ignore[misc] # as above
    """Headings with the boxes they mean, and texts with the values they stand for."""

    _esm = esm("dom.js", "import_match.js")
    places = traitlets.List().tag(sync=True)
    columns = traitlets.List().tag(sync=True)
    values = traitlets.List().tag(sync=True)
    state = traitlets.Int(0).tag(sync=True)

    def __init__(
        self,
        match: Callable[[int, str], None],
        read_as: Callable[[str, str, str | None], None],
    ) -> None:
        """Be empty; ``match`` gets column and box, ``read_as`` box, text and label or None."""
        found = [{"code": code_of(p), "label": p[1].label, "group": p[0].title} for p in places()]
        super().__init__(places=sorted(found, key=lambda place: place["group"]))
        self._match, self._read_as = match, read_as
        self.on_msg(self._heard)

    def fill(self, seen: Preview) -> None:
        """Show how a file is read."""
        self.columns = [
            vars(column)
            for column in seen.columns
            if column.heading and (column.code or column.example)
        ]
        self.values = [
            {
                "code": value.code,
                "label": value.label,
                "text": value.text,
                "count": value.count,
                "read": bool(value.read_as),
                "as_written": value.read_as if value.chosen is None else value.text,
                "chosen": value.chosen,
                "options": list(value.options),
            }
            for value in seen.values
        ]
        self.state += 1

    def _heard(self, _widget: Any, content: Any, _buffers: Any) -> None:
        if not isinstance(content, dict):
            return
        if isinstance(content.get("column"), int):
            self._match(content["column"], str(content.get("code", "")))
        elif isinstance(content.get("value"), str):
            label = content.get("label")
            self._read_as(
                content["value"],
                str(content.get("text", "")),
                None if label is None else str(label),
            )


class RowTable(anywidget.AnyWidget):  # type: ignore[misc] # as above
    """What each row becomes, fifty at a time; only the page in sight travels."""

    _esm = esm("dom.js", "import_rows.js")
    state = traitlets.Dict().tag(sync=True)

    def __init__(self, mend: Callable[[int, int, str], None]) -> None:
        """Be empty; ``mend`` gets line, place of the column, and the new text."""
        super().__init__()
        self._mend = mend
        self._seen: Preview | None = None
        self.kind, self.page = EVERY, 0
        self.on_msg(self._heard)

    def fill(self, seen: Preview, said: str) -> None:
        """Show the rows of a file; those that are refused first, where there are any."""
        if self._seen is None and seen.count(Fate.REFUSED):
            self.kind = Fate.REFUSED.value
        self._seen = seen
        self._show(said)

    def turn(self, kind: str, page: int) -> None:
        """Show another kind of rows, or another page of them."""
        self.kind, self.page = kind, page
        self._show("")

    def _show(self, said: str) -> None:
        if self._seen is None:
            return
        chosen = [row for row in self._seen.rows if _is(row, self.kind)]
        pages = max(1, -(-len(chosen) // ON_A_PAGE))
        self.page = min(max(self.page, 0), pages - 1)
        first = self.page * ON_A_PAGE
        self.state = {
            "rows": [self._drawn(row) for row in chosen[first : first + ON_A_PAGE]],
            "kinds": _kinds(self._seen.rows),
            "kind": self.kind,
            "page": self.page,
            "pages": pages,
            "said": said or self.state.get("said", ""),
        }

    def _drawn(self, row: RowSeen) -> dict[str, Any]:
        return {
            "line": row.line,
            "number": row.number,
            "name": row.name,
            "fate": row.fate.label,
            "tone": _TONES.get(row.fate, "plain"),
            "reasons": list(row.reasons),
            "to_confirm": list(row.to_confirm),
            "cells": self._cells(row) if row.fate is Fate.REFUSED else [],
        }

    def _cells(self, row: RowSeen) -> list[dict[str, Any]]:
        """Give the cells that can be mended, as they stand now."""
        if self._seen is None:
            return []
        table = self._seen.table
        texts = next(found.texts for found in table.rows if found.line == row.line)
        return [{"index": i, "heading": table.headings[i], "text": texts[i]} for i in row.cells]

    def _heard(self, _widget: Any, content: Any, _buffers: Any) -> None:
        if not isinstance(content, dict):
            return
        if isinstance(content.get("line"), int) and isinstance(content.get("index"), int):
            self._mend(content["line"], content["index"], str(content.get("text", "")))
        elif isinstance(content.get("page"), int):
            self.turn(str(content.get("kind", EVERY)), content["page"])


def _is(row: RowSeen, kind: str) -> bool:
    if kind == CONFIRM:
        return bool(row.to_confirm)
    return kind in (EVERY, row.fate.value)


def _kinds(rows: Sequence[RowSeen]) -> list[dict[str, str]]:
    named = [(EVERY, "すべて"), *((fate.value, fate.label) for fate in Fate), (CONFIRM, "要確認")]
    return [
        {"code": code, "words": f"{words}（{sum(_is(row, code) for row in rows):,}）"}
        for code, words in named
    ]
