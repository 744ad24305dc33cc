"""An attacker with an exact solver, all that is printed and the rule, against whole years.

Nothing of the program's own search is used here: integer programmes (HiGHS), whose every answer
is checked again in whole numbers.
"""

import itertools
import random
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise

import highspy
import pytest

from jusou_nb.casework.sample import make_town
from jusou_nb.documents.evaluation_tables import public_ids, tables
from jusou_nb.documents.suppression import publish
from jusou_nb.store import open_store
from jusou_nb.tables import AtMost, Cell, Equation, Row, Several, Table

THRESHOLD = 5
TODAY = date(2026, 11, 22)
MOST = 500
SETTLED = {"standing", "new", "again", "closed"}
"""What does not grow any more once it was reported; nor does what names its month."""
GROWING = {"n", "houses", "met"}
"""What is counted up to the day of the report and cannot become less."""


def table(name, rows, links, total=None):
    lines = tuple(Row(str(n), tuple(cells)) for n, cells in enumerate(rows))
    return Table(
        id=name, title=name, definition="", unit="件", counted_on="", source="",
        columns=("", *("" for _ in rows[0])), rows=lines, links=tuple(links), total=total,
    )  # fmt: skip


def crossed(name, people, one, other, total):
    """Count people by two of their traits, with the sums of both."""
    (down, downs), (across, acrosses) = one, other
    rows, links = [], []
    for a in [*downs, None]:
        keys = {b: key(total, (down, a), (across, b)) for b in [*acrosses, None]}
        rows.append([Cell(keys[b], count(people, {down: a, across: b})) for b in keys])
        links.append(
            Equation(keys[None], tuple(keys[b] for b in acrosses), tells=across != "month")
        )
    for b in [*acrosses, None]:
        parts = tuple(key(total, (down, a), (across, b)) for a in downs)
        links.append(Equation(key(total, (across, b)), parts, tells=down != "month"))
    return table(name, rows, links, total)


def several(name, people, traits, bands):
    """Count issues, several a person, by age band."""
    rows = [[Cell(f"n/issue={t}/age={b}", sum(t in p["issues"] and p["age"] == b for p in people))
             for b in bands] + [Cell(f"n/issue={t}", sum(t in p["issues"] for p in people))]
            for t in traits]  # fmt: skip
    links = [Equation(f"n/issue={t}", tuple(f"n/issue={t}/age={b}" for b in bands)) for t in traits]
    for b in bands:
        parts = tuple(f"n/issue={t}/age={b}" for t in traits)
        links.append(Several(f"n/age={b}", parts, is_complete=True))
    return table(name, rows, [*links, Several("n", tuple(f"n/issue={t}" for t in traits))], "n")


def key(total, *traits):
    said = [f"{name}={value}" for name, value in sorted(traits) if value is not None]
    return "/".join([total, *said])


def count(people, traits):
    wanted = {name: value for name, value in traits.items() if value is not None}
    return sum(all(p[name] == value for name, value in wanted.items()) for p in people)


def balance(dice, months):
    """繰越＋新規＋再開−終結−中断＝期末現在, month by month, each carried into the next."""
    standing, rows, links = dice.randrange(12), [], []
    rows.append([Cell("standing/0", standing), *(Cell(f"none/{n}", None) for n in range(4))])
    for m in range(1, months + 1):
        new, again = dice.randrange(7), dice.randrange(3)
        closed = dice.randrange(min(6, standing + new + again) + 1)
        after = standing + new + again - closed
        names = [f"{what}/{m}" for what in ("standing", "new", "again", "closed")]
        rows.append([Cell(*p) for p in zip(names, (after, new, again, closed), strict=True)])
        rows[-1].append(Cell(f"none/{m}", None))
        parts = (f"standing/{m - 1}", names[1], names[2])
        links.append(Equation(names[0], parts, less=(names[3],)))
        standing = after
    return table("balance", rows, links)


def year(seed):
    """Make a random year: its size, its lists and how unevenly they fall are drawn too."""
    dice = random.Random(seed)  # noqa: S311 - the years are to be the same every time
    months = dice.choice((2, 4, 6, 12))
    lists = {
        "route": range(dice.randint(2, 6)),
        "desk": range(2),
        "age": range(dice.randint(2, 5)),
        "issue": range(dice.randint(3, 6)),
    }
    size = dice.choice((0, 1, 3, 6, 20, 40, 80, 160))
    people = [person(dice, lists, months) for _ in range(size)]
    return months, lists, people, balance(dice, months)


def person(dice, lists, months):
    drawn = {n: min(int(dice.expovariate(0.7)), len(c) - 1) for n, c in lists.items()}
    ticked = {drawn.pop("issue"), *(i for i in lists["issue"] if dice.random() < 0.2)}
    return {**drawn, "month": dice.randrange(months), "issues": ticked}


def tables_of(months, lists, people, moves):
    month = ("month", range(months))
    route, desk, age = ((name, lists[name]) for name in ("route", "desk", "age"))
    houses = max(0, len(people) - len(people) // 7)
    return [
        crossed("route", people, route, month, "n"),
        crossed("desk", people, desk, age, "n"),
        several("issues", people, lists["issue"], lists["age"]),
        table("houses",
              [[Cell("n", len(people)), Cell("houses", houses), Cell("met", houses // 3)]],
              [AtMost("houses", "n"), AtMost("met", "houses")]),
        moves,
    ]  # fmt: skip


@dataclass
class Attacker:
    """Knows the printed figures, what adds up, and the rule; asks for values of the others.

    A value is believed only with a whole set of figures that fits, checked in whole numbers.
    Without whole numbers and the rule the solver is quick; what it leaves open is asked again
    with both, and only that answer counts as a no.
    """

    names: list
    bars: list
    clues: list
    found: dict = field(default_factory=dict)
    solvers: dict = field(default_factory=dict)

    def solver(self, *, exact):
        if exact not in self.solvers:
            solver = highspy.Highs()
            solver.silent()
            add = solver.addIntegral if exact else solver.addVariable
            columns = {name: add(lb=0, ub=MOST) for name in self.names}
            for signed, low, high in self.bars:
                bind(solver, columns, signed, low, high)
            if exact:
                ticks = [tick(solver, columns, *clue) for clue in self.clues]
                solver.addConstr(sum(ticks) >= 1)
            self.solvers[exact] = solver, columns
        return self.solvers[exact]

    def ask(self, name, low, high, *, most, exact):
        """Look for the greatest or least value of a number between two, or for none."""
        solver, columns = self.solver(exact=exact)
        solver.changeColBounds(columns[name].index, low, high)
        (solver.maximize if most else solver.minimize)(columns[name])
        is_found = solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
        held = solver.getSolution().col_value
        solver.changeColBounds(columns[name].index, 0, MOST)
        values = {n: round(held[column.index]) for n, column in columns.items()}
        if is_found and self.fits(values):
            for other, value in values.items():
                self.found.setdefault(other, set()).add(value)
        return values[name] if is_found else None

    def fits(self, values):
        return all(holds(bar, values) for bar in self.bars) and any(
            holds(clue, values) for clue in self.clues
        )

    def values(self, name):
        """Give values that a number may have, up to as many as the threshold."""
        found = self.found.setdefault(name, set())
        for exact in (False, True):
            if len(found) < THRESHOLD:
                low, high = (
                    self.ask(name, 0, MOST, most=most, exact=exact) for most in (False, True)
                )
                for value in range(low, high + 1) if exact else range(2 * THRESHOLD):
                    if len(found) < THRESHOLD and value not in found:
                        self.ask(name, value, value, most=True, exact=exact)
        return found


def bind(solver, columns, signed, low, high):
    total = sum(sign * columns[name] for name, sign in signed.items())
    solver.addConstr(total >= low)
    if high is not None:
        solver.addConstr(total <= high)


def tick(solver, columns, signed, low, high):
    """Hold a bar only where a tick is set."""
    is_set = solver.addBinary()
    total = sum(sign * columns[name] for name, sign in signed.items())
    far = MOST * (1 + len(signed))
    solver.addConstr(total >= low - far * (1 - is_set))
    solver.addConstr(total <= high + far * (1 - is_set))
    return is_set


def holds(bar, values):
    signed, low, high = bar
    total = sum(sign * values[name] for name, sign in signed.items())
    return total >= low and (high is None or total <= high)


def read(report, number):
    """Give what is printed, and the keys of what is not; all that the attacker sees."""
    told, asked = {}, set()
    for printed in report.tables:
        for cell in printed.cells():
            if cell.value is None:
                continue
            if report.is_line(printed) or report.is_hidden(cell):
                asked.add(name_in(cell.key, number))
            else:
                told[name_in(cell.key, number)] = cell.value
    return told, asked - told.keys()


def name_in(key, number):
    """What is over is the same in both reports; what is still growing is not."""
    is_over = key.split("/")[0] in SETTLED or "month=" in key
    return key if is_over else f"{key} in {number}"


def bars_of(report, number):
    """Write the links as rows: signed names, lowest, highest; of 「−」 nothing can be said."""
    counted = {c.key for t in report.tables for c in t.cells() if c.value is not None}
    for link in (link for printed in report.tables for link in printed.links):
        if isinstance(link, AtMost):
            pairs = [({link.greater: 1, link.lesser: -1}, None)]
        elif isinstance(link, Several):
            pairs = [({link.total: 1, part: -1}, None) for part in link.parts]
            if link.is_complete:
                pairs.append((dict.fromkeys(link.parts, 1) | {link.total: -1}, None))
        else:
            signed = dict.fromkeys(link.parts, 1) | dict.fromkeys(link.less, -1)
            pairs = [(signed | {link.total: -1}, 0)]
        for signed, high in pairs:
            left = {name_in(k, number): sign for k, sign in signed.items() if k in counted}
            if len(left) == len(signed) or (high == 0 and link.total in counted):
                yield left, 0, high


def growth(before, after):
    both = [{c.key for t in report.tables for c in t.cells()} for report in (before, after)]
    for key in both[0] & both[1]:
        if key.split("/")[0] in GROWING and name_in(key, 0) != key:
            yield {name_in(key, 1): 1, name_in(key, 0): -1}, 0, None


def clues_of(report, number, asked):
    """Say what makes the rule hide: a small number, or everybody in one part."""
    sums = [e for t in report.tables for e in t.links if isinstance(e, Equation)]
    summed = {k for e in sums if len(e.parts + e.less) > 1 for k in (e.total, *e.parts, *e.less)}
    wholes = {t.total for t in report.tables}
    for key in {c.key for t in report.tables for c in t.cells() if c.value is not None}:
        alone = key not in summed or key in wholes
        if (name := name_in(key, number)) in asked:
            yield {name: 1}, 1, THRESHOLD if alone else THRESHOLD - 1
    for link in (e for t in report.tables for e in t.links):
        tells = isinstance(link, Several) or (isinstance(link, Equation) and link.tells)
        for part in link.parts if tells else ():
            if (name := name_in(part, number)) in asked:
                yield {name: 1, name_in(link.total, number): -1}, 0, 0


def groups(asked, bars):
    """Put the unknown that hang together into groups."""
    group = {name: {name} for name in asked}
    for signed, _, _ in bars:
        inside = [name for name in signed if name in asked]
        joined = set().union(*(group[name] for name in inside))
        for name in joined:
            group[name] = joined
    return {frozenset(names) for names in group.values()}


def attack(*reports):
    """Give every unprinted number with fewer possible values than the threshold."""
    seen = [read(report, n) for n, report in enumerate(reports)]
    told = {k: v for known, _ in seen for k, v in known.items()}
    asked = set().union(*(unknown for _, unknown in seen)) - told.keys()
    bars = [bar for n, report in enumerate(reports) for bar in bars_of(report, n)]
    bars += [bar for pair in pairwise(reports) for bar in growth(*pair)]
    clues = [c for n, report in enumerate(reports) for c in clues_of(report, n, asked)]
    bars, clues = ([known_away(bar, told) for bar in rows] for rows in (bars, clues))
    marked = {name_in(k, n) for n, report in enumerate(reports) for k in report.hidden}
    pinned = {}
    for names in sorted(groups(asked, bars), key=sorted):
        near = [b for b in bars if names & b[0].keys()]
        attacker = Attacker(sorted(names), near, [c for c in clues if names & c[0].keys()])
        pinned |= {n: v for n in sorted(names & marked) if len(v := attacker.values(n)) < THRESHOLD}
    return pinned


def known_away(bar, told):
    """Put the printed figures in: what remains is about the unknown."""
    signed, low, high = bar
    known = sum(sign * told[name] for name, sign in signed.items() if name in told)
    left = {name: sign for name, sign in signed.items() if name not in told}
    return left, low - known, None if high is None else high - known


def small_ones(report):
    """Hide only what is small, as an office does that never heard of subtraction."""
    cells = {c.key: c.value for t in report.tables for c in t.cells() if c.value is not None}
    hidden = frozenset(key for key, value in cells.items() if 0 < value < THRESHOLD)
    return replace(report, hidden=hidden)


@pytest.mark.parametrize("tens", range(20))
def test_nobody_can_guess_a_hidden_figure_of_a_random_year(tens):
    for seed in range(tens * 10, tens * 10 + 10):
        report = publish(tables_of(*year(seed)), THRESHOLD)

        assert report.told == frozenset()
        assert attack(report) == {}, seed


@pytest.fixture(scope="module")
def demo_years():
    """The public tables of a 年度 that is over, and of the running one at two days."""
    days = ((2025, TODAY), (2026, date(2026, 10, 31)), (2026, TODAY))
    with open_store("") as store:
        make_town(store, households=60, seed=3, today=TODAY)
        years = [tables(store, year, today=day) for year, day in days]
    return [[t for t in year if t.id in public_ids()] for year in years]


@pytest.mark.parametrize("which", [0, 2])
def test_nobody_can_guess_a_hidden_figure_of_the_demo_years(demo_years, which):
    report = publish(demo_years[which], THRESHOLD)

    assert report.hidden
    assert report.told == frozenset()
    assert attack(report) == {}


def test_octobers_report_of_the_demo_year_beside_novembers_gives_nothing_away(demo_years):
    october = publish(demo_years[1], THRESHOLD)

    november = publish(demo_years[2], THRESHOLD, [october])

    assert november.told == frozenset()
    assert attack(october, november) == {}


def test_the_attacker_finds_what_is_hidden_by_its_smallness_alone():
    reports = [small_ones(publish(tables_of(*year(seed)), THRESHOLD)) for seed in (0, 12, 16, 40)]

    assert [bool(attack(report)) for report in reports] == [True] * 4


@pytest.mark.parametrize("seed", range(30))
def test_last_months_report_beside_this_months_gives_nothing_away(seed):
    months, lists, people, moves = year(seed)
    before = [p for p in people if p["month"] < months - 1]
    last = publish(tables_of(months - 1, lists, before, moves), THRESHOLD)

    now = publish(tables_of(months, lists, people, moves), THRESHOLD, [last])

    assert now.told == frozenset()
    assert attack(last, now) == {}


def test_two_reports_that_know_nothing_of_each_other_give_something_away():
    found = []
    for seed in range(6):
        months, lists, people, moves = year(seed)
        before = [p for p in people if p["month"] < months - 1]
        spans = ((months - 1, before), (months, people))
        both = [publish(tables_of(m, lists, some, moves), THRESHOLD) for m, some in spans]
        found.append(attack(*both))

    assert any(found)


def test_the_attackers_values_are_those_of_counting_everything_out():
    parts = [Cell(f"n/{n}", value) for n, value in enumerate((3, 7, 10))]
    sums = [Equation("n", ("n/0", "n/1", "n/2"), tells=False)]
    names, bars, clues = puzzle(publish([table("n", [[*parts, Cell("n", 20)]], sums)], THRESHOLD))

    fitting = [v for v in tried(names, 21) if all(holds(b, v) for b in bars)]
    fitting = [v for v in fitting if any(holds(c, v) for c in clues)]

    assert names
    for name in names:
        found = Attacker(names, bars, clues).values(name)
        assert found <= {v[name] for v in fitting}
        assert len(found) >= THRESHOLD


def puzzle(report):
    told, asked = read(report, 0)
    bars = [known_away(bar, told) for bar in bars_of(report, 0)]
    return sorted(asked), bars, [known_away(c, told) for c in clues_of(report, 0, asked)]


def tried(names, most):
    """Give every way to fill a few unknown figures."""
    for values in itertools.product(range(most), repeat=len(names)):
        yield dict(zip(names, values, strict=True))
