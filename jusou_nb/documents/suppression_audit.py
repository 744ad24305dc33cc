"""How many values a hidden figure may have, for somebody who knows all that is printed.

A value counts only if there is a whole set of figures with it: all sums come out, nothing is
below 0, every printed figure stands, and the rule would still have had something to hide among
those that hang together. Finding such a set proves that the value is possible; not finding one
proves nothing, and then more is hidden. So a fault of the search never betrays anybody.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from jusou_nb.documents.suppression_links import Name, System
from jusou_nb.documents.suppression_moves import Mover


class Audit:
    """What may be imagined while some numbers are hidden."""

    def __init__(self, system: System, hidden: Iterable[Name], enough: int) -> None:
        """Take the numbers that are printed nowhere, and how many values each must have."""
        self.system = system
        self.enough = enough
        self.hidden: set[Name] = set()
        self._found: dict[Name, set[int]] = {}
        self._mover = Mover(system, {})
        self.hide(hidden)

    def hide(self, names: Iterable[Name]) -> None:
        """Hide more; what was possible remains so, but for what now hangs together."""
        for name in set(names) - self.hidden:
            self.hidden.add(name)
            self._found[name] = set()
            self._mover.open(name)
        self._groups = _groups(self.system, self.hidden)
        self._members: dict[int, list[Name]] = defaultdict(list)
        for name in sorted(self.hidden):
            self._members[self._groups[name]].append(name)
        self._pairs: dict[int, list[tuple[Name, tuple[Name, ...]]]] = defaultdict(list)
        for total, parts in sorted(self.system.all_in_one):
            for group in {self._groups[part] for part in parts if part in self.hidden}:
                self._pairs[group].append((total, parts))

    def lacking(self, name: Name) -> int:
        """Say how many more values a hidden number should be able to have."""
        found, value = self._found[name], self.system.values[name]
        self._note(name, {})
        for way in (1, -1):
            for by in range(way, way * 2 * self.enough, way):
                if len(found) >= self.enough:
                    return 0
                if value + by not in found and not self._try(name, by):
                    break
        for by in self._leaps(name):
            if by and len(found) < self.enough and value + by not in found:
                self._try(name, by)
        return max(0, self.enough - len(found))

    def _leaps(self, name: Name) -> list[int]:
        """Give moves after which it is small itself, or another in its stead."""
        values, reach = self.system.values, self.system.reach
        own = {small - values[name] for small in range(1, reach[name] + 1)}
        beside = [other for other in self.system.neighbours(name) if other in self.hidden]
        ends = {values[other] - small for other in beside for small in range(1, reach[other] + 1)}
        return sorted(own | ends | {-by for by in ends}, key=lambda by: (abs(by), by))

    def _try(self, name: Name, by: int) -> bool:
        move = self._mover.move(name, by)
        if move is not None:
            self._note(name, move)
        return move is not None

    def _note(self, name: Name, move: Mapping[Name, int]) -> None:
        """Remember the values of a set of figures in which the rule would hide something."""
        if self._hides(self._groups[name], move):
            for changed in (name, *move):
                if changed in self._found:
                    self._found[changed].add(self.system.values[changed] + move.get(changed, 0))

    def _hides(self, group: int, move: Mapping[Name, int]) -> bool:
        values, reach = self.system.values, self.system.reach

        def now(name: Name) -> int:
            return values[name] + move.get(name, 0)

        if any(1 <= now(name) <= reach[name] for name in self._members[group]):
            return True
        return any(is_all_in_one(total, parts, now) for total, parts in self._pairs[group])


def is_all_in_one(total: Name, parts: Iterable[Name], now: Callable[[Name], int]) -> bool:
    """Whether everybody in a total falls in one of its parts."""
    held = [value for part in parts if (value := now(part)) > 0]
    return len(held) == 1 and held[0] == now(total)


def _groups(system: System, hidden: set[Name]) -> dict[Name, int]:
    """Number what hangs together through sums, rests included."""
    found: dict[Name, int] = {}
    for number, first in enumerate(sorted(hidden)):
        todo = [first]
        while todo:
            name = todo.pop()
            if name not in found:
                found[name] = number
                todo += [n for n in system.neighbours(name) if n in hidden or n in system.rests]
    return found
