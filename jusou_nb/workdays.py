"""When the office is open: neither weekend nor holiday nor the turn of the year."""

from datetime import date, timedelta

import jpholiday

SATURDAY = 5
_TURN_OF_YEAR = frozenset({(12, 29), (12, 30), (12, 31), (1, 2), (1, 3)})
_DAY = timedelta(days=1)


def is_workday(day: date) -> bool:
    """Whether the office is open on a day."""
    turn_of_year = (day.month, day.day) in _TURN_OF_YEAR
    return day.weekday() < SATURDAY and not turn_of_year and not jpholiday.is_holiday(day)


def workday(day: date) -> date:
    """Give a day if the office is open on it, else the next one on which it is."""
    while not is_workday(day):
        day += _DAY
    return day


def next_workday(day: date) -> date:
    """Give the first day after this one on which the office is open (翌開庁日)."""
    return workday(day + _DAY)
