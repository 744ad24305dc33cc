"""Which figures are hidden: the small ones, and as many others as keep them so."""

import math
from collections.abc import Iterable, Iterator

from jusou_nb.documents.suppression_audit import Audit, is_all_in_one
from jusou_nb.documents.suppression_links import Name, System
from jusou_nb.documents.suppression_moves import Mover

_OF_TOTAL = 6.0
_OF_TABLE = 40.0
_OF_ZERO = 0.5


def first_hidden(system: System) -> frozenset[Name]:
    """Give the numbers that hide themselves: the small ones, and all of a group in one place."""
    values, reach = system.values, system.reach
    small = {name for name in system.guarded if 1 <= values[name] <= reach[name]}
    whole = {
        part
        for total, parts in system.all_in_one
        if is_all_in_one(total, parts, values.__getitem__)
        for part in parts
        if values[part] and part in system.guarded
    }
    tiny = {
        name
        for total, cells in system.tables
        if 1 <= values[total] <= reach[total]
        for name in cells
        if values[name]
    }
    return frozenset(small | whole | tiny)


def hide_all(
    system: System, enough: int, kept: frozenset[Name], printed: frozenset[Name]
) -> tuple[frozenset[Name], frozenset[Name]]:
    """Hide what must be and more, until nothing hidden can be guessed.

    Args:
        system: All numbers.
        enough: How many values each hidden number must be able to have.
        kept: What an earlier report hid.
        printed: What stood in an earlier report and can be hidden no more.

    Returns:
        All that is hidden, and what of it could not be kept (nothing, but for what earlier
        reports have told already).
    """
    first = (first_hidden(system) | kept) - printed
    ways = [
        _hide(island, enough, first & island.guarded, printed)
        for island in system.islands()
        if first & island.guarded
    ]
    hidden, told = (frozenset().union(*(way[n] for way in ways)) for n in (0, 1))
    return hidden, told


def _hide(
    system: System, enough: int, hidden: frozenset[Name], printed: frozenset[Name]
) -> tuple[frozenset[Name], frozenset[Name]]:
    """Do so among numbers that hang together."""
    audit = Audit(system, hidden, enough)
    partners = _Partners(system, hidden, printed)
    given_up: set[Name] = set()
    before = 0
    while before != len(audit.hidden):
        before = len(audit.hidden)
        for name in sorted(audit.hidden):
            while name not in given_up and (lacking := audit.lacking(name)):
                found = partners.of(name, lacking)
                audit.hide(found)
                if not found:
                    given_up.add(name)
    return frozenset(audit.hidden), frozenset(n for n in given_up if audit.lacking(n))


class _Partners:
    """Looks for the cheapest figures whose hiding lets another vary."""

    def __init__(self, system: System, hidden: Iterable[Name], printed: frozenset[Name]) -> None:
        self.system = system
        self.shown = {n: _price(system, n) for n in system.guarded - printed - set(hidden)}
        self.mover = Mover(system, self.shown)
        for name in hidden:
            self.mover.open(name)

    def of(self, name: Name, lacking: int) -> set[Name]:
        """Give figures to be hidden; all around it where there is no cheap way."""
        for by in range(lacking, 2 * lacking + 2):
            moves = [move for way in (by, -by) if (move := self.mover.move(name, way))]
            ways = [new for move in moves if (new := self.shown.keys() & move.keys())]
            if ways:
                return self._take(min(ways, key=lambda new: sum(self.shown[n] for n in new)))
        return self._take(self.shown.keys() & set(_around(self.system, name)))

    def _take(self, names: set[Name]) -> set[Name]:
        for name in names:
            del self.shown[name]
            self.mover.open(name)
        return names


def _around(system: System, name: Name) -> Iterator[Name]:
    """Give what shares a sum with a number, through rests too."""
    for other in system.neighbours(name):
        yield other
        if other in system.rests:
            yield from system.neighbours(other)


def _price(system: System, name: Name) -> float:
    """Say how sorry one would be for a number: totals most, then large ones, then zeros."""
    if name in system.rests:
        return 0.0
    value = system.values[name]
    own = math.log2(1 + value) if value else _OF_ZERO
    sums = (system.sums[place] for place, _ in system.within.get(name, ()))
    is_total = any(sign < 0 for signed in sums for other, sign in signed if other == name)
    is_whole = any(name == total for total, _ in system.tables)
    return own + _OF_TOTAL * is_total + _OF_TABLE * is_whole
