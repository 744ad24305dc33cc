"""終結・中断・引継ぎ: ends ask by their reason (domain rule 22)."""

from dataclasses import dataclass
from datetime import date

from jusou_nb.choices import NOT_PERSONAL, OFFICE, Category, Choice
from jusou_nb.fields import Code, Form, Ref, Stage, item, link

END = "終わり方"
DECIDED = "決めた場"
HAND = "主担当機関の受け入れ"
AFTER = "フォローアップ（定期連絡）"
AGAIN = "再開"


class EndingKind(Choice):
    """多機関協働の終結 is not the end of the household's support."""

    HANDOVER = "handover", "多機関協働の終結（主担当機関へ移行）"
    CLOSURE = "closure", "世帯の支援の終結"
    SUSPENSION = "suspension", "中断"


class Acceptance(Choice):
    """What the receiving agency said."""

    WAITING = "waiting", "返事待ち"
    ACCEPTED = "accepted", "受け入れた"
    RETURNED = "returned", "差戻し"


_RETURNED = ("acceptance", (Acceptance.RETURNED,))
_HANDOVER = ("kind", (EndingKind.HANDOVER,))


@dataclass(frozen=True, kw_only=True)
class Ending(Form, table="endings", title="終結・中断の記録"):
    """終結・中断の記録"""

    case_id: int | None = link("cases")
    agenda_item_id: int | None = link("agenda_items")

    kind: EndingKind | None = item("種別", section=END, scope=NOT_PERSONAL, required_at=Stage.DRAFT)
    ended_on: date | None = item(
        "終結・中断日", section=END, scope=NOT_PERSONAL, required_at=Stage.DRAFT
    )
    reason: Code | None = item(
        "理由", section=END, scope=NOT_PERSONAL, codes="closure_reason", required_at=Stage.DRAFT
    )
    explanation: str | None = item(
        "理由の説明", section=END, scope=OFFICE, lines=3, required_at=Stage.DRAFT
    )
    decided_at: Code | None = item(
        "決めた会議",
        section=DECIDED,
        scope=NOT_PERSONAL,
        codes="ending_forum",
        required_at=Stage.DRAFT,
    )
    approved_by: str | None = item("決裁した人", section=DECIDED, scope=NOT_PERSONAL)
    receiving_agency: Ref | None = item(
        "引き受ける機関", section=HAND, scope=NOT_PERSONAL, ref="agencies", shown_if=_HANDOVER
    )
    acceptance: Acceptance | None = item(
        "受け入れ", section=HAND, scope=NOT_PERSONAL, shown_if=_HANDOVER
    )
    acceptance_due: date | None = item(
        "返事の期限", section=HAND, scope=NOT_PERSONAL, shown_if=_HANDOVER
    )
    returned_because: str | None = item(
        "差戻しの理由", section=HAND, scope=OFFICE, lines=2, shown_if=_RETURNED
    )
    accepted_by: str | None = item(
        "受け入れた人",
        section=HAND,
        scope=NOT_PERSONAL,
        shown_if=_HANDOVER,
        help="差戻しのときは、返事をした人",
    )
    accepted_on: date | None = item(
        "受け入れた日",
        section=HAND,
        scope=NOT_PERSONAL,
        shown_if=_HANDOVER,
        help="差戻しのときは、返事の日",
    )
    moved_to: str | None = item(
        "転出先への引継ぎと根拠",
        section=HAND,
        scope=Category.WELFARE_USE,
        lines=2,
        help="転出のときに記入します",
    )
    check_in_by: str | None = item("定期連絡の担当", section=AFTER, scope=NOT_PERSONAL)
    check_in_every: str | None = item("頻度・方法", section=AFTER, scope=NOT_PERSONAL)
    check_in_until: date | None = item("定期連絡の終わり", section=AFTER, scope=NOT_PERSONAL)
    check_in_renewed_on: date | None = item(
        "定期連絡をのばした日", section=AFTER, scope=NOT_PERSONAL
    )
    check_in_renewed_because: str | None = item(
        "のばした理由", section=AFTER, scope=OFFICE, lines=2
    )
    check_in_finished_on: date | None = item(
        "定期連絡を終えた日", section=AFTER, scope=NOT_PERSONAL
    )
    check_in_finished_because: str | None = item(
        "定期連絡を終えた理由", section=AFTER, scope=OFFICE, lines=2
    )
    reopened_on: date | None = item("再開日", section=AGAIN, scope=NOT_PERSONAL)
    reopened_because: str | None = item("再開の理由", section=AGAIN, scope=OFFICE, lines=2)
