"""What the next step of a client hangs on, in few reads: plan, sitting, notes, consents."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from jusou_nb.forms import Assessment, Case, Consent, Person, SupportPlan
from jusou_nb.forms.conference import ConferenceState
from jusou_nb.forms.plan import PlanState

if TYPE_CHECKING:
    from jusou_nb.store.core import Store

_HEARD = (
    "SELECT a.id, s.held_on, s.body, a.basis FROM agenda_items AS a"
    " JOIN conferences AS s ON s.id = a.conference_id"
    " WHERE a.case_id = ? AND a.struck_at IS NULL AND s.struck_at IS NULL"
    f" AND s.state = '{ConferenceState.PLANNED.value}' AND s.held_on >= ?"
    " ORDER BY s.held_on, a.id LIMIT 1"
)
_NOTE = "SELECT max(happened_at) FROM case_notes WHERE case_id = ? AND struck_at IS NULL"
_SENT = "SELECT 1 FROM referrals WHERE client_id = ? AND struck_at IS NULL LIMIT 1"
_ASSESSED = f"SELECT 1 FROM {Assessment.table} WHERE case_id = ? AND struck_at IS NULL LIMIT 1"


@dataclass(frozen=True, kw_only=True)
class Heard:
    """The item at the next sitting that hears a case."""

    item_id: int
    held_on: date
    body: str
    basis: str


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What is known of a client and a case."""

    consents: tuple[Consent, ...]
    plan: SupportPlan | None
    sitting: Heard | None
    last_note_on: date | None
    has_assessment: bool
    has_referral: bool


def of_client(store: "Store", person: Person, case: Case | None, today: date) -> Facts:
    """Read what the next step of a client hangs on; without a case its part is empty."""
    case_id = case.id if case else 0
    plans = store.find(SupportPlan, case_id=case_id) if case else []
    open_ones = [plan for plan in plans if plan.state is not PlanState.SUPERSEDED]
    (last,) = store.db.execute(_NOTE, [case_id]).fetchone()
    row = store.db.execute(_HEARD, [case_id, today.isoformat()]).fetchone()
    return Facts(
        consents=tuple(store.find(Consent, person_id=person.id)),
        plan=open_ones[-1] if open_ones else None,
        sitting=_heard(row) if row else None,
        last_note_on=date.fromisoformat(last[:10]) if last else None,
        has_assessment=store.db.execute(_ASSESSED, [case_id]).fetchone() is not None,
        has_referral=store.db.execute(_SENT, [person.id]).fetchone() is not None,
    )


def _heard(row: tuple[int, str, str, str]) -> Heard:
    item_id, held_on, body, basis = row
    return Heard(item_id=item_id, held_on=date.fromisoformat(held_on), body=body, basis=basis)
