"""Seconds for N packets: stock papermill's command line, papermill in a warm process, our engine.

All three run the same notebook of the same town in the same run, one after the other, and
print nothing but the executed notebook (no HTML), so that only the engines differ.

    python benchmarks/bench_engine.py [N]
"""

import compileall
import json
import os
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from jusou_nb import open_store
from jusou_nb.casework.sample import make_town
from jusou_nb.runner import templates
from jusou_nb.runner.jobs import packet_jobs

TODAY = date(2026, 10, 5)
ONE = """
import json, sys, papermill
template, folder, number, engine, values = *sys.argv[1:5], json.loads(sys.argv[5])
for each in range(int(number)):
    papermill.execute_notebook(
        template, f"{folder}/{engine}-{each}.ipynb", values,
        engine_name=engine, progress_bar=False, request_save_on_cell_execute=False,
    )
"""


def compile_first() -> None:
    """Compile all: else each start pays for it, which flatters the engine that starts once."""
    for folder in (sysconfig.get_paths()["purelib"], str(Path(__file__).parents[1] / "jusou_nb")):
        compileall.compile_dir(folder, quiet=2, workers=os.cpu_count() or 1)


def town(folder: Path) -> dict[str, Any]:
    """Make a town; give the parameters of one packet of its sitting."""
    with open_store(folder / "town.db") as store:
        made = make_town(store, households=40, seed=1, today=TODAY)
        return packet_jobs(store, folder / "town.db", made.conference_id, TODAY)[0].parameters


def timed(work: Callable[[], object]) -> float:
    """Measure by the wall."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def command_line(template: Path, folder: Path, values: dict[str, Any], number: int) -> None:
    """Start papermill anew for each packet, as a shell loop would."""
    given = [word for name, value in values.items() for word in ("-p", name, str(value))]
    for each in range(number):
        out = folder / f"cli-{each}.ipynb"
        words = [sys.executable, "-m", "papermill", template, out, *given, "--no-progress-bar"]
        subprocess.run(words, check=True, capture_output=True)


def one_process(
    template: Path, folder: Path, values: dict[str, Any], number: int, engine: str
) -> None:
    """Run all packets from one fresh process; its start and imports are in the time."""
    words = [sys.executable, "-c", ONE, template, folder, str(number), engine, json.dumps(values)]
    subprocess.run(words, check=True, capture_output=True)


def main(number: int) -> None:
    """Measure all three and print a table."""
    print("compiling .pyc first …")
    compile_first()
    template = templates.find("conference_packet")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        values = town(folder)
        ways = {
            "papermill command line": lambda: command_line(template, folder, values, number),
            "papermill, one process": lambda: one_process(
                template, folder, values, number, "nbclient"
            ),
            "engine jusou": lambda: one_process(template, folder, values, number, "jusou"),
        }
        taken = {way: timed(work) for way, work in ways.items()}
    ours = taken["engine jusou"]
    print(f"{number} packets, start and imports included, .pyc compiled")
    print(f"{'':24}{'seconds':>9}{'a packet':>10}{'times ours':>12}")
    for way, seconds in taken.items():
        print(f"{way:24}{seconds:9.2f}{seconds / number:10.3f}{seconds / ours:12.1f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
