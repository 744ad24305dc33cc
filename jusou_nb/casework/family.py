"""家族関係とつながりを描く、家族年表を書く。"""

from dataclasses import dataclass, replace
from datetime import date

from jusou_nb.checks import require
from jusou_nb.errors import NotFound
from jusou_nb.fields import Ref
from jusou_nb.forms import Case, FamilyEvent, FamilyMap, Household, Kinship, Tie
from jusou_nb.forms.family import TieStrength
from jusou_nb.forms.plan import DoerKind
from jusou_nb.problems import Override, Problem, settle
from jusou_nb.rules import family as rules
from jusou_nb.store import Store, family, queries


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """A family map as kept, and what is odd about it."""

    map: FamilyMap
    remarks: tuple[Problem, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Told:
    """An event of the 家族年表 as kept, and what it lacks."""

    event: FamilyEvent
    remarks: tuple[Problem, ...] = ()


def family_sheet(store: Store, household: Household, *, on: date) -> FamilyMap:
    """Give a family map to go on with: the last one, else what 続柄 and plans say already.

    Nothing is saved. A map goes on as the same record as long as it is confirmed again: the
    change history keeps how it stood before.
    """
    last = family.last_map(store, household)
    if last is not None:
        return replace(last, drawn_on=on, author=store.worker_name())
    fresh = store.load(Household, household.id or 0)
    return FamilyMap(
        household_id=fresh.id,
        drawn_on=on,
        author=store.worker_name(),
        kinships=_kinships(fresh),
        ties=_ties(store, fresh),
    )


def _kinships(household: Household) -> tuple[Kinship, ...]:
    """Read the 続柄 of the sheet, which are towards its first person."""
    if not household.members:
        return ()
    client, *others = household.members
    found = [
        rules.kin_to_client(person.relation or "", person.id or 0, client.id or 0)
        for person in others
    ]
    return tuple(line for line in found if line is not None)


def _ties(store: Store, household: Household) -> tuple[Tie, ...]:
    """Take the agencies that have a role in a plan of the household."""
    agencies: dict[Ref, str] = {}
    for case in store.find(Case, household_id=household.id):
        for plan in queries.signed_plans(store, case.client_id or 0):
            for row in plan.roles:
                if row.doer is DoerKind.AGENCY and row.agency is not None:
                    agencies.setdefault(row.agency, row.frequency or "")
    return tuple(
        Tie(agency=agency, strength=TieStrength.NORMAL, note=note or None)
        for agency, note in agencies.items()
    )


def draw_family(
    store: Store,
    household: Household,
    drawn: FamilyMap,
    *,
    overrides: tuple[Override, ...] = (),
) -> Drawn:
    """Keep the family map of a household: who is kin to whom, and with whom there are ties.

    Raises:
        Invalid: The day, a person, a kind or a strength is missing.
        NotAllowed: It cannot be so, as somebody who is their own ancestor.
    """
    linked = replace(drawn, household_id=household.id, author=drawn.author or store.worker_name())
    require(linked)
    with store.transaction():
        fresh = store.load(Household, household.id or 0)
        problems = rules.may_draw(fresh, linked)
        remarks = settle(problems, overrides)
        saved = store.save(linked)
        store.log_overrides(saved, problems, overrides)
    return Drawn(map=saved, remarks=tuple(remarks))


def record_event(
    store: Store,
    household: Household,
    event: FamilyEvent,
    *,
    overrides: tuple[Override, ...] = (),
) -> Told:
    """Write an event of the 家族年表, or change one.

    Raises:
        Invalid: When or what is missing.
        NotAllowed: It is about somebody who is not of the household's record.
        NotFound: It belongs to another household.
    """
    if event.household_id not in (None, household.id):
        raise NotFound("このできごとは別の世帯のものです。一覧から選び直してください")
    linked = replace(event, household_id=household.id)
    require(linked)
    with store.transaction():
        fresh = store.load(Household, household.id or 0)
        problems = rules.may_keep_event(fresh, linked)
        remarks = settle(problems, overrides)
        saved = store.save(linked)
        store.log_overrides(saved, problems, overrides)
    return Told(event=saved, remarks=tuple(remarks))
