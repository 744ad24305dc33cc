"""The town's 月次締め: the last months before today, each closed early in the next."""

from datetime import date, timedelta

from jusou_nb.casework.closings import close_month, closing_problems
from jusou_nb.casework.sample_place import DAY, Course, Place
from jusou_nb.problems import Override, Strength
from jusou_nb.workdays import workday

_MONTHS = 2
_REMARKS = "学校からの相談が少ない。来月、学校をまわる。"
_EARLY = timedelta(days=2)


def report_months(place: Place) -> Course[None]:
    """Close the last months that are over; what is entered later becomes their 訂正."""
    firsts = [date(place.today.year, place.today.month, 1)]
    while len(firsts) < _MONTHS:
        before = firsts[-1] - DAY
        firsts.append(date(before.year, before.month, 1))
    for first in reversed(firsts):
        day = workday(first + _EARLY)
        if not place.day <= day <= place.today:
            continue
        yield day
        month = f"{first - DAY:%Y-%m}"
        close_month(
            place.store, month, today=place.day, remarks=_REMARKS, overrides=_allowed(place, month)
        )


def _allowed(place: Place, month: str) -> tuple[Override, ...]:
    asked = closing_problems(place.store, month, today=place.day)
    return tuple(
        Override(rule=p.rule, reason="段階の日を確かめている", allowed_by="例示　課長")
        for p in asked
        if p.strength is Strength.CHIEF
    )
