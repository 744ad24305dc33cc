"""The papers that a client's records make, and those made before, printed again as they were."""

import ipywidgets

from jusou_nb.documents.paper import PaperKind
from jusou_nb.errors import NotFound
from jusou_nb.forms import Case, Household, Person, by_table
from jusou_nb.problems import Override, settle
from jusou_nb.store import papers_out
from jusou_nb.store.papers_out import PaperOut
from jusou_nb.widgets.client_person import Client
from jusou_nb.widgets.client_tasks import OPEN, Task
from jusou_nb.widgets.entry import Entry, Records, Sheet
from jusou_nb.widgets.final_view import FinalView
from jusou_nb.widgets.paper_list import ReprintNote
from jusou_nb.widgets.papers import MakingPanel, reprint_command
from jusou_nb.widgets.session import Session, paragraph
from jusou_nb.widgets.slip_panel import PaperPanels, paper_panels


def client_papers(session: Session, client: Client) -> tuple[PaperPanels, ...]:
    """Give the panels of whom the page shows; nothing where a record makes no paper."""
    records = (
        (Case.table, client.case.id if client.case else None),
        (Person.table, client.person.id),
        (Household.table, client.household.id),
    )
    return tuple(
        panel for table, record_id in records for panel in paper_panels(session, table, record_id)
    )


def papers_on(session: Session, task: Task) -> tuple[PaperPanels, ...]:
    """Give the panel of the record that a task opens; nothing for one that was struck."""
    manner, _, table = task[0].partition("-")
    form = by_table(table)
    if manner != OPEN or form is None or not session.store.find(form, id=task[1]):
        return ()
    return paper_panels(session, table, task[1])


PAPER, REPRINT = "paper", "reprint"
"""The manner of its draft, and the task of printing a paper again: ``("reprint", place)``."""


class ReprintView(ipywidgets.VBox):  # type: ignore[misc] # ipywidgets carries no types
    """One paper that was made of a household's records: once more as it was, or kept as final."""

    def __init__(self, session: Session, paper: PaperOut, key: str) -> None:
        """Ask why it is to be printed again; ``key`` names the draft of the reason."""
        self.session, self.number = session, paper.number
        self.final, self.making = FinalView(session, paper.number), MakingPanel(session)
        title = f"{paper.number}（{paper.label}）を当時のまま再印刷"
        sheet = Sheet(form=ReprintNote, key=key, title=title)
        self.entry = Entry(session, {"note": sheet}, self._register, words="再印刷する")
        # A Word file is made again from the record: its template may have changed.
        is_word = paper.number.startswith(PaperKind.WORD.label)
        said = "渡すための資料ではありません。渡すときは、今の記録で作り直してください。"
        again = [] if is_word else [paragraph(said), self.entry, self.making]
        super().__init__([*again, self.final])

    @classmethod
    def of(cls, session: Session, household: Household, place: int) -> "ReprintView":
        """Open the paper of a household at a place of its list, counted from 0."""
        papers = papers_out.of_household(session.store, household.id or 0)
        if place >= len(papers):
            raise NotFound("この資料の記録が見つかりません。一覧から選び直してください")
        return cls(session, papers[place], f"{PAPER}-{household.id}-{place}")

    def focus(self) -> None:
        """Bring the sheet into view."""
        if self.entry in self.children:
            self.entry.focus()

    def _register(self, records: Records, allowed: tuple[Override, ...]) -> None:
        from jusou_nb.runner import reprinting  # noqa: PLC0415 - a second of papermill

        reason = records["note"].reason or ""
        settle(reprinting.problems(self.session.store, self.number, reason), allowed)
        self.making.start(
            lambda store, out: reprint_command(store, self.number, out, reason, allowed)
        )
