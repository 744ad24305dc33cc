"""In which order people stand side by side in the rows of a genogram.

A row is a generation. Partners stand beside each other, the man on the left where nothing
else asks for another place; children stand under their parents, the oldest on the left; those
living together stand together, so that one line closes around them. What cannot be had all at
once is weighed. The same picture gives the same order.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import combinations, pairwise

from jusou_nb.documents.family_signs import Shape, Sign
from jusou_nb.store.family import Couple, Picture

Rows = list[list[int]]
_APART, _AGE, _CROSS, _SPREAD, _LEFT, _BOND, _TORN = 12.0, 60.0, 9.0, 4.0, 0.6, 3.0, 300.0
_HOME = 0.7
_PASSES = 30


@dataclass(frozen=True)
class _Wishes:
    """What an order is weighed by."""

    row_of: Mapping[int, int]
    couples: tuple[Couple, ...]
    bonds: tuple[tuple[int, int], ...]
    inside: frozenset[int]
    left: frozenset[int]
    home: float = _HOME


def order(picture: Picture, signs: Mapping[int, Sign]) -> Rows:
    """Give the rows from the oldest generation to the youngest, each from left to right."""
    inside = frozenset(id_ for id_, sign in signs.items() if sign.is_inside)
    left = frozenset(id_ for id_, sign in signs.items() if sign.shape is Shape.SQUARE)
    return [list(row) for row in _found(replace(picture, ties=()), inside, left)]


@lru_cache(maxsize=64)
def _found(
    picture: Picture, inside: frozenset[int], left: frozenset[int]
) -> tuple[tuple[int, ...], ...]:
    generations = sorted({node.generation for node in picture.nodes})
    rows = _first(picture, generations)
    wishes = _Wishes(
        row_of={n.person_id: generations.index(n.generation) for n in picture.nodes},
        couples=picture.couples,
        bonds=tuple((bond.first, bond.second) for bond in picture.bonds),
        inside=inside,
        left=left,
    )
    # Beginning from several orders, the search does not end in the first small hollow.
    loose = _better(rows, replace(wishes, home=0.0))
    turned = [row[::-1] for row in rows]
    found = [_better(begin, wishes) for begin in (rows, loose, turned)]
    best = min(found, key=lambda one: _weigh(one, wishes))
    return tuple(tuple(row) for row in best)


def _first(picture: Picture, generations: list[int]) -> Rows:
    """Begin with children in the order of their parents, and partners beside them."""
    rows: Rows = []
    for generation in generations:
        own = [n.person_id for n in picture.nodes if n.generation == generation]
        above = {id_: place for place, id_ in enumerate(rows[-1])} if rows else {}
        row: list[int] = []
        for couple in sorted(picture.couples, key=lambda c: above.get(c.first, len(above))):
            row += [child for child in couple.children if child in own and child not in row]
        row += [id_ for id_ in own if id_ not in row]
        rows.append(_beside(row, picture.couples))
    return rows


def _beside(row: list[int], couples: tuple[Couple, ...]) -> list[int]:
    placed: list[int] = []
    for id_ in row:
        partners = [c.second if c.first == id_ else c.first for c in couples
                    if id_ in (c.first, c.second)]  # fmt: skip
        met = [placed.index(p) for p in partners if p in placed]
        placed.insert(met[0] + 1 if met else len(placed), id_)
    return placed


def _better(rows: Rows, wishes: _Wishes) -> Rows:
    """Move people, or two beside each other, as long as it gets better."""
    best = _weigh(rows, wishes)
    for _ in range(_PASSES):
        found = min(
            ((_weigh(other, wishes), place, other) for place, other in enumerate(_moved(rows))),
            key=lambda one: one[:2],
            default=(best, 0, rows),
        )
        if found[0] >= best - 1e-9:
            break
        best, rows = found[0], found[2]
    return rows


def _moved(rows: Rows) -> Iterator[Rows]:
    for place, row in enumerate(rows):
        for changed in _turned(row):
            yield [*rows[:place], changed, *rows[place + 1 :]]
    for upper, (one, two) in enumerate(pairwise(rows)):
        yield [*rows[:upper], one[::-1], two[::-1], *rows[upper + 2 :]]


def _turned(row: list[int]) -> Iterator[list[int]]:
    """Give a row with one, two or three neighbours put elsewhere, or turned round."""
    for length in (1, 2, 3):
        for begin in range(len(row) - length + 1):
            block, rest = row[begin : begin + length], row[:begin] + row[begin + length :]
            for to in range(len(rest) + 1):
                if to != begin:
                    yield [*rest[:to], *block, *rest[to:]]
                if length > 1:
                    yield [*rest[:to], *block[::-1], *rest[to:]]


def _weigh(rows: Rows, wishes: _Wishes) -> float:
    at = {id_: place - (len(row) - 1) / 2 for row in rows for place, id_ in enumerate(row)}
    cost = sum(_of_couple(couple, at, wishes) for couple in wishes.couples)
    cost += sum(
        _BOND * (abs(at[one] - at[two]) - 1)
        for one, two in wishes.bonds
        if wishes.row_of[one] == wishes.row_of[two]
    )
    cost += sum(_TORN * _breaks([id_ in wishes.inside for id_ in row]) for row in rows)
    return cost + _CROSS * _crossings(at, wishes) + wishes.home * _aside(rows, at, wishes)


def _aside(rows: Rows, at: Mapping[int, float], wishes: _Wishes) -> float:
    """Weigh how far those living together stand to the side of each other, row under row."""
    homes = [[at[id_] for id_ in row if id_ in wishes.inside] for row in rows]
    means = [sum(home) / len(home) for home in homes if home]
    return sum(abs(one - other) for one, other in pairwise(means))


def _breaks(inside: list[bool]) -> int:
    begun = sum(now and not before for before, now in pairwise([False, *inside]))
    return max(0, begun - 1)


def _of_couple(couple: Couple, at: Mapping[int, float], wishes: _Wishes) -> float:
    cost, middle = 0.0, at[couple.first]
    if couple.second is not None:
        middle = (at[couple.first] + at[couple.second]) / 2
        if wishes.row_of[couple.first] == wishes.row_of[couple.second]:
            cost += _APART * (abs(at[couple.first] - at[couple.second]) - 1)
        men = [one in wishes.left for one in (couple.first, couple.second)]
        if men[0] != men[1]:
            man, other = couple.first, couple.second
            man, other = (man, other) if men[0] else (other, man)
            cost += _LEFT if at[man] > at[other] else 0.0
    places = [at[child] for child in couple.children]
    cost += sum(abs(place - middle) for place in places)
    if places:
        cost += _SPREAD * (max(places) - min(places) - len(places) + 1)
        same = [c for c in couple.children if wishes.row_of[c] == wishes.row_of[couple.children[0]]]
        cost += _AGE * sum(at[one] > at[two] for one, two in combinations(same, 2))
    return cost


def _crossings(at: Mapping[int, float], wishes: _Wishes) -> int:
    ways = []
    for couple in wishes.couples:
        above = [at[p] for p in (couple.first, couple.second) if p is not None]
        middle = sum(above) / len(above)
        ways += [(wishes.row_of[couple.first], middle, at[child]) for child in couple.children]
    return sum(
        row == other and (up - up2) * (down - down2) < 0
        for (row, up, down), (other, up2, down2) in combinations(ways, 2)
    )
