"""Where everything of 支援の流れ図 stands on the page; nothing overlaps.

Steps of a lane stand side by side; lanes stand one under another. Lines run only in the
gaps between lanes and in the margin, so that none goes through a box.
"""

from collections.abc import Mapping, Sequence

from jusou_nb.documents.flow_lines import Gaps, lead, tracks_of, ways
from jusou_nb.documents.flow_shapes import Box, Drawn, Lane, Layout
from jusou_nb.profile import FlowStep

WIDTH = 178.0
"""What A4 leaves between the margins."""
LEFT, RIGHT = 21.0, 168.0
_APART, _WIDEST, _PAD, _HANGS = 3.5, 84.0, 1.8, 1.2
NAME, TEXT = 3.2, 2.85
NAME_LINE, TEXT_LINE = 4.3, 3.9
_LEGEND = 8.5, 4.0
_WIDE_FROM, _NARROW = "\u2000", 0.56
_NOT_FIRST = "、。）」・ー々ゃゅょっぁぃぅぇぉァィゥェォャュョッ"


def wrap(text: str, width: float, size: float) -> tuple[str, ...]:
    """Break a text into lines of a width; no line begins with a closing mark."""
    lines, line, used = [], "", 0.0
    for char in text:
        step = size if char > _WIDE_FROM else size * _NARROW
        if line and used + step > width and char not in _NOT_FIRST:
            lines.append(line)
            line, used = "", 0.0
        line, used = line + char, used + step
    return (*lines, line) if line else tuple(lines)


def lay_out(drawn: Sequence[Drawn], every: Mapping[str, FlowStep]) -> Layout:
    """Place what is drawn and lead the arrows."""
    rows: dict[str, list[Drawn]] = {}
    for one in drawn:
        rows.setdefault(one.step.lane, []).append(one)
    lane_of = {one.step.code: n for n, row in enumerate(rows.values()) for one in row}
    forward, back = ways(drawn, every)
    gaps = Gaps(tracks=tracks_of(forward, back, lane_of))
    lanes, boxes = [], []
    y = gaps.add(0.0)
    for name, row in rows.items():
        placed = _row(row, y)
        lanes.append(Lane(names=wrap(name, LEFT - 4.5, NAME), y=y, height=placed[0].height))
        boxes += placed
        y = gaps.add(placed[0].below)
    lines = lead(forward, back, {box.drawn.step.code: box for box in boxes}, lane_of, gaps)
    return Layout(lanes=tuple(lanes), boxes=tuple(boxes), lines=tuple(lines), height=y)


def legend_places(words: Sequence[str]) -> list[float]:
    """Give where each sign of the legend stands, from left to right, so that its words fit."""
    sign, apart = _LEGEND
    places, x = [], 2.0
    for text in words:
        places.append(x)
        x += sign + TEXT * len(text) + apart
    return places


def _row(row: Sequence[Drawn], y: float) -> list[Box]:
    room = (RIGHT - LEFT - _APART * (len(row) - 1)) / len(row)
    width = min(room, _WIDEST)
    x = LEFT + (RIGHT - LEFT - width * len(row) - _APART * (len(row) - 1)) / 2
    inner = width - 2 * _PAD - _HANGS
    written = [(wrap(d.name, inner, NAME), _texts(d, inner)) for d in row]
    height = max(2 * _PAD + NAME_LINE * len(n) + TEXT_LINE * len(t) for n, t in written)
    return [
        Box(drawn=d, x=x + i * (width + _APART), y=y, width=width, height=height, names=n, texts=t)
        for i, (d, (n, t)) in enumerate(zip(row, written, strict=True))
    ]


def _texts(drawn: Drawn, inner: float) -> tuple[str, ...]:
    said = wrap(drawn.text, inner, TEXT)
    if not drawn.telephone:
        return said
    one_line = wrap(f"電話 {drawn.telephone}", inner, TEXT)
    # A number is never broken.
    return (*said, *(one_line if len(one_line) == 1 else ("電話", drawn.telephone)))
