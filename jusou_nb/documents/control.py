"""The chair's own pages: who is A氏, what was withheld from whom, what the chief let pass."""

from typing import TYPE_CHECKING, Any

from jusou_nb.documents.kin import relation_text
from jusou_nb.documents.omissions import Omission, omissions_of
from jusou_nb.documents.sitting import Entry
from jusou_nb.problems import Problem
from jusou_nb.rules.consent import standing
from jusou_nb.rules.readiness import hidden, lacking, of_others
from jusou_nb.rules.sharing import CHAIR
from jusou_nb.rules.steering import approved_after
from jusou_nb.rules.text_of_others import may_speak_of_others
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
        client = find_person(entry.household, entry.item.client_id)
        for person in entry.people:
            letter = packet.letters[entry.number][person.id or 0]
            own = (person.relation or "", client.relation or "")
            relation = relation_text(*own, is_client=person.id == client.id)
            rows.setdefault(letter, (letter, person.name or "", relation, entry.number))
    return sorted(rows.values(), key=lambda row: (len(row[0]), row[0]))


def _to_look_at(packet: "Packet") -> list[tuple[int, Problem]]:
    """Say what a condition lacks: the papers come out all the same."""
    return [
        (entry.number, problem)
        for entry in packet.sitting.entries
        for problem in (
            *_of_consent(entry),
            *lacking(entry.matter, entry.item, entry.plan),
            *of_others(entry.matter, entry.household, entry.intake),
            *hidden(entry.household),
            *_of_others(entry),
            *_after_the_fact(entry),
        )
    ]


def _of_others(entry: Entry) -> list[Problem]:
    """Name the sentences to be read again, for they may speak of who refused or is hidden."""
    records = [record for record in (entry.item, entry.intake, entry.plan) if record is not None]
    return may_speak_of_others(entry.matter, entry.household, records)


def _after_the_fact(entry: Entry) -> list[Problem]:
    return approved_after(entry.plan) if entry.plan is not None else []


def _of_consent(entry: Entry) -> list[Problem]:
    matter = entry.matter
    if not matter.basis.requires_consent:
        return []
    client = find_person(entry.household, entry.item.client_id)
    return standing(entry.consents, client, matter.day, matter.profile)


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
    """Write whose copies; all agencies together, or all but one, have one word."""
    agencies = [copy.label for copy in packet.copies if copy.reader != CHAIR]
    others = [label for label in labels if label not in agencies]
    left = [label for label in agencies if label not in labels]
    count = len(agencies) - len(left)
    if count > 1 and len(left) <= 1:
        but = f"{left[0]}のほかの" if left else ""
        return "、".join([*others, f"{but}機関すべて（{count}）"])
    return "、".join(labels)
