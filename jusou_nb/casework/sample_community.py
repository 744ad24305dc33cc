"""The town's 地域づくり, what it lacks, its trainings and signs, through the verbs."""

from datetime import timedelta

from jusou_nb.casework.agenda import call_agencies, convene
from jusou_nb.casework.community import hold_gathering, keep_place, support_community
from jusou_nb.casework.gaps import gap_proposals, put_forward_gap, raise_gap, settle_gap
from jusou_nb.casework.sample_expenses import seek_advice, shelter
from jusou_nb.casework.sample_papers import STAFF
from jusou_nb.casework.sample_place import Course, Place
from jusou_nb.casework.training import (
    answer_sign,
    keep_training,
    lead_of_sign,
    receive_sign,
    watch_sign,
)
from jusou_nb.fields import Code, Ref
from jusou_nb.forms import (
    CommunitySupport,
    Conference,
    Gathering,
    ResourceGap,
    SignSheet,
    Training,
    TrainingAttendance,
    Turnout,
)
from jusou_nb.forms import Place as Spot
from jusou_nb.forms.community import GapState, GatheringKind
from jusou_nb.forms.training import SignAnswer, TrainingKind
from jusou_nb.rules.gaps import represents
from jusou_nb.workdays import workday

_MONTH, _SOON = timedelta(days=30), timedelta(days=3)
_WEEKS = timedelta(days=14)


def town_life(place: Place) -> tuple[Course[None], ...]:
    """Give the courses of the town beside its households."""
    return _meet(place), _list_gaps(place), _learn(place), shelter(place), seek_advice(place)


def _meet(place: Place) -> Course[None]:
    """Open a place, and hold its activity once a month; help another body now and then."""
    yield workday(place.day + _WEEKS)
    store, council = place.store, place.agency("社会福祉協議会")
    spot = Spot(
        name="架空町みんなの家", run_by=council, open_to="どなたでも",
        open_when="火・金 10時〜15時", opened_on=place.day, kinds=(Code("all"),),
    )  # fmt: skip
    home = Ref(keep_place(store, spot).record.id or 0)
    month = 0
    while True:
        yield workday(place.day + _MONTH)
        month += 1
        kind = list(GatheringKind)[month % len(GatheringKind)]
        came = (("under_20", 4 + month % 3), ("40s", 2), ("over_70", 9 + month % 4))
        turnouts = tuple(Turnout(band=Code(band), count=count) for band, count in came)
        held = Gathering(
            name="架空町の昼ごはん会", held_on=place.day, place=home, kind=kind, helpers=3,
            agencies=(council, place.agency("地域包括支援センター")), turnouts=turnouts,
        )  # fmt: skip
        hold_gathering(store, held, today=place.day)
        helped = CommunitySupport(
            supported_on=place.day, kind=Code("run"), agency=council, place=home, worker=STAFF[0]
        )
        support_community(store, helped)


def _representatives(place: Place) -> Conference | None:
    """Call the 代表者会議, where the town has one, some weeks ahead."""
    for body in place.profile.bodies:
        if represents(place.profile, body):
            day = workday(place.today + 2 * _MONTH)
            planned = Conference(body=Code(body.code), held_on=day, place=body.place or None)
            convened = convene(place.store, planned)
            called = tuple(place.agency(member.agency) for member in body.members)
            return call_agencies(place.store, convened, tuple(dict.fromkeys(called)))
    return None


def _list_gaps(place: Place) -> Course[None]:
    """Word what each sitting found missing, put some forward, and settle the first."""
    raised: list[ResourceGap] = []
    for sitting in place.sittings:
        yield max(place.day, workday(sitting.day + _SOON))
        raised += [raise_gap(place.store, gap).gap for gap in gap_proposals(place.store)]
        if sitting is place.sittings[-2]:
            _put_forward(place, raised)


def _put_forward(place: Place, raised: list[ResourceGap]) -> None:
    for gap in raised[:1]:
        became = "社会福祉協議会が、週1回の夕方の居場所を始めた。"
        settle_gap(place.store, gap, GapState.FILLED, on=place.day, became=became)
    sitting = _representatives(place)
    for gap in raised[1:4] if sitting else ():
        put_forward_gap(place.store, gap, on=place.day, conference=sitting)


def _learn(place: Place) -> Course[None]:
    """Train the windows, and hear from them afterwards: one is watched, one is known already."""
    yield workday(max(place.day + _WEEKS, place.today - 4 * _MONTH))
    store, window = place.store, place.agency("水道課")
    came = (TrainingAttendance(agency=window, count=4),)
    training = Training(
        name="窓口で気づくための研修", kind=TrainingKind.MEETING, held_on=place.day,
        for_whom="税・国保・水道の窓口の職員", attendances=came,
    )  # fmt: skip
    keep_training(store, training)
    yield workday(place.day + _WEEKS)
    seen = (
        "三か月、水の使用がほとんどない家がある。",
        "料金の相談で、何度も同じ話をされる人がいる。",
    )
    signs = [
        receive_sign(
            store, SignSheet(sent_on=place.day, sent_by=window, noticed=text), on=place.day
        ).record
        for text in seen
    ]
    yield workday(place.day + _SOON)
    for sign, answer in zip(signs, (SignAnswer.WATCHING, SignAnswer.NO_NEED), strict=True):
        kept = store.load(SignSheet, sign.id or 0)
        if answer is SignAnswer.WATCHING:
            watch_sign(store, kept, lead_of_sign(store, kept))
        answer_sign(store, kept, answer, on=place.day)
