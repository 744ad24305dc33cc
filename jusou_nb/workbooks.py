"""How every workbook is written: text stays text, A4 on paper, no name in its properties.

One place for the ledger and for the lists, so that both print alike and neither can be
opened as anything but what was written.
"""

import io
import math
import os
import re
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.worksheet import Worksheet

from jusou_nb import office_files
from jusou_nb.errors import TableError

LONGEST = 32_767
"""Characters that a cell holds; Excel cuts the rest without a word."""
_FONT = Font(name="游ゴシック", size=9)
_BOLD = Font(name="游ゴシック", size=9, bold=True)
_GREY = PatternFill("solid", fgColor="E6E6E6")
_THIN = Side(style="thin", color="999999")
_RULED = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_WRAP = Alignment(vertical="top", wrap_text=True)
_A4 = 9
_NARROW, _WIDE, _LOOKED_AT = 7.0, 20.0, 200
_PAGE, _UPRIGHT = 200.0, 105.0
"""Widths of columns that one page takes at three quarters of their size, and an upright one."""
_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]")
_LIKE_A_FORMULA = tuple("=+-@\t")
_CUT = "…（長いため、続きは記録で確かめてください）"


def put(cell: Cell, value: Any) -> None:
    """Write a value as it is: a date as a date, a number as a number, a text never as a formula."""
    cell.font, cell.alignment, cell.border = _FONT, _WRAP, _RULED
    if isinstance(value, str):
        put_text(cell, value)
        return
    cell.value = value
    if isinstance(value, date):
        cell.number_format = "yyyy/m/d"


def put_text(cell: Cell, text: str) -> None:
    """Write a text that Excel can hold; what begins like a formula is marked as text as well."""
    if not text:
        return
    cell.value = text
    # Without this a text that begins with = would be worked out as a formula.
    cell.data_type = "s"
    if text.startswith(_LIKE_A_FORMULA):
        cell.quotePrefix = True


def fitting(text: str) -> str:
    """Leave out control characters, and cut what no cell can hold, saying so."""
    bare = _UNFIT.sub("", text.replace("\r\n", "\n"))
    return bare if len(bare) <= LONGEST else bare[: LONGEST - len(_CUT)] + _CUT


def for_print(sheet: Worksheet, width: int, *, head: str = "", foot: str = "") -> None:
    """Set up A4: as few pages wide as can be read, headings and first column on each.

    Args:
        sheet: Row 1 holds the headings.
        width: How many columns there are.
        head: What stands over each page.
        foot: What stands under each page, before page x / y.
    """
    for cell in sheet[1]:
        cell.font, cell.fill = _BOLD, _GREY
    total = 0.0
    for column in range(1, width + 1):
        letter = get_column_letter(column)
        sheet.column_dimensions[letter].width = _width(sheet, column)
        total += sheet.column_dimensions[letter].width
    sheet.freeze_panes = "B2"
    sheet.print_title_rows, sheet.print_title_cols = "1:1", "A:A"
    upright = bool(foot) and total <= _UPRIGHT
    sheet.page_setup.orientation = "portrait" if upright else "landscape"
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = math.ceil(total / _PAGE), 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_margins = PageMargins(left=0.4, right=0.4, top=0.6 if head else 0.5, bottom=0.6)
    if head:
        sheet.oddHeader.center.text = _plain(head)
    if foot:
        sheet.oddFooter.left.text = _plain(foot)
    sheet.oddFooter.center.text = "&P / &N"


def _plain(text: str) -> str:
    """Keep Excel from reading an ampersand as an order."""
    return text.replace("&", "&&")


def _width(sheet: Worksheet, column: int) -> float:
    cells = sheet.iter_rows(max_row=_LOOKED_AT, min_col=column, max_col=column, values_only=True)
    longest = max(
        (len(line) for (value,) in cells for line in str(value or "").split("\n")), default=0
    )
    # A Japanese character is about two units wide.
    return min(max(longest * 2.0, _NARROW), _WIDE)


def finished(book: Workbook, *, title: str, day: date | None) -> bytes:
    """Give a workbook's file, without a name in it and the same when made again."""
    out = io.BytesIO()
    book.save(out)
    return office_files.settled(out.getvalue(), title=title, day=day)


def into_place(path: Path, write: Callable[[Path], Any]) -> None:
    """Write beside the target and move into place, so that no half file is ever seen.

    Raises:
        TableError: The folder cannot be written to, or the file is open elsewhere.
    """
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
