"""``evaluation.xlsx``: one sheet a table, real numbers, A4; an x stays an x."""

import math
from datetime import date

from openpyxl import Workbook
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from jusou_nb import workbooks
from jusou_nb.documents.evaluation import Evaluation
from jusou_nb.documents.figures_table import Shown, ShownTable, shown_table
from jusou_nb.documents.suppression import NONE

_TITLE_MOST = 31
"""Characters that Excel takes in the name of a sheet."""
_LINE, _TALLEST = 14.0, 409.0
"""Points of a line, and of the tallest row that Excel takes."""
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", "・"))


def write(report: Evaluation, *, today: date) -> bytes:
    """Write the workbook of a report; the same report gives the same bytes."""
    book = Workbook()
    book.remove(book.active)
    number = report.identity.number
    for place, table in enumerate(report.published.tables, start=1):
        seen = shown_table(report.published, table)
        sheet = book.create_sheet(_name(place, seen.title))
        _fill(sheet, seen)
        head = f"{report.municipality}　{report.identity.title}　{seen.title}"
        workbooks.for_print(sheet, len(seen.columns), head=head, foot=number)
        _note(sheet, seen)
    return workbooks.finished(book, title=number, day=today)


def _name(place: int, title: str) -> str:
    return f"{place:02} {title.translate(_FORBIDDEN)}"[:_TITLE_MOST]


def _fill(sheet: Worksheet, seen: ShownTable) -> None:
    for column, heading in enumerate(seen.columns, start=1):
        workbooks.put(sheet.cell(1, column), heading)
    for down, row in enumerate(seen.rows, start=2):
        workbooks.put(sheet.cell(down, 1), row.label)
        for across, entry in enumerate(row.entries, start=2):
            _put(sheet, down, across, entry)


def _note(sheet: Worksheet, seen: ShownTable) -> None:
    """Write what stands under the table, as wide as the table, so that it is printed whole."""
    across = len(seen.columns)
    letters = map(get_column_letter, range(1, across + 1))
    room = sum(sheet.column_dimensions[letter].width for letter in letters)
    for down, note in enumerate(seen.notes, start=len(seen.rows) + 3):
        cell = sheet.cell(down, 1)
        workbooks.put_text(cell, workbooks.fitting(note))
        cell.alignment = Alignment(vertical="top", wrap_text=True)
        sheet.merge_cells(start_row=down, end_row=down, start_column=1, end_column=across)
        # A Japanese character is about two units wide; Excel sets no height where cells are merged.
        lines = math.ceil(2.2 * len(note) / room)
        sheet.row_dimensions[down].height = min(_TALLEST, _LINE * lines)


def _put(sheet: Worksheet, down: int, across: int, entry: Shown) -> None:
    cell = sheet.cell(down, across)
    value = NONE if entry.value is None else entry.value
    workbooks.put(cell, value)
    if isinstance(value, int | float) and entry.decimals:
        cell.number_format = f"0.{'0' * entry.decimals}"
