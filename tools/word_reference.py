"""Write ``docs/word.md`` from the Word papers: run it, or let the test compare."""

import sys
from collections.abc import Iterator
from pathlib import Path

from jusou_nb.documents.word import COMMON, WordPaper
from jusou_nb.documents.word_catalogue import WORD_PAPERS
from jusou_nb.documents.word_slots import Slot, Slots, Table
from jusou_nb.forms import by_table

TARGET = Path(__file__).parents[1] / "docs" / "word.md"
HEAD = Path(__file__).with_name("word_head.md").read_text(encoding="utf-8")


def lines() -> Iterator[str]:
    """Give the page line by line."""
    yield from HEAD.splitlines()
    yield from ("", "### どの文書にもある名前", "")
    yield from _table(COMMON)
    for paper in WORD_PAPERS.values():
        yield from ("", f"### {paper.name}", "", _about(paper), "")
        yield from _table(paper.slots)


def _about(paper: WordPaper) -> str:
    form = by_table(paper.table)
    title = form.title if form else paper.table
    return f"様式のファイル `{paper.name}.docx`。番号は「{title}」の記録の番号です。"


def _table(slots: Slots) -> Iterator[str]:
    yield "| 名前 | 入るもの |"
    yield "| --- | --- |"
    yield from _rows(slots, "")


def _rows(slots: Slots, within: str) -> Iterator[str]:
    for slot in slots:
        mark = "（if）" if isinstance(slot, Slot) and slot.is_asked else ""
        kind = "表　" if isinstance(slot, Table) else ""
        yield f"| {within}`{slot.name}`{mark} | {kind}{slot.says} |"
        if isinstance(slot, Table):
            yield from _rows(slot.slots, f"{within}`{slot.name}` の行の ")


def page() -> str:
    """Give the whole page."""
    return "\n".join(lines()) + "\n"


def main() -> None:
    """Write the page."""
    TARGET.write_text(page(), encoding="utf-8")
    sys.stdout.write(f"{TARGET}\n")


if __name__ == "__main__":
    main()
