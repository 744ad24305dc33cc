"""How fast the desk opens a client's page in a large store, beside raw SQL in the same run.

    python benchmarks/bench_desk_case_page.py [--persons 100000] [--entries 300] [--store FILE]

The town of ``big_town`` is made (or a copy of FILE is taken), and one running case in it gets so
many entries. Ours is the whole page as the kernel makes it: 期限 of the household, the next step,
people, roles, papers, the 時間の流れ, and what is sent to the browser. The peer reads the same
household's people, cases and notes by hand-written SQL and puts them in order, and does nothing
else; what stands between the two is the price of the rest. Modules are compiled first.
"""

import argparse
import compileall
import json
import shutil
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import big_town

import jusou_nb
from jusou_nb.forms import Case, CaseNote
from jusou_nb.store import Store
from jusou_nb.widgets import desk
from jusou_nb.widgets.client_view import ClientView
from jusou_nb.widgets.desk import Desk

TODAY = date(2026, 11, 22)
FIRST = datetime.fromisoformat("2025-01-01T09:00")
_PEER = (
    "SELECT name, kana, birth, relation FROM persons WHERE household_id = ?",
    "SELECT status, status_on, coordinator FROM cases WHERE household_id = ?",
    (
        "SELECT happened_at, content, next_action FROM case_notes WHERE case_id IN"
        " (SELECT id FROM cases WHERE household_id = ?) AND struck_at IS NULL"
        " ORDER BY happened_at DESC"
    ),
)


def long_case(store: Store, entries: int) -> Case:
    """Give a running case so many entries, and give it back."""
    sql = "SELECT max(id) FROM cases WHERE status = 'support' AND struck_at IS NULL"
    case = store.load(Case, store.db.execute(sql).fetchone()[0])
    there = len(store.find(CaseNote, case_id=case.id))
    with store.transaction():
        for number in range(there, entries):
            told = "電話で様子を聞いた。" * 8 + str(number)
            at = FIRST + timedelta(days=2 * number)
            store.save(CaseNote(case_id=case.id, happened_at=at, content=told))
    return case


def timed(work: Callable[[], object], times: int) -> list[float]:
    """Do the work so often and take the milliseconds of each."""
    found = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        found.append((time.perf_counter() - start) * 1000)
    return found


def parts(widget: Any) -> int:
    """Count the widgets of which a part of the desk is made."""
    return 1 + sum(parts(child) for child in getattr(widget, "children", ()))


def asked(store: Store, work: Callable[[], object]) -> int:
    """Count what the store is asked meanwhile, savepoints left out."""
    queries: list[str] = []
    store.db.conn.set_trace_callback(queries.append)
    work()
    store.db.conn.set_trace_callback(None)
    return sum(not sql.startswith(("SAVEPOINT", "RELEASE", "--")) for sql in queries)


def peer(path: Path, household_id: int) -> float:
    """Read the household by raw SQL; the median of twenty, in milliseconds."""
    plain = sqlite3.connect(path)

    def read() -> list[list[Any]]:
        return [plain.execute(sql, [household_id]).fetchall() for sql in _PEER]

    found = timed(read, 20)
    plain.close()
    return statistics.median(found)


def told(opened: Desk, path: Path, case: Case) -> dict[str, Any]:
    """Measure the page of a case and what it is made of."""
    client, home = case.client_id or 0, case.household_id or 0

    def make() -> ClientView:
        return ClientView(opened.session, None, client)

    first = timed(make, 1)[0]
    again = timed(make, 10)
    view = make()
    sent = len(json.dumps([view.head.said, view.glance.said, view.timeline.lines]))
    return {
        "page, first time (ms)": round(first, 1),
        "page, median of 10 (ms)": round(statistics.median(again), 1),
        "page, slowest of 10 (ms)": round(max(again), 1),
        "refresh after a save (ms)": round(statistics.median(timed(view.refresh, 5)), 1),
        "raw SQL, median of 20 (ms)": round(peer(path, home), 2),
        "widgets": parts(view),
        "queries": asked(opened.store, view.refresh),
        "lines of the 時間の流れ": len(view.timeline.found),
        "sent to the browser (KB)": round(sent / 1024, 1),
    }


def main() -> None:
    """Make the town, open the page, and print what it took."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--persons", type=int, default=100_000)
    words.add_argument("--entries", type=int, default=300)
    words.add_argument("--store", type=Path)
    given = words.parse_args()
    compileall.compile_dir(Path(jusou_nb.__file__).parent, quiet=1)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "big.db"
        if given.store:
            shutil.copy(given.store, path)
        else:
            big_town.make(path, given.persons)
        opened = desk(path, today=TODAY)
        if not isinstance(opened, Desk):
            raise SystemExit(str(opened.banner.text))
        case = long_case(opened.store, given.entries)
        for name, value in told(opened, path, case).items():
            print(f"{name:<32}{value:>10}")
        opened.store.close()


if __name__ == "__main__":
    main()
