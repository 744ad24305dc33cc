"""The family as it is drawn: nodes, couples, children and ties. No names: the caller gives them."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from jusou_nb.forms import FamilyMap, Household, Kinship, Person, Tie
from jusou_nb.forms.family import KinKind, TieStrength
from jusou_nb.forms.household import Standing
from jusou_nb.rules.provenance import stays_with_its_basis
from jusou_nb.store import history, kin_lines
from jusou_nb.store.family_shapes import Bond, Couple, Descent, Node, Picture, TieLine

if TYPE_CHECKING:
    from jusou_nb.store.core import Store

__all__ = [
    "Bond",
    "Couple",
    "Descent",
    "Node",
    "Picture",
    "TieLine",
    "heard_rows",
    "last_map",
    "picture",
    "picture_of",
    "shown",
]


def last_map(store: "Store", household: Household) -> FamilyMap | None:
    """Give the family map of a household that was confirmed last; None where there is none."""
    found = store.find(FamilyMap, "drawn_on", household_id=household.id)
    return found[-1] if found else None


def picture(
    store: "Store", household: Household, *, client_id: int, names: Mapping[int, str]
) -> Picture:
    """Give the drawing of a household's last family map, its people named by the caller.

    Args:
        store: The open store.
        household: With its outside and dead relatives in ``members``.
        client_id: Who is drawn as the client.
        names: What each person is called on this paper, by id: letters or 続柄, never names
            on a paper that leaves the office.
    """
    drawn = last_map(store, household) or FamilyMap()
    agencies = store.lexicon().refs["agencies"]
    return picture_of(drawn, household.members, client_id=client_id, names=names, agencies=agencies)


def picture_of(
    drawn: FamilyMap,
    members: Iterable[Person],
    *,
    client_id: int,
    names: Mapping[int, str],
    agencies: Mapping[int, str],
) -> Picture:
    """Give the drawing of a family map as far as its caller leaves rows and people in it."""
    people = {person.id or 0: person for person in members}
    rows = [row for row in drawn.kinships if {row.person, row.other} <= set(people)]
    lines = [row for row in kin_lines.unique(rows) if row.person != row.other]
    generations = kin_lines.generations(lines, client_id)
    nodes = [_node(p, names, client_id, generations.get(id_, 0)) for id_, p in people.items()]
    return Picture(
        nodes=tuple(sorted(nodes, key=_place)),
        couples=_couples(lines, people),
        descents=tuple(_descents(lines)),
        bonds=_bonds(lines),
        ties=tuple(_tie(tie, agencies) for tie in drawn.ties),
    )


def heard_rows(store: "Store", drawn: FamilyMap) -> frozenset[tuple[str, int]]:
    """Name the rows of a map, by table and id, that a sitting without consent told."""
    rows: tuple[Kinship | Tie, ...] = (*drawn.kinships, *drawn.ties)
    return frozenset((row.table, row.id or 0) for row in rows if _is_heard(store, row))


def shown(store: "Store", household_id: int | None) -> list[tuple[str, int]]:
    """Name the records on which a household's drawing depends, struck rows among them."""
    maps = "SELECT id FROM family_maps WHERE household_id = :home"
    found = {
        "family_maps": maps,
        "kinships": f"SELECT id FROM kinships WHERE family_map_id IN ({maps})",
        "ties": f"SELECT id FROM ties WHERE family_map_id IN ({maps})",
    }
    return [
        (table, row[0])
        for table, sql in found.items()
        for row in store.db.execute(sql, {"home": household_id})
    ]


def _is_heard(store: "Store", row: Kinship | Tie) -> bool:
    settings = history.set_by(store, type(row), row.id or 0)
    return any(stays_with_its_basis(store.profile, one.basis) for one in settings.values())


def _place(node: Node) -> tuple[int, bool, int]:
    return node.generation, not node.is_member, node.person_id


def _node(person: Person, names: Mapping[int, str], client_id: int, generation: int) -> Node:
    return Node(
        person_id=person.id or 0,
        name=names.get(person.id or 0, ""),
        sex=person.sex,
        birth=person.birth,
        stated_age=person.stated_age,
        generation=generation,
        is_client=person.id == client_id,
        is_member=person.is_member,
        is_dead=person.standing == Standing.DECEASED,
    )


def _tie(tie: Tie, agencies: Mapping[int, str]) -> TieLine:
    return TieLine(
        whose=tie.whose,
        agency_id=tie.agency,
        to=agencies.get(tie.agency or 0, tie.other or ""),
        strength=tie.strength or TieStrength.NORMAL,
        direction=tie.direction,
        note=tie.note or "",
    )


def _descents(lines: Iterable[Kinship]) -> Iterable[Descent]:
    for row in lines:
        if row.kind is not None and row.kind.is_parent:
            yield Descent(parent=row.person or 0, child=row.other or 0, kind=row.kind)


def _couples(lines: list[Kinship], people: Mapping[int, Person]) -> tuple[Couple, ...]:
    """Give couples with their common children, then parents who stand in none."""
    parents: dict[int, dict[int, KinKind]] = {}
    for descent in _descents(lines):
        parents.setdefault(descent.child, {}).setdefault(descent.parent, descent.kind)
    said = {
        frozenset({row.person or 0, row.other or 0}): row
        for row in lines
        if row.kind is not None and row.kind.is_couple
    }
    homes = {child: _home(above, set(said)) for child, above in parents.items()}
    pairs = dict.fromkeys([*said, *homes.values()])
    return tuple(_couple(pair, said.get(pair), homes, people) for pair in pairs)


_NEAREST = (KinKind.PARENT, KinKind.ADOPTIVE_PARENT, KinKind.STEP_PARENT)


def _home(above: Mapping[int, KinKind], couples: set[frozenset[int]]) -> frozenset[int]:
    """Give the couple under which a child hangs: by birth, else by adoption, else as step.

    Among those the couple that is said, else the first two parents.
    """
    nearest = min(above.values(), key=_NEAREST.index)
    own = {parent for parent, kind in above.items() if kind is nearest}
    for pair in sorted(couples, key=sorted):
        if pair <= own:
            return pair
    return frozenset(sorted(own)[:2])


def _couple(
    pair: frozenset[int],
    said: Kinship | None,
    homes: Mapping[int, frozenset[int]],
    people: Mapping[int, Person],
) -> Couple:
    first, *rest = sorted(pair) if said is None else [said.person or 0, said.other or 0]
    children = [child for child, home in homes.items() if home == pair]
    return Couple(
        first=first,
        second=rest[0] if rest else None,
        kind=said.kind if said else None,
        children=tuple(sorted(children, key=lambda child: _born(people.get(child), child))),
    )


def _born(person: Person | None, place: int) -> tuple[int, int, int, int]:
    birth = person.birth if person else None
    if birth is None:
        return 9999, 0, 0, place
    return birth.year, birth.month or 0, birth.day or 0, place


def _bonds(lines: list[Kinship]) -> tuple[Bond, ...]:
    """Give twins, and siblings who do not hang under a common parent already."""
    above: dict[int, set[int]] = {}
    for descent in _descents(lines):
        above.setdefault(descent.child, set()).add(descent.parent)
    siblings = [row for row in lines if row.kind in (KinKind.SIBLING, KinKind.TWIN)]
    return tuple(
        Bond(first=r.person or 0, second=r.other or 0, is_twin=r.kind is KinKind.TWIN)
        for r in siblings
        if r.kind is KinKind.TWIN
        or not above.get(r.person or 0, set()) & above.get(r.other or 0, set())
    )
