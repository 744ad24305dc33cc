"""緊急対応 in one screen: works with no consent, household or assessment (domain rule 6)."""

from dataclasses import dataclass
from datetime import datetime

from jusou_nb.choices import INFORMANT, NOT_PERSONAL, OFFICE, Category
from jusou_nb.fields import Code, Form, Ref, Stage, item, link

WHAT = "起きたこと"
TOLD = "知らせた先と根拠"
NEXT = "次の確認"


@dataclass(frozen=True, kw_only=True)
class Emergency(Form, table="emergencies", title="緊急対応の記録"):
    """緊急対応の記録"""

    household_id: int | None = link("households")
    case_id: int | None = link("cases")
    agenda_item_id: int | None = link("agenda_items")

    happened_at: datetime | None = item(
        "日時", section=WHAT, scope=INFORMANT, required_at=Stage.DRAFT
    )
    who: str | None = item(
        "誰のこと",
        section=WHAT,
        scope=Category.IDENTITY,
        identifies=True,
        required_at=Stage.DRAFT,
        help="氏名が分からなければ特徴を書きます",
    )
    what: str | None = item(
        "何が起きたか", section=WHAT, scope=OFFICE, lines=4, required_at=Stage.DRAFT
    )
    done: str | None = item("行ったこと", section=WHAT, scope=OFFICE, lines=4)
    told: tuple[Ref, ...] | None = item(
        "情報を渡した機関", section=TOLD, scope=NOT_PERSONAL, ref="agencies"
    )
    ground: Code | None = item("根拠", section=TOLD, scope=NOT_PERSONAL, codes="sharing_ground")
    approved_by: str | None = item("承認した人（口頭決裁）", section=TOLD, scope=NOT_PERSONAL)
    approved_at: datetime | None = item("承認の日時", section=TOLD, scope=NOT_PERSONAL)
    next_check_at: datetime | None = item(
        "次に確かめる日時", section=NEXT, scope=NOT_PERSONAL, required_at=Stage.DRAFT
    )
    checked: str | None = item("確かめたこと", section=NEXT, scope=OFFICE, lines=2)
    checked_at: datetime | None = item("確かめた日時", section=NEXT, scope=NOT_PERSONAL)
