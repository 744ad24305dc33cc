"""本人・世帯員: who somebody is, how they belong to the household, where they are found."""

from dataclasses import dataclass
from datetime import date

from jusou_nb.choices import OFFICE, Category, Choice
from jusou_nb.dates import PartialDate
from jusou_nb.fields import Code, Form, Stage, StatedAge, Writing, item

WHO = "本人・世帯員"


class Standing(Choice):
    """How a person belongs to the household's record; a blank box is a member."""

    MEMBER = "member", "世帯員"
    OUTSIDE = "outside", "世帯の外の家族・親族"
    DECEASED = "deceased", "亡くなった人"


@dataclass(frozen=True, kw_only=True)
class Identity(Form):
    """Who a person is and where: the first half of the row of a household."""

    relation: str | None = item(
        "続柄", section=WHO, scope=Category.IDENTITY, ledger=False, help="本人との続柄"
    )
    name: str | None = item(
        "氏名",
        section=WHO,
        scope=Category.IDENTITY,
        required_at=Stage.DRAFT,
        identifies=True,
        help="分からないときは「氏名不明（特徴）」",
    )
    kana: str | None = item(
        "フリガナ",
        section=WHO,
        scope=Category.IDENTITY,
        identifies=True,
        aliases=("ふりがな", "カナ"),
        writing=Writing.READING,
        reading_of="name",
    )
    sex: Code | None = item(
        "性別", section=WHO, scope=Category.IDENTITY, codes="sex", reported=True
    )
    birth: PartialDate | None = item(
        "生年月日", section=WHO, scope=Category.IDENTITY, identifies=True
    )
    stated_age: StatedAge | None = item(
        "年齢",
        section=WHO,
        scope=Category.IDENTITY,
        reported=True,
        help="生年月日が分からないとき。50、80代、推定40、不明",
    )
    age_stated_on: date | None = item(
        "年齢を聞いた日", section=WHO, scope=Category.IDENTITY, ledger=False
    )
    address: str | None = item(
        "住所",
        section=WHO,
        scope=Category.IDENTITY,
        masked=True,
        identifies=True,
        lines=2,
        aliases=("居所",),
        writing=Writing.ADDRESS,
    )
    telephone: str | None = item(
        "電話番号",
        section=WHO,
        scope=Category.IDENTITY,
        masked=True,
        identifies=True,
        aliases=("電話", "連絡先"),
        writing=Writing.TELEPHONE,
    )
    contact_note: str | None = item(
        "連絡の可否・時間帯",
        section=WHO,
        scope=Category.IDENTITY,
        masked=True,
        identifies=True,
        ledger=False,
        lines=2,
    )
    visit_caution: str | None = item(
        "訪問上の注意",
        section=WHO,
        scope=OFFICE,
        ledger=False,
        lines=2,
        help="犬、段差、同席させない人など。どの機関の資料にも載りません",
    )
    two_needed: bool | None = item("二人で訪問する", section=WHO, scope=OFFICE, ledger=False)
    standing: Standing | None = item(
        "世帯との関係",
        section=WHO,
        scope=Category.IDENTITY,
        ledger=False,
        help="空なら世帯員。家族図のために、世帯の外の人や亡くなった人も書けます",
    )
    lives_together: bool | None = item("同居", section=WHO, scope=Category.IDENTITY, ledger=False)
    school: str | None = item(
        "学校・園",
        section=WHO,
        scope=Category.SCHOOLING,
        masked=True,
        identifies=True,
        ledger=False,
    )
    workplace: str | None = item(
        "勤務先", section=WHO, scope=Category.FINANCE, masked=True, identifies=True, ledger=False
    )
    condition: str | None = item("状況", section=WHO, scope=Category.HEALTH, ledger=False, lines=2)

    @property
    def is_member(self) -> bool:
        """Whether the person lives as one of the household; the others stand on its map only."""
        return self.standing in (None, Standing.MEMBER)
