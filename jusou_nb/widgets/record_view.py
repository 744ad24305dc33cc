"""One record of a client, opened from its list: corrected, or struck through with a reason."""

from dataclasses import dataclass
from typing import Any

import ipywidgets

from jusou_nb import casework
from jusou_nb.choices import OFFICE
from jusou_nb.fields import Form, Stage, item
from jusou_nb.forms import Case
from jusou_nb.rules.corrections import fixed_boxes
from jusou_nb.store.struck import Struck
from jusou_nb.widgets.answer_entries import answer_entry, is_open
from jusou_nb.widgets.entries import Done
from jusou_nb.widgets.entry import Entry, Sheet
from jusou_nb.widgets.form import FormView
from jusou_nb.widgets.messages import Banner, MessageKind
from jusou_nb.widgets.session import Session, key_of

FIXED = "ほかの記録のもとになっている欄です。違うときは、取り消してもう一度記録してください"
STRUCK = "取り消された記録です"


@dataclass(frozen=True, kw_only=True)
class StrikeNote(Form, table="strikes", title="取消"):
    """Why a record is struck through."""

    struck_reason: str | None = item(
        "取消の理由",
        scope=OFFICE,
        lines=2,
        required_at=Stage.DRAFT,
        help="記録は消えずに、線を引いて理由とともに残ります",
    )


@dataclass(frozen=True)
class Gone:
    """A record that was struck just now."""

    record: Form


def correct_entry(session: Session, record: Form, done: Done) -> Entry:
    """Open a record to correct it; what waits for an answer is answered there too."""
    if is_open(record):
        return answer_entry(session, record, done)
    fixed = fixed_boxes(record)
    # Where a case stands is moved by what is done for it, and shown elsewhere on the page.
    without = fixed if isinstance(record, Case) else frozenset()
    sheet = Sheet(form=type(record), key=key_of(record.id), record=record, without=without)
    entry = Entry(
        session,
        {"record": sheet},
        lambda records, allowed: done(
            casework.correct_record(session.store, records["record"], overrides=allowed)
        ),
        words="直した内容を登録",
    )
    boxes = entry.forms["record"].box_set.by_name
    for name in fixed & boxes.keys():
        boxes[name].readonly, boxes[name].support = True, FIXED
    return entry


def strike_entry(session: Session, record: Form, name: str, done: Done) -> Entry:
    """取消: strike a record through, with its reason; ``name`` tells people which it is."""

    def register(records: Any, _allowed: Any) -> None:
        casework.strike_record(
            session.store, record, reason=records["note"].struck_reason or "", on=session.today
        )
        done(Gone(record))

    sheet = Sheet(form=StrikeNote, key=f"{record.table}-{record.id}", title=f"取消（{name}）")
    return Entry(session, {"note": sheet}, register, words="取り消す")


def struck_view(session: Session, struck: Struck[Form]) -> ipywidgets.VBox:
    """Show a record that was struck, as it stood, with the reason; nothing can be written."""
    said = Banner()
    said.show(MessageKind.INFORMATION, f"{STRUCK}。", [f"取消の理由: {struck.reason}"], focus=True)
    view = FormView(
        type(struck.record), session.store.lexicon(), record=struck.record, today=session.today
    )
    for box in view.box_set.by_name.values():
        box.readonly = True
    made = ipywidgets.VBox([said, view])
    made.focus = view.summary.focus
    return made
