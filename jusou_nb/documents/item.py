"""One item of the agenda as one reader may have it."""

from dataclasses import dataclass
from datetime import date

from jusou_nb.dates import wareki
from jusou_nb.documents.answers import AnswerTable, answer_tables, waiting
from jusou_nb.documents.cells import Cell, Line, lines
from jusou_nb.documents.chronology import Row, rows_for
from jusou_nb.documents.eyes import Eyes
from jusou_nb.documents.family_part import FamilyPart, for_item
from jusou_nb.documents.head import head
from jusou_nb.documents.members import MemberRow, member_rows
from jusou_nb.documents.omissions import printed_omissions
from jusou_nb.documents.plan_part import PlanPart, plan_part
from jusou_nb.documents.sitting import Entry
from jusou_nb.fields import get_item, items
from jusou_nb.forms import Decision, DirectionRow, Intake
from jusou_nb.forms.conference import AgendaKind
from jusou_nb.forms.intake import CONTENT, DESK, INQUIRER, JUDGEMENT, WITHOUT
from jusou_nb.rules import sharing
from jusou_nb.rules.provenance import is_told_again
from jusou_nb.store.queries import person as find_person


@dataclass(frozen=True, kw_only=True)
class Block:
    """A ruled heading with the lines of boxes under it."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, kw_only=True)
class NoteRow:
    """A contact: when as far as it may be told, how, what."""

    when: str
    manner: str
    content: str


@dataclass(frozen=True, kw_only=True)
class DecisionRow:
    """What an earlier sitting on the same basis settled, and what became of it."""

    held: str
    what: str
    who: str
    due: str
    review: str
    state: str
    is_late: bool


@dataclass(frozen=True, kw_only=True)
class ItemPart:
    """All of an item that one reader gets; ``refused`` says why there is nothing else."""

    number: int
    kind: str = ""
    subject: str = ""
    question: str = ""
    refused: str = ""
    head: tuple[Line, ...] = ()
    household: tuple[Line, ...] = ()
    members: tuple[MemberRow, ...] = ()
    blocks: tuple[Block, ...] = ()
    notes: tuple[NoteRow, ...] = ()
    plan: PlanPart | None = None
    decides_plan: bool = False
    previous: tuple[DecisionRow, ...] = ()
    directions: tuple[DecisionRow, ...] = ()
    proposed: tuple[DecisionRow, ...] = ()
    hides_previous: bool = False
    sheets: tuple[AnswerTable, ...] = ()
    waiting: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    chronology: tuple[Row, ...] = ()
    family: FamilyPart | None = None
    emergencies: tuple[Block, ...] = ()
    is_told_orally: bool = False
    is_after_the_fact: bool = False
    omissions: tuple[str, ...] = ()


def item_part(entry: Entry, eyes: Eyes) -> ItemPart:
    """Gather what a reader gets of an item."""
    if (whole := sharing.item_withheld(eyes.reader, eyes.matter)) is not None:
        return ItemPart(number=entry.number, refused=sharing.told(whole))
    return ItemPart(
        number=entry.number,
        kind=eyes.text(entry.item, "kind"),
        subject=eyes.name(find_person(entry.household, entry.item.client_id)),
        question=eyes.text(entry.item, "question"),
        head=lines(head(entry, eyes)),
        household=lines(eyes.cells(entry.household)),
        members=member_rows(entry, eyes),
        blocks=_blocks(entry.intake, eyes) if entry.intake else (),
        notes=_notes(entry, eyes),
        plan=plan_part(entry.plan, entry.schemes, eyes) if entry.plan else None,
        decides_plan=entry.matter.basis.decides_plan,
        previous=_previous(entry, eyes),
        directions=_directions(entry, eyes),
        proposed=_proposed(entry, eyes),
        hides_previous=any(item.decisions for _, item in entry.previous),
        sheets=answer_tables(entry, eyes),
        waiting=waiting(entry, eyes),
        facts=_facts(entry, eyes),
        chronology=rows_for(entry, entry.moments, eyes),
        family=for_item(entry, eyes),
        emergencies=_emergencies(entry, eyes),
        is_told_orally=bool(entry.emergencies) and not eyes.are_the_chairs,
        is_after_the_fact=entry.item.kind is AgendaKind.AFTER_THE_FACT,
        omissions=() if eyes.are_the_chairs else printed_omissions(entry, eyes),
    )


_SECTIONS = (("相談の受付", DESK), ("来談者", INQUIRER), ("相談の内容と課題", CONTENT),
             ("見立て", JUDGEMENT), ("同意が得られていないことについて", WITHOUT))  # fmt: skip


def _blocks(intake: Intake, eyes: Eyes) -> tuple[Block, ...]:
    blocks = []
    for title, section in _SECTIONS:
        names = tuple(box.name for box in items(Intake) if box.section == section)
        told = _told_in(intake, eyes) if section == DESK else ()
        if cells := (*eyes.cells(intake, names), *told):
            blocks.append(Block(title=title, lines=lines(cells)))
    return tuple(blocks)


def _told_in(intake: Intake, eyes: Eyes) -> tuple[Cell, ...]:
    """Tell the month of the first telling where its day may not be told."""
    if eyes.are_the_chairs or intake.received_on is None:
        return ()
    return (Cell(label=get_item(Intake, "received_on").label, value=_month(intake.received_on)),)


def _notes(entry: Entry, eyes: Eyes) -> tuple[NoteRow, ...]:
    return tuple(
        NoteRow(
            when=eyes.text(note, "happened_at") or _month(note.happened_at),
            manner=eyes.text(note, "manner"),
            content=note.content or "",
        )
        for note in entry.notes
        if sharing.note_withheld(eyes.reader, eyes.matter, note) is None
    )


def _month(day: date | None) -> str:
    """Tell the month only: day and hour would betray who told us."""
    return wareki(date(day.year, day.month, 1)).removesuffix("1日") if day else ""


def _facts(entry: Entry, eyes: Eyes) -> tuple[str, ...]:
    """Give what was released of another basis, unless a note or a box tells it already."""
    noted = {note.content for note in _notes(entry, eyes)}
    return tuple(
        fact.fact
        for fact in eyes.matter.facts
        if fact.fact
        and fact.fact not in noted
        and not is_told_again(fact)
        and sharing.fact_withheld(eyes.reader, eyes.matter, fact) is None
    )


def _emergencies(entry: Entry, eyes: Eyes) -> tuple[Block, ...]:
    """Give the emergencies that an item reports; they are the office's own, for the chair."""
    if not eyes.are_the_chairs:
        return ()
    found = (lines(eyes.cells(emergency)) for emergency in entry.emergencies)
    return tuple(Block(title="緊急対応の報告", lines=own) for own in found)


def _previous(entry: Entry, eyes: Eyes) -> tuple[DecisionRow, ...]:
    return tuple(
        _settled(row, held, eyes)
        for held, item in entry.previous
        for row in item.decisions
        if eyes.text(row, "what")
    )


def _directions(entry: Entry, eyes: Eyes) -> tuple[DecisionRow, ...]:
    """Give the earlier 支援方針・役割分担表; where plans are decided, the plan stands for it."""
    if entry.matter.basis.decides_plan:
        return ()
    return tuple(
        _settled(row, held, eyes)
        for held, item in entry.previous
        for row in item.directions
        if eyes.text(row, "what")
    )


def _proposed(entry: Entry, eyes: Eyes) -> tuple[DecisionRow, ...]:
    """Give the roles put before this sitting; where plans are decided, the plan holds them."""
    if entry.matter.basis.decides_plan:
        return ()
    rows = (row for row in entry.item.directions if eyes.text(row, "what"))
    return tuple(_settled(row, eyes.matter.day, eyes) for row in rows)


def _settled(row: Decision | DirectionRow, held: date, eyes: Eyes) -> DecisionRow:
    is_direction = isinstance(row, DirectionRow)
    other = eyes.text(row, "other_doer") if is_direction else ""
    return DecisionRow(
        held=wareki(held),
        what=eyes.text(row, "what"),
        who=eyes.text(row, "agency") or other,
        due=eyes.text(row, "due_on"),
        review=eyes.text(row, "review_on") if is_direction else "",
        state=_state(eyes.text(row, "done_on"), eyes.text(row, "progress")),
        is_late=row.done_on is None and row.due_on is not None and row.due_on < eyes.matter.day,
    )


def _state(done: str, progress: str) -> str:
    return "　".join(filter(None, (f"済（{done}）" if done else "未了", progress)))
