"""The papers of an occasion: a sitting's packets, a month, one printed form."""

import os
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from jusou_nb.documents.catalogue import PAPERS
from jusou_nb.errors import JusouError, PaperError
from jusou_nb.fields import Form
from jusou_nb.runner import export
from jusou_nb.runner.execute import run
from jusou_nb.runner.jobs import MINUTES, Job, days_of, jobs_of, packet_jobs, safe, sittings_of
from jusou_nb.store import open_store

try:
    import fcntl
except ImportError:  # pragma: no cover - Windows has no advisory locks on folders
    fcntl = None  # type: ignore[assignment]

Progress = Callable[[int, int, Path], None]
WAIT_SECONDS = 30.0
REPRINT = "再印刷_"
"""How the file of a past paper begins that was printed once more."""
_SITTING = re.compile(r"_会議(記録)?\d+_")


def packets(
    store_path: Path,
    conference_id: int,
    out_dir: Path,
    today: date,
    *,
    recipient: str | None = None,
    progress: Progress | None = None,
) -> list[Path]:
    """Make a sitting's packets, one file for each recipient and basis.

    ``recipient`` is ``chair`` or ``agency-<id>``; without it all are made.

    Raises:
        NotFound: There is no such sitting, or no such recipient at it.
        PaperError: Some could not be made; the others are in their place.
    """
    return make(jobs_of(store_path, conference_id, today, recipient=recipient), out_dir, progress)


def minutes(
    store_path: Path,
    conference_id: int,
    out_dir: Path,
    today: date,
    *,
    recipient: str | None = None,
    progress: Progress | None = None,
) -> list[Path]:
    """Make 会議記録 of a sitting, one file for each recipient and basis, as :func:`packets`."""
    jobs = jobs_of(store_path, conference_id, today, recipient=recipient, kind=MINUTES)
    return make(jobs, out_dir, progress)


def monthly(
    store_path: Path,
    month: str,
    out_dir: Path,
    today: date,
    *,
    progress: Progress | None = None,
    report_month: str | None = None,
) -> list[Path]:
    """Make the packets of a month's sittings and the monthly report (of ``report_month``).

    A month without a sitting has its report only.

    Raises:
        PaperError: The month is none, or some papers could not be made.
    """
    with open_store(store_path, readonly=True) as store:
        jobs = [
            job
            for sitting in sittings_of(store, month)
            for job in packet_jobs(store, store_path, sitting, today)
        ]
    reported = report_month or month
    days_of(reported)
    values = {"store": str(store_path), "month": reported, "today": today.isoformat()}
    jobs.append(Job("monthly_report", values, f"月次報告_{reported}.html"))
    return make(jobs, out_dir, progress)


def sheet(store_path: Path, form: type[Form], record_id: int, out_dir: Path, today: date) -> Path:
    """Print one filled form."""
    with open_store(store_path, readonly=True) as store:
        store.load(form, record_id)
    # A paper of the catalogue may bear the same name, of a record of the same number.
    title = f"{form.title}（控え）" if form.title in PAPERS else form.title
    return slip(store_path, form.table, record_id, out_dir, today, title=title)


def slip(
    store_path: Path, name: str, record_id: int, out_dir: Path, today: date, *, title: str = ""
) -> Path:
    """Print a paper of the catalogue, by its name, of a record."""
    values = {"store": str(store_path), "form": name, "record_id": record_id}
    values["today"] = today.isoformat()
    file = f"{safe(title or name)}_{record_id}.html"
    return make([Job("sheet", values, file)], out_dir)[0]


def blank(
    store_path: Path, titles: list[str], out_dir: Path, today: date, progress: Progress | None
) -> list[Path]:
    """Print blanks of forms, by their titles."""
    told = {"store": str(store_path), "record_id": 0, "today": today.isoformat()}
    wanted = [Job("sheet", {**told, "form": title}, f"{safe(title)}_白紙.html") for title in titles]
    return make(wanted, out_dir, progress)


def flow(store_path: Path, reader: str, out_dir: Path, today: date) -> Path:
    """Draw 支援の流れ図 for ``staff`` or ``citizens``."""
    values = {"store": str(store_path), "reader": reader, "today": today.isoformat()}
    file = "支援の流れ図_職員用.html" if reader == "staff" else "相談と支援の流れ.html"
    return make([Job("flow", values, file)], out_dir)[0]


def register(store_path: Path, out_dir: Path, today: date, *, field: str = "all") -> Path:
    """Print the desks and schemes of a field (窓口・制度一覧), or all of them."""
    with open_store(store_path, readonly=True) as store:
        listed = store.profile.codes("field").by_code
        name = listed[field].label if field in listed else ""
    values = {"store": str(store_path), "field": field, "today": today.isoformat()}
    file = f"窓口・制度一覧{'_' + name if name else ''}.html"
    return make([Job("register", values, safe(file))], out_dir)[0]


def make(jobs: list[Job], out_dir: Path, progress: Progress | None = None) -> list[Path]:
    """Make papers one after the other; a failing one does not keep the others from coming.

    Raises:
        PaperError: The folder cannot be used, or some papers could not be made.
    """
    made: list[Path] = []
    faults: list[JusouError] = []
    with locked(out_dir):
        for job in jobs:
            try:
                path = run(job.template, job.parameters, out_dir / job.file)
            except JusouError as fault:
                faults.append(fault)
                continue
            made.append(path)
            if progress is not None:
                progress(len(made), len(jobs), path)
    _tell(faults, len(jobs))
    return made


def leftovers(made: list[Path]) -> list[Path]:
    """Find packets of the same sittings from an earlier run that this one did not make again."""
    sittings = {(path.parent, found[0]) for path in made if (found := _SITTING.search(path.name))}
    there = {path for folder, mark in sittings for path in folder.glob(f"*{mark}*.html")}
    return sorted(p for p in there - set(made) if not p.name.startswith(REPRINT))


def _tell(faults: list[JusouError], total: int) -> None:
    if not faults:
        return
    if total == 1:
        raise faults[0]
    reasons = list(dict.fromkeys(str(fault) for fault in faults))
    raise PaperError(f"{total}部のうち{len(faults)}部を作れませんでした: {' ／ '.join(reasons)}")


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Keep the folder for one run at a time; a second one waits a while, then says so.

    Raises:
        PaperError: The folder cannot be made, or another run does not come to an end.
    """
    with export.in_words(folder.name or str(folder)):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if fcntl is None:
        yield
        return
    with export.in_words(folder.name):
        handle = os.open(folder, os.O_RDONLY)
    try:
        _wait_for(handle)
        yield
    finally:
        os.close(handle)


def _wait_for(handle: int) -> None:
    until = time.monotonic() + WAIT_SECONDS
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= until:
                raise PaperError(
                    "このフォルダーでは別の資料作成が動いています。終わってからもう一度行ってください"
                ) from None
            time.sleep(0.1)
        else:
            return
