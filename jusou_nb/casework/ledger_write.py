"""Workbooks that print on A4 and harm no text: exports, and the rows that came back."""

import csv
import io
import math
import os
import tempfile
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.worksheet import Worksheet

from jusou_nb.casework.ledger_cells import LONG, PIECE, as_text, escape, pieces, pointer
from jusou_nb.errors import TableError

_FONT = Font(name="游ゴシック", size=9)
_BOLD = Font(name="游ゴシック", size=9, bold=True)
_GREY = PatternFill("solid", fgColor="E6E6E6")
_THIN = Side(style="thin", color="999999")
_RULED = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_WRAP = Alignment(vertical="top", wrap_text=True)
_A4 = 9
_NARROW, _WIDE, _LOOKED_AT = 7.0, 20.0, 200
_PAGE = 200.0
"""Widths of columns that one page takes at three quarters of their size."""


def write_workbook(
    path: Path, title: str, headings: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    """Write one sheet with headings, for its owner's eyes only (0600).

    Texts stay texts, whatever they begin with. What is longer than a cell is carried on in
    a second sheet, which an import joins again.

    Raises:
        TableError: The folder cannot be written to, or the file is open elsewhere.
    """
    book = Workbook()
    sheet = book.active
    sheet.title = title
    long: list[str] = []
    for place, row in enumerate([headings, *rows], start=1):
        for column, value in enumerate(row, start=1):
            _put(sheet.cell(place, column), value, long)
    _for_print(sheet, len(headings))
    if long:
        _carry_on(book.create_sheet(LONG), long)
    _save(book, path)


def write_table(
    path: Path, title: str, headings: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    """Write CSV (UTF-8 with a mark, as Excel opens it) where the name ends so, else a workbook.

    Raises:
        TableError: As of :func:`write_workbook`.
    """
    if path.suffix.lower() != ".csv":
        write_workbook(path, title, headings, rows)
        return
    text = io.StringIO(newline="")
    told = [[as_text(value) for value in row] for row in rows]
    csv.writer(text).writerows([headings, *told])
    _into_place(path, lambda draft: draft.write_text(text.getvalue(), "utf-8-sig", newline=""))


def _put(cell: Cell, value: Any, long: list[str]) -> None:
    cell.font, cell.alignment, cell.border = _FONT, _WRAP, _RULED
    if not isinstance(value, str):
        cell.value = value
        if isinstance(value, date):
            cell.number_format = "yyyy/m/d"
        return
    text = escape(value)
    if len(text) > PIECE:
        long.append(text)
        text = pointer(len(long))
    if text:
        _put_text(cell, text)


def _put_text(cell: Cell, text: str) -> None:
    cell.value = text
    # Without this a text that begins with = would be worked out as a formula.
    cell.data_type = "s"


def _carry_on(sheet: Worksheet, texts: Sequence[str]) -> None:
    sheet.append(["番号", "順", "文章（つなげて1つの文章になります）"])
    for number, text in enumerate(texts, start=1):
        for order, piece in enumerate(pieces(text), start=1):
            sheet.append([number, order])
            _put_text(sheet.cell(sheet.max_row, 3), piece)


def _for_print(sheet: Worksheet, width: int) -> None:
    """A4 landscape, as many pages wide as can be read; headings and first column on each."""
    for cell in sheet[1]:
        cell.font, cell.fill = _BOLD, _GREY
    total = 0.0
    for column in range(1, width + 1):
        letter = get_column_letter(column)
        sheet.column_dimensions[letter].width = _width(sheet, column)
        total += sheet.column_dimensions[letter].width
    sheet.freeze_panes = "B2"
    sheet.print_title_rows, sheet.print_title_cols = "1:1", "A:A"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", _A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = math.ceil(total / _PAGE), 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_margins = PageMargins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.oddFooter.center.text = "&P / &N"


def _width(sheet: Worksheet, column: int) -> float:
    cells = sheet.iter_rows(max_row=_LOOKED_AT, min_col=column, max_col=column, values_only=True)
    longest = max(
        (len(line) for (value,) in cells for line in str(value or "").split("\n")), default=0
    )
    # A Japanese character is about two units wide.
    return min(max(longest * 2.0, _NARROW), _WIDE)


def _save(book: Workbook, path: Path) -> None:
    _into_place(path, book.save)


def _into_place(path: Path, write: Callable[[Path], Any]) -> None:
    """Write beside the target and move into place, so that no half file is ever seen."""
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=path.suffix or ".xlsx")
        os.close(handle)
    except OSError as fault:
        raise _refusal(path, fault) from fault
    draft = Path(name)
    try:
        write(draft)
        draft.replace(path)
    except OSError as fault:
        draft.unlink(missing_ok=True)
        raise _refusal(path, fault) from fault


def _refusal(path: Path, fault: OSError) -> TableError:
    return TableError(
        f"「{path.name}」を書けません（{fault.strerror}）。フォルダーの権限と空きを確かめ、"
        "開いているExcelを閉じてから、もう一度行ってください"
    )
