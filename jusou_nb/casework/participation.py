"""参加支援: a menu made to measure, and hosts suggested with reasons.

Suggested is never matched: a worker and the person choose (``casework.matching``).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from jusou_nb.casework.participation_sources import kept_out, known_of, plan_uses
from jusou_nb.checks import is_blank, require
from jusou_nb.fields import items
from jusou_nb.forms import Case, Host, Matching, ParticipationMenu, SchemeCheck
from jusou_nb.forms.participation import HostState, MatchStage
from jusou_nb.problems import Override, Problem, settle
from jusou_nb.rules import hosts as fitting
from jusou_nb.rules import participation as rules
from jusou_nb.store import Store, matching

_DONE = (MatchStage.STOPPED, MatchStage.SETTLED_6)


@dataclass(frozen=True, kw_only=True)
class MenuDrawn:
    """A menu as kept, and what is to be looked at."""

    menu: ParticipationMenu
    remarks: tuple[Problem, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """A host that may suit somebody, for people to choose from.

    Attributes:
        host_id: Which host.
        score: Points of :func:`jusou_nb.rules.hosts.fit`; the list is ordered by them.
        reasons: Why, one Japanese line each.
        free_places: Free on the best day in common; None where the capacity is not known.
        missing: What is lacking or is to be asked first.
    """

    host_id: int
    score: int
    reasons: tuple[str, ...]
    free_places: int | None
    missing: tuple[str, ...]


def menu_for(store: Store, case: Case, *, today: date) -> ParticipationMenu:
    """Give a menu as far as it is known: the wish, considerations, what schemes do not reach."""
    return replace(known_of(store, case), drawn_on=today, worker=store.worker_name())


def draw_menu(
    store: Store,
    case: Case,
    menu: ParticipationMenu,
    *,
    today: date,
    overrides: tuple[Override, ...] = (),
) -> MenuDrawn:
    """Draw up, or change, what somebody takes part in; blank boxes take over what is known.

    Raises:
        Invalid: Boxes are missing.
    """
    known = menu_for(store, case, today=today)
    drawn = replace(_over(known, menu), case_id=case.id, client_id=case.client_id)
    require(drawn)
    with store.transaction():
        checks = store.find(SchemeCheck, case_id=case.id)
        problems = rules.may_draw(drawn, checks, is_planned=plan_uses(store, case))
        remarks = settle(problems, overrides)
        saved = store.save(drawn)
        store.log_overrides(saved, problems, overrides)
    return MenuDrawn(menu=saved, remarks=tuple(remarks))


def _over(known: ParticipationMenu, written: ParticipationMenu) -> ParticipationMenu:
    """Lay what was written over what is known; a change keeps its blanks."""
    if written.id is not None:
        return written
    said: dict[str, Any] = {box.name: getattr(written, box.name) for box in items(type(written))}
    return replace(known, **{name: v for name, v in said.items() if not is_blank(v)})


def end_menu(
    store: Store,
    menu: ParticipationMenu,
    *,
    on: date,
    because: str,
    overrides: tuple[Override, ...] = (),
) -> MenuDrawn:
    """End a menu.

    Raises:
        NotAllowed: No reason, or a matching goes on and the chief has not allowed it.
    """
    with store.transaction():
        running = [m for m in store.find(Matching, menu_id=menu.id) if m.stage not in _DONE]
        problems = rules.may_end_menu(len(running), because)
        remarks = settle(problems, overrides)
        saved = store.save(replace(menu, ended_on=on, ended_because=because))
        store.log_overrides(saved, problems, overrides)
    return MenuDrawn(menu=saved, remarks=tuple(remarks))


def suggest_hosts(store: Store, menu: ParticipationMenu) -> list[Suggestion]:
    """Rank the hosts that may suit somebody, each with its reasons; nothing is matched by it.

    Left out are hosts that are not ready, agencies kept from the case or by the person's
    wish, and hosts with which a matching goes on already. Those without a free place come
    last; of equal ones the earlier registered comes first.
    """
    hidden = kept_out(store, menu)
    found = []
    for host in store.find(Host, state=HostState.READY.value):
        past = store.find(Matching, menu_id=menu.id, host=host.id)
        if host.agency in hidden or any(m.stage is not MatchStage.STOPPED for m in past):
            continue
        taken = matching.places_taken(store, host.id or 0)
        fit = fitting.fit(store.profile, menu, host, taken, _why_stopped(store, past))
        if fit is not None:
            found.append(Suggestion(host_id=host.id or 0, **vars(fit)))
    return sorted(found, key=lambda s: (s.free_places == 0, -s.score, s.host_id))


def _why_stopped(store: Store, past: Sequence[Matching]) -> list[str]:
    known = store.profile.codes("match_stop").by_code
    reasons = [m.stopped_because for m in past if m.stopped_because is not None]
    return [known[reason].label for reason in reasons if reason in known]
