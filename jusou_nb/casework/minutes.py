"""会議中の記録: what is said and decided of an item; its roles go where they belong."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from jusou_nb.casework.agenda import record_result, result_problems
from jusou_nb.casework.plans import agree_plan, draft_plan, plan_problems
from jusou_nb.casework.sittings import members_to_call
from jusou_nb.choices import Choice
from jusou_nb.fields import Ref
from jusou_nb.forms import (
    AgendaItem,
    Case,
    Conference,
    Decision,
    DirectionRow,
    ItemAttendance,
    RoleAssignment,
    SupportPlan,
)
from jusou_nb.forms.conference import Outcome, Presence
from jusou_nb.forms.plan import DoerKind
from jusou_nb.problems import Override, Problem, settle
from jusou_nb.rules.attendance import AWAY
from jusou_nb.store import Store, queries

_AGREES = (Outcome.AGREED, Outcome.AGREED_AMENDED)


class RolesTo(Choice):
    """Where the roles go that a sitting gives for an item."""

    PLAN = "plan", "プランの役割分担"
    DIRECTIONS = "directions", "支援方針・役割分担表"
    DECISIONS = "decisions", "決定事項"


@dataclass(frozen=True, kw_only=True)
class NewRole:
    """Who does what by when, as it is said at the table; ``doer`` where it is no agency."""

    what: str
    agency: Ref | None = None
    doer: DoerKind | None = None
    due_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Written:
    """The item as kept, the plan that it answered, and what is to be looked at."""

    item: AgendaItem
    plan: SupportPlan | None = None
    remarks: tuple[Problem, ...] = ()


def plan_at_hand(store: Store, item: AgendaItem) -> SupportPlan | None:
    """Give the plan that an item may still answer, where its basis decides plans.

    It is the case's last plan, while that is a draft or was sent back.
    """
    if item.case_id is None or not store.profile.basis(item.basis or "").decides_plan:
        return None
    plans = store.find(SupportPlan, case_id=item.case_id)
    last = plans[-1] if plans else None
    return last if last is not None and last.state and last.state.is_editable else None


def roles_go_to(store: Store, item: AgendaItem) -> RolesTo:
    """Say where the roles of an item go: a plan that was agreed is not written on."""
    if not store.profile.basis(item.basis or "").decides_plan:
        return RolesTo.DIRECTIONS
    return RolesTo.PLAN if plan_at_hand(store, item) else RolesTo.DECISIONS


def present_at(store: Store, item: AgendaItem, sitting: Conference) -> tuple[Ref, ...]:
    """Propose who sat at an item: as noted, else who came to the sitting, else who was called."""
    if item.attendances:
        return tuple(r.agency for r in item.attendances if r.agency and r.presence not in AWAY)
    called = members_to_call(store, item)
    came = {attendee.agency for attendee in sitting.attendees}
    return tuple(agency for agency in called if not came or agency in came)


def write_minutes(
    store: Store,
    item: AgendaItem,
    *,
    roles: Sequence[NewRole] = (),
    present: tuple[Ref, ...] | None = None,
    overrides: tuple[Override, ...] = (),
) -> Written:
    """Keep what the sitting said, decided and gave out, in one step.

    With a plan at hand the roles become the plan's, and the result of the item answers the
    plan; else they become directions or decisions. Each is due by its day.

    Args:
        store: The open store.
        item: The item with what was typed; its version is the one that was opened.
        roles: The roles given at the table, to be added.
        present: The agencies that sat there; by default the attendance stays as it is.
        overrides: What the chief lets pass.

    Raises:
        NotAllowed: The plan cannot be agreed to, or somebody sat there who may not hear of it.
        Conflict: Somebody else wrote on the item meanwhile.
    """
    with store.transaction():
        return _write(store, item, roles, present, overrides)


def _write(
    store: Store,
    item: AgendaItem,
    roles: Sequence[NewRole],
    present: tuple[Ref, ...] | None,
    overrides: tuple[Override, ...],
) -> Written:
    sitting = queries.conference(store, item.conference_id or 0)
    before = store.load(AgendaItem, item.id or 0)
    filled = _filled(store, item, roles, present)
    plan = _with_roles(plan_at_hand(store, item), roles, item)
    # The same answer told once more must not undo what was done about the plan since.
    answer = item.outcome if item.outcome is not before.outcome else None
    asked = _asked(store, filled, plan, sitting) if answer in _AGREES else []
    settle([*result_problems(store, filled), *asked], overrides)
    kept = record_result(store, filled, overrides=overrides)
    if plan is None or not (roles or answer):
        return Written(item=kept, plan=plan)
    saved = draft_plan(store, store.load(Case, kept.case_id or 0), plan)
    return _answered(store, kept, saved, answer, overrides)


def _with_roles(
    plan: SupportPlan | None, roles: Sequence[NewRole], item: AgendaItem
) -> SupportPlan | None:
    if plan is None:
        return None
    added = tuple(_of_plan(role, item) for role in roles)
    lead = plan.lead_agency or item.lead_agency
    return replace(plan, roles=(*plan.roles, *added), lead_agency=lead)


def _filled(
    store: Store,
    item: AgendaItem,
    roles: Sequence[NewRole],
    present: tuple[Ref, ...] | None,
) -> AgendaItem:
    to = roles_go_to(store, item)
    if present is not None:
        rows = _attendances(item, members_to_call(store, item), present)
        item = replace(item, attendances=rows)
    if to is RolesTo.DIRECTIONS:
        return replace(item, directions=(*item.directions, *map(_direction, roles)))
    if to is RolesTo.DECISIONS:
        return replace(item, decisions=(*item.decisions, *map(_decision, roles)))
    return item


def _attendances(
    item: AgendaItem, called: tuple[Ref, ...], present: tuple[Ref, ...]
) -> tuple[ItemAttendance, ...]:
    """Bring the attendance into step with the ticks; who sat as deputy or guest stays so."""
    known = {row.agency for row in item.attendances}
    new = [Ref(a) for a in dict.fromkeys((*called, *present)) if a not in known]
    rows = (*item.attendances, *(ItemAttendance(agency=agency) for agency in new))
    return tuple(_ticked(row, is_there=row.agency in present) for row in rows)


def _ticked(row: ItemAttendance, *, is_there: bool) -> ItemAttendance:
    if row.agency is None or row.presence is Presence.CLIENT:
        return row
    if not is_there:
        return replace(row, presence=Presence.ABSENT)
    away = row.presence is None or row.presence in AWAY
    return replace(row, presence=Presence.PRESENT) if away else row


def _direction(role: NewRole) -> DirectionRow:
    other = role.doer.label if role.doer and role.agency is None else None
    return DirectionRow(what=role.what, agency=role.agency, other_doer=other, due_on=role.due_on)


def _decision(role: NewRole) -> Decision:
    other = f"（{role.doer.label}）" if role.doer and role.agency is None else ""
    return Decision(what=f"{role.what}{other}", agency=role.agency, due_on=role.due_on)


def _of_plan(role: NewRole, item: AgendaItem) -> RoleAssignment:
    doer = DoerKind.AGENCY if role.agency is not None else role.doer
    # A role without a day would be on no list: it is looked at when the item is.
    review = item.next_on if role.due_on is None else None
    return RoleAssignment(
        what=role.what, doer=doer, agency=role.agency, due_on=role.due_on, review_on=review
    )


def _asked(
    store: Store, item: AgendaItem, plan: SupportPlan | None, sitting: Conference
) -> list[Problem]:
    """Ask of the plan what agreeing asks, so that all is said at once."""
    if plan is None or sitting.held_on is None:
        return []
    return plan_problems(store, plan, item, sitting.held_on)


def _answered(
    store: Store,
    item: AgendaItem,
    plan: SupportPlan,
    answer: Outcome | None,
    overrides: tuple[Override, ...],
) -> Written:
    """Let the item answer the plan, if it says something new."""
    if answer is None:
        return Written(item=item, plan=plan)
    on = queries.conference(store, item.conference_id or 0).held_on or date.max
    agreed, remarks = agree_plan(store, plan, item, on=on, outcome=answer, overrides=overrides)
    fresh = store.load(AgendaItem, item.id or 0)
    return Written(item=fresh, plan=agreed, remarks=tuple(remarks))
