"""進行管理から会議へ: stuck cases go on the agenda of the next sitting, each with its step."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from jusou_nb.casework.agenda import Placed, agenda_problems, bases_of, put_on_agenda
from jusou_nb.errors import NotAllowed
from jusou_nb.fields import Code
from jusou_nb.forms import AgendaItem, Case, Conference
from jusou_nb.forms.conference import AgendaKind, ConferenceState
from jusou_nb.problems import Override, Problem, Strength, settle
from jusou_nb.rules import long_cases as rules
from jusou_nb.store import Store, queries
from jusou_nb.store.long_cases import running_cases

_ASKED = "進行の確認（{reasons}）。{step}"


@dataclass(frozen=True, kw_only=True)
class Brought:
    """What was put on the next sitting, and what was not, by case and with the reason."""

    sitting: Conference
    placed: tuple[Placed, ...]
    refused: tuple[tuple[int, tuple[Problem, ...]], ...] = ()


def next_sitting(store: Store, on: date) -> Conference | None:
    """Give the next planned sitting that hears single cases, from a day on."""
    for sitting in queries.sittings(store, on, date.max):
        if sitting.state is ConferenceState.PLANNED and bases_of(store, sitting):
            return sitting
    return None


def bring_to_sitting(
    store: Store,
    case_ids: Iterable[int],
    *,
    today: date,
    sitting: Conference | None = None,
    overrides: tuple[Override, ...] = (),
) -> Brought:
    """Put cases on the next sitting as 継続 or 評価, with why and one next step.

    Each stands on the basis that it may: where plans are decided if the consent carries it,
    else on one that needs none. What no rule lets on stays off and is named; the others go.

    Raises:
        NotAllowed: No sitting to come hears cases.
    """
    with store.transaction():
        held = sitting or next_sitting(store, today)
        settle(rules.may_bring(has_sitting=held is not None))
        conference = held or Conference()
        known = {case.case_id: case for case in running_cases(store, today)}
        placed: list[Placed] = []
        refused: list[tuple[int, tuple[Problem, ...]]] = []
        for case_id in case_ids:
            try:
                item = _item(store, known.get(case_id), today)
                placed.append(_place(store, conference, case_id, item, overrides))
            except NotAllowed as fault:
                refused.append((case_id, fault.problems))
    return Brought(sitting=conference, placed=tuple(placed), refused=tuple(refused))


def _item(store: Store, case: rules.LongCase | None, today: date) -> AgendaItem:
    problems = rules.stuck_problems(store.profile, case, today) if case else []
    if not problems:
        return AgendaItem(kind=AgendaKind.CONTINUED, question="経過の確認。")
    reasons = "、".join(rules.labels(store.profile, problems))
    review = problems[0].rule in rules.REVIEWED
    return AgendaItem(
        kind=AgendaKind.REVIEW if review else AgendaKind.CONTINUED,
        question=_ASKED.format(reasons=reasons, step=rules.next_step(problems)),
    )


def _place(
    store: Store,
    sitting: Conference,
    case_id: int,
    item: AgendaItem,
    overrides: tuple[Override, ...],
) -> Placed:
    case = store.load(Case, case_id)
    return put_on_agenda(
        store,
        sitting,
        case,
        replace(item, basis=Code(_basis_for(store, sitting, case))),
        overrides=overrides,
    )


def _basis_for(store: Store, sitting: Conference, case: Case) -> str:
    """Choose the first basis that nothing forbids, else the last, whose refusal is told."""
    bases = bases_of(store, sitting)
    for basis in bases:
        problems = agenda_problems(store, sitting, case, basis.code)
        if not any(p.strength is not Strength.NOTICE for p in problems):
            return basis.code
    return bases[-1].code
