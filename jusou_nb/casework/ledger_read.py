"""A file of Excel or CSV as rows of text, with the headings found."""

import csv
import hashlib
import io
import warnings
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from jusou_nb.casework.ledger_cells import LONG, as_text, pointed_at, unescape
from jusou_nb.errors import NotFound, TableError
from jusou_nb.spelling import squeeze

LOOKED_AT = 30
"""Rows from the top among which the headings are looked for."""

_TOTALS = frozenset({"合計", "計", "総計", "小計", "総合計"})
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_ENCODINGS = ("utf-8-sig", "cp932")


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row of a table: its line in the file, its texts, and its values as they were."""

    line: int
    texts: tuple[str, ...]
    values: tuple[Any, ...]


@dataclass(frozen=True, kw_only=True)
class Table:
    """The rows of a file under their headings; titles, blank rows and totals left out."""

    file_name: str
    file_hash: str
    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    passed_over: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Sheet:
    name: str
    rows: list[tuple[Any, ...]]


Missing = Callable[[tuple[str, ...]], list[str]]
"""Names the required headings that a row of headings has not."""


def read_table(path: Path, missing: Missing) -> Table:
    """Read a file; ``missing`` tells which row holds the headings.

    Raises:
        NotFound: There is no such file.
        TableError: It is no table, or has no row with the required headings.
    """
    if not path.is_file():
        raise NotFound(f"ファイル「{path.name}」が見つかりません。場所と名前を確かめてください")
    return table_of(path.name, path.read_bytes(), missing)


def table_of(name: str, raw: bytes, missing: Missing) -> Table:
    """Read the bytes of a file of this name; nothing of them is put on a disk.

    Raises:
        TableError: As of :func:`read_table`.
    """
    path = Path(name)
    sheets = _sheets(path, raw)
    found = [(sheet, place) for sheet in sheets if (place := _heading_row(sheet, missing)) >= 0]
    if not found:
        raise TableError(_no_headings(path, sheets, missing))
    if len(found) > 1:
        names = "」「".join(sheet.name for sheet, _ in found)
        raise TableError(
            f"「{path.name}」には見出しのあるシートが{len(found)}枚あります（「{names}」）。"
            "1枚ずつ別のファイルに保存してください"
        )
    sheet, place = found[0]
    others = tuple(s.name for s in sheets if s is not sheet and s.name != LONG)
    return _table(path, hashlib.sha256(raw).hexdigest(), sheet, place, others)


def _table(path: Path, digest: str, sheet: _Sheet, place: int, others: tuple[str, ...]) -> Table:
    headings = _headings(sheet.rows[place])
    width = max(len(headings), *(len(row) for row in sheet.rows))
    return Table(
        file_name=path.name,
        file_hash=digest,
        headings=headings + ("",) * (width - len(headings)),
        rows=tuple(_rows(sheet.rows, place + 1, width)),
        passed_over=others,
    )


def _headings(row: tuple[Any, ...]) -> tuple[str, ...]:
    return tuple("".join(as_text(value).split()) for value in row)


def _rows(rows: list[tuple[Any, ...]], begin: int, width: int) -> Iterator[Row]:
    for place, values in enumerate(rows[begin:], start=begin):
        filled = values + (None,) * (width - len(values))
        texts = tuple(as_text(value) for value in filled)
        first = next((text for text in texts if text.strip()), None)
        if first is not None and squeeze(first) not in _TOTALS:
            yield Row(line=place + 1, texts=texts, values=filled)


def _heading_row(sheet: _Sheet, missing: Missing) -> int:
    for place, row in enumerate(sheet.rows[:LOOKED_AT]):
        if not missing(_headings(row)):
            return place
    return -1


def _no_headings(path: Path, sheets: list[_Sheet], missing: Missing) -> str:
    """Name what the row that comes nearest to headings has not."""
    rows = [_headings(row) for sheet in sheets for row in sheet.rows[:LOOKED_AT]]
    lacking = min((missing(row) for row in rows), key=len, default=missing(()))
    return (
        f"「{path.name}」に見出し「{'」「'.join(lacking)}」がありません。"
        "見出しの行を付けて、もう一度取り込んでください"
    )


def _sheets(path: Path, raw: bytes) -> list[_Sheet]:
    if raw.startswith(_OLD_EXCEL):
        raise TableError(
            f"「{path.name}」は古い形式（.xls）か、パスワード付きです。"
            "パスワードなしの .xlsx で保存し直してください"
        )
    if zipfile.is_zipfile(io.BytesIO(raw)):
        return _excel(path, raw)
    return [_Sheet("CSV", _csv(path, raw))]


def _csv(path: Path, raw: bytes) -> list[tuple[Any, ...]]:
    for encoding in _ENCODINGS:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        return _csv_rows(path, text)
    raise TableError(
        f"「{path.name}」の文字コードを読めません。UTF-8 か Shift_JIS の CSV か、"
        "Excel（.xlsx）で保存し直してください"
    )


def _csv_rows(path: Path, text: str) -> list[tuple[Any, ...]]:
    # A cell may be as long as the file; the module's limit of 131,072 is put back after.
    usual = csv.field_size_limit(max(len(text), 1))
    try:
        return [tuple(row) for row in csv.reader(io.StringIO(text, newline=""), strict=True)]
    except csv.Error as fault:
        raise TableError(
            f"「{path.name}」をCSVとして読めません（{fault}）。Excelで開いて保存し直してください"
        ) from None
    finally:
        csv.field_size_limit(usual)


def _excel(path: Path, raw: bytes) -> list[_Sheet]:
    try:
        sheets, has_formulas = _workbook(raw, shown=False)
        if has_formulas:
            shown, _ = _workbook(raw, shown=True)
            sheets = [_with_results(*pair) for pair in zip(sheets, shown, strict=True)]
    except (InvalidFileException, KeyError, ValueError, zipfile.BadZipFile) as fault:
        raise TableError(
            f"「{path.name}」をExcelとして読めません。Excelで開き、.xlsx で保存し直してください"
        ) from fault
    return _joined(path, sheets)


def _workbook(raw: bytes, *, shown: bool) -> tuple[list[_Sheet], bool]:
    with warnings.catch_warnings():
        # Of drop-down lists and print styles that it does not carry: nothing for the worker.
        warnings.simplefilter("ignore", UserWarning)
        book = openpyxl.load_workbook(io.BytesIO(raw), read_only=True, data_only=shown)
    sheets, has_formulas = [], False
    for sheet in book.worksheets:
        # What a file says of its own size is often wrong.
        sheet.reset_dimensions()
        rows = []
        for cells in sheet.iter_rows():
            rows.append(tuple(cell.value for cell in cells))
            has_formulas = has_formulas or any(cell.data_type == "f" for cell in cells)
        sheets.append(_Sheet(sheet.title, rows))
    book.close()
    return sheets, has_formulas


def _with_results(formulas: _Sheet, results: _Sheet) -> _Sheet:
    """Take what a formula shows; one that was never worked out stays as it is written."""
    return _Sheet(
        formulas.name,
        [
            tuple(as_is if result is None else result for as_is, result in zip(a, b, strict=True))
            for a, b in zip(formulas.rows, results.rows, strict=True)
        ],
    )


def _joined(path: Path, sheets: list[_Sheet]) -> list[_Sheet]:
    """Put texts that were carried on back into their cells, and decode all of them."""
    long = next((sheet for sheet in sheets if sheet.name == LONG), None)
    texts: dict[int, str] = {}
    for number, _, piece, *_ in long.rows[1:] if long else []:
        texts[number] = texts.get(number, "") + (piece or "")
    return [
        _Sheet(s.name, [tuple(_whole(path, value, texts) for value in row) for row in s.rows])
        for s in sheets
        if s is not long
    ]


def _whole(path: Path, value: Any, texts: dict[int, str]) -> Any:
    if not isinstance(value, str):
        return value
    number = pointed_at(value)
    if number is None:
        return unescape(value)
    if number not in texts:
        raise TableError(
            f"「{path.name}」のシート「{LONG}」に{number}番がありません。元のファイルを使ってください"
        )
    return unescape(texts[number])
