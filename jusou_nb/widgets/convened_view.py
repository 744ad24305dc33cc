"""What came of 随時開催: the sitting, its copies, and the papers as they are being made."""

from collections.abc import Callable
from typing import Any

import ipywidgets

from jusou_nb.casework import Convened
from jusou_nb.dates import wareki
from jusou_nb.documents.packet import copies
from jusou_nb.widgets.listing import Cell, Listing
from jusou_nb.widgets.messages import Banner, MessageKind, button, problem_lines
from jusou_nb.widgets.papers import PapersPanel
from jusou_nb.widgets.session import Session, heading, paragraph, row

HEADINGS = ("番", "渡す先", "根拠")


class ConvenedView(ipywidgets.VBox):  # type: ignore[misc] # ipywidgets carries no types
    """The sitting that was just called, with its numbered copies."""

    def __init__(self, session: Session, made: Convened, go_on: Callable[[int], None]) -> None:
        """List the copies; ``go_on`` opens the sitting itself."""
        sitting = made.conference
        self.banner = Banner()
        self.papers = PapersPanel(session, sitting, ready=False, once=True)
        self.listing = Listing("この会議の資料", HEADINGS)
        self.listing.fill(_copies(session, sitting.id or 0))
        self._tell(session, made)
        on = button("この会議の画面へ進む", lambda: go_on(sitting.id or 0))
        said = "番号の順に配り、終わったら会議の画面の「資料回収」で確かめます。"
        super().__init__(
            [self.banner, self.papers, heading("渡す先", 3), paragraph(said), self.listing, row(on)]
        )

    def _tell(self, session: Session, made: Convened) -> None:
        sitting, placed = made.conference, made.placed[0]
        body = session.store.profile.body(sitting.body or "").label
        day = wareki(sitting.held_on) if sitting.held_on else ""
        when = "　".join(text for text in (day, sitting.hours, sitting.place) if text)
        remarks = problem_lines(placed.remarks)
        kind = MessageKind.WARNING if remarks else MessageKind.SUCCESS
        lines = [when, f"{len(sitting.called or ())}機関を呼びます。", *remarks]
        self.banner.show(kind, f"{body}を開き、1番の案件に載せました。", lines)


def _copies(session: Session, conference_id: int) -> list[tuple[int, list[Any]]]:
    basis = session.store.profile.basis
    return [
        (
            copy.number,
            [
                Cell(f"{copy.of}部中{copy.number}番"),
                Cell(copy.label),
                Cell(basis(copy.basis).label),
            ],
        )
        for copy in copies(session.store, conference_id)
    ]
