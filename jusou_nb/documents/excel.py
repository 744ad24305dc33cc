"""The lists of the office as workbooks: real dates and numbers, printed on A4 with a number.

What may stand on them is asked as for every list of the office: the whereabouts of a person
under 秘匿 read 秘匿, and whoever told us is left off.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from openpyxl import Workbook

from jusou_nb import workbooks
from jusou_nb.dates import wareki
from jusou_nb.documents import office_lists
from jusou_nb.documents.office_lists import OfficeList
from jusou_nb.documents.paper import Identity, PaperKind, straight
from jusou_nb.fields import Form, Item, Kind, get_item
from jusou_nb.forms import (
    Agency,
    Conference,
    CopyRecall,
    Host,
    Person,
    ResourceGap,
    Scheme,
    Training,
)
from jusou_nb.rules.sharing import listed
from jusou_nb.store import Store, papers, register
from jusou_nb.values import MASKED, Lexicon, show

Value = str | int | float | date | None


@dataclass(frozen=True)
class Sheet:
    """A table: its headings, and rows of texts, numbers and days."""

    headings: Sequence[str]
    rows: Sequence[Sequence[Value]]


@dataclass(frozen=True, kw_only=True)
class Book:
    """A list that is given out as a workbook.

    Attributes:
        name: What it is called, on its sheet and as its file.
        gather: Reads it from the store as of a day.
        of_office: Whether those may have it who open no case: it tells of nobody.
    """

    name: str
    gather: Callable[[Store, date], Sheet]
    of_office: bool = True


def write(store: Store, book: Book, *, today: date) -> tuple[Identity, bytes]:
    """Write a list; the same records and day give the same bytes."""
    identity = Identity(
        kind=PaperKind.BOOK,
        title=book.name,
        subject=("profiles", register.profile_place(store)),
        recipient=book.name,
        basis="",
        place=papers.last_of_all(store),
    )
    sheet = book.gather(store, today)
    made = Workbook()
    page = made.active
    page.title = book.name
    for place, row in enumerate([sheet.headings, *sheet.rows], start=1):
        for column, value in enumerate(row, start=1):
            workbooks.put(page.cell(place, column), _fitting(value))
    head = f"{store.profile.municipality} {store.profile.office}　{book.name}　{wareki(today)}"
    workbooks.for_print(page, len(sheet.headings), head=head, foot=identity.number)
    return identity, workbooks.finished(made, title=identity.number, day=today)


def _fitting(value: Value) -> Value:
    return workbooks.fitting(straight(value)) if isinstance(value, str) else value


def value_of(record: Form, box: Item, lexicon: Lexicon) -> Value:
    """Give a box as a cell holds it: a day or a number as such, else its text."""
    person = record if isinstance(record, Person) else None
    value = getattr(record, box.name)
    if value is None:
        return None
    if not listed(box, person):
        return MASKED if box.masked else None
    if box.kind in (Kind.DATE, Kind.NUMBER) and not box.many:
        return value  # type: ignore[no-any-return] # the kind says that it is one
    return show(box, value, lexicon)


def of_form(form: type[Form], names: Sequence[str], order: str) -> Callable[[Store, date], Sheet]:
    """Make the gathering of a register: some boxes of every record of a form."""

    def gather(store: Store, _today: date) -> Sheet:
        boxes, lexicon = [get_item(form, name) for name in names], store.lexicon()
        rows = [[value_of(record, box, lexicon) for box in boxes]
                for record in store.find(form, order=order)]  # fmt: skip
        return Sheet([box.label for box in boxes], rows)

    return gather


def _of_office(which: OfficeList) -> Callable[[Store, date], Sheet]:
    """Make the gathering of a list by worker: one table, the worker in its first column."""

    def gather(store: Store, today: date) -> Sheet:
        groups = office_lists.gathered(store, which, today)
        rows = [(group.worker, *row) for group in groups for row in group.rows]
        return Sheet(["担当", *office_lists.headings(which)], rows)

    return gather


def _trainings(store: Store, today: date) -> Sheet:
    names = ("held_on", "name", "kind", "for_whom", "teacher", "content")
    plain = of_form(Training, names, "held_on")(store, today)
    found = store.find(Training, order="held_on")
    counts = [sum(row.count or 0 for row in training.attendances) for training in found]
    rows = [[*row, count] for row, count in zip(plain.rows, counts, strict=True)]
    return Sheet([*plain.headings, "出席した人数"], rows)


def _recalls(store: Store, _today: date) -> Sheet:
    names = ("basis", "copy_number", "agency", "document_number", "state", "settled_on")
    boxes, lexicon = [get_item(CopyRecall, name) for name in names], store.lexicon()
    sittings = {one.id: one for one in store.find(Conference)}
    body = get_item(Conference, "body")
    rows: list[list[Value]] = []
    for recall in _in_order(store.find(CopyRecall), sittings):
        sitting = sittings.get(recall.conference_id)
        whose = [sitting.held_on, show(body, sitting.body, lexicon)] if sitting else [None, ""]
        rows.append([*whose, *(value_of(recall, box, lexicon) for box in boxes)])
    return Sheet(["会議日", "会議体", *(box.label for box in boxes)], rows)


def _in_order(found: Iterable[CopyRecall], sittings: dict[Any, Conference]) -> list[CopyRecall]:
    def place(recall: CopyRecall) -> tuple[date, str, int]:
        sitting = sittings.get(recall.conference_id)
        held = sitting.held_on if sitting and sitting.held_on else date.max
        return held, recall.basis or "", recall.copy_number or 0

    return sorted(found, key=place)


BOOKS = (
    Book(name="ケース一覧", gather=_of_office(OfficeList.CASES), of_office=False),
    Book(name="期限一覧", gather=_of_office(OfficeList.DUE), of_office=False),
    Book(
        name="窓口一覧",
        gather=of_form(
            Agency,
            ("name", "kind", "takes", "telephone", "open_when", "address", "municipality"),
            "id",
        ),
    ),
    Book(
        name="制度一覧",
        gather=of_form(
            Scheme,
            ("name", "agency", "fields", "for_whom", "conditions", "reached_by", "open_when",
             "telephone", "confirmed_on", "ended_on"),
            "id",
        ),
    ),
    Book(name="研修一覧", gather=_trainings),
    Book(
        name="不足資源一覧",
        gather=of_form(
            ResourceGap,
            ("raised_on", "what", "field", "area", "owner", "state", "answer_due", "became",
             "settled_on", "filled_by"),
            "raised_on",
        ),
    ),
    Book(
        name="受入先一覧",
        gather=of_form(
            Host,
            ("name", "kind", "agency", "telephone", "activities", "capacity", "days", "state",
             "ready_on"),
            "id",
        ),
    ),
    Book(name="資料回収一覧", gather=_recalls),
)  # fmt: skip
"""Every list, in the order in which they are made."""
