"""A tie of an ecomap as a line: thick, thin, dotted, zigzag or crossed, with its arrows."""

import math
from collections.abc import Callable

from jusou_nb.documents.family_svg import Canvas, Point
from jusou_nb.forms.family import TieDirection, TieStrength

_STROKES = {
    TieStrength.STRONG: "thick",
    TieStrength.NORMAL: "solid",
    TieStrength.WEAK: "dotted",
    TieStrength.STRESSED: "solid",
    TieStrength.BROKEN: "solid",
}
_HEAD, _WING, _TOOTH, _SWING, _CROSS = 2.2, 0.95, 1.1, 0.95, 1.3


def draw_tie(
    canvas: Canvas,
    home: Point,
    other: Point,
    strength: TieStrength,
    direction: TieDirection | None,
) -> None:
    """Draw a tie between the household's end and the other's; arrows point where help goes."""
    at = _along(home, other)
    length = math.dist(home, other)
    begin, end = 0.0, length
    heads = []
    if direction in (TieDirection.TO_HOUSEHOLD, TieDirection.BOTH):
        heads.append([at(0, 0), at(_HEAD, _WING), at(_HEAD, -_WING)])
        begin = _HEAD * 0.8
    if direction in (TieDirection.FROM_HOUSEHOLD, TieDirection.BOTH):
        heads.append([at(length, 0), at(length - _HEAD, _WING), at(length - _HEAD, -_WING)])
        end = length - _HEAD * 0.8
    stressed = strength is TieStrength.STRESSED
    way = _zigzag(begin, end) if stressed else [(begin, 0.0), (end, 0.0)]
    canvas.line([at(*stop) for stop in way], _STROKES[strength])
    for head in heads:
        canvas.polygon(head, fill="#000")
    if strength is TieStrength.BROKEN:
        middle = (begin + end) / 2
        for slant in (-_CROSS, _CROSS):
            canvas.line([at(middle - _CROSS, slant), at(middle + _CROSS, -slant)])


def _along(home: Point, other: Point) -> Callable[[float, float], Point]:
    """Give places by how far they are along a line, and how far beside it."""
    length = math.dist(home, other)
    x, y = (other[0] - home[0]) / length, (other[1] - home[1]) / length
    return lambda far, beside: (home[0] + x * far - y * beside, home[1] + y * far + x * beside)


def _zigzag(begin: float, end: float) -> list[tuple[float, float]]:
    """Give a line that swings to and fro between its straight ends."""
    straight = min(2.0, (end - begin) / 5)
    first, last = begin + straight, end - straight
    teeth = max(2, round((last - first) / _TOOTH))
    step = (last - first) / teeth
    swings = [(first + step * (n + 0.5), _SWING * (-1) ** n) for n in range(teeth)]
    return [(begin, 0.0), (first, 0.0), *swings, (last, 0.0), (end, 0.0)]
