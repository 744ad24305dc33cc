"""The sentences of papers that a person reads, in every language that a town has written."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from jusou_nb.furigana import check

JAPANESE = "ja"
Words = Mapping[str, str]


@dataclass(frozen=True)
class Callback:
    """Where somebody calls back; it names no programme and no office that would betray.

    Attributes:
        name: What the caller calls themselves at a door; empty takes the municipality.
        telephone: The number; empty leaves room to write it.
        hours: When it is answered.
    """

    name: str = ""
    telephone: str = ""
    hours: str = ""


@dataclass(frozen=True)
class Letters:
    """The words of each paper by language, and the readings of the town's own names.

    A text may hold 「漢字《かんじ》」, and names in braces that the paper fills.
    """

    texts: Mapping[str, Mapping[str, Words]] = field(default_factory=dict)
    readings: Words = field(default_factory=dict)
    callback: Callback = field(default_factory=Callback)

    def words(self, paper: str, language: str = JAPANESE) -> Words:
        """Give a paper's words; what a language has not, in Japanese (KeyError: no such)."""
        own = self.texts.get(language, {}).get(paper, {})
        return {**self.texts[JAPANESE][paper], **own}

    def languages(self, paper: str) -> tuple[str, ...]:
        """Name the languages in which a paper is written, Japanese first."""
        others = (code for code, papers in self.texts.items() if paper in papers)
        return (JAPANESE, *(code for code in others if code != JAPANESE))


def letters_of(raw: Mapping[str, Any]) -> Letters:
    """Read ``[letters]``, ``[readings]`` and ``[callback]``.

    Raises:
        ValueError: A reading is marked wrongly.
        TypeError: A text is none, or a word of ``[callback]`` is not ours.
    """
    texts = raw.get("letters", {})
    for path, text in _leaves(texts):
        if not isinstance(text, str):
            raise TypeError(f"letters.{path} は文章です")
        check(text)
    return Letters(texts, raw.get("readings", {}), Callback(**raw.get("callback", {})))


def _leaves(texts: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in texts.items():
        here = f"{path}.{key}".removeprefix(".")
        if isinstance(value, Mapping):
            yield from _leaves(value, here)
        else:
            yield here, value
