"""ふりがな: 「漢字《かんじ》」 in a text is a word with its reading above it.

The reading belongs to the run of kanji right before it; where it belongs to other words as
well, 「｜」 says where they begin: 「｜見本 花子《みほん はなこ》」. Nothing guesses a reading.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime

from jusou_nb.dates import wareki

_KANJI = "\u3005\u3006\u30f6\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_MARKED = re.compile(
    rf"(?:｜(?P<said>[^｜《》\n]+)|(?P<run>[{_KANJI}]+))《(?P<reading>[^《》\n]+)》"
)
_SIGNS = str.maketrans("", "", "｜《》")
_OF_DATES = {
    "令和": "れいわ",
    "平成": "へいせい",
    "昭和": "しょうわ",
    "大正": "たいしょう",
    "明治": "めいじ",
    "元年": "がんねん",
    "年": "ねん",
    "月": "がつ",
    "日": "にち",
}
_DATE_WORDS = re.compile("|".join(_OF_DATES))
_DAYS = "月火水木金土日"
_DAY_READINGS = ("げつ", "か", "すい", "もく", "きん", "ど", "にち")
_NOON = 12


def pieces(text: str) -> Iterator[tuple[str, str]]:
    """Give the words of a text, each with its reading; the text between them has none."""
    end = 0
    for found in _MARKED.finditer(text):
        if found.start() > end:
            yield text[end : found.start()], ""
        yield found["said"] or found["run"], found["reading"]
        end = found.end()
    if end < len(text):
        yield text[end:], ""


def check(text: str) -> None:
    """Refuse a text in which a sign stands alone (ValueError, in Japanese)."""
    for piece, reading in pieces(text):
        if not reading and piece != unmarked(piece):
            raise ValueError(f"ふりがなの書き方が違います。「漢字《かんじ》」と書きます: {piece}")


def unmarked(text: str) -> str:
    """Take the signs out of what people wrote, so that it is printed as it stands."""
    return text.translate(_SIGNS)


def marked(word: str, reading: str) -> str:
    """Mark a word with its reading, where there is one."""
    word, reading = unmarked(word), unmarked(reading)
    return f"｜{word}《{reading}》" if word and reading else word


def read(word: str, readings: Mapping[str, str]) -> str:
    """Mark a word with the reading that the town has entered for it."""
    return marked(word, readings.get(word, ""))


def of_name(name: str, reading: str) -> str:
    """Mark a name: family and given name each with its own reading where both are known."""
    words, sounds = name.split(), reading.split()
    if len(words) != len(sounds):
        return marked(name, reading)
    return "　".join(marked(word, sound) for word, sound in zip(words, sounds, strict=True))


def of_day(day: date) -> str:
    """Mark a day in 和暦: 令和《れいわ》8年《ねん》…"""
    return _DATE_WORDS.sub(lambda found: f"{found[0]}《{_OF_DATES[found[0]]}》", wareki(day))


def of_weekday(day: date) -> str:
    """Mark the day of the week: （木《もく》）."""
    place = day.weekday()
    return f"（{_DAYS[place]}《{_DAY_READINGS[place]}》）"


def of_time(moment: datetime) -> str:
    """Mark a time of day: 午後《ごご》2時《じ》30分《ふん》."""
    half = "午前《ごぜん》" if moment.hour < _NOON else "午後《ごご》"
    minutes = f"{moment.minute}分《ふん》" if moment.minute else ""
    return f"{half}{moment.hour % _NOON}時《じ》{minutes}"
