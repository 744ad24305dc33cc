"""What 支援の流れ図 is made of: bands, boxes and arrows, in millimetres on the page."""

from dataclasses import dataclass

from jusou_nb.profile import FlowStep


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """What a step says on one drawing: its name, its sentence, its telephone."""

    step: FlowStep
    name: str
    text: str
    telephone: str = ""


@dataclass(frozen=True, kw_only=True)
class Box:
    """A step on the page: the upper left corner, the size, and its lines of writing."""

    drawn: Drawn
    x: float
    y: float
    width: float
    height: float
    names: tuple[str, ...]
    texts: tuple[str, ...]

    @property
    def middle(self) -> float:
        """The middle, from left to right."""
        return self.x + self.width / 2

    @property
    def below(self) -> float:
        """The lower edge."""
        return self.y + self.height


@dataclass(frozen=True, kw_only=True)
class Line:
    """An arrow through its corners; a broken one leads back."""

    source: str
    target: str
    points: tuple[tuple[float, float], ...]
    is_back: bool = False


@dataclass(frozen=True, kw_only=True)
class Lane:
    """A band of the drawing: its heading, broken into lines, and where it stands."""

    names: tuple[str, ...]
    y: float
    height: float


@dataclass(frozen=True, kw_only=True)
class Layout:
    """The drawing: bands, boxes, lines, and how high it is."""

    lanes: tuple[Lane, ...]
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    height: float
