"""Word files of a record: gathered, filled, logged like every paper, or nothing at all."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from jusou_nb.documents import word
from jusou_nb.documents.paper import Identity
from jusou_nb.documents.word import Template, WordPaper
from jusou_nb.documents.word_catalogue import WORD_PAPERS
from jusou_nb.errors import NotFound
from jusou_nb.runner import export
from jusou_nb.runner.execute import log_paper, noted
from jusou_nb.runner.jobs import safe
from jusou_nb.runner.papers import Progress, locked
from jusou_nb.store import open_store


@dataclass(frozen=True)
class Filled:
    """A finished file: what it is, what it is called, what is in it."""

    identity: Identity
    file: str
    raw: bytes


def paper_named(name: str) -> WordPaper:
    """Find a Word paper by its name.

    Raises:
        NotFound: There is none; the message names those that there are.
    """
    if name not in WORD_PAPERS:
        raise NotFound(f"Word の文書「{name}」はありません（あるもの: {'、'.join(WORD_PAPERS)}）")
    return WORD_PAPERS[name]


def words(
    store_path: Path,
    name: str,
    record_id: int,
    out_dir: Path,
    today: date,
    *,
    recipient: str = "",
    basis: str = "",
    template: Path | None = None,
    progress: Progress | None = None,
) -> list[Path]:
    """Make a record's Word papers of a name, one for each basis that there is.

    All are filled before the first is written: a wrong template leaves nothing behind.
    ``recipient`` is ``chair`` or ``agency-5``; ``basis`` is a code, nothing every one.

    Raises:
        NotFound: No such paper, record, recipient or basis.
        TemplateError: The template is broken or uses a wrong name.
        PaperError: A file cannot be put in its place.
    """
    paper = paper_named(name)
    who: dict[str, Any] = {"recipient": recipient, "basis": basis}
    values = {**who, "name": name, "record_id": record_id, "today": today.isoformat()}
    with noted(store_path, "word", values) as (_, mark):
        found = word.template_of(paper, store_path, template)
        filled = _fill(store_path, paper, found, values, today)
        facts = {"made_on": today.isoformat(), "template": found.file, **mark}
        return _place(store_path, filled, out_dir, facts, progress)


def _fill(
    store_path: Path, paper: WordPaper, template: Template, asked: dict[str, Any], today: date
) -> list[Filled]:
    with open_store(store_path, readonly=True) as store:
        letters = paper.gather(
            store,
            asked["record_id"],
            day=today,
            recipient=asked["recipient"],
            basis=asked["basis"],
        )
        made = [(letter, *word.write(store, paper, letter, template, day=today))
                for letter in letters]  # fmt: skip
    return [
        Filled(identity, f"{safe(f'{paper.name}_{letter.label}')}.docx", raw)
        for letter, identity, raw in made
    ]


def _place(
    store_path: Path,
    filled: Sequence[Filled],
    out_dir: Path,
    facts: dict[str, Any],
    progress: Progress | None,
) -> list[Path]:
    made: list[Path] = []
    with locked(out_dir):
        for one in filled:
            path = out_dir / one.file
            place(store_path, one.identity, one.raw, path, facts)
            made.append(path)
            if progress is not None:
                progress(len(made), len(filled), path)
    return made


def place(
    store_path: Path, identity: Identity, raw: bytes, out: Path, facts: dict[str, Any]
) -> None:
    """Log a file, then move it into its place: what lies in the folder is in the log.

    Raises:
        PaperError: It cannot be put there.
    """
    told = identity.metadata()
    content = hashlib.sha256(raw).hexdigest()
    with export.prepared(raw, out) as part:
        log_paper(store_path, "paper", told, out, {**facts, "content": content})
        try:
            export.move(part, out)
        except BaseException:
            log_paper(store_path, "paper_not_placed", told, out)
            raise
