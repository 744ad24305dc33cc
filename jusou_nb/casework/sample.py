"""見本の町: a fictional town of any size, made by the verbs that the office itself uses."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from jusou_nb.casework.sample_april import change_staff, days_for
from jusou_nb.casework.sample_asked import ask_and_tell
from jusou_nb.casework.sample_calendar import TownClock
from jusou_nb.casework.sample_calls import take_calls
from jusou_nb.casework.sample_chance import by_chance
from jusou_nb.casework.sample_closings import report_months
from jusou_nb.casework.sample_community import town_life
from jusou_nb.casework.sample_course import live
from jusou_nb.casework.sample_figures import survey_and_answer
from jusou_nb.casework.sample_fresh import ENOUGH, with_fresh
from jusou_nb.casework.sample_named import NAMED, days_between, named
from jusou_nb.casework.sample_office import advise, hold, watch
from jusou_nb.casework.sample_outreach import reaching_out
from jusou_nb.casework.sample_participation import taking_part
from jusou_nb.casework.sample_place import Place
from jusou_nb.casework.sample_register import keep_register
from jusou_nb.casework.sample_stories import Story
from jusou_nb.casework.sample_waiting import beginnings
from jusou_nb.casework.sample_yearly import represent
from jusou_nb.errors import StoreError
from jusou_nb.forms import Conference, Household
from jusou_nb.store import Store

__all__ = ["NAMED", "Town", "TownClock", "make_town"]


@dataclass(frozen=True, kw_only=True)
class Town:
    """What was made.

    Attributes:
        conference_id: The sitting of the month of ``today``, with items on both bases.
        conference_ids: All sittings, the first month's first.
        household_ids: All households, the named ones first.
        named: The named households' ids by name (see ``NAMED``).
    """

    conference_id: int
    conference_ids: tuple[int, ...]
    household_ids: tuple[int, ...]
    named: Mapping[str, int] = field(default_factory=dict)


def make_town(store: Store, *, households: int, seed: int, today: date) -> Town:
    """Make a fictional town as it stands on a day, in one transaction.

    The same arguments make the same town, down to the time of each change: the store's
    clock is the town's own while it works. The first households are always the named ones.

    Args:
        store: A new store; a town is not mixed with what an office has recorded.
        households: How many.
        seed: Which town.
        today: Up to which day; the record begins some months before its 年度.

    Raises:
        NotFound: The profile has no body that sits on both kinds of bases.
        StoreError: Something is recorded in the store already.
    """
    _refuse_used(store)
    place = Place(store, today)
    office_clock, store.clock = store.clock, place.clock
    try:
        with store.transaction():
            return _play(place, households, seed)
    finally:
        store.clock = office_clock


def _refuse_used(store: Store) -> None:
    if any(store.find(form) for form in (Household, Conference)):
        raise StoreError(
            f"「{store.name}」には既に記録があります。見本の町は新しい業務ファイルに作ってください"
        )


def _play(place: Place, households: int, seed: int) -> Town:
    for sitting in place.sittings:
        place.begin(place.day, hold(place, sitting), order=-1)
    office = (
        watch(place),
        advise(place),
        represent(place),
        report_months(place),
        survey_and_answer(place),
        keep_register(place),
        ask_and_tell(place),
        *town_life(place),
    )
    for course in (change_staff(place), *office, *reaching_out(place), *taking_part(place)):
        place.begin(place.day, course, order=-1)
    stories = _stories(place, households, seed)
    for number, story in enumerate(stories):
        place.begin(place.day, live(place, story), order=number)
    if households >= ENOUGH:
        for course in beginnings(place):
            place.begin(place.day, course, order=households)
    place.run()
    take_calls(place)
    return _made(place, stories)


def _made(place: Place, stories: Sequence[Story]) -> Town:
    sittings = tuple(sitting.conference_id for sitting in place.sittings)
    ids = dict(sorted(place.households.items()))
    return Town(
        conference_id=sittings[-1],
        conference_ids=sittings,
        household_ids=tuple(ids.values()),
        named={story.name: ids[n] for n, story in enumerate(stories) if story.name},
    )


def _stories(place: Place, households: int, seed: int) -> list[Story]:
    last, this = place.sittings[-2:]
    first = named(place.profile, seed, days_between(last.day, this.prepared))[:households]
    days = place.workdays()
    others = range(len(first), households)
    told = [
        by_chance(place.profile, seed, number, days_for(place, number - len(first), days))
        for number in others
    ]
    return [*first, *(with_fresh(place, told) if households >= ENOUGH else told)]
