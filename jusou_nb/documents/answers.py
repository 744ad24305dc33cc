"""事前シートの回答: laid side by side, one column an agency, as far as a reader may have them."""

from collections.abc import Iterator
from dataclasses import dataclass

from jusou_nb.documents.eyes import Eyes
from jusou_nb.documents.sitting import Entry
from jusou_nb.problems import Problem

COLUMNS = 4
"""Agencies that fit side by side on A4."""


@dataclass(frozen=True, kw_only=True)
class AnswerTable:
    """Some agencies' answers: their names, and a line for each box of the sheet."""

    agencies: tuple[str, ...]
    lines: tuple[tuple[str, tuple[str, ...]], ...]


def answer_tables(entry: Entry, eyes: Eyes) -> tuple[AnswerTable, ...]:
    """Lay the answers out in tables of at most four agencies.

    An excluded party's answer is on the chair's copy only: no copy names who is excluded.
    """
    sheets = entry.sheets
    shown = [(box, values) for box, values in sheets.lines if eyes.withheld(box) is None]
    places = [
        place
        for place, agency in enumerate(sheets.agencies)
        if shown and (eyes.are_the_chairs or agency not in eyes.matter.excluded)
    ]
    return tuple(
        AnswerTable(
            agencies=tuple(eyes.agency(sheets.agencies[place]) for place in some),
            lines=tuple((b.label, tuple(values[p] or "" for p in some)) for b, values in shown),
        )
        for some in (places[n : n + COLUMNS] for n in range(0, len(places), COLUMNS))
    )


def waiting(entry: Entry, eyes: Eyes) -> tuple[str, ...]:
    """Name, on the chair's copy, the agencies that have not answered yet."""
    if not eyes.are_the_chairs:
        return ()
    return tuple(eyes.agency(agency) for agency in entry.sheets.waiting)


def withheld_answers(entry: Entry, eyes: Eyes) -> Iterator[tuple[str, Problem]]:
    """Name the boxes of the sheet that agencies filled and this reader does not get."""
    for box, values in entry.sheets.lines:
        problem = eyes.withheld(box)
        if problem is not None and any(values):
            yield f"事前シートの{box.label}", problem
