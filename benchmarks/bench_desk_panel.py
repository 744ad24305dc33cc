"""How long the panel 「本日の対応・期限」 waits in a large town, asked over HTTP, beside raw SQL.

    python benchmarks/bench_desk_panel.py [--persons 100000] [--notes 10] [--store FILE]

The town is written first (see ``big_town.py``); ``--store`` takes one written before, of which
a copy is used. Told are: the first question after a start, asked at once and asked a second
later; the panel's own first question, of a browser that opens JupyterLab the moment it answers;
a question while nothing changed; one just after a record was saved (the last count,
marked as stale); and the count that follows. Beside it stands what raw SQL takes for the same
worker: one query for each of four kinds of thirty, each with its own table and day alone, which
knows no succession, no role and no exclusion.
"""

import json
import os
import shutil
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import Request, urlopen

import big_town
from bench_desk_start import FLAGS, NAME, lab

from jusou_nb import open_store, settings
from jusou_nb.forms import PhoneMemo
from jusou_nb.store.due import due_items

TOKEN = "for-this-run-alone"  # noqa: S105 - a word for a server that lives for seconds
TIMES = 10
WORKER = "担当01"
OF_CASE = "JOIN cases AS c ON c.id = w.case_id"
OF_PLAN = "JOIN plans AS p ON p.id = w.plan_id JOIN cases AS c ON c.id = p.case_id"
OWN = "c.coordinator = :me OR c.deputy = :me"
RAW = tuple(
    f"SELECT w.id, w.{day} FROM {table} AS w {joined} WHERE w.{day} IS NOT NULL"
    f" AND c.status <> 'closed' AND ({OWN})"
    for table, day, joined in (
        ("case_notes", "next_due", OF_CASE),
        ("plans", "ends_on", OF_CASE),
        ("plans", "next_monitoring_on", OF_CASE),
        ("role_assignments", "due_on", OF_PLAN),
    )
)


def milliseconds(work: Callable[[], Any]) -> tuple[float, Any]:
    """Do the work once; give how long it took, and what it gave."""
    start = time.perf_counter()
    found = work()
    return (time.perf_counter() - start) * 1000, found


def median(work: Callable[[], Any]) -> float:
    """Do the work so many times; give the middle one of the milliseconds."""
    return statistics.median(milliseconds(work)[0] for _ in range(TIMES))


@contextmanager
def served(store: Path, folder: Path) -> Iterator[Callable[[], dict[str, Any]]]:
    """Run a server of the store; give what asks it for the panel."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        port = asked.getsockname()[1]
    own = {name: str(folder / name) for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR")}
    around = {
        **os.environ, **own, "HOME": str(folder), "JUPYTER_RUNTIME_DIR": str(folder / "run"),
        "JUSOU_STORE": str(store), "JUPYTER_TOKEN": TOKEN,
        "JUSOU_TODAY": big_town.TODAY.isoformat(),
    }  # fmt: skip
    words = [
        *(sys.executable, "-m", "jupyter_server", "--allow-root", "--no-browser"),
        *(f"--ServerApp.port={port}", f"--ServerApp.root_dir={folder}"),
        *("--ServerApp.ip=127.0.0.1", "--ServerApp.jpserver_extensions={'jusou_nb.server': True}"),
    ]
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(words, env=around, stdout=quiet, stderr=quiet)

    def ask(path: str = "jusou/today") -> dict[str, Any]:
        told = {"Authorization": f"token {TOKEN}"}
        request = Request(f"http://127.0.0.1:{port}/{path}", headers=told)
        with urlopen(request, timeout=30) as answer:  # noqa: S310 - our own server
            found: dict[str, Any] = json.load(answer)
            return found

    try:
        wait(lambda: ask("api/status"))
        yield ask
    finally:
        process.terminate()
        process.wait(20)


def wait(ask: Callable[[], Any]) -> None:
    """Ask until somebody answers."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            ask()
        except URLError:
            time.sleep(0.02)
        else:
            return
    raise SystemExit("the server does not answer")


def tell(what: str, taken: float, found: object) -> None:
    """Print one line."""
    print(f"{what:<44}{taken:>9.1f} ms   {found}")


def count_of(answer: dict[str, Any]) -> str:
    """Say how many entries an answer tells of."""
    entries = sum(kind["count"] for kind in answer["kinds"])
    return f"{entries:,} entries{' (stale)' if answer['stale'] else ''}"


def over_http(store: Path, folder: Path) -> None:
    """Start twice, ask, save, ask again."""
    with served(store, folder) as ask:
        taken, answer = milliseconds(ask)
        tell("first answer, asked as the server starts", taken, count_of(answer))
    with served(store, folder) as ask:
        time.sleep(1)
        taken, answer = milliseconds(ask)
        tell("first answer, asked a second after the start", taken, count_of(answer))
        tell(f"nothing changed, median of {TIMES}", median(ask), count_of(answer))
        save(store)
        taken, answer = milliseconds(ask)
        tell("just after a record was saved", taken, count_of(answer))
        time.sleep(1)
        taken, answer = milliseconds(ask)
        tell("a second later", taken, count_of(answer))


def in_browser(store: Path, folder: Path) -> None:
    """Open JupyterLab the moment it answers, and time what the panel itself asks first."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - all else needs none

    path = os.environ.get("JUSOU_CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as player, lab(folder, store, NAME, warm=0) as address:
        opened = player.chromium.launch(executable_path=path, args=FLAGS)
        page = opened.new_page()
        with page.expect_event("requestfinished", lambda asked: "jusou/today" in asked.url) as got:
            page.goto(f"{address}&reset")
        timing = got.value.timing
        taken = timing["responseEnd"] - timing["requestStart"]
        tell("the panel's own first, in a browser", taken, count_of(got.value.response().json()))
        opened.close()


def save(store: Path) -> None:
    """Save something, so that the last count is old."""
    with open_store(store) as opened:
        opened.save(PhoneMemo(said="折り返しの電話がほしい"))


def in_process(store: Path, day: date) -> None:
    """Count in this process, and ask raw SQL in the same run."""
    with open_store(store, readonly=True) as opened:
        found = due_items(opened, day, worker=WORKER)
        taken = median(lambda: due_items(opened, day, worker=WORKER))
        tell(f"the count of {WORKER} alone, median of {TIMES}", taken, f"{len(found):,} entries")
    with closing(sqlite3.connect(f"{store.as_uri()}?mode=ro", uri=True)) as raw:

        def query() -> int:
            return sum(len(raw.execute(sql, {"me": WORKER}).fetchall()) for sql in RAW)

        tell(f"raw SQL, four kinds, median of {TIMES}", median(query), f"{query():,} rows")


def main() -> None:
    """Compile, write the town, measure."""
    options = big_town.asked(__doc__)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        store = folder / "town.db"
        if options.store:
            shutil.copyfile(options.store, store)
        else:
            big_town.make(store, options.persons, options.notes)
        with closing(sqlite3.connect(store)) as raw, raw:
            # Who runs the benchmark is one of the workers.
            sql = "UPDATE workers SET account = ? WHERE account = ?"
            raw.execute(sql, [settings.account(), WORKER])
        print(f"{options.persons:,} persons, {store.stat().st_size / 1e6:.0f} MB")
        over_http(store, folder)
        in_browser(store, folder)
        in_process(store, big_town.TODAY)


if __name__ == "__main__":
    main()
