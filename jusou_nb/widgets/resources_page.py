"""地域・資源: the registers and records of the office that belong to no single case."""

from typing import Any

import ipywidgets

from jusou_nb.widgets.chapter import Chapter
from jusou_nb.widgets.chapter_place import ChapterPlace
from jusou_nb.widgets.chapters import office_chapters
from jusou_nb.widgets.closed import closed_to, without_people
from jusou_nb.widgets.messages import button
from jusou_nb.widgets.session import Page, Session, heading, paragraph, row

PAGE = "地域・資源"


class ResourcesPage(Page):
    """The page 地域・資源: its chapters by group, and the one that is open."""

    def __init__(self, session: Session) -> None:
        """Open with the groups."""
        super().__init__(session)
        self.place: ChapterPlace | None = None
        self.show_groups()

    def show_groups(self) -> None:
        """Show the chapters, group by group."""
        self.place = None
        groups = [self._group(words, found) for words, found in self._chapters().items()]
        made = ipywidgets.VBox(groups)
        made.add_class("jusou-groups")
        said = "帳票を選んでください。ケースごとの帳票は「相談受付」の本人の画面にあります。"
        self.turn(heading(PAGE), paragraph(said), made)

    def show_chapter(self, chapter: Chapter) -> ChapterPlace:
        """Show the list of a chapter."""
        self.place = ChapterPlace(self.session, chapter)
        self.place.show_list()
        self.turn(row(button("地域・資源のはじめへ", self.show_groups)), self.place)
        return self.place

    def show(self, what: Any) -> None:
        """Go to what a draft or another page names: a table, and the path in its chapter."""
        table, path = what
        mine = [c for found in self._chapters().values() for c in found]
        chapter = next(c for c in mine if c.form.table == table)
        self.show_chapter(chapter).show(path)

    def _chapters(self) -> dict[str, list[Chapter]]:
        """Give the chapters by group; who opens no case gets those that tell of nobody."""
        found = office_chapters()
        return without_people(found) if closed_to(self.session) else found

    def refresh(self) -> None:
        """List anew; a sheet stays as it is."""
        if self.place is not None and self.place.listing in self.place.children:
            self.place.show_list()

    def _group(self, words: str, chapters: list[Chapter]) -> Any:
        parts = [self._leads(chapter) for chapter in chapters]
        made = ipywidgets.HBox([heading(words, 3), row(*parts)])
        made.add_class("jusou-group")
        return made

    def _leads(self, chapter: Chapter) -> Any:
        def show() -> None:
            self.show_chapter(chapter)

        return button(chapter.name, show)
