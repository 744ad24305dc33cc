"""Cover and agenda: what frames the items of a copy."""

from typing import TYPE_CHECKING, Any

from jusou_nb.dates import wareki
from jusou_nb.documents import gaps
from jusou_nb.forms import CopyRecall
from jusou_nb.forms.after_sitting import RecallState
from jusou_nb.rules.sharing import CHAIR

if TYPE_CHECKING:
    from jusou_nb.documents.packet import Copy, Packet
    from jusou_nb.documents.sitting import Sitting

WEEKDAYS = "月火水木金土日"


def values(packet: "Packet") -> dict[str, Any]:
    """Gather what the cover prints."""
    is_chair = packet.copy.reader == CHAIR
    return {
        **facts(packet),
        "copy": packet.copy,
        "copies": _recalled(packet) if is_chair else [],
        "settled": settled(packet),
        "is_chair": is_chair,
        "basis": packet.sitting.basis,
        "notice_of_copies": packet.notice_of_copies,
        "made_on": packet.made_on,
        "office": packet.office,
        "nothing": _nothing(packet),
    }


def _recalled(packet: "Packet") -> list[tuple["Copy", CopyRecall | None]]:
    """Give each numbered copy with where it is, as far as that was noted."""
    return [(copy, packet.sitting.recalls.get(copy.number)) for copy in packet.copies]


def settled(packet: "Packet") -> tuple[int, int] | None:
    """Count the copies that are back or destroyed, and those out; None while none is noted."""
    return settled_of(packet.sitting)


def settled_of(sitting: "Sitting") -> tuple[int, int] | None:
    """Count as :func:`settled`, of a sitting on a basis."""
    states = [recall.state for recall in sitting.recalls.values()]
    out = states.count(RecallState.OUT)
    return (len(states) - out, out) if len(states) > out else None


def facts(packet: "Packet") -> dict[str, Any]:
    """Give day, hours, place and body of the sitting as every section prints them."""
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
    if packet.sitting.basis.anonymous and (packet.sitting.topics or packet.sitting.gaps):
        return ""
    if not packet.parts:
        return "この根拠で開く案件はありません。"
    refused = {part.refused for part in packet.parts}
    if all(refused):
        return f"この宛先に掲載できる案件はありません（{'、'.join(sorted(refused))}）。"
    return ""


def agenda_values(packet: "Packet") -> dict[str, Any]:
    """Gather the agenda: every number of the sitting, titles only where they may be read."""
    own = {part.number: part for part in packet.parts}
    topics = dict(packet.sitting.topics)
    numbers = sorted({*_numbers(packet), *topics})
    return {
        **facts(packet),
        "lines": [(number, own.get(number), topics.get(number, "")) for number in numbers],
        "gap_headings": gaps.headings(),
        "gaps": gaps.lines(packet.sitting.gaps, packet.sitting.lexicon),
    }


def _numbers(packet: "Packet") -> list[int]:
    return sorted({number for number, _ in packet.sitting.numbers})
