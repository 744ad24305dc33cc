"""What a family's drawing is made of: people, couples, lines of descent, bonds and ties."""

from dataclasses import dataclass

from jusou_nb.dates import PartialDate
from jusou_nb.fields import Code, StatedAge
from jusou_nb.forms.family import KinKind, TieDirection, TieStrength


@dataclass(frozen=True, kw_only=True)
class Node:
    """One person of the drawing.

    Attributes:
        person_id: Who.
        name: What the caller calls them (Ａ氏, 長男); empty where the caller has no name.
        sex: Code of the profile's list ``sex``; None: unknown, drawn as a triangle.
        birth: As far as it is known, for the age inside the sign.
        stated_age: As somebody stated it.
        generation: 0 is the client's, 1 their children's, -1 their parents'.
        is_client: Drawn with a double outline.
        is_member: Stands inside the line around the household.
        is_dead: Drawn with a cross.
    """

    person_id: int
    name: str
    sex: Code | None
    birth: PartialDate | None
    stated_age: StatedAge | None
    generation: int
    is_client: bool
    is_member: bool
    is_dead: bool


@dataclass(frozen=True, kw_only=True)
class Couple:
    """Two who stand beside each other; ``children`` hang below, the oldest first.

    ``second`` and ``kind`` are None for a parent alone, or two parents of whom nothing is said.
    """

    first: int
    second: int | None
    kind: KinKind | None
    children: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Descent:
    """One line from a parent down to a child, and how: by birth, adoption, as a step parent."""

    parent: int
    child: int
    kind: KinKind


@dataclass(frozen=True, kw_only=True)
class Bond:
    """Two siblings whose parents the drawing does not know, or twins."""

    first: int
    second: int
    is_twin: bool


@dataclass(frozen=True, kw_only=True)
class TieLine:
    """A line of the ecomap; ``whose`` is None for the household as a whole.

    ``agency_id`` is None for somebody who is no agency; ``to`` is what that one is called.
    """

    whose: int | None
    agency_id: int | None
    to: str
    strength: TieStrength
    direction: TieDirection | None
    note: str


@dataclass(frozen=True, kw_only=True)
class Picture:
    """Enough to draw a genogram (nodes, couples, descents, bonds) and an ecomap (nodes, ties)."""

    nodes: tuple[Node, ...]
    couples: tuple[Couple, ...]
    descents: tuple[Descent, ...]
    bonds: tuple[Bond, ...]
    ties: tuple[TieLine, ...]
