"""The course of a case for whoever takes it over: what is open, settled, done, and what comes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from jusou_nb.dates import wareki
from jusou_nb.documents.sheet_parts import cells_of
from jusou_nb.fields import Form
from jusou_nb.forms import (
    Agency,
    AgendaItem,
    CaseNote,
    Conference,
    Consent,
    Referral,
    Visit,
    form_of,
)
from jusou_nb.forms.conference import ConferenceState
from jusou_nb.forms.outreach import VisitState
from jusou_nb.forms.plan import DoerKind, PlanState
from jusou_nb.store.due import Due
from jusou_nb.store.due_kinds import MASKINGS, SUSPICIONS

if TYPE_CHECKING:
    from jusou_nb.documents.handover_case import Known

Rows = tuple[tuple[str, ...], ...]
LAST_NOTES = 6
"""How many contacts are printed; the others stand in 支援経過."""
_LONGEST, _MORE = 400, "…（続きは記録にあります）"
"""A longer note is cut: the next worker reads the whole of it in the record."""
_SAID = {"case_notes": "next_action", "decisions": "what", "direction_rows": "what",
         "role_assignments": "what", "agreements": "condition"}  # fmt: skip
"""The box that says what was promised, of records that wait."""


@dataclass(frozen=True, kw_only=True)
class Course:
    """What goes on; each is a table, its rows texts in the order of the headings.

    Attributes:
        promises: By when, what waits, what was promised or is to be done, which agency.
        late: How many of them are past their day.
        roles: Who, what, by when, what became of it.
        decisions: Day and basis, what, who, by when, what became of it.
        notes: When, how, content, what next; the latest first.
        agencies: Agency, telephone, last referral and its answer.
        coming: Day, what.
    """

    promises: Rows
    late: int
    roles: Rows
    decisions: Rows
    notes: Rows
    agencies: Rows
    coming: Rows


def course_of(known: "Known", waiting: Sequence[Due]) -> Course:
    """Gather the course of a case; ``waiting`` is what waits of it."""
    kept = [due for due in waiting if due.kind not in SUSPICIONS | MASKINGS]
    sat = _sat(known)
    return Course(
        promises=tuple(_promise(due, known) for due in kept),
        late=sum(due.overdue_days > 0 for due in kept),
        roles=tuple(_roles(known, sat)),
        decisions=tuple(_decisions(known, sat)),
        notes=tuple(_notes(known)),
        agencies=tuple(_agencies(known, sat)),
        coming=tuple(sorted_coming(known, sat)),
    )


Sat = list[tuple[AgendaItem, Conference]]


def _sat(known: "Known") -> Sat:
    """Give the items of the case with their sittings, the latest first."""
    found = [
        (item, known.store.load(Conference, item.conference_id or 0))
        for item in known.store.find(AgendaItem, case_id=known.case.id)
    ]
    kept = [pair for pair in found if pair[1].state is not ConferenceState.CANCELLED]
    return sorted(kept, key=lambda pair: pair[1].held_on or date.min, reverse=True)


def _promise(due: Due, known: "Known") -> tuple[str, ...]:
    when = wareki(due.due_on) if due.due_on else "日付なし"
    late = f"（{due.overdue_days}日超過）" if due.overdue_days else ""
    agency = known.lexicon.refs["agencies"].get(due.agency_id or 0, "")
    return f"{when}{late}", due.label, _promised(due, known) or due.what_to_do, agency


def _promised(due: Due, known: "Known") -> str:
    box = _SAID.get(due.table, "")
    form: Any = form_of(due.table)
    record = known.store.load(form, due.record_id) if box and form else None
    return _text(record, box, known) if record is not None else ""


def _text(record: Form, box: str, known: "Known") -> str:
    return next((cell.value for cell in cells_of(record, (box,), known.lexicon)), "")


def _texts(record: Form, names: tuple[str, ...], known: "Known") -> tuple[str, ...]:
    return tuple(_text(record, name, known) for name in names)


def _roles(known: "Known", sat: Sat) -> Iterator[tuple[str, ...]]:
    """Give the roles of the plan in force, else the directions of sittings not done yet."""
    if known.plan is not None and known.plan.state is not PlanState.SUPERSEDED:
        for role in known.plan.roles:
            who = "agency" if role.doer is DoerKind.AGENCY else "doer"
            due = "　".join(filter(None, _texts(role, ("due_on", "frequency"), known)))
            lead = "（主担当）" if role.is_lead else ""
            yield f"{_text(role, who, known)}{lead}", role.what or "", due, "プラン"
    for item, sitting in sat:
        for row in item.directions:
            if row.done_on is None:
                doer = _text(row, "agency", known) or row.other_doer or ""
                yield doer, row.what or "", _text(row, "due_on", known), _held(item, sitting, known)


def _held(item: AgendaItem, sitting: Conference, known: "Known") -> str:
    basis = known.store.profile.basis(item.basis or "").label
    return f"{wareki(sitting.held_on) if sitting.held_on else ''} {basis}"


def _decisions(known: "Known", sat: Sat) -> Iterator[tuple[str, ...]]:
    names = ("what", "agency", "due_on")
    for item, sitting in sat:
        for row in item.decisions:
            done = f"済 {wareki(row.done_on)}" if row.done_on else ""
            became = "　".join(filter(None, (done, row.progress))) or "まだ"
            yield _held(item, sitting, known), *_texts(row, names, known), became


def _notes(known: "Known") -> Iterator[tuple[str, ...]]:
    names = ("happened_at", "manner", "content", "next_action")
    found = known.store.find(CaseNote, order="happened_at DESC", case_id=known.case.id)
    for note in found[:LAST_NOTES]:
        yield tuple(shortened(text) for text in _texts(note, names, known))


def shortened(text: str, longest: int = _LONGEST) -> str:
    """Cut a text that is longer, and say where the rest stands."""
    return text if len(text) <= longest else f"{text[:longest]}{_MORE}"


def _agencies(known: "Known", sat: Sat) -> Iterator[tuple[str, ...]]:
    """Give who helps: the lead, whoever has a role or was turned to, with the last answer."""
    sent = known.store.find(Referral, order="sent_on", client_id=known.client.id)
    last = {referral.destination: referral for referral in sent}
    roles = known.plan.roles if known.plan else ()
    directions = [row for item, _ in sat for row in item.directions]
    named = [known.case.lead_agency, *(role.agency for role in roles),
             *(row.agency for row in directions), *last]  # fmt: skip
    for agency_id in dict.fromkeys(id_ for id_ in named if id_):
        agency = known.store.load(Agency, agency_id)
        lead = "（主担当）" if agency_id == known.case.lead_agency else ""
        told = _texts(last[agency_id], ("sent_on", "answer"), known) if agency_id in last else ()
        yield f"{agency.name}{lead}", agency.telephone or "", "　".join(told)


def sorted_coming(known: "Known", sat: Sat) -> list[tuple[str, ...]]:
    """Give the days that come, the next first."""
    days = sorted((day, what) for day, what in _coming(known, sat) if day and day >= known.day)
    return [(wareki(day), what) for day, what in days]


def _coming(known: "Known", sat: Sat) -> Iterator[tuple[date | None, str]]:
    for item, sitting in sat:
        basis = known.store.profile.basis(item.basis or "").label
        if sitting.state is ConferenceState.PLANNED:
            yield sitting.held_on, f"{basis}（案件{item.place_in_order or ''}）"
        yield item.next_on, f"{basis}で決めた次回"
    if known.plan is not None:
        yield known.plan.next_monitoring_on, "モニタリング"
        yield known.plan.ends_on, "プランの終わり"
    for visit in known.store.find(Visit, case_id=known.case.id, state=VisitState.PLANNED.value):
        yield _day(visit.planned_at), f"訪問（{visit.worker or ''}）"
    for consent in known.store.find(Consent, person_id=known.client.id):
        yield consent.expires_on, "同意の有効期限"


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None
