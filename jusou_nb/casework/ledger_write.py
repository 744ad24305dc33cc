"""Workbooks of the ledger: exports, and the rows that came back; long texts are carried on."""

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from jusou_nb import workbooks
from jusou_nb.casework.ledger_cells import LONG, PIECE, as_text, escape, pieces, pointer


def write_workbook(
    path: Path, title: str, headings: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    """Write one sheet with headings, for its owner's eyes only (0600).

    Raises:
        TableError: The folder cannot be written to, or the file is open elsewhere.
    """
    raw = workbook(title, headings, rows)
    workbooks.into_place(path, lambda draft: draft.write_bytes(raw))


def workbook(title: str, headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """Give a workbook of one sheet with headings.

    Texts stay texts, whatever they begin with. What is longer than a cell is carried on in
    a second sheet, which an import joins again.
    """
    book = Workbook()
    sheet = book.active
    sheet.title = title
    long: list[str] = []
    for place, row in enumerate([headings, *rows], start=1):
        for column, value in enumerate(row, start=1):
            _put(sheet.cell(place, column), value, long)
    workbooks.for_print(sheet, len(headings))
    if long:
        _carry_on(book.create_sheet(LONG), long)
    return workbooks.finished(book, title=title, day=None)


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
    whole = text.getvalue()
    workbooks.into_place(path, lambda draft: draft.write_text(whole, "utf-8-sig", newline=""))


def _put(cell: Cell, value: Any, long: list[str]) -> None:
    """Write a value; a text too long for a cell leaves a word where it goes on."""
    if not isinstance(value, str):
        workbooks.put(cell, value)
        return
    text = escape(value)
    if len(text) > PIECE:
        long.append(text)
        text = pointer(len(long))
    workbooks.put(cell, text)


def _carry_on(sheet: Worksheet, texts: Sequence[str]) -> None:
    sheet.append(["番号", "順", "文章（つなげて1つの文章になります）"])
    for number, text in enumerate(texts, start=1):
        for order, piece in enumerate(pieces(text), start=1):
            sheet.append([number, order])
            workbooks.put_text(sheet.cell(sheet.max_row, 3), piece)
