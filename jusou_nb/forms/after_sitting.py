"""After a sitting: copies come back, the questionnaire, what the representatives asked for."""

from dataclasses import dataclass
from datetime import date

from jusou_nb.choices import NOT_PERSONAL, OFFICE, Choice
from jusou_nb.fields import Code, Form, Ref, Stage, item, link


class RecallState(Choice):
    """Where a numbered copy is."""

    OUT = "out", "渡した"
    RETURNED = "returned", "回収した"
    SHREDDED = "shredded", "裁断・削除した"
    REPLACED = "replaced", "差し替えた"


@dataclass(frozen=True, kw_only=True)
class CopyRecall(Form, table="copy_recalls", title="資料回収確認"):
    """資料回収確認（一部ごと）"""

    conference_id: int | None = link("conferences")

    basis: Code | None = item(
        "法的根拠", scope=NOT_PERSONAL, codes="basis", required_at=Stage.DRAFT
    )
    agency: Ref | None = item("渡した機関", scope=NOT_PERSONAL, ref="agencies")
    copy_number: int | None = item("番", scope=NOT_PERSONAL, required_at=Stage.DRAFT)
    document_number: str | None = item("文書番号", scope=NOT_PERSONAL)
    state: RecallState | None = item("状況", scope=NOT_PERSONAL, required_at=Stage.DRAFT)
    settled_on: date | None = item("回収・裁断した日", scope=NOT_PERSONAL)


@dataclass(frozen=True, kw_only=True)
class Questionnaire(Form, table="questionnaires", title="会議後アンケート"):
    """会議後アンケート（記名式。会議体により無記名）"""

    conference_id: int | None = link("conferences")

    agency: Ref | None = item(
        "機関", scope=NOT_PERSONAL, ref="agencies", help="記名式の会議体では必ず書きます"
    )
    answered_by: str | None = item(
        "回答者", scope=NOT_PERSONAL, help="記名式の会議体では必ず書きます"
    )
    answered_on: date | None = item("回答日", scope=NOT_PERSONAL)
    helpful: str | None = item("役に立ったこと", scope=OFFICE, lines=3)
    hard: str | None = item("困ったこと・負担", scope=OFFICE, lines=3)
    next_time: str | None = item("次の会議に望むこと", scope=OFFICE, lines=3)


@dataclass(frozen=True, kw_only=True)
class Improvement(Form, table="improvements", title="改善事項"):
    """改善事項（代表者会議）"""

    conference_id: int | None = link("conferences")

    raised_on: date | None = item("出された日", scope=NOT_PERSONAL, required_at=Stage.DRAFT)
    what: str | None = item("改善すること", scope=NOT_PERSONAL, lines=3, required_at=Stage.DRAFT)
    owner: Ref | None = item("担当する課・機関", scope=NOT_PERSONAL, ref="agencies")
    answer_due: date | None = item("回答の期限", scope=NOT_PERSONAL)
    answer: str | None = item("翌年度の回答", scope=NOT_PERSONAL, lines=3)
    answered_on: date | None = item("回答日", scope=NOT_PERSONAL)
