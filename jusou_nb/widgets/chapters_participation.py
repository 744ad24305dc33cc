"""The chapters of 参加支援: hosts and their care, menus, matchings step by step."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from jusou_nb import casework
from jusou_nb.casework.hosts import developing
from jusou_nb.casework.participation import Suggestion
from jusou_nb.fields import Ref
from jusou_nb.forms import Case, Host, HostContact, Matching, MatchStep, ParticipationMenu
from jusou_nb.forms.participation import HostState, MatchStage
from jusou_nb.widgets.chapter import HOSTS, Act, Allowed, Chapter
from jusou_nb.widgets.session import Session

GROUP = "参加支援"
_BY_STEPS = frozenset({"stage", "stopped_because", "steps"})
_STOP = frozenset({"host", "chosen_because", "days", "told_host", "worker", "next_due", "steps"})
_DAYS = frozenset({"found_on", "ready_on", "ended_on"})


def _menu(session: Session, record: ParticipationMenu, allowed: Allowed, case: Case) -> Any:
    """Draw a menu, or end it where the sheet says why."""
    store = session.store
    if record.id is not None and record.ended_because:
        before = store.load(ParticipationMenu, record.id)
        if before.ended_on is None:
            on = record.ended_on or session.today
            why = record.ended_because
            return casework.end_menu(store, record, on=on, because=why, overrides=allowed)
    return casework.draw_menu(store, case, record, today=session.today, overrides=allowed)


def _suggested(session: Session, menu: ParticipationMenu) -> dict[int, Matching]:
    """Offer the hosts that may suit, the best first, each with its reasons in the box."""
    found = casework.suggest_hosts(session.store, menu)
    return {s.host_id: Matching(host=Ref(s.host_id), chosen_because=_why(s)) for s in found}


def _why(found: Suggestion) -> str:
    lacking = f"（相談すること：{'、'.join(found.missing)}）" if found.missing else ""
    return f"{'、'.join(found.reasons)}{lacking}"


def _match(session: Session, record: Matching, allowed: Allowed, about: Any) -> Any:
    if record.id is not None:
        return casework.choose_told(session.store, record, today=session.today, overrides=allowed)
    return casework.propose_host(
        session.store, about, record, today=session.today, overrides=allowed
    )


def _step(session: Session, record: Matching, said: Mapping[str, Any], allowed: Allowed) -> Any:
    return casework.step_matching(session.store, record, said["step"], overrides=allowed)


def _stop(session: Session, record: Matching, said: Mapping[str, Any], allowed: Allowed) -> Any:
    step = MatchStep(stage=MatchStage.STOPPED, reached_on=session.today)
    why = said["matching"].stopped_because
    return casework.step_matching(
        session.store, record, step, stopped_because=why, overrides=allowed
    )


def _runs(record: Matching) -> bool:
    return record.stage is not MatchStage.STOPPED


def _next_stage(record: Matching) -> MatchStage:
    """Give the stage after the present one; the last stays."""
    order = [stage for stage in MatchStage if stage is not MatchStage.STOPPED]
    place = order.index(record.stage) if record.stage in order else 0
    return order[min(place + 1, len(order) - 1)]


def _contact(session: Session, host: Host) -> HostContact:
    store = session.store
    return HostContact(
        contacted_on=session.today,
        worker=store.worker_name(),
        purpose=developing(store, host),
    )


def _becomes(state: HostState, code: str, words: str) -> Act:
    """Make the button by which a contact with a host brings it to a state."""
    return Act(
        code=code,
        words=words,
        sheets=lambda session, record: {"contact": _contact(session, record)},
        do=lambda session, record, said, allowed: casework.contact_host(
            session.store, record, said["contact"], becomes=state, overrides=allowed
        ),
        fits=lambda record: record.state is not state,
    )


PARTICIPATION = (
    Chapter(
        form=Host,
        group=HOSTS,
        columns=("name", "kind", "activities", "days", "capacity", "state"),
        words="受入先を登録する",
        new=lambda session, _about: Host(found_on=session.today, state=HostState.APPROACHED),
        register=lambda session, record, allowed, _about: casework.keep_host(
            session.store, record, today=session.today, overrides=allowed
        ),
        without=_DAYS,
        acts=(
            _becomes(HostState.READY, "host_ready", "受け入れられることになった"),
            _becomes(HostState.PAUSED, "host_pause", "休止になった"),
            _becomes(HostState.ENDED, "host_end", "終了になった"),
        ),
    ),
    Chapter(
        form=HostContact,
        group=HOSTS,
        of=Host,
        columns=("contacted_on", "purpose", "worker", "content", "next_due"),
        words="受入先への支援を書く",
        new=_contact,
        register=lambda session, record, allowed, about: casework.contact_host(
            session.store, about, record, overrides=allowed
        ),
    ),
    Chapter(
        form=ParticipationMenu,
        group=GROUP,
        of=Case,
        columns=("drawn_on", "worker", "activities", "days", "ended_on"),
        words="参加支援メニューをつくる",
        new=lambda session, case: casework.menu_for(session.store, case, today=session.today),
        register=_menu,
    ),
    Chapter(
        form=Matching,
        group=GROUP,
        of=ParticipationMenu,
        columns=("host", "stage", "chosen_because", "days", "next_due"),
        words="受入先に打診する",
        new=lambda _session, _about: Matching(),
        register=_match,
        without=_BY_STEPS,
        suggests=_suggested,
        proposed_title="候補（理由の合う順。選ぶのは本人と担当です）",
        acts=(
            Act(
                code="match_step",
                words="次の段階を書く",
                sheets=lambda session, record: {
                    "step": MatchStep(stage=_next_stage(record), reached_on=session.today)
                },
                do=_step,
                fits=_runs,
            ),
            Act(
                code="match_stop",
                words="中止にする",
                sheets=lambda _session, record: {
                    "matching": replace(record, stage=MatchStage.STOPPED)
                },
                do=_stop,
                fits=_runs,
                without=_STOP,
            ),
        ),
    ),
)
