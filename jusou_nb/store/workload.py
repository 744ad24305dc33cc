"""How much each worker carries: running cases by 段階 and 緊急度, weighed as the profile says."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from jusou_nb.forms.case import CaseStatus
from jusou_nb.problems import Problem
from jusou_nb.profile import Profile
from jusou_nb.rules.long_cases import LongCase, stuck_problems
from jusou_nb.spelling import squeeze
from jusou_nb.store.due import Due, due_items
from jusou_nb.store.long_cases import running_cases

if TYPE_CHECKING:
    from jusou_nb.store.core import Store


@dataclass(kw_only=True)
class Load:
    """What one worker carries; ``worker`` is empty for cases that nobody has.

    Attributes:
        cases: Running cases that are theirs.
        as_deputy: Running cases in which they stand in; these weigh nothing.
        by_status: The cases by 段階.
        by_urgency: The cases by the code of 緊急度 (empty: not judged).
        weight: The sum of the weights of 段階 and 緊急度.
        stuck: How many of the cases are stuck.
    """

    worker: str
    cases: int = 0
    as_deputy: int = 0
    by_status: Counter[CaseStatus] = field(default_factory=Counter)
    by_urgency: Counter[str] = field(default_factory=Counter)
    weight: int = 0
    stuck: int = 0


def weight_of(profile: Profile, case: LongCase) -> int:
    """Weigh a case: its 段階 and its 緊急度 added; what the profile does not weigh is one."""
    status = profile.weights.get("status", {}).get(case.status.value, 1)
    return status + profile.weights.get("urgency", {}).get(case.urgency, 0)


def loads(store: "Store", cases: Iterable[LongCase], today: date) -> list[Load]:
    """Give what each worker carries, the heaviest first; cases that nobody has come last."""
    found: dict[str, Load] = {}
    for case in cases:
        load = found.setdefault(case.worker, Load(worker=case.worker))
        load.cases += 1
        load.by_status[case.status] += 1
        load.by_urgency[case.urgency] += 1
        load.weight += weight_of(store.profile, case)
        load.stuck += bool(stuck_problems(store.profile, case, today))
        if case.deputy:
            found.setdefault(case.deputy, Load(worker=case.deputy)).as_deputy += 1
    return sorted(found.values(), key=lambda load: (not load.worker, -load.weight, load.worker))


@dataclass(frozen=True, kw_only=True)
class FirstLine:
    """A case on the first list of whoever took it over: what presses next, and how much is late.

    Attributes:
        due: What of it waits with the nearest day.
        late: How much of it is past its day.
        problems: Why it is stuck, where it is.
    """

    case: LongCase
    due: Due | None
    late: int
    problems: tuple[Problem, ...]


def first_list(store: "Store", worker: str, today: date) -> list[FirstLine]:
    """Give a worker's running cases, what is most pressing first."""
    name = squeeze(worker)
    waiting: dict[int | None, list[Due]] = {}
    for entry in due_items(store, today):
        waiting.setdefault(entry.case_id, []).append(entry)
    lines = [
        FirstLine(
            case=case,
            due=next(iter(waiting.get(case.case_id, ())), None),
            late=sum(entry.overdue_days > 0 for entry in waiting.get(case.case_id, ())),
            problems=tuple(stuck_problems(store.profile, case, today)),
        )
        for case in running_cases(store, today)
        if squeeze(case.worker) == name
    ]
    return sorted(lines, key=_pressing)


def _pressing(line: FirstLine) -> tuple[date, int]:
    day = line.due.due_on if line.due else None
    return day or date.max, line.case.case_id
