"""The papers that a client's records make: of case, person and household, and of one opened."""

from jusou_nb.forms import Case, Household, Person, by_table
from jusou_nb.widgets.client_person import Client
from jusou_nb.widgets.client_tasks import OPEN, Task
from jusou_nb.widgets.session import Session
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
