"""How long 探す takes in a large town, asked over HTTP as the desk asks it, beside raw LIKE.

    python benchmarks/bench_desk_search.py [--persons 100000] [--notes 10] [--store FILE]

The town is written first (see ``big_town.py``). Each question is asked ten times over HTTP of
a real server; the time is the whole round trip, with the XSRF and token checks. Beside it
stands SQLite's own ``LIKE '%…%'`` over one column each, which knows neither kana nor 異体字,
counts nothing by groups, asks for no role and tells nothing of whom it found.
"""

import json
import os
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from urllib.error import URLError
from urllib.request import Request, urlopen

import big_town

TOKEN = "for-this-run-alone"  # noqa: S105 - a word for a server that lives for seconds
TIMES = 10
QUESTIONS = (
    ("氏名2字", "花子", "persons", "name"),
    ("氏名2字、よくある", "見本", "persons", "name"),
    ("フリガナ", "みほん", "persons", "kana"),
    ("異体字", "高見本邊", "persons", "name"),
    ("氏名の全部", "髙見本　花子", "persons", "name"),
    ("電話の一部", "090-0123", "persons", "telephone"),
    ("電話の全部", "09001232800", "persons", "telephone"),
    ("番号", "R8-000400", "intakes", "number"),
    ("課題", "ひきこもり", "intakes", "issues"),
    ("記録の言葉", "眠れていない", "case_notes", "content"),
    ("相談の言葉", "家賃", "intakes", "detail"),
    ("どこにもない", "ぬるぽねこ", "case_notes", "content"),
)


def timed(work: Callable[[], object]) -> list[float]:
    """Do the work so many times; give the milliseconds of each."""
    taken = []
    for _ in range(TIMES):
        start = time.perf_counter()
        work()
        taken.append((time.perf_counter() - start) * 1000)
    return taken


class Served:
    """A server of one store, for as long as the benchmark runs."""

    def __init__(self, store: Path, folder: Path) -> None:
        """Start it and wait until it answers."""
        with socket.socket() as asked:
            asked.bind(("127.0.0.1", 0))
            port = asked.getsockname()[1]
        own = {name: str(folder / name) for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR")}
        places = {"HOME": str(folder), "JUPYTER_RUNTIME_DIR": str(folder / "run"), **own}
        words = [
            *(sys.executable, "-m", "jupyter_server", "--allow-root", "--no-browser"),
            *(f"--ServerApp.port={port}", f"--ServerApp.root_dir={folder}"),
            *(
                "--ServerApp.ip=127.0.0.1",
                "--ServerApp.jpserver_extensions={'jusou_nb.server': True}",
            ),
        ]
        around = {**os.environ, **places, "JUSOU_STORE": str(store), "JUPYTER_TOKEN": TOKEN}
        self.address = f"http://127.0.0.1:{port}"
        quiet = subprocess.DEVNULL
        self.process = subprocess.Popen(words, env=around, stdout=quiet, stderr=quiet)
        self.wait()

    def wait(self) -> None:
        """Ask until it answers."""
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                self.search("花子")
            except URLError:
                time.sleep(0.2)
            else:
                return
        raise SystemExit("the server does not answer")

    def search(self, words: str) -> int:
        """Ask for some words and give how many were found."""
        told = {"Authorization": f"token {TOKEN}", "Content-Type": "application/json"}
        body = json.dumps({"words": words}).encode()
        asked = Request(f"{self.address}/jusou/search", body, told)  # noqa: S310 - our own server
        with urlopen(asked, timeout=30) as answer:  # noqa: S310 - as above
            return sum(group["count"] for group in json.load(answer)["groups"])


def measure(store: Path, folder: Path) -> None:
    """Ask every question of both and print what it took."""
    served = Served(store, folder)
    raw = sqlite3.connect(f"{store.as_uri()}?mode=ro", uri=True)
    print(
        f"{'what':<20}{'found':>7}{'median ms':>11}{'worst ms':>10}{'LIKE rows':>11}{'LIKE ms':>9}"
    )
    try:
        for what, words, table, column in QUESTIONS:
            sql = f"SELECT id FROM {table} WHERE {column} LIKE ?"
            found, taken = served.search(words), timed(lambda w=words: served.search(w))
            rows = len(raw.execute(sql, [f"%{words}%"]).fetchall())
            like = timed(lambda s=sql, w=words: raw.execute(s, [f"%{w}%"]).fetchall())
            median, plain = statistics.median(taken), statistics.median(like)
            pad = " " * max(0, 20 - 2 * len(what) + sum(c.isascii() for c in what))
            print(
                f"{what}{pad}{found:>7,}{median:>11.1f}{max(taken):>10.1f}{rows:>11,}{plain:>9.1f}"
            )
    finally:
        served.process.terminate()
        served.process.wait(20)


def main() -> None:
    """Compile, write the town, measure."""
    options = big_town.asked(__doc__)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        store = options.store or big_town.make(folder / "town.db", options.persons, options.notes)
        print(f"{options.persons:,} persons, {store.stat().st_size / 1e6:.0f} MB")
        measure(store.absolute(), folder)


if __name__ == "__main__":
    main()
