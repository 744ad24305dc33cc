"""What a merge would do, before anybody does it: box by box, who is who, what goes over."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from jusou_nb import values
from jusou_nb.casework.masking import may_see
from jusou_nb.fields import Form, Item, items
from jusou_nb.forms import Case, FamilyMap, Household, Person, SupportPlan
from jusou_nb.forms.plan import PlanState
from jusou_nb.problems import Problem
from jusou_nb.rules import joining
from jusou_nb.rules import merging as rules
from jusou_nb.rules.joining import Take
from jusou_nb.rules.likeness import Strength, reasons
from jusou_nb.rules.merging import Side
from jusou_nb.store import Store, closings, known, merges, merging
from jusou_nb.store.family import last_map

Same = Mapping[int, int]
"""Persons who are one: id of the one that goes → id of the one that stays."""
Takes = Mapping[str, Take]
"""What becomes of boxes, by table, id of the record that goes, and box: ``persons.7.address``."""


@dataclass(frozen=True, kw_only=True)
class BoxChoice:
    """A box in which the two records differ.

    Attributes:
        key: How ``takes`` names it.
        whose: Whose box it is: 世帯, ケース or a name.
        label: The box's label.
        kept: What the record that stays says, in words.
        gone: What the other says.
        take: What becomes of it.
        options: What can be chosen; one alone where nobody chooses.
    """

    key: str
    whose: str
    label: str
    kept: str
    gone: str
    take: Take
    options: tuple[Take, ...]


@dataclass(frozen=True, kw_only=True)
class MergePreview:
    """What a merge would do: box by box, what goes over, who is who, what rules say."""

    choices: tuple[BoxChoice, ...]
    moved: Mapping[str, int]
    same: Same
    numbers: tuple[str, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class MergePlan:
    """A merge as it would be made."""

    kept: Form
    gone: Form
    pairs: merges.Pairs
    joined: tuple[tuple[Form, Form, Form], ...]
    problems: tuple[Problem, ...]
    same: Same = field(default_factory=dict)


def same_people(store: Store, kept_id: int, gone_id: int) -> dict[int, int]:
    """Propose who of two households is one person: who is strongly alike, each once."""
    kept, gone = (store.load(Household, id_) for id_ in (kept_id, gone_id))
    found: dict[int, int] = {}
    for other in gone.members:
        free = [p for p in kept.members if p.id not in found.values()]
        alike = [p for p in free if _is_one(store, p, other)]
        if alike:
            found[other.id or 0] = alike[0].id or 0
    return found


def _is_one(store: Store, one: Person, other: Person) -> bool:
    here, there = known.traces_of(one), known.traces_of(other)
    _, strength = reasons(here, there, store.profile.municipality)
    return strength is Strength.STRONG and one.standing == other.standing


def preview_households(
    store: Store,
    kept_id: int,
    gone_id: int,
    *,
    same: Same | None = None,
    takes: Takes | None = None,
) -> MergePreview:
    """Say what merging two households would do; nothing is saved."""
    chosen = same_people(store, kept_id, gone_id) if same is None else same
    return _preview(
        store, plan_households(store, kept_id, gone_id, chosen, takes or {}), takes or {}
    )


def preview_cases(
    store: Store, kept_id: int, gone_id: int, *, takes: Takes | None = None
) -> MergePreview:
    """Say what merging two cases would do; nothing is saved."""
    return _preview(store, plan_cases(store, kept_id, gone_id, takes or {}), takes or {})


def plan_households(
    store: Store, kept_id: int, gone_id: int, same: Same, takes: Takes
) -> MergePlan:
    """Work out the merge of two households: who is who, every box, what rules say."""
    kept, gone = (store.load(Household, id_) for id_ in (kept_id, gone_id))
    people, others = ({p.id or 0: p for p in home.members} for home in (kept, gone))
    pairs: dict[str, Same] = {Household.table: {gone_id: kept_id}}
    one = {g: k for g, k in same.items() if g in others and k in people}
    maps = last_map(store, kept), last_map(store, gone)
    if one:
        pairs[Person.table] = one
    if maps[0] is not None and maps[1] is not None:
        pairs[FamilyMap.table] = {maps[1].id or 0: maps[0].id or 0}
    couples = [(people[k], others[g]) for g, k in one.items()]
    found: list[tuple[Form, Form]] = [(kept, gone), *couples]
    problems = rules.may_merge_households(
        _side(store, kept), _side(store, gone), couples, is_closed=bool(closings.closings(store))
    )
    return MergePlan(kept, gone, pairs, _joined(found, takes), tuple(problems), one)


def _side(store: Store, home: Household) -> Side:
    return Side(household=home, cases=tuple(store.find(Case, household_id=home.id)))


def plan_cases(store: Store, kept_id: int, gone_id: int, takes: Takes) -> MergePlan:
    """Work out the merge of two cases: every box, what rules say."""
    kept, gone = (store.load(Case, id_) for id_ in (kept_id, gone_id))
    plans = (_has_plan(store, kept), _has_plan(store, gone))
    problems = rules.may_merge_cases(kept, gone, plans, is_closed=bool(closings.closings(store)))
    pairs = {Case.table: {gone_id: kept_id}}
    return MergePlan(kept, gone, pairs, _joined([(kept, gone)], takes), tuple(problems))


def _has_plan(store: Store, case: Case) -> bool:
    return bool(store.find(SupportPlan, case_id=case.id, state=PlanState.AGREED.value))


def _joined(couples: list[tuple[Form, Form]], takes: Takes) -> tuple[tuple[Form, Form, Form], ...]:
    return tuple(
        (kept, gone, joining.joined(kept, gone, takes_of(gone, takes))) for kept, gone in couples
    )


def takes_of(record: Form, takes: Takes) -> dict[str, Take]:
    """Give what was chosen for a record, by box."""
    stem = stem_of(record)
    return {key.removeprefix(stem): take for key, take in takes.items() if key.startswith(stem)}


def _preview(store: Store, plan: MergePlan, takes: Takes) -> MergePreview:
    choices = [
        choice
        for kept, gone, new in plan.joined
        for choice in choices_of(store, (kept, gone, new), takes_of(gone, takes), stem_of(gone))
    ]
    found = merging.moves(store, plan.pairs)
    table, gone_id = plan.gone.table, plan.gone.id or 0
    return MergePreview(
        choices=tuple(choices),
        moved=merging.counted(store, found),
        same=plan.same,
        numbers=merging.numbers_of(store, table, gone_id),
        problems=plan.problems,
    )


def stem_of(record: Form) -> str:
    """Begin the key of a box: the record's table and id."""
    return f"{record.table}.{record.id}."


def choices_of(
    store: Store, three: tuple[Form, Form, Form], takes: Mapping[str, Take], stem: str
) -> Iterator[BoxChoice]:
    """List the boxes in which two records differ; the third is what they become together."""
    kept, gone, new = three
    for box in items(type(kept)):
        one, other = getattr(kept, box.name), getattr(gone, box.name)
        is_settled = joining.is_settled(box)
        if one == other or (is_settled and getattr(new, box.name) == one):
            continue
        both = (Take.BOTH,) if joining.may_be_both(box) else ()
        yield BoxChoice(
            key=f"{stem}{box.name}",
            whose=_whose(kept),
            label=box.label,
            kept=_words(store, kept, box, kept),
            gone=_words(store, gone, box, kept),
            take=Take.GONE if is_settled else joining.taken(box, one, other, takes),
            options=() if is_settled else (Take.KEPT, Take.GONE, *both),
        )


def _whose(record: Any) -> str:
    return (record.name or "氏名不明") if isinstance(record, Person) else str(record.title)


def _words(store: Store, record: Form, box: Item, known: Form) -> str:
    """Write a box for whoever looks: whereabouts of a masked person only for who may see them."""
    value = getattr(record, box.name)
    hides = isinstance(record, Person) and record.is_masked and (box.masked or _is_told(box))
    if hides and value is not None and not _sees(store, record, known):
        return values.MASKED
    return values.show(box, value, store.lexicon())


def _is_told(box: Item) -> bool:
    return box.name in ("masked_because", "protection_until", "has_address_protection")


def _sees(store: Store, person: Any, known: Any) -> bool:
    """Whether who works now may see it; what was just typed, everybody who typed it may."""
    if person.id is None:
        return True
    cases = [c for id_ in {person.id, known.id} for c in store.find(Case, client_id=id_)]
    return may_see(store, person, None) or any(may_see(store, person, c) for c in cases)
