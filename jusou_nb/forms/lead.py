"""気になる世帯: somebody noticed something; no 受付番号, not counted as 相談 (domain rule 23)."""

from dataclasses import dataclass
from datetime import date

from jusou_nb.choices import INFORMANT, NOT_PERSONAL, OFFICE, Category, Choice
from jusou_nb.fields import Form, Ref, Stage, item, link

SEEN = "気になったこと"
REVIEW = "見直し"


class LeadOutcome(Choice):
    """What became of it at its review."""

    WATCH = "watch", "見守りを続ける"
    RECEIVED = "received", "相談として受け付けた"
    DROPPED = "dropped", "記録を閉じた"


@dataclass(frozen=True, kw_only=True)
class Lead(Form, table="leads", title="気になる世帯"):
    """気になる世帯（受付の前）"""

    intake_id: int | None = link("intakes")
    round_id: int | None = link("rounds")

    noticed_on: date | None = item(
        "気づいた日", section=SEEN, scope=NOT_PERSONAL, required_at=Stage.DRAFT
    )
    place: str | None = item(
        "場所・目印", section=SEEN, scope=INFORMANT, lines=2, help="氏名が分からなくても残せます"
    )
    seen: str | None = item(
        "見聞きしたこと",
        section=SEEN,
        scope=Category.ISSUES,
        lines=4,
        required_at=Stage.DRAFT,
    )
    known_name: str | None = item(
        "分かっている氏名", section=SEEN, scope=Category.IDENTITY, identifies=True
    )
    source: str | None = item("知らせた人・きっかけ", section=SEEN, scope=INFORMANT)
    brought_by: Ref | None = item(
        "受け止めた機関", section=SEEN, scope=NOT_PERSONAL, ref="agencies"
    )
    review_on: date | None = item(
        "見直し日",
        section=REVIEW,
        scope=NOT_PERSONAL,
        help="空なら登録のときに、プロファイルの月数あとの日が入ります",
    )
    outcome: LeadOutcome | None = item("見直しの結果", section=REVIEW, scope=NOT_PERSONAL)
    outcome_on: date | None = item("見直した日", section=REVIEW, scope=NOT_PERSONAL)
    remarks: str | None = item(
        "見直しの覚え",
        section=REVIEW,
        scope=OFFICE,
        lines=2,
        help="記録を閉じるときは、その理由",
    )
