"""アウトリーチ of the town: rounds, a man nobody can name, and one who is linked in the end."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from jusou_nb.casework.outreach import begin_outreach, end_outreach, record_try
from jusou_nb.casework.sample_named import NAMED
from jusou_nb.casework.sample_papers import STAFF
from jusou_nb.casework.sample_place import DAY, Course, Place
from jusou_nb.casework.sample_stories import one
from jusou_nb.casework.schemes import check_scheme
from jusou_nb.casework.visits import call_off, come_back, hold_round, leave, plan_visit
from jusou_nb.choices import Category
from jusou_nb.forms import Case, Lead, Outreach, OutreachTry, Round, SchemeCheck, Visit
from jusou_nb.forms.outreach import OutreachEnd, RelationStage, TryKind
from jusou_nb.forms.scheme_check import SchemeResult
from jusou_nb.store import queries
from jusou_nb.workdays import workday

_BEGUN, _MONTH, _WEEK = 25 * DAY, 30 * DAY, 7 * DAY
_TEN, _HOUR = time(10), timedelta(hours=1)


def _at(day: date) -> datetime:
    return datetime.combine(day, _TEN)


def others_cases(place: Place, *, agreed: bool) -> Iterator[Case]:
    """Find the running cases of households that chance made, with a consent or without."""
    named = {place.households[n] for n in range(len(NAMED)) if n in place.households}
    for case in place.store.find(Case):
        if case.status is None or not case.status.is_open or case.household_id in named:
            continue
        household = queries.household_of(place.store, case.client_id or 0)
        said = queries.consents_of(place.store, household)[case.client_id or 0]
        masked = any(member.is_masked or member.is_opponent for member in household.members)
        if bool(said and said[-1].agencies) is agreed and not masked:
            yield case


def reaching_out(place: Place) -> tuple[Course[None], ...]:
    """Give what the town does of アウトリーチ."""
    return go_round(place), reach_out(place)


def go_round(place: Place) -> Course[None]:
    """Go round each month; on the first round somebody is noticed, and is reached out to."""
    yield workday(place.day + _BEGUN)
    seen = Lead(seen="夕方になると、駅の階段に座っている。荷物が多い。")
    _, (lead,), _ = hold_round(place.store, _round(place, spoken_to=14, consulted=3), leads=(seen,))
    place.begin(place.day, _man_at_the_station(place, lead))
    while True:
        yield workday(place.day + _MONTH)
        hold_round(place.store, _round(place, spoken_to=10, consulted=2))


def _round(place: Place, *, spoken_to: int, consulted: int) -> Round:
    return Round(
        held_on=place.day,
        venue="架空駅の南口",
        hours="16:00〜18:00",
        workers=f"{STAFF[0]}、{STAFF[1]}",
        agency=place.agency("アウトリーチ事業者"),
        spoken_to=spoken_to,
        consulted=consulted,
        noticed="雨の日は、地下の通路に移っている。",
    )


def _man_at_the_station(place: Place, lead: Lead) -> Course[None]:
    """Begin with a man without a name: a letter, nobody, then he looks up. It goes on."""
    store = place.store
    sheet = Outreach(
        known_as="氏名不明（駅の階段の男性）",
        worker=STAFF[0],
        contractor=place.agency("アウトリーチ事業者"),
        two_needed=True,
        visit_caution="夜は酔っていることがある",
    )
    begun = begin_outreach(store, sheet, lead=lead, today=place.day).outreach
    yield workday(place.day + _WEEK)
    letter = OutreachTry(tried_at=_at(place.day), kind=TryKind.LETTER, workers=STAFF[0],
                         content="名刺と温かい飲み物の引換券を置いた。")  # fmt: skip
    record_try(store, begun, letter, today=place.day)
    for kind, content in (
        (TryKind.NOBODY, "姿がなかった。"),
        (TryKind.MET, "目を合わせて、会釈をした。"),
        (TryKind.MET, "荷物の話をした。足が痛いという。"),
    ):
        yield workday(place.day + 2 * _WEEK)
        _visit(place, begun, OutreachTry(kind=kind, content=content))


def _visit(place: Place, outreach: Outreach, attempt: OutreachTry) -> None:
    """Plan a visit of two, go, and come back with what was seen."""
    planned = Visit(
        planned_at=_at(place.day),
        back_by=_at(place.day) + _HOUR,
        worker=STAFF[0],
        companion=STAFF[1],
    )
    visit = plan_visit(place.store, planned, outreach=outreach).visit
    left = leave(place.store, visit, at=_at(place.day)).visit
    come_back(place.store, left, at=_at(place.day) + _HOUR, attempt=attempt)


def reach_out(place: Place) -> Course[None]:
    """Reach out to a client who wants no help, until they are linked and it holds."""
    while (case := next(others_cases(place, agreed=False), None)) is None:
        yield place.day + _WEEK
    store, profile = place.store, place.profile
    check_scheme(store, case, _not_reached(place))
    sheet = Outreach(
        found_through=one(profile, "finding_route", "conference"),
        worker=STAFF[0],
        contact_caution="電話は午前だけ。留守番電話に用件を残さない",
        visit_caution="玄関の段差。弟は同席させない",
    )
    begun = begin_outreach(store, sheet, case=case, today=place.day).outreach
    for kind in (TryKind.ABSENCE_NOTE, TryKind.FAMILY_ONLY, TryKind.MET):
        yield workday(place.day + _WEEK)
        _visit(place, begun, OutreachTry(kind=kind, content="30分ほど。", category=Category.ISSUES))
    yield workday(place.day + _WEEK)
    planned = Visit(planned_at=_at(place.day), back_by=_at(place.day) + _HOUR, worker=STAFF[0])
    call_off(store, plan_visit(store, planned, outreach=begun).visit, because="本人の体調")
    yield from _linked(place, begun)


def _not_reached(place: Place) -> SchemeCheck:
    return SchemeCheck(
        checked_on=place.day,
        scheme="自立相談支援の窓口",
        result=SchemeResult.REFUSED,
        reason="窓口には行かないという。",
    )


def _linked(place: Place, outreach: Outreach) -> Course[None]:
    """Go along to a place where the person stays, look again, and end."""
    store = place.store
    yield workday(place.day + _WEEK)
    along = OutreachTry(
        tried_at=_at(place.day),
        kind=TryKind.ACCOMPANIED,
        workers=STAFF[0],
        stage=RelationStage.LINKED,
        linked_to=place.agency("社会福祉協議会"),
        content="サロンにいっしょに行った。",
    )
    record_try(store, outreach, along, today=place.day)
    yield workday(place.day + _MONTH)
    call = OutreachTry(tried_at=_at(place.day), kind=TryKind.TELEPHONE, workers=STAFF[0],
                       content="毎週通っているという。")  # fmt: skip
    moved = record_try(store, outreach, call, today=place.day).outreach
    end_outreach(store, moved, OutreachEnd.LINKED_STABLE, on=place.day)
