"""What would come of a ledger, row by row, reckoned without writing: the importer's face."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from jusou_nb.casework import ledger_columns as columns
from jusou_nb.casework.ledger import LEDGER_FORM, plan_of, take
from jusou_nb.casework.ledger_choices import Choices
from jusou_nb.casework.ledger_read import Table, table_of
from jusou_nb.casework.ledger_records import F, Writer
from jusou_nb.casework.ledger_report import Imported, Outcome, start_of
from jusou_nb.casework.ledger_rows import Entry
from jusou_nb.casework.ledger_values import Value, values_of
from jusou_nb.choices import Choice
from jusou_nb.errors import TableError
from jusou_nb.fields import Ref
from jusou_nb.forms import Agency, Conference, Person
from jusou_nb.problems import Problem
from jusou_nb.spelling import squeeze
from jusou_nb.store import Store

_FEW, _SOME = 2, 3


class Fate(Choice):
    """What a row becomes."""

    NEW = "new", "新しく入る"
    FILLED = "filled", "空欄を補う"
    UNCHANGED = "unchanged", "変わらない"
    REFUSED = "refused", "取り込めない"


@dataclass(frozen=True, kw_only=True)
class Matched:
    """A heading, the box it means (as of ``code_of``, or nothing), and by which rule."""

    index: int
    heading: str
    code: str
    rule: str
    example: str


@dataclass(frozen=True, kw_only=True)
class RowSeen:
    """A row: whose it is, what it becomes, what is wrong, and the cells where it can be mended.

    ``cells`` are places of columns.
    """

    line: int
    number: str
    name: str
    fate: Fate
    reasons: tuple[str, ...] = ()
    to_confirm: tuple[str, ...] = ()
    cells: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Preview:
    """All that can be seen of a file before it is taken in.

    ``lacking`` names the required boxes that no column means: no row can be judged yet.
    """

    table: Table
    columns: tuple[Matched, ...]
    values: tuple[Value, ...] = ()
    rows: tuple[RowSeen, ...] = ()
    lacking: tuple[str, ...] = ()
    report: Imported | None = None

    def count(self, fate: Fate) -> int:
        """Count the rows that become this."""
        return sum(row.fate is fate for row in self.rows)


def open_ledger(name: str, raw: bytes, said: Choices) -> Table:
    """Read the bytes of a ledger; where its headings are strange, the likeliest row of them.

    Raises:
        TableError: It is no table, or nothing in it looks like headings of a ledger.
    """
    chosen = {heading for heading, code in said.columns.items() if code}

    def missing(headings: tuple[str, ...]) -> list[str]:
        absent = columns.plan(headings, columns.required(), said.columns).missing
        return list(absent)

    def unlike(headings: tuple[str, ...]) -> list[str]:
        known = {squeeze(h) for place in columns.places() for h in place[1].headings} | chosen
        found = sum(squeeze(heading) in known for heading in headings)
        full = sum(bool(heading) for heading in headings)
        return [] if found >= _FEW or (found and full >= _SOME) else missing(headings)

    try:
        return table_of(name, raw, missing)
    except TableError:
        return table_of(name, raw, unlike)


def preview(store: Store, table: Table, said: Choices, *, today: date) -> Preview:
    """Reckon what would come of each row; nothing is written and nobody has to wait.

    Args:
        store: The open store; reading is enough.
        table: The rows of the file, as they were.
        said: What somebody chose and corrected.
        today: Sittings before it count as held.
    """
    mended = said.corrected(table)
    plan = plan_of(mended, said)
    seen = tuple(_matched(column, mended, said) for column in plan.columns)
    lacking = tuple(b.label for _, b in columns.required() if b.label in plan.missing)
    if lacking:
        return Preview(table=mended, columns=seen, lacking=lacking)
    writer, outcome = _Reckoner(store, today, ("", ""), LEDGER_FORM), _Rows(plan=plan)
    take(mended, writer, outcome, said)
    return Preview(
        table=mended,
        columns=seen,
        values=values_of(plan, mended, said, writer.lexicon),
        rows=tuple(outcome.rows),
        report=replace(outcome.report(start_of(mended, dry_run=True), writer), batch_id=None),
    )


def _matched(column: columns.Column, table: Table, said: Choices) -> Matched:
    texts = (row.texts[column.index] for row in table.rows)
    return Matched(
        index=column.index,
        heading=column.heading,
        code=columns.code_of(column.place) if column.place else "",
        rule=_rule(column, said),
        example=next((text for text in texts if text.strip()), ""),
    )


def _rule(column: columns.Column, said: Choices) -> str:
    if column.is_chosen:
        return "選んだもの" if said.fresh(column.heading) else "前の取込みで選んだもの"
    if column.place is None:
        return "合う欄がありません"
    same = squeeze(column.heading) == squeeze(column.place[1].label)
    return "欄の名前と同じ" if same else "欄の別の名前"


@dataclass
class _Rows(Outcome):
    """Keeps of each row what came of it."""

    rows: list[RowSeen] = field(default_factory=list)

    def refuse(self, entry: Entry, number: str) -> None:
        super().refuse(entry, number)
        self._see(entry, number, Fate.REFUSED)

    def add(self, entry: Entry, number: str, problems: Sequence[Problem]) -> None:
        super().add(entry, number, problems)
        self._see(entry, number, Fate.NEW, problems)

    def fill(self, entry: Entry, number: str, problems: Sequence[Problem]) -> None:
        super().fill(entry, number, problems)
        self._see(entry, number, Fate.FILLED, problems)

    def same(self, entry: Entry, number: str) -> None:
        super().same(entry, number)
        self._see(entry, number, Fate.UNCHANGED)

    def _see(self, entry: Entry, number: str, fate: Fate, problems: Sequence[Problem] = ()) -> None:
        self.rows.append(
            RowSeen(
                line=entry.row.line,
                number=number,
                name=entry.of(Person).get("name") or "",
                fate=fate,
                reasons=tuple(entry.reasons),
                to_confirm=tuple(f"{p.message}{p.remedy}" for p in problems),
                cells=self._cells(entry.reasons),
            )
        )

    def _cells(self, reasons: Sequence[str]) -> tuple[int, ...]:
        """Give the columns that the reasons name, by heading or by the label of the box."""
        text = "".join(reasons)
        return tuple(
            c.index
            for c in self.plan.columns
            if c.place and (f"「{c.heading}」" in text or f"「{c.place[1].label}」" in text)
        )


class _Reckoner(Writer):
    """Does all that the writer does, but saves nothing."""

    def __init__(self, store: Store, today: date, file: tuple[str, str], form: str) -> None:
        super().__init__(store, today, file, form)
        self._sittings: dict[tuple[Any, Any], Conference] = {}
        self._strange: dict[str, int] = {}

    @property
    def batch_id(self) -> int:
        return 0

    def save(self, record: F) -> F:
        if isinstance(record, Conference) and record.id is None:
            key = (record.held_on, record.body)
            if key in self._sittings:
                return record
            self._sittings[key] = record
        self.made[record.table] += record.id is None
        return record

    def _agency(self, name: str) -> Ref:
        known: Mapping[str, int] = self.lexicon.spellings[Agency.table]
        if squeeze(name) not in {**known, **self._strange}:
            # Below zero: no agency has such a number.
            self._strange[squeeze(name)] = -1 - len(self._strange)
            self.made[Agency.table] += 1
            self.new_agencies.append(name)
        return Ref(known.get(squeeze(name)) or self._strange[squeeze(name)])
