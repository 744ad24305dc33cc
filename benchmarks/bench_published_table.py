"""The published table of the 困窮 programme, three 年度, as records, evaluated beside raw SQL.

    python benchmarks/bench_published_table.py [--share 1.0]

Every count of the table becomes that many records: 678,522 consultations and 193,755 plans
(新規相談受付件数, プラン作成件数 of 平成27 to 29年度), spread over the months, the routes, ages and
issues of the standard profile, each with its household and person, and each plan with its case.
They are laid straight into the tables of the store: the chain of changes says in one line that
they were, since a change a record is what the verbs and the import write, not what is measured
here. What comes back must be the table to the digit, or the script ends with an error.
"""

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import count as numbers
from pathlib import Path
from typing import TypeVar

from jusou_nb import open_store
from jusou_nb.dates import fiscal_year_name
from jusou_nb.store import Store
from jusou_nb.store.yearly import CATALOGUE, by_month, by_part, count

PUBLISHED = {2015: (226_411, 55_570), 2016: (222_426, 66_892), 2017: (229_685, 71_293)}
RATES = {2015: "24.5", 2016: "30.1", 2017: "31.0"}
TWO_YEARS = (448_837, 122_462)
SUMS = (678_522, 193_755)
ISSUES = [json.dumps(ticks) for ticks in (["debt"], ["debt", "illness"], [], ["hikikomori"])]
INSERTS = {
    "households": ("id", "version", "size"),
    "persons": ("id", "household_id", "position", "version", "name", "birth"),
    "intakes": ("id", "household_id", "client_id", "version", "number", "received_on", "route",
                "desk_level", "issues", "screening"),
    "cases": ("id", "household_id", "client_id", "intake_id", "version", "status", "status_on",
              "opened_on"),
    "plans": ("id", "case_id", "client_id", "version", "drawn_on", "sequence", "state"),
}  # fmt: skip
Rows = Iterator[tuple[object, ...]]
Made = TypeVar("Made")


def day_of(year: int, place: int, of: int) -> str:
    """Spread the records of a 年度 evenly over its days."""
    first = date(year, 4, 1)
    days = (date(year + 1, 4, 1) - first).days
    return (first + timedelta(days=place * days // of)).isoformat()


def records(share: float, routes: list[str]) -> Iterator[dict[str, tuple[object, ...]]]:
    """Give the rows of each consultation, with those of its plan where there is one."""
    ids = numbers(1)
    for year, published in PUBLISHED.items():
        intakes, plans = (round(n * share) for n in published)
        for place in range(intakes):
            one, day = next(ids), day_of(year, place, intakes)
            born = f"{1930 + place % 80}-{place % 12 + 1:02}-15"
            made = {
                "households": (one, 1, 1),
                "persons": (one, one, 1, 1, "架空 太郎", born),
                "intakes": (one, one, one, 1, f"H-{one}", day, routes[place % len(routes)],
                            "first" if place % 3 else "second", ISSUES[place % 4], "continuing"),
            }  # fmt: skip
            if place < plans:
                made["cases"] = (one, one, one, one, 1, "support", day, day)
                made["plans"] = (one, one, one, 1, day_of(year, place, plans), 1, "agreed")
            yield made


def lay_in(store: Store, share: float) -> None:
    """Write all records into the tables, table by table so that every link is there before."""
    routes = list(store.profile.codes("route").by_code)
    with store.transaction():
        for table, columns in INSERTS.items():
            marks = ", ".join("?" for _ in columns)
            rows: Rows = (made[table] for made in records(share, routes) if table in made)
            store.db.conn.executemany(
                f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", rows
            )
        store.log_change("intakes", 0, "benchmark", {"laid_in": "without a change a record"})


def span(year: int) -> tuple[date, date]:
    """Give the first and the last day of a 年度."""
    return date(year, 4, 1), date(year + 1, 3, 31)


def ours(store: Store) -> dict[str, object]:
    """Evaluate the three 年度 through the indicators."""
    found: dict[str, object] = {}
    for year in PUBLISHED:
        for code in ("intakes", "plans"):
            found[f"{code} {year}"] = count(store, CATALOGUE[code], *span(year))
        months = by_month(store, CATALOGUE["intakes"], *span(year))
        found[f"months {year}"] = {month: n for (_, month), n in sorted(months.items())}
        for part in ("route", "desk_level", "issue", "age"):
            parted = by_part(store, CATALOGUE[f"intakes_by_{part}"], *span(year))
            found[f"{part} {year}"] = dict(sorted(parted.items()))
    return found


_AGE = (
    "strftime('%Y', received_on) - substr(birth, 1, 4)"
    " - (substr(received_on, 6) < substr(birth, 6))"
)
_PEERS = {
    "intakes": "SELECT count(*) FROM intakes WHERE received_on BETWEEN ? AND ?",
    "plans": "SELECT count(*) FROM plans WHERE drawn_on BETWEEN ? AND ?",
    "months": "SELECT strftime('%Y-%m', received_on), count(*) FROM intakes"
              " WHERE received_on BETWEEN ? AND ? GROUP BY 1",
    "route": "SELECT route, count(*) FROM intakes WHERE received_on BETWEEN ? AND ? GROUP BY 1",
    "desk_level": "SELECT desk_level, count(*) FROM intakes WHERE received_on BETWEEN ? AND ?"
                  " GROUP BY 1",
    "issue": "SELECT coalesce(t.value, ''), count(*) FROM intakes LEFT JOIN json_each(issues) AS t"
             " WHERE received_on BETWEEN ? AND ? GROUP BY 1",
    "age": f"SELECT CASE WHEN {_AGE} < 20 THEN 'under_20' WHEN {_AGE} >= 70 THEN 'over_70'"
           f" ELSE (({_AGE}) / 10 * 10) || 's' END, count(*) FROM intakes JOIN persons"
           " ON persons.id = client_id WHERE received_on BETWEEN ? AND ? GROUP BY 1",
}  # fmt: skip


def raw(store: Store) -> dict[str, object]:
    """Count the same with SQL written by hand for this one question, knowing nothing else."""
    found: dict[str, object] = {}
    for year in PUBLISHED:
        for name, sql in _PEERS.items():
            rows = store.db.conn.execute(sql, [day.isoformat() for day in span(year)]).fetchall()
            whole = name in ("intakes", "plans")
            found[f"{name} {year}"] = rows[0][0] if whole else dict(sorted(rows))
    return found


def timed(work: Callable[[], Made]) -> tuple[Made, float]:
    """Do the work once; give what came of it and the seconds."""
    start = time.perf_counter()
    made = work()
    return made, time.perf_counter() - start


def percent(above: int, below: int) -> str:
    """Write a share with one digit, halves rounded up."""
    share = Decimal(above) * 100 / Decimal(below)
    return str(share.quantize(Decimal("0.1"), ROUND_HALF_UP))


def faults(found: dict[str, object], other: dict[str, object], share: float) -> Iterator[str]:
    """Name whatever differs from the published table, or from the peer."""
    if found != other:
        yield from (f"raw SQL differs: {key}" for key in found if found[key] != other[key])
    pairs = {y: (int(str(found[f"intakes {y}"])), int(str(found[f"plans {y}"]))) for y in PUBLISHED}
    for year, pair in pairs.items():
        print(f"  {fiscal_year_name(year)}: 新規相談 {pair[0]:,} プラン {pair[1]:,} "
              f"プラン率 {percent(pair[1], pair[0])} %")  # fmt: skip
        if pair != tuple(round(n * share) for n in PUBLISHED[year]):
            yield f"{year}: {pair}"
        if share == 1 and percent(pair[1], pair[0]) != RATES[year]:
            yield f"{year}: プラン率 {percent(pair[1], pair[0])}"
    for years, said in ((2, TWO_YEARS), (3, SUMS)):
        sums = tuple(sum(pair[n] for pair in list(pairs.values())[:years]) for n in (0, 1))
        print(f"  {years}年計: 新規相談 {sums[0]:,} プラン {sums[1]:,}")
        if share == 1 and sums != said:
            yield f"{years}年計: {sums}"


def main() -> int:
    """Lay in, evaluate, compare, print the seconds."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    asked.add_argument("--share", type=float, default=1.0, help="how much of the table")
    share = asked.parse_args().share
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "table.db") as store:
        _, laid = timed(lambda: lay_in(store, share))
        found, own = timed(lambda: ours(store))
        other, peer = timed(lambda: raw(store))
        wrong = list(faults(found, other, share))
    print(f"  laid in {laid:.1f} s; evaluated (3 年度, 7 figures each): "
          f"jusou_nb {own:.2f} s, raw SQL {peer:.2f} s ({own / peer:.1f} times)")  # fmt: skip
    print("\n".join(f"  differs: {fault}" for fault in wrong) or "  same to the digit")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
