"""The chapters of a client: what is written of the case and the household, besides its course."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import cast

import ipywidgets

from jusou_nb.fields import Form
from jusou_nb.forms import Case, Household
from jusou_nb.widgets.chapter import Chapter
from jusou_nb.widgets.chapter_place import ChapterPlace, Path
from jusou_nb.widgets.chapters import chapters_under
from jusou_nb.widgets.messages import Banner, MessageKind
from jusou_nb.widgets.parts import put_away
from jusou_nb.widgets.session import NEW, Session

CHAPTER = "chapter"
"""The name of a task of the client's page: ``("chapter", (table, path))``."""


class ClientChapters(ipywidgets.VBox):  # type: ignore[misc] # ipywidgets carries no types
    """What is said, and the sheet that is open; what can be written is offered by :meth:`new`.

    Args:
        session: The desk's session.
        done: Called after each step: the page shows where things stand now, and says by
            :meth:`set` whom.
        turned: Called when a sheet was opened or closed: one thing at a time.
    """

    def __init__(
        self,
        session: Session,
        done: Callable[[], None],
        turned: Callable[[], None] = lambda: None,
    ) -> None:
        """Start blank."""
        self.session, self._done, self._turned = session, done, turned
        self.about: dict[type[Form], Form] = {}
        self.chapters: list[Chapter] = []
        self.said, self.room = Banner(), ipywidgets.VBox()
        super().__init__([self.said, self.room])

    def set(self, household: Household, case: Case | None) -> None:
        """Show whom the page shows now; a sheet that is open stays for the same case."""
        about: dict[type[Form], Form] = {Household: household}
        if case is not None:
            about[Case] = case
        before, self.about = self.about, about
        if before and _ids(before) != _ids(about):
            self.close_sheet()
        if before.keys() != about.keys():
            self.chapters = [c for form in about for c in chapters_under(form)]

    def new(self) -> Iterator[tuple[str, str, Callable[[], None]]]:
        """Give the group, the words and the act of each sheet that can be written."""
        for chapter in self.chapters:
            if chapter.new:
                words = chapter.words or chapter.name
                yield chapter.group, words, partial(self.show, (chapter.form.table, (NEW,)))

    def show(self, what: tuple[str, Path]) -> None:
        """Open a chapter at a path, as a button, a list or a draft names it."""
        table, path = what
        chapter = next(c for c in self.chapters if c.form.table == table)
        self.close_sheet()
        self.said.clear()
        place = ChapterPlace(
            self.session,
            chapter,
            self.about[chapter.of] if chapter.of else None,
            leave=self._left,
            changed=self._done,
        )
        place.show(path)
        self.room.children = (place,)
        self._turned()

    @property
    def place(self) -> ChapterPlace:
        """The chapter that is open."""
        (place,) = self.room.children
        return cast("ChapterPlace", place)

    def _left(self, said: str, lines: Sequence[str]) -> None:
        self.close_sheet()
        if said:
            kind = MessageKind.WARNING if lines else MessageKind.SUCCESS
            self.said.show(kind, said, lines, focus=True)

    def close_sheet(self) -> None:
        """Put the sheet away that is open; what was typed stays as a draft."""
        put_away(*self.room.children)
        self.room.children = ()
        self._turned()


def _ids(about: dict[type[Form], Form]) -> dict[type[Form], int | None]:
    return {form: record.id for form, record in about.items()}
