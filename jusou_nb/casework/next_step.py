"""次の一手 of a client: what waits in 期限 and what the course asks for, in one order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from jusou_nb.dates import wareki
from jusou_nb.forms import Case, Intake, Person
from jusou_nb.rules import consent as consents
from jusou_nb.rules.course_steps import course_steps, nothing_presses
from jusou_nb.rules.next_step import Act, Sitting, Stand, Step
from jusou_nb.store import Store, standing_facts
from jusou_nb.store.due import Due
from jusou_nb.store.due_kinds import PRESSING

SOON = timedelta(days=3)
"""What waits for a day as near as this is said before the course of the case."""


@dataclass(frozen=True, kw_only=True)
class Next:
    """A step, with the entry of 期限 that it comes from, where it comes from one."""

    step: Step
    due: Due | None = None


def stand_of(
    store: Store,
    *,
    whom: tuple[Person, Intake | None, Case | None],
    dues: Sequence[Due],
    today: date,
) -> Stand:
    """Gather where a client stands, as far as the next step hangs on it.

    ``whom`` is the client, the client's consultation, and the case shown; ``dues`` is what
    waits in the household.
    """
    person, intake, case = whom
    facts = standing_facts.of_client(store, person, case, today)
    entry = consents.latest(facts.consents, today, store.profile)
    coming = next((d for d in dues if _is_his(d, case) and d.due_on and d.due_on >= today), None)
    return Stand(
        profile=store.profile,
        today=today,
        intake=intake,
        case=case,
        consent=entry.state if entry else None,
        is_scope_known=entry is None or consents.is_scope_known(entry),
        has_assessment=facts.has_assessment,
        has_referral=facts.has_referral,
        plan=facts.plan,
        sitting=_sitting(store, facts.sitting),
        last_note_on=facts.last_note_on,
        next_day=(coming.due_on, coming.label) if coming and coming.due_on else None,
    )


def _sitting(store: Store, row: standing_facts.Heard | None) -> Sitting | None:
    if row is None:
        return None
    basis = store.profile.basis(row.basis)
    return Sitting(
        item_id=row.item_id,
        held_on=row.held_on,
        body=store.profile.body(row.body).label,
        basis=basis.label,
        decides_plan=basis.decides_plan,
    )


def next_steps(stand: Stand, dues: Sequence[Due]) -> list[Next]:
    """List the next steps: what is late or of today, the course, and what comes within days.

    Args:
        stand: Where the client stands.
        dues: What waits in the household, in the order of 期限.
    """
    soon = stand.today + SOON
    his = [due for due in dues if _is_his(due, stand.case)]
    pressing = sorted(his, key=lambda due: due.kind not in PRESSING)
    now = [due for due in pressing if due.kind in PRESSING or _by(due, stand.today)]
    near = [due for due in his if due not in now and _by(due, soon)]
    course = [Next(step=step) for step in course_steps(stand)]
    waiting = [*now, *near]
    if waiting and course[0].step.code == nothing_presses(stand).code:
        course = []
    return [*map(_waits, now), *course, *map(_waits, near)]


def _is_his(due: Due, case: Case | None) -> bool:
    """Whether it waits in the case shown, or in none of its own."""
    return case is None or due.case_id in (None, case.id)


def _by(due: Due, day: date) -> bool:
    return due.due_on is not None and due.due_on <= day


def _waits(due: Due) -> Next:
    day = f"期限は{wareki(due.due_on)}" if due.due_on else "期限は決まっていません"
    late = f"（{due.overdue_days}日過ぎています）" if due.overdue_days else ""
    return Next(
        step=Step(
            code=f"due.{due.kind}",
            words=due.what_to_do,
            because=f"「{due.label}」の{day}{late}。"
            if due.due_on
            else f"「{due.label}」：{day}。",
            acts=(Act.DUE,),
            about=due.record_id,
            is_late=due.overdue_days > 0,
        ),
        due=due,
    )
