"""台帳を取り込む、書き出す: an office's ledger in Excel or CSV, both ways."""

import contextlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from jusou_nb.casework import ledger_columns as columns
from jusou_nb.casework import ledger_export, ledger_forms
from jusou_nb.casework.ledger_cells import REASON, as_text
from jusou_nb.casework.ledger_choices import AS_WRITTEN, Choices
from jusou_nb.casework.ledger_judge import Verdict, judge
from jusou_nb.casework.ledger_match import Matcher
from jusou_nb.casework.ledger_read import Table, read_table
from jusou_nb.casework.ledger_records import Writer
from jusou_nb.casework.ledger_report import Imported, Outcome, start_of
from jusou_nb.casework.ledger_rows import Reader
from jusou_nb.casework.ledger_write import workbook, write_table, write_workbook
from jusou_nb.errors import NotFound, TableError
from jusou_nb.fields import Form
from jusou_nb.forms import FORMS, by_table
from jusou_nb.store import Store, batches

LEDGER = "台帳"
LEDGER_FORM = "ledger"
"""What a batch of ledger rows is a batch of."""
REJECTED = "取り込めない行"


Progress = Callable[[int, int], None]
"""Gets how many rows are done, and of how many."""


class _Undone(Exception):  # noqa: N818 - no error: it takes a dry run back
    pass


def import_ledger(
    store: Store, path: Path, *, form: str | None = None, dry_run: bool = False, today: date
) -> Imported:
    """Take in a file of Excel or CSV; the good rows stay though others are refused.

    Args:
        store: The open store.
        path: The file; refused rows are written beside it as ``FILE.rejected.xlsx``.
        form: Name of one form class whose own headings the file has; without it the
            ledger, of which a row is an intake with all that came of it.
        dry_run: Work out everything, then leave store and folder as they were.
        today: Sittings before it count as held.

    Raises:
        NotFound: There is no such file, or no such form.
        TableError: It is no table, lacks required headings, or nothing can be written
            beside it; nothing was taken in.
    """
    path, kind = Path(path), _form(form)
    missing = ledger_forms.missing_of(kind) if kind else columns.missing_required
    table = read_table(path, missing)
    name = kind.table if kind else LEDGER_FORM
    writer = Writer(store, today, (table.file_name, table.file_hash), name)
    done = start_of(table, dry_run=dry_run)
    with contextlib.suppress(_Undone), store.transaction():
        outcome = _taken(kind, table, writer)
        done = outcome.report(done, writer)
        done = replace(done, rejected=None if dry_run else _write_rejected(path, table, done))
        _close(writer, done, AS_WRITTEN)
    return done


def _taken(kind: type[Form] | None, table: Table, writer: Writer) -> Outcome:
    if kind is not None:
        return ledger_forms.take(writer.store, kind, table, writer)
    return take(table, writer, Outcome(plan=plan_of(table)))


def _close(writer: Writer, done: Imported, said: Choices) -> None:
    if done.dry_run:
        raise _Undone
    if writer.opened is not None:
        counts = {"good": done.good, "refused": len(done.refused)}
        report = {**done.stored(), **said.stored()}
        batches.finish(writer.store, writer.opened, **counts, report=report)


def _form(name: str | None) -> type[Form] | None:
    if name is None:
        return None
    form = by_table(name)
    if form is None:
        known = "、".join(entry.table for entry in FORMS)
        raise NotFound(f"様式「{name}」はありません（あるもの: {known}）")
    return form


def take(
    table: Table,
    writer: Writer,
    outcome: Outcome,
    said: Choices = AS_WRITTEN,
    progress: Progress = lambda _done, _of: None,
) -> Outcome:
    """Read and judge the rows of a ledger, then have each that is good written."""
    columns_ = outcome.plan.columns
    reader = Reader(columns_, columns.required(), writer.lexicon, instead=said.instead())
    entries = [reader.read(row) for row in table.rows]
    verdicts = judge(writer.store, Matcher(columns_, writer.lexicon), entries)
    for done, verdict in enumerate(verdicts, start=1):
        _settle(writer, verdict, outcome)
        progress(done, len(verdicts))
    return outcome


def plan_of(table: Table, said: Choices = AS_WRITTEN) -> columns.Plan:
    """Match the headings of a ledger with boxes, by what they say and what a person said."""
    return columns.plan(table.headings, columns.places(), said.columns)


def take_table(
    store: Store, table: Table, said: Choices, *, today: date, progress: Progress
) -> Imported:
    """Take in a ledger that was looked at before; refused rows are only counted and named.

    Args:
        store: The open store; the rows are one transaction and one batch.
        table: Its rows, as somebody corrected them.
        said: What somebody matched; kept with the batch for the next file.
        today: Sittings before it count as held.
        progress: Is told after each row how many are done, and of how many.
    """
    writer = Writer(store, today, (table.file_name, table.file_hash), LEDGER_FORM)
    with store.transaction():
        outcome = take(table, writer, Outcome(plan=plan_of(table, said)), said, progress)
        done = outcome.report(start_of(table, dry_run=False), writer)
        _close(writer, done, said)
    return done


def _settle(writer: Writer, verdict: Verdict, outcome: Outcome) -> None:
    entry = verdict.entry
    if verdict.is_refused:
        outcome.refuse(entry, verdict.number)
    elif verdict.match is None:
        outcome.add(entry, verdict.number, writer.add(entry, verdict.number, verdict.hints))
    elif verdict.match.changes:
        outcome.fill(entry, verdict.number, writer.fill(entry, verdict.match))
    else:
        outcome.same(entry, verdict.number)


def _write_rejected(path: Path, table: Table, done: Imported) -> Path | None:
    """Give refused rows back as they were, with the reason last.

    A file of this name that holds something else stays: somebody may be correcting it.
    """
    if not done.refused:
        return None
    headings, rows = rejected_rows(table, done)
    number = 1
    while (target := _numbered(path, number)).exists() and not _holds(target, headings, rows):
        number += 1
    if not target.exists():
        write_workbook(target, REJECTED, headings, rows)
    return target


def rejected_rows(table: Table, done: Imported) -> tuple[list[str], list[list[Any]]]:
    """Give the headings and rows that go back, the reason last."""
    reasons = {entry.line: "\n".join(entry.reasons) for entry in done.refused}
    keep = [i for i, heading in enumerate(table.headings) if heading != REASON]
    rows = [
        [*(row.values[i] for i in keep), reasons[row.line]]
        for row in table.rows
        if row.line in reasons
    ]
    return [*(table.headings[i] for i in keep), REASON], rows


def rejected_workbook(table: Table, done: Imported) -> bytes:
    """Give the refused rows as a workbook, to be handed over without a file on this side."""
    return workbook(REJECTED, *rejected_rows(table, done))


def _numbered(path: Path, number: int) -> Path:
    middle = "rejected" if number == 1 else f"rejected-{number}"
    return path.with_name(f"{path.name}.{middle}.xlsx")


def _holds(path: Path, headings: Sequence[str], rows: Sequence[Sequence[Any]]) -> bool:
    try:
        found = read_table(path, lambda row: [] if REASON in row else [REASON])
    except TableError:
        return False
    texts = [[as_text(value) for value in row] for row in rows]
    return list(found.headings) == list(headings) and [list(r.texts) for r in found.rows] == texts


def export_ledger(store: Store, path: Path, *, form: str | None = None) -> int:
    """Write the ledger, or one form, as Excel, or CSV where the name ends in .csv; count rows.

    A row is an intake with the latest of what came of it, under the headings that an
    import reads; importing it changes nothing. Address and telephone number of persons
    under 秘匿 read 「秘匿」. That it was written out is logged among the readings.

    Raises:
        NotFound: There is no such form.
        TableError: The file cannot be written.
    """
    path, kind = Path(path), _form(form)
    headings, rows = ledger_forms.rows_of(store, kind) if kind else ledger_export.rows_of(store)
    write_table(path, kind.title if kind else LEDGER, headings, rows)
    if not store.readonly:
        name = kind.table if kind else "intakes"
        store.log_reading(name, 0, "exported", {"file": path.name, "rows": len(rows)})
    return len(rows)
