"""Letters to the agencies of a sitting: 開催通知 with the reply slip, and 資料提出依頼.

A page for each agency that is called. They leave the office before anybody is bound by the
sitting: they hold day, place, body and numbers, and of nobody's case a word. The sentences are
the town's own (``[letters.ja.convening]`` and ``sheets_due`` of the profile).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from jusou_nb.dates import wareki
from jusou_nb.documents.cover import WEEKDAYS
from jusou_nb.documents.office_frame import office_frame
from jusou_nb.documents.packet import copies
from jusou_nb.documents.paper import Identity, Paper, Section, of_record, print_section
from jusou_nb.forms import AgendaItem, Conference, PreparationSheet
from jusou_nb.profile import Basis
from jusou_nb.rules.sharing import Reader, ReaderKind, item_withheld
from jusou_nb.store import Store, queries, sittings
from jusou_nb.store.papers import shown_of_sitting as papers_shown

CONVENING, SHEETS_DUE = "開催通知", "資料提出依頼"
_REPLY_DAYS = "reply_days"
_BLANK_DAY = "　　　年　　月　　日"


@dataclass(frozen=True, kw_only=True)
class Call:
    """What one agency is written: on which bases it is called, what it is to hand in.

    ``is_person`` is a seat of a single person, whom nobody can represent.
    """

    agency: str
    bases: tuple[Basis, ...] = ()
    is_person: bool = False
    sheets: tuple[tuple[int, str, str], ...] = ()


def convening(store: Store, conference_id: int, *, day: date) -> Section:
    """Print 開催通知 with the slip for 出欠・代理, a page for each agency called.

    Raises:
        NotFound: There is no such sitting.
    """
    conference = queries.conference(store, conference_id)
    values = convening_values(store, conference, day)
    identity = convening_identity(store, conference)
    return print_section("convening", CONVENING, values, identity)


def convening_values(store: Store, conference: Conference, day: date) -> dict[str, Any]:
    """Gather 開催通知, for the page and for Word."""
    calls = list(_calls(store, conference))
    values = {**_common(store, conference, CONVENING, "convening", day), "calls": calls}
    values["reply_by"] = _reply_by(store, conference)
    values["confidential"] = _confidential(calls)
    return values


def convening_identity(store: Store, conference: Conference) -> Identity:
    """Say what 開催通知 of a sitting is."""
    subject = (Conference.table, conference.id or 0)
    return of_record(store, CONVENING, subject, _shown(store, conference))


def sheets_due(store: Store, conference_id: int, *, day: date) -> Section:
    """Print 資料提出依頼: to each agency, of which items it is to hand in a sheet, and by when.

    An item that an agency may have nothing of is not asked of it.

    Raises:
        NotFound: There is no such sitting.
    """
    conference = queries.conference(store, conference_id)
    values = {
        **_common(store, conference, SHEETS_DUE, "sheets_due", day),
        "calls": [call for call in _requests(store, conference) if call.sheets],
    }
    shown = _shown(store, conference)
    identity = of_record(store, SHEETS_DUE, (Conference.table, conference_id), shown)
    return print_section("sheets_due", SHEETS_DUE, values, identity)


def called(store: Store, conference: Conference) -> dict[int, tuple[Basis, ...]]:
    """Give the agencies called to a sitting, each with the bases on which it has a copy."""
    found: dict[int, list[Basis]] = {id_: [] for id_ in conference.called or ()}
    for copy in copies(store, conference.id or 0):
        if (agency := copy.reader.agency_id) is not None:
            found.setdefault(agency, []).append(store.profile.basis(copy.basis))
    return {agency: tuple(bases) for agency, bases in found.items()}


def when(conference: Conference) -> str:
    """Write day, weekday and hours of a sitting."""
    day = conference.held_on
    held = f"{wareki(day)}（{WEEKDAYS[day.weekday()]}）" if day else "日程未定"
    return f"{held}　{conference.hours or ''}".rstrip()


def _calls(store: Store, conference: Conference) -> Iterator[Call]:
    wanted = called(store, conference)
    seats = sittings.seats(store, conference, wanted, told=False)
    for agency, bases in wanted.items():
        seat = seats[agency]
        if seat.name:
            yield Call(agency=seat.name, bases=bases, is_person=seat.is_person)


def _confidential(calls: list[Call]) -> bool:
    """Whether anybody is called on a basis whose members are bound to secrecy by law."""
    return any(basis.confidentiality for call in calls for basis in call.bases)


def _requests(store: Store, conference: Conference) -> Iterator[Call]:
    names = store.lexicon(on=conference.held_on).refs["agencies"]
    asked: dict[int, list[tuple[int, str, str]]] = {}
    for item in queries.items_of(store, conference.id or 0):
        for sheet in _open_sheets(store, item, conference):
            due = wareki(sheet.due_on) if sheet.due_on else _BLANK_DAY
            label = store.profile.basis(item.basis or "").label
            asked.setdefault(sheet.agency or 0, []).append((item.place_in_order or 0, label, due))
    for agency, sheets in asked.items():
        if agency in names:
            yield Call(agency=names[agency], sheets=tuple(sheets))


def _open_sheets(
    store: Store, item: AgendaItem, conference: Conference
) -> Iterator[PreparationSheet]:
    """Give the sheets of an item that are not back, of agencies that may have the item."""
    if item.case_id is None:
        return
    matter = queries.matter_of(store, item, conference)
    for sheet in store.find(PreparationSheet, agenda_item_id=item.id):
        reader = Reader(ReaderKind.AGENCY, sheet.agency or 0)
        if sheet.returned_on is None and item_withheld(reader, matter) is None:
            yield sheet


def _common(
    store: Store, conference: Conference, name: str, letter: str, day: date
) -> dict[str, Any]:
    profile = store.profile
    body = profile.body(conference.body or "").label
    names = {"body": body, "municipality": profile.municipality, "office": profile.office}
    words = {key: text.format_map(names) for key, text in profile.letters.words(letter).items()}
    return {
        **names,
        "words": words,
        "frame": office_frame(store, name, day=day),
        "made_on": wareki(day),
        "when": when(conference),
        "place": conference.place or profile.body(conference.body or "").place or "（未定）",
        "is_ad_hoc": bool(conference.is_ad_hoc),
    }


def _reply_by(store: Store, conference: Conference) -> str:
    days = store.profile.thresholds.get(_REPLY_DAYS, 0)
    if not days or conference.held_on is None:
        return _BLANK_DAY
    until = conference.held_on - timedelta(days=days)
    return f"{wareki(until)}（{WEEKDAYS[until.weekday()]}）"


def _shown(store: Store, conference: Conference) -> list[tuple[str, int]]:
    """Name the records on which the letters depend: consents decide who is called."""
    items = queries.items_of(store, conference.id or 0)
    shown = [(Conference.table, conference.id or 0)]
    for basis in {item.basis or "" for item in items}:
        shown += papers_shown(store, conference.id or 0, basis)
    return shown + papers_shown(store, conference.id or 0, "")


PAPERS = (
    Paper(name=CONVENING, table=Conference.table, gather=convening, of_office=True),
    Paper(name=SHEETS_DUE, table=Conference.table, gather=sheets_due),
)
