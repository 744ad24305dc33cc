"""The sheets by which something that waits is answered, each through its own verb."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from jusou_nb import casework
from jusou_nb.checks import empty
from jusou_nb.errors import Invalid
from jusou_nb.fields import Form, get_item
from jusou_nb.forms import Emergency, Lead, Referral, SupportRequest
from jusou_nb.forms.lead import LeadOutcome
from jusou_nb.forms.support_request import RequestAnswer
from jusou_nb.problems import Override
from jusou_nb.widgets.entries import Done, change_entry
from jusou_nb.widgets.entry import Entry, Sheet
from jusou_nb.widgets.session import Session, key_of

Allowed = tuple[Override, ...]
Answer = Callable[[Session, Any, Any, Allowed], Any]
"""Takes the session, the record as it is kept, as it now stands on the sheet, and what the
chief allowed."""


def _referral(session: Session, kept: Referral, said: Referral, allowed: Allowed) -> Any:
    store = session.store
    if said.answer is None or said.answer is kept.answer:
        return casework.correct_record(store, said, overrides=allowed)
    with store.transaction():
        written = replace(
            said, answer=kept.answer, answered_on=kept.answered_on, answer_note=kept.answer_note
        )
        corrected, _ = casework.correct_record(store, written, overrides=allowed)
        return casework.answer_referral(
            store,
            corrected,
            said.answer,
            on=said.answered_on or session.today,
            note=said.answer_note or "",
            overrides=allowed,
        )


def _request(session: Session, kept: SupportRequest, said: SupportRequest, allowed: Allowed) -> Any:
    if said.answer is None:
        return session.store.save(said)
    return casework.hold_acceptance(
        session.store,
        replace(said, answer=kept.answer),
        said.answer,
        on=said.answered_on or session.today,
        coordinator=said.coordinator or "",
        deputy=said.deputy or "",
        advice=said.advice or "",
        overrides=allowed,
    )


def _emergency(session: Session, kept: Emergency, said: Emergency, _allowed: Allowed) -> Any:
    if not said.checked or said.checked == kept.checked:
        return session.store.save(said)
    if said.checked_at is None:
        raise Invalid([empty("checked_at", get_item(Emergency, "checked_at").label)])
    again = said.next_check_at if said.next_check_at != kept.next_check_at else None
    found = said.checked.removeprefix(kept.checked or "").strip()
    return casework.check_emergency(
        session.store, kept, found=found, at=said.checked_at, next_check_at=again
    )


def lead_answered(session: Session, kept: Lead, said: Lead, allowed: Allowed) -> Any:
    """Keep a lead as its sheet now says; it is received by a sheet of its own only."""
    received = said.outcome is LeadOutcome.RECEIVED and kept.outcome is LeadOutcome.RECEIVED
    if said.outcome is None or received:
        return session.store.save(said)
    review_on = said.review_on if said.review_on != kept.review_on else None
    return casework.review_lead(
        session.store,
        kept,
        said.outcome,
        on=said.outcome_on or session.today,
        note=said.remarks or "",
        review_on=review_on,
        overrides=allowed,
    )


_ANSWERS: dict[type[Form], Answer] = {
    Referral: _referral,
    SupportRequest: _request,
    Emergency: _emergency,
    Lead: lead_answered,
}
ANSWERED = frozenset(_ANSWERS)
"""Forms that are answered where they wait, rather than on the client's page."""


def is_open(record: Form) -> bool:
    """Whether an answer may still be written into a record of the client's page."""
    if isinstance(record, SupportRequest):
        return record.answer is not RequestAnswer.ACCEPTED
    return isinstance(record, Referral)


def answer_entry(session: Session, record: Form, done: Done) -> Entry:
    """Open a record that waits: through its verb where it has one, else as a plain change."""
    answer = _ANSWERS.get(type(record))
    if answer is None:
        return change_entry(session, record, done)
    return Entry(
        session,
        {"record": Sheet(form=type(record), key=key_of(record.id), record=record)},
        lambda records, allowed: done(answer(session, record, records["record"], allowed)),
        words="登録",
    )
