"""The sign of a person in genogram and ecomap: □ ○ △, doubled for the client, × for the dead."""

import math
from dataclasses import dataclass

from jusou_nb.choices import Choice
from jusou_nb.documents.family_svg import SMALL, Canvas, Point, number

HALF = 5.0
"""Half the width of a sign."""
_INNER = 0.8


class Shape(Choice):
    """The shape of a sign."""

    SQUARE = "square", "男性"
    CIRCLE = "circle", "女性"
    TRIANGLE = "triangle", "性別が不明・掲載なしなど"


@dataclass(frozen=True, kw_only=True)
class Sign:
    """A person as one reader may know them.

    Attributes:
        person_id: Who.
        name: What they are called on this paper: a letter, a 続柄; never a name on paper.
        relation: The 続柄, where the name does not say it.
        age: As it is printed (53歳, 50代), or nothing.
        shape: By sex, as far as it may be known.
        is_client: Drawn with a double outline.
        is_inside: Stands inside the line around those living together.
        is_dead: Drawn as the profile says.
    """

    person_id: int
    name: str
    relation: str = ""
    age: str = ""
    shape: Shape = Shape.TRIANGLE
    is_client: bool = False
    is_inside: bool = False
    is_dead: bool = False

    @property
    def called(self) -> str:
        """The name with the 続柄, as sentences call them."""
        return f"{self.name}（{self.relation}）" if self.relation else self.name or "名前のない人"


def top_of(shape: Shape, dx: float) -> float:
    """Give how far above its middle a sign begins, so far beside its middle."""
    if shape is Shape.CIRCLE:
        return math.sqrt(HALF * HALF - dx * dx)
    return HALF if shape is Shape.SQUARE else HALF - 2 * abs(dx)


def side_of(shape: Shape) -> float:
    """Give how far beside its middle a sign ends, at half its height."""
    return HALF / 2 if shape is Shape.TRIANGLE else HALF


def draw_sign(canvas: Canvas, sign: Sign, at: Point, *, is_solid: bool, half: float = HALF) -> None:
    """Draw a sign around its middle, the age inside."""
    fill = "#000" if sign.is_dead and is_solid else "#fff"
    _outline(canvas, sign.shape, at, half, fill)
    if sign.is_client:
        # Inside a triangle the same distance all round leaves a smaller and lower one.
        shrunk = _INNER * (1.62 if sign.shape is Shape.TRIANGLE else 1.0)
        low = shrunk - _INNER if sign.shape is Shape.TRIANGLE else 0.0
        _outline(canvas, sign.shape, (at[0], at[1] + low), half - shrunk, fill)
    if sign.is_dead:
        _cross(canvas, sign.shape, at, half, is_solid=is_solid)
    elif sign.age:
        lines = inside(sign.age)
        size = SMALL * half / HALF * (1.15 if len(lines) == 1 else 0.9)
        size *= 0.72 if sign.shape is Shape.TRIANGLE else 1.0
        low = half * 0.45 if sign.shape is Shape.TRIANGLE else 0.0
        canvas.write(at[0], at[1] + low - size * (0.5 + 0.62 * (len(lines) - 1)), lines, size=size)


def inside(age: str) -> tuple[str, ...]:
    """Shorten an age so that it fits inside a sign: 53, 約53, 50代, 90代／以上."""
    short = age.removesuffix("（聞き取り）")
    if short.endswith("歳くらい"):
        return (f"約{short.removesuffix('歳くらい')}",)
    for more in ("未満", "以上"):
        if short.endswith(more):
            return short.removesuffix(more), more
    return (short.removesuffix("歳"),)


def _outline(canvas: Canvas, shape: Shape, at: Point, half: float, fill: str) -> None:
    x, y = at
    if shape is Shape.CIRCLE:
        canvas.circle(x, y, half, fill)
    elif shape is Shape.SQUARE:
        corners = [(-half, -half), (half, -half), (half, half), (-half, half)]
        canvas.polygon([(x + dx, y + dy) for dx, dy in corners], fill)
    else:
        canvas.polygon([(x, y - half), (x + half, y + half), (x - half, y + half)], fill)


def _cross(canvas: Canvas, shape: Shape, at: Point, half: float, *, is_solid: bool) -> None:
    if is_solid:
        return
    x, y = at
    reach = half * (0.707 if shape is Shape.CIRCLE else 1.0)
    if shape is Shape.TRIANGLE:
        canvas.line([(x - half * 0.25, y - half * 0.5), (x + half * 0.75, y + half)])
        canvas.line([(x + half * 0.25, y - half * 0.5), (x - half * 0.75, y + half)])
        return
    canvas.line([(x - reach, y - reach), (x + reach, y + reach)])
    canvas.line([(x - reach, y + reach), (x + reach, y - reach)])


def rounded(corners: list[Point], radius: float) -> str:
    """Give a closed SVG path through right-angled corners, each rounded off."""
    way: list[str] = []
    for place, (x, y) in enumerate(corners):
        before, after = corners[place - 1], corners[(place + 1) % len(corners)]
        one, two = _towards((x, y), before, radius), _towards((x, y), after, radius)
        letter = "L" if way else "M"
        way.append(f"{letter}{number(one[0])} {number(one[1])}")
        way.append(f"Q{number(x)} {number(y)} {number(two[0])} {number(two[1])}")
    return " ".join(way) + " Z"


def _towards(corner: Point, other: Point, radius: float) -> Point:
    dx, dy = other[0] - corner[0], other[1] - corner[1]
    length = math.hypot(dx, dy)
    share = min(radius, length / 2) / length if length else 0.0
    return corner[0] + dx * share, corner[1] + dy * share
