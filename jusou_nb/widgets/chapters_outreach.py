"""The chapters of アウトリーチ: who is reached out to, each try, visits and rounds."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from jusou_nb import casework
from jusou_nb.casework import becoming_known, visits
from jusou_nb.fields import Form
from jusou_nb.forms import (
    Case,
    CaseNote,
    Household,
    Intake,
    Lead,
    Outreach,
    OutreachTry,
    Person,
    Round,
    Visit,
)
from jusou_nb.forms.outreach import VisitState
from jusou_nb.store.outreach import late_visits
from jusou_nb.widgets.chapter import OUTREACH as GROUP
from jusou_nb.widgets.chapter import Act, Allowed, Chapter
from jusou_nb.widgets.session import Session, names_of

_BY_TRIES = frozenset({"stage", "first_met_on", "agreed_on", "linked_on", "linked_to"})
_BY_STEPS = frozenset({"left_at", "returned_at"})
_LENGTH = timedelta(hours=1)


def _now(session: Session) -> datetime:
    clock = datetime.fromisoformat(session.store.now()).time().replace(second=0)
    return datetime.combine(session.today, clock.replace(tzinfo=None))


def _new(session: Session, about: Any) -> Outreach:
    """Fill a sheet with what is known; of nobody it is blank."""
    known = Outreach(found_on=session.today)
    if isinstance(about, Case):
        known = casework.outreach_for(session.store, case=about)
    return replace(known, begun_on=session.today, worker=session.store.worker_name())


def _register(session: Session, record: Outreach, allowed: Allowed, about: Any) -> Any:
    """Begin an outreach, end it where the sheet says why, or keep what was put right."""
    store = session.store
    if record.id is None:
        case = about if isinstance(about, Case) else None
        return casework.begin_outreach(store, record, case=case, today=session.today)
    before = store.load(Outreach, record.id)
    if before.ended_on is None and record.ended_because is not None:
        on = record.ended_on or session.today
        return casework.end_outreach(store, record, record.ended_because, on=on, overrides=allowed)
    return casework.keep_outreach(store, record)


def _try(session: Session, record: OutreachTry, allowed: Allowed, about: Any) -> Any:
    return casework.record_try(session.store, about, record, today=session.today, overrides=allowed)


def _visit(session: Session, record: Visit, allowed: Allowed, about: Any) -> Any:
    """Plan a visit, or call it off where the sheet says so."""
    if record.id is not None and record.state is VisitState.CALLED_OFF:
        before = session.store.load(Visit, record.id)
        if before.state is not VisitState.CALLED_OFF:
            why = record.called_off_because or ""
            return casework.call_off(session.store, before, because=why)
    outreach = about if isinstance(about, Outreach) else None
    case = about if isinstance(about, Case) else None
    return casework.plan_visit(
        session.store, record, outreach=outreach, case=case, overrides=allowed
    )


def _planned(session: Session, about: Any) -> Visit:
    begins = _now(session)
    outreach = about if isinstance(about, Outreach) else Outreach()
    return Visit(
        planned_at=begins,
        back_by=begins + _LENGTH,
        worker=session.store.worker_name(),
        two_needed=outreach.two_needed,
        state=VisitState.PLANNED,
    )


def _back(session: Session, record: Visit, said: Mapping[str, Any], _allowed: Allowed) -> Any:
    return casework.come_back(session.store, record, at=_now(session), **said)


def _leads(session: Session, record: Round, said: Mapping[str, Any], _allowed: Allowed) -> Any:
    return casework.hold_round(session.store, record, leads=(said["lead"],))


def _come_back_sheets(_session: Session, record: Visit) -> dict[str, Any]:
    """Ask for the try, or for the note where the visit is to a client without outreach."""
    begun = record.left_at or record.planned_at
    if record.outreach_id is not None:
        return {"attempt": OutreachTry(tried_at=begun, workers=visits.who_went(record))}
    if record.case_id is not None:
        return {"note": CaseNote(happened_at=begun, author=visits.who_went(record))}
    return {}


def late_lines(session: Session) -> list[str]:
    """Say who is not back from a visit, one line each, the latest first."""
    return [
        f"{late.visit.worker or '担当'}が戻る予定を{late.minutes}分過ぎています。"
        + ("電話で確かめてください。" if late.has_left else "出たかどうかを確かめてください。")
        for late in late_visits(session.store, _now(session))
    ]


def _all_but(form: type[Form], *names: str) -> frozenset[str]:
    return names_of(form) - set(names)


_KNOWN = (
    Act(
        code="outreach_number",
        words="受付番号の人と分かった",
        sheets=lambda session, _record: {"intake": Intake(received_on=session.today)},
        do=lambda session, record, said, _allowed: casework.become_known(
            session.store,
            record,
            intake=becoming_known.intake_of(session.store, said["intake"].number),
        ),
        fits=lambda record: record.ended_on is None and record.client_id is None,
        without=_all_but(Intake, "number"),
    ),
    Act(
        code="outreach_house",
        words="新しい世帯の人と分かった",
        sheets=lambda _session, record: {
            "household": Household(members=(Person(relation="本人", name=record.known_as),))
        },
        do=lambda session, record, said, _allowed: casework.become_known(
            session.store, record, household=said["household"]
        ),
        fits=lambda record: record.ended_on is None and record.client_id is None,
    ),
    Act(
        code="outreach_same",
        words="同じ人の票をまとめる",
        sheets=lambda _session, record: {"other": replace(record, known_as=None)},
        do=lambda session, record, said, _allowed: casework.join_outreaches(
            session.store,
            record,
            becoming_known.outreach_called(session.store, said["other"].known_as, beside=record),
        ),
        fits=lambda record: record.ended_on is None,
        without=_all_but(Outreach, "known_as"),
    ),
)
_TO = Chapter(
    form=Outreach,
    group=GROUP,
    columns=("known_as", "begun_on", "found_through", "stage", "worker", "ended_on"),
    words="アウトリーチを始める",
    new=_new,
    register=_register,
    without=_BY_TRIES,
    acts=_KNOWN,
)
_VISIT = Chapter(
    form=Visit,
    group=GROUP,
    columns=("planned_at", "worker", "companion", "back_by", "state"),
    words="訪問を予定する",
    new=_planned,
    register=_visit,
    without=_BY_STEPS,
    tells=late_lines,
    acts=(
        Act(
            code="visit_leave",
            words="出発",
            do=lambda session, record, _said, _allowed: casework.leave(
                session.store, record, at=_now(session)
            ),
            fits=lambda record: record.state is VisitState.PLANNED,
        ),
        Act(
            code="visit_back",
            words="戻った",
            do=_back,
            sheets=_come_back_sheets,
            fits=lambda record: record.state in (VisitState.PLANNED, VisitState.OUT),
        ),
    ),
)

OUTREACH = (
    replace(_TO, of=Case),
    _TO,
    Chapter(
        form=OutreachTry,
        group=GROUP,
        of=Outreach,
        columns=("tried_at", "kind", "stage", "content", "next_action", "next_due"),
        words="一回分を書く",
        new=lambda session, about: OutreachTry(
            tried_at=_now(session), workers=about.worker or session.store.worker_name()
        ),
        register=_try,
    ),
    replace(_VISIT, of=Outreach),
    replace(_VISIT, of=Case),
    Chapter(
        form=Round,
        group=GROUP,
        columns=("held_on", "venue", "hours", "spoken_to", "consulted"),
        words="巡回・出張相談を書く",
        new=lambda session, _about: Round(
            held_on=session.today, workers=session.store.worker_name()
        ),
        register=lambda session, record, _allowed, _about: casework.hold_round(
            session.store, record
        ),
        acts=(
            Act(
                code="round_lead",
                words="気になる世帯を残す",
                sheets=lambda _session, record: {
                    "lead": Lead(noticed_on=record.held_on, place=record.venue)
                },
                do=_leads,
            ),
        ),
    ),
)
