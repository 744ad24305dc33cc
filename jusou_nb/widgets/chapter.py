"""A chapter of the desk: one form with its list, its new sheet, and what is done with a record."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jusou_nb.boxes import Kind
from jusou_nb.fields import Form, get_item, links
from jusou_nb.problems import Override
from jusou_nb.widgets.session import Session

Allowed = tuple[Override, ...]
Sheets = Mapping[str, Form]
"""The sheets of a step by a name of our own, each with what stands in it at first."""

OUTREACH, PLACES = "アウトリーチ", "拠点・活動"
HOSTS, LEARNING = "受入先・資源", "研修・気づき"
MONEY, SCHEMES, WORKERS = "経費", "窓口・制度", "担当者"
GROUPS = (OUTREACH, PLACES, HOSTS, LEARNING, MONEY, SCHEMES, WORKERS)
"""The groups of the page 地域・資源, in its order."""


def _no_sheets(_session: Session, _record: Any) -> Sheets:
    return {}


@dataclass(frozen=True, kw_only=True)
class Act:
    """A further button on an open record, such as 「戻った」.

    Attributes:
        code: Names its drafts: lower-case ASCII letters and ``_``, one in all chapters.
        words: What the button says.
        do: Gets the session, the record, what the sheets say, and what the chief allowed.
        sheets: Gives what is filled first; without, the button does it at once.
        fits: Whether the button is there for a record.
        without: Boxes left off its sheets.
    """

    code: str
    words: str
    do: Callable[[Session, Any, Mapping[str, Any], Allowed], Any]
    sheets: Callable[[Session, Any], Sheets] = _no_sheets
    fits: Callable[[Any], bool] = lambda _record: True
    without: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Chapter:
    """How the desk keeps one form: as a list, with new sheets, each record opened and acted on.

    A chapter without ``of`` stands on the page 地域・資源; one of ``Case`` or ``Household`` on
    the client's page; one of any other form under an open record of that form.

    Attributes:
        form: The form that is written.
        group: Under which heading it stands; for the page 地域・資源 one of :data:`GROUPS`.
        columns: The boxes shown in the list, the first of which opens the record.
        register: The verb. Gets the session, the record as written (with its id where it is
            a change), what the chief allowed, and the record that it is about (None: nobody).
        new: Gives a new record, filled with what is known; without, none is written by hand.
        of: The form of what it is about, to which ``form`` has a link.
        title: What it is called, where that is not the form's title.
        words: What the button for a new one says.
        without: Boxes and row tables left off the sheet.
        acts: Further buttons on an open record.
        proposed: Gives new records that follow from others, filled, by the id of their source.
        suggests: The same for the record that it is about; people choose, nothing is done.
        proposed_title: What their list is called.
        answers: The kind of 期限 whose records are the sources of ``proposed``.
        tells: Gives lines to show above the list, such as what is left of a budget.
    """

    form: type[Form]
    group: str
    columns: tuple[str, ...]
    register: Callable[[Session, Any, Allowed, Any], Any]
    new: Callable[[Session, Any], Form] | None = None
    of: type[Form] | None = None
    title: str = ""
    words: str = ""
    without: frozenset[str] = frozenset()
    acts: tuple[Act, ...] = ()
    proposed: Callable[[Session], Mapping[int, Form]] | None = None
    suggests: Callable[[Session, Any], Mapping[int, Form]] | None = None
    proposed_title: str = ""
    answers: str = ""
    tells: Callable[[Session], Sequence[str]] = lambda _session: ()

    @property
    def name(self) -> str:
        """What it is called."""
        return self.title or self.form.title

    @property
    def new_words(self) -> str:
        """What the button for a new one says."""
        return self.words or f"{self.name}を書く"

    def proposals(self, session: Session, about: Any) -> Mapping[int, Form]:
        """Give the records that are proposed, by the id of their source."""
        if self.suggests and about is not None:
            return self.suggests(session, about)
        return self.proposed(session) if self.proposed else {}

    @property
    def link(self) -> str:
        """The link of the form to what it is about; empty where it is about nobody."""
        named = [
            entry.name for entry in links(self.form) if self.of and entry.table == self.of.table
        ]
        return next(iter(named), "")

    @property
    def order(self) -> str:
        """How the list is ordered: the latest first."""
        dated = (Kind.DATE, Kind.MOMENT)
        days = [c for c in self.columns if get_item(self.form, c).kind in dated]
        return ", ".join(f"{name} DESC" for name in [*days[:1], "id"])
