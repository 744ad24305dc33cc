"""The lines of a sitting's agenda as its list shows them."""

from jusou_nb.forms import AgendaItem
from jusou_nb.store import queries
from jusou_nb.widgets.case_picker import consent_cell
from jusou_nb.widgets.listing import Cell
from jusou_nb.widgets.session import Session


def topic_cells(session: Session, topic: AgendaItem) -> list[Cell]:
    """Give the line of a topic or training."""
    basis = session.store.profile.basis(topic.basis or "")
    place = Cell(f"{topic.place_in_order}番", sort=f"{topic.place_in_order:03}")
    return [place, Cell(basis.label), Cell(topic.topic or ""), Cell("議題・研修"), Cell("")]


def item_cells(session: Session, item: AgendaItem) -> list[Cell]:
    """Give the line of a case."""
    store = session.store
    household = queries.household_of(store, item.client_id or 0)
    name = queries.person(household, item.client_id).name or ""
    basis = store.profile.basis(item.basis or "")
    consent = consent_cell(session, item.client_id or 0)
    return [
        Cell(f"{item.place_in_order}番", sort=f"{item.place_in_order:03}"),
        Cell(basis.label, chip="strong" if basis.requires_consent else "plain"),
        Cell(name),
        Cell(item.kind.label if item.kind else ""),
        consent if basis.requires_consent else Cell("同意のいらない会議"),
    ]
