"""The legend under a genogram or an ecomap: what of signs and lines it uses."""

from collections.abc import Sequence
from dataclasses import dataclass

from jusou_nb.documents.ecomap_ties import draw_tie
from jusou_nb.documents.family_signs import Shape, Sign, draw_sign
from jusou_nb.documents.family_svg import SMALL, Canvas, Point, width_of
from jusou_nb.forms.family import TieDirection, TieStrength

_SIGN, _ROW, _APART, _PAD, _HALF = 11.0, 5.6, 5.0, 2.0, 1.9


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A sign or line by what it is called here, and its words."""

    kind: str
    text: str


def draw_legend(
    canvas: Canvas, entries: Sequence[Entry], width: float, y: float
) -> tuple[float, float]:
    """Draw a legend from a height downwards; give the size of the whole drawing."""
    places, x, row = [], _PAD, 0
    for entry in entries:
        step = _SIGN + width_of(entry.text, SMALL) + _APART
        if x > _PAD and x + step - _APART > width - _PAD:
            x, row = _PAD, row + 1
        places.append((x, y + _PAD + _ROW * row))
        x += step
    height = _PAD * 2 + _ROW * (row + 1) - 1.0
    canvas.box((0.3, y), (width - 0.6, height), stroke="solid")
    for entry, (left, top) in zip(entries, places, strict=True):
        _draw(canvas, entry.kind, (left, top + _ROW / 2 - 0.5))
        canvas.write(left + _SIGN, top + _ROW / 2 - 0.5 - SMALL / 2, [entry.text], size=SMALL,
                     anchor="start")  # fmt: skip
    return width, y + height + 0.3


def _draw(canvas: Canvas, kind: str, at: Point) -> None:
    x, y = at
    middle = (x + _SIGN / 2 - 1.0, y)
    if kind == "age":
        canvas.write(x + _SIGN / 2 - 1.0, y - SMALL / 2, ["50"], size=SMALL)
    elif kind in _SIGNS:
        draw_sign(canvas, _SIGNS[kind], middle, is_solid=kind == "solid", half=_HALF)
    elif kind in _LINES:
        canvas.line([(x, y), (x + 9.0, y)], _LINES[kind])
        for n in range(_SLASHES.get(kind, 0)):
            canvas.line([(x + 3.4 + 1.3 * n, y + 1.5), (x + 5.0 + 1.3 * n, y - 1.5)])
    elif kind in _UPRIGHT:
        canvas.line([(x + 4.5, y - 2.2), (x + 4.5, y + 2.2)], _UPRIGHT[kind])
    elif kind == "twin":
        canvas.line([(x + 2.0, y + 2.0), (x + 4.5, y - 2.0), (x + 7.0, y + 2.0)])
    else:
        draw_tie(canvas, (x, y), (x + 9.0, y), *_TIES[kind])


_SIGNS = {
    **{shape.value: Sign(person_id=0, name="", shape=shape) for shape in Shape},
    "client": Sign(person_id=0, name="", shape=Shape.CIRCLE, is_client=True),
    "dead": Sign(person_id=0, name="", shape=Shape.SQUARE, is_dead=True),
    "solid": Sign(person_id=0, name="", shape=Shape.SQUARE, is_dead=True),
}
_LINES = {
    "home": "home",
    "spouse": "solid",
    "partner": "dotted",
    "separated": "solid",
    "divorced": "solid",
    "odd": "odd",
}
_SLASHES = {"separated": 1, "divorced": 2}
_UPRIGHT = {"parent": "solid", "adoptive_parent": "dotted", "step_parent": "chain"}
_TIES = {
    **{strength.value: (strength, None) for strength in TieStrength},
    "arrow": (TieStrength.NORMAL, TieDirection.FROM_HOUSEHOLD),
}
