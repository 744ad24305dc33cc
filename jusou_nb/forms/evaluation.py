"""評価シート: what changed, what remains, what comes next."""

from dataclasses import dataclass
from datetime import date

from jusou_nb.choices import NOT_PERSONAL, Category, Choice
from jusou_nb.fields import Code, Form, Stage, item, link


class Achievement(Choice):
    """How far the aims were reached."""

    REACHED = "reached", "達成"
    MOSTLY = "mostly", "概ね達成"
    PARTLY = "partly", "一部達成"
    NOT_REACHED = "not_reached", "未達成"


class NextStep(Choice):
    """What comes after the evaluation."""

    CLOSE = "close", "終結"
    REPLAN = "replan", "再プランして継続"
    SUSPEND = "suspend", "中断"


@dataclass(frozen=True, kw_only=True)
class Evaluation(Form, table="evaluations", title="評価シート"):
    """評価シート"""

    plan_id: int | None = link("plans")
    case_id: int | None = link("cases")
    agenda_item_id: int | None = link("agenda_items")

    evaluated_on: date | None = item("評価日", scope=NOT_PERSONAL, required_at=Stage.DRAFT)
    author: str | None = item("評価者", scope=NOT_PERSONAL)
    achievement: Achievement | None = item(
        "目標の達成状況", scope=NOT_PERSONAL, required_at=Stage.DRAFT
    )
    achievement_note: str | None = item("達成状況の説明", scope=Category.ISSUES, lines=3)
    changes: tuple[Code, ...] | None = item(
        "見られた変化",
        scope=Category.ISSUES,
        codes="change",
        reported=True,
        required_at=Stage.REPORTED,
    )
    remaining: str | None = item("残された課題", scope=Category.ISSUES, lines=3)
    next_step: NextStep | None = item(
        "次の段階", scope=NOT_PERSONAL, reported=True, required_at=Stage.DRAFT
    )
