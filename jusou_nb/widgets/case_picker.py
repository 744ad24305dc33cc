"""Finds a case by name, reading or number."""

from collections.abc import Callable
from dataclasses import dataclass

import ipywidgets

from jusou_nb.choices import OFFICE
from jusou_nb.fields import Form, get_item, item
from jusou_nb.forms import Consent
from jusou_nb.rules import consent as consents
from jusou_nb.store import lists
from jusou_nb.widgets.controls import Box, control_for
from jusou_nb.widgets.listing import Cell, Listing, day_cell
from jusou_nb.widgets.session import Session

HEADINGS = ("本人", "受付番号", "段階", "段階が変わった日")


@dataclass(frozen=True, kw_only=True)
class Search(Form):
    """What a list is searched by."""

    text: str | None = item(
        "探す", scope=OFFICE, help="氏名・フリガナ・受付番号の一部を入れてください"
    )


def search_box(session: Session, look: Callable[[str], None]) -> Box:
    """Make the box above a list; it looks as soon as typing rests."""
    box = control_for(get_item(Search, "text"), session.store.lexicon(), session.today)
    box.add_class("jusou-search")
    box.observe(lambda change: look(change["new"]), "text")
    return box


class CasePicker(ipywidgets.VBox):  # type: ignore[misc] # as above
    """The cases, the latest moved first; choosing one gives its id."""

    def __init__(self, session: Session, choose: Callable[[int], None]) -> None:
        """List the cases; ``choose`` gets the id of the one chosen."""
        self._session = session
        self.listing = Listing("ケース", HEADINGS, choose, empty="該当するケースがありません。")
        self.search = search_box(session, self.look)
        super().__init__([self.search, self.listing])
        self.look()

    def look(self, text: str = "") -> None:
        """List the cases that match."""
        found = lists.cases(self._session.store, text)
        self.listing.fill([(line.case_id or 0, _cells(line)) for line in found])


def _cells(line: lists.Line) -> list[Cell]:
    status = line.status.label if line.status else ""
    return [
        Cell(line.name),
        Cell(line.number),
        Cell(status, chip="plain" if status else ""),
        day_cell(line.day),
    ]


def consent_cell(session: Session, person_id: int) -> Cell:
    """Say where a person's consent stands today."""
    entries = session.store.find(Consent, person_id=person_id)
    entry = consents.latest(entries, session.today, session.store.profile)
    if entry is None or entry.state is None:
        return Cell("未確認", chip="plain")
    valid = consents.valid_on(entries, session.today, session.store.profile)
    return Cell(entry.state.label, chip="good" if valid else "plain")
