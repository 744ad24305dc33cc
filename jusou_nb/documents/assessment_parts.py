"""インテーク・アセスメントシート, with what other forms know: nothing is asked twice."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from jusou_nb.documents import chronology, family_part
from jusou_nb.documents.ages import age_text
from jusou_nb.documents.cells import Cell, cell_of, lines, ticked
from jusou_nb.documents.sheet_parts import BLANK, Part, Style, Table, cells_of
from jusou_nb.fields import Form, get_item
from jusou_nb.forms import (
    Assessment,
    AssessmentRequest,
    Case,
    Consent,
    Household,
    Intake,
    IssueMark,
)
from jusou_nb.rules.assessment import Sheet, frames
from jusou_nb.store import Store, family
from jusou_nb.store import assessments as sheets
from jusou_nb.values import Lexicon, show

_ROUTE = ("number", "received_on", "route", "received_at", "presenting_problem")
_JUDGED = ("urgency", "screening")
_HOME = ("size", "household_type", "living_note")
_DRAWN = ("ジェノグラム", "エコマップ")
_BLANK_MEMBERS = 6
_TICKS = Style(has_ticks=True)
_MEMBERS = ("続柄・記号", "年齢", "性別", "同居", "状況")
_ANSWERS = ("機関", "だれについて", "知りたいこと", "回答の日", "分かったこと・答えられない理由")
_MEMBERS_WIDTHS = ("agency", "age", "sex", "sex", "")
_ANSWERS_WIDTHS = ("agency", "age", "", "date", "")
_MEMBERS_THICK = frozenset({1, 2})
"""Age and sex are 国への報告事項."""


def _sheet(store: Store, record: Assessment) -> Sheet:
    return sheets.sheet_of(store, store.load(Case, record.case_id or 0), record)


def count(store: Store, record: Form) -> Iterator[Cell]:
    """Say how many of the thick frames are filled, and which are not."""
    if isinstance(record, Assessment) and record.case_id is not None:
        found = frames(_sheet(store, record))
        left = f"（未記入：{'、'.join(found.open)}）" if found.open else ""
        text = f"{found.asked}のうち{found.filled}を記入{left}"
        yield Cell(label="国への報告事項", value=text, is_wide=True)


def around(store: Store, record: Assessment, own: list[Part], lexicon: Lexicon) -> list[Part]:
    """Put route and household before the sheet's own parts; judgement and drawings after them."""
    if record.case_id is None:
        return own
    sheet = _sheet(store, record)
    head, *others = with_ticks(own, record, lexicon)
    return [
        *_received(sheet, lexicon),
        head,
        _household(sheet, lexicon),
        *others,
        _judged(sheet, lexicon),
        *family_part.on_sheet(store, sheet.household, sheet.client, record.assessed_on),
        *_answers(store, record, lexicon),
        *chronology.office_part(store, sheet.household, lexicon),
    ]


def blank(own: list[Part], record: Assessment, lexicon: Lexicon) -> list[Part]:
    """Give the same parts with nothing on them; drawings have room at the end."""
    received = cells_of(Intake(), _ROUTE, lexicon, BLANK)
    home = cells_of(Household(), _HOME, lexicon, BLANK)
    rows = (("",) * len(_MEMBERS),) * _BLANK_MEMBERS
    table = Table(head=_MEMBERS, widths=_MEMBERS_WIDTHS, thick=_MEMBERS_THICK, rows=rows)
    judged = cells_of(Intake(), _JUDGED, lexicon, BLANK)
    judged += cells_of(Consent(), ("state", "stated_on"), lexicon, BLANK)
    head, *others = with_ticks(own, record, lexicon)
    drawn = (Cell(label=name, value="", is_wide=True, room=8) for name in _DRAWN)
    return [
        Part(title="経路と受付", lines=lines(received)),
        head,
        Part(title="世帯の構成", lines=lines(home), table=table),
        *others,
        Part(title="判断", lines=lines(judged)),
        Part(title="図", lines=lines(drawn)),
    ]


def with_ticks(own: Iterable[Part], record: Assessment, lexicon: Lexicon) -> Iterator[Part]:
    """List all issues to be ticked over the table that says whose each is."""
    box = get_item(IssueMark, "issue")
    marked = tuple(dict.fromkeys(mark.issue for mark in record.marks if mark.issue))
    many = replace(box, many=True)
    cell = ticked(cell_of(many, marked, lexicon, thick=True), many, marked, lexicon)
    for part in own:
        is_of_issues = part.title == box.label
        yield replace(part, lines=lines([cell])) if is_of_issues else part


def _received(sheet: Sheet, lexicon: Lexicon) -> Iterator[Part]:
    cells = cells_of(sheet.intake or Intake(), _ROUTE, lexicon, _TICKS)
    yield Part(title="経路と受付", lines=lines(cells))


def _judged(sheet: Sheet, lexicon: Lexicon) -> Part:
    cells = cells_of(sheet.intake or Intake(), _JUDGED, lexicon, _TICKS)
    cells += cells_of(sheet.consent or Consent(), ("state", "stated_on"), lexicon, _TICKS)
    return Part(title="判断", lines=lines(cells))


def _household(sheet: Sheet, lexicon: Lexicon) -> Part:
    day = sheet.assessment.assessed_on or date.max
    sex = get_item(type(sheet.client), "sex")
    rows = tuple(
        (
            lexicon.refs["persons"].get(person.id or 0, ""),
            age_text(person, day),
            show(sex, person.sex, lexicon),
            {True: "同居", False: "別居", None: ""}[person.lives_together],
            person.condition or "",
        )
        for person in sheet.household.own_members
    )
    cells = cells_of(sheet.household, _HOME, lexicon, _TICKS)
    table = Table(head=_MEMBERS, widths=_MEMBERS_WIDTHS, thick=_MEMBERS_THICK, rows=rows)
    return Part(title="世帯の構成", lines=lines(cells), table=table)


def _answers(store: Store, record: Assessment, lexicon: Lexicon) -> Iterator[Part]:
    """Give what agencies were asked and answered, with what has not come yet."""
    asked = sheets.requests_of(store, store.load(Case, record.case_id or 0))
    if asked:
        rows = tuple(_answer(request, lexicon) for request in asked)
        table = Table(head=_ANSWERS, widths=_ANSWERS_WIDTHS, rows=rows)
        yield Part(title="アセスメント依頼と回答", table=table)


def _answer(request: AssessmentRequest, lexicon: Lexicon) -> tuple[str, ...]:
    names = ("agency", "whom", "what", "returned_on")
    cells = [cell.value for cell in cells_of(request, names, lexicon)]
    said = request.finding or request.refused_because or "（回答待ち）"
    cells[1] = cells[1] or chronology.WHOLE
    return (*cells, said)


def shown(store: Store, record: Form) -> list[tuple[str, int]]:
    """Name the records beside the sheet's own on which it depends."""
    if not isinstance(record, Assessment):
        return []
    sql: dict[type[Form], str] = {
        Intake: "SELECT intake_id FROM cases WHERE id = :case AND intake_id IS NOT NULL",
        Household: "SELECT household_id FROM cases WHERE id = :case",
        Consent: "SELECT id FROM consents WHERE person_id = :client",
        AssessmentRequest: "SELECT id FROM assessment_requests WHERE case_id = :case",
    }
    bound = {"case": record.case_id, "client": record.client_id}
    found = [
        (form.table, row[0]) for form, text in sql.items() for row in store.db.execute(text, bound)
    ]
    if record.case_id is None:
        return found
    return [*found, *family.shown(store, store.load(Case, record.case_id).household_id)]
