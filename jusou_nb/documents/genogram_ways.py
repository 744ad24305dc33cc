"""The lines of a genogram while they are led: corners, tracks between rows, who is in the way."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from jusou_nb.documents.family_signs import Sign
from jusou_nb.documents.genogram_layout import Seats

MIDDLE, TRACK, TOP = "middle", "track", "top"
Stop = tuple[float, str, int, int]
"""A corner: x; where (at half the height of a row, on a track, at a sign's top); which row or
person; the track's key."""

_ENTRIES = (0.0, 2.0, -2.0, 3.4, -3.4, 1.2, -1.2, 2.8, -2.8)
_GAPS = (0.0, 1.4, -1.4, 2.4, -2.4)
_NEAR = 1.0


@dataclass(frozen=True, kw_only=True)
class Way:
    """A line through its corners; ``slashes`` cross its level part (／ 別居, // 離婚)."""

    stops: tuple[Stop, ...]
    stroke: str
    slashes: int = 0


@dataclass
class Ways:
    """Collects the lines, and what already leaves or enters where."""

    seats: Seats
    signs: Mapping[int, Sign]
    ways: list[Way] = field(default_factory=list)
    runs: dict[int, list[tuple[float, float, int, int]]] = field(default_factory=dict)
    tracks: dict[int, tuple[int, int]] = field(default_factory=dict)
    arcs: dict[tuple[int, int], int] = field(default_factory=dict)
    odd: int = 0
    _entered: dict[int, int] = field(default_factory=dict)
    _left: dict[tuple[int, int], int] = field(default_factory=dict)

    def add(self, stops: Iterable[Stop], stroke: str, slashes: int = 0) -> None:
        """Add a line."""
        self.ways.append(Way(stops=tuple(stops), stroke=stroke, slashes=slashes))

    def run(self, gap: int, xs: Iterable[float], rank: int) -> int:
        """Ask for a track along a gap; lower ranks run higher. Gives its key."""
        along, key = list(xs), len(self.tracks)
        self.tracks[key] = (gap, 0)
        self.runs.setdefault(gap, []).append((min(along), max(along), rank, key))
        return key

    def entry(self, person: int, *, is_birth: bool = False) -> float:
        """Give where the next line enters a sign from above, beside its middle."""
        if is_birth and person not in self._entered:
            self._entered[person] = 0
            return 0.0
        place = self._entered.get(person, 0) + 1
        self._entered[person] = place
        return _ENTRIES[min(place, len(_ENTRIES) - 1)]

    def leave(self, person: int, side: int) -> float:
        """Give where the next line goes down in the gap beside a person."""
        x = self.seats.gap(person, side)
        at = self.seats.row_of[person], round(x * 10)
        place = self._left.get(at, 0)
        self._left[at] = place + 1
        return x + _GAPS[min(place, len(_GAPS) - 1)]

    def is_used(self, person: int, side: int) -> bool:
        """Whether a line goes down in the gap beside a person already."""
        return (self.seats.row_of[person], round(self.seats.gap(person, side) * 10)) in self._left

    def settle(self) -> None:
        """Give every run a track on which no other of its gap is in the way."""
        for gap, runs in self.runs.items():
            ends: list[list[tuple[float, float]]] = []
            for begin, end, _, key in sorted(runs, key=lambda run: (run[2], run[0], run[3])):
                free = (n for n, met in enumerate(ends) if not _meets(met, begin, end))
                place = next(free, len(ends))
                if place == len(ends):
                    ends.append([])
                ends[place].append((begin, end))
                self.tracks[key] = (gap, place)


def _meets(met: list[tuple[float, float]], begin: float, end: float) -> bool:
    return any(begin < other + _NEAR and end > one - _NEAR for one, other in met)
