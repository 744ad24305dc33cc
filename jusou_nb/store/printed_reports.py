"""Reports that were printed before, found in the chain of readings, and the store as it was."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

from jusou_nb.dates import fiscal_year
from jusou_nb.forms import FigureAnswer
from jusou_nb.store import archive
from jusou_nb.store.archive import Printed

if TYPE_CHECKING:
    from jusou_nb.store.core import Store


def of_year(store: "Store", kind: str, table: str, subject: int, before: int = 0) -> list[Printed]:
    """Give the papers of a kind about a subject, the first made first, each content once.

    Args:
        store: Where they are logged.
        kind: What sort of paper.
        table: What the log calls the subject.
        subject: Its id.
        before: The row of the log from which on papers do not count; 0 counts all.
    """
    sql = (
        "SELECT min(seq) FROM readings WHERE action = 'paper' AND payload IS NOT NULL"
        " AND record_table = ? AND record_id = ? AND json_extract(payload, '$.kind') = ?"
        " AND (? = 0 OR seq < ?) GROUP BY json_extract(payload, '$.number') ORDER BY 1"
    )
    rows = store.db.execute(sql, [table, subject, kind, before, before]).fetchall()
    return [archive.at(store, row[0]) for row in rows]


def answers(store: "Store", year: int, before: int = 0) -> list[tuple[Printed, FigureAnswer]]:
    """Give the figures of a 年度 that were told outside when asked, the first one first.

    Each comes with where the store stood then; ``before`` is as in :func:`of_year`.
    """
    upto = archive.at(store, before).upto if before else None
    told = [row for row in store.find(FigureAnswer, is_outside=True) if row.first and row.last]
    return [
        (_then_told(row), row)
        for row in told
        if row.first and fiscal_year(row.first) == year
        if upto is None or (row.as_of or 0) < upto
    ]


def _then_told(row: FigureAnswer) -> Printed:
    return Printed(
        place=0, number="", kind="", subject=("figure_answers", row.id or 0), recipient="",
        basis="", file="", made_on=row.asked_on or date.max, upto=row.as_of or 0,
        profile=row.profile or 0, content="",
    )  # fmt: skip


@contextmanager
def then(store: "Store", paper: Printed) -> Iterator["Store"]:
    """Open the store as it stood when a paper was made, to read."""
    with archive.as_of(store, paper) as past:
        yield past
