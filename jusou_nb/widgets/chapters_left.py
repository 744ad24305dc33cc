"""Where on the desk a draft of a chapter goes on, and what 期限 opens."""

from typing import Any

from jusou_nb.errors import NotFound
from jusou_nb.fields import Form
from jusou_nb.forms import Case, Household
from jusou_nb.store import Store
from jusou_nb.store.drafts import Draft
from jusou_nb.store.due import Due
from jusou_nb.widgets.chapter import Chapter
from jusou_nb.widgets.chapter_place import (
    ACT,
    OPEN,
    PROPOSED,
    STRIKE,
    UNDER,
    ChapterPlace,
    Leave,
    Path,
)
from jusou_nb.widgets.chapters import CHAPTERS, above, chapter_for
from jusou_nb.widgets.client_chapters import CHAPTER
from jusou_nb.widgets.record_view import StrikeNote
from jusou_nb.widgets.resources_page import PAGE
from jusou_nb.widgets.session import NEW, Session

CLIENT_PAGE = "相談受付"
Place = tuple[str, str, Any]


def chapter_draft(store: Store, draft: Draft) -> Place | None:
    """Find where a draft of a chapter goes on: its name, the page, and what to show there.

    None where no chapter has it.

    Raises:
        NotFound: What it belongs to is gone.
    """
    manner, _, number = draft.key.partition("-")
    about = int(number) if number.isdigit() else 0
    places = (_place_in(store, chapter, draft.form, (manner, about)) for chapter in CHAPTERS)
    return next((place for place in places if place is not None), None)


def _place_in(store: Store, chapter: Chapter, form: str, key: tuple[str, int]) -> Place | None:
    manner, about = key
    is_own, name = chapter.form.table == form, chapter.name
    if is_own and manner in (NEW, PROPOSED) and chapter.of is None:
        return name, PAGE, (form, (NEW,) if manner == NEW else (PROPOSED, about))
    if is_own and chapter.of and manner == chapter.of.table:
        return name, *_under(store, chapter, store.load(chapter.of, about), (NEW,))
    steps: dict[str, tuple[str, Path]] = {
        act.code: (act.words, (ACT, act.code)) for act in chapter.acts
    }
    if is_own:
        steps["id"] = name, ()
    if form == StrikeNote.table:
        steps[chapter.form.table] = f"取消（{name}）", (STRIKE,)
    if manner not in steps:
        return None
    words, step = steps[manner]
    return words, *_up(store, store.load(chapter.form, about), (OPEN, about, *step))


def _up(store: Store, record: Form, path: Path) -> tuple[str, Any]:
    """Name the page on which a record stands, and the way to it."""
    chapter, about = chapter_for(record), above(store, record)
    if chapter is None:
        raise NotFound(f"「{record.title}」の場所が見つかりません")
    return _under(store, chapter, about, path)


def _under(store: Store, chapter: Chapter, about: Form | None, path: Path) -> tuple[str, Any]:
    what = (chapter.form.table, path)
    if about is None:
        return PAGE, what
    if isinstance(about, (Case, Household)):
        client = about.client_id if isinstance(about, Case) else about.members[0].id
        return CLIENT_PAGE, (None, (CHAPTER, what), client)
    return _up(store, about, (OPEN, about.id, UNDER, *what[:1], *path))


def place_of(store: Store, record: Form) -> tuple[str, Any]:
    """Name the page on which a record of a chapter stands, and the way to it."""
    return _up(store, record, (OPEN, record.id))


def new_under(store: Store, form: type[Form], about: Form) -> tuple[str, Any]:
    """Name the page on which a new sheet about a record is written, and the way to it."""
    chapter = next(c for c in CHAPTERS if c.form is form and c.of is type(about))
    return _under(store, chapter, about, (NEW,))


def opened(session: Session, due: Due, leave: Leave) -> ChapterPlace | None:
    """Open what an entry of 期限 asks for; None where no chapter has it."""
    answering = next((c for c in CHAPTERS if c.answers == due.kind), None)
    if answering is not None:
        place = ChapterPlace(session, answering, leave=leave)
        place.show((PROPOSED, due.record_id))
        return place
    form = next((c.form for c in CHAPTERS if c.form.table == due.table), None)
    record = session.store.load(form, due.record_id) if form else None
    chapter = chapter_for(record) if record else None
    if record is None or chapter is None:
        return None
    place = ChapterPlace(session, chapter, above(session.store, record), leave=leave)
    place.show((OPEN, due.record_id))
    return place
