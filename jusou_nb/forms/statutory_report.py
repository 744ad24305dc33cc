"""通報・通告: to whom, when, by whom, how; never blocked by consent (domain rule 5)."""

from dataclasses import dataclass
from datetime import date, datetime

from jusou_nb.choices import INFORMANT, OFFICE, Choice
from jusou_nb.fields import Code, Form, Ref, item, link

JUDGED = "判断"
TOLD = "通報・通告"
COUNCIL = "要保護児童対策地域協議会"


class ReportState(Choice):
    """Whether it was made, is still open, or was judged not needed."""

    OPEN = "open", "未判断"
    REPORTED = "reported", "通告済"
    NOT_NEEDED = "not_needed", "通告不要"


_MADE = ("state", (ReportState.REPORTED,))
_NOT = ("state", (ReportState.NOT_NEEDED,))


@dataclass(frozen=True, kw_only=True)
class StatutoryReport(Form, table="statutory_reports", title="通報・通告の記録"):
    """通報・通告の記録"""

    intake_id: int | None = link("intakes")
    household_id: int | None = link("households")

    suspicion: Code | None = item("種別", section=JUDGED, scope=INFORMANT, codes="suspicion")
    noticed_at: datetime | None = item("知った日時", section=JUDGED, scope=INFORMANT)
    state: ReportState | None = item(
        "結果",
        section=JUDGED,
        scope=INFORMANT,
        help="空のままでも登録でき、未判断として残ります",
    )
    judged_by: str | None = item("判断した人", section=JUDGED, scope=INFORMANT)
    not_needed_because: str | None = item(
        "通告不要とした理由", section=JUDGED, scope=INFORMANT, lines=3, shown_if=_NOT
    )
    reported_to: Ref | None = item(
        "通報・通告先", section=TOLD, scope=INFORMANT, ref="agencies", shown_if=_MADE
    )
    reported_at: datetime | None = item(
        "通報・通告した日時", section=TOLD, scope=INFORMANT, shown_if=_MADE
    )
    reported_by: str | None = item(
        "通報・通告した人", section=TOLD, scope=INFORMANT, shown_if=_MADE
    )
    manner: str | None = item(
        "方法", section=TOLD, scope=INFORMANT, help="電話、来庁、文書など", shown_if=_MADE
    )
    reply: str | None = item("先方の返事", section=TOLD, scope=OFFICE, lines=3, shown_if=_MADE)
    council_number: str | None = item("要対協の番号", section=COUNCIL, scope=INFORMANT)
    council_contact: str | None = item("要対協の連絡先", section=COUNCIL, scope=INFORMANT)
    reviewed_on: date | None = item("その後を確かめた日", section=COUNCIL, scope=INFORMANT)
