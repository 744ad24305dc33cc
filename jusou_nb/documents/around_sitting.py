"""On the table of a sitting: 出席者名簿 to sign, 会議後アンケート, 資料回収確認表.

None of them names anybody whose case is heard.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from jusou_nb.boxes import Item
from jusou_nb.dates import wareki
from jusou_nb.documents import cover
from jusou_nb.documents.notices import called, when
from jusou_nb.documents.office_frame import office_frame
from jusou_nb.documents.packet import Copy, copies_of
from jusou_nb.documents.paper import Paper, Section, of_record, print_section
from jusou_nb.documents.sitting import bases_of, gather
from jusou_nb.fields import items
from jusou_nb.forms import Conference, Questionnaire
from jusou_nb.forms.conference import ConferenceState
from jusou_nb.store import Store, queries
from jusou_nb.store.papers import shown_of_sitting

ATTENDANCE, QUESTIONNAIRE, RECALL = "出席者名簿", "会議後アンケート", "資料回収確認表"
_SPARE_LINES = 4
_OF_ANSWERER = frozenset({"agency", "answered_by"})
_BLANK_DAY = "　　　年　　月　　日"


@dataclass(frozen=True, kw_only=True)
class Seat:
    """A line of the list to sign."""

    agency: str = ""
    post: str = ""
    name: str = ""
    is_deputy: bool = False
    explained: str = ""


def attendance(store: Store, conference_id: int, *, day: date) -> Section:
    """Print the list that those who come sign, with the day on which 守秘 was explained.

    Raises:
        NotFound: There is no such sitting.
    """
    conference = queries.conference(store, conference_id)
    bases = bases_of(store, conference)
    laws = dict.fromkeys(basis.confidentiality for basis in bases if basis.confidentiality)
    values = {
        **_common(store, conference, ATTENDANCE, "attendance", day),
        "seats": [*_seats(store, conference), *[Seat()] * _SPARE_LINES],
        "laws": "、".join(laws),
        "is_held": conference.state is ConferenceState.HELD,
    }
    return _print("attendance", ATTENDANCE, values, store, conference)


def questionnaire(store: Store, conference_id: int, *, day: date) -> Section:
    """Print the questionnaire to fill by hand; without a name where the body asks for none.

    Raises:
        NotFound: There is no such sitting.
    """
    conference = queries.conference(store, conference_id)
    anonymous = store.profile.body(conference.body or "").anonymous_questionnaire
    values = {
        **_common(store, conference, QUESTIONNAIRE, "questionnaire", day),
        "questions": _questions(),
        "is_anonymous": anonymous,
    }
    return _print("questionnaire", QUESTIONNAIRE, values, store, conference)


def recall(store: Store, conference_id: int, *, day: date) -> Section:
    """Print where each numbered copy of a sitting is, basis by basis, to be ticked.

    Raises:
        NotFound: There is no such sitting.
    """
    conference = queries.conference(store, conference_id)
    found = [gather(store, conference, basis) for basis in bases_of(store, conference)]
    tables = []
    for sitting in found:
        every: tuple[Copy, ...] = tuple(copies_of(sitting))
        lines = [(copy, sitting.recalls.get(copy.number)) for copy in every]
        tables.append((sitting.basis.label, lines, cover.settled_of(sitting)))
    values = {**_common(store, conference, RECALL, "recall", day), "tables": tables}
    return _print("recall", RECALL, values, store, conference)


def _seats(store: Store, conference: Conference) -> list[Seat]:
    """Give who is known to come, then the agencies called of whom nobody is known yet."""
    names = store.lexicon(on=conference.held_on).refs["agencies"]
    known = [
        Seat(
            agency=names.get(who.agency or 0, ""),
            post=who.post or "",
            name=who.name or "",
            is_deputy=bool(who.is_deputy),
            explained=_day(who.confidentiality_explained_on),
        )
        for who in conference.attendees
    ]
    there = {seat.agency for seat in known}
    waited = [names[agency] for agency in called(store, conference) if agency in names]
    return known + [Seat(agency=name) for name in waited if name not in there]


def _day(day: date | None) -> str:
    return wareki(day) if day else ""


def _questions() -> list[Item]:
    """Give what is asked: the boxes of many lines, as the record has them."""
    return [b for b in items(Questionnaire) if b.lines > 1 and b.name not in _OF_ANSWERER]


def _common(
    store: Store, conference: Conference, name: str, letter: str, day: date
) -> dict[str, Any]:
    profile = store.profile
    body = profile.body(conference.body or "")
    return {
        "municipality": profile.municipality,
        "office": profile.office,
        "body": body.label,
        "when": when(conference),
        "place": conference.place or body.place or "（未定）",
        "words": profile.letters.words(letter),
        "frame": office_frame(store, name, day=day),
        "made_on": wareki(day),
        "blank_day": _BLANK_DAY,
    }


def _print(
    template: str, name: str, values: dict[str, Any], store: Store, conference: Conference
) -> Section:
    shown = [
        entry
        for basis in ["", *(basis.code for basis in bases_of(store, conference))]
        for entry in shown_of_sitting(store, conference.id or 0, basis, for_chair=True)
    ]
    subject = (Conference.table, conference.id or 0)
    return print_section(template, name, values, of_record(store, name, subject, shown))


PAPERS = tuple(
    Paper(name=name, table=Conference.table, gather=gather_, of_office=True)
    for name, gather_ in ((ATTENDANCE, attendance), (QUESTIONNAIRE, questionnaire),
                          (RECALL, recall))
)  # fmt: skip
