"""A household's story before it begins: who lives there, what they come with, how it goes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum, auto
from random import Random
from typing import Any

from jusou_nb.casework.sample_people import (
    SURNAMES,
    Seat,
    address,
    seat,
    telephone,
)
from jusou_nb.casework.sample_themes import Theme
from jusou_nb.fields import Code
from jusou_nb.forms import Household, Intake, Person
from jusou_nb.forms.intake import IntakeVariant
from jusou_nb.profile import Profile


class Way(Enum):
    """Where the screening sends it."""

    ANSWERED = auto()
    REFERRED = auto()
    WATCHED = auto()
    CONFIDENTIAL = auto()
    PLANNED = auto()


class Finish(Enum):
    """How the accompaniment goes on after the first sitting."""

    GOES_ON = auto()
    WITHDRAWN = auto()
    CLOSED = auto()
    SUSPENDED = auto()
    REOPENED = auto()


class Asked(Enum):
    """What came of asking for consent."""

    NOT_ASKED = auto()
    WAITING = auto()
    REFUSED = auto()
    GIVEN = auto()
    GIVEN_ORALLY = auto()
    SCOPE_UNKNOWN = auto()


@dataclass(frozen=True, kw_only=True)
class Story:
    """One household of the town, as the town's maker plays it.

    ``times`` is how often the case comes to a sitting; ``refusing`` is the place of another
    member who has a case of their own and refuses consent. ``is_lead``: it was noticed before
    anybody asked; ``requested_by`` an agency that asked the office in. ``reported`` and
    ``not_reported`` are the 通報・通告 made and judged not needed. ``hidden`` are the places
    of members to be masked, lifted once ``found_out_of_danger``; ``withdrawn_from`` is an
    agency that is not to know any more.
    """

    received_on: date
    household: Household
    intake: Intake
    theme: Theme
    way: Way
    asked: Asked
    roll: Random
    name: str = ""
    ending: Finish = Finish.GOES_ON
    times: int = 1
    refusing: int | None = None
    consent_by: str = "client"
    kept_to: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    ground: str = ""
    is_lead: bool = False
    requested_by: str = ""
    reported: tuple[str, ...] = ()
    not_reported: str = ""
    is_emergency: bool = False
    hidden: tuple[int, ...] = ()
    found_out_of_danger: bool = False
    withdrawn_from: str = ""


@dataclass(frozen=True, kw_only=True)
class Days:
    """When the named households came: before last month's sitting, since, on a Saturday."""

    before_last: date
    since_last: date
    saturday: date


SCREENING = {
    Way.ANSWERED: "information_only",
    Way.REFERRED: "referred",
    Way.WATCHED: "pending",
    Way.CONFIDENTIAL: "no_consent_yet",
    Way.PLANNED: "continuing",
}


def known(profile: Profile, name: str, codes: Sequence[str]) -> tuple[Code, ...] | None:
    """Give those of the codes that a profile's list has; None where it has none of them."""
    listed = profile.codes(name).by_code
    return tuple(Code(code) for code in codes if code in listed) or None


def one(profile: Profile, name: str, code: str) -> Code | None:
    """Give a code where the profile's list has it."""
    found = known(profile, name, (code,))
    return found[0] if found else None


def house(
    profile: Profile,
    roll: Random,
    kind: str,
    places: Sequence[Seat],
    day: date,
    *,
    surname: tuple[str, str] | None = None,
) -> Household:
    """Make a household under one roof and one surname; the first place is the client's."""
    surname, home = surname or roll.choice(SURNAMES), address(roll)
    members: list[Person] = []
    for place in places:
        taken = {member.name or "" for member in members}
        members.append(replace(seat(roll, place, surname, day, taken), address=home))
    members[0] = replace(members[0], telephone=telephone(roll))
    return Household(
        size=len(members),
        household_type=one(profile, "household_type", kind),
        members=tuple(members),
    )


def intake_of(profile: Profile, theme: Theme, way: Way, asked: Asked, received_on: date) -> Intake:
    """Fill an intake with a theme; which variant follows from the consent."""
    with_consent = asked in (Asked.GIVEN, Asked.GIVEN_ORALLY, Asked.SCOPE_UNKNOWN)
    variant = IntakeVariant.WITH_CONSENT if with_consent else IntakeVariant.WITHOUT_CONSENT
    unasked = "refused" if asked is Asked.REFUSED else "not_explained"
    return Intake(
        received_on=received_on,
        variant=variant,
        fields=known(profile, "field", theme.fields),
        topics=known(profile, "topic", theme.topics),
        main_topic=one(profile, "topic", theme.topics[0]),
        issues=known(profile, "issue", theme.issues),
        presenting_problem=theme.problem,
        urgency=one(profile, "urgency", theme.urgency),
        screening=one(profile, "screening", SCREENING[way]),
        no_consent_reason=None
        if with_consent
        else "まだ関係ができておらず、話を切り出せていない。",
        client_awareness=None if with_consent else one(profile, "awareness", unasked),
    )


def story_of(
    profile: Profile,
    roll: Random,
    theme: Theme,
    received_on: date,
    home: tuple[str, Sequence[Seat]],
    *,
    way: Way,
    asked: Asked,
    surname: tuple[str, str] | None = None,
) -> Story:
    """Make a story from a theme, a day and a home."""
    kind, places = home
    return Story(
        received_on=received_on,
        household=house(profile, roll, kind, places, received_on, surname=surname),
        intake=intake_of(profile, theme, way, asked, received_on),
        theme=theme,
        way=way,
        asked=asked,
        roll=roll,
    )


def with_member(story: Story, place: int, **boxes: Any) -> Story:
    """Change boxes of one member of a story's household."""
    members = list(story.household.members)
    members[place] = replace(members[place], **boxes)
    return replace(story, household=replace(story.household, members=tuple(members)))
