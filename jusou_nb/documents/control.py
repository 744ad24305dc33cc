"""The chair's own pages: who is A氏, what was withheld from whom, what the chief let pass."""

from typing import TYPE_CHECKING, Any

from jusou_nb.documents.members import relation_text
from jusou_nb.documents.omissions import Omission, omissions_of
from jusou_nb.problems import Problem
from jusou_nb.rules.consent import standing
from jusou_nb.rules.sharing import CHAIR
from jusou_nb.store.queries import person as find_person

if TYPE_CHECKING:
    from jusou_nb.documents.packet import Packet


def values(packet: "Packet") -> dict[str, Any]:
    """Gather the chair's pages."""
    return {
        "names": _names(packet),
        "to_look_at": _to_look_at(packet),
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


def _to_look_at(packet: "Packet") -> list[tuple[int, Problem]]:
    """Say what a condition lacks: the papers come out all the same."""
    found = []
    for entry in packet.sitting.entries:
        matter = entry.matter
        if matter.basis.requires_consent:
            client = find_person(entry.household, entry.item.client_id)
            problems = standing(entry.consents, client, matter.day, matter.profile)
            found += [(entry.number, problem) for problem in problems]
    return found


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
