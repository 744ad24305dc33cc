"""Fictional people, and so named that nobody takes them for real."""

from collections.abc import Container
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from jusou_nb.dates import PartialDate
from jusou_nb.fields import Code, StatedAge
from jusou_nb.forms import Person

SURNAMES = (
    ("見本", "ミホン"), ("架空", "カクウ"), ("例示", "レイジ"), ("仮名", "カメイ"),
    ("試験", "シケン"), ("模擬﨑", "モギサキ"), ("髙見本", "タカミホン"), ("仮想", "カソウ"),
    ("例題", "レイダイ"), ("雛形", "ヒナガタ"), ("模範", "モハン"), ("凡例", "ハンレイ"),
    ("標本", "ヒョウホン"), ("想定", "ソウテイ"), ("手本", "テホン"), ("空想", "クウソウ"),
)  # fmt: skip
WOMEN = (
    ("花子", "ハナコ"), ("文子", "フミコ"), ("桜", "サクラ"), ("千代", "チヨ"),
    ("美咲", "ミサキ"), ("陽菜", "ヒナ"), ("和枝", "カズエ"), ("恵", "メグミ"),
    ("すみれ", "スミレ"), ("結衣", "ユイ"), ("幸子", "サチコ"), ("若葉", "ワカバ"),
)  # fmt: skip
MEN = (
    ("太郎", "タロウ"), ("次郎", "ジロウ"), ("三郎", "サブロウ"), ("健一", "ケンイチ"),
    ("蓮", "レン"), ("大翔", "ヒロト"), ("正夫", "マサオ"), ("茂", "シゲル"),
    ("直樹", "ナオキ"), ("翼", "ツバサ"), ("一男", "カズオ"), ("四郎", "シロウ"),
)  # fmt: skip
FEMALE, MALE = "female", "male"
_LEAVES_SCHOOL = 15
_AGE_ONLY, _YEAR_ONLY = 0.06, 0.12


@dataclass(frozen=True)
class Seat:
    """A place in a household: 続柄 to the client, sex (empty: either) and a span of ages."""

    relation: str
    sex: str
    youngest: int
    oldest: int


def dice(*parts: object) -> Random:
    """Give the dice of one household: the same for the same town, seed and number."""
    return Random("/".join(str(part) for part in parts))  # noqa: S311 - chance, not a secret


def seat(
    roll: Random, place: Seat, surname: tuple[str, str], day: date, taken: Container[str] = ()
) -> Person:
    """Make a person for a place in a household as known on a day, with a name not taken."""
    sex = place.sex or roll.choice((FEMALE, MALE))
    names = WOMEN if sex == FEMALE else MEN
    free = [pair for pair in names if f"{surname[0]}　{pair[0]}" not in taken]
    name, kana = roll.choice(free or names)
    years = roll.randint(place.youngest, place.oldest)
    born = PartialDate.of(_born(roll, years, day))
    known = roll.random()
    return Person(
        relation=place.relation,
        name=f"{surname[0]}　{name}",
        kana=f"{surname[1]}　{kana}",
        sex=Code(sex),
        birth=None if known < _AGE_ONLY else PartialDate(born.year) if known < _YEAR_ONLY else born,
        stated_age=StatedAge("about", years) if known < _YEAR_ONLY else None,
        age_stated_on=day if known < _YEAR_ONLY else None,
        lives_together=True,
        school="見本市立架空中学校"
        if place.oldest < _LEAVES_SCHOOL and years > _LEAVES_SCHOOL - 4
        else None,
    )


def _born(roll: Random, years: int, day: date) -> date:
    """Choose a day of birth by which somebody is so many years old on a day."""
    birthday = date(day.year - years, day.month, min(day.day, 28))
    return birthday - timedelta(days=roll.randrange(364))


def address(roll: Random) -> str:
    """Make an address in a town that does not exist."""
    chome, block, house = (roll.randint(1, top) for top in (6, 30, 20))
    return f"見本市架空町{chome}丁目{block}番{house}号"


def telephone(roll: Random) -> str:
    """Make a telephone number of a range that is not given out."""
    return f"090-0000-{roll.randint(0, 9999):04}"
