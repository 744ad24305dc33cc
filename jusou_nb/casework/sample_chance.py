"""Households that chance makes, as many as are asked for."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from random import Random

from jusou_nb.casework.sample_people import FEMALE, MALE, SURNAMES, WOMEN, Seat, dice, telephone
from jusou_nb.casework.sample_stories import Asked, Finish, Story, Way, house, intake_of, one
from jusou_nb.casework.sample_themes import COMMON
from jusou_nb.forms import Intake
from jusou_nb.profile import Profile

_WAYS = (
    *(Way.ANSWERED,) * 6,
    *(Way.REFERRED,) * 5,
    *(Way.WATCHED,) * 2,
    *(Way.CONFIDENTIAL,) * 4,
    *(Way.PLANNED,) * 4,
)
_ENDINGS = (
    *(Finish.GOES_ON,) * 4,
    *(Finish.CLOSED,) * 4,
    *(Finish.SUSPENDED,) * 2,
    Finish.REOPENED,
    Finish.WITHDRAWN,
)
_ASKED = {
    Way.ANSWERED: (Asked.NOT_ASKED,),
    Way.REFERRED: (Asked.GIVEN, Asked.GIVEN, Asked.NOT_ASKED),
    Way.WATCHED: (Asked.NOT_ASKED, Asked.WAITING, Asked.GIVEN),
    Way.CONFIDENTIAL: (Asked.REFUSED, Asked.REFUSED, Asked.WAITING, Asked.NOT_ASKED),
    Way.PLANNED: (*(Asked.GIVEN,) * 5, Asked.GIVEN_ORALLY, Asked.SCOPE_UNKNOWN),
}
_CHILD, _PUPIL = Seat("子", "", 1, 7), Seat("子", "", 8, 14)
_HOMES: tuple[tuple[str, tuple[Seat, ...]], ...] = (
    ("single", (Seat("本人", "", 28, 64),)),
    ("single", (Seat("本人", "", 65, 92),)),
    ("couple", (Seat("本人", FEMALE, 60, 84), Seat("夫", MALE, 62, 88))),
    ("parent_and_child", (Seat("本人", MALE, 32, 58), Seat("母", FEMALE, 64, 88))),
    ("single_parent", (Seat("本人", FEMALE, 26, 46), _PUPIL, _CHILD)),
    ("couple_and_children", (Seat("本人", FEMALE, 30, 48), Seat("夫", MALE, 31, 52), _PUPIL)),
    ("three_generations", (Seat("本人", FEMALE, 34, 50), Seat("母", FEMALE, 66, 88), _CHILD)),
)
_ROUTES = ("self", "family", "agency", "agency", "outreach", "network")
_INQUIRERS = {"family": "family", "agency": "agency", "network": "welfare_commissioner"}
_EMERGENCIES, _HIDDEN = 0.15, 0.03
_URGENCIES = ("week", "month", "month", "normal")


def by_chance(profile: Profile, seed: int, number: int, days: Sequence[date]) -> Story:
    """Make the household of a number: the same one for the same seed and days."""
    roll = dice(seed, number)
    kind, places = roll.choice(_HOMES)
    theme = replace(roll.choice(COMMON), urgency=roll.choice(_URGENCIES))
    way, day = roll.choice(_WAYS), roll.choice(days)
    asked = roll.choice(_ASKED[way])
    intake = intake_of(profile, theme, way, asked, day)
    told = _told_by(profile, roll, intake)
    by_agency = way is Way.PLANNED and told.route == "agency"
    hides = roll.random() < _HIDDEN
    return Story(
        received_on=day,
        household=house(profile, roll, kind, places, day),
        intake=told,
        theme=theme,
        way=way,
        asked=asked,
        roll=roll,
        ending=roll.choice(_ENDINGS),
        times=roll.choice((1, 1, 2)),
        is_lead=told.route == "outreach",
        requested_by=theme.steps[-1][0] if by_agency else "",
        is_emergency=way is Way.CONFIDENTIAL and roll.random() < _EMERGENCIES,
        hidden=(0,) if hides else (),
        found_out_of_danger=hides,
    )


def _told_by(profile: Profile, roll: Random, intake: Intake) -> Intake:
    """Say by which route it came, at which desk, and who came for the client."""
    route = roll.choice(_ROUTES)
    told = replace(
        intake,
        route=one(profile, "route", route),
        desk_level=one(profile, "desk_level", roll.choice(("first", "first", "second"))),
        inquirer_relation=one(profile, "inquirer", _INQUIRERS.get(route, "client")),
    )
    if route not in _INQUIRERS:
        return told
    surname, name = roll.choice(SURNAMES)[0], roll.choice(WOMEN)[0]
    return replace(told, inquirer_name=f"{surname}　{name}", inquirer_telephone=telephone(roll))
