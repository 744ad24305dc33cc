"""The days of the sample town: when its office works, when it sits, what its clock says."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta, timezone

from jusou_nb.dates import APRIL, fiscal_year, next_month
from jusou_nb.workdays import SATURDAY, day_by_rule

JST = timezone(timedelta(hours=9))
OPENS = time(8, 30)
PREPARED_DAYS = 7
CALLED_DAYS = 21
CARRIED_OVER_MONTHS = 4
_DAY = timedelta(days=1)


class TownClock:
    """A clock that stands at the opening of a day and gains a second at each look.

    Give it to ``open_store(clock=…)`` for a store all of whose times are the town's own;
    ``make_town`` sets the store's clock to one while it works.
    """

    def __init__(self, today: date) -> None:
        """Start at the opening of a day."""
        self.turn_to(today)

    def turn_to(self, day: date) -> None:
        """Go to the opening hour of a day."""
        self._now = datetime.combine(day, OPENS, JST)

    def __call__(self) -> datetime:
        """The time of the town."""
        self._now += timedelta(seconds=1)
        return self._now


def third_thursday(month: date) -> date:
    """Give the day of the month's sitting, moved off holidays."""
    return day_by_rule("third_thursday", month) or month


def first_day(today: date) -> date:
    """Give the day on which the town's record begins: some months before the 年度."""
    month = date(fiscal_year(today), APRIL, 1)
    for _ in range(CARRIED_OVER_MONTHS):
        month = (month - _DAY).replace(day=1)
    return month


def sitting_days(today: date) -> list[date]:
    """Give the monthly sittings from the town's beginning to the month of today."""
    return [third_thursday(month) for month in _months(first_day(today), today)]


def _months(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first = next_month(first)


def prepared_on(sitting: date, today: date) -> date:
    """Give the day on which a sitting's agenda is drawn up, never later than today."""
    return min(sitting - PREPARED_DAYS * _DAY, today)


def saturday_before(day: date) -> date:
    """Give the last Saturday before a day."""
    return day - ((day.weekday() - SATURDAY - 1) % 7 + 1) * _DAY
