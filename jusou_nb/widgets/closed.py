"""What the desk shows to whoever opens no case: why, whom to ask, and what can be sent."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import ipywidgets

from jusou_nb.casework.month_sittings import month_to_prepare
from jusou_nb.dates import month_name, wareki
from jusou_nb.fields import Form
from jusou_nb.forms import Conference
from jusou_nb.problems import Problem
from jusou_nb.rules.office import concerns_people
from jusou_nb.store import queries, roles
from jusou_nb.widgets.chapter import Chapter
from jusou_nb.widgets.chapters import chapters_under
from jusou_nb.widgets.listing import Cell, Listing, day_cell
from jusou_nb.widgets.messages import Banner, MessageKind, button
from jusou_nb.widgets.month_papers import MonthPapers
from jusou_nb.widgets.papers import PapersPanel
from jusou_nb.widgets.recall_view import RecallView
from jusou_nb.widgets.session import Page, Session, heading, paragraph, row


def closed_to(session: Session) -> list[Problem]:
    """Say why this worker opens no case today; an empty list is: opens them."""
    return roles.reading_problems(session.store, session.today)


class ClosedPage(Page):
    """Stands in the place of a page that opens cases."""

    def __init__(self, session: Session, name: str, problems: Sequence[Problem]) -> None:
        """Say why it is closed, and whom to ask."""
        super().__init__(session)
        self.banner = Banner()
        lines = [problem.remedy for problem in problems]
        self.banner.show(MessageKind.WARNING, "".join(p.message for p in problems), lines)
        self.turn(heading(name), self.banner)

    def show(self, what: Any) -> None:
        """Stay closed, whatever was to be shown."""


class SendingPage(Page):
    """会議 without its cases: sittings, the making of papers, and the copies called back."""

    def __init__(self, session: Session) -> None:
        """Open with the sittings."""
        super().__init__(session)
        self.listing = Listing("会議の一覧", ("会議日", "会議体", "状況"), self.show_sitting)
        self.show_list()

    def show(self, _what: Any) -> None:
        """Show the list: what another page wanted to open here is of a case."""
        self.show_list()

    def show_list(self) -> None:
        """List the sittings, the latest first."""
        found = self.session.store.find(Conference, order="held_on DESC")
        self.listing = Listing("会議の一覧", ("会議日", "会議体", "状況"), self.show_sitting)
        self.listing.fill([(sitting.id or 0, self._cells(sitting)) for sitting in found])
        said = "資料の作成と送付、回収の確認ができます。案件の中身は開けません。"
        month = month_to_prepare(self.session.store, self.session.today)
        papers = MonthPapers(self.session, month)
        parts = [heading(f"{month_name(month)}の資料", 3), papers]
        self.turn(heading("会議"), paragraph(said), self.listing, *parts)

    def show_sitting(self, conference_id: int) -> None:
        """Show the papers of a sitting and where its copies are; no item, no name."""
        sitting = queries.conference(self.session.store, conference_id)
        ready = bool(queries.items_of(self.session.store, conference_id))
        day = wareki(sitting.held_on) if sitting.held_on else ""
        recall = [heading("資料回収", 3), RecallView(self.session, sitting)] if ready else []
        self.turn(
            row(button("一覧へ戻る", self.show_list)),
            heading(f"{self._body(sitting)}　{day}"),
            heading("資料", 3),
            PapersPanel(self.session, sitting, ready=ready),
            ipywidgets.VBox(recall),
        )

    def _body(self, sitting: Conference) -> str:
        return self.session.store.profile.body(sitting.body).label if sitting.body else "会議"

    def _cells(self, sitting: Conference) -> list[Cell]:
        state = sitting.state.label if sitting.state else ""
        return [day_cell(sitting.held_on), Cell(self._body(sitting)), Cell(state, chip="plain")]


def without_people(groups: Mapping[str, list[Chapter]]) -> dict[str, list[Chapter]]:
    """Give the chapters that tell of nobody, without what leads from them to cases."""
    kept = {
        group: [
            replace(chapter, acts=(), proposed=None)
            for chapter in chapters
            if not concerns_people(chapter.form)
        ]
        for group, chapters in groups.items()
    }
    return {group: chapters for group, chapters in kept.items() if chapters}


def open_under(session: Session, form: type[Form]) -> list[Chapter]:
    """Give the chapters under a record of a form that this worker may open."""
    found = chapters_under(form)
    if not any(concerns_people(chapter.form) for chapter in found) or not closed_to(session):
        return found
    return [chapter for chapter in found if not concerns_people(chapter.form)]
