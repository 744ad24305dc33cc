"""会議を動かす: 随時に開く、議題を載せる、案件ごとに呼ぶ、開催・中止を記録する。"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from jusou_nb.casework.agenda import Placed, call_agencies, convene, put_on_agenda, roster
from jusou_nb.checks import empty, require
from jusou_nb.errors import Invalid, NotAllowed
from jusou_nb.fields import Code, Ref
from jusou_nb.forms import AgendaItem, Attendee, Case, Conference
from jusou_nb.forms.conference import ConferenceState
from jusou_nb.problems import Override, Problem, settle
from jusou_nb.rules import attendance
from jusou_nb.rules import conferences as rules
from jusou_nb.store import Store, queries, sittings


@dataclass(frozen=True, kw_only=True)
class Convened:
    """A sitting called together at once, with its items."""

    conference: Conference
    placed: tuple[Placed, ...]


def convene_now(
    store: Store,
    conference: Conference,
    items: Sequence[tuple[Case, AgendaItem]],
    *,
    called: tuple[Ref, ...] | None = None,
    without_consent: str | None = None,
    overrides: tuple[Override, ...] = (),
) -> Convened:
    """随時開催: set the sitting, call its standing members and put the cases on, in one step.

    Args:
        store: The open store.
        conference: Body and day of the sitting.
        items: Each case with its item; the item names the basis.
        called: Whom to call; by default the body's standing members.
        without_consent: The basis on which a case goes whose consent is missing, so that
            the sitting can be held with it; by default that case stops the whole.
        overrides: What the chief lets pass.

    Raises:
        NotAllowed: A rule forbids one of the items; nothing was saved.
        Invalid: Body, day or a basis are missing.
    """
    with store.transaction():
        sitting = convene(store, replace(conference, is_ad_hoc=True))
        sitting = call_agencies(store, sitting, called or roster(store, sitting))
        way = (without_consent, overrides)
        placed = [_place(store, sitting, case, item, way) for case, item in items]
    return Convened(conference=sitting, placed=tuple(placed))


def _place(
    store: Store,
    sitting: Conference,
    case: Case,
    item: AgendaItem,
    way: tuple[str | None, tuple[Override, ...]],
) -> Placed:
    instead, overrides = way
    try:
        return put_on_agenda(store, sitting, case, item, overrides=overrides)
    except NotAllowed as refusal:
        if instead is None or {p.rule for p in refusal.problems} != {"consent.none"}:
            raise
    moved = replace(item, basis=Code(instead))
    placed = put_on_agenda(store, sitting, case, moved, overrides=overrides)
    return replace(placed, remarks=(*placed.remarks, rules.moved(store.profile, item, moved)))


def put_topic_on_agenda(store: Store, conference: Conference, item: AgendaItem) -> AgendaItem:
    """Put a topic on a sitting that belongs to no case: 議題, 研修・勉強会.

    Without a basis it takes the first of the body's bases that hear no single cases.

    Raises:
        Invalid: The topic is not named.
        NotAllowed: The sitting is off, or the basis is one for single cases.
    """
    if not item.topic:
        raise Invalid([empty("topic", "議題・研修の名前")])
    filled = replace(item, basis=item.basis or common_basis(store, conference))
    require(filled)
    with store.transaction():
        settle(rules.may_put_topic(store.profile, conference, filled))
        place = sittings.next_place(store, conference.id or 0)
        return store.save(replace(filled, conference_id=conference.id, place_in_order=place))


def common_basis(store: Store, conference: Conference) -> Code | None:
    """Give the first of a body's bases that hears no single cases; None where it has none."""
    codes = store.profile.body(conference.body or "").bases
    return next((Code(code) for code in codes if store.profile.basis(code).anonymous), None)


def call_problems(store: Store, item: AgendaItem, agencies: tuple[Ref, ...]) -> list[Problem]:
    """Ask whether these agencies may be called to an item; an empty list is yes."""
    sitting = queries.conference(store, item.conference_id or 0)
    matter = queries.matter_of(store, item, sitting)
    return attendance.may_call(matter, sittings.seats(store, sitting, agencies).values())


def members_to_call(store: Store, item: AgendaItem) -> tuple[Ref, ...]:
    """Propose whom to call to an item: all called to the sitting but the case's 除外者."""
    sitting = queries.conference(store, item.conference_id or 0)
    case = store.load(Case, item.case_id or 0)
    excluded = set(case.excluded_agencies or ())
    return tuple(Ref(a) for a in queries.called_to(store, item, sitting) if a not in excluded)


def call_to_item(
    store: Store,
    item: AgendaItem,
    agencies: tuple[Ref, ...],
    *,
    overrides: tuple[Override, ...] = (),
) -> Placed:
    """Call these agencies, and no others, to one item of a sitting.

    Raises:
        NotAllowed: One is a 除外者, or is not on the roster where members are bound by law.
    """
    with store.transaction():
        problems = call_problems(store, item, agencies)
        remarks = settle(problems, overrides)
        fresh = store.load(AgendaItem, item.id or 0)
        saved = store.save(replace(fresh, called=agencies or None))
        store.log_overrides(saved, problems, overrides)
    return Placed(item=saved, remarks=tuple(remarks))


def hold_sitting(
    store: Store, conference: Conference, *, today: date, attendees: tuple[Attendee, ...] = ()
) -> tuple[Conference, list[Problem]]:
    """Record that a sitting was held and who came; give it back with what is to be looked at."""
    with store.transaction():
        fresh = store.load(Conference, conference.id or 0)
        held = replace(
            fresh, state=ConferenceState.HELD, attendees=attendees or conference.attendees
        )
        require(held)
        remarks = settle(rules.may_hold(replace(held, state=fresh.state), today))
        return store.save(held), remarks


def cancel_sitting(store: Store, conference: Conference, *, reason: str) -> Conference:
    """Call a sitting off; its items can go on another one and count nowhere.

    Raises:
        Invalid: No reason.
        NotAllowed: It was held already.
    """
    if not reason.strip():
        raise Invalid([empty("cancelled_because", "中止の理由")])
    with store.transaction():
        fresh = store.load(Conference, conference.id or 0)
        settle(rules.may_cancel(fresh))
        return store.save(replace(fresh, state=ConferenceState.CANCELLED, cancelled_because=reason))
