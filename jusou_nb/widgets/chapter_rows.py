"""The lines of a chapter's list, and what a verb of a chapter gave back."""

from collections.abc import Callable
from typing import Any

from jusou_nb import values
from jusou_nb.boxes import Kind
from jusou_nb.fields import Form, get_item
from jusou_nb.problems import Problem
from jusou_nb.widgets.case_picker import search_box
from jusou_nb.widgets.chapter import Chapter
from jusou_nb.widgets.controls import Box
from jusou_nb.widgets.listing import Cell, day_cell
from jusou_nb.widgets.session import Session, paragraph

LIMIT = 50
"""Lines of one list; what is further down is found by searching."""


def kept_of(made: Any, form: type[Form]) -> Form | None:
    """Find the record of a form in what a verb gave back."""
    parts = (made, *(made if isinstance(made, tuple) else getattr(made, "__dict__", {}).values()))
    return next((part for part in parts if isinstance(part, form)), None)


def remarks_of(made: Any) -> list[Problem]:
    """Find what is still to be looked at in what a verb gave back."""
    parts = made if isinstance(made, tuple) else (getattr(made, "remarks", ()),)
    lists = [part for part in parts if isinstance(part, list | tuple)]
    return [problem for found in lists for problem in found if isinstance(problem, Problem)]


def headings_of(chapter: Chapter) -> list[str]:
    """Give the headings of a chapter's list."""
    return [get_item(chapter.form, name).label for name in chapter.columns]


def rows_of(
    session: Session, chapter: Chapter, about: Form | None, words: values.Lexicon
) -> list[tuple[int, list[Cell]]]:
    """Give the lines of a chapter's list, the latest first."""
    where: dict[str, Any] = {chapter.link: about.id} if about else {}
    found = session.store.find(chapter.form, order=chapter.order, **where)
    return [(r.id or 0, _cells(r, chapter, words)) for r in found]


def cells_of(session: Session, chapter: Chapter, record: Form) -> list[Cell]:
    """Give the cells of one record."""
    return _cells(record, chapter, session.store.lexicon())


def _cells(record: Form, chapter: Chapter, words: values.Lexicon) -> list[Cell]:
    first, *rest = [_cell(record, name, words) for name in chapter.columns]
    # The first cell is what opens the record: it always has words to press.
    return [first if first.text else Cell("（空欄）"), *rest]


def _cell(record: Form, name: str, words: values.Lexicon) -> Cell:
    box, value = get_item(type(record), name), getattr(record, name)
    if box.kind is Kind.DATE:
        return day_cell(value)
    text = values.show(box, value, words)
    if box.kind is Kind.NUMBER and value is not None:
        return Cell(f"{value:,}", sort=f"{value:012}")
    return Cell(text, chip="plain" if text and box.kind is Kind.CHOICE and not box.many else "")


def counted(number: int) -> str:
    """Say how many there are, and how to find those that are not shown."""
    more = f"（新しい{LIMIT}件を出しています。ほかは「探す」で）" if number > LIMIT else ""
    return str(paragraph(f"{number}件{more}").value)


def searched(session: Session, look: Callable[[str], None]) -> Box:
    """Make the box above a chapter's list."""
    box = search_box(session, look)
    box.support = "一覧にある言葉の一部を入れてください"
    return box
