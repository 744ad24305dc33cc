"""An age as a paper prints it: on a day, as it was stated, or as the decade only."""

from datetime import date

from jusou_nb.dates import age_on
from jusou_nb.fields import StatedAge
from jusou_nb.forms import Person

UNKNOWN = "不明"
_CHILD, _OLD = 10, 90
_STATED = {
    "exact": "{}歳（聞き取り）",
    "about": "{}歳くらい",
    "decade": "{}代",
    "unknown": UNKNOWN,
}


def age_text(person: Person, day: date) -> str:
    """Write the age on a day, or as it was stated; nothing where neither is known.

    On a day that is not fixed yet (``date.max``) nobody has an age.
    """
    if person.birth is not None:
        if day == date.max:
            return ""
        years = age_on(person.birth, day)
        return f"{years}歳" if years is not None else f"{day.year - person.birth.year}歳くらい"
    stated = person.stated_age
    return _STATED[stated.manner].format(stated.years) if stated else ""


def age_band(person: Person, day: date) -> str:
    """Write the decade only: 10歳未満, 40代, 90代以上."""
    years = _years(person, day)
    if years is None:
        return UNKNOWN if person.stated_age else ""
    if years < _CHILD:
        return "10歳未満"
    return "90代以上" if years >= _OLD else f"{years // 10 * 10}代"


def _years(person: Person, day: date) -> int | None:
    if person.birth is not None:
        if day == date.max:
            return None
        known = age_on(person.birth, day)
        return known if known is not None else day.year - person.birth.year
    stated: StatedAge | None = person.stated_age
    return stated.years if stated else None
