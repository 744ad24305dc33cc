"""家族関係図（ジェノグラム）: a family drawn by the usual signs (``domain.md`` §5.7)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jusou_nb.documents.family_legend import Entry, draw_legend
from jusou_nb.documents.family_signs import (
    HALF,
    Shape,
    Sign,
    draw_sign,
    rounded,
    top_of,
)
from jusou_nb.documents.family_svg import SIZE, SMALL, Canvas, Drawing, Point
from jusou_nb.documents.genogram_layout import Seats, seat
from jusou_nb.documents.genogram_lines import lead
from jusou_nb.documents.genogram_ways import MIDDLE, TRACK, Stop, Way, Ways
from jusou_nb.forms.family import KinKind
from jusou_nb.store.family import Picture

TITLE = "家族関係図（ジェノグラム）"
_HEAD, _LANE, _FOOT, _CORRIDOR, _NECK = 4.2, 2.3, 3.2, 4.0, 1.3
_LEAST = 130.0
_EDGE, _ABOVE, _BELOW, _ROUND = 0.6, 2.0, 1.2, 2.0


@dataclass(frozen=True, kw_only=True)
class _Heights:
    """Where each row's signs begin, and each gap's first track."""

    tops: tuple[float, ...]
    lanes: tuple[float, ...]
    end: float


def draw_genogram(
    picture: Picture, signs: Mapping[int, Sign], told: Sequence[str], *, is_solid: bool
) -> Drawing:
    """Draw a family.

    Args:
        picture: Who is kin to whom; only people of whom there is a sign.
        signs: Each person as the reader may know them.
        told: The same in sentences, for those who do not see the drawing.
        is_solid: Whether the dead are drawn solid instead of with a cross.
    """
    seats = seat(picture, signs)
    ways = lead(picture, seats, signs)
    wide = max(seats.x.values()) + seats.pitch / 2 + 4.0
    shift = max(1.4 * (ways.odd + 1) if ways.odd else 0.0, (_LEAST - wide) / 2)
    rects = _home(seats, signs)
    heights = _heights(seats, ways, rects)
    canvas = Canvas()
    for way in ways.ways:
        _draw_way(canvas, way, ways, heights, shift)
    if rects:
        canvas.path(rounded(_outline(rects, seats, heights, shift), _ROUND), "home")
    for id_, sign in signs.items():
        x, row = seats.x[id_] + shift, seats.row_of[id_]
        draw_sign(canvas, sign, (x, heights.tops[row] + HALF), is_solid=is_solid)
        names = seats.labels[id_]
        canvas.write(x, heights.tops[row] + 2 * HALF + 0.8, names, size=_size(names, sign))
    entries = _legend(picture, signs, ways, has_home=bool(rects), is_solid=is_solid)
    width, height = draw_legend(canvas, entries, max(wide + shift, _LEAST), heights.end)
    return canvas.finish((width, height), TITLE, told)


def _size(names: Sequence[str], sign: Sign) -> float:
    return SIZE if not sign.relation or len(names) == 1 else (SIZE + SMALL) / 2


def _heights(seats: Seats, ways: Ways, rects: Mapping[int, Point]) -> _Heights:
    tops, lanes, y = [], [], 1.0
    lanes_of = {gap: max(place for g, place in ways.tracks.values() if g == gap) + 1
                for gap in {gap for gap, _ in ways.tracks.values()}}  # fmt: skip
    for row in range(len(seats.rows)):
        lanes.append(y + 1.0)
        count = lanes_of.get(row, 0)
        y += _HEAD + _LANE * count + (1.5 if count else 0.0)
        tops.append(y)
        y += seats.depth(row) + _FOOT
        if row in rects and row + 1 in rects and not _meet(rects[row], rects[row + 1]):
            y += _CORRIDOR
    return _Heights(tops=tuple(tops), lanes=tuple(lanes), end=y)


def _meet(one: Point, other: Point) -> bool:
    return min(one[1], other[1]) - max(one[0], other[0]) > 2 * _NECK


def _home(seats: Seats, signs: Mapping[int, Sign]) -> dict[int, Point]:
    """Give from where to where those living together stand, row by row."""
    found: dict[int, Point] = {}
    for place, row in enumerate(seats.rows):
        inside = [seats.x[id_] for id_ in row if signs[id_].is_inside]
        if inside:
            room = seats.pitch / 2 - _EDGE
            found[place] = min(inside) - room, max(inside) + room
    for place in range(min(found, default=0), max(found, default=0)):
        if place not in found:
            found[place] = _neck(seats, place, sum(found[place - 1]) / 2)
    return dict(sorted(found.items()))


def _neck(seats: Seats, row: int, near: float) -> Point:
    """Give where the line passes a generation of which nobody lives together."""
    ids = seats.rows[row]
    gaps = [seats.gap(ids[0], -1) - 1.5, *(seats.gap(id_, 1) for id_ in ids[:-1]),
            seats.gap(ids[-1], 1) + 1.5]  # fmt: skip
    x = min(gaps, key=lambda gap: abs(gap - near))
    return x - _NECK, x + _NECK


def _outline(
    rects: Mapping[int, Point], seats: Seats, heights: _Heights, shift: float
) -> list[Point]:
    """Give the corners of the one closed line around those living together."""
    rooms: list[tuple[float, float, float, float]] = []
    rows = sorted(rects)
    for row in rows:
        left, right = rects[row]
        top = heights.tops[row] - _ABOVE if not rooms else rooms[-1][3]
        bottom = heights.tops[row] + seats.depth(row) + _BELOW
        rooms.append((left, right, top, bottom))
        after = rects.get(row + 1)
        if after is not None and not _meet(rects[row], after):
            wide = min(left, after[0]), max(right, after[1])
            rooms.append((*wide, bottom, bottom + _CORRIDOR - 1.0))
    right_side = [(r[1] + shift, y) for r in rooms for y in (r[2], r[3])]
    left_side = [(r[0] + shift, y) for r in reversed(rooms) for y in (r[3], r[2])]
    return _plain([*right_side, *left_side])


def _plain(corners: list[Point]) -> list[Point]:
    """Leave out corners at which nothing turns."""
    kept: list[Point] = []
    for corner in corners:
        if not kept or abs(kept[-1][0] - corner[0]) + abs(kept[-1][1] - corner[1]) > 0.01:  # noqa: PLR2004 - the same place
            kept.append(corner)
    return [
        here
        for n, here in enumerate(kept)
        if (kept[n - 1][0] - here[0]) * (here[1] - kept[(n + 1) % len(kept)][1])
        != (kept[n - 1][1] - here[1]) * (here[0] - kept[(n + 1) % len(kept)][0])
    ]


def _draw_way(canvas: Canvas, way: Way, ways: Ways, heights: _Heights, shift: float) -> None:
    def at(stop: Stop) -> Point:
        x, where, which, key = stop
        if where == MIDDLE:
            return x + shift, heights.tops[which] + HALF
        if where == TRACK:
            gap, lane = ways.tracks[key]
            return x + shift, heights.lanes[gap] + _LANE * lane
        seats = ways.seats
        middle = heights.tops[seats.row_of[which]] + HALF
        return x + shift, middle - top_of(ways.signs[which].shape, x - seats.x[which])

    points = [at(stop) for stop in way.stops]
    canvas.line(points, way.stroke)
    if way.slashes:
        level = next(n for n in range(1, len(points)) if points[n][1] == points[n - 1][1])
        _slash(canvas, points[level - 1], points[level], way.slashes)


def _slash(canvas: Canvas, one: Point, two: Point, count: int) -> None:
    """Cross a level line, left of its middle, where nothing leaves it."""
    x, y = one[0] + (two[0] - one[0]) * 0.25, one[1]
    for place in range(count):
        middle = x + 1.3 * (place - (count - 1) / 2)
        canvas.line([(middle - 0.9, y + 1.7), (middle + 0.9, y - 1.7)])


def _legend(
    picture: Picture, signs: Mapping[int, Sign], ways: Ways, *, has_home: bool, is_solid: bool
) -> list[Entry]:
    """Name the signs and lines that this drawing uses."""
    shapes = {sign.shape for sign in signs.values()}
    entries = [Entry(kind=shape.value, text=shape.label) for shape in Shape if shape in shapes]
    if any(sign.is_client for sign in signs.values()):
        entries.append(Entry(kind="client", text="本人（二重線）"))
    if any(sign.age for sign in signs.values()):
        entries.append(Entry(kind="age", text="中の数字は年齢"))
    if any(sign.is_dead for sign in signs.values()):
        entries.append(Entry(kind="solid" if is_solid else "dead", text="亡くなった人"))
    if has_home:
        entries.append(Entry(kind="home", text="いっしょに暮らす人"))
    kinds = {c.kind for c in picture.couples} | {d.kind for d in picture.descents}
    entries += [Entry(kind=kind.value, text=text) for kind, text in _WORDS if kind in kinds]
    if any(bond.is_twin for bond in picture.bonds):
        entries.append(Entry(kind="twin", text="双子"))
    if ways.odd:
        entries.append(Entry(kind="odd", text="世代が食い違う続き柄"))
    return entries


_WORDS = (
    (KinKind.SPOUSE, "配偶者"),
    (KinKind.PARTNER, "内縁・パートナー"),
    (KinKind.SEPARATED, "別居中の配偶者"),
    (KinKind.DIVORCED, "離婚した相手"),
    (KinKind.PARENT, "親と子（左が年上）"),
    (KinKind.ADOPTIVE_PARENT, "養親と養子"),
    (KinKind.STEP_PARENT, "継親と子"),
)
