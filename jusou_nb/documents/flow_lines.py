"""How the arrows of 支援の流れ図 run: in the gaps between lanes, and in the margin."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from jusou_nb.documents.flow_shapes import Box, Drawn, Line
from jusou_nb.profile import FlowStep

MARGIN = 168.0
"""Where the margin begins, in which lines run past lanes."""
_BESIDE = 2.2
_ROOM, _BEFORE, _TRACK, _ENTRY, _NEAR = 6.0, 2.2, 1.7, 3.5, 0.1

Way = tuple[str, str]
Point = tuple[float, float]


@dataclass
class Gaps:
    """The gaps above, between and under the lanes; ``tracks`` names what runs along each."""

    tracks: list[list[str]]
    begins: list[float] = field(default_factory=list)

    def add(self, begin: float) -> float:
        """Open the next gap; give where it ends."""
        tracks = self.tracks[len(self.begins)]
        self.begins.append(begin)
        return begin + (_ROOM + _TRACK * len(tracks) if tracks else 0.0)

    def track(self, gap: int, name: str) -> float:
        """Give the height at which a line runs along a gap."""
        return self.begins[gap] + _BEFORE + _TRACK * self.tracks[gap].index(name)


def ways(drawn: Sequence[Drawn], every: Mapping[str, FlowStep]) -> tuple[list[Way], list[Way]]:
    """List the arrows onward and back among what is drawn; what is left out is stepped over."""
    shown = {one.step.code for one in drawn}
    onward = [(one.step.code, to) for one in drawn for to in _next(one.step, shown, every)]
    back = [(one.step.code, to) for one in drawn for to in one.step.back if to in shown]
    return onward, back


def _next(step: FlowStep, shown: set[str], every: Mapping[str, FlowStep]) -> list[str]:
    waiting, met = list(step.next), list[str]()
    while waiting:
        code = waiting.pop(0)
        if code not in met:
            met.append(code)
            waiting += [] if code in shown else every[code].next
    return [code for code in met if code in shown]


def tracks_of(onward: Sequence[Way], back: Sequence[Way], lane: Mapping[str, int]) -> list[
    list[str]
]:  # fmt: skip
    """Say what runs along each gap (the first is above all): one track a source or long way."""
    tracks: list[dict[str, None]] = [{} for _ in range(max(lane.values()) + 2)]
    for source, target in onward:
        tracks[lane[source] + 1][source] = None
        if lane[target] != lane[source] + 1:
            tracks[lane[target]][_long(source, target)] = None
    for source, target in back:
        tracks[lane[source] + 1][_long(source, target)] = None
        tracks[lane[target]][_long(source, target)] = None
    return [list(names) for names in tracks]


def _long(source: str, target: str) -> str:
    return f"{source}>{target}"


def lead(
    onward: Sequence[Way],
    back: Sequence[Way],
    at: Mapping[str, Box],
    lane: Mapping[str, int],
    gaps: Gaps,
) -> list[Line]:
    """Lead every arrow from the middle under its source to its own place over its target."""
    entries = _entries([*onward, *back], at, lane)
    lines, margin = [], MARGIN
    for way in [*onward, *back]:
        source, target = way
        is_back = way in back
        is_long = is_back or lane[target] != lane[source] + 1
        margin += _BESIDE if is_long else 0.0
        begin = at[source].middle + (_ENTRY if is_back else 0.0)
        first = gaps.track(lane[source] + 1, _long(*way) if is_back else source)
        points = [(begin, at[source].below), (begin, first)]
        last = gaps.track(lane[target], _long(*way)) if is_long else first
        points += [(margin, first), (margin, last)] if is_long else []
        points += [(entries[way], last), (entries[way], at[target].y)]
        lines.append(Line(source=source, target=target, points=_plain(points), is_back=is_back))
    return lines


def _entries(
    every: Sequence[Way], at: Mapping[str, Box], lane: Mapping[str, int]
) -> dict[Way, float]:
    """Give each arrow its own place on the upper edge of its target, none under an exit."""
    found: dict[Way, float] = {}
    for target, box in at.items():
        mine = [way for way in every if way[1] == target]
        above = [b.middle for code, b in at.items() if lane[code] == lane[target] - 1]
        if len(mine) == 1 and not any(_NEAR < abs(x - box.middle) < _ENTRY for x in above):
            straight = at[mine[0][0]].middle
            is_free = all(abs(x - box.middle) > _NEAR or x == straight for x in above)
            found[mine[0]] = box.middle + (0.0 if is_free else _ENTRY)
            continue
        found |= _spread(mine, box.middle, at)
    return found


def _spread(mine: Sequence[Way], middle: float, at: Mapping[str, Box]) -> dict[Way, float]:
    """Put arrows from the left on the left, from the right on the right, straight ones between."""
    left = sorted((w for w in mine if at[w[0]].middle < middle - _NEAR), key=lambda w: at[w[0]].x)
    right = sorted((w for w in mine if at[w[0]].middle > middle + _NEAR), key=lambda w: at[w[0]].x)
    straight = [way for way in mine if way not in left and way not in right]
    return {
        **{way: middle - _ENTRY * (len(left) - n) for n, way in enumerate(left)},
        **{way: middle + _ENTRY * 0.5 * n for n, way in enumerate(straight)},
        **{way: middle + _ENTRY * (n + 1) for n, way in enumerate(right)},
    }


def _plain(points: Sequence[Point]) -> tuple[Point, ...]:
    """Leave out corners at which nothing turns, so that a straight arrow is one line."""
    kept: list[Point] = []
    for point in points:
        if kept and abs(kept[-1][0] - point[0]) < _NEAR and abs(kept[-1][1] - point[1]) < _NEAR:
            continue
        kept.append(point)
    return tuple(
        point
        for n, point in enumerate(kept)
        if n in (0, len(kept) - 1) or not _in_line(kept[n - 1], point, kept[n + 1])
    )


def _in_line(before: Point, point: Point, after: Point) -> bool:
    return any(
        abs(before[axis] - point[axis]) < _NEAR and abs(point[axis] - after[axis]) < _NEAR
        for axis in (0, 1)
    )
