"""The head of a sitting's page, and the lines of its agenda."""

from typing import Any

import ipywidgets

from jusou_nb.dates import wareki
from jusou_nb.forms import AgendaItem, Conference
from jusou_nb.store import queries
from jusou_nb.widgets.case_picker import consent_cell
from jusou_nb.widgets.final_view import final_marks
from jusou_nb.widgets.listing import Cell
from jusou_nb.widgets.session import Session, chips, heading


def sitting_head(session: Session, sitting: Conference) -> Any:
    """Give the title of a sitting, and in words how it stands, when and where it is."""
    body = session.store.profile.body(sitting.body).label if sitting.body else "会議"
    day = wareki(sitting.held_on) if sitting.held_on else ""
    state = sitting.state.label if sitting.state else ""
    facts = [(state, "plain"), (sitting.hours or "", "plain"), (sitting.place or "", "plain")]
    marks = final_marks(session.store, sitting)
    return ipywidgets.VBox([heading(f"{body}　{day}"), chips(*facts, *marks)])


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
