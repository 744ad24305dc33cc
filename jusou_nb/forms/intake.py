"""相談受付・申込票, in its two variants: 本人同意あり and 本人同意なし."""

from dataclasses import dataclass
from datetime import date

from jusou_nb.choices import INFORMANT, NOT_PERSONAL, OFFICE, Category, Choice
from jusou_nb.fields import Code, Form, Ref, Stage, Writing, item, link

DESK = "受付"
INQUIRER = "来談者（本人以外のとき）"
CONTENT = "相談内容"
JUDGEMENT = "見立てと振り分け"
WITHOUT = "本人同意なしのとき"


class IntakeVariant(Choice):
    """Which of the two sheets was used (東大阪市 publishes both)."""

    WITH_CONSENT = "with_consent", "本人同意あり"
    WITHOUT_CONSENT = "without_consent", "本人同意なし"


_WITHOUT = ("variant", (IntakeVariant.WITHOUT_CONSENT,))


@dataclass(frozen=True, kw_only=True)
class Intake(Form, table="intakes", title="相談受付・申込票"):
    """相談受付・申込票"""

    household_id: int | None = link("households")
    client_id: int | None = link("persons")
    batch_id: int | None = link("import_batches")

    number: str | None = item(
        "受付番号",
        section=DESK,
        scope=NOT_PERSONAL,
        unique=True,
        aliases=("受付No", "ID", "番号"),
        help="空なら登録のときに付きます",
    )
    received_on: date | None = item(
        "相談受付日",
        section=DESK,
        scope=INFORMANT,
        required_at=Stage.DRAFT,
        reported=True,
        aliases=("受付日", "受付年月日"),
    )
    desk_level: Code | None = item(
        "一次・二次受付", section=DESK, scope=NOT_PERSONAL, codes="desk_level", ledger=False
    )
    received_at: Ref | None = item(
        "受付機関", section=DESK, scope=INFORMANT, ref="agencies", aliases=("受付窓口",)
    )
    received_by: str | None = item("受付者", section=DESK, scope=NOT_PERSONAL, ledger=False)
    route: Code | None = item(
        "相談経路",
        section=DESK,
        scope=INFORMANT,
        codes="route",
        reported=True,
        aliases=("経路",),
    )
    from_gathering: Ref | None = item(
        "きっかけになった地域の活動",
        section=DESK,
        scope=INFORMANT,
        ref="gatherings",
        ledger=False,
        help="地域づくりの場から届いた相談のとき",
    )
    variant: IntakeVariant | None = item(
        "様式", section=DESK, scope=NOT_PERSONAL, ledger=False, required_at=Stage.SHARED
    )
    inquirer_relation: Code | None = item(
        "来談者",
        section=INQUIRER,
        scope=INFORMANT,
        codes="inquirer",
        reported=True,
        help="本人との関係。資料には載りません",
    )
    inquirer_name: str | None = item(
        "来談者の氏名", section=INQUIRER, scope=INFORMANT, ledger=False
    )
    inquirer_telephone: str | None = item(
        "来談者の電話番号",
        section=INQUIRER,
        scope=INFORMANT,
        ledger=False,
        writing=Writing.TELEPHONE,
    )
    fields: tuple[Code, ...] | None = item(
        "分野", section=CONTENT, scope=Category.ISSUES, codes="field", reported=True, ledger=False
    )
    topics: tuple[Code, ...] | None = item(
        "相談内容", section=CONTENT, scope=Category.ISSUES, codes="topic", reported=True
    )
    main_topic: Code | None = item(
        "最も困っていること", section=CONTENT, scope=Category.ISSUES, codes="topic", ledger=False
    )
    issues: tuple[Code, ...] | None = item(
        "課題と背景要因",
        section=CONTENT,
        scope=Category.ISSUES,
        codes="issue",
        reported=True,
        aliases=("課題",),
    )
    presenting_problem: str | None = item(
        "主訴", section=CONTENT, scope=Category.ISSUES, lines=4, aliases=("主な訴え",)
    )
    detail: str | None = item(
        "具体的な内容", section=CONTENT, scope=Category.ISSUES, lines=6, ledger=False
    )
    considerations: str | None = item(
        "配慮を希望されること", section=CONTENT, scope=Category.ISSUES, lines=2, ledger=False
    )
    urgency: Code | None = item("緊急度", section=JUDGEMENT, scope=Category.ISSUES, codes="urgency")
    screening: Code | None = item(
        "スクリーニング結果",
        section=JUDGEMENT,
        scope=NOT_PERSONAL,
        codes="screening",
        reported=True,
    )
    no_consent_reason: str | None = item(
        "同意が得られない理由",
        section=WITHOUT,
        scope=Category.ISSUES,
        lines=3,
        ledger=False,
        shown_if=_WITHOUT,
    )
    client_awareness: Code | None = item(
        "本人の認識",
        section=WITHOUT,
        scope=NOT_PERSONAL,
        codes="awareness",
        ledger=False,
        shown_if=_WITHOUT,
    )
    information_source: str | None = item(
        "情報の出所", section=WITHOUT, scope=INFORMANT, lines=2, ledger=False, shown_if=_WITHOUT
    )
    is_in_danger: bool | None = item(
        "生命・身体の危険",
        section=WITHOUT,
        scope=Category.ISSUES,
        ledger=False,
        shown_if=_WITHOUT,
    )
    remarks: str | None = item(
        "備考", section=JUDGEMENT, scope=OFFICE, lines=2, help="窓口の控え。資料には載りません"
    )
    other_columns: str | None = item(
        "取込時の他の欄", section=JUDGEMENT, scope=OFFICE, lines=3, ledger=False
    )
    to_confirm: str | None = item("要確認", section=JUDGEMENT, scope=OFFICE, lines=3, ledger=False)
