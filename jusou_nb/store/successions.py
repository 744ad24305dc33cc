"""What names a worker: cases, outreach, visits planned, menus, matchings, 定期連絡.

Only work that goes on: what is done keeps the name of whoever did it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jusou_nb.fields import Form
from jusou_nb.forms import Case, Ending, Matching, Outreach, ParticipationMenu, Succession, Visit
from jusou_nb.forms.case import CaseStatus
from jusou_nb.forms.outreach import VisitState
from jusou_nb.forms.participation import MatchStage
from jusou_nb.spelling import squeeze

if TYPE_CHECKING:
    from datetime import date

    from jusou_nb.store.core import Store

_RUNNING_CASE = (
    "SELECT 1 FROM cases AS c WHERE c.id = t.case_id AND c.struck_at IS NULL"
    f" AND c.status <> '{CaseStatus.CLOSED.value}'"
)


@dataclass(frozen=True)
class _Named:
    """A form whose boxes name workers, and when that still counts; the table is ``t``."""

    form: type[Form]
    boxes: tuple[str, ...]
    goes_on: str
    case_id: str = "t.case_id"


_NAMED = (
    _Named(Case, ("coordinator", "deputy"), f"t.status <> '{CaseStatus.CLOSED.value}'", "t.id"),
    _Named(Outreach, ("worker",), "t.ended_on IS NULL"),
    _Named(Visit, ("worker", "companion"), f"t.state = '{VisitState.PLANNED.value}'"),
    _Named(ParticipationMenu, ("worker",), "t.ended_on IS NULL"),
    _Named(Matching, ("worker",), f"coalesce(t.stage, '') <> '{MatchStage.STOPPED.value}'"),
    _Named(
        Ending,
        ("check_in_by",),
        f"t.check_in_finished_on IS NULL AND t.reopened_on IS NULL AND EXISTS ({_RUNNING_CASE})",
    ),
)
SEATS = {named.form: named.boxes for named in _NAMED}
"""The boxes that name workers, by form: who has it first, who stands in second."""


@dataclass(frozen=True, kw_only=True)
class Work:
    """A box that names a worker: of which record, and of which case (None: of none)."""

    form: type[Form]
    record_id: int
    box: str
    worker: str
    number: str
    case_id: int | None


def works_of(store: "Store", worker: str) -> list[Work]:
    """Give all running work that names a worker, however the name is spaced; cases first."""
    name = squeeze(worker)
    return [work for work in _works(store) if squeeze(work.worker) == name] if name else []


def workers(store: "Store") -> list[str]:
    """Name those who have running work, in the order in which their names first stand."""
    return list(dict.fromkeys(work.worker for work in _works(store)))


def _works(store: "Store") -> Iterable[Work]:
    for named in _NAMED:
        for box in named.boxes:
            sql = (
                f"SELECT t.id, t.{box}, {named.case_id}, coalesce(i.number, '') FROM"
                f" {named.form.table} AS t LEFT JOIN cases AS k ON k.id = {named.case_id}"
                " LEFT JOIN intakes AS i ON i.id = k.intake_id"
                f" WHERE t.struck_at IS NULL AND {named.goes_on}"
                f" AND coalesce(t.{box}, '') <> '' ORDER BY t.id"
            )
            for record_id, worker, case_id, number in store.db.execute(sql):
                said = number or (f"ケース{case_id}" if case_id else f"{record_id}番")
                yield Work(
                    form=named.form,
                    record_id=record_id,
                    box=box,
                    worker=worker,
                    number=said,
                    case_id=case_id,
                )


class Successors:
    """Who follows whom at the desk: for what is waiting of a sheet that opened no case."""

    def __init__(self, store: "Store") -> None:
        """Read the successions that stand."""
        self._of: dict[str, list[Succession]] = {}
        for row in store.find(Succession, order="handed_on"):
            self._of.setdefault(squeeze(row.leaving or ""), []).append(row)

    def now(self, worker: str, since: "date | None") -> str:
        """Give who has it now, of what a worker received on a day."""
        seen: set[int | None] = set()
        while True:
            later = [
                row
                for row in self._of.get(squeeze(worker), [])
                if row.id not in seen and (since is None or (row.handed_on or since) >= since)
            ]
            if not later:
                return worker
            seen.add(later[0].id)
            worker, since = later[0].taking or worker, later[0].handed_on
