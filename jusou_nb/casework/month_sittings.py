"""今月の会議: the sittings of a month, and those that the profile's rhythm still asks for."""

from datetime import date

from jusou_nb.casework.agenda import convene
from jusou_nb.dates import month_of, next_month
from jusou_nb.fields import Code
from jusou_nb.forms import Conference
from jusou_nb.forms.conference import ConferenceState
from jusou_nb.profile import Body
from jusou_nb.store import Store
from jusou_nb.workdays import day_by_rule


def sittings_in(store: Store, month: date) -> list[Conference]:
    """Give the sittings of the month of a day, those called off included, by day."""
    first, last = month_of(f"{month:%Y-%m}")
    found = store.find(Conference, order="held_on")
    return [s for s in found if s.held_on is not None and first <= s.held_on <= last]


def propose_sittings(store: Store, month: date, *, today: date) -> list[Conference]:
    """Propose the sittings of a month that are not set yet, each on the day of its rule.

    A body that sits in that month already, or whose day is past, is not proposed: what was
    called off is not set again by itself.
    """
    there = {sitting.body for sitting in sittings_in(store, month) if not sitting.is_ad_hoc}
    made = [_by_rule(body, month) for body in store.profile.bodies if body.code not in there]
    return [sitting for sitting in made if sitting is not None and _is_to_come(sitting, today)]


def _by_rule(body: Body, month: date) -> Conference | None:
    day = day_by_rule(body.rule, month)
    if day is None:
        return None
    return Conference(
        body=Code(body.code),
        held_on=day,
        hours=body.hours or None,
        place=body.place or None,
        state=ConferenceState.PLANNED,
    )


def _is_to_come(sitting: Conference, today: date) -> bool:
    return sitting.held_on is not None and sitting.held_on >= today


def set_sittings(store: Store, month: date, *, today: date) -> list[Conference]:
    """Set every sitting that is proposed for a month; whom each calls is confirmed on its page."""
    with store.transaction():
        return [convene(store, planned) for planned in propose_sittings(store, month, today=today)]


def month_to_prepare(store: Store, today: date) -> date:
    """Give a day of the month to look at first: this one, or the next once this one is behind.

    Behind it is when no sitting of it is to come and none is proposed.
    """
    to_come = [s for s in sittings_in(store, today) if _is_to_come(s, today)]
    if to_come or propose_sittings(store, today, today=today):
        return today
    following = next_month(today)
    has_more = sittings_in(store, following) or propose_sittings(store, following, today=today)
    return following if has_more else today
