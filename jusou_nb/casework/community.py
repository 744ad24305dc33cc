"""地域づくり: places, what goes on there, and the support of who does it (no single case)."""

from dataclasses import dataclass
from datetime import date

from jusou_nb.checks import require
from jusou_nb.fields import Ref
from jusou_nb.forms import CommunitySupport, Gathering, Intake, Lead, Place
from jusou_nb.problems import Problem, settle
from jusou_nb.rules import community as rules
from jusou_nb.store import Store


@dataclass(frozen=True, kw_only=True)
class Noted:
    """A record of 地域づくり as kept, and what is to be looked at."""

    record: Place | Gathering | CommunitySupport
    remarks: tuple[Problem, ...] = ()


def keep_place(store: Store, place: Place) -> Noted:
    """Keep a place (拠点・居場所) of the register; one that closed keeps its past.

    Raises:
        Invalid: It has no name.
    """
    require(place)
    remarks = settle(rules.may_keep_place(place))
    return Noted(record=store.save(place), remarks=tuple(remarks))


def hold_gathering(store: Store, gathering: Gathering, *, today: date) -> Noted:
    """Keep one sitting of an activity: who came by age band, who helped, which agencies.

    Raises:
        Invalid: Name or day, or a row's age band or number, are missing.
    """
    require(gathering)
    place = store.load(Place, gathering.place) if gathering.place else None
    remarks = settle(rules.may_keep_gathering(gathering, place, today))
    return Noted(record=store.save(gathering), remarks=tuple(remarks))


def gathering_again(gathering: Gathering, *, on: date) -> Gathering:
    """Give the sheet of an activity's next time: name, place, kind and agencies as they were."""
    return Gathering(
        name=gathering.name,
        held_on=on,
        place=gathering.place,
        kind=gathering.kind,
        agencies=gathering.agencies,
    )


def intake_of_gathering(store: Store, gathering: Gathering, *, on: date) -> Intake:
    """Give the sheet of a consultation that came from an activity: it names the activity."""
    return Intake(
        received_on=on,
        received_by=store.worker_name(),
        from_gathering=Ref(gathering.id) if gathering.id else None,
    )


def lead_of_gathering(gathering: Gathering) -> Lead:
    """Give the sheet of a 気になる世帯 that somebody noticed at an activity."""
    return Lead(noticed_on=gathering.held_on, source=f"地域の活動「{gathering.name}」")


def support_community(store: Store, support: CommunitySupport) -> Noted:
    """Keep a piece of community support (地域支援), counted apart from that of single cases.

    Raises:
        Invalid: The day, or what was done, are missing.
    """
    require(support)
    remarks = settle(rules.may_support(support))
    return Noted(record=store.save(support), remarks=tuple(remarks))
