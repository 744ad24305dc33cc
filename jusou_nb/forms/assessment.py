"""インテーク・アセスメントシート, and the request that asks an agency to assess.

The boxes follow ``domain.md`` §1.3–1.5; the thick frames are those reported to the state.
Another agency's own sheet may stand in its place: then the thick-framed boxes suffice
(東大阪市 accepts it so).
"""

from dataclasses import dataclass
from datetime import date

from jusou_nb.choices import NOT_PERSONAL, OFFICE, Category, Choice
from jusou_nb.fields import Code, Form, Ref, Stage, item, link, rows

HEAD = "アセスメント"
LIVING = "住まいと健康"
MONEY = "くらしとお金"
WORK = "仕事と学び"
VIEW = "評価"
FOREIGN = "他機関のシートで代えるとき"
ASKED = "依頼"
ANSWER = "回答"


class YesNoUnknown(Choice):
    """What was asked may remain unknown; a blank box was not asked."""

    YES = "yes", "有", "あり"
    NO = "no", "無", "なし"
    UNKNOWN = "unknown", "不明"


@dataclass(frozen=True, kw_only=True)
class IssueMark(Form, table="issue_marks", title="課題と当てはまる人"):
    """課題と背景要因の一つの印（世帯員か世帯に付ける）"""

    issue: Code | None = item(
        "課題と背景要因",
        scope=Category.ISSUES,
        codes="issue",
        required_at=Stage.DRAFT,
        reported=True,
    )
    whose: Ref | None = item(
        "当てはまる人", scope=Category.ISSUES, ref="persons", help="空なら世帯全体のこと"
    )
    since: str | None = item("いつごろから", scope=Category.ISSUES)
    note: str | None = item("様子", scope=Category.ISSUES, lines=2)


@dataclass(frozen=True, kw_only=True)
class CareRow(Form, table="care_rows", title="家族のケア"):
    """家族のケア（ヤングケアラー、ダブルケア、老老介護など）"""

    carer: Ref | None = item(
        "ケアをしている人", scope=Category.ISSUES, ref="persons", required_at=Stage.DRAFT
    )
    cared_for: Ref | None = item("ケアを受けている人", scope=Category.ISSUES, ref="persons")
    what: str | None = item(
        "していること", scope=Category.HEALTH, lines=2, help="家事、身体の介護、見守り、通訳など"
    )
    hours: str | None = item("時間", scope=Category.ISSUES, help="例 平日3時間、休日6時間")
    schooling: str | None = item("学校・仕事への影響", scope=Category.SCHOOLING, lines=2)
    own_words: str | None = item("その人の言葉", scope=Category.ISSUES, lines=2)


@dataclass(frozen=True, kw_only=True)
class Assessment(Form, table="assessments", title="インテーク・アセスメントシート"):
    """インテーク・アセスメントシート"""

    case_id: int | None = link("cases")
    household_id: int | None = link("households")
    client_id: int | None = link("persons")

    assessed_on: date | None = item(
        "アセスメント日", section=HEAD, scope=NOT_PERSONAL, required_at=Stage.DRAFT
    )
    author: str | None = item("記入者", section=HEAD, scope=NOT_PERSONAL)
    consulted_before: YesNoUnknown | None = item("相談歴", section=HEAD, scope=Category.WELFARE_USE)
    consulted_where: str | None = item(
        "いつ・どこに",
        section=HEAD,
        scope=Category.WELFARE_USE,
        shown_if=("consulted_before", (YesNoUnknown.YES,)),
    )
    lives_with_others: YesNoUnknown | None = item(
        "同居者", section=HEAD, scope=Category.IDENTITY, reported=True
    )
    marital: Code | None = item("婚姻", section=HEAD, scope=Category.IDENTITY, codes="marital")
    dependants: int | None = item("扶養している子どもの数", section=HEAD, scope=Category.IDENTITY)
    housing: Code | None = item(
        "住居", section=LIVING, scope=Category.FINANCE, codes="housing", reported=True
    )
    health: Code | None = item("健康状態", section=LIVING, scope=Category.HEALTH, codes="health")
    certificates: tuple[Code, ...] | None = item(
        "障害者手帳など", section=LIVING, scope=Category.HEALTH, codes="certificate"
    )
    certificate_grade: str | None = item("等級・判定", section=LIVING, scope=Category.HEALTH)
    insurance: Code | None = item(
        "医療保険", section=LIVING, scope=Category.WELFARE_USE, codes="insurance"
    )
    care_level: Code | None = item(
        "介護認定", section=LIVING, scope=Category.HEALTH, codes="care_level"
    )
    health_note: str | None = item("通院・服薬など", section=LIVING, scope=Category.HEALTH, lines=2)
    income_sources: tuple[Code, ...] | None = item(
        "収入・公的給付", section=MONEY, scope=Category.FINANCE, codes="income_source"
    )
    client_income: int | None = item("本人の月収（円）", section=MONEY, scope=Category.FINANCE)
    household_income: int | None = item("世帯の月収（円）", section=MONEY, scope=Category.FINANCE)
    has_debt: YesNoUnknown | None = item("債務・滞納", section=MONEY, scope=Category.FINANCE)
    debts: tuple[Code, ...] | None = item(
        "債務・滞納の内容",
        section=MONEY,
        scope=Category.FINANCE,
        codes="debt",
        shown_if=("has_debt", (YesNoUnknown.YES,)),
    )
    employment: Code | None = item(
        "就労状況", section=WORK, scope=Category.FINANCE, codes="employment", reported=True
    )
    unemployed_for: Code | None = item(
        "直近の離職期間", section=WORK, scope=Category.FINANCE, codes="unemployed_for"
    )
    schooling: Code | None = item(
        "最終学歴・在学", section=WORK, scope=Category.SCHOOLING, codes="schooling"
    )
    schemes_used: str | None = item(
        "利用中の制度・関わる機関（担当・頻度）", section=WORK, scope=Category.WELFARE_USE, lines=3
    )
    marks: tuple[IssueMark, ...] = rows("課題と当てはまる人", IssueMark, section="課題と背景要因")
    cares: tuple[CareRow, ...] = rows("家族のケア", CareRow, section="家族のケア")
    strengths: str | None = item("本人・世帯の強み", section=VIEW, scope=Category.ISSUES, lines=3)
    wishes: str | None = item(
        "本人の希望", section=VIEW, scope=Category.ISSUES, lines=3, help="本人の言葉で"
    )
    outlook: str | None = item("支援者の見立て", section=VIEW, scope=OFFICE, lines=4)
    foreign_agency: Ref | None = item(
        "シートを出した機関", section=FOREIGN, scope=NOT_PERSONAL, ref="agencies"
    )
    foreign_title: str | None = item("シートの名前", section=FOREIGN, scope=NOT_PERSONAL)
    foreign_received_on: date | None = item("受け取った日", section=FOREIGN, scope=NOT_PERSONAL)
    foreign_file: str | None = item(
        "原本のありか",
        section=FOREIGN,
        scope=OFFICE,
        help="綴りの名前やファイルの場所。太枠の欄だけはこの様式に写します",
    )


@dataclass(frozen=True, kw_only=True)
class AssessmentRequest(Form, table="assessment_requests", title="アセスメント依頼"):
    """アセスメント依頼（世帯の状態の把握を機関に頼む）"""

    case_id: int | None = link("cases")
    assessment_id: int | None = link("assessments")

    agency: Ref | None = item(
        "頼む機関", section=ASKED, scope=NOT_PERSONAL, ref="agencies", required_at=Stage.DRAFT
    )
    whom: Ref | None = item(
        "だれについて", section=ASKED, scope=Category.ISSUES, ref="persons", help="空なら世帯全体"
    )
    what: str | None = item(
        "知りたいこと", section=ASKED, scope=Category.ISSUES, lines=3, required_at=Stage.DRAFT
    )
    ground: Code | None = item(
        "情報を渡す根拠",
        section=ASKED,
        scope=NOT_PERSONAL,
        codes="sharing_ground",
        required_at=Stage.DRAFT,
    )
    ground_reason: str | None = item("根拠の説明", section=ASKED, scope=OFFICE, lines=2)
    asked_by: str | None = item("頼んだ人・判断した人", section=ASKED, scope=NOT_PERSONAL)
    sent_on: date | None = item(
        "依頼した日", section=ASKED, scope=NOT_PERSONAL, required_at=Stage.DRAFT
    )
    due_on: date | None = item("回答の期限", section=ASKED, scope=NOT_PERSONAL)
    returned_on: date | None = item("回答の日", section=ANSWER, scope=NOT_PERSONAL)
    answered_by: str | None = item("回答した人", section=ANSWER, scope=NOT_PERSONAL)
    finding: str | None = item("分かったこと", section=ANSWER, scope=Category.ISSUES, lines=4)
    category: Category | None = item("内容の区分", section=ANSWER, scope=NOT_PERSONAL)
    refused_because: str | None = item("答えられない理由", section=ANSWER, scope=OFFICE, lines=2)
