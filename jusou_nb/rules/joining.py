"""What becomes of each box when two records are made one; nothing that protects gets lost."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypeVar

from jusou_nb.checks import is_blank
from jusou_nb.choices import Choice
from jusou_nb.fields import Form, Item, Kind, items
from jusou_nb.forms.household import MASKING, Person

F = TypeVar("F", bound=Form)
_STANDING = frozenset({"status", "status_on", "status_reason", "closed_on", "closure_reason"})
"""Where a case stands goes together: it is that of the case that stays."""
_UNITED = frozenset({"excluded_agencies"})
_EITHER = frozenset({"is_opponent", "two_needed"})
_NOT_BOTH = frozenset({"name", "kana", "relation", "coordinator", "deputy"})


class Take(Choice):
    """What becomes of a box in which two records differ."""

    KEPT = "kept", "残すほう"
    GONE = "gone", "まとめるほう"
    BOTH = "both", "両方"


def is_settled(box: Item) -> bool:
    """Whether nobody chooses: 秘匿, 除外者 and 相手方 never get lost, a 段階 is not mixed."""
    never = _STANDING | _UNITED | _EITHER
    return box.name in never or box.section == MASKING


def may_be_both(box: Item) -> bool:
    """Whether what both records say can stand side by side in a box."""
    if box.many:
        return True
    return box.kind is Kind.TEXT and box.name not in _NOT_BOTH


def proposed(box: Item, kept: Any, gone: Any) -> Take:
    """Give what is proposed for a box: what is there, else that of the record that stays."""
    if box.name == "opened_on" and kept and gone and gone < kept:
        return Take.GONE
    return Take.GONE if is_blank(kept) and not is_blank(gone) else Take.KEPT


def taken(box: Item, kept: Any, gone: Any, takes: Mapping[str, Take]) -> Take:
    """Give what becomes of a box: as chosen, else as proposed."""
    return takes.get(box.name) or proposed(box, kept, gone)


def joined(kept: F, gone: F, takes: Mapping[str, Take]) -> F:
    """Give the record that stays as it is after the merge; ``takes`` is by the box's name."""
    boxes = {
        box.name: _value(box, getattr(kept, box.name), getattr(gone, box.name), takes)
        for box in items(type(kept))
        if not is_settled(box)
    }
    return replace(kept, **boxes, **_settled(kept, gone))


def _value(box: Item, kept: Any, gone: Any, takes: Mapping[str, Take]) -> Any:
    take = taken(box, kept, gone, takes)
    if take is Take.BOTH and may_be_both(box):
        return _both(box, kept, gone)
    return gone if take is Take.GONE else kept


def _both(box: Item, kept: Any, gone: Any) -> Any:
    if is_blank(kept) or is_blank(gone) or kept == gone:
        return gone if is_blank(kept) else kept
    if box.many:
        return tuple(dict.fromkeys([*kept, *gone]))
    return f"{kept}\n{gone}" if box.lines > 1 else f"{kept}、{gone}"


def _settled(kept: Any, gone: Any) -> dict[str, Any]:
    names = {box.name for box in items(type(kept))}
    found: dict[str, Any] = {
        name: True for name in _EITHER & names if getattr(kept, name) or getattr(gone, name)
    }
    for name in _UNITED & names:
        either = dict.fromkeys([*(getattr(kept, name) or ()), *(getattr(gone, name) or ())])
        found[name] = tuple(either) or None
    return {**found, **(_mask(kept, gone) if isinstance(kept, Person) else {})}


def _mask(kept: Person, gone: Person) -> dict[str, Any]:
    """秘匿 stays where either has it; where both have, only those see whom both name."""
    if kept.is_masked and gone.is_masked:
        both = set(kept.unmasked_for or ()) & set(gone.unmasked_for or ())
        seen = tuple(code for code in kept.unmasked_for or () if code in both)
        return {"unmasked_for": seen or None}
    if not gone.is_masked:
        return {}
    boxes = [box.name for box in items(Person) if box.section == MASKING]
    return {name: getattr(gone, name) for name in boxes if name not in _EITHER}
