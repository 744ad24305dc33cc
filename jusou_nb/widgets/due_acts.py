"""What opens for a line of 期限, or for what was left, that a screen of its own settles."""

from collections.abc import Callable, Mapping
from typing import Any

from jusou_nb.forms import AgendaItem, Case, Consent, Emergency, Household, Person, Provenance
from jusou_nb.store import queries
from jusou_nb.widgets.entries import Done
from jusou_nb.widgets.heard_acts import HEARD, heard_entry
from jusou_nb.widgets.mask_entries import LIFT, MASK, REVIEW
from jusou_nb.widgets.mask_view import MaskView
from jusou_nb.widgets.report_view import HOME, ReportView
from jusou_nb.widgets.scopes_view import SCOPES, ScopesView
from jusou_nb.widgets.session import Session
from jusou_nb.widgets.transition_view import FACT, TRANSITION, TransitionView

Open = Callable[[Session, int, Done], Any]
"""Takes the session, the id of what it is about, and what is done afterwards."""


def _mask(session: Session, person_id: int, _done: Done) -> MaskView:
    household = queries.household_of(session.store, person_id)
    return MaskView(session, household, _stay, person_id)


def _fact(session: Session, fact_id: int, _done: Done) -> TransitionView:
    fact = session.store.load(Provenance, fact_id)
    view = _transition(session, fact.case_id or 0, _stay)
    view.table.turn(fact_id)
    return view


def _transition(session: Session, case_id: int, _done: Done) -> TransitionView:
    return TransitionView(session, session.store.load(Case, case_id))


def _emergency(session: Session, emergency_id: int, done: Done) -> ReportView:
    return ReportView(session, session.store.load(Emergency, emergency_id), done)


def _heard(session: Session, item_id: int, done: Done) -> Any:
    return heard_entry(session, session.store.load(AgendaItem, item_id), done)


def _stay(_record: Any) -> None:
    """Stay on the screen, which says itself what was done."""


SCREENS: Mapping[str, Open] = {
    Person.table: _mask,
    Provenance.table: _fact,
    Emergency.table: _emergency,
    TRANSITION: _transition,
    HEARD: _heard,
    SCOPES: lambda session, _about, _done: ScopesView(session),
}
"""By the table of the record that waits, or by a name of our own."""

LEFT: Mapping[tuple[str, str], tuple[str, str]] = {
    **{(Person.table, act): (Person.table, act) for act in (MASK, LIFT, REVIEW)},
    (Provenance.table, "of"): (TRANSITION, ""),
    (Provenance.table, FACT): (Provenance.table, FACT),
    (Household.table, HEARD): (HEARD, ""),
    (Household.table, HOME): (Emergency.table, HOME),
    (Consent.table, SCOPES): (SCOPES, ""),
}
"""For the table and manner of a draft: the screen where it goes on, and the sheet to open."""


def screen(session: Session, name: str, about: int, done: Done, sheet: str = "") -> Any:
    """Open a screen of :data:`SCREENS`, and within it a sheet that was left."""
    made = SCREENS[name](session, about, done)
    if sheet:
        made.open_sheet(sheet)
    return made
