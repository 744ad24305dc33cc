"""参加支援 of the town: hosts that are found and cared for, two people and where they go."""

from dataclasses import dataclass
from datetime import date

from jusou_nb.casework.hosts import contact_host, keep_host
from jusou_nb.casework.matching import propose_host, step_matching
from jusou_nb.casework.participation import draw_menu, suggest_hosts
from jusou_nb.casework.participation_sources import reach_of
from jusou_nb.casework.sample_outreach import others_cases
from jusou_nb.casework.sample_papers import STAFF
from jusou_nb.casework.sample_place import DAY, Course, Place
from jusou_nb.casework.sample_stories import known, one
from jusou_nb.choices import Category
from jusou_nb.errors import NotAllowed
from jusou_nb.fields import Ref
from jusou_nb.forms import Case, Host, HostContact, Matching, MatchStep, ParticipationMenu
from jusou_nb.forms.participation import HostState, MatchStage
from jusou_nb.rules.participation import carried
from jusou_nb.workdays import workday

_BEGUN, _CARE = 20 * DAY, 60 * DAY
_STEPS = ((7, MatchStage.TOUR), (10, MatchStage.TRIAL), (14, MatchStage.JOINED),
          (93, MatchStage.SETTLED_3), (93, MatchStage.SETTLED_6))  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class _Offer:
    """A host of the town, and what it offers."""

    name: str
    kind: str
    run_by: str = ""
    activities: tuple[str, ...] = ()
    days: tuple[str, ...] = ()
    accepts: tuple[str, ...] = ()
    capacity: int = 2
    needs: str = ""


_OFFERS = (
    _Offer(name="架空農園", kind="farm", run_by="社会福祉協議会",
           activities=("farming", "light_work"),
           days=("mon", "thu"), accepts=("quiet", "short_time"), needs="収穫の時期の人手"),
    _Offer(name="例示文庫", kind="npo", activities=("volunteer", "learning"),
           days=("tue", "sat"), accepts=("quiet", "sitting"), capacity=1),
    _Offer(name="見本パン店", kind="company", activities=("work", "light_work"),
           days=("wed", "fri"), accepts=("short_time",), needs="朝の仕込みの手伝い"),
    _Offer(name="模擬寺の庭の会", kind="community", activities=("farming", "salon"),
           days=("sun",), capacity=5),
)  # fmt: skip


def taking_part(place: Place) -> tuple[Course[None], ...]:
    """Give what the town does of 参加支援."""
    late = place.day + 150 * DAY
    return find_hosts(place), take_part(place), try_and_stop(place), take_part(place, begins=late)


def find_hosts(place: Place) -> Course[None]:
    """Find hosts one after the other; all but the last say yes, and are called now and then."""
    for offer in _OFFERS:
        yield workday(place.day + _BEGUN)
        host = keep_host(place.store, _host(place, offer), today=place.day).host
        first = HostContact(contacted_on=place.day, worker=STAFF[1], content="趣旨を説明した。")
        contact_host(place.store, host, first)
        yield workday(place.day + 7 * DAY)
        if offer is not _OFFERS[-1]:
            said = HostContact(contacted_on=place.day, worker=STAFF[1], content="受けるという。",
                               purpose=one(place.profile, "host_contact", "develop"))  # fmt: skip
            kept = contact_host(place.store, host, said, becomes=HostState.READY)
            place.begin(place.day, _care(place, kept.host))


def _host(place: Place, offer: _Offer) -> Host:
    profile = place.profile
    return Host(
        name=offer.name,
        kind=one(profile, "host_kind", offer.kind),
        agency=place.agency(offer.run_by) if offer.run_by else None,
        address="見本市架空町7-7",
        activities=known(profile, "participation_activity", offer.activities),
        days=known(profile, "weekday", offer.days),
        accepts=known(profile, "participation_limit", offer.accepts),
        capacity=offer.capacity,
        conditions="汚れてもよい服",
        own_needs=offer.needs or None,
    )


def _care(place: Place, host: Host) -> Course[None]:
    """Call a host every two months, at least while the town lasts."""
    while True:
        yield workday(place.day + _CARE)
        said = HostContact(
            contacted_on=place.day,
            purpose=one(place.profile, "host_contact", "follow_up"),
            worker=STAFF[1],
            content="困っていることはないという。",
        )
        contact_host(place.store, host, said)


def take_part(place: Place, *, begins: date = date.min) -> Course[None]:
    """Draw a menu for somebody, and go with them from the first visit until they have settled."""
    yield begins
    case = yield from _somebody(place)
    menu = _menu(place, case)
    yield workday(place.day + 7 * DAY)
    matched = yield from _matched(place, case, menu)
    for wait, stage in _STEPS:
        yield workday(place.day + wait * DAY)
        matched = yield from _gone_on(place, matched, stage)


def _gone_on(place: Place, matched: Matching, stage: MatchStage) -> Course[Matching]:
    """Take a step; where the host is full, once it has a place again."""
    while True:
        step = MatchStep(stage=stage, reached_on=place.day, client_voice="また来てもいい。",
                         host_voice="助かっている。")  # fmt: skip
        try:
            return step_matching(place.store, matched, step).matching
        except NotAllowed:
            yield workday(place.day + 7 * DAY)


def try_and_stop(place: Place) -> Course[None]:
    """Try a place that does not suit; it is stopped, and the menu stays open."""
    case = yield from _somebody(place)
    menu = _menu(place, case)
    yield workday(place.day + 14 * DAY)
    matched = yield from _matched(place, case, menu)
    yield workday(place.day + 10 * DAY)
    seen = MatchStep(stage=MatchStage.TOUR, reached_on=place.day, host_voice="静かな方でした。")
    matched = step_matching(place.store, matched, seen).matching
    yield workday(place.day + 3 * DAY)
    step = MatchStep(stage=MatchStage.STOPPED, reached_on=place.day, client_voice="音が気になる。")
    why = one(place.profile, "match_stop", "unsuitable")
    step_matching(place.store, matched, step, stopped_because=why)


def _somebody(place: Place) -> Course[Case]:
    """Wait for a case with a consent for which nobody has drawn a menu yet."""
    while True:
        yield workday(place.day + _BEGUN)
        for case in others_cases(place, agreed=True):
            if not place.store.find(ParticipationMenu, case_id=case.id):
                return case


def _menu(place: Place, case: Case) -> ParticipationMenu:
    profile = place.profile
    wished = ParticipationMenu(
        worker=STAFF[1],
        wish="人の少ないところで、体を動かしたい。",
        activities=known(profile, "participation_activity", ("farming", "light_work")),
        days=known(profile, "weekday", ("mon", "wed")),
        limits=known(profile, "participation_limit", ("quiet", "short_time")),
        menu="月曜の午前に1時間、収穫の手伝いから始める。",
    )
    return draw_menu(place.store, case, wished, today=place.day).menu


def _matched(place: Place, case: Case, menu: ParticipationMenu) -> Course[Matching]:
    """Choose the first host that is suggested, once one is; told is what the consent carries."""
    while not (found := suggest_hosts(place.store, menu)):
        yield workday(place.day + 7 * DAY)
    host = place.store.load(Host, found[0].host_id)
    told = _told(place, case, host, place.day)
    proposal = Matching(
        host=Ref(found[0].host_id),
        chosen_because="、".join(found[0].reasons),
        told_host=told,
        worker=STAFF[1],
    )
    return propose_host(place.store, menu, proposal, today=place.day).matching


def _told(place: Place, case: Case, host: Host, day: date) -> tuple[Category, ...] | None:
    known_there = carried(host, reach_of(place.store, case.client_id, day))
    return (Category.ISSUES,) if Category.ISSUES in known_there else None
