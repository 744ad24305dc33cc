"""会議記録: filled with what is recorded, blank lines for the rest."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from jusou_nb.documents import cover
from jusou_nb.documents.eyes import Eyes
from jusou_nb.documents.sitting import Entry
from jusou_nb.forms import Agreement
from jusou_nb.forms.conference import AgreementAnswer, ConferenceState, Outcome, Presence
from jusou_nb.rules.sharing import CHAIR

if TYPE_CHECKING:
    from jusou_nb.documents.item import ItemPart
    from jusou_nb.documents.packet import Packet

LINES = 4
"""Lines for the decisions of an item, recorded ones among them."""
DIRECTION_LINES = 3
"""Lines of the 支援方針・役割分担表, recorded ones among them."""
_PRESENCE = ("agency", "name", "presence", "arrived", "left")
_DECISION = ("what", "agency", "due_on")
_RESULTS = ("discussion", "summing_up", "next_on", "missing_resources", "lead_agency",
            "approved_after_on")  # fmt: skip
Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What an agency said to the whole, as far as it is recorded; ``marks`` by answer."""

    agency: str
    marks: dict[str, str]
    condition: str
    due: str
    answered: str

    @property
    def is_given(self) -> bool:
        """Whether an answer is on record."""
        return "■" in self.marks.values()


@dataclass(frozen=True, kw_only=True)
class ItemRecord:
    """What is recorded of an item; ``results`` are boxes of the item by name."""

    part: "ItemPart"
    results: dict[str, str]
    outcomes: tuple[tuple[str, bool], ...]
    attendances: Rows
    directions: Rows
    decisions: Rows
    answers: tuple[Answer, ...]

    @property
    def unanswered(self) -> tuple[str, ...]:
        """The agencies whose answer is not on record."""
        return tuple(answer.agency for answer in self.answers if not answer.is_given)


def values(packet: "Packet", *, is_alone: bool = False) -> dict[str, Any]:
    """Gather the minutes: the items of this copy, what is recorded, and who was called.

    ``is_alone`` is the paper of its own after the sitting: it has no room to write in.
    """
    is_chair = packet.copy.reader == CHAIR
    shown = {part.number: part for part in packet.parts if not part.refused}
    return {
        **cover.facts(packet),
        "is_chair": is_chair,
        "copies": packet.copies,
        "settled": cover.settled(packet),
        "seats": _seats(packet) if is_chair else [],
        "records": [
            _record(packet, entry, shown[entry.number], is_alone=is_alone)
            for entry in packet.sitting.entries
            if entry.number in shown
        ],
        "decides_plan": packet.sitting.basis.decides_plan,
        "is_alone": is_alone,
    }


def _seats(packet: "Packet") -> list[tuple[str, str, str, str]]:
    """Give the attendance list: the attendees on record, then those called without one.

    The last of each is 出, 代理 or 欠 once the sitting was held, else nothing.
    """
    conference = packet.sitting.conference
    names = packet.sitting.lexicon.refs["agencies"]
    is_held = conference.state is ConferenceState.HELD
    known = [
        (
            names.get(who.agency or 0, ""),
            who.post or "",
            who.name or "",
            ("代理" if who.is_deputy else "出") if is_held else "",
        )
        for who in conference.attendees
    ]
    there = {line[0] for line in known}
    away = _away(packet) - there
    called = [copy.label for copy in packet.copies if copy.reader != CHAIR]
    return known + [
        (label, "", "", "欠" if label in away else "") for label in called if label not in there
    ]


def _away(packet: "Packet") -> set[str]:
    """Name the agencies that were absent from every item at which they are noted."""
    names = packet.sitting.lexicon.refs["agencies"]
    noted = [row for entry in packet.sitting.entries for row in entry.item.attendances]
    came = {row.agency for row in noted if row.presence is not Presence.ABSENT}
    return {names.get(row.agency or 0, "") for row in noted if row.agency not in came}


def _record(packet: "Packet", entry: Entry, part: "ItemPart", *, is_alone: bool) -> ItemRecord:
    eyes, item = packet.eyes(entry), entry.item
    padded = _rows_only if is_alone else _padded
    is_chair = eyes.are_the_chairs
    outcome = eyes.text(item, "outcome")
    return ItemRecord(
        part=part,
        results={name: eyes.text(item, name) for name in _RESULTS},
        outcomes=tuple((o.label, o.label == outcome) for o in Outcome),
        attendances=eyes.table(item.attendances, _PRESENCE, needed="") if is_chair else (),
        directions=padded(_directions(entry, eyes), DIRECTION_LINES, 4),
        decisions=padded(
            eyes.table(item.decisions, _DECISION, needed="what"), LINES, len(_DECISION)
        ),
        answers=tuple(_answers(entry, eyes)),
    )


def _directions(entry: Entry, eyes: Eyes) -> Rows:
    return tuple(
        (
            eyes.text(row, "what"),
            eyes.text(row, "agency") or eyes.text(row, "other_doer"),
            eyes.text(row, "due_on"),
            eyes.text(row, "review_on"),
        )
        for row in entry.item.directions
        if eyes.text(row, "what")
    )


def _padded(rows: Rows, wanted: int, width: int) -> Rows:
    """Add blank lines up to a number, and at least one to write on."""
    return (*rows, *[("",) * width] * max(wanted - len(rows), 1))


def _rows_only(rows: Rows, _wanted: int, _width: int) -> Rows:
    return rows


def _answers(entry: Entry, eyes: Eyes) -> list[Answer]:
    """Give each agency called with its answer; on an agency's copy its own only."""
    given = {int(a.agency): a for a in entry.item.agreements if a.agency is not None}
    if not eyes.are_the_chairs:
        own = eyes.reader.agency_id or 0
        return [_answer(eyes, own, given.get(own))]
    called = sorted(entry.matter.called - entry.matter.excluded)
    others = [a for a in given if a not in called]
    return [_answer(eyes, a, given.get(a)) for a in (*called, *others) if eyes.agency(a)]


def _answer(eyes: Eyes, agency: int | None, given: Agreement | None) -> Answer:
    said = eyes.text(given, "answer") if given else ""
    return Answer(
        agency=eyes.agency(agency),
        marks={answer.value: "■" if answer.label == said else "□" for answer in AgreementAnswer},
        condition=eyes.text(given, "condition") if given else "",
        due=eyes.text(given, "due_on") if given else "",
        answered=eyes.text(given, "answered_on") if given else "",
    )
