"""気になる世帯 on the desk: noticed, looked at again, received with what was seen taken over."""

from collections.abc import Mapping
from typing import Any

from jusou_nb import casework
from jusou_nb.forms import Lead
from jusou_nb.forms.lead import LeadOutcome
from jusou_nb.widgets.answer_entries import lead_answered
from jusou_nb.widgets.chapter import OUTREACH, Act, Allowed, Chapter, Sheets
from jusou_nb.widgets.chapters_community import FROM_IMPORTS
from jusou_nb.widgets.session import Session

_OPEN = (None, LeadOutcome.WATCH)


def _keep(session: Session, said: Lead, allowed: Allowed, _about: Any) -> Any:
    if said.id is None:
        return casework.notice_lead(session.store, said)
    return lead_answered(session, session.store.load(Lead, said.id), said, allowed)


def _sheets(session: Session, lead: Lead) -> Sheets:
    sheet = casework.sheet_of_lead(session.store, lead, on=session.today)
    return {"household": sheet.household, "intake": sheet.intake}


def _receive(session: Session, lead: Lead, said: Mapping[str, Any], allowed: Allowed) -> Any:
    sheet = casework.LeadSheet(**said)
    on = sheet.intake.received_on or session.today
    way = LeadOutcome.RECEIVED
    return casework.review_lead(session.store, lead, way, on=on, sheet=sheet, overrides=allowed)


LEADS = (
    Chapter(
        form=Lead,
        group=OUTREACH,
        columns=("noticed_on", "seen", "brought_by", "review_on", "outcome"),
        words="気になる世帯を残す",
        new=lambda session, _about: Lead(noticed_on=session.today),
        register=_keep,
        acts=(
            Act(
                code="receive_lead",
                words="相談として受け付ける",
                sheets=_sheets,
                do=_receive,
                fits=lambda lead: lead.outcome in _OPEN,
                without=FROM_IMPORTS,
            ),
        ),
    ),
)
