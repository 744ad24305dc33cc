"""支援経過記録: one contact, what was said, what comes next."""

from dataclasses import dataclass
from datetime import date, datetime

from jusou_nb.choices import INFORMANT, NOT_PERSONAL, OFFICE, Category
from jusou_nb.fields import Code, Form, Ref, Stage, item, link

CONTACT = "対応"
NEXT = "次の対応"
HANDLING = "情報の扱い"


@dataclass(frozen=True, kw_only=True)
class CaseNote(Form, table="case_notes", title="支援経過記録"):
    """支援経過記録"""

    case_id: int | None = link("cases")

    happened_at: datetime | None = item(
        "日時", section=CONTACT, scope=INFORMANT, required_at=Stage.DRAFT
    )
    author: str | None = item("記録者", section=CONTACT, scope=NOT_PERSONAL)
    counterpart: str | None = item("相手", section=CONTACT, scope=INFORMANT)
    manner: Code | None = item(
        "対応方法", section=CONTACT, scope=NOT_PERSONAL, codes="contact_manner"
    )
    content: str | None = item(
        "内容", section=CONTACT, scope=OFFICE, lines=8, required_at=Stage.DRAFT
    )
    next_action: str | None = item("次にすること", section=NEXT, scope=NOT_PERSONAL, lines=2)
    next_due: date | None = item("期限", section=NEXT, scope=NOT_PERSONAL)
    category: Category | None = item(
        "内容の区分",
        section=HANDLING,
        scope=NOT_PERSONAL,
        help="会議で共有するとき、どの区分にあたるか",
    )
    held_by: Ref | None = item(
        "情報を持つ機関", section=HANDLING, scope=NOT_PERSONAL, ref="agencies"
    )
    learnt_on_basis: Code | None = item(
        "知った場",
        section=HANDLING,
        scope=NOT_PERSONAL,
        codes="basis",
        help="会議で聞いたことは、同意で開く会議の資料に出しません",
    )
