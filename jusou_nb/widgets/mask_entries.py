"""The sheets of 秘匿: to set it, to ask that it be lifted, to look at it again."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from jusou_nb import casework
from jusou_nb.checks import empty
from jusou_nb.errors import Invalid
from jusou_nb.fields import get_item
from jusou_nb.forms import Person
from jusou_nb.widgets.controls import REQUIRED
from jusou_nb.widgets.entry import Entry, Sheet
from jusou_nb.widgets.session import Session, names_of

MASK, LIFT, REVIEW = "mask", "lift", "review"
"""The acts that have a sheet, as the keys of their drafts name them."""
_KEPT = ("unmasked_for", "masked_until", "has_address_protection", "protection_until")
_NEEDED = frozenset({"masked_because", "unmask_because", "protection_until"})
_BLANK: dict[str, Any] = dict.fromkeys(("masked_because", *_KEPT))

Did = Callable[..., None]
"""Takes what to say, the person, and what is to be thought of."""


def mask_entry(session: Session, person: Person, did: Did) -> Entry:
    """秘匿を付ける; it holds at once."""
    blank = replace(person, **_BLANK, is_masked=True)

    def register(said: Person) -> None:
        masked, about = casework.mask_person(
            session.store,
            person.id or 0,
            because=_needed(said, "masked_because"),
            on=session.today,
            seen_by=said.unmasked_for or (),
            until=said.masked_until,
            protection_until=_protection(said),
        )
        others = tuple(p for p in about if p.rule != "masking.unconfirmed")
        said_ = "秘匿を付けました。いまから効きます。翌開庁日までに、別の人が確かめます。"
        did(said_, masked, others)

    boxes = ("masked_because", *_KEPT)
    return _entry(session, MASK, "秘匿を付ける", blank, register, boxes=boxes)


def ask_entry(session: Session, person: Person, did: Did) -> Entry:
    """解除を求める; the 秘匿 stays until a second person confirms."""

    def register(said: Person) -> None:
        asked = casework.ask_unmask(
            session.store,
            person.id or 0,
            because=_needed(said, "unmask_because"),
            on=session.today,
        )
        did("解除を求めました。別の人が確かめるまで、秘匿のままです。", asked)

    blank = replace(person, unmask_because=None)
    return _entry(session, LIFT, "解除を求める", blank, register, boxes=("unmask_because",))


def review_entry(session: Session, person: Person, did: Did) -> Entry:
    """見直す: it stays, with a new review day, protection, or readers."""

    def register(said: Person) -> None:
        kept = casework.review_mask(
            session.store,
            person.id or 0,
            seen_by=said.unmasked_for or (),
            until=said.masked_until,
            protection_until=_protection(said),
        )
        did("見直しを登録しました。秘匿は続いています。", kept)

    return _entry(session, REVIEW, "見直しを登録", person, register, boxes=_KEPT)


def _protection(said: Person) -> Any:
    """Give the end of a 支援措置; one that is there has one."""
    return _needed(said, "protection_until") if said.has_address_protection else None


def _needed(said: Person, name: str) -> Any:
    value = getattr(said, name)
    if value is None:
        raise Invalid([empty(name, get_item(Person, name).label)])
    return value


def _entry(
    session: Session,
    act: str,
    words: str,
    record: Person,
    register: Callable[[Person], None],
    *,
    boxes: tuple[str, ...],
) -> Entry:
    sheet = Sheet(
        form=Person,
        key=f"{act}-{record.id}",
        record=record,
        title=f"{words}（{record.name}）",
        without=names_of(Person) - frozenset(boxes),
    )
    entry = Entry(
        session,
        {"record": sheet},
        lambda records, _allowed: register(records["record"]),
        words=words,
    )
    for box in (b for n, b in entry.forms["record"].box_set.by_name.items() if n in _NEEDED):
        box.needed, box.required = REQUIRED, True
    return entry
