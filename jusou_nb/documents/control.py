"""The chair's own pages: who is A氏, what was withheld from whom, what the chief let pass."""

from typing import TYPE_CHECKING, Any

from jusou_nb.documents.members import relation_text
from jusou_nb.documents.omissions import Omission, omissions_of
from jusou_nb.rules.sharing import CHAIR

if TYPE_CHECKING:
    from jusou_nb.documents.packet import Packet


def values(packet: "Packet") -> dict[str, Any]:
    """Gather the chair's pages."""
    return {
        "names": _names(packet),
        "omissions": _omissions(packet),
        "overrides": [
            (entry.number, override)
            for entry in packet.sitting.entries
            for override in entry.overrides
        ],
    }


def _names(packet: "Packet") -> list[tuple[str, str, str, int]]:
    """Give letter, name, relation and item of each person, each once."""
    rows: dict[str, tuple[str, str, str, int]] = {}
    for entry in packet.sitting.entries:
        for person in entry.household.members:
            letter = packet.letters[person.id or 0]
            is_client = person.id == entry.item.client_id
            relation = relation_text(person.relation or "", is_client=is_client)
            rows.setdefault(letter, (letter, person.name or "", relation, entry.number))
    return sorted(rows.values(), key=lambda row: (len(row[0]), row[0]))


def _omissions(packet: "Packet") -> list[Omission]:
    """Say what is not on which copies, those with the same omission together."""
    found: dict[tuple[int, str, str, str], list[str]] = {}
    for entry in packet.sitting.entries:
        for copy in packet.copies:
            left_off = omissions_of(entry, packet.eyes(entry, copy.reader))
            for (rule, reason), labels in left_off.items():
                key = (entry.number, "、".join(labels), rule, reason)
                found.setdefault(key, []).append(copy.label)
    return [
        Omission(number=number, what=what, rule=rule, reason=reason, agencies=_whom(packet, labels))
        for (number, what, rule, reason), labels in found.items()
    ]


def _whom(packet: "Packet", labels: list[str]) -> str:
    """Write whose copies; all agencies together have one word."""
    agencies = [copy.label for copy in packet.copies if copy.reader != CHAIR]
    if len(agencies) > 1 and labels[-len(agencies) :] == agencies:
        labels = [*labels[: -len(agencies)], f"機関すべて（{len(agencies)}）"]
    return "、".join(labels)
