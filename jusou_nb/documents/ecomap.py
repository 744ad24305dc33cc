"""つながりの図（エコマップ）: the household in the middle, with whom it has ties around it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from jusou_nb.documents.ecomap_ties import draw_tie
from jusou_nb.documents.family_legend import Entry, draw_legend
from jusou_nb.documents.family_signs import Sign, draw_sign
from jusou_nb.documents.family_svg import (
    LEADING,
    SIZE,
    SMALL,
    Canvas,
    Drawing,
    Point,
    fitted,
)
from jusou_nb.forms.family import TieStrength
from jusou_nb.store.family import Picture, TieLine

TITLE = "つながりの図（エコマップ）"
WIDTH = 178.0
_SIDE, _CENTRE, _PAD, _APART = 46.0, 40.0, 1.6, 3.4
_CHIP, _CHIP_APART, _HEADER, _FOOTER, _SIGN = 9.4, 1.6, 12.0, 11.0, 3.6
_INSET, _UPPER, _LOWER = 3.0, -1, -2
"""Where the household's own ties begin: above its people, or below them."""
_LEFT = (WIDTH - _CENTRE) / 2


@dataclass(frozen=True, kw_only=True)
class _Box:
    """One with whom there are ties: the words, and how high their box is."""

    ties: tuple[TieLine, ...]
    names: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def height(self) -> float:
        """How high the box is; every line of several has its own place on its edge."""
        words = 2 * _PAD + LEADING * (SIZE * len(self.names) + SMALL * len(self.notes))
        return max(words, 3.4 * len(self.ties))


def draw_ecomap(
    picture: Picture, signs: Mapping[int, Sign], told: Sequence[str], *, is_solid: bool
) -> Drawing:
    """Draw the ties of a household; a tie of one person begins at that person's sign."""
    people = _people(picture, signs)
    boxes = _boxes(picture.ties, people)
    sides = _sides(boxes, people)
    inner = _HEADER + _FOOTER + len(people) * (_CHIP + _CHIP_APART)
    columns = [sum(box.height + _APART for box in side) - _APART for side in sides]
    height = max([inner, 34.0, *columns])
    canvas = Canvas()
    inner = max(inner, 34.0)
    top = 1.0 + (height - inner) / 2
    canvas.box((_LEFT, top), (_CENTRE, inner), round_=6.0, stroke="home")
    chips = _chips(canvas, people, signs, top, is_solid=is_solid)
    for place, side in enumerate(sides):
        begins = _begins(side, chips, (top, inner))
        _column(canvas, side, begins, is_left=place == 0, height=height)
    size = draw_legend(canvas, _legend(picture.ties), WIDTH, height + 4.0)
    return canvas.finish(size, TITLE, told)


def _people(picture: Picture, signs: Mapping[int, Sign]) -> list[int]:
    """Give who stands in the middle: those living together, and who else has ties."""
    tied = {tie.whose for tie in picture.ties}
    ids = [
        n.person_id for n in picture.nodes if signs[n.person_id].is_inside or n.person_id in tied
    ]
    return sorted(ids, key=lambda id_: (not signs[id_].is_client, not signs[id_].is_inside))


def _boxes(ties: Sequence[TieLine], people: list[int]) -> list[_Box]:
    """Give each with whom there are ties one box, in the order of the people whose they are."""
    found: dict[tuple[int | None, str], list[TieLine]] = {}
    for tie in ties:
        found.setdefault((tie.agency_id, tie.to), []).append(tie)
    width = _SIDE - 2 * _PAD
    boxes = []
    for (_, to), own in found.items():
        own.sort(key=lambda tie: _place(tie, people))
        notes = dict.fromkeys(tie.note for tie in own if tie.note)
        boxes.append(
            _Box(
                ties=tuple(own),
                names=fitted(to, width, SIZE, 2),
                notes=fitted("、".join(notes), width, SMALL, 2),
            )
        )
    return sorted(boxes, key=lambda box: _middle(box, people))


def _place(tie: TieLine, people: list[int]) -> int:
    return people.index(tie.whose) if tie.whose in people else -1


def _middle(box: _Box, people: list[int]) -> float:
    return sum(_place(tie, people) for tie in box.ties) / len(box.ties)


def _sides(boxes: list[_Box], people: list[int]) -> tuple[list[_Box], list[_Box]]:
    """Share the boxes out to left and right, so that both are about as high.

    On each side the household's own come first and last, the persons' between them in the
    order in which they stand, so that few lines cross.
    """
    sides: tuple[list[_Box], list[_Box]] = ([], [])
    heights = [0.0, 0.0]
    for box in boxes:
        place = 0 if heights[0] <= heights[1] else 1
        sides[place].append(box)
        heights[place] += box.height + _APART
    for side in sides:
        own = [box for box in side if _middle(box, people) < 0]
        others = [box for box in side if _middle(box, people) >= 0]
        half = (len(own) + 1) // 2 if others else len(own)
        side[:] = [*own[:half], *others, *own[half:]]
    return sides


def _chips(
    canvas: Canvas, people: list[int], signs: Mapping[int, Sign], top: float, *, is_solid: bool
) -> dict[int, float]:
    """Draw the people in the middle, one under another; give the height of each."""
    canvas.write(_LEFT + _CENTRE / 2, top + 4.0, ["世帯"], size=3.4, bold=True)
    found = {}
    y = top + _HEADER
    for id_ in people:
        sign = signs[id_]
        middle = y + _CHIP / 2
        canvas.box((_LEFT + 3.0, y), (_CENTRE - 6.0, _CHIP), round_=1.5)
        # The signs are too small here for an age inside.
        bare = replace(sign, age="")
        draw_sign(canvas, bare, (_LEFT + 8.0, middle), is_solid=is_solid, half=_SIGN)
        where = "" if sign.is_inside else "別に暮らす"
        more = "　".join(filter(None, (sign.relation, sign.age, where)))
        room, size = _CENTRE - 17.0, SMALL
        lines = [*fitted(sign.name, room, size, 1), *fitted(more, room, size, 1)]
        begin = middle - size * LEADING * len(lines) / 2 + 0.2
        canvas.write(_LEFT + 13.0, begin, lines, size=size, anchor="start")
        found[id_] = middle
        y += _CHIP + _CHIP_APART
    return found


def _column(
    canvas: Canvas, side: list[_Box], begins: list[Point], *, is_left: bool, height: float
) -> None:
    """Draw one side: the boxes one under another, each with its lines to the middle."""
    if not side:
        return
    room = height - sum(box.height for box in side)
    apart = min(room / len(side), 12.0)
    y = 1.0 + (height - sum(box.height + apart for box in side) + apart) / 2
    left = 0.3 if is_left else WIDTH - _SIDE - 0.3
    ports = iter(begins)
    for box in side:
        canvas.box((left, y), (_SIDE, box.height), round_=1.2)
        words = LEADING * (SIZE * len(box.names) + SMALL * len(box.notes))
        under = canvas.write(left + _SIDE / 2, y + (box.height - words) / 2 + 0.3, box.names)
        canvas.write(left + _SIDE / 2, under, box.notes, size=SMALL)
        for n, tie in enumerate(box.ties):
            inset, begin = next(ports)
            home = (_LEFT + inset) if is_left else (_LEFT + _CENTRE - inset)
            other = left + _SIDE if is_left else left
            at = y + box.height * (n + 1) / (len(box.ties) + 1)
            draw_tie(canvas, (home, begin), (other, at), tie.strength, tie.direction)
        y += box.height + apart


def _begins(side: list[_Box], chips: Mapping[int, float], centre: Point) -> list[Point]:
    """Give where each line leaves the middle: at a person's chip, else above or below them.

    Returns:
        How far within the line around the household, and at which height.
    """
    top, height = centre
    ties = [(tie, n * 2 < len(side)) for n, box in enumerate(side) for tie in box.ties]
    zones = {_UPPER: (top + 5.0, _HEADER - 5.0), _LOWER: (top + height - _FOOTER, _FOOTER - 5.0)}
    zones |= {id_: (middle - _CHIP / 2, _CHIP) for id_, middle in chips.items()}
    where = [
        tie.whose if tie.whose in chips else _UPPER if is_upper else _LOWER
        for tie, is_upper in ties
    ]
    if not any(tie.whose in chips for tie, _ in ties):
        zones[_UPPER], where = (top + 5.0, height - 10.0), [_UPPER] * len(ties)
    found = [(0.0, 0.0)] * len(ties)
    for zone in dict.fromkeys(where):
        places = [n for n, at in enumerate(where) if at == zone]
        begin, room = zones[zone or _UPPER]
        for n, place in enumerate(places):
            inset = _INSET if zone in chips else 0.0
            found[place] = inset, begin + room * (n + 1) / (len(places) + 1)
    return found


def _legend(ties: Sequence[TieLine]) -> list[Entry]:
    strengths = {tie.strength for tie in ties}
    entries = [
        Entry(kind=one.value, text=_STRENGTHS[one]) for one in TieStrength if one in strengths
    ]
    if any(tie.direction for tie in ties):
        entries.append(Entry(kind="arrow", text="矢印は、助けや関わりの向き"))
    return [*entries, Entry(kind="home", text="世帯")]


_STRENGTHS = {
    TieStrength.STRONG: "強い（太線）",
    TieStrength.NORMAL: "ふつう（細線）",
    TieStrength.WEAK: "弱い（点線）",
    TieStrength.STRESSED: "対立・負担（ジグザグ）",
    TieStrength.BROKEN: "切れている（×）",
}
