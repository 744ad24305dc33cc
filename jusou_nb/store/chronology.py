"""家族年表 merged from what several agencies and sittings have told: one list, the oldest first."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from jusou_nb.choices import Category
from jusou_nb.dates import PartialDate
from jusou_nb.fields import Form
from jusou_nb.forms import (
    AgendaItem,
    Case,
    Conference,
    Decision,
    DirectionRow,
    Ending,
    FamilyEvent,
    Household,
    Intake,
    SupportPlan,
)
from jusou_nb.rules.chronology import Moment, MomentKind

if TYPE_CHECKING:
    from jusou_nb.store.core import Store


def chronology(store: "Store", household: Household, *, until: date | None = None) -> list[Moment]:
    """List what is known of a family's course, the oldest first.

    Holds: events written by hand, births, consultations, plans signed or agreed, what sittings
    decided, ends and reopenings. Each says who holds it and on which basis it was heard, so
    that ``rules.chronology`` can say who may read it. Struck records are in none of it.

    Args:
        store: The open store.
        household: Whose.
        until: Leave out what came after this day.
    """
    cases = store.find(Case, household_id=household.id)
    found = [*_events(store, household), *_births(household), *_intakes(store, household)]
    for case in cases:
        found += [*_plans(store, case), *_decisions(store, case), *_endings(store, case)]
    last = PartialDate.of(until) if until else None
    kept = [m for m in found if last is None or _is_known_by(m, last)]
    return sorted(kept, key=lambda m: (_order(m.when), m.kind.value, m.source))


def _is_known_by(moment: Moment, last: PartialDate) -> bool:
    """Whether it is known on a day; what a sitting of that day decides is not yet."""
    decided_then = moment.kind is MomentKind.DECISION and moment.when == last
    return _order(moment.when) <= _order(last) and not decided_then


def _order(day: PartialDate) -> tuple[int, int, int]:
    return day.year, day.month or 0, day.day or 0


def _source(record: Form) -> tuple[str, int]:
    return record.table, record.id or 0


def _events(store: "Store", household: Household) -> Iterator[Moment]:
    for event in store.find(FamilyEvent, household_id=household.id):
        if event.happened_on is not None:
            yield Moment(
                kind=MomentKind.EVENT,
                when=event.happened_on,
                what=event.what or "",
                person_id=event.whose,
                category=event.category,
                held_by=event.held_by,
                learnt_on_basis=event.learnt_on_basis,
                source=_source(event),
            )


def _births(household: Household) -> Iterator[Moment]:
    for person in household.members:
        if person.birth is not None:
            yield Moment(
                kind=MomentKind.BIRTH,
                when=person.birth,
                what="誕生",
                person_id=person.id,
                category=Category.IDENTITY,
                source=_source(person),
            )


def _intakes(store: "Store", household: Household) -> Iterator[Moment]:
    for intake in store.find(Intake, household_id=household.id):
        if intake.received_on is not None:
            number = f"（{intake.number}）" if intake.number else ""
            yield Moment(
                kind=MomentKind.INTAKE,
                when=PartialDate.of(intake.received_on),
                what=f"相談受付{number}",
                person_id=intake.client_id,
                category=Category.WELFARE_USE,
                held_by=intake.received_at,
                source=_source(intake),
            )


def _plans(store: "Store", case: Case) -> Iterator[Moment]:
    for plan in store.find(SupportPlan, case_id=case.id):
        name = (
            f"再プラン（{plan.sequence}回目）" if (plan.sequence or 1) > 1 else "支援プラン（初回）"
        )
        days = [(plan.signed_on, "同意・申込")]
        if plan.state is None or not plan.state.is_editable:
            days.append((plan.outcome_on, "会議で了承"))
        for day, what in days:
            if day is not None:
                yield Moment(
                    kind=MomentKind.PLAN,
                    when=PartialDate.of(day),
                    what=f"{name}の{what}",
                    person_id=plan.client_id,
                    case_id=case.id,
                    category=Category.WELFARE_USE,
                    held_by=plan.lead_agency,
                    source=_source(plan),
                )


def _decisions(store: "Store", case: Case) -> Iterator[Moment]:
    for item in store.find(AgendaItem, case_id=case.id):
        sittings = store.find(Conference, id=item.conference_id)
        held = sittings[0].held_on if sittings else None
        rows: tuple[Decision | DirectionRow, ...] = (*item.decisions, *item.directions)
        for row in rows:
            if held is not None and row.what:
                yield Moment(
                    kind=MomentKind.DECISION,
                    when=PartialDate.of(held),
                    what=f"会議で決まったこと：{row.what}",
                    person_id=item.client_id,
                    case_id=case.id,
                    category=Category.ISSUES,
                    held_by=row.agency,
                    learnt_on_basis=item.basis,
                    source=_source(row),
                )


def _endings(store: "Store", case: Case) -> Iterator[Moment]:
    reasons = store.profile.codes("closure_reason").by_code
    for ending in store.find(Ending, case_id=case.id):
        reason = reasons.get(ending.reason or "")
        said = f"{ending.kind.label if ending.kind else ''}（{reason.label if reason else ''}）"
        for day, what in ((ending.ended_on, said), (ending.reopened_on, "支援の再開")):
            if day is not None:
                yield Moment(
                    kind=MomentKind.ENDING,
                    when=PartialDate.of(day),
                    what=what,
                    person_id=case.client_id,
                    case_id=case.id,
                    category=Category.WELFARE_USE,
                    held_by=ending.receiving_agency if day == ending.ended_on else None,
                    source=_source(ending),
                )


def shown(store: "Store", household_id: int) -> list[tuple[str, int]]:
    """Name the records on which the 家族年表 of a household depends, struck ones among them."""
    cases = "SELECT id FROM cases WHERE household_id = :home"
    items = f"SELECT id FROM agenda_items WHERE case_id IN ({cases})"
    queries = {
        "family_events": "SELECT id FROM family_events WHERE household_id = :home",
        "persons": "SELECT id FROM persons WHERE household_id = :home",
        "intakes": "SELECT id FROM intakes WHERE household_id = :home",
        "plans": f"SELECT id FROM plans WHERE case_id IN ({cases})",
        "agenda_items": items,
        "decisions": f"SELECT id FROM decisions WHERE agenda_item_id IN ({items})",
        "direction_rows": f"SELECT id FROM direction_rows WHERE agenda_item_id IN ({items})",
        "conferences": "SELECT conference_id FROM agenda_items WHERE conference_id IS NOT NULL"
        f" AND case_id IN ({cases})",
        "endings": f"SELECT id FROM endings WHERE case_id IN ({cases})",
    }
    return [
        (table, row[0])
        for table, sql in queries.items()
        for row in store.db.execute(sql, {"home": household_id})
    ]
