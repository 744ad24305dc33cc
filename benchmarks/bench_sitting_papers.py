"""Seconds for all papers of a sitting and its one PDF: 15 recipients, 8 items, both bases.

In the same run, of the same copies, the peers: stock papermill's command line with nbconvert
(one start a copy, as a shell loop would), and WeasyPrint in the browser's place where it is
installed. The peers are measured on a few copies and told a copy, ours on all.

    python benchmarks/bench_sitting_papers.py [COPIES-OF-THE-PEERS]
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from bench_engine import compile_first

from jusou_nb import casework, open_store
from jusou_nb.casework.sample import make_town
from jusou_nb.forms import Agency, AgendaItem, Case, Conference
from jusou_nb.runner import export, papers, pdf, pdf_browser, templates
from jusou_nb.runner.jobs import Job, packet_jobs
from jusou_nb.store import Store, queries

TODAY = date(2026, 10, 5)
RECIPIENTS, ITEMS = 15, 8


Seconds = tuple[float, float]
"""By the wall, and of the processors (children that have ended among them)."""


def timed(work: Callable[[], object], number: int = 1) -> Seconds:
    """Measure; where ``number`` things are made, give the seconds of one."""
    wall, busy = time.perf_counter(), sum(os.times()[:4])
    work()
    return (time.perf_counter() - wall) / number, (sum(os.times()[:4]) - busy) / number


def town(path: Path) -> tuple[int, list[Job]]:
    """Make a town whose sitting calls 15 and hears 8; give the sitting and its copies."""
    with open_store(path) as store:
        made = make_town(store, households=40, seed=1, today=TODAY)
        sitting = store.load(Conference, made.conference_id)
        known = list(sitting.called or ())
        others = [a.id for a in store.find(Agency) if a.id and a.id not in known]
        called = tuple((known + others)[: RECIPIENTS - 1])
        sitting = store.save(replace(sitting, called=called))
        _fill(store, sitting)
        return made.conference_id, packet_jobs(store, path, made.conference_id, TODAY)


def _fill(store: Store, sitting: Conference) -> None:
    """Put cases on the sitting until it has eight items."""
    there = queries.items_of(store, sitting.id or 0)
    heard = {item.case_id for item in there}
    for case in store.find(Case):
        if len(there) >= ITEMS:
            return
        if case.id in heard:
            continue
        item = AgendaItem(basis="confidential", question="役割分担をどうするか")
        there.append(casework.put_on_agenda(store, sitting, case, item).item)


def by_papermill(jobs: list[Job], folder: Path) -> None:
    """Execute and convert each copy by the stock command lines."""
    for number, job in enumerate(jobs):
        out = folder / f"stock-{number}.ipynb"
        given = [w for k, v in job.parameters.items() for w in ("-p", k, str(v))]
        template = templates.find(job.template)
        _run("papermill", template, out, *given, "--no-progress-bar")
        _run("nbconvert", "--to", "html", "--template", export.TEMPLATE, out)


def _run(module: str, *words: Any) -> None:
    command = [sys.executable, "-m", module, *map(str, words)]
    subprocess.run(command, check=True, capture_output=True)


def by_weasyprint(pages: list[Path]) -> None:
    """Print pages with WeasyPrint, tagged."""
    from weasyprint import HTML  # noqa: PLC0415 - a peer that need not be there

    for page in pages:
        HTML(page).write_pdf(pdf_tags=True)


def told(what: str, seconds: Seconds, more: str = "") -> None:
    """Print a line of the table."""
    print(f"{what:38}{seconds[0]:7.2f} s by the wall {seconds[1]:7.2f} s of processors  {more}")


def main(some: int) -> None:
    """Measure and print a table."""
    print("compiling .pyc first …")
    compile_first()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        store, out = folder / "town.db", folder / "out"
        sitting, jobs = town(store)
        print(f"{len(jobs)} copies")
        told("HTML of all copies", timed(lambda: papers.make(jobs, out)))
        whole = timed(lambda: pdf.sitting(store, sitting, jobs, out))
        size = next(out.glob("*.pdf")).stat().st_size / 1e6
        told("one PDF of all copies", whole, f"{size:.0f} MB")
        pages = [out / job.file for job in jobs][-some:]
        told("the browser, a copy", timed(lambda: pdf_browser.print_pages(pages), some))
        if find_spec("weasyprint"):
            told("WeasyPrint, a copy", timed(lambda: by_weasyprint(pages), some))
        stock = timed(lambda: by_papermill(jobs[-some:], folder), some)
        told("stock papermill and nbconvert, a copy", stock)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 4)
