"""The town while it is made: its days, its sittings, its agencies, and whose turn it is."""

import heapq
from collections.abc import Generator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, TypeVar

from jusou_nb.casework.sample_calendar import (
    TownClock,
    first_day,
    prepared_on,
    sitting_days,
)
from jusou_nb.errors import NotFound
from jusou_nb.fields import Ref
from jusou_nb.profile import Body, Profile
from jusou_nb.spelling import squeeze
from jusou_nb.store import Store
from jusou_nb.workdays import is_workday, workday

T = TypeVar("T")
Course = Generator[date, None, T]
NEVER = date.max
DAY = timedelta(days=1)
PLACES = 12
"""How many items one sitting can take; the others wait for the next."""


@dataclass
class Sitting:
    """A sitting of the town: its day, when its agenda is drawn up, and the places left."""

    day: date
    prepared: date
    conference_id: int = 0
    places: int = PLACES


class Place:
    """The town under way: courses are resumed in the order of their days."""

    def __init__(self, store: Store, today: date) -> None:
        """Begin on the first day of the town's record."""
        self.store, self.today = store, today
        self.profile = store.profile
        self.body, self.plan_basis, self.confidential = _body(store.profile)
        self.day = first_day(today)
        self.clock = TownClock(self.day)
        self.sittings = [Sitting(day, prepared_on(day, today)) for day in sitting_days(today)]
        self._agencies = store.lexicon().spellings["agencies"]
        self._diary: list[tuple[date, int, int, Generator[date, None, Any]]] = []
        self._begun = self._order = 0
        self.households: dict[int, int] = {}

    def workdays(self) -> list[date]:
        """Give the days on which the office was open, up to today."""
        span = (self.today - first_day(self.today)).days + 1
        days = (first_day(self.today) + timedelta(days=n) for n in range(span))
        return [day for day in days if is_workday(day)] or [self.today]

    def begin(
        self, day: date, course: Generator[date, None, Any], order: int | None = None
    ) -> None:
        """Enter a course in the diary; of one day, the lower order goes first."""
        self._begun += 1
        self._enter(day, self._order if order is None else order, self._begun, course)

    def _enter(
        self, day: date, order: int, number: int, course: Generator[date, None, Any]
    ) -> None:
        if day <= self.today:
            heapq.heappush(self._diary, (max(day, self.day), order, number, course))

    def run(self) -> None:
        """Play every course up to today."""
        while self._diary:
            day, order, number, course = heapq.heappop(self._diary)
            if day > self.day:
                self.clock.turn_to(day)
            self.day, self._order = day, order
            self._enter(next(course, NEVER), order, number, course)

    def agency(self, name: str) -> Ref:
        """Find an agency by name; in a town without it, one that is there."""
        found = self._agencies.get(squeeze(name)) or min(self._agencies.values())
        return Ref(found)

    def settle(self, household_id: int) -> None:
        """Note which household the course under way has entered in the record."""
        self.households[self._order] = household_id

    def next_sitting(self) -> Sitting | None:
        """Give the next sitting whose agenda is open and has a place left."""
        return next((s for s in self.sittings if s.prepared >= self.day and s.places), None)

    def soon(self, days: int) -> date:
        """Give a working day some days on, but none after the next agenda is drawn up."""
        day = workday(self.day + timedelta(days=days))
        sitting = self.next_sitting()
        return min(day, sitting.prepared) if sitting else day


def _body(profile: Profile) -> tuple[Body, str, str]:
    """Find the body that sits on both kinds of bases, and these two."""
    for body in profile.bodies:
        bases = [profile.basis(code) for code in body.bases]
        plan = next((b.code for b in bases if b.requires_consent and b.decides_plan), None)
        open_ = next((b.code for b in bases if not b.requires_consent and not b.anonymous), None)
        if plan and open_:
            return body, plan, open_
    raise NotFound(
        "見本の町を作れません。プロファイルに、同意の要る会議と要らない会議の両方を扱う会議体を加えてください"
    )
