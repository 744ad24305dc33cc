"""いつ・だれが: for each box of a record, the change that set it."""

from collections.abc import Sequence
from datetime import datetime

import ipywidgets

from jusou_nb.checks import is_blank
from jusou_nb.fields import Form, items
from jusou_nb.store import history
from jusou_nb.widgets.listing import Cell, Listing, day_cell
from jusou_nb.widgets.session import Session, paragraph

SET_BY = "set_by"
"""What a page is asked for, to show this."""
HEADINGS = ("欄", "いつ", "時刻", "だれが", "知った場")
_ABOUT = "それぞれの欄に、いまの内容を書いた日と人です。内容は、それぞれの票で見てください。"


class SetByView(ipywidgets.VBox):  # type: ignore[misc] # ipywidgets carries no types
    """The filled boxes of some records: when, by whom, and at which sitting each was set."""

    def __init__(self, session: Session, records: Sequence[Form | None]) -> None:
        """List the boxes of each record that is kept."""
        kept = [record for record in records if record is not None and record.id is not None]
        self.listings = [_listing(session, record) for record in kept]
        super().__init__([paragraph(_ABOUT), *self.listings])

    def focus(self) -> None:
        """Stay where the worker is: there is nothing to fill."""


def _listing(session: Session, record: Form) -> Listing:
    listing = Listing(f"{record.title}の欄", HEADINGS, empty="書かれた欄はありません。")
    set_by = history.set_by(session.store, type(record), record.id or 0)
    filled = [b for b in items(type(record)) if not is_blank(getattr(record, b.name))]
    known = [(place, box) for place, box in enumerate(filled) if box.name in set_by]
    listing.fill([(n, [Cell(b.label), *_cells(session, set_by[b.name])]) for n, b in known])
    return listing


def _cells(session: Session, setting: history.Setting) -> list[Cell]:
    at = datetime.fromisoformat(setting.at)
    basis = session.store.profile.basis(setting.basis).label if setting.basis else ""
    return [
        day_cell(at.date()),
        Cell(f"{at:%H:%M}"),
        Cell(setting.worker),
        Cell(basis, chip="plain" if basis else ""),
    ]
