"""開示対応表: every record about a person, as the office decides of it, and as it is handed out.

On the copy that is handed out what is kept back is not in the file at all: in its place stands
a bar of one length, for whatever was there. A record of which nothing is decided and that may
have to be kept back as a whole is not on it, not even its name.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from jusou_nb.dates import wareki
from jusou_nb.documents.lettering import names_on_paper, paper_lexicon
from jusou_nb.documents.office_frame import office_frame
from jusou_nb.documents.paper import Identity, Paper, Section, of_record, print_section
from jusou_nb.forms import DisclosureRequest, Household, Person
from jusou_nb.forms.disclosure import Disclosure
from jusou_nb.rules.disclosure import guardian_withheld
from jusou_nb.store import Store, household_records, overrides, papers_out, readings
from jusou_nb.store.disclosure import BoxRow, RecordRow, rows_of
from jusou_nb.store.queries import person as find_person

ORIGINAL, COPY = "開示対応表", "開示対応表（黒塗り）"
_UNDECIDED = "未決定"
_DONE = {"paper": "資料を作った", "reprint": "再印刷した", "exported": "書き出した"}


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A piece of a text on the copy: words, or a bar where some were."""

    text: str = ""
    is_bar: bool = False

    @property
    def size(self) -> int:
        """How many characters it takes, so that a long one may be split between pages."""
        return len(self.text)


@dataclass(frozen=True, kw_only=True)
class Line:
    """A box on the copy; a bar for one or several boxes that are kept back."""

    label: str = ""
    pieces: tuple[Piece, ...] = ()
    is_bar: bool = False


@dataclass(frozen=True, kw_only=True)
class Page:
    """A record on the copy; of one kept back whole there is only its place."""

    title: str = ""
    day: str = ""
    lines: tuple[Line, ...] = ()
    grounds: str = ""
    is_bar: bool = False


def original(store: Store, request_id: int, *, day: date) -> Section:
    """Print the office's table: every record, its candidates, and what was decided.

    Raises:
        NotFound: There is no such request.
    """
    request = store.load(DisclosureRequest, request_id)
    rows = _rows(store, request)
    values = {
        **_common(store, ORIGINAL, request, day),
        "rows": [_summary(number, row) for number, row in enumerate(rows, start=1)],
        "records": rows,
        "open": sum(row.answer is None and bool(row.candidates) for row in rows),
        "papers": papers_out.of_person(store, request.person or 0),
        "readings": _read(store, rows),
    }
    return print_section("disclosure", ORIGINAL, values, _identity(store, ORIGINAL, request))


def copy(store: Store, request_id: int, *, day: date) -> Section:
    """Print what is handed out: without decisions every candidate is kept back.

    Raises:
        NotFound: There is no such request.
    """
    request = store.load(DisclosureRequest, request_id)
    home = store.load(Household, request.household_id or 0)
    rule = [problem.rule for problem in guardian_withheld(request, home)]
    allowed = {row["rule"] for row in overrides.of(store, request.table, request_id)}
    stops = not allowed.issuperset(rule)
    rows = [] if stops else _rows(store, request)
    names = _names_of_others(home, request.person)
    values = {
        **_common(store, COPY, request, day),
        "pages": [page for row in rows if (page := _page(row, names, store)) is not None],
        "stops": stops,
        "is_preview": any(row.answer is None and row.candidates for row in rows),
    }
    return print_section("disclosure_copy", COPY, values, _identity(store, COPY, request))


def _rows(store: Store, request: DisclosureRequest) -> list[RecordRow]:
    home = store.load(Household, request.household_id or 0)
    return rows_of(store, request, paper_lexicon(store, home))


def _common(store: Store, name: str, request: DisclosureRequest, day: date) -> dict[str, Any]:
    home = store.load(Household, request.household_id or 0)
    person = find_person(home, request.person)
    return {
        "title": name,
        "request": request,
        "whose": person.name or names_on_paper(home).get(person.id or 0, ""),
        "received_on": wareki(request.received_on) if request.received_on else "",
        "applicant": request.applicant.label if request.applicant else "",
        "municipality": store.profile.municipality,
        "office": store.profile.office,
        "made_on": wareki(day),
        "frame": office_frame(store, name, day=day),
    }


def _identity(store: Store, name: str, request: DisclosureRequest) -> Identity:
    found = household_records.records_of(store, request.household_id or 0)
    shown = household_records.shown(store, found)
    return of_record(store, name, (request.table, request.id or 0), shown)


def _read(store: Store, rows: list[RecordRow]) -> list[tuple[str, ...]]:
    titles = {(row.table, row.record_id): row.title for row in rows}
    found = readings.of_records(store, titles)
    return [
        (f"{wareki(one.at.date())} {one.at:%H:%M}", one.worker, titles[one.table, one.record_id],
         _DONE.get(one.action, one.action))
        for one in found
    ]  # fmt: skip


def _summary(number: int, row: RecordRow) -> tuple[str, ...]:
    answer = row.answer.answer.label if row.answer and row.answer.answer else ""
    reasons = "、".join(problem.message for problem in row.candidates)
    return (
        str(number),
        row.when or f"（登録 {wareki(row.registered_on)}）",
        row.title,
        f"{row.record_id}番",
        reasons,
        answer or (_UNDECIDED if reasons else "候補なし"),
    )


def _page(row: RecordRow, names: Iterable[str], store: Store) -> Page | None:
    answer = row.answer.answer if row.answer else None
    if answer is Disclosure.UNTOLD or (answer is None and row.whole is not None):
        return None
    listed = store.profile.codes("nondisclosure_ground").by_code
    codes = row.answer.grounds or () if row.answer else ()
    grounds = "、".join(listed[code].label for code in codes if code in listed)
    if answer is Disclosure.CLOSED:
        return Page(grounds=grounds, is_bar=True)
    hidden = () if answer is Disclosure.OPEN else (*names, *_words(row))
    return Page(
        title=row.title,
        day=row.when if row.is_day_shown else "",
        lines=tuple(_merged(row.boxes, hidden)),
        grounds=grounds,
    )


def _words(row: RecordRow) -> tuple[str, ...]:
    return row.answer.hidden_words or () if row.answer else ()


def _merged(boxes: Iterable[BoxRow], hidden: Iterable[str]) -> Iterator[Line]:
    """Give a line a box; boxes kept back one after the other are one bar, so none is counted."""
    words, was_bar = sorted(hidden, key=len, reverse=True), False
    for box in boxes:
        if box.is_shown:
            yield Line(label=box.label, pieces=tuple(_pieces(box.value, words)))
        elif not was_bar:
            yield Line(is_bar=True)
        was_bar = not box.is_shown


def _pieces(text: str, words: list[str]) -> Iterator[Piece]:
    known = "|".join(re.escape(word) for word in words if word.strip())
    parts = re.split(f"({known})", text) if known else [text]
    for place, part in enumerate(parts):
        if place % 2:
            yield Piece(is_bar=True)
        elif part:
            yield Piece(text=part)


def _names_of_others(home: Household, person_id: int | None) -> list[str]:
    """Give the names of the household's other people, whole and as people call each other."""
    whose = next((p for p in home.members if p.id == person_id), Person())
    own = {*(whose.name or "").split(), *(whose.kana or "").split()}
    return [word for p in home.members if p.id != person_id for word in _called(p, own)]


def _called(person: Person, own: set[str]) -> Iterator[str]:
    for name in (person.name or "", person.kana or ""):
        parts = name.split()
        if len(parts) > 1:
            yield from (name, "".join(parts))
        yield from (part for part in parts if len(part) > 1 and part not in own)


PAPERS = (
    Paper(name=ORIGINAL, table=DisclosureRequest.table, gather=original),
    Paper(name=COPY, table=DisclosureRequest.table, gather=copy),
)
