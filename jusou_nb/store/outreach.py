"""What is counted of アウトリーチ, and who is out on a visit.

SQL, one function each; the docstring is the definition. Days are inclusive on both ends,
struck records (取消) count nowhere.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from jusou_nb.forms import Visit
from jusou_nb.forms.outreach import VisitState
from jusou_nb.rules.visits import minutes_late
from jusou_nb.store.due_sql import codes_of
from jusou_nb.store.yearly import CATALOGUE, count

if TYPE_CHECKING:
    from jusou_nb.store.core import Store


def _days(first: date, last: date) -> dict[str, str]:
    return {"first": first.isoformat(), "last": last.isoformat()}


def outreach_persons(store: "Store", first: date, last: date) -> int:
    """Count 対象実人数 (人), as the year's indicator of this name defines it."""
    return count(store, CATALOGUE["outreach_persons"], first, last)


def persons_met(store: "Store", first: date, last: date) -> int:
    """Count 本人と会えた数 (人), as the year's indicator of this name defines it."""
    return count(store, CATALOGUE["persons_met"], first, last)


def persons_linked(store: "Store", first: date, last: date) -> int:
    """Count つながった数 (人), as the year's indicator of this name defines it."""
    return count(store, CATALOGUE["persons_linked"], first, last)


@dataclass(frozen=True, kw_only=True)
class RoundCount:
    """巡回・出張相談 of a time: 回, 分, 人, 人, and leads found (件)."""

    rounds: int
    minutes: int
    spoken_to: int
    consulted: int
    leads: int


def rounds(store: "Store", first: date, last: date) -> RoundCount:
    """Count 巡回・出張相談.

    Counts: rounds (回), their minutes, the people spoken to and those who consulted (延べ,
    人), and the 気になる世帯 noticed on them (件). Date: 実施日. Source: ``rounds``,
    ``leads.round_id``.
    """
    sql = (
        "SELECT count(*), coalesce(sum(minutes), 0), coalesce(sum(spoken_to), 0),"
        " coalesce(sum(consulted), 0), coalesce(sum((SELECT count(*) FROM leads AS l"
        "  WHERE l.round_id = r.id AND l.struck_at IS NULL)), 0)"
        " FROM rounds AS r WHERE r.struck_at IS NULL AND r.held_on BETWEEN :first AND :last"
    )
    found = store.db.execute(sql, _days(first, last)).fetchone()
    names = ("rounds", "minutes", "spoken_to", "consulted", "leads")
    return RoundCount(**dict(zip(names, found, strict=True)))


@dataclass(frozen=True, kw_only=True)
class LateVisit:
    """Somebody who should be back: the visit, and by how many minutes."""

    visit: Visit
    minutes: int

    @property
    def has_left(self) -> bool:
        """Whether the leaving was recorded; else it is to be asked whether they went at all."""
        return self.visit.state is VisitState.OUT


def late_visits(store: "Store", now: datetime) -> list[LateVisit]:
    """List the visits that are not back by the profile's minutes, the latest first.

    A visit that was planned, whose hour of return has passed and whose leaving nobody
    recorded is among them: whoever forgot to press the button is out all the same.
    """
    allowed = store.profile.thresholds["visit_late_minutes"]
    moment = now.replace(tzinfo=None)
    since = (moment - timedelta(minutes=allowed)).isoformat()
    over = codes_of((VisitState.BACK, VisitState.CALLED_OFF))
    sql = (
        "SELECT id FROM visits WHERE struck_at IS NULL AND back_by <= ?"
        f" AND coalesce(state, '') NOT IN {over} ORDER BY back_by, id"
    )
    found = [store.load(Visit, row[0]) for row in store.db.execute(sql, [since])]
    return [LateVisit(visit=visit, minutes=minutes_late(visit, moment)) for visit in found]
