"""How long the store takes beside raw sqlite3 and sqlite-utils, in the same run.

    python benchmarks/bench_store.py [--records 2000] [--households 300]

The peers write the same columns of the same intakes into a table of the same shape, and
nothing else; the store also checks versions, appends each change to the hashed chain and
gives back whole forms. What stands between the two is the price of that.
"""

import argparse
import compileall
import os
import sqlite3
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import sqlite_utils

import jusou_nb
from jusou_nb import open_store, values
from jusou_nb.casework.sample import make_town
from jusou_nb.fields import Code, items
from jusou_nb.forms import Case, Intake
from jusou_nb.store import Store
from jusou_nb.store.schema import columns

TODAY = date(2026, 10, 5)
Timing = tuple[str, str, int, float]


def timed(what: str, who: str, count: int, work: Callable[[], object]) -> Timing:
    """Do the work once and take the time."""
    start = time.perf_counter()
    work()
    return what, who, count, time.perf_counter() - start


def intakes(count: int) -> list[Intake]:
    """Make intakes as they are before they are saved."""
    return [
        Intake(
            number=f"R8-{n:06}",
            received_on=TODAY,
            route=Code("self"),
            topics=(Code("income"), Code("debt")),
            issues=(Code("hikikomori"),),
            presenting_problem="収入が減り、家賃が払えない。" * 4,
            urgency=Code("month"),
        )
        for n in range(count)
    ]


def rows(records: Sequence[Intake]) -> list[dict[str, Any]]:
    """Spell the boxes as columns, for the peers."""
    boxes = items(Intake)
    return [{b.name: values.to_column(b, getattr(r, b.name)) for b in boxes} for r in records]


def in_one(store: Store, work: Callable[[], object]) -> None:
    """Work in one transaction."""
    with store.transaction():
        work()


def ours(folder: Path, count: int) -> list[Timing]:
    """Time the store on a file of its own."""
    new, few = intakes(count), min(count, 200)
    with open_store(folder / "ours.db") as store:
        saved: list[Intake] = []
        many = timed("save", "jusou_nb, one transaction", count,
                     lambda: in_one(store, lambda: saved.extend(map(store.save, new))))  # fmt: skip
        changed = [replace(record, remarks="追記") for record in saved[:few]]
        return [
            many,
            timed("change", "jusou_nb, one transaction each", few,
                  lambda: [store.save(record) for record in changed]),
            timed("load", "jusou_nb, one by one", count,
                  lambda: [store.load(Intake, r.id or 0) for r in saved]),
            timed("find", "jusou_nb, all", count, lambda: store.find(Intake)),
            timed("frame", "jusou_nb, masked", count, lambda: store.frame("intakes")),
            timed("verify", "jusou_nb, both chains", count + few, store.verify),
        ]  # fmt: skip


def same_table(path: Path) -> sqlite_utils.Database:
    """Make a store of one table, of the same shape and with the same promises."""
    database = sqlite_utils.Database(sqlite3.connect(path, isolation_level=None))
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = FULL")
    database.table("intakes").create(columns(Intake, None), pk="id", strict=True)
    return database


def raw(folder: Path, count: int) -> list[Timing]:
    """Time the standard library on a file of its own."""
    new, few = rows(intakes(count)), min(count, 200)
    connection = same_table(folder / "raw.db").conn
    names = ", ".join(new[0])
    marks = ", ".join(f":{name}" for name in new[0])

    def save() -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(f"INSERT INTO intakes ({names}) VALUES ({marks})", new)
        connection.execute("COMMIT")

    def change() -> None:
        for id_ in range(1, few + 1):
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("UPDATE intakes SET remarks = ? WHERE id = ?", ["追記", id_])
            connection.execute("COMMIT")

    one = "SELECT * FROM intakes WHERE id = ?"
    return [
        timed("save", "sqlite3, one transaction", count, save),
        timed("change", "sqlite3, one transaction each", few, change),
        timed("load", "sqlite3, one by one", count,
              lambda: [connection.execute(one, [n + 1]).fetchone() for n in range(count)]),
        timed("find", "sqlite3, all", count,
              lambda: connection.execute("SELECT * FROM intakes").fetchall()),
    ]  # fmt: skip


def utils(folder: Path, count: int) -> list[Timing]:
    """Time sqlite-utils, on which the store stands, on a file of its own."""
    new = rows(intakes(count))
    table = same_table(folder / "utils.db").table("intakes")
    return [
        timed("save", "sqlite-utils, insert_all", count, lambda: table.insert_all(new)),
        timed("load", "sqlite-utils, one by one", count,
              lambda: [table.get(n + 1) for n in range(count)]),
        timed("find", "sqlite-utils, all", count, lambda: list(table.rows)),
    ]  # fmt: skip


def town(folder: Path, households: int) -> list[Timing]:
    """Time a whole town, and the first reads of a morning in it."""
    with open_store(folder / "town.db") as store:
        return [
            timed("town", "households, by the verbs", households,
                  lambda: make_town(store, households=households, seed=1, today=TODAY)),
            timed("town", "cases found", store.db["cases"].count, lambda: store.find(Case)),
            timed("town", "changes verified", store.db["changes"].count, store.verify),
        ]  # fmt: skip


def table(timings: Sequence[Timing]) -> str:
    """Write the timings, the store's beside its peers'."""
    ordered = sorted(timings, key=lambda row: [r[0] for r in timings].index(row[0]))
    lines = [f"{'what':<8}{'who':<34}{'records':>9}{'seconds':>10}{'µs each':>11}"]
    for what, who, count, seconds in ordered:
        each = seconds / max(count, 1) * 1_000_000
        lines.append(f"{what:<8}{who:<34}{count:>9,}{seconds:>10.3f}{each:>11,.1f}")
    return "\n".join(lines)


def main() -> None:
    """Compile, measure, print."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--records", type=int, default=2_000)
    asked.add_argument("--households", type=int, default=300)
    options = asked.parse_args()
    compileall.compile_dir(str(Path(jusou_nb.__file__).parent), quiet=2)
    print(f".pyc compiled first; wall clock of one run, {os.cpu_count()} processors")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        peers = [*raw(folder, options.records), *utils(folder, options.records)]
        print(table([*ours(folder, options.records), *peers, *town(folder, options.households)]))


if __name__ == "__main__":
    main()
