"""Households that have only just come, so that the town is seen in the middle of its work."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from jusou_nb.casework.sample_place import Place
from jusou_nb.casework.sample_stories import SCREENING, Asked, Story, Way, known, one
from jusou_nb.workdays import workday

ENOUGH = 40
"""How many households a town has before some of them are made to have just come."""
_HIDDEN_DAYS = timedelta(days=60)


def with_fresh(place: Place, stories: Sequence[Story]) -> list[Story]:
    """Let the last of the stories begin today, each with something still to be done."""
    makers = (_urgent, _emergency, _suspected, _hidden_now, _hidden_since)
    before, last = stories[: -len(makers)], stories[-len(makers) :]
    return [*before, *(make(place, story) for make, story in zip(makers, last, strict=True))]


def _plain(place: Place, story: Story, way: Way) -> Story:
    """Begin a story today, without anything that chance has given it beside its household."""
    screening = one(place.profile, "screening", SCREENING[way])
    return replace(
        story,
        received_on=place.today,
        way=way,
        asked=Asked.NOT_ASKED,
        is_lead=False,
        requested_by="",
        is_emergency=False,
        hidden=(),
        found_out_of_danger=False,
        intake=replace(story.intake, received_on=place.today, screening=screening),
    )


def _urgent(place: Place, story: Story) -> Story:
    """To be called back today."""
    urgency = one(place.profile, "urgency", "immediate")
    story = _plain(place, story, Way.WATCHED)
    return replace(story, intake=replace(story.intake, urgency=urgency))


def _emergency(place: Place, story: Story) -> Story:
    """Acted upon today, to be looked at again tomorrow."""
    return replace(_plain(place, story, Way.CONFIDENTIAL), is_emergency=True)


def _suspected(place: Place, story: Story) -> Story:
    """Abuse is ticked, and nobody has written down yet what was judged."""
    story, profile = _plain(place, story, Way.CONFIDENTIAL), place.profile
    ticked = (*(story.intake.issues or ()), *(known(profile, "issue", ("elder_abuse",)) or ()))
    return replace(story, intake=replace(story.intake, issues=ticked or None))


def _hidden_now(place: Place, story: Story) -> Story:
    """秘匿 is set, and a second person has not confirmed it."""
    return replace(_plain(place, story, Way.CONFIDENTIAL), hidden=(0,))


def _hidden_since(place: Place, story: Story) -> Story:
    """秘匿 for two months; somebody may ask that it be lifted."""
    day = workday(place.today - _HIDDEN_DAYS)
    story = replace(_plain(place, story, Way.CONFIDENTIAL), hidden=(0,), received_on=day)
    return replace(story, intake=replace(story.intake, received_on=day))
