"""不足資源・地域課題: from a sitting's item to the 代表者会議, and what became of it."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from jusou_nb.casework.sittings import put_topic_on_agenda
from jusou_nb.checks import require
from jusou_nb.fields import Ref
from jusou_nb.forms import AgendaItem, Conference, ResourceGap
from jusou_nb.forms.community import GapState
from jusou_nb.forms.conference import ConferenceState
from jusou_nb.problems import Problem, settle
from jusou_nb.rules import gaps as rules
from jusou_nb.store import Store, community, people, queries, sittings

TOPIC = "不足資源・地域課題"
"""The topic under which gaps stand on the agenda of a 代表者会議."""


@dataclass(frozen=True, kw_only=True)
class Raised:
    """A gap as kept, and what is to be looked at."""

    gap: ResourceGap
    remarks: tuple[Problem, ...] = ()


def gap_proposals(store: Store) -> list[ResourceGap]:
    """Propose a gap for each 不足する社会資源 that a sitting noted and nobody has taken up.

    They are not saved: a worker first words them so that nobody is recognised.
    """
    return [
        ResourceGap(
            agenda_item_id=missing.item_id,
            raised_on=missing.held_on,
            what=missing.text,
            state=GapState.OPEN,
        )
        for missing in community.missing_resources(store)
    ]


def raise_gap(store: Store, gap: ResourceGap) -> Raised:
    """Keep what the town lacks. A name of the household it came from is pointed out.

    Raises:
        Invalid: The day, what is missing, or its state, are empty.
    """
    gap = replace(gap, state=gap.state or GapState.OPEN)
    require(gap)
    with store.transaction():
        remarks = settle(rules.may_raise(gap, people.names_in_case(store, _case_of(store, gap))))
        return Raised(gap=store.save(gap), remarks=tuple(remarks))


def keep_gap(store: Store, gap: ResourceGap, *, on: date) -> Raised:
    """Keep the sheet of a gap as it now stands, through the step that its 状況 names.

    Raises:
        Invalid: The day or what is missing are empty.
        NotAllowed: See :func:`put_forward_gap` and :func:`settle_gap`.
    """
    before = store.load(ResourceGap, gap.id).state if gap.id else None
    if gap.state in (None, GapState.OPEN, before):
        return raise_gap(store, gap)
    with store.transaction():
        raised = raise_gap(store, replace(gap, state=before or GapState.OPEN))
        if gap.state is GapState.PUT_FORWARD:
            put = put_forward_gap(store, raised.gap, on=on)
            return replace(put, remarks=(*raised.remarks, *put.remarks))
        ended = settle_gap(
            store,
            raised.gap,
            gap.state or GapState.OPEN,
            on=gap.settled_on or on,
            became=gap.became or "",
            filled_by=gap.filled_by,
        )
        return replace(raised, gap=ended)


def _case_of(store: Store, gap: ResourceGap) -> int | None:
    if gap.agenda_item_id is None:
        return None
    return store.load(AgendaItem, gap.agenda_item_id).case_id


def next_representatives(store: Store, on: date) -> Conference | None:
    """Find the next 代表者会議 that is planned from a day on."""
    bodies = {b.code for b in store.profile.bodies if rules.represents(store.profile, b)}
    found = [s for s in queries.sittings(store, on, date.max) if s.body in bodies]
    return next((s for s in found if s.state is ConferenceState.PLANNED), None)


def put_forward_gap(
    store: Store, gap: ResourceGap, *, on: date, conference: Conference | None = None
) -> Raised:
    """Put a gap forward to the next 代表者会議 from a day on (or to ``conference``).

    The topic stands on its agenda once, however many gaps there are; the list is printed
    with its papers. Without a day of its own the answer is due after the profile's days.

    Raises:
        NotAllowed: No such sitting is planned, it hears single cases, or the gap is settled.
    """
    sitting = conference or next_representatives(store, on)
    with store.transaction():
        fresh = store.load(ResourceGap, gap.id or 0)
        remarks = settle(rules.may_put_forward(store.profile, fresh, sitting))
        sitting = sitting or Conference()
        _put_topic(store, sitting)
        wait = timedelta(days=store.profile.thresholds["gap_answer_days"])
        put = replace(
            fresh,
            put_forward_id=sitting.id,
            state=GapState.PUT_FORWARD,
            answer_due=fresh.answer_due or (sitting.held_on or on) + wait,
        )
        return Raised(gap=store.save(put), remarks=tuple(remarks))


def _put_topic(store: Store, sitting: Conference) -> None:
    topics = [item.topic for item in sittings.topics_of(store, sitting.id or 0)]
    if TOPIC not in topics:
        put_topic_on_agenda(store, sitting, AgendaItem(topic=TOPIC))


def settle_gap(
    store: Store,
    gap: ResourceGap,
    state: GapState,
    *,
    on: date,
    became: str = "",
    filled_by: Ref | None = None,
) -> ResourceGap:
    """Keep what became of a gap: found (by a host or otherwise), or given up with a reason.

    Raises:
        NotAllowed: It is settled already, or neither a host nor a word is given.
    """
    with store.transaction():
        fresh = store.load(ResourceGap, gap.id or 0)
        settle(rules.may_settle(fresh, state, became, has_host=filled_by is not None))
        return store.save(
            replace(
                fresh,
                state=state,
                settled_on=on,
                became=became or fresh.became,
                filled_by=filled_by or fresh.filled_by,
            )
        )
