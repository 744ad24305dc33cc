"""When the office is open: neither weekend nor holiday nor the turn of the year."""

from datetime import date, timedelta

import jpholiday

SATURDAY = 5
_TURN_OF_YEAR = frozenset({(12, 29), (12, 30), (12, 31), (1, 2), (1, 3)})
_DAY = timedelta(days=1)
_WEEK = 7
_WHICH = ("first", "second", "third", "fourth")
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")


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


def day_by_rule(rule: str, month: date) -> date | None:
    """Give the day of a month that a rule names (``third_thursday``, ``last_friday``).

    Where the office is closed on it, the next day on which it is open, never of another month.
    A rule that is empty or says something else gives None.
    """
    which, _, weekday = rule.partition("_")
    if weekday not in _WEEKDAYS or which not in (*_WHICH, "last"):
        return None
    first = month.replace(day=1)
    day = first + ((_WEEKDAYS.index(weekday) - first.weekday()) % _WEEK) * _DAY
    weeks = 4 if which == "last" else _WHICH.index(which)
    day += weeks * _WEEK * _DAY
    if day.month != month.month:
        day -= _WEEK * _DAY
    return _within(workday(day), day)


def _within(moved: date, day: date) -> date:
    """Give the day it was moved to, or the last open one before where that left the month."""
    if moved.month == day.month:
        return moved
    while not is_workday(day):
        day -= _DAY
    return day
