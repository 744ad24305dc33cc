"""事前シート: sent to an agency before the sitting; the answers are laid side by side."""

from dataclasses import dataclass
from datetime import date

from jusou_nb.choices import NOT_PERSONAL, Category, Choice
from jusou_nb.fields import Form, Ref, Stage, item, link

ASKED = "依頼"
ANSWER = "回答"


class SheetManner(Choice):
    """How the answer came."""

    RETURNED = "returned", "書面・データで届いた"
    HEARD = "heard", "聞き取った"


@dataclass(frozen=True, kw_only=True)
class PreparationSheet(Form, table="preparation_sheets", title="事前シート"):
    """事前シート（準備シート）"""

    agenda_item_id: int | None = link("agenda_items")

    agency: Ref | None = item(
        "機関", section=ASKED, scope=NOT_PERSONAL, ref="agencies", required_at=Stage.DRAFT
    )
    sent_on: date | None = item(
        "依頼した日", section=ASKED, scope=NOT_PERSONAL, required_at=Stage.DRAFT
    )
    due_on: date | None = item("提出の期限", section=ASKED, scope=NOT_PERSONAL)
    returned_on: date | None = item("回答の日", section=ANSWER, scope=NOT_PERSONAL)
    manner: SheetManner | None = item("回答の方法", section=ANSWER, scope=NOT_PERSONAL)
    answered_by: str | None = item("回答した人", section=ANSWER, scope=NOT_PERSONAL)
    heard_by: str | None = item(
        "聞き取った人",
        section=ANSWER,
        scope=NOT_PERSONAL,
        shown_if=("manner", (SheetManner.HEARD,)),
    )
    household_view: str | None = item(
        "把握している世帯像", section=ANSWER, scope=Category.ISSUES, lines=4
    )
    efforts: str | None = item(
        "現在の取り組み状況", section=ANSWER, scope=Category.WELFARE_USE, lines=3
    )
    wanted_agencies: str | None = item(
        "関わってもらいたい支援機関", section=ANSWER, scope=Category.ISSUES, lines=2
    )
    requests: str | None = item(
        "他部署へお願いしたいこと", section=ANSWER, scope=Category.ISSUES, lines=2
    )
