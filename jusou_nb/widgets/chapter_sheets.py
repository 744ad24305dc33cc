"""The sheets of a chapter: a record, the step of an act, and the 取消, each as an Entry."""

from collections.abc import Callable, Mapping
from typing import Any

from jusou_nb.fields import Form
from jusou_nb.forms import Household
from jusou_nb.widgets.chapter import Act, Allowed, Chapter
from jusou_nb.widgets.entry import Entry, Sheet
from jusou_nb.widgets.session import Session

Made = Callable[[Form, Any], None]
"""Gets the record as it was written, and what the verb gave back."""


def record_entry(
    session: Session,
    chapter: Chapter,
    sheet: Sheet,
    about: Form | None,
    made: Made,
) -> Entry:
    """Open a record of a chapter, new or kept, to be registered by its verb."""

    def register(records: Mapping[str, Any], allowed: Allowed) -> None:
        written = records["record"]
        result = chapter.register(session, written, allowed, about)
        # The record may be opened again at once, and is not to go on from its own draft.
        entry.throw_away()
        made(written, result)

    entry = Entry(session, {"record": sheet}, register)
    return entry


def act_entry(
    session: Session, act: Act, record: Form, household: Household | None, made: Made
) -> Entry:
    """Open the sheets of an act on a record."""
    sheets = {
        name: Sheet(
            form=type(new),
            key=f"{act.code}-{record.id}",
            record=new,
            without=act.without,
            household=household,
        )
        for name, new in act.sheets(session, record).items()
    }

    def register(said: Mapping[str, Any], allowed: Allowed) -> None:
        result = act.do(session, record, said, allowed)
        entry.throw_away()
        made(record, result)

    entry = Entry(session, sheets, register)
    return entry
