"""プラン兼事業等利用申込書 and 評価シート, with what other forms know about the same plan."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from jusou_nb.documents.cells import Cell, lines
from jusou_nb.documents.sheet_parts import PLAIN, Part, Style, Table, cells_of
from jusou_nb.errors import NotFound
from jusou_nb.fields import Form
from jusou_nb.forms import (
    Agency,
    AgendaItem,
    Conference,
    Consent,
    Ending,
    Evaluation,
    RoleAssignment,
    SupportPlan,
)
from jusou_nb.forms.plan import CONSENT, DECIDED
from jusou_nb.rules.consent import latest
from jusou_nb.store import Store, papers
from jusou_nb.values import Lexicon

ISSUES, ROLES = "課題整理表", "支援内容と役割分担"
ISSUE_WIDTHS = ("", "rel", "", "", "")
_ROLE_HEAD = (
    "実施すること",
    "実施者・実施機関",
    "主担当",
    "期限・頻度・期間・見直し日",
    "利用する事業",
)
_ROLE_WIDTHS = ("", "doer", "box", "when", "rel2")
_OF_PLAN = ("sequence", "drawn_on", "long_goal", "plan_goal")
_OF_ENDING = (
    "kind",
    "ended_on",
    "reason",
    "explanation",
    "receiving_agency",
    "check_in_by",
    "check_in_every",
    "check_in_until",
)
_SCOPE = ("state", "categories", "agencies", "excluded_agencies")
_CONTACT_HEAD = ("機関", "受付の日・時間", "電話")
_CONTACT_WIDTHS = ("", "by", "agency")
_BLANK_ROWS = 6


def plan_parts(
    store: Store, plan: SupportPlan, own: Iterable[Part], lexicon: Lexicon, style: Style = PLAIN
) -> Iterator[Part]:
    """Lay out a plan: roles a line each, what was agreed to over the signature, the sitting."""
    for part in own:
        if part.title == ROLES:
            yield replace(part, table=_roles(plan.roles, lexicon, style))
        elif part.title == ISSUES and part.table is not None:
            yield replace(part, table=replace(part.table, widths=ISSUE_WIDTHS))
        elif part.title == CONSENT:
            yield _signed(store, plan, part, lexicon, style)
        elif part.title == DECIDED:
            sat = lines(_sitting(store, plan.agenda_item_id, lexicon))
            yield replace(part, lines=(*sat, *part.lines))
        else:
            yield part
    yield _contacts(store, plan, style)


def _roles(rows: Iterable[RoleAssignment], lexicon: Lexicon, style: Style) -> Table:
    told = tuple(_role(row, lexicon) for row in rows)
    if style.is_blank:
        told = (("",) * len(_ROLE_HEAD),) * _BLANK_ROWS
    return Table(head=_ROLE_HEAD, widths=_ROLE_WIDTHS, rows=told)


def _role(row: RoleAssignment, lexicon: Lexicon) -> tuple[str, ...]:
    def text(name: str) -> str:
        return next((cell.value for cell in cells_of(row, (name,), lexicon)), "")

    review, goes_on = text("review_on"), text("goes_on")
    when = (text("due_on"), text("frequency"), f"見直し日\n{review}" if review else "")
    asked = f"\n続けるかの返事 {goes_on}" if goes_on else ""
    return (
        text("what") + asked,
        text("agency") or text("doer"),
        "○" if row.is_lead else "",
        "\n".join(filter(None, when)),
        text("programme"),
    )


def _signed(store: Store, plan: SupportPlan, part: Part, lexicon: Lexicon, style: Style) -> Part:
    given = store.find(Consent, person_id=plan.client_id) if plan.client_id is not None else []
    day = plan.signed_on or plan.explained_on or plan.drawn_on
    consent = (latest(given, day, store.profile) if day else None) or Consent()
    found = cells_of(consent, _SCOPE, lexicon, replace(style, has_ticks=style.is_blank))
    signed = next((c.value for c in cells_of(plan, ("signed_on",), lexicon)), "")
    return replace(
        part,
        lines=(*part.lines, *lines(found)),
        statement=store.profile.office_paper(SupportPlan.title).statement,
        signed_on=signed,
    )


def _sitting(store: Store, item_id: int | None, lexicon: Lexicon) -> Iterator[Cell]:
    """Say when a sitting saw it and with what result, where one did."""
    if item_id is None:
        return
    try:
        item = store.load(AgendaItem, item_id)
        sitting = store.load(Conference, item.conference_id or 0)
    except NotFound:
        return
    yield from cells_of(sitting, ("held_on",), lexicon)
    yield from cells_of(item, ("basis", "outcome"), lexicon)
    called = sorted({row.agency for row in sitting.attendees if row.agency})
    there = "、".join(lexicon.refs["agencies"].get(agency, "") for agency in called)
    if there:
        yield Cell(label="会議出席機関", value=there, is_wide=True)


def _contacts(store: Store, plan: SupportPlan, style: Style) -> Part:
    """List where the agencies of the plan are reached (連絡先一覧)."""
    ids = dict.fromkeys(
        agency for agency in (plan.lead_agency, *(row.agency for row in plan.roles)) if agency
    )
    found = [store.load(Agency, agency) for agency in ids]
    rows: tuple[tuple[str, ...], ...] = tuple(
        (a.name or "", a.open_when or "", a.telephone or "") for a in found
    )
    if style.is_blank:
        rows = (("",) * len(_CONTACT_HEAD),) * _BLANK_ROWS
    table = Table(head=_CONTACT_HEAD, widths=_CONTACT_WIDTHS, rows=rows)
    return Part(title="連絡先一覧", table=table)


def evaluation_parts(
    store: Store, record: Evaluation, own: Iterable[Part], lexicon: Lexicon
) -> Iterator[Part]:
    """Put the plan before the evaluation, the end and the sitting after it."""
    if record.plan_id is not None:
        plan = store.load(SupportPlan, record.plan_id)
        yield Part(title="対象のプラン", lines=lines(cells_of(plan, _OF_PLAN, lexicon)))
    yield from own
    for ending in store.find(Ending, case_id=record.case_id)[-1:] if record.case_id else ():
        found = cells_of(ending, _OF_ENDING, lexicon)
        yield Part(title="終結の理由とフォローアップ", lines=lines(found))
    if sat := lines(_sitting(store, record.agenda_item_id, lexicon)):
        yield Part(title="評価会議", lines=sat)


def shown(store: Store, record: Form) -> list[tuple[str, int]]:
    """Name the records beside the sheet's own on which it depends."""
    found: list[tuple[str, int]] = []
    if isinstance(record, SupportPlan):
        found = papers.of_person(store, "consents", record.client_id)
    if isinstance(record, Evaluation):
        found = papers.of_case(store, "endings", record.case_id)
    item_id = getattr(record, "agenda_item_id", None)
    if isinstance(record, (SupportPlan, Evaluation)) and item_id is not None:
        found += _of_sitting(store, item_id)
    return found


def _of_sitting(store: Store, item_id: int) -> Iterator[tuple[str, int]]:
    sql = "SELECT conference_id FROM agenda_items WHERE id = ?"
    for (sitting,) in store.db.execute(sql, [item_id]).fetchall():
        yield "conferences", sitting
        people = "SELECT id FROM attendees WHERE conference_id = ?"
        yield from (("attendees", row[0]) for row in store.db.execute(people, [sitting]))
