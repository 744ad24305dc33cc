"""調査の結果 that were typed or imported, and 数の回答: what was told when somebody asked."""

from dataclasses import dataclass
from datetime import date

from jusou_nb.choices import NOT_PERSONAL, OFFICE
from jusou_nb.fields import Form, Stage, item


@dataclass(frozen=True, kw_only=True)
class SurveyResult(Form, table="survey_results", title="調査の結果"):
    """調査の結果（一つの設問の一つの答えごと。無記名の調査の数だけ）"""

    fiscal_year: int | None = item(
        "調査の年度", scope=NOT_PERSONAL, required_at=Stage.DRAFT, help="西暦で 2026 のように"
    )
    survey: str | None = item(
        "調査名", scope=NOT_PERSONAL, required_at=Stage.DRAFT, help="例 支援者アンケート"
    )
    question: str | None = item("設問", scope=NOT_PERSONAL, required_at=Stage.DRAFT)
    answer: str | None = item(
        "選んだ答え",
        scope=NOT_PERSONAL,
        required_at=Stage.DRAFT,
        help="自由記述は、だれのことか分かるので書かないでください",
    )
    people: int | None = item("選んだ人数", scope=NOT_PERSONAL, required_at=Stage.DRAFT)
    answered: int | None = item(
        "答えた人の数",
        scope=NOT_PERSONAL,
        required_at=Stage.DRAFT,
        help="この設問に答えた人の数",
    )
    source: str | None = item("調査の出典", scope=NOT_PERSONAL)


@dataclass(frozen=True, kw_only=True)
class FigureAnswer(Form, table="figure_answers", title="数の回答"):
    """数の回答（聞かれて答えた数。どの数え方で、いつの時点の数か）"""

    asked_on: date | None = item("答えた日", scope=NOT_PERSONAL, required_at=Stage.DRAFT)
    asked_by: str | None = item("聞いた人", scope=OFFICE)
    purpose: str | None = item("何に使うか", scope=OFFICE)
    is_outside: bool | None = item(
        "役所の外に出した", scope=NOT_PERSONAL, help="小さな数を x にして答えたもの"
    )
    indicator: str | None = item("数えた指標", scope=NOT_PERSONAL, required_at=Stage.DRAFT)
    divided_by: str | None = item("何で分けたか", scope=NOT_PERSONAL)
    first: date | None = item("数えた初めの日", scope=NOT_PERSONAL, required_at=Stage.DRAFT)
    last: date | None = item("数えた終わりの日", scope=NOT_PERSONAL, required_at=Stage.DRAFT)
    definition: str | None = item("答えたときの数え方", scope=NOT_PERSONAL, lines=3)
    as_of: int | None = item("答えたときの記録の番号", scope=NOT_PERSONAL)
    profile: int | None = item("答えたときの設定の番号", scope=NOT_PERSONAL)
    result: str | None = item("答えた数", scope=NOT_PERSONAL, lines=8)
