"""Boxes as people fill them by hand: every code to tick, eras to choose, room to write."""

from typing import Any

from jusou_nb.fields import Item, Kind
from jusou_nb.values import NO, YES, Lexicon, show

ON, OFF = "☑", "☐"
Tick = tuple[bool, str]
TickLine = tuple[str, tuple[Tick, ...]]
"""The heading of a group of codes (or nothing), and its codes with whether each is chosen."""

_DAY = "令和　　年　　月　　日"
_ERAS = f"{OFF}大正　{OFF}昭和　{OFF}平成　{OFF}令和　　　年　　月　　日"
_BLANK = {
    Kind.DATE: _DAY,
    Kind.PARTIAL_DATE: _DAY,
    Kind.MOMENT: f"{_DAY}　　時　　分",
    Kind.AGE: f"　　　歳（{OFF}くらい　{OFF}不明）",
}


def tick_lines(box: Item, value: Any, lexicon: Lexicon) -> tuple[TickLine, ...]:
    """List all that can be chosen in a box by the groups of its codes, with what is chosen.

    Nothing for a box into which people write. A code that the town has given up since then
    stands at the end where it is still chosen.
    """
    if box.kind is Kind.FLAG:
        return (("", ((value is True, YES), (value is False, NO))),)
    if box.kind not in (Kind.CODE, Kind.CHOICE):
        return ()
    chosen = _chosen(box, value)
    lines: dict[str, list[Tick]] = {}
    for option in box.options(lexicon.profile):
        lines.setdefault(option.group, []).append((option.code in chosen, option.label))
        chosen.pop(option.code, None)
    for gone in chosen.values():
        lines.setdefault("", []).append((True, show(box, (gone,) if box.many else gone, lexicon)))
    return tuple((group, tuple(ticks)) for group, ticks in lines.items())


def _chosen(box: Item, value: Any) -> dict[str, Any]:
    values = () if value is None else value if box.many else (value,)
    return {str(one): one for one in values}


def blank_text(box: Item) -> str:
    """Give what stands in a blank box to be completed by hand, such as 年 月 日."""
    if box.kind is Kind.PARTIAL_DATE and box.identifies:
        return _ERAS
    return _BLANK.get(box.kind, "")
