"""What every paper is made of: sections of HTML from templates, and the number of the paper."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from functools import cache
from typing import Any, Protocol

import jinja2

from jusou_nb.choices import Choice
from jusou_nb.dates import month_name, wareki
from jusou_nb.store import Store, queries


class PaperKind(Choice):
    """What a paper is, as its number begins."""

    PACKET = "packet", "会議"
    MINUTES = "minutes", "記録"
    MONTHLY = "monthly", "月報"
    EVALUATION = "evaluation", "評価"
    SHEET = "sheet", "帳票"
    KNOWN = "known", "聞取"
    REGISTER = "register", "窓口"
    FLOW = "flow", "流れ"
    LIST = "list", "一覧"
    BLANK = "blank", "白紙"
    WORD = "word", "文書"
    BOOK = "book", "表"


@dataclass(frozen=True, kw_only=True)
class Identity:
    """What a paper is: from this, and from nothing else, comes its number.

    Attributes:
        kind: What sort of paper.
        title: The title of the page.
        subject: Table and id of the record, or the month.
        recipient: For whom (``chair``, ``agency-5``, ``office``).
        basis: Code of the legal basis, or nothing.
        place: Place in the chain of changes of the last change that it shows.
        variant: What else tells it apart from papers of the same sort, subject and recipient.
    """

    kind: PaperKind
    title: str
    subject: tuple[str, int] | str
    recipient: str
    basis: str
    place: int
    variant: str = ""

    @property
    def number(self) -> str:
        """Write the number: sort, subject, place of the last change, and a check of it all.

        A blank form has none: it is no copy of anything.
        """
        if self.kind is PaperKind.BLANK:
            return f"（{self.kind.label}）"
        who = [self.kind.value, self.subject, self.recipient, self.basis, self.place]
        who += [self.variant] if self.variant else []
        check = hashlib.sha256(repr(who).encode()).hexdigest()[:6].upper()
        subject = self.subject if isinstance(self.subject, str) else self.subject[1]
        return f"{self.kind.label}{subject}-{self.place}-{check}"

    def metadata(self) -> dict[str, Any]:
        """Give what the printed page and the runner read from the first section."""
        known = {**asdict(self), "kind": self.kind.value, "number": self.number}
        known["subject"] = list(self.subject) if isinstance(self.subject, tuple) else self.subject
        del known["place"], known["variant"]
        return known


@dataclass(frozen=True)
class Section:
    """A piece of a paper that shows itself as HTML; the first one says what the paper is."""

    title: str
    html: str = field(repr=False)
    identity: Identity | None = field(default=None, repr=False)

    def _repr_mimebundle_(
        self,
        include: object = None,  # noqa: ARG002 - the signature is IPython's
        exclude: object = None,  # noqa: ARG002 - the same
    ) -> tuple[dict[str, str], dict[str, Any]]:
        shown = {"text/html": self.html, "text/plain": self.title}
        return shown, {"jusou": self.identity.metadata()} if self.identity else {}


def of_record(
    store: Store, name: str, subject: tuple[str, int], shown: Sequence[tuple[str, int]]
) -> Identity:
    """Say what a paper of the catalogue is; ``shown`` names every record that it depends on.

    Its name stands in the recipient's place: by it a past paper is found and printed again.
    """
    return Identity(
        kind=PaperKind.SHEET,
        title=name,
        subject=subject,
        recipient=name,
        basis="",
        place=queries.last_change(store, shown),
    )


class Gather(Protocol):
    """Reads the store and gives the paper of a record as it stands on a day."""

    def __call__(self, store: Store, record_id: int, /, *, day: date) -> Section:
        """Gather and print.

        Raises:
            NotFound: There is no such record.
        """


@dataclass(frozen=True, kw_only=True)
class Paper:
    """A paper that one record makes.

    Attributes:
        name: What it is called, on its page, on the command line and on its button.
        table: The table of the record.
        gather: Prints it.
        of_office: Whether those may make it who open no case (事務職): it shows nobody.
    """

    name: str
    table: str
    gather: Gather
    of_office: bool = False


_TURNS = dict.fromkeys(
    map(ord, "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
)
"""Marks that turn the direction of writing; nobody sees them, and what follows reads backwards."""


def straight(value: Any) -> Any:
    """Leave such marks off what is printed; what a template has made already holds none."""
    return value.translate(_TURNS) if type(value) is str else value


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("jusou_nb.documents", "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=straight,
    )
    environment.filters["wareki"] = wareki
    environment.filters["month_name"] = month_name
    return environment


def print_section(
    template: str, title: str, values: Mapping[str, Any], identity: Identity | None = None
) -> Section:
    """Print gathered values with a template (its name without ``.html.j2``)."""
    html = _environment().get_template(f"{template}.html.j2").render(values)
    return Section(title, html, identity)
