"""Papers of the office as Word files, from its own templates, by the name they are asked for.

What a paper is gathered from is what its page is gathered from: a Word file for one recipient
on one basis holds what that page would hold. A room names its papers in ``WORD``.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Protocol

from jusou_nb import settings
from jusou_nb.dates import wareki
from jusou_nb.documents import word_template
from jusou_nb.documents.paper import Identity, PaperKind
from jusou_nb.documents.word_slots import Slot, Slots, Values
from jusou_nb.store import Store

COMMON = (
    Slot("自治体", "町の名前"),
    Slot("担当課", "窓口の課の名前"),
    Slot("作成日", "この文書を作った日"),
    Slot("文書番号", "道具がふる文書番号"),
)
"""The names that stand on every paper."""


@dataclass(frozen=True, kw_only=True)
class Letter:
    """One Word paper, gathered.

    Attributes:
        identity: What it is; its kind and its variant are set when it is written.
        values: What stands in the place of the names, without the common ones.
        label: What its file is called, behind the paper's name; never a person.
    """

    identity: Identity
    values: Values
    label: str


class GatherLetters(Protocol):
    """Reads the store and gives the papers of a record, one for each recipient and basis."""

    def __call__(
        self, store: Store, record_id: int, /, *, day: date, recipient: str, basis: str
    ) -> Sequence[Letter]:
        """Gather.

        Args:
            store: The store, to read.
            record_id: The record.
            day: The day on which the paper is made.
            recipient: ``chair`` or ``agency-5``; nothing is the office itself.
            basis: Code of the legal basis; nothing is every one that there is.

        Raises:
            NotFound: There is no such record, recipient or basis.
        """


@dataclass(frozen=True, kw_only=True)
class WordPaper:
    """A paper that is given out as a Word file.

    Attributes:
        name: What it is called, on the command line, on its button, as its template's file.
        table: The table of the record that makes it.
        stem: The name of the template that comes with the program, without ``.docx``.
        slots: The names that its template may use, beside the common ones.
        gather: Gathers it.
        of_office: Whether those may make it who open no case (事務職).
    """

    name: str
    table: str
    stem: str
    slots: Slots
    gather: GatherLetters
    of_office: bool = False

    @property
    def every_slot(self) -> Slots:
        """The names that its template may use."""
        return (*COMMON, *self.slots)


@dataclass(frozen=True)
class Template:
    """A template: the name of its file and what is in it."""

    file: str
    raw: bytes = b""

    @property
    def mark(self) -> str:
        """What tells it from another template of the same paper."""
        return hashlib.sha256(self.raw).hexdigest()[:8]


def template_of(paper: WordPaper, store_path: Path | None, named: Path | None = None) -> Template:
    """Find the template of a paper: the one named, else the town's own, else ours.

    Raises:
        TemplateError: It cannot be read.
    """
    own = folder_of(store_path) / f"{paper.name}.docx" if store_path else None
    path = named or (own if own and own.is_file() else None)
    if path is not None:
        return Template(path.name, word_template.read(path))
    return Template(f"{paper.name}.docx", shipped(paper))


def folder_of(store_path: Path) -> Path:
    """Name the folder of the town's own templates: what is set, else beside the store."""
    named = settings.TEMPLATES.get()
    return Path(named) if named else store_path.absolute().parent / "templates"


def shipped(paper: WordPaper) -> bytes:
    """Give the template that comes with the program."""
    place = resources.files("jusou_nb.documents") / "word_templates" / f"{paper.stem}.docx"
    return place.read_bytes()


def identified(paper: WordPaper, letter: Letter, template: Template) -> Identity:
    """Say what the file is: the paper as its page, in Word, on this template."""
    variant = f"{paper.name}/{template.mark}"
    return replace(letter.identity, kind=PaperKind.WORD, variant=variant)


def write(
    store: Store, paper: WordPaper, letter: Letter, template: Template, *, day: date
) -> tuple[Identity, bytes]:
    """Fill the template; the same record, template and day give the same bytes.

    Raises:
        TemplateError: The template is broken, or uses a name that there is not.
    """
    identity = identified(paper, letter, template)
    common = {
        "自治体": store.profile.municipality,
        "担当課": store.profile.office,
        "作成日": wareki(day),
        "文書番号": identity.number,
    }
    filled = word_template.fill(
        template.raw,
        template.file,
        paper.every_slot,
        {**common, **letter.values},
        number=identity.number,
        day=day,
    )
    return identity, filled
