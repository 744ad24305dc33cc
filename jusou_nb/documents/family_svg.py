"""A small pen for drawings in millimetres: lines, shapes and writing, as SVG of its own.

Everything stands in attributes, so that the same bytes show on paper and on the desk; there
is no script, no style sheet, no id and no outside reference. Lines tell by their shape, not
by colour.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html import escape

from jusou_nb.documents.flow_layout import wrap

FONT = "Yu Gothic UI, Meiryo, Hiragino Sans, Noto Sans CJK JP, IPAexGothic, sans-serif"
SIZE, SMALL = 2.7, 2.35
"""Heights of writing."""
LEADING = 1.25
_ASCENT, _WIDE_FROM, _NARROW = 0.86, "\u2000", 0.56

Point = tuple[float, float]

STROKES = {
    "solid": 'stroke-width="0.35"',
    "thick": 'stroke-width="1.3"',
    "dotted": 'stroke-width="0.55" stroke-linecap="round" stroke-dasharray="0.01 1.15"',
    "dashed": 'stroke-width="0.35" stroke-dasharray="1.8 1.1"',
    "chain": 'stroke-width="0.35" stroke-dasharray="2.4 0.8 0.4 0.8"',
    "home": 'stroke-width="0.45" stroke-dasharray="3 1.3"',
    "odd": 'stroke-width="0.3" stroke-linecap="round" stroke-dasharray="0.01 0.8 0.01 2"',
}
"""How lines are drawn, by what they are called here."""


@dataclass(frozen=True, kw_only=True)
class Label:
    """A line of writing and the room it takes: the upper left corner, width and height."""

    text: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, kw_only=True)
class Drawing:
    """A finished drawing: its SVG, its size, and where its writing stands."""

    svg: str
    width: float
    height: float
    labels: tuple[Label, ...]


def number(value: float) -> str:
    """Write a length to a hundredth of a millimetre."""
    return f"{round(value, 2) + 0.0:g}"


def width_of(text: str, size: float) -> float:
    """Measure a line of writing."""
    return sum(size if char > _WIDE_FROM else size * _NARROW for char in text)


def fitted(text: str, width: float, size: float, most: int) -> tuple[str, ...]:
    """Break a text into at most so many lines; what does not fit ends in 「…」."""
    lines = wrap(text, width, size)
    if len(lines) <= most:
        return lines
    last = lines[most - 1]
    while last and width_of(last + "…", size) > width:
        last = last[:-1]
    return (*lines[: most - 1], last + "…")


@dataclass
class Canvas:
    """Collects what is drawn."""

    parts: list[str] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)

    def line(self, points: Iterable[Point], stroke: str = "solid") -> None:
        """Draw a line through its corners."""
        through = " ".join(f"{number(x)},{number(y)}" for x, y in points)
        self.parts.append(
            f'<polyline points="{through}" fill="none" stroke="#000"'
            f' stroke-linejoin="round" {STROKES[stroke]}/>'
        )

    def polygon(self, points: Iterable[Point], fill: str = "#fff", stroke: str = "solid") -> None:
        """Draw a closed shape."""
        through = " ".join(f"{number(x)},{number(y)}" for x, y in points)
        self.parts.append(
            f'<polygon points="{through}" fill="{fill}" stroke="#000" stroke-linejoin="round"'
            f" {STROKES[stroke]}/>"
        )

    def path(self, way: str, stroke: str) -> None:
        """Draw a line given as an SVG path."""
        self.parts.append(f'<path d="{way}" fill="none" stroke="#000" {STROKES[stroke]}/>')

    def circle(self, x: float, y: float, radius: float, fill: str = "#fff") -> None:
        """Draw a circle."""
        self.parts.append(
            f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(radius)}" fill="{fill}"'
            f' stroke="#000" {STROKES["solid"]}/>'
        )

    def box(
        self, corner: Point, size: Point, *, round_: float = 0.0, stroke: str = "solid"
    ) -> None:
        """Draw a white box from its upper left corner."""
        (x, y), (width, height) = corner, size
        self.parts.append(
            f'<rect x="{number(x)}" y="{number(y)}" width="{number(width)}"'
            f' height="{number(height)}" rx="{number(round_)}" fill="#fff" stroke="#000"'
            f" {STROKES[stroke]}/>"
        )

    def write(
        self,
        x: float,
        y: float,
        lines: Sequence[str],
        *,
        size: float = SIZE,
        anchor: str = "middle",
        bold: bool = False,
    ) -> float:
        """Write lines from a height downwards; give the height under them."""
        weight = ' font-weight="700"' if bold else ""
        for text in lines:
            wide = width_of(text, size)
            left = x - wide / 2 if anchor == "middle" else x
            self.labels.append(Label(text=text, x=left, y=y, width=wide, height=size))
            self.parts.append(
                f'<text x="{number(x)}" y="{number(y + size * _ASCENT)}"'
                f' font-size="{number(size)}" text-anchor="{anchor}"{weight}>'
                f"{escape(text)}</text>"
            )
            y += size * LEADING
        return y

    def finish(self, size: Point, title: str, told: Sequence[str]) -> Drawing:
        """Close the drawing; ``told`` are its sentences for those who do not see it."""
        width, height = size
        body = "\n".join(self.parts)
        svg = (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="family-drawing" role="img"'
            f' width="{number(width)}mm" height="{number(height)}mm"'
            f' viewBox="0 0 {number(width)} {number(height)}" font-family="{FONT}"'
            f' aria-label="{escape(title)}">\n'
            f"<title>{escape(title)}</title>\n<desc>{escape(''.join(told))}</desc>\n"
            f"{body}\n</svg>"
        )
        return Drawing(svg=svg, width=width, height=height, labels=tuple(self.labels))
