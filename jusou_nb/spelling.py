"""Reads a cell that holds one or several known values, as people write them."""

import unicodedata
from collections.abc import Mapping
from functools import cache

SEPARATORS = "、・／/\n,，"


def squeeze(text: str) -> str:
    """Fold what never tells two values apart: width, case and blanks (not line breaks)."""
    folded = unicodedata.normalize("NFKC", text.replace("\r\n", "\n")).casefold()
    return "".join(c for c in folded if c == "\n" or not c.isspace())


def read_one(text: str, known: Mapping[str, str]) -> str:
    """Read a cell as one known value; ``known`` maps squeezed spelling to code.

    Raises:
        ValueError: In Japanese, when no value is spelt so.
    """
    code = known.get(squeeze(text))
    if code is None:
        raise ValueError(f"「{text}」は選択肢にありません")
    return code


def read_many(text: str, known: Mapping[str, str]) -> tuple[str, ...]:
    """Read a cell as a sequence of known values, some of which hold separators themselves.

    Raises:
        ValueError: In Japanese; names the remainder that is no value, or says that the cell
            can be read in two ways.
    """
    cell = squeeze(text).strip(SEPARATORS)
    spellings = tuple(sorted(known, key=len, reverse=True))
    # A value and its short form may both be read from one cell (ごみ屋敷・セルフネグレクト).
    readings = {
        tuple(dict.fromkeys(known[s] for s in reading)) for reading in _readings(cell, spellings)
    }
    if len(readings) > 1:
        raise ValueError(f"「{text}」は二通りに読めます。値を1行に1つずつ書いてください")
    if not readings:
        raise ValueError(f"「{_remainder(cell, spellings)}」は選択肢にありません")
    return readings.pop()


@cache
def _readings(cell: str, spellings: tuple[str, ...]) -> frozenset[tuple[str, ...]]:
    found: set[tuple[str, ...]] = set()
    for spelling in spellings:
        if not cell.startswith(spelling):
            continue
        rest = cell[len(spelling) :]
        if not rest:
            found.add((spelling,))
        elif rest[0] in SEPARATORS:
            tails = _readings(rest.lstrip(SEPARATORS), spellings)
            found |= {(spelling, *tail) for tail in tails}
    return frozenset(found)


def _remainder(cell: str, spellings: tuple[str, ...]) -> str:
    """Find what is left after the longest part that can be read."""
    shortest = cell
    for spelling in spellings:
        rest = cell[len(spelling) :]
        if cell.startswith(spelling) and rest[:1] and rest[0] in SEPARATORS:
            shortest = min(shortest, _remainder(rest.lstrip(SEPARATORS), spellings), key=len)
    return shortest
