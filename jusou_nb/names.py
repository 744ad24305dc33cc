"""Names as they are compared and sorted; as typed is what is stored and printed."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from functools import cache

import jaconv

_VARIANTS = str.maketrans({
    "髙": "高", "﨑": "崎", "碕": "崎", "嵜": "崎", "齋": "斎", "齊": "斎", "斉": "斎",
    "邊": "辺", "邉": "辺", "澤": "沢", "濵": "浜", "濱": "浜", "廣": "広", "德": "徳",
    "國": "国", "嶋": "島", "嶌": "島", "槗": "橋", "𠮷": "吉", "栁": "柳", "惠": "恵",
})  # fmt: skip
_SMALL = str.maketrans("ぁぃぅぇぉっゃゅょゎ", "あいうえおつやゆよわ")


def fold(text: str) -> str:
    """Fold width, case, kana and 異体字, and drop spaces: equal results are one spelling."""
    plain = unicodedata.normalize("NFKC", text).translate(_VARIANTS)
    return re.sub(r"\s+", "", jaconv.kata2hira(plain)).casefold()


@cache
def alike() -> Mapping[str, str]:
    """Give for a folded character every one that may stand for it: a net, not a comparison.

    Half-width kana carry their voiced mark apart, so が is also caught by the bare ｶ.
    """
    found: dict[str, set[str]] = defaultdict(set)
    ranges = (range(0x21, 0x7F), range(0x3041, 0x30FF), range(0xFF01, 0xFFA0))
    for char in [*map(chr, _VARIANTS), *(chr(code) for span in ranges for code in span)]:
        for folded in fold(char):
            found[folded] |= {char, folded}
    for char in list(found):
        found[char] |= found.get(unicodedata.normalize("NFD", char)[0], set())
    return {char: "".join(sorted(chars)) for char, chars in found.items()}


def tidy_spaces(text: str) -> str:
    """Make the gap in a name one full-width space, as forms print it."""
    return re.sub(r"[\s\u3000]+", "\u3000", text.strip())


def kana_key(text: str) -> str:
    """Sort key of a reading: あべ and アベ together, voiced marks and small kana ignored."""
    base = unicodedata.normalize("NFD", fold(text))
    bare = "".join(c for c in base if c not in "\u3099\u309a")
    return bare.translate(_SMALL).replace("ー", "")


def katakana(text: str) -> str:
    """Write a reading in full-width katakana with one full-width space."""
    # NFC joins what the half-width form wrote as a base and a separate voiced mark.
    wide = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", text))
    return tidy_spaces(jaconv.hira2kata(wide))


def hiragana(text: str) -> str:
    """Write a reading in hiragana, as furigana stand above a name."""
    return jaconv.kata2hira(katakana(text)) if text else ""


def phone(text: str) -> str:
    """Write a telephone number in half width; keep the office's own grouping.

    Digits alone are left as they are: where to cut an area code is not to be guessed.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    plain = re.sub(r"[‐‑‒–—―ー−]", "-", plain)
    return re.sub(r"^\((\d+)\)", r"\1-", plain)
