"""支援要請: an agency asks for 多機関協働, the second gate beside consent (domain rule 24)."""

from dataclasses import dataclass
from datetime import date

from jusou_nb.choices import NOT_PERSONAL, OFFICE, Category, Choice
from jusou_nb.fields import Form, Ref, Stage, item, link

ASKED = "要請"
ANSWER = "受理会議"


class RequestAnswer(Choice):
    """What the office said."""

    ACCEPTED = "accepted", "受理"
    ADVICE_ONLY = "advice_only", "助言のみ"
    RETURNED = "returned", "差戻し"


_ADVICE = ("answer", (RequestAnswer.ADVICE_ONLY, RequestAnswer.RETURNED))
_ACCEPTED = ("answer", (RequestAnswer.ACCEPTED,))


@dataclass(frozen=True, kw_only=True)
class SupportRequest(Form, table="support_requests", title="支援要請書"):
    """支援要請（多機関協働の依頼）"""

    household_id: int | None = link("households")
    client_id: int | None = link("persons")
    intake_id: int | None = link("intakes")

    requested_on: date | None = item(
        "要請日", section=ASKED, scope=NOT_PERSONAL, required_at=Stage.DRAFT
    )
    requested_by: Ref | None = item(
        "要請した機関",
        section=ASKED,
        scope=NOT_PERSONAL,
        ref="agencies",
        required_at=Stage.DRAFT,
    )
    is_nameless: bool | None = item(
        "氏名を出さない相談",
        section=ASKED,
        scope=NOT_PERSONAL,
        help="助言のみのときは氏名がなくても受けられます",
    )
    outline: str | None = item("世帯のあらまし", section=ASKED, scope=Category.ISSUES, lines=4)
    why_not_alone: str | None = item(
        "一つの機関では難しい理由",
        section=ASKED,
        scope=Category.ISSUES,
        lines=3,
        required_at=Stage.DRAFT,
    )
    schemes_tried: str | None = item(
        "試した制度・サービス", section=ASKED, scope=Category.WELFARE_USE, lines=3
    )
    hoped_for: str | None = item("求めること", section=ASKED, scope=NOT_PERSONAL, lines=2)
    answer: RequestAnswer | None = item("結果", section=ANSWER, scope=NOT_PERSONAL)
    answered_on: date | None = item("受理会議の日", section=ANSWER, scope=NOT_PERSONAL)
    coordinator: str | None = item(
        "主担当者",
        section=ANSWER,
        scope=NOT_PERSONAL,
        required_at=Stage.DRAFT,
        shown_if=_ACCEPTED,
    )
    deputy: str | None = item("副担当者", section=ANSWER, scope=NOT_PERSONAL, shown_if=_ACCEPTED)
    advice: str | None = item(
        "助言・差戻しの理由",
        section=ANSWER,
        scope=OFFICE,
        lines=4,
        required_at=Stage.DRAFT,
        shown_if=_ADVICE,
    )
