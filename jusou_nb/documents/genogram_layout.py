"""Where the people of a genogram stand, in millimetres: rows of generations, nothing overlaps."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from jusou_nb.documents.family_signs import HALF, Sign
from jusou_nb.documents.family_svg import LEADING, SIZE, SMALL, fitted
from jusou_nb.documents.genogram_order import Rows, order
from jusou_nb.store.family import Picture

PAGE = 178.0
_NARROWEST, _WIDEST, _DOORSTEP = 13.4, 24.0, 4.0
"""How far people of a row stand apart, and how much more where the household ends."""
_LABEL_ROOM, _SWEEPS, _MOST, _DRIFT, _DRAW = 3.0, 60, 4, 0.3, 0.3


@dataclass(frozen=True, kw_only=True)
class Seats:
    """Who stands where from left to right.

    Attributes:
        rows: The rows from the oldest generation down, each from left to right.
        row_of: The row of each person.
        x: The middle of each person's sign.
        pitch: How far neighbours stand apart.
        labels: What stands under each sign, a line each.
    """

    rows: Rows
    row_of: Mapping[int, int]
    x: Mapping[int, float]
    pitch: float
    labels: Mapping[int, tuple[str, ...]]

    def depth(self, row: int) -> float:
        """Give how much room signs and writing of a row take from top to bottom."""
        most = max(len(self.labels[id_]) for id_ in self.rows[row])
        return 2 * HALF + 0.8 + most * SIZE * LEADING

    def beside(self, one: int, other: int) -> bool:
        """Whether two stand next to each other."""
        row = self.rows[self.row_of[one]]
        return other in row and abs(row.index(one) - row.index(other)) == 1

    def gap(self, person: int, side: int) -> float:
        """Give the middle of the gap on the left (-1) or right (1) of a person."""
        row = self.rows[self.row_of[person]]
        place = row.index(person) + side
        if 0 <= place < len(row):
            return (self.x[person] + self.x[row[place]]) / 2
        return self.x[person] + side * (self.pitch / 2 + 1.2)


def seat(picture: Picture, signs: Mapping[int, Sign]) -> Seats:
    """Order the rows and place everybody."""
    rows = order(picture, signs)
    pitch = max(_NARROWEST, min(_WIDEST, PAGE / max(len(row) for row in rows)))
    labels = {id_: _label(sign, pitch - _LABEL_ROOM) for id_, sign in signs.items()}
    return Seats(
        rows=rows,
        row_of={id_: place for place, row in enumerate(rows) for id_ in row},
        x=_places(picture, rows, signs, pitch),
        pitch=pitch,
        labels=labels,
    )


def _label(sign: Sign, width: float) -> tuple[str, ...]:
    lines = fitted(sign.name, width, SIZE, 2)
    return (*lines, *fitted(sign.relation, width, SMALL, _MOST - len(lines)))


def _places(
    picture: Picture, rows: Rows, signs: Mapping[int, Sign], pitch: float
) -> dict[int, float]:
    """Draw parents over their children and children under their parents, row by row."""
    steps = {place: _offsets(row, signs, pitch) for place, row in enumerate(rows)}
    x = {id_: to - steps[n][-1] / 2 for n, row in enumerate(rows)
         for id_, to in zip(row, steps[n], strict=True)}  # fmt: skip
    for _ in range(_SWEEPS):
        wished = _wished(picture, x, rows)
        for place, row in enumerate(rows):
            x |= dict(zip(row, _settled([wished[i] for i in row], steps[place]), strict=True))
    least = min(x.values())
    return {id_: to - least + pitch / 2 + 4.0 for id_, to in x.items()}


def _offsets(row: Sequence[int], signs: Mapping[int, Sign], pitch: float) -> list[float]:
    """Give the least distance of each person from the first of the row."""
    found = [0.0]
    for one, other in pairwise(row):
        is_door = signs[one].is_inside != signs[other].is_inside
        found.append(found[-1] + pitch + (_DOORSTEP if is_door else 0.0))
    return found


def _wished(picture: Picture, x: Mapping[int, float], rows: Rows) -> dict[int, float]:
    wishes: dict[int, list[float]] = {id_: [] for id_ in x}
    for couple in picture.couples:
        adults = [one for one in (couple.first, couple.second) if one is not None]
        if couple.children:
            middle = sum(x[one] for one in adults) / len(adults)
            under = sum(x[child] for child in couple.children) / len(couple.children)
            for one in adults if _are_together(adults, rows) else ():
                wishes[one] += [x[one] + under - middle, x[one] + (middle - x[one]) * _DRAW]
            for child in couple.children:
                wishes[child].append(x[child] + middle - under)
        elif len(adults) > 1:
            middle = (x[adults[0]] + x[adults[1]]) / 2
            for one in adults:
                wishes[one].append(x[one] + (middle - x[one]) * 0.5)
    centre = {id_: sum(x[i] for i in row) / len(row) for row in rows for id_ in row}
    return {
        id_: sum(to) / len(to) if to else x[id_] + (centre[id_] - x[id_]) * _DRIFT
        for id_, to in wishes.items()
    }


def _are_together(adults: Sequence[int], rows: Rows) -> bool:
    """Whether a couple stands side by side; one over the heads of others draws nobody along."""
    return any(
        max(map(row.index, adults)) - min(map(row.index, adults)) <= 1
        for row in rows
        if all(one in row for one in adults)
    )


def _settled(wished: Sequence[float], steps: Sequence[float]) -> list[float]:
    """Come as near to the wishes as the order and the distances allow (least squares)."""
    blocks: list[tuple[float, int]] = []
    for to, step in zip(wished, steps, strict=True):
        mean, count = to - step, 1
        while blocks and blocks[-1][0] > mean:
            before, many = blocks.pop()
            mean, count = (before * many + mean * count) / (many + count), many + count
        blocks.append((mean, count))
    flat = [mean for mean, count in blocks for _ in range(count)]
    return [to + step for to, step in zip(flat, steps, strict=True)]
