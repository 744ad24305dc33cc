"""What a cell of Excel can hold, and how text that it cannot hold survives both ways."""

import re
from datetime import date, datetime, time
from typing import Any

LONG = "長文"
"""The sheet that carries on texts longer than a cell."""

REASON = "取り込めない理由"
"""The last column of the workbook of refused rows; an import passes over it."""

PIECE = 16_000
"""Characters a piece: a cell holds 32,767, and some characters count as two."""

_ODD = re.compile(r"[\x00-\x08\x0b\x0c\x0d\x0e-\x1f\ufffe\uffff]|_x(?=[0-9A-Fa-f]{4}_)")
_CODED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_POINTER = re.compile(rf"（続きはシート「{LONG}」の(\d+)番）")


def escape(text: str) -> str:
    """Write control characters as Excel does (``_x000B_``), so that XML can carry them."""
    return _ODD.sub(_coded, text)


def _coded(match: re.Match[str]) -> str:
    # A text that happens to look coded has its underscore coded instead.
    return "_x005F_x" if match[0] == "_x" else f"_x{ord(match[0]):04X}_"


def unescape(text: str) -> str:
    """Read what :func:`escape` or Excel wrote."""
    return _CODED.sub(lambda match: chr(int(match[1], 16)), text)


def pieces(text: str) -> list[str]:
    """Cut an escaped text into what cells can hold."""
    return [text[start : start + PIECE] for start in range(0, len(text), PIECE)]


def pointer(number: int) -> str:
    """Write what stands in the cell of a text that is carried on."""
    return f"（続きはシート「{LONG}」の{number}番）"


def pointed_at(text: str) -> int | None:
    """Read :func:`pointer`: the number of the long text, or None."""
    match = _POINTER.fullmatch(text)
    return int(match[1]) if match else None


def as_text(value: Any) -> str:
    """Give the text of a cell's value, the same that a CSV of the sheet would hold."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "はい" if value else "いいえ"
    if isinstance(value, datetime):
        clock = "" if value.time() == time() else f" {value:%H:%M}"
        return f"{value.year}/{value.month}/{value.day}{clock}"
    if isinstance(value, date):
        return f"{value.year}/{value.month}/{value.day}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).replace("\r\n", "\n")
