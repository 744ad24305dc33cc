"""ケース: the accompaniment of one client of a household, and where it stands."""

from dataclasses import dataclass
from datetime import date

from jusou_nb.choices import NOT_PERSONAL, OFFICE, Choice
from jusou_nb.fields import Code, Form, Ref, Stage, item, link

STAND = "ケースの状況"


class CaseStatus(Choice):
    """段階: where a case stands."""

    INTAKE = "intake", "受付"
    ASSESSMENT = "assessment", "アセスメント"
    CONFERENCE = "conference", "支援会議"
    DRAFT_PLAN = "draft_plan", "プラン案"
    SUPPORT = "support", "支援中"
    CLOSED = "closed", "終結"
    SUSPENDED = "suspended", "中断"
    CHECK_IN = "check_in", "フォロー"

    @property
    def is_open(self) -> bool:
        """Whether it counts among the running cases."""
        return self not in (CaseStatus.CLOSED, CaseStatus.SUSPENDED, CaseStatus.CHECK_IN)


@dataclass(frozen=True, kw_only=True)
class Case(Form, table="cases", title="ケース"):
    """ケース"""

    household_id: int | None = link("households")
    client_id: int | None = link("persons")
    intake_id: int | None = link("intakes")
    batch_id: int | None = link("import_batches")

    status: CaseStatus | None = item(
        "段階", section=STAND, scope=NOT_PERSONAL, required_at=Stage.DRAFT, ledger=False
    )
    status_on: date | None = item(
        "段階が変わった日",
        section=STAND,
        scope=NOT_PERSONAL,
        required_at=Stage.DRAFT,
        ledger=False,
    )
    status_reason: str | None = item(
        "その理由", section=STAND, scope=OFFICE, required_at=Stage.DRAFT, lines=2, ledger=False
    )
    opened_on: date | None = item(
        "開始日", section=STAND, scope=NOT_PERSONAL, required_at=Stage.DRAFT, ledger=False
    )
    lead_agency: Ref | None = item(
        "主担当", section=STAND, scope=NOT_PERSONAL, ref="agencies", aliases=("主担当機関",)
    )
    coordinator: str | None = item("担当", section=STAND, scope=NOT_PERSONAL, ledger=False)
    deputy: str | None = item("副担当", section=STAND, scope=NOT_PERSONAL, ledger=False)
    excluded_agencies: tuple[Ref, ...] | None = item(
        "除外者（機関）",
        section=STAND,
        scope=OFFICE,
        ref="agencies",
        ledger=False,
        help="利害のある機関。呼ばず、資料も作りません",
    )
    closed_on: date | None = item(
        "終結・中断日",
        section=STAND,
        scope=NOT_PERSONAL,
        reported=True,
        ledger=False,
        shown_if=("status", (CaseStatus.CLOSED, CaseStatus.SUSPENDED, CaseStatus.CHECK_IN)),
    )
    closure_reason: Code | None = item(
        "終結の理由",
        section=STAND,
        scope=NOT_PERSONAL,
        codes="closure_reason",
        reported=True,
        ledger=False,
        shown_if=("status", (CaseStatus.CLOSED, CaseStatus.CHECK_IN)),
    )
