"""Write ``docs/fields.md`` from the form classes: run it, or let the test compare."""

import sys
from collections.abc import Iterator
from pathlib import Path

from jusou_nb import profile
from jusou_nb.boxes import Item, Kind
from jusou_nb.fields import items
from jusou_nb.store.schema import every_form

TARGET = Path(__file__).parents[1] / "docs" / "fields.md"
KINDS = {
    Kind.TEXT: "文字",
    Kind.NUMBER: "数",
    Kind.FLAG: "はい・いいえ",
    Kind.DATE: "日付",
    Kind.PARTIAL_DATE: "日付（年・月まででもよい）",
    Kind.MOMENT: "日時",
    Kind.AGE: "年齢（50、80代、推定40、不明）",
    Kind.CODE: "選択",
    Kind.CHOICE: "選択",
    Kind.REF: "機関",
}


def lines() -> Iterator[str]:
    """Give the page line by line."""
    yield "# 欄の一覧"
    yield ""
    yield "様式の定義から作った一覧です（`python tools/reference.py`）。"
    yield "● は国への報告事項（太枠）、秘 は秘匿の人では伏せる欄です。"
    for form, parent in every_form():
        yield ""
        yield f"## {form.title}" + (f"（{parent.title}の行）" if parent else "")
        yield ""
        yield "| 欄 | 種類 | 区分 | 印 | 別の見出し | 名前 |"
        yield "| --- | --- | --- | --- | --- | --- |"
        yield from (row(box) for box in items(form))


def row(box: Item) -> str:
    """Write one box as a row."""
    options = box.options(STANDARD)
    kind = KINDS[box.kind] + ("（いくつでも）" if box.many else "")
    marks = "".join(sign for sign, on in (("●", box.reported), ("秘", box.masked)) if on)
    cells = [
        box.label,
        f"{kind} {len(options)}" if options else kind,
        box.scope.label,
        marks,
        "、".join(box.aliases),
        f"`{box.name}`",
    ]
    return f"| {' | '.join(cells)} |"


STANDARD = profile.load("standard")


def page() -> str:
    """Give the whole page."""
    return "\n".join(lines()) + "\n"


if __name__ == "__main__":
    TARGET.write_text(page(), encoding="utf-8")
    sys.stdout.write(f"{TARGET.name}\n")
