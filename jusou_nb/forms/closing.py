"""月次締め: the figures of a month as they were reported, and what was put right later."""

from dataclasses import dataclass
from datetime import date

from jusou_nb.choices import NOT_PERSONAL, OFFICE
from jusou_nb.fields import Form, Stage, item, rows


@dataclass(frozen=True, kw_only=True)
class ClosedFigure(Form, table="closed_figures", title="締めた数"):
    """締めた数（一つの数え方ごと）"""

    code: str | None = item("数え方", scope=NOT_PERSONAL, required_at=Stage.DRAFT)
    label: str | None = item("名前", scope=NOT_PERSONAL)
    value: int | None = item("数", scope=NOT_PERSONAL, required_at=Stage.DRAFT)
    records: str | None = item("数えた記録の番号", scope=NOT_PERSONAL)


@dataclass(frozen=True, kw_only=True)
class FigureCorrection(Form, table="figure_corrections", title="訂正"):
    """訂正（前に締めた月の数が、そのあとの登録で変わったもの）"""

    month: str | None = item("訂正する月", scope=NOT_PERSONAL, required_at=Stage.DRAFT)
    code: str | None = item("数え方", scope=NOT_PERSONAL, required_at=Stage.DRAFT)
    label: str | None = item("名前", scope=NOT_PERSONAL)
    before: int | None = item("前回", scope=NOT_PERSONAL)
    after: int | None = item("今回", scope=NOT_PERSONAL)
    cause: str | None = item("訂正のわけ", scope=OFFICE, lines=2)
    records: str | None = item("数えた記録の番号", scope=NOT_PERSONAL)


@dataclass(frozen=True, kw_only=True)
class MonthlyClosing(Form, table="monthly_closings", title="月次締め"):
    """月次締め（報告した数を固める）"""

    month: str | None = item(
        "締めた月",
        scope=NOT_PERSONAL,
        required_at=Stage.DRAFT,
        unique=True,
        help="2026-10 の形",
    )
    closed_on: date | None = item("締めた日", scope=NOT_PERSONAL, required_at=Stage.DRAFT)
    closed_by: str | None = item("締めた人", scope=NOT_PERSONAL)
    upto: int | None = item("締めたときの変更の番号", scope=NOT_PERSONAL)
    remarks: str | None = item("所見", scope=OFFICE, lines=4, help="月報に載ります")
    figures: tuple[ClosedFigure, ...] = rows("締めた数", ClosedFigure, section="締めた数")
    corrections: tuple[FigureCorrection, ...] = rows(
        "訂正", FigureCorrection, section="前に締めた月の訂正"
    )
