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
    "𣘺": "橋", "眞": "真", "櫻": "桜", "瀧": "滝", "龍": "竜", "藏": "蔵", "實": "実",
    "壽": "寿", "榮": "栄", "學": "学", "圓": "円", "淵": "渕", "渊": "渕", "條": "条",
    "冨": "富", "曾": "曽", "增": "増", "戶": "戸", "黑": "黒", "薗": "園", "峯": "峰",
    "桒": "桑", "彌": "弥", "彥": "彦", "亞": "亜", "會": "会", "靜": "静", "將": "将",
    "吳": "呉", "淸": "清", "瀨": "瀬", "橫": "横", "緖": "緒", "遙": "遥", "晉": "晋",
    "兒": "児", "豐": "豊", "關": "関", "澁": "渋", "禮": "礼", "步": "歩", "每": "毎",
    "樂": "楽", "舘": "館", "埜": "野", "萬": "万", "鐵": "鉄", "應": "応", "檜": "桧",
})  # fmt: skip
_SMALL = str.maketrans("ぁぃぅぇぉっゃゅょゎ", "あいうえおつやゆよわ")


def fold(text: str) -> str:
    """Fold width, case, kana and 異体字, and drop spaces: equal results are one spelling."""
    plain = unicodedata.normalize("NFKC", text).translate(_VARIANTS)
    return re.sub(r"\s+", "", jaconv.kata2hira(plain)).casefold()


def search_key(text: str) -> str:
    """Fold a text and keep its letters and digits only: what is looked for, and in what."""
    return "".join(char for char in fold(text) if char.isalnum())


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


def digits_of_phone(text: str) -> str:
    """Give the digits of what looks like a telephone number, however cut; else nothing."""
    plain = re.sub(r"[\s().+]", "", phone(text).replace("-", ""))
    return plain if plain.isascii() and plain.isdigit() else ""


_CUTS = (
    re.compile(r"(0800)(\d{3})(\d{4})"),  # free calls
    re.compile(r"(0[5789]0)(\d{4})(\d{4})"),  # mobile and IP telephones
    re.compile(r"(0120|0570)(\d{3})(\d{3})"),  # free calls, navi-dial
)


def phone(text: str) -> str:
    """Write a telephone number in half width; keep the office's own grouping.

    Digits alone are cut where the same cut holds in the whole country. Others are left as they
    are: where to cut an area code is not to be guessed.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    plain = re.sub(r"[‐‑‒–—―ー−]", "-", plain)
    plain = re.sub(r"^\((\d+)\)", r"\1-", plain)
    found = (cut.fullmatch(plain) for cut in _CUTS)
    return next(("-".join(match.groups()) for match in found if match), plain)


def address(text: str) -> str:
    """Write the postal code that stands before an address as 〒123-4567; the rest as typed."""
    found = re.match(
        r"\s*〒\s*([\d０-９]{3})[-‐‑‒–—―ー−－]?([\d０-９]{4})(?![\d０-９])[ 　]*", text
    )
    if not found:
        return text
    code = unicodedata.normalize("NFKC", "-".join(found.groups()))
    return f"〒{code}　{text[found.end() :]}".strip()
