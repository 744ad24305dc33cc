"""Cover, agenda and minutes: what frames the items of a copy."""

from typing import TYPE_CHECKING, Any

from jusou_nb.dates import wareki
from jusou_nb.rules.sharing import CHAIR

if TYPE_CHECKING:
    from jusou_nb.documents.item import ItemPart
    from jusou_nb.documents.packet import Packet

WEEKDAYS = "月火水木金土日"
DECISION_LINES = 4
"""Blank lines for decisions of an item in the minutes."""


def values(packet: "Packet") -> dict[str, Any]:
    """Gather what the cover prints."""
    is_chair = packet.copy.reader == CHAIR
    return {
        **_sitting(packet),
        "copy": packet.copy,
        "copies": packet.copies if is_chair else (),
        "is_chair": is_chair,
        "basis": packet.sitting.basis,
        "notice_of_copies": packet.notice_of_copies,
        "made_on": packet.made_on,
        "office": packet.office,
        "nothing": _nothing(packet),
    }


def _sitting(packet: "Packet") -> dict[str, Any]:
    conference = packet.sitting.conference
    day = conference.held_on
    return {
        "body": packet.sitting.body,
        "basis_label": packet.sitting.basis.label,
        "day": f"{wareki(day)}（{WEEKDAYS[day.weekday()]}）" if day else "日程未定",
        "hours": conference.hours or "",
        "place": conference.place or "",
        "municipality": packet.municipality,
    }


def _nothing(packet: "Packet") -> str:
    """Say on the cover that a copy holds no item, and why."""
    if not packet.parts:
        return "この根拠で開く案件はありません。"
    refused = {part.refused for part in packet.parts}
    if all(refused):
        return f"この宛先に掲載できる案件はありません（{'、'.join(sorted(refused))}）。"
    return ""


def agenda_values(packet: "Packet") -> dict[str, Any]:
    """Gather the agenda: every number of the sitting, titles only where they may be read."""
    own = {part.number: part for part in packet.parts}
    return {
        **_sitting(packet),
        "lines": [(number, own.get(number)) for number in _numbers(packet)],
    }


def _numbers(packet: "Packet") -> list[int]:
    return sorted({number for number, _ in packet.sitting.numbers})


def minutes_values(packet: "Packet") -> dict[str, Any]:
    """Gather the blank minutes: the items of this copy, and who was called to each."""
    is_chair = packet.copy.reader == CHAIR
    return {
        **_sitting(packet),
        "is_chair": is_chair,
        "copies": packet.copies,
        "seats": _seats(packet) if is_chair else [],
        "items": [
            (part, part.question, _called(packet, part))
            for part in packet.parts
            if not part.refused
        ],
        "decision_lines": range(DECISION_LINES),
        "decides_plan": packet.sitting.basis.decides_plan,
    }


def _seats(packet: "Packet") -> list[tuple[str, str, str]]:
    """Give the attendance list: the attendees on record, then those called without one."""
    names = packet.sitting.lexicon.refs["agencies"]
    attendees = packet.sitting.conference.attendees
    known = [(names.get(a.agency or 0, ""), a.post or "", a.name or "") for a in attendees]
    there = {agency for agency, _, _ in known}
    called = [copy.label for copy in packet.copies if copy.reader != CHAIR]
    return known + [(label, "", "") for label in called if label not in there]


def _called(packet: "Packet", part: "ItemPart") -> list[str]:
    names = packet.sitting.lexicon.refs["agencies"]
    matter = next(e.matter for e in packet.sitting.entries if e.number == part.number)
    return [names[id_] for id_ in sorted(matter.called - matter.excluded) if id_ in names]
