"""緊急一時保護 and experts' advice, against the 年度's budget (seed 001 ⑤)."""

from dataclasses import dataclass
from datetime import date

from jusou_nb.choices import INFORMANT, NOT_PERSONAL, OFFICE, Category
from jusou_nb.fields import Code, Form, Stage, item, link

WHY = "使う理由"
STAY = "保護"
MONEY = "経費"
ASKED = "相談"
ANSWER = "助言"


@dataclass(frozen=True, kw_only=True)
class Shelter(Form, table="shelters", title="緊急一時保護"):
    """緊急一時保護（ほかの事業で支出できないとき）"""

    case_id: int | None = link("cases")
    household_id: int | None = link("households")
    emergency_id: int | None = link("emergencies")

    why_no_other: str | None = item(
        "ほかの事業で支出できない理由",
        section=WHY,
        scope=Category.WELFARE_USE,
        lines=2,
        required_at=Stage.DRAFT,
    )
    schemes_tried: str | None = item(
        "確かめた制度", section=WHY, scope=Category.WELFARE_USE, lines=2
    )
    starts_on: date | None = item(
        "保護の始まり", section=STAY, scope=NOT_PERSONAL, required_at=Stage.DRAFT
    )
    ends_on: date | None = item("保護の終わり", section=STAY, scope=NOT_PERSONAL)
    people: int | None = item("人数", section=STAY, scope=NOT_PERSONAL)
    shelter_place: str | None = item(
        "保護した場所",
        section=STAY,
        scope=INFORMANT,
        masked=True,
        help="どの資料にも載りません",
    )
    moved_on_to: str | None = item(
        "そのあとの住まい", section=STAY, scope=Category.IDENTITY, masked=True
    )
    account: Code | None = item(
        "科目", section=MONEY, scope=NOT_PERSONAL, codes="account", required_at=Stage.DRAFT
    )
    amount: int | None = item(
        "金額（円）", section=MONEY, scope=NOT_PERSONAL, required_at=Stage.DRAFT
    )
    approved_by: str | None = item("決裁した人", section=MONEY, scope=NOT_PERSONAL)
    approved_on: date | None = item("決裁日", section=MONEY, scope=NOT_PERSONAL)
    paid_on: date | None = item("支払日", section=MONEY, scope=NOT_PERSONAL)


@dataclass(frozen=True, kw_only=True)
class Advice(Form, table="advices", title="専門家の助言"):
    """医師・弁護士などの助言"""

    case_id: int | None = link("cases")

    asked_on: date | None = item(
        "相談した日", section=ASKED, scope=NOT_PERSONAL, required_at=Stage.DRAFT
    )
    expert: Code | None = item(
        "専門家", section=ASKED, scope=NOT_PERSONAL, codes="expert", required_at=Stage.DRAFT
    )
    question: str | None = item(
        "聞きたいこと", section=ASKED, scope=Category.ISSUES, lines=3, required_at=Stage.DRAFT
    )
    shown: str | None = item(
        "匿名で見せたもの",
        section=ASKED,
        scope=OFFICE,
        lines=2,
        required_at=Stage.DRAFT,
        help="氏名・住所を除いて見せた資料。見せていなければ「なし」",
    )
    answer: str | None = item("助言の内容", section=ANSWER, scope=OFFICE, lines=4)
    answered_on: date | None = item("助言の日", section=ANSWER, scope=NOT_PERSONAL)
    minutes: int | None = item("時間（分）", section=MONEY, scope=NOT_PERSONAL)
    account: Code | None = item("科目", section=MONEY, scope=NOT_PERSONAL, codes="account")
    amount: int | None = item("謝金（円）", section=MONEY, scope=NOT_PERSONAL)
    paid_on: date | None = item("支払日", section=MONEY, scope=NOT_PERSONAL)
