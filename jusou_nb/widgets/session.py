"""What every page of the desk shares: the store, the day, and how a form is opened."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from html import escape
from typing import Any

import ipywidgets

from jusou_nb.errors import JusouError
from jusou_nb.fields import Form, children, items
from jusou_nb.store import Store
from jusou_nb.store.drafts import Draft
from jusou_nb.store.undoing import Step
from jusou_nb.widgets.drafts import DraftKeeper
from jusou_nb.widgets.messages import Banner
from jusou_nb.widgets.parts import put_away

NEW = "new"


def key_of(record_id: int | None) -> str:
    """Name the draft of a change to a record."""
    return f"id-{record_id}"


def key_under(parent_id: int | None) -> str:
    """Name the draft of a new record that belongs to another."""
    return f"of-{parent_id}"


def names_of(form: type[Form]) -> frozenset[str]:
    """Name the boxes and row tables of a form."""
    tables = {table.name for table in children(form)}
    return frozenset(tables | {box.name for box in items(form)})


@dataclass(frozen=True)
class Registered:
    """A 登録 as its sheet knows it: what it wrote in the store, and what had been typed."""

    step: Step
    typed: tuple[Draft, ...]


@dataclass
class Session:
    """One worker at the desk.

    Attributes:
        store: The open store.
        day: The day to count as today, or None for the calendar's.
        rise: Brings the top of the desk into view.
        resuming: The opening of the draft with which the worker wants to go on now.
        go: Turns to a page of the desk, by its name, and shows something there.
        registered: Told of each 登録 that wrote something, to offer the way back.
        news: Tells JupyterLab's panel and status bar that a record was saved.
    """

    store: Store
    day: date | None = None
    rise: Callable[[], None] = field(default=lambda: None)
    resuming: str = ""
    registered: Callable[[Registered], None] = field(default=lambda _made: None)
    go: Callable[[str, Any], None] = field(default=lambda _page, _what: None)
    news: Callable[[], None] = field(default=lambda: None)

    @property
    def today(self) -> date:
        """The day to count as today."""
        return self.day or datetime.now().astimezone().date()

    @property
    def now(self) -> datetime:
        """The office's clock, to the minute, on the day that counts as today."""
        clock = datetime.fromisoformat(self.store.now()).time().replace(second=0, tzinfo=None)
        return datetime.combine(self.today, clock)

    def keeper(self, form: type[Form], key: str, opening: str = "") -> DraftKeeper:
        """Give what keeps the typing of a form, in one opening of it."""
        return DraftKeeper(self.store, form.table, key, opening)


def markup(text: str) -> Any:
    """Show markup of our own making; what comes from people is escaped before."""
    return ipywidgets.HTML(text, tooltip="")


def heading(text: str, level: int = 2) -> Any:
    """Make a heading; the text is escaped."""
    return markup(f"<h{level} class='jusou-h{level}'>{escape(text)}</h{level}>")


def paragraph(text: str) -> Any:
    """Make a line of support text; the text is escaped."""
    return markup(f"<p class='jusou-lead'>{escape(text)}</p>")


def chips(*words: tuple[str, str]) -> Any:
    """Make chip labels from (word, tone); the word says it, the tone only helps."""
    drawn = "".join(
        f"<span class='jusou-chip jusou-chip-{escape(tone)}'>{escape(word)}</span>"
        for word, tone in words
        if word
    )
    return markup(f"<p class='jusou-chips'>{drawn}</p>")


def row(*parts: Any) -> Any:
    """Set buttons or chips side by side, wrapping where the page is narrow."""
    made = ipywidgets.HBox(list(parts))
    made.add_class("jusou-actions")
    return made


def group(words: str, parts: list[Any]) -> Any:
    """Lay buttons beside the word for what they have in common."""
    made = ipywidgets.HBox([heading(words, 3), row(*parts)])
    made.add_class("jusou-group")
    return made


class Page(ipywidgets.VBox):  # type: ignore[misc] # ipywidgets carries no types
    """A page of the desk: one thing at a time."""

    def __init__(self, session: Session) -> None:
        """Start blank."""
        self.session = session
        self.parts: tuple[Any, ...] = ()
        super().__init__()
        self.add_class("jusou-page")

    def refresh(self) -> None:
        """Bring lists up to date when the page is turned to; sheets stay as they are."""

    def enter(self, back: Any, make: Callable[[], Sequence[Any]]) -> None:
        """Show what ``make`` gives under the way back; when it cannot be made, say why."""
        try:
            parts = make()
        except JusouError as fault:
            banner = Banner()
            banner.fail(fault)
            parts = (banner,)
        self.turn(row(back), *parts)

    def turn(self, *parts: Any) -> None:
        """Show these parts and put the earlier ones away for good."""
        self.session.rise()
        gone = [part for part in self.parts if part not in parts]
        self.children = self.parts = parts
        put_away(*gone)
