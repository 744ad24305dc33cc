"""Moves of figures: one changes, and others with it, so that every sum still comes out.

A linear programme (HiGHS) finds the cheapest one. It reckons in floating point and knows no
whole numbers, so every move is checked in whole numbers before anybody believes it.
"""

from collections.abc import Mapping

import highspy
import numpy as np

from jusou_nb.documents.suppression_links import Name, System

Move = dict[Name, int]
"""By how much figures differ from the true ones; those that do not are left out."""
_NEAR = 1e-6
_NODES = 500
"""Branches that are looked at for whole numbers before a move is given up."""
_FREE = 0.01
"""What it costs to move a figure that is hidden anyhow: the fewer, the more stays as it is."""


class Mover:
    """Looks for moves of some numbers; the others stand still until they are opened."""

    def __init__(self, system: System, prices: Mapping[Name, float]) -> None:
        """Open the numbers that have a price, and the rests of bounds, which have none."""
        self.system = system
        self._names = list(system.values)
        self._at = {name: 2 * n for n, name in enumerate(self._names)}
        self._solver = highspy.Highs()
        self._solver.setOptionValue("output_flag", False)  # noqa: FBT003 - the library's way
        self._solver.setOptionValue("threads", 1)
        self._solver.setOptionValue("mip_max_nodes", _NODES)
        self._now = highspy.HighsVarType.kContinuous
        shut = np.zeros(2 * len(self._names))
        self._solver.addVars(len(shut), shut, shut)
        for signed in system.sums:
            at = np.array([self._at[name] + way for name, _ in signed for way in (0, 1)], np.int32)
            signs = np.array([float(s * way) for _, s in signed for way in (1, -1)])
            self._solver.addRow(0.0, 0.0, len(at), at, signs)
        for name in system.rests:
            self.open(name, _FREE)
        for name, price in prices.items():
            self.open(name, price)

    def open(self, name: Name, price: float = _FREE) -> None:
        """Let a number move, up as far as you like and down to 0."""
        for way in (0, 1):
            self._solver.changeColCost(self._at[name] + way, price)
        self._bound(name, (0, np.inf), (0, self.system.values[name]))

    def move(self, name: Name, by: int) -> Move | None:
        """Move an open number by so much, and as little else as can be.

        Nothing where there is no such move, or none in whole numbers was found.
        """
        if self.system.values[name] + by < 0:
            return None
        self._bound(name, *(((by, by), (0, 0)) if by > 0 else ((0, 0), (-by, -by))))
        found = self._solved() or self._solved(whole=True)
        self._bound(name, (0, np.inf), (0, self.system.values[name]))
        return found

    def _solved(self, *, whole: bool = False) -> Move | None:
        """Solve, and ask for whole numbers only where parts of people came out: that is slow."""
        if whole and not self._is_solved():
            return None
        self._sort(highspy.HighsVarType.kInteger if whole else highspy.HighsVarType.kContinuous)
        self._solver.run()
        if not self._is_solved():
            return None
        return self._checked(np.array(self._solver.getSolution().col_value))

    def _is_solved(self) -> bool:
        return bool(self._solver.getModelStatus() == highspy.HighsModelStatus.kOptimal)

    def _sort(self, sort: highspy.HighsVarType) -> None:
        if sort != self._now:
            self._now = sort
            places = np.arange(2 * len(self._names), dtype=np.int32)
            self._solver.changeColsIntegrality(len(places), places, np.full(len(places), sort))

    def _bound(self, name: Name, up: tuple[float, float], down: tuple[float, float]) -> None:
        self._solver.changeColBounds(self._at[name], *up)
        self._solver.changeColBounds(self._at[name] + 1, *down)

    def _checked(self, columns: "np.ndarray[tuple[int], np.dtype[np.float64]]") -> Move | None:
        by = columns[0::2] - columns[1::2]
        places = np.flatnonzero(np.abs(by) > _NEAR)
        if np.any(np.abs(by[places] - np.round(by[places])) > _NEAR):
            return None
        move = {self._names[n]: round(by[n]) for n in places.tolist()}
        return move if comes_out(self.system, move) else None


def comes_out(system: System, move: Mapping[Name, int]) -> bool:
    """Whether every sum is still right and nothing is below 0, in whole numbers."""
    if any(system.values[name] + by < 0 for name, by in move.items()):
        return False
    places = {place for name in move for place, _ in system.within.get(name, ())}
    return all(
        sum(move.get(name, 0) * sign for name, sign in system.sums[place]) == 0 for place in places
    )
