"""What came of an import, in numbers and in lines that a worker reads."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from jusou_nb.casework.ledger_columns import Plan
from jusou_nb.casework.ledger_read import Table
from jusou_nb.casework.ledger_records import Writer
from jusou_nb.casework.ledger_rows import Entry, Note
from jusou_nb.forms import FORMS
from jusou_nb.problems import Problem
from jusou_nb.rules.recorded import NAMESAKE


@dataclass(frozen=True)
class Refused:
    """A row that was not taken in: its line, whose it is, and why."""

    line: int
    number: str
    reasons: tuple[str, ...]

    def __str__(self) -> str:
        """Write as one line."""
        number = f"（{self.number}）" if self.number else ""
        return f"{self.line}行目{number}: {'／'.join(self.reasons)}"


@dataclass(frozen=True)
class ToConfirm:
    """What somebody should look at in a row that was taken in."""

    line: int
    number: str
    rule: str
    message: str

    def __str__(self) -> str:
        """Write as one line."""
        return f"{self.line}行目（{self.number}）: {self.message}"


@dataclass(frozen=True, kw_only=True)
class Imported:
    """What came of one file. ``made`` counts new records by table."""

    file_name: str
    read: int
    added: int = 0
    filled: int = 0
    unchanged: int = 0
    made: Mapping[str, int] = field(default_factory=dict)
    refused: tuple[Refused, ...] = ()
    rejected: Path | None = None
    to_confirm: tuple[ToConfirm, ...] = ()
    normalised: tuple[Note, ...] = ()
    new_agencies: tuple[str, ...] = ()
    missing_headings: tuple[str, ...] = ()
    other_headings: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    batch_id: int | None = None
    dry_run: bool = False

    @property
    def good(self) -> int:
        """Rows that are in the store now: new, filled or already there."""
        return self.added + self.filled + self.unchanged

    def lines(self) -> list[str]:
        """Say it to a worker: counts first, then what is to be done."""
        return [
            *self._counts(),
            *_list("取り込めない行", self.refused),
            *_list("要確認", [c for c in self.to_confirm if c.rule != NAMESAKE]),
            *self._namesakes(),
            *_list("書き方をそろえたもの", summary(self.normalised)),
            *self._headings(),
        ]

    def _counts(self) -> list[str]:
        done = "取り込むと、こうなります" if self.dry_run else "取り込みました"
        titles = {form.table: form.title for form in FORMS}
        made = "、".join(
            f"{titles[table]}{self.made[table]}件" for table in titles if self.made.get(table)
        )
        return [
            f"「{self.file_name}」{self.read}行を{done}: {self._numbers()}",
            *([f"作った記録: {made}"] if made else []),
        ]

    def _numbers(self) -> str:
        return (
            f"新しい行{self.added}、空欄を補った行{self.filled}、"
            f"変わらない行{self.unchanged}、取り込めない行{len(self.refused)}"
        )

    def _namesakes(self) -> list[str]:
        """A weak hint: many have the name of another, so all stand on one line."""
        numbers = [entry.number for entry in self.to_confirm if entry.rule == NAMESAKE]
        title = f"要確認のうち、同じ氏名の記録があるもの（{len(numbers)}件）"
        return [f"{title}: {'、'.join(numbers)}"] if numbers else []

    def _headings(self) -> list[str]:
        named = {
            "名簿になく、新しく加えた機関": self.new_agencies,
            "台帳にない見出し": self.missing_headings,
            "「取込時の他の欄」に残した見出し": self.other_headings,
        }
        said = [f"{title}: {'、'.join(names)}" for title, names in named.items() if names]
        return [*said, *self.remarks]

    def stored(self) -> dict[str, Any]:
        """Give the report as JSON values, as it is kept with the batch."""
        return {
            "counts": {
                "read": self.read,
                "added": self.added,
                "filled": self.filled,
                "unchanged": self.unchanged,
                "refused": len(self.refused),
            },
            "made": dict(self.made),
            "refused": [str(entry) for entry in self.refused],
            "to_confirm": [str(entry) for entry in self.to_confirm],
            "normalised": [str(note) for note in self.normalised],
            "new_agencies": list(self.new_agencies),
            "missing_headings": list(self.missing_headings),
            "other_headings": list(self.other_headings),
            "remarks": list(self.remarks),
        }


def start_of(table: Table, *, dry_run: bool) -> Imported:
    """Begin the report of a file with what was seen when it was read."""
    names = "」「".join(table.passed_over)
    passed = (f"台帳の見出しがないので読まなかったシート: 「{names}」",) if names else ()
    return Imported(
        file_name=table.file_name, read=len(table.rows), remarks=passed, dry_run=dry_run
    )


def _list(title: str, entries: Sequence[object]) -> list[str]:
    return [f"{title}（{len(entries)}件）", *(f"  {entry}" for entry in entries)] if entries else []


def summary(notes: Sequence[Note]) -> list[str]:
    """Say a heading's like changes on one line with an example; what was odd in full."""
    counts = Counter(note.heading for note in notes if not note.remark)
    examples = {note.heading: note for note in reversed(notes) if not note.remark}
    lines = []
    for heading, count in counts.items():
        change = examples[heading].change
        lines.append(f"「{heading}」{count}か所" + (f"（例 {change}）" if change else ""))
    return lines + [str(note) for note in notes if note.remark]


@dataclass
class Outcome:
    """Gathers what comes of the rows of a file while they are taken in."""

    plan: Plan
    added: int = 0
    filled: int = 0
    unchanged: int = 0
    refused: list[Refused] = field(default_factory=list)
    to_confirm: list[ToConfirm] = field(default_factory=list)
    normalised: list[Note] = field(default_factory=list)

    def refuse(self, entry: Entry, number: str) -> None:
        """Note a row that goes back."""
        self.refused.append(Refused(entry.row.line, number, tuple(entry.reasons)))

    def add(self, entry: Entry, number: str, problems: Sequence[Problem]) -> None:
        """Note a new row and what is 要確認 of it."""
        self.added += 1
        self._note(entry, number, problems)

    def fill(self, entry: Entry, number: str, problems: Sequence[Problem]) -> None:
        """Note a row that filled a gap."""
        self.filled += 1
        self._note(entry, number, problems)

    def _note(self, entry: Entry, number: str, problems: Sequence[Problem]) -> None:
        self.normalised += entry.notes
        self.to_confirm += [
            ToConfirm(entry.row.line, number, p.rule, f"{p.message}{p.remedy}") for p in problems
        ]

    def same(self, entry: Entry, number: str) -> None:  # noqa: ARG002 - a preview shows which
        """Note a row that the store has already."""
        self.unchanged += 1

    def report(self, start: Imported, writer: Writer) -> Imported:
        """Make the report of a file."""
        return replace(
            start,
            added=self.added,
            filled=self.filled,
            unchanged=self.unchanged,
            made={table: count for table, count in writer.made.items() if count},
            refused=tuple(self.refused),
            to_confirm=tuple(self.to_confirm),
            normalised=tuple(self.normalised),
            new_agencies=tuple(writer.new_agencies),
            missing_headings=self.plan.missing,
            other_headings=self.plan.others,
            remarks=(*start.remarks, *self.plan.remarks),
            batch_id=None if start.dry_run else writer.opened,
        )
