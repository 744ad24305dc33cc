"""Cuts a long text around the place that answered."""

from functools import cache

from jusou_nb.names import search_key

_AROUND = 18


@cache
def _folded(char: str) -> str:
    return search_key(char)


def excerpt(text: str, words: tuple[str, ...]) -> tuple[str, str, str]:
    """Cut a text around the first word that is found in it: before, the word as typed, after."""
    plain = text.replace("\n", " ")
    folded, places = "", list[int]()
    for number, char in enumerate(plain):
        key = _folded(char)
        folded += key
        places += [number] * len(key)
    found = [(at, len(word)) for word in words if (at := folded.find(word)) >= 0]
    if not found:
        return "", "", plain[: 2 * _AROUND]
    at, length = min(found)
    start, end = places[at], places[at + length - 1] + 1
    before, after = plain[max(start - _AROUND, 0) : start], plain[end : end + _AROUND]
    more = "…" if end + _AROUND < len(plain) else ""
    return f"{'…' if start > _AROUND else ''}{before}", plain[start:end], f"{after}{more}"
