"""What the figures of several tables have to do with each other, as whole numbers in sums.

Every fact is brought to one shape: whole numbers, none below 0, that add up to 0 with their
signs. A bound (a ≤ b) becomes a sum with a rest of its own, which nobody prints and which
anybody may imagine. A count that stood in an earlier report with another value is another
number than today's; with the same value it is the same one: an attacker can do no better.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from jusou_nb.errors import PaperError
from jusou_nb.tables import AtMost, Equation, Link, Several, Table

Name = str
"""A number: a key and the value that it had, since a later report may count it anew."""
Signed = tuple[tuple[Name, int], ...]
_EQUAL = 2
"""Numbers in a sum that says no more than that both are the same."""


@dataclass
class System:
    """All numbers of some reports, with their true values, and what ties them together.

    Attributes:
        values: Every number, the rests of bounds among them.
        sums: Each adds up to 0.
        within: The sums that a number stands in, and its sign there.
        rests: Numbers that no table holds.
        guarded: Numbers that count people.
        all_in_one: Total and parts of the sums that tell something if one part is the total.
        reach: The greatest value at which a number hides itself.
        tables: The total of a table, and the guarded numbers in it.
    """

    values: dict[Name, int] = field(default_factory=dict)
    sums: list[Signed] = field(default_factory=list)
    within: dict[Name, list[tuple[int, int]]] = field(default_factory=lambda: defaultdict(list))
    rests: set[Name] = field(default_factory=set)
    guarded: set[Name] = field(default_factory=set)
    all_in_one: set[tuple[Name, tuple[Name, ...]]] = field(default_factory=set)
    reach: dict[Name, int] = field(default_factory=dict)
    tables: list[tuple[Name, tuple[Name, ...]]] = field(default_factory=list)

    def islands(self) -> Iterator["System"]:
        """Give the numbers by what hangs together, printed or not: each can be looked at alone."""
        seen: set[Name] = set()
        for first in self.values:
            if first in seen:
                continue
            island, todo = set(), [first]
            while todo:
                name = todo.pop()
                if name not in island:
                    island.add(name)
                    todo += self.neighbours(name)
            seen |= island
            yield self._only(island)

    def _only(self, island: set[Name]) -> "System":
        one = System(
            values={name: value for name, value in self.values.items() if name in island},
            rests=self.rests & island,
            guarded=self.guarded & island,
            all_in_one={pair for pair in self.all_in_one if pair[0] in island},
            reach={name: reach for name, reach in self.reach.items() if name in island},
            tables=[pair for pair in self.tables if pair[0] in island],
        )
        for signed in self.sums:
            if signed[0][0] in island:
                one.put(signed)
        return one

    def put(self, signed: Signed) -> None:
        """Take in that some numbers come to 0."""
        for name, sign in signed:
            self.within[name].append((len(self.sums), sign))
        self.sums.append(signed)

    def neighbours(self, name: Name) -> Iterator[Name]:
        """Give the numbers that share a sum with one."""
        for place, _ in self.within.get(name, ()):
            yield from (other for other, _ in self.sums[place] if other != name)


def counts(tables: Iterable[Table]) -> dict[str, int]:
    """Give every count of the tables by its key, guarded or not.

    Raises:
        PaperError: A count has two values.
    """
    found: dict[str, int] = {}
    for table in tables:
        for cell in table.cells():
            if cell.value is None:
                continue
            if found.setdefault(cell.key, cell.value) != cell.value:
                raise _wrong(table, f"「{cell.key}」の件数が表によって違います")
    return found


def name_of(key: str, value: int) -> Name:
    """Name a count of a report."""
    return f"{key}@{value}"


def system(reports: Sequence[Sequence[Table]], threshold: int) -> System:
    """Bring the tables of several reports together.

    Raises:
        PaperError: Something does not add up as its table says.
    """
    whole = System()
    seen: set[Signed] = set()
    for tables in reports:
        known = counts(tables)
        for table in tables:
            _take(whole, table, known)
        for table in tables:
            for link in table.links:
                _tie(whole, seen, table, link, known)
    _grow(whole, seen, reports)
    totals = {total for total, _ in whole.tables}
    for name in whole.guarded:
        stands_alone = name not in whole.within or not _adds(whole, name)
        whole.reach[name] = threshold if stands_alone or name in totals else threshold - 1
    return whole


def _grow(whole: System, seen: set[Signed], reports: Sequence[Sequence[Table]]) -> None:
    """Take in that what is counted up to a day is no less on a later one, as anybody expects."""
    now, *before = (counts(tables) for tables in reports)
    for earlier in before:
        for key in sorted(now.keys() & earlier.keys()):
            if now[key] > earlier[key]:
                signed = ((name_of(key, now[key]), 1), (name_of(key, earlier[key]), -1))
                if signed not in seen:
                    seen.add(signed)
                    _add(whole, signed, earlier[key] - now[key])


def _take(whole: System, table: Table, known: Mapping[str, int]) -> None:
    names = {c.key: name_of(c.key, c.value) for c in table.cells() if c.value is not None}
    guarded = tuple(names[c.key] for c in table.cells() if c.is_guarded and c.key in names)
    whole.values.update((name, known[key]) for key, name in names.items())
    whole.guarded.update(guarded)
    if table.total is not None and table.total in known:
        whole.tables.append((name_of(table.total, known[table.total]), guarded))


def _adds(whole: System, name: Name) -> bool:
    """Whether a number is part or total of a true sum: no bound, no second name for a count."""
    sums = (whole.sums[place] for place, _ in whole.within[name])
    return any(
        len(signed) > _EQUAL and whole.rests.isdisjoint(other for other, _ in signed)
        for signed in sums
    )


def _tie(
    whole: System, seen: set[Signed], table: Table, link: Link, known: Mapping[str, int]
) -> None:
    """Take a link in, without the figures that there are none of."""
    for signed, is_bound in _signed(link, known):
        names = tuple((name_of(key, known[key]), sign) for key, sign in signed)
        rest = -sum(whole.values[name] * sign for name, sign in names)
        if names in seen:
            continue
        seen.add(names)
        if rest > 0 and is_bound:
            raise _wrong(table, f"「{signed[0][0]}」が、それを含むはずの数より多くなっています")
        if rest and not is_bound:
            raise _wrong(table, f"「{signed[0][0]}」の内訳の合計が合いません")
        _add(whole, names, rest if is_bound else None)
    _all_in_one(whole, link, known)


def _signed(
    link: Link, known: Mapping[str, int]
) -> Iterator[tuple[tuple[tuple[str, int], ...], bool]]:
    """Write a link as signed keys that come to 0, or (a bound) to no less than 0."""
    if isinstance(link, AtMost):
        if {link.lesser, link.greater} <= known.keys():
            yield ((link.greater, 1), (link.lesser, -1)), True
        return
    if link.total not in known:
        return
    parts = tuple((key, 1) for key in link.parts if key in known)
    if isinstance(link, Equation):
        less = tuple((key, -1) for key in link.less if key in known)
        yield (*parts, *less, (link.total, -1)), False
        return
    yield from ((((link.total, 1), (key, -1)), True) for key, _ in parts)
    if link.is_complete:
        yield (*parts, (link.total, -1)), True


def _add(whole: System, names: Signed, rest: int | None) -> None:
    if rest is not None:
        name = f"rest {len(whole.sums)}"
        whole.values[name] = -rest
        whole.rests.add(name)
        names = (*names, (name, -1))
    whole.put(names)


def _all_in_one(whole: System, link: Link, known: Mapping[str, int]) -> None:
    if isinstance(link, AtMost) or link.total not in known:
        return
    total = name_of(link.total, known[link.total])
    parts = tuple(name_of(key, known[key]) for key in link.parts if key in known)
    if isinstance(link, Several):
        whole.all_in_one.update((total, (part,)) for part in parts)
    elif link.tells and not link.less and len(parts) > 1:
        whole.all_in_one.add((total, parts))


def _wrong(table: Table, what: str) -> PaperError:
    return PaperError(f"表「{table.title}」: {what}。表の作り方を直してください")
