"""事前シートの回答を並べて見る: one column an agency, one line a question."""

from html import escape
from typing import Any

from jusou_nb.forms import PreparationSheet
from jusou_nb.forms.preparation_sheet import SheetManner
from jusou_nb.store import Store, sittings
from jusou_nb.widgets.session import heading, markup, paragraph


def answers_table(store: Store, item_id: int) -> list[Any]:
    """Lay the answers of an item side by side; nothing before the first one is back."""
    side = sittings.side_by_side(store, item_id)
    if not side.agencies:
        return []
    names = store.lexicon().refs["agencies"]
    waiting = "、".join(names.get(agency, "") for agency in side.waiting)
    told = [paragraph(f"回答待ち: {waiting}")] if waiting else []
    drawn = markup(_table(store, item_id, side, names))
    drawn.add_class("jusou-listing")
    drawn.add_class("jusou-answers")
    return [heading("回答を並べて見る", 3), *told, drawn]


def _table(store: Store, item_id: int, side: sittings.SideBySide, names: Any) -> str:
    heard = {
        sheet.agency
        for sheet in store.find(PreparationSheet, agenda_item_id=item_id)
        if sheet.manner is SheetManner.HEARD
    }
    heads = "".join(
        f"<th scope='col'>{escape(names.get(agency, ''))}{_HEARD if agency in heard else ''}</th>"
        for agency in side.agencies
    )
    lines = "".join(
        f"<tr><th scope='row'>{escape(box.label)}</th>{''.join(map(_cell, texts))}</tr>"
        for box, texts in side.lines
    )
    return (
        "<table class='jusou-table'><caption>事前シートの回答</caption>"
        f"<thead><tr><th scope='col'>聞いたこと</th>{heads}</tr></thead>"
        f"<tbody>{lines}</tbody></table>"
    )


_HEARD = "<span class='jusou-chip jusou-chip-plain'>聞き取り</span>"


def _cell(text: str | None) -> str:
    said = escape(text).replace("\n", "<br>") if text else "―"
    return f"<td>{said}</td>"
