"""いま会議を開く: from a case, an emergency, a lead or a first word to a sitting, in one step."""

from dataclasses import dataclass, replace
from datetime import date

from jusou_nb.casework.agenda import roster
from jusou_nb.casework.emergencies import case_of_emergency, respond_to_emergency
from jusou_nb.casework.intakes import receive_intake
from jusou_nb.casework.leads import LeadSheet, review_lead
from jusou_nb.casework.sittings import Convened, convene_now
from jusou_nb.fields import Code, Ref
from jusou_nb.forms import AgendaItem, Case, Conference, Emergency, Household, Intake, Lead
from jusou_nb.forms.conference import AgendaKind
from jusou_nb.forms.lead import LeadOutcome
from jusou_nb.problems import Override
from jusou_nb.profile import Body
from jusou_nb.store import Store, queries


@dataclass(frozen=True, kw_only=True)
class Cause:
    """Why a sitting is called at once: a case, or an emergency or lead, else the first word.

    ``household`` and ``intake`` are the sheet of what has no case and no household yet.
    """

    case: Case | None = None
    emergency: Emergency | None = None
    lead: Lead | None = None
    household: Household | None = None
    intake: Intake | None = None


def convene_for(
    store: Store,
    conference: Conference,
    cause: Cause,
    item: AgendaItem,
    *,
    called: tuple[Ref, ...],
    on: date,
    overrides: tuple[Override, ...] = (),
) -> Convened:
    """Receive what was told, set the sitting, call these agencies and put the case on: at once.

    Raises:
        NotAllowed: A rule forbids it; nothing was saved.
        Invalid: A box is missing; nothing was saved.
    """
    with store.transaction():
        case, emergency = _case(store, cause, on, overrides)
        kind = AgendaKind.AFTER_THE_FACT if emergency else item.kind
        asked = replace(item, kind=kind)
        made = convene_now(
            store, conference, [(case, asked)], called=called or None, overrides=overrides
        )
        if emergency is not None:
            placed = made.placed[0].item
            store.save(replace(emergency, case_id=case.id, agenda_item_id=placed.id))
    return made


def _case(
    store: Store, cause: Cause, on: date, overrides: tuple[Override, ...]
) -> tuple[Case, Emergency | None]:
    if cause.case is not None:
        return store.load(Case, cause.case.id or 0), None
    if cause.emergency is not None and _is_known(cause.emergency):
        return case_of_emergency(store, cause.emergency, on), cause.emergency
    household, intake = cause.household or Household(), cause.intake or Intake()
    if cause.lead is not None:
        sheet = LeadSheet(household=household, intake=intake)
        way = LeadOutcome.RECEIVED
        done = review_lead(store, cause.lead, way, on=on, sheet=sheet, overrides=overrides)
        received = done.received
    else:
        received = receive_intake(store, household=household, intake=intake, overrides=overrides)
    case = received.case if received and received.case else Case()
    if cause.emergency is None:
        return case, None
    linked = replace(cause.emergency, household_id=case.household_id, case_id=case.id)
    return case, respond_to_emergency(store, linked).emergency


def _is_known(emergency: Emergency) -> bool:
    return emergency.case_id is not None or emergency.household_id is not None


def needs_sheet(cause: Cause) -> bool:
    """Whether a cause has neither case nor household, so that a first word is to be written."""
    known = cause.emergency is not None and _is_known(cause.emergency)
    return cause.case is None and not known


def open_screening(store: Store) -> Code | None:
    """Give the screening of a consultation that goes on though consent was not asked yet."""
    continues = store.profile.flagged("screening", "continues")
    found = continues & store.profile.flagged("screening", "without_consent") or continues
    return next((Code(code) for code in sorted(found)), None)


def body_for(store: Store, basis: str) -> Body | None:
    """Give the body that hears a basis: the first of the profile's that does."""
    return next((body for body in store.profile.bodies if basis in body.bases), None)


def to_call(store: Store, conference: Conference, case: Case | None) -> tuple[Ref, ...]:
    """Propose whom to call at once: the standing members, without the case's 除外者.

    Who only gives information is called by name, and so not proposed.
    """
    item = AgendaItem()
    called = replace(conference, called=roster(store, conference))
    out = set(case.excluded_agencies or ()) if case else set()
    return tuple(Ref(a) for a in queries.called_to(store, item, called) if a not in out)
