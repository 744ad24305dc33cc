"""マッチング: a person and a host, step by step, each with its day and both voices.

To a host nothing is told but what the person has chosen, and that only as far as the
consent reaches.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from jusou_nb.casework.notes import write_note
from jusou_nb.casework.participation_sources import kept_out, reach_of, step_note
from jusou_nb.checks import require
from jusou_nb.dates import months_after
from jusou_nb.fields import Code
from jusou_nb.forms import Case, Host, Matching, ParticipationMenu
from jusou_nb.forms.participation import MatchStage, MatchStep
from jusou_nb.problems import Override, Problem, settle
from jusou_nb.rules import hosts as fitting
from jusou_nb.rules import participation as rules
from jusou_nb.store import Store
from jusou_nb.store.matching import places_taken

_DONE = (MatchStage.STOPPED, MatchStage.SETTLED_6)


@dataclass(frozen=True, kw_only=True)
class Matched:
    """A matching after a step, and what is to be looked at."""

    matching: Matching
    remarks: tuple[Problem, ...] = ()


def propose_host(
    store: Store,
    menu: ParticipationMenu,
    proposal: Matching,
    *,
    today: date,
    overrides: tuple[Override, ...] = (),
) -> Matched:
    """打診: approach a host for somebody. Told is nothing but what the person has chosen.

    Raises:
        Invalid: The host is missing.
        NotAllowed: They are matched already; the host is not ready or kept from the person,
            or the consent does not carry what it is told, and the chief has not allowed it.
    """
    require(proposal)
    host = store.load(Host, proposal.host or 0)
    begun = _begun(store, menu, proposal, host, today)
    with store.transaction():
        past = store.find(Matching, menu_id=menu.id, host=host.id)
        others = [m for m in past if m.stage is not MatchStage.STOPPED]
        problems = [
            *rules.may_propose(host, kept_out(store, menu), others, _free(store, begun, host)),
            *_may_tell(store, begun, host, today),
        ]
        remarks = settle(problems, overrides)
        saved = store.save(begun)
        store.log_overrides(saved, problems, overrides)
    return Matched(matching=saved, remarks=tuple(remarks))


def _begun(
    store: Store, menu: ParticipationMenu, proposal: Matching, host: Host, today: date
) -> Matching:
    first = MatchStep(stage=MatchStage.APPROACH, reached_on=today)
    return replace(
        proposal,
        menu_id=menu.id,
        case_id=menu.case_id,
        days=proposal.days or fitting.shared_days(menu, host) or None,
        stage=MatchStage.APPROACH,
        worker=proposal.worker or store.worker_name(),
        next_due=proposal.next_due or _check_on(store, today),
        steps=proposal.steps or (first,),
    )


def _check_on(store: Store, day: date) -> date:
    return day + timedelta(days=store.profile.thresholds["matching_check_days"])


def _free(store: Store, match: Matching, host: Host) -> int | None:
    taken = places_taken(store, host.id or 0, without=match.id)
    free = [fitting.free_places(host, taken, (day,)) for day in match.days or ("",)]
    return min((n for n in free if n is not None), default=None)


def _may_tell(store: Store, match: Matching, host: Host, day: date) -> list[Problem]:
    case = store.load(Case, match.case_id or 0)
    return rules.may_tell(match.told_host or (), host, reach_of(store, case.client_id, day))


def choose_told(
    store: Store, match: Matching, *, today: date, overrides: tuple[Override, ...] = ()
) -> Matched:
    """Keep what the person now wishes the host to be told, or other boxes of a matching.

    Raises:
        NotAllowed: The consent does not carry it, and the chief has not allowed it.
    """
    require(match)
    with store.transaction():
        host = store.load(Host, match.host or 0)
        problems = _may_tell(store, match, host, today)
        remarks = settle(problems, overrides)
        saved = store.save(match)
        store.log_overrides(saved, problems, overrides)
    return Matched(matching=saved, remarks=tuple(remarks))


def step_matching(
    store: Store,
    match: Matching,
    step: MatchStep,
    *,
    next_due: date | None = None,
    stopped_because: Code | None = None,
    overrides: tuple[Override, ...] = (),
) -> Matched:
    """Take a matching on; 中止 with its reason. What the person said is a note of the case too.

    Raises:
        Invalid: The stage or day is missing, or why it is stopped.
        NotAllowed: It was stopped; the host is full, or nobody had joined who is to settle.
    """
    require(step)
    with store.transaction():
        fresh = store.load(Matching, match.id or 0)
        host = store.load(Host, fresh.host or 0)
        problems = rules.may_step(fresh, step, _free(store, fresh, host))
        remarks = settle(problems, overrides)
        due = next_due or _next(store, step, rules.joined_on(fresh))
        moved = replace(fresh, stage=step.stage, steps=(*fresh.steps, step), next_due=due)
        moved = replace(moved, stopped_because=stopped_because)
        require(moved)
        saved = store.save(moved)
        store.log_overrides(saved, problems, overrides)
        if (note := step_note(host, step)) is not None:
            write_note(store, store.load(Case, saved.case_id or 0), note)
    return Matched(matching=saved, remarks=tuple(remarks))


def _next(store: Store, step: MatchStep, joined: date | None) -> date | None:
    """Give the day of the next look: some days on, then three and six months after 参加."""
    day, stage = step.reached_on, step.stage
    if day is None or stage in _DONE:
        return None
    if stage is MatchStage.JOINED:
        return months_after(day, rules.SETTLED_AFTER[MatchStage.SETTLED_3])
    if stage is MatchStage.SETTLED_3:
        return months_after(joined or day, rules.SETTLED_AFTER[MatchStage.SETTLED_6])
    return _check_on(store, day)
