"""One PDF for a whole sitting: every copy in the order in which it is handed out."""

import hashlib
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from jusou_nb.dates import wareki
from jusou_nb.documents.packet import copies
from jusou_nb.errors import PaperError
from jusou_nb.forms import Conference
from jusou_nb.runner import export, pdf_browser
from jusou_nb.runner.jobs import MINUTES, PACKET, Job, packet_jobs, sittings_of
from jusou_nb.runner.papers import locked
from jusou_nb.store import Store, open_store, queries

_NUMBER = re.compile(r"<footer><p>文書番号 ([^<]+)</p></footer>")
_NO_LIBRARY = (
    "PDFをまとめる部品（pikepdf）がありません。"
    "管理者に「pip install 'jusou-nb[pdf]'」を頼んでください（HTMLの資料はできています）"
)


Parts = Sequence[tuple[str, Path]]
"""Papers in their order: what each is called, and its HTML file."""


def sitting(store_path: Path, conference_id: int, jobs: Sequence[Job], out_dir: Path) -> Path:
    """Make one PDF of the copies of a sitting that lie in a folder; ``jobs`` made them.

    The chair's copies come first: on top of the printed pile, to be taken off before the rest
    is handed out, with 資料回収確認表 to tick. Then each agency's, all its bases together.

    Raises:
        PaperError: There is no browser, no pikepdf, or a copy is not there.
    """
    with open_store(store_path, readonly=True) as store:
        labels = _labels(store, conference_id)
        title, name = _named(store, conference_id, jobs)
    parts = [(labels[_key(job)], out_dir / job.file) for job in by_recipient(jobs)]
    subject = (Conference.table, conference_id)
    return bind(store_path, parts, out_dir / f"{name}.pdf", title=title, subject=subject)


def month(store_path: Path, month: str, made: Sequence[Path], today: date) -> list[Path]:
    """Make one PDF of each sitting of a month, and one of the report; ``made`` are its papers."""
    *_, report = made
    with open_store(store_path, readonly=True) as store:
        found = [
            (each, packet_jobs(store, store_path, each, today))
            for each in sittings_of(store, month)
        ]
    done = [sitting(store_path, each, jobs, report.parent) for each, jobs in found]
    subject = ("months", int(report.stem.rsplit("_", 1)[1].replace("-", "")))
    parts, target = [(report.stem, report)], report.with_suffix(".pdf")
    return [*done, bind(store_path, parts, target, title=report.stem, subject=subject)]


def bind(
    store_path: Path, parts: Parts, target: Path, *, title: str, subject: tuple[str, int]
) -> Path:
    """Print pages, lay them behind each other, log which papers are in it, put it in place.

    Args:
        store_path: Where it is logged.
        parts: What each is called among the bookmarks, and its HTML file, in order.
        target: The PDF to make.
        title: Its title; nobody's name.
        subject: Table and id of what it is about.

    Raises:
        PaperError: It cannot be made or put in its place; the file there stays as it was.
    """
    numbers = [_number_of(page) for _, page in parts]
    whole = _whole(parts, title)
    content = hashlib.sha256(whole).hexdigest()
    noted = {"kind": "pdf", "file": target.name, "numbers": numbers, "content": content}
    with locked(target.parent), export.prepared(whole, target) as part:
        _log(store_path, subject, "pdf", noted)
        try:
            export.move(part, target)
        except PaperError:
            _log(store_path, subject, "pdf_not_placed", {"kind": "pdf", "file": target.name})
            raise
    return target


def _log(store_path: Path, subject: tuple[str, int], action: str, noted: dict[str, Any]) -> None:
    with open_store(store_path) as store:
        store.log_reading(*subject, action, noted)


def _whole(parts: Parts, title: str) -> bytes:
    try:
        from jusou_nb.runner import pdf_merge  # noqa: PLC0415 - an extra that may be missing
    except ModuleNotFoundError:
        raise PaperError(_NO_LIBRARY) from None
    printed = pdf_browser.print_pages([page for _, page in parts])
    named = zip(parts, printed, strict=True)
    bound = [pdf_merge.Copy(label=label, content=content) for (label, _), content in named]
    return pdf_merge.merge(bound, title=title)


def by_recipient(jobs: Sequence[Job]) -> list[Job]:
    """Lay the jobs of one recipient behind each other: the chair's, then as they come up."""
    first: dict[str, int] = {}
    for place, job in enumerate(jobs):
        first.setdefault(job.parameters["recipient"], place)
    return sorted(jobs, key=lambda job: first[job.parameters["recipient"]])


def _key(job: Job) -> tuple[str, str]:
    return job.parameters["recipient"], job.parameters["basis"]


def _labels(store: Store, conference_id: int) -> dict[tuple[str, str], str]:
    """Name each copy as its bookmark says it: for whom, on which basis, the which of how many."""
    return {
        (copy.recipient, copy.basis): f"{copy.label}　{store.profile.basis(copy.basis).label}"
        f"（{copy.of}部中{copy.number}番）"
        for copy in copies(store, conference_id)
    }


def _named(store: Store, conference_id: int, jobs: Sequence[Job]) -> tuple[str, str]:
    """Give the title of the whole and its file's name; a part of the copies says whose."""
    held = queries.conference(store, conference_id).held_on
    is_record = {job.template for job in jobs} == {MINUTES.template}
    day = wareki(held) if held else "日程未定"
    title = f"会議{conference_id} {day} {'会議記録' if is_record else '会議資料'}"
    whose = sorted({job.parameters["recipient"] for job in jobs})
    part = f"_{whose[0]}" if len(whose) == 1 else ""
    word = MINUTES.word if is_record else PACKET.word
    file = f"{held.isoformat() if held else '日付未定'}_{word}{conference_id}_印刷用{part}"
    return title, file


def _number_of(page: Path) -> str:
    """Read the document number that a page bears.

    Raises:
        PaperError: The page is not there, or is no paper.
    """
    with export.in_words(page.name):
        if not page.is_file():
            raise PaperError(f"「{page.name}」がありません。資料を作り直してからPDFにしてください")
        found = _NUMBER.search(page.read_text(encoding="utf-8"))
    if found is None:
        raise PaperError(f"「{page.name}」に文書番号がありません。資料を作り直してください")
    return found[1]
