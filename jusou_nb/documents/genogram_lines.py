"""How the lines of a genogram run: couples, children, bonds; along tracks between the rows.

Lines run level only at half the height of signs and along tracks between two rows, and up and
down only in the gaps between people: none goes through writing.
"""

from collections.abc import Iterable, Iterator, Mapping

from jusou_nb.documents.family_signs import Sign, side_of
from jusou_nb.documents.genogram_layout import Seats
from jusou_nb.documents.genogram_ways import MIDDLE, TOP, TRACK, Stop, Ways
from jusou_nb.forms.family import KinKind
from jusou_nb.store.family import Bond, Couple, Descent, Picture

STROKE_OF = {
    KinKind.SPOUSE: "solid",
    KinKind.SEPARATED: "solid",
    KinKind.DIVORCED: "solid",
    KinKind.PARTNER: "dotted",
    KinKind.PARENT: "solid",
    KinKind.ADOPTIVE_PARENT: "dotted",
    KinKind.STEP_PARENT: "chain",
    KinKind.SIBLING: "solid",
    KinKind.TWIN: "solid",
}
SLASHES = {KinKind.SEPARATED: 1, KinKind.DIVORCED: 2}
_MARGIN, _STRAIGHT = 1.4, 1.8


def lead(picture: Picture, seats: Seats, signs: Mapping[int, Sign]) -> Ways:
    """Lead all lines of a picture."""
    ways = Ways(seats=seats, signs=signs)
    kinds = {(one.parent, one.child): one.kind for one in picture.descents}
    twins = [bond for bond in picture.bonds if bond.is_twin]
    forked: set[Bond] = set()
    hung: set[tuple[int, int]] = set()
    for couple in picture.couples:
        _couple(ways, couple)
        below = [c for c in couple.children if seats.row_of[c] == seats.row_of[couple.first] + 1]
        if below and _same_row(seats, couple):
            _family(ways, couple, below, kinds, _groups(below, twins, forked))
            hung |= {(p, c) for p in (couple.first, couple.second) if p for c in below}
    others = [one for one in picture.descents if (one.parent, one.child) not in hung]
    _others(ways, picture.couples, others)
    for bond in picture.bonds:
        if bond not in forked:
            _bond(ways, bond)
    ways.settle()
    return ways


def _same_row(seats: Seats, couple: Couple) -> bool:
    second = couple.first if couple.second is None else couple.second
    return seats.row_of[couple.first] == seats.row_of[second]


def _groups(below: list[int], twins: list[Bond], forked: set[Bond]) -> list[list[int]]:
    """Put twins of one family together; whoever is none stands alone."""
    groups = [[child] for child in below]
    for bond in twins:
        one, two = ([g for g in groups if who in g] for who in (bond.first, bond.second))
        if one and two:
            forked.add(bond)
            if one[0] is not two[0]:
                one[0] += two[0]
                groups.remove(two[0])
    return groups


def _couple(ways: Ways, couple: Couple) -> None:
    """Draw the line of a couple; over the heads of others where they stand apart."""
    if couple.second is None or couple.kind is None:
        return
    seats, stroke = ways.seats, STROKE_OF[couple.kind]
    slashes = SLASHES.get(couple.kind, 0)
    if not _same_row(seats, couple):
        _odd(ways, couple.first, couple.second)
        return
    row = seats.row_of[couple.first]
    one, two = sorted((couple.first, couple.second), key=lambda id_: seats.x[id_])
    if seats.beside(one, two):
        left = seats.x[one] + side_of(ways.signs[one].shape)
        right = seats.x[two] - side_of(ways.signs[two].shape)
        ways.add([(left, MIDDLE, row, 0), (right, MIDDLE, row, 0)], stroke, slashes)
        return
    ways.arcs[one, two] = _arc(ways, one, two, stroke, slashes)


def _arc(ways: Ways, one: int, two: int, stroke: str, slashes: int = 0) -> int:
    """Join two of a row over the heads of those between them; give the track."""
    seats = ways.seats
    ends = [(who, seats.x[who] + ways.entry(who)) for who in (one, two)]
    key = ways.run(seats.row_of[one], [x for _, x in ends], 2)
    (first, x1), (last, x2) = ends
    ways.add(
        [(x1, TOP, first, 0), (x1, TRACK, 0, key), (x2, TRACK, 0, key), (x2, TOP, last, 0)],
        stroke,
        slashes,
    )
    return key


def _family(
    ways: Ways,
    couple: Couple,
    below: list[int],
    kinds: Mapping[tuple[int, int], KinKind],
    groups: list[list[int]],
) -> None:
    """Hang children under their parents: down from the couple, along a track, down to each."""
    seats = ways.seats
    heads = [
        [(child, seats.x[child] + ways.entry(child, is_birth=True)) for child in group]
        for group in groups
    ]
    tops = [sum(x for _, x in group) / len(group) for group in heads]
    ups = list(_ups(ways, couple, sum(tops) / len(tops)))
    if len(below) == len(ups) == 1 and abs(ups[0][-1][0] - tops[0]) < _STRAIGHT:
        tops, heads = [ups[0][-1][0]], [[(below[0], ups[0][-1][0])]]
    gap = seats.row_of[below[0]]
    key = ways.run(gap, [*tops, *(up[-1][0] for up in ups)], 1)
    ends = sorted([*tops, *(up[-1][0] for up in ups)])
    for up in ups:
        ways.add([*up, (up[-1][0], TRACK, 0, key)], "solid")
    if ends[-1] - ends[0] > 0.01:  # noqa: PLR2004 - a line of no length
        ways.add([(ends[0], TRACK, 0, key), (ends[-1], TRACK, 0, key)], "solid")
    for top, group in zip(tops, heads, strict=True):
        for child, x in group:
            stroke = STROKE_OF[kinds[couple.first, child]]
            ways.add([(top, TRACK, 0, key), (x, TOP, child, 0)], stroke)


def _ups(ways: Ways, couple: Couple, under: float) -> Iterator[tuple[Stop, ...]]:
    """Give where children leave their parents: the couple's line, or each parent's side."""
    seats, row = ways.seats, ways.seats.row_of[couple.first]
    if couple.second is None:
        yield _stub(ways, couple.first, 1 if under >= seats.x[couple.first] else -1)
        return
    one, two = sorted((couple.first, couple.second), key=lambda id_: seats.x[id_])
    if couple.kind is None:
        yield _stub(ways, one, 1)
        yield _stub(ways, two, -1)
    elif (one, two) not in ways.arcs:
        yield ((ways.leave(one, 1), MIDDLE, row, 0),)
    else:
        between = [id_ for id_ in seats.rows[row] if seats.x[one] <= seats.x[id_] < seats.x[two]]
        near = min(between, key=lambda id_: abs(seats.gap(id_, 1) - under))
        yield ((ways.leave(near, 1), TRACK, 0, ways.arcs[one, two]),)


def _stub(ways: Ways, parent: int, side: int) -> tuple[Stop, ...]:
    """Leave one parent sideways, and go down in the gap."""
    seats, row = ways.seats, ways.seats.row_of[parent]
    x = ways.leave(parent, side)
    begin = seats.x[parent] + side * side_of(ways.signs[parent].shape)
    return (begin, MIDDLE, row, 0), (x, MIDDLE, row, 0)


def _others(ways: Ways, couples: Iterable[Couple], descents: Iterable[Descent]) -> None:
    """Draw parents who are none of the couple under which the child hangs.

    Step parents of a couple have one line for all whom the two have brought with them.
    """
    groups: dict[tuple[int, int, KinKind], list[Descent]] = {}
    seats, homes = ways.seats, {c: couple for couple in couples for c in couple.children}
    for one in descents:
        if seats.row_of[one.child] != seats.row_of[one.parent] + 1:
            _odd(ways, one.parent, one.child)
            continue
        home = homes[one.child]
        partner = next((p for p in (home.first, home.second) if p is not None
                        and _are_joined(couples, p, one.parent)
                        and seats.beside(p, one.parent)), one.parent)  # fmt: skip
        pair = min(partner, one.parent), max(partner, one.parent)
        groups.setdefault((*pair, one.kind), []).append(one)
    for (first, second, kind), group in groups.items():
        _group(ways, first, second, kind, group)


def _are_joined(couples: Iterable[Couple], one: int, other: int) -> bool:
    return any(c.kind is not None and {c.first, c.second} == {one, other} for c in couples)


def _group(ways: Ways, first: int, second: int, kind: KinKind, group: list[Descent]) -> None:
    seats = ways.seats
    children = list(dict.fromkeys(one.child for one in group))
    if first != second:
        left = first if seats.x[first] < seats.x[second] else second
        up: tuple[Stop, ...] = ((ways.leave(left, 1), MIDDLE, seats.row_of[first], 0),)
    else:
        mean = sum(seats.x[child] for child in children) / len(children)
        nearer = 1 if mean >= seats.x[first] else -1
        free = [side for side in (nearer, -nearer) if not ways.is_used(first, side)]
        up = _stub(ways, first, [*free, nearer][0])
    begin = up[-1][0]
    heads = [(c, seats.x[c] + ways.entry(c, is_birth=True)) for c in children]
    xs = [begin, *(x for _, x in heads)]
    key = ways.run(seats.row_of[children[0]], xs, 3)
    ways.add([*up, (begin, TRACK, 0, key)], STROKE_OF[kind])
    ways.add([(min(xs), TRACK, 0, key), (max(xs), TRACK, 0, key)], STROKE_OF[kind])
    for child, x in heads:
        ways.add([(x, TRACK, 0, key), (x, TOP, child, 0)], STROKE_OF[kind])


def _bond(ways: Ways, bond: Bond) -> None:
    """Join siblings whose parents are not drawn; twins by a fork."""
    seats = ways.seats
    if seats.row_of[bond.first] != seats.row_of[bond.second]:
        _odd(ways, bond.first, bond.second)
    elif bond.is_twin:
        ends = [(who, seats.x[who] + ways.entry(who)) for who in (bond.first, bond.second)]
        middle = (ends[0][1] + ends[1][1]) / 2
        key = ways.run(seats.row_of[bond.first], [x for _, x in ends], 2)
        for who, x in ends:
            ways.add([(middle, TRACK, 0, key), (x, TOP, who, 0)], "solid")
    else:
        _arc(ways, bond.first, bond.second, "solid")


def _odd(ways: Ways, one: int, two: int) -> None:
    """Join two who by what is said stand in rows that cannot be: around by the margin."""
    if one == two:
        return
    seats = ways.seats
    ways.odd += 1
    margin = -_MARGIN * ways.odd
    stops: list[Stop] = []
    for who in (one, two):
        x = seats.x[who] + ways.entry(who)
        key = ways.run(seats.row_of[who], [margin, x], 4)
        own: list[Stop] = [(x, TOP, who, 0), (x, TRACK, 0, key), (margin, TRACK, 0, key)]
        stops += own if who == one else own[::-1]
    ways.add(stops, "odd")
