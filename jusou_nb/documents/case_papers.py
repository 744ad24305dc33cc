"""Papers that gather records of a case: 経過一覧, 課題整理表, 支援方針・役割分担表.

They stay with the office. Whom somebody spoke with is on none of them, for it may be who
told us; and what a 支援会議 decided is no plan: nobody signs it, and nobody is named on it.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from jusou_nb.dates import wareki
from jusou_nb.documents.cells import lines
from jusou_nb.documents.lettering import paper_lexicon
from jusou_nb.documents.paper import Paper, Section, of_record
from jusou_nb.documents.plan_sheet import ISSUE_WIDTHS
from jusou_nb.documents.sheet_page import Page, about, frame_of, print_page
from jusou_nb.documents.sheet_parts import Part, Table, cells_of
from jusou_nb.fields import Form, get_item
from jusou_nb.forms import (
    AgendaItem,
    Case,
    CaseNote,
    Conference,
    DirectionRow,
    Household,
    IssueRow,
    SupportPlan,
)
from jusou_nb.store import Store, papers
from jusou_nb.values import Lexicon, show

COURSE, HOUSEHOLD_COURSE = "経過一覧", "世帯の経過一覧"
ISSUES, DIRECTIONS = "課題整理表", "支援方針・役割分担表"
_COURSE_HEAD = ("日時・対応方法・記録者", "内容", "次にすること・期限")
_COURSE_WIDTHS = ("date", "", "by")
_ISSUE_NAMES = ("issue", "whose", "background", "present_help", "lacking")
_DIRECTION_HEAD = ("何をする", "誰が", "いつまで", "見直し日", "その後")
_DIRECTION_WIDTHS = ("", "doer", "date", "date", "rel2")
_LEFT_OFF = "相手は、情報源にかかわるため掲載していません。"
_OF_PLAN = "この案件はプランを決める会議のものです。プラン兼事業等利用申込書を使ってください。"


def course(store: Store, case_id: int, *, day: date) -> Section:
    """Print every contact of a case as one table, the oldest first.

    Raises:
        NotFound: There is no such case.
    """
    case = store.load(Case, case_id)
    part = _course_part(store, COURSE, case)
    shown = papers.of_case(store, CaseNote.table, case_id)
    return _print(store, COURSE, case, [part], shown=shown, day=day, note=_LEFT_OFF)


def household_course(store: Store, household_id: int, *, day: date) -> Section:
    """Print the contacts of all cases of a household, a table for each case.

    Raises:
        NotFound: There is no such household.
    """
    home = store.load(Household, household_id)
    cases = store.find(Case, household_id=household_id)
    names = paper_lexicon(store, home).refs["persons"]
    parts = [_course_part(store, _whose(case, names), case) for case in cases]
    shown = papers.shown_of_record(store, Household, household_id)
    shown += papers.of_household(store, "cases", household_id)
    for case in cases:
        shown += papers.of_case(store, CaseNote.table, case.id)
    parts = parts or [Part(title=HOUSEHOLD_COURSE, note="この世帯のケースは、まだありません。")]
    return _print(store, HOUSEHOLD_COURSE, home, parts, shown=shown, day=day, note=_LEFT_OFF)


def _whose(case: Case, names: Mapping[int, str]) -> str:
    opened = f"　{wareki(case.opened_on)}から" if case.opened_on else ""
    return f"{names.get(case.client_id or 0, '')}のケース{opened}"


def _course_part(store: Store, title: str, case: Case) -> Part:
    lexicon = store.lexicon()
    notes = store.find(CaseNote, case_id=case.id)
    notes.sort(key=lambda n: (n.happened_at.isoformat() if n.happened_at else "", n.id or 0))
    rows = tuple(_contact(note, lexicon) for note in notes)
    return Part(title=title, table=Table(head=_COURSE_HEAD, widths=_COURSE_WIDTHS, rows=rows))


def _contact(note: CaseNote, lexicon: Lexicon) -> tuple[str, ...]:
    due = _text(note, "next_due", lexicon)
    contact = (_text(note, name, lexicon) for name in ("happened_at", "manner", "author"))
    return (
        "\n".join(filter(None, contact)),
        _text(note, "content", lexicon),
        "\n".join(filter(None, (_text(note, "next_action", lexicon), due and f"期限 {due}"))),
    )


def _text(record: Form, name: str, lexicon: Lexicon) -> str:
    return show(get_item(type(record), name), getattr(record, name), lexicon)


def issues(store: Store, plan_id: int, *, day: date) -> Section:
    """Print what a plan has to solve, whose it is, and what lacks.

    Raises:
        NotFound: There is no such plan.
    """
    plan = store.load(SupportPlan, plan_id)
    lexicon = store.lexicon()
    head = tuple(get_item(IssueRow, name).label for name in _ISSUE_NAMES)
    rows = tuple(tuple(_text(r, n, lexicon) for n in _ISSUE_NAMES) for r in plan.issue_rows)
    facts = lines(cells_of(plan, ("drawn_on", "author", "sequence", "state"), lexicon))
    parts = [
        Part(title="プラン", lines=facts),
        Part(title=ISSUES, table=Table(head=head, widths=ISSUE_WIDTHS, rows=rows)),
    ]
    shown = papers.shown_of_record(store, SupportPlan, plan_id)
    return _print(store, ISSUES, plan, parts, shown=shown, day=day)


def directions(store: Store, item_id: int, *, day: date) -> Section:
    """Print what a sitting without a plan decided for an item: what, who, by when.

    Raises:
        NotFound: There is no such item.
    """
    item = store.load(AgendaItem, item_id)
    basis = store.profile.basis(item.basis) if item.basis else None
    note = _OF_PLAN if basis is not None and basis.decides_plan else ""
    parts = [] if note else list(_of_item(store, item))
    shown = papers.shown_of_record(store, AgendaItem, item_id)
    return _print(store, DIRECTIONS, item, parts, shown=shown, day=day, note=note, names=False)


def _of_item(store: Store, item: AgendaItem) -> Iterator[Part]:
    lexicon = store.lexicon()
    sitting = store.load(Conference, item.conference_id or 0)
    cells = cells_of(sitting, ("body", "held_on"), lexicon)
    names = ("place_in_order", "basis", "kind", "question")
    yield Part(title="会議と案件", lines=lines([*cells, *cells_of(item, names, lexicon)]))
    rows = tuple(_direction(row, lexicon) for row in item.directions)
    table = Table(head=_DIRECTION_HEAD, widths=_DIRECTION_WIDTHS, rows=rows)
    yield Part(title=DIRECTIONS, table=table)
    settled = ("summing_up", "lead_agency", "next_on", "missing_resources")
    yield Part(title="まとめ", lines=lines(cells_of(item, settled, lexicon)))


def _direction(row: DirectionRow, lexicon: Lexicon) -> tuple[str, ...]:
    done = _text(row, "done_on", lexicon)
    return (
        _text(row, "what", lexicon),
        _text(row, "agency", lexicon) or _text(row, "other_doer", lexicon),
        _text(row, "due_on", lexicon),
        _text(row, "review_on", lexicon),
        "\n".join(filter(None, (_text(row, "progress", lexicon), done and f"済 {done}"))),
    )


def _print(
    store: Store,
    name: str,
    record: Form,
    parts: Iterable[Part],
    *,
    shown: list[tuple[str, int]],
    day: date,
    note: str = "",
    names: bool = True,
) -> Section:
    made_on = wareki(day)
    whose = [cell for cell in about(store, record) if names or cell.label != "本人"]
    page = Page(title=name, parts=parts, facts=whose, made=f"出力日 {made_on}", note=note)
    case_id = record.id if isinstance(record, Case) else getattr(record, "case_id", None)
    if case_id is not None:
        shown = [*shown, *papers.shown_of_record(store, Case, case_id)]
    identity = of_record(store, name, (record.table, record.id or 0), shown)
    return print_page(store, page, frame_of(store, name, record, made_on), identity)


PAPERS = (
    Paper(name=COURSE, table=Case.table, gather=course),
    Paper(name=HOUSEHOLD_COURSE, table=Household.table, gather=household_course),
    Paper(name=ISSUES, table=SupportPlan.table, gather=issues),
    Paper(name=DIRECTIONS, table=AgendaItem.table, gather=directions),
)
