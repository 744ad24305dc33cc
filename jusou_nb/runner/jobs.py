"""What there is to make: the papers of a sitting, one for each recipient and basis."""

import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from jusou_nb.dates import month_of
from jusou_nb.documents.packet import copies
from jusou_nb.errors import NotFound, PaperError
from jusou_nb.store import Store, open_store, queries

_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f\s]+')


@dataclass(frozen=True)
class Job:
    """One paper to make: which template with what, and under which file name."""

    template: str
    parameters: dict[str, Any] = field(hash=False)
    file: str


@dataclass(frozen=True)
class CopyKind:
    """What each recipient of a sitting gets: the template, and the word in the file's name."""

    template: str
    word: str


PACKET = CopyKind("conference_packet", "会議")
MINUTES = CopyKind("conference_minutes", "会議記録")


def jobs_of(
    store_path: Path,
    conference_id: int,
    today: date,
    *,
    recipient: str | None = None,
    kind: CopyKind = PACKET,
) -> list[Job]:
    """List the papers of a sitting's recipients, or of one.

    Raises:
        NotFound: There is no such sitting, or no such recipient at it.
    """
    with open_store(store_path, readonly=True) as store:
        jobs = packet_jobs(store, store_path, conference_id, today, kind=kind)
    if recipient is None:
        return jobs
    if not (own := [job for job in jobs if job.parameters["recipient"] == recipient]):
        raise NotFound(
            f"会議 {conference_id} 番に配付先「{recipient}」はありません。"
            "chair（議長用）か agency-機関番号 で指定してください"
        )
    return own


def packet_jobs(
    store: Store, store_path: Path, conference_id: int, today: date, *, kind: CopyKind = PACKET
) -> list[Job]:
    """List a sitting's packets or minutes: the order of copies is that of their numbers."""
    sitting = queries.conference(store, conference_id)
    day = sitting.held_on.isoformat() if sitting.held_on else "日付未定"
    jobs = []
    for copy in copies(store, conference_id):
        basis = store.profile.basis(copy.basis).label
        name = f"{day}_{kind.word}{conference_id}_{basis}_{copy.number:02}_{copy.label}"
        values = {
            "store": str(store_path),
            "conference_id": conference_id,
            "recipient": copy.recipient,
            "basis": copy.basis,
            "today": today.isoformat(),
        }
        jobs.append(Job(kind.template, values, f"{safe(name)}.html"))
    return jobs


def sittings_of(store: Store, month: str) -> list[int]:
    """Give the sittings of a month by id, in the order of their days."""
    first, last = days_of(month)
    return [sitting.id or 0 for sitting in queries.sittings(store, first, last)]


def days_of(text: str) -> tuple[date, date]:
    """Give the first and the last day of a month such as ``2026-10`` (PaperError: none)."""
    try:
        return month_of(text)
    except ValueError as fault:
        raise PaperError(str(fault)) from None


def safe(name: str) -> str:
    """Leave out of a file name what Windows or a shell would stumble over."""
    return _FORBIDDEN.sub("", name)
