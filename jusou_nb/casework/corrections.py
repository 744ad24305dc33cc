"""直す: put a slip of the pen right in a record; what it stands on is asked again."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

from jusou_nb.casework.referrals import referral_problems
from jusou_nb.casework.reports import stated
from jusou_nb.checks import require
from jusou_nb.fields import Form
from jusou_nb.forms import Ending, Evaluation, Monitoring, Referral, StatutoryReport, SupportPlan
from jusou_nb.problems import Override, Problem, settle
from jusou_nb.rules import corrections as rules
from jusou_nb.rules import endings, first_contact, monitoring
from jusou_nb.store import Store

F = TypeVar("F", bound=Form)
_GROUND = ("kind", "destination", "sent_on", "ground", "judged_by", "reason")


def correct_record(
    store: Store, record: F, *, overrides: tuple[Override, ...] = ()
) -> tuple[F, list[Problem]]:
    """Save a record as corrected, and give it back with what is to be looked at.

    Raises:
        Invalid: Boxes miss.
        NotAllowed: A box is changed from which other things followed, or the record asks now
            for what the chief has not allowed.
        Conflict: Somebody else saved it since.
        NotFound: It was struck.
    """
    with store.transaction():
        before = store.load(type(record), record.id or 0)
        filled: Any = stated(record) if isinstance(record, StatutoryReport) else record
        ask = _ASKED.get(type(record))
        asked = ask(store, filled) if ask else []
        problems = [*rules.may_correct(before, filled), *asked]
        require(filled)
        remarks = settle(problems, overrides)
        saved: F = store.save(filled)
        store.log_overrides(saved, problems, overrides)
        if isinstance(saved, Monitoring):
            _look_again_on(store, saved)
    return saved, remarks


def _look_again_on(store: Store, seen: Monitoring) -> None:
    """Let the plan follow the day of its last monitoring, as when that was recorded."""
    last = max(store.find(Monitoring, plan_id=seen.plan_id), key=_order)
    if last.id == seen.id and seen.next_on is not None:
        plan = store.load(SupportPlan, seen.plan_id or 0)
        store.save(replace(plan, next_monitoring_on=seen.next_on))


def _order(seen: Monitoring) -> tuple[str, int]:
    return str(seen.held_on or ""), seen.id or 0


def _sent(store: Store, referral: Referral) -> list[Problem]:
    """Ask for the ground anew where it was changed; an answer alone needs none."""
    before = store.load(Referral, referral.id or 0)
    same = all(getattr(before, name) == getattr(referral, name) for name in _GROUND)
    return [] if same else referral_problems(store, referral)


def _seen(store: Store, seen: Monitoring) -> list[Problem]:
    return monitoring.monitoring_problems(store.load(SupportPlan, seen.plan_id or 0), seen)


def _judged(store: Store, judged: Evaluation) -> list[Problem]:
    return monitoring.evaluation_problems(store.load(SupportPlan, judged.plan_id or 0), judged)


def _reported(_store: Store, report: StatutoryReport) -> list[Problem]:
    return first_contact.may_keep_report(report)


def _ended(store: Store, ending: Ending) -> list[Problem]:
    return endings.told(store.profile, ending)


_ASKED: dict[type[Form], Callable[[Store, Any], list[Problem]]] = {
    Referral: _sent,
    StatutoryReport: _reported,
    Monitoring: _seen,
    Evaluation: _judged,
    Ending: _ended,
}
