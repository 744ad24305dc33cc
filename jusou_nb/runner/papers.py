"""The papers of an occasion: a sitting's packets, a month, one printed form."""

import os
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from jusou_nb.dates import month_of
from jusou_nb.documents.packet import copies
from jusou_nb.errors import JusouError, NotFound, PaperError
from jusou_nb.fields import Form
from jusou_nb.runner import export
from jusou_nb.runner.execute import run
from jusou_nb.store import Store, open_store, queries

try:
    import fcntl
except ImportError:  # pragma: no cover - Windows has no advisory locks on folders
    fcntl = None  # type: ignore[assignment]

Progress = Callable[[int, int, Path], None]
WAIT_SECONDS = 30.0
REPRINT = "再印刷_"
"""How the file of a past paper begins that was printed once more."""
_SITTING = re.compile(r"_会議\d+_")
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f\s]+')


@dataclass(frozen=True)
class Job:
    """One paper to make: which template with what, and under which file name."""

    template: str
    parameters: dict[str, Any] = field(hash=False)
    file: str


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
    with open_store(store_path, readonly=True) as store:
        jobs = packet_jobs(store, store_path, conference_id, today)
    if recipient is not None:
        jobs = [job for job in jobs if job.parameters["recipient"] == recipient]
        if not jobs:
            raise NotFound(
                f"会議 {conference_id} 番に配付先「{recipient}」はありません。"
                "chair（議長用）か agency-機関番号 で指定してください"
            )
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
    _month(reported)
    values = {"store": str(store_path), "month": reported, "today": today.isoformat()}
    jobs.append(Job("monthly_report", values, f"月次報告_{reported}.html"))
    return make(jobs, out_dir, progress)


def sheet(store_path: Path, form: type[Form], record_id: int, out_dir: Path, today: date) -> Path:
    """Print one filled form."""
    with open_store(store_path, readonly=True) as store:
        store.load(form, record_id)
    return slip(store_path, form.table, record_id, out_dir, today, title=form.title)


def slip(
    store_path: Path, name: str, record_id: int, out_dir: Path, today: date, *, title: str = ""
) -> Path:
    """Print a paper of the catalogue, by its name, of a record."""
    values = {"store": str(store_path), "form": name, "record_id": record_id}
    values["today"] = today.isoformat()
    file = f"{_safe(title or name)}_{record_id}.html"
    return make([Job("sheet", values, file)], out_dir)[0]


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
    return make([Job("register", values, _safe(file))], out_dir)[0]


def sittings_of(store: Store, month: str) -> list[int]:
    """Give the sittings of a month by id, in the order of their days."""
    first, last = _month(month)
    return [sitting.id or 0 for sitting in queries.sittings(store, first, last)]


def packet_jobs(store: Store, store_path: Path, conference_id: int, today: date) -> list[Job]:
    """List a sitting's packets: the order of copies is the order of their numbers."""
    sitting = queries.conference(store, conference_id)
    day = sitting.held_on.isoformat() if sitting.held_on else "日付未定"
    jobs = []
    for copy in copies(store, conference_id):
        basis = store.profile.basis(copy.basis).label
        name = f"{day}_会議{conference_id}_{basis}_{copy.number:02}_{copy.label}"
        values = {
            "store": str(store_path),
            "conference_id": conference_id,
            "recipient": copy.recipient,
            "basis": copy.basis,
            "today": today.isoformat(),
        }
        jobs.append(Job("conference_packet", values, f"{_safe(name)}.html"))
    return jobs


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


def _month(text: str) -> tuple[date, date]:
    try:
        return month_of(text)
    except ValueError as fault:
        raise PaperError(str(fault)) from None


def _safe(name: str) -> str:
    """Leave out of a file name what Windows or a shell would stumble over."""
    return _FORBIDDEN.sub("", name)
