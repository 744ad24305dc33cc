"""Where a chapter is worked in: its list, a new sheet, a record that is open, and its acts."""

from collections.abc import Callable, Sequence
from typing import Any

import ipywidgets

from jusou_nb.errors import JusouError
from jusou_nb.fields import Form
from jusou_nb.names import fold
from jusou_nb.widgets.chapter import Act, Chapter
from jusou_nb.widgets.chapter_rows import (
    LIMIT,
    cells_of,
    counted,
    headings_of,
    kept_of,
    remarks_of,
    rows_of,
    searched,
)
from jusou_nb.widgets.chapter_sheets import act_entry, record_entry
from jusou_nb.widgets.chapters import chapters_under, household_above
from jusou_nb.widgets.closed import open_under
from jusou_nb.widgets.entry import Entry, Sheet
from jusou_nb.widgets.gate import Gate
from jusou_nb.widgets.listing import Listing
from jusou_nb.widgets.messages import Banner, MessageKind, button
from jusou_nb.widgets.parts import put_away
from jusou_nb.widgets.record_view import strike_entry
from jusou_nb.widgets.session import NEW, Session, heading, key_of, paragraph, row
from jusou_nb.widgets.slip_panel import paper_panels

OPEN, ACT, UNDER, PROPOSED, STRIKE = "open", "act", "under", "proposed", "strike"
"""The steps of a path into a chapter, besides ``new``."""
Path = tuple[Any, ...]
"""``("new",)``, ``("proposed", id)`` or ``("open", id)``; after the last one may stand
``"act", code``, ``"strike"`` or ``"under", table, *path``."""
Leave = Callable[[str, Sequence[str]], None]
"""Leaves a sheet: what was done (empty: nothing), and what is to be looked at."""


class ChapterPlace(ipywidgets.VBox):  # type: ignore[misc] # ipywidgets carries no types
    """A chapter, as it is worked in.

    Args:
        session: The desk's session.
        chapter: The chapter.
        about: The record that it is about; None on the page 地域・資源.
        leave: What leaves a sheet; by default the list of the chapter is shown again.
        changed: Called after each step that was taken.
    """

    def __init__(
        self,
        session: Session,
        chapter: Chapter,
        about: Form | None = None,
        *,
        leave: Leave | None = None,
        changed: Callable[[], None] = lambda: None,
    ) -> None:
        """Start blank: :meth:`show_list` or :meth:`show` draws it."""
        self.session, self.chapter, self.about = session, chapter, about
        self._leave, self._changed = leave or self.show_list, changed
        self.household = household_above(session.store, about)
        self.said, self.listing = Banner(), Listing(chapter.name, ())
        self.parts: tuple[Any, ...] = ()
        super().__init__()

    def show(self, path: Path) -> None:
        """Go to a new sheet, a record, one of its acts, or a chapter under it."""
        if not path:
            self.show_list()
        elif path[0] == NEW:
            self.show_new()
        elif path[0] == PROPOSED:
            self.show_proposed(path[1])
        elif path[2:3] == (STRIKE,):
            self.show_strike(path[1])
        elif path[2:3] == (ACT,):
            self.show_act(path[1], path[3])
        else:
            self.show_record(path[1])
            if path[2:3] == (UNDER,):
                self.under(path[3]).show(path[4:])

    def show_list(self, said: str = "", lines: Sequence[str] = ()) -> None:
        """List the records, the latest first, with the way to a new one."""
        self._say(said, lines)
        chapter = self.chapter
        self.listing = Listing(chapter.name, headings_of(chapter), self.show_record)
        self._count = paragraph("")
        new = [button(self.chapter.new_words, self.show_new, filled=self.about is None)]
        self._turn(
            heading(chapter.name, 2 if self.about is None else 3),
            row(*(new if chapter.new else ())),
            self.said,
            *(paragraph(line) for line in chapter.tells(self.session)),
            *((searched(self.session, self.look),) if self.about is None else ()),
            self._count,
            self.listing,
            *self._proposals(),
        )
        words = self.session.store.lexicon(self.household)
        self._rows = rows_of(self.session, chapter, self.about, words)
        self.look("")

    def _proposals(self) -> list[Listing]:
        proposed = self.chapter.proposals(self.session, self.about)
        if not proposed:
            return []
        made = Listing(self.chapter.proposed_title, headings_of(self.chapter), self.show_proposed)
        made.fill([(n, cells_of(self.session, self.chapter, r)) for n, r in proposed.items()])
        return [made]

    def show_proposed(self, source: int) -> None:
        """Open the sheet of a record that follows from another, by the id of its source."""
        proposed = self.chapter.proposals(self.session, self.about)
        if source not in proposed:
            self.show_list()
            return
        key = f"{PROPOSED}-{source}" if self.about is None else self._new_key
        self._sheet(self.chapter.new_words, key, proposed[source])

    def look(self, text: str) -> None:
        """List what matches a text."""
        found = [r for r in self._rows if fold(text) in fold(" ".join(c.text for c in r[1]))]
        self._count.value = counted(len(found))
        self.listing.fill(found[:LIMIT])

    def show_new(self) -> None:
        """Open a new sheet, filled with what is known."""
        if (new := self.chapter.new) is None:
            self.show_list()
            return
        self._sheet(self.chapter.new_words, self._new_key, new(self.session, self.about))

    @property
    def _new_key(self) -> str:
        return NEW if self.about is None else f"{self.about.table}-{self.about.id}"

    def show_record(self, record_id: int, said: str = "", lines: Sequence[str] = ()) -> None:
        """Open a record: its sheet, what can be done with it, and what stands under it."""
        chapter, store = self.chapter, self.session.store
        try:
            record = store.load(chapter.form, record_id)
        except JusouError as fault:
            self.show_list()
            self.said.fail(fault)
            return
        self._say(said, lines)
        acts = [self._act_button(record, act) for act in chapter.acts if act.fits(record)]
        self.gate = Gate(self.session)
        self._under = {
            c.form.table: self._place_under(c, record)
            for c in open_under(self.session, chapter.form)
        }
        strike = row(button("この記録を取り消す", lambda: self.show_strike(record_id)))
        papers = paper_panels(self.session, chapter.form.table, record_id)
        below = (*self._under.values(), *papers, strike)
        self._sheet(chapter.name, key_of(record_id), record, acts, below)

    def show_act(self, record_id: int, code: str) -> None:
        """Open the sheets of an act."""
        record = self.session.store.load(self.chapter.form, record_id)
        act = next(act for act in self.chapter.acts if act.code == code)
        made = act_entry(self.session, act, record, self.household, self._done)
        self._step(record_id, act.words, made)

    def show_strike(self, record_id: int) -> None:
        """Open the sheet of the 取消 of a record."""
        record = self.session.store.load(self.chapter.form, record_id)

        def struck(_gone: Any) -> None:
            self._leave("取り消しました。記録は理由とともに残っています。", ())
            self._changed()

        made = strike_entry(self.session, record, self.chapter.name, struck)
        self._step(record_id, "取消", made)

    def _step(self, record_id: int, words: str, made: Entry) -> None:
        back = button("記録へ戻る", lambda: self.show_record(record_id))
        self._turn(row(back), heading(words, 3), made)
        made.focus()

    def under(self, table: str) -> "ChapterPlace":
        """Give a chapter under the open record by its table."""
        return self._under[table]

    @property
    def entry(self) -> Entry:
        """The sheet that is open."""
        return next(part for part in self.parts if isinstance(part, Entry))

    def _place_under(self, chapter: Chapter, record: Form) -> "ChapterPlace":
        made = ChapterPlace(self.session, chapter, record, changed=self._changed)
        made.show_list()
        return made

    def _act_button(self, record: Form, act: Act) -> Any:
        def press() -> None:
            if act.sheets(self.session, record):
                self.show_act(record.id or 0, act.code)
                return
            self.gate.attempt(
                lambda allowed: self._done(record, act.do(self.session, record, {}, allowed))
            )

        return button(act.words, press)

    def _sheet(
        self, title: str, key: str, record: Form, acts: Sequence[Any] = (), below: Any = ()
    ) -> None:
        sheet = Sheet(
            form=self.chapter.form,
            key=key,
            record=record,
            title=title,
            without=self.chapter.without,
            household=self.household,
        )
        entry = record_entry(self.session, self.chapter, sheet, self.about, self._done)
        words = "一覧へ戻る" if self._leave == self.show_list else "閉じる"
        back = button(words, lambda: self._leave("", ()))
        gate = [self.gate] if acts else []
        self._turn(row(back, *acts), self.said, *gate, entry, *below)
        entry.focus()

    def _done(self, written: Form, made: Any) -> None:
        """Go on after a step: to the record where more can be done with it, else to the list."""
        lines = [f"{problem.message}{problem.remedy}" for problem in remarks_of(made)]
        said = "登録しました。"
        kept = kept_of(made, self.chapter.form) or written
        if kept.id and (self.chapter.acts or chapters_under(self.chapter.form)):
            self.show_record(kept.id, said, lines)
        else:
            self._leave(said, lines)
        self._changed()

    def _say(self, said: str, lines: Sequence[str]) -> None:
        self.said = Banner()
        if said:
            kind = MessageKind.WARNING if lines else MessageKind.SUCCESS
            self.said.show(kind, said, lines, focus=True)

    def _turn(self, *parts: Any) -> None:
        gone, self.parts = self.parts, parts
        self.children = parts
        put_away(*gone)
