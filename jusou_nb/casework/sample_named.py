"""The households that every town has: those on which a rule of the trade turns."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from jusou_nb.casework import sample_consenting as consenting
from jusou_nb.casework import sample_unasked as unasked
from jusou_nb.casework.sample_calendar import saturday_before
from jusou_nb.casework.sample_people import dice
from jusou_nb.casework.sample_stories import Days, Story, one
from jusou_nb.profile import Profile
from jusou_nb.workdays import workday

_BEFORE, _AFTER = timedelta(days=24), timedelta(days=4)


def days_between(last_sitting: date, prepared: date) -> Days:
    """Choose the days on which the named households came, so that they are on the sittings.

    ``last_sitting`` is last month's, ``prepared`` the day on which this month's agenda is
    drawn up.
    """
    return Days(
        before_last=workday(last_sitting - _BEFORE),
        since_last=min(workday(last_sitting + _AFTER), prepared),
        saturday=saturday_before(prepared),
    )


_MAKERS: tuple[Callable[[Profile, Random, Days], Story], ...] = (
    consenting.eighty_fifty,
    consenting.young_carer,
    unasked.partner_violence,
    unasked.unknown_man,
    consenting.fifteen,
    unasked.hoarding,
    unasked.saturday,
    consenting.double_care,
)
NAMED = tuple(make.__name__ for make in _MAKERS)
"""The names of the named households, in order."""


def named(profile: Profile, seed: int, days: Days) -> list[Story]:
    """Give the named households in order; a town begins with them."""
    told = []
    for name, make in zip(NAMED, _MAKERS, strict=True):
        story = make(profile, dice(seed, name), days)
        route = story.intake.route or one(profile, "route", "self")
        desk = one(profile, "desk_level", "second")
        intake = replace(story.intake, route=route, desk_level=desk)
        told.append(replace(story, name=name, intake=intake))
    return told
