"""The town's own sentences on a paper: filled, with their readings above the kanji."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup, escape

from jusou_nb.forms import Person
from jusou_nb.furigana import of_day, of_name, pieces, read, unmarked
from jusou_nb.names import hiragana
from jusou_nb.profile_letters import Words
from jusou_nb.store import Store

_NAMED = re.compile(r"\{(\w+)\}")
BLANK_NUMBER = "　　　　（　　　　）　　　　　"
"""Room to write a telephone number."""


@dataclass(frozen=True)
class Sheet:
    """A paper's words in one language, ready to print."""

    language: str
    words: Mapping[str, Markup]


def printed(text: str) -> Markup:
    """Print a marked text: each reading stands above its word; the rest is escaped."""
    return Markup("").join(_piece(*piece) for piece in pieces(text))


def _piece(word: str, reading: str) -> Markup:
    if not reading:
        return escape(word)
    return Markup("<ruby>{}<rp>（</rp><rt>{}</rt><rp>）</rp></ruby>").format(word, reading)


def sheets(store: Store, paper: str, **values: str) -> list[Sheet]:
    """Give a paper's words in every language of the town, Japanese first.

    ``values`` fill the names in braces, marked where they have a reading.
    """
    letters = store.profile.letters
    known = {**_town(store), **values}
    return [
        Sheet(code, _said(letters.words(paper, code), known)) for code in letters.languages(paper)
    ]


def first(store: Store, paper: str, **values: str) -> Mapping[str, Markup]:
    """Give a paper's words in Japanese."""
    return sheets(store, paper, **values)[0].words


def _said(words: Words, values: Mapping[str, str]) -> dict[str, Markup]:
    filled = {name: _NAMED.sub(lambda f: values.get(f[1], f[0]), w) for name, w in words.items()}
    return {name: printed(text.strip("\n")) for name, text in filled.items()}


def _town(store: Store) -> dict[str, str]:
    """Give what every paper may name: the town, the office, where to call."""
    profile, letters = store.profile, store.profile.letters
    return {
        "municipality": read(profile.municipality, letters.readings),
        "office": read(profile.office, letters.readings),
        "caller": read(letters.callback.name or profile.municipality, letters.readings),
        "telephone": unmarked(letters.callback.telephone or BLANK_NUMBER),
    }


def agency_name(store: Store, agency_id: int | None) -> Markup:
    """Name an agency, with the reading that the town has entered."""
    name = store.lexicon().refs["agencies"].get(agency_id or 0, "")
    return printed(read(name, store.profile.letters.readings))


def name_of(person: Person) -> str:
    """Mark a person's name with the furigana of the record."""
    return of_name(person.name or "", hiragana(person.kana or ""))


def day_of(day: date | None) -> Markup:
    """Print a day with its readings; nothing where there is none."""
    return printed(of_day(day)) if day else Markup("")
