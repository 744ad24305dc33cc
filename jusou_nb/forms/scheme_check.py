"""既存制度の確認: what was tried before something of our own is used (domain rule 25)."""

from dataclasses import dataclass
from datetime import date

from jusou_nb.choices import NOT_PERSONAL, Category, Choice
from jusou_nb.fields import Form, Ref, Stage, item, link


class SchemeResult(Choice):
    """What came of trying an existing scheme."""

    IN_USE = "in_use", "利用している"
    TRIED = "tried", "申請したが届かなかった"
    NOT_ELIGIBLE = "not_eligible", "対象にならない"
    REFUSED = "refused", "本人が望まない"


_NOT_IN_USE = ("result", (SchemeResult.TRIED, SchemeResult.NOT_ELIGIBLE, SchemeResult.REFUSED))


@dataclass(frozen=True, kw_only=True)
class SchemeCheck(Form, table="scheme_checks", title="既存制度の確認"):
    """既存制度の確認"""

    case_id: int | None = link("cases")

    checked_on: date | None = item("確認日", scope=NOT_PERSONAL, required_at=Stage.DRAFT)
    scheme: str | None = item("制度・サービス", scope=Category.WELFARE_USE, required_at=Stage.DRAFT)
    agency: Ref | None = item("担当の機関", scope=NOT_PERSONAL, ref="agencies")
    result: SchemeResult | None = item("結果", scope=Category.WELFARE_USE, required_at=Stage.DRAFT)
    reason: str | None = item(
        "その理由",
        scope=Category.WELFARE_USE,
        lines=2,
        required_at=Stage.DRAFT,
        shown_if=_NOT_IN_USE,
    )
