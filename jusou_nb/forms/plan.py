"""プラン兼事業等利用申込書: goals in the person's words, and who does what by when."""

from dataclasses import dataclass
from datetime import date

from jusou_nb.choices import NOT_PERSONAL, OFFICE, Category, Choice
from jusou_nb.fields import Code, Form, Ref, Stage, item, link, rows

HEAD = "プラン"
AIM = "意向と目標"
PERIOD = "期間"
CONSENT = "説明と申込"
DECIDED = "会議と支援決定"


class DoerKind(Choice):
    """Who does a row of the plan (domain rule 16)."""

    AGENCY = "agency", "機関"
    CLIENT = "client", "本人"
    FAMILY = "family", "家族"
    COMMUNITY = "community", "民生委員・地域"


class PlanState(Choice):
    """How far a plan has come."""

    DRAFT = "draft", "案"
    AGREED = "agreed", "了承"
    RETURNED = "returned", "差戻し"
    SUPERSEDED = "superseded", "再プランに引継ぎ"
    SUSPENDED = "suspended", "中断"

    @property
    def is_editable(self) -> bool:
        """Whether its text may still be changed; what was agreed is followed by a re-plan."""
        return self in (PlanState.DRAFT, PlanState.RETURNED)


_SUSPENDED = ("state", (PlanState.SUSPENDED,))


@dataclass(frozen=True, kw_only=True)
class Goal(Form, table="goals", title="目標"):
    """解決したい課題と短期目標"""

    issue: str | None = item(
        "解決したい課題", scope=Category.ISSUES, required_at=Stage.DRAFT, lines=2
    )
    aim: str | None = item("目標", scope=Category.ISSUES, lines=2)
    own_words: str | None = item("本人の言葉で", scope=Category.ISSUES, lines=2)


@dataclass(frozen=True, kw_only=True)
class IssueRow(Form, table="issue_rows", title="課題整理表"):
    """課題整理表の行"""

    issue: str | None = item("課題", scope=Category.ISSUES, lines=2, required_at=Stage.DRAFT)
    whose: str | None = item("誰の", scope=Category.IDENTITY, help="本人、長男、世帯など")
    background: str | None = item("背景", scope=Category.ISSUES, lines=2)
    present_help: str | None = item("今ある支え", scope=Category.WELFARE_USE, lines=2)
    lacking: str | None = item("足りないもの", scope=Category.ISSUES, lines=2)


@dataclass(frozen=True, kw_only=True)
class RoleAssignment(Form, table="role_assignments", title="役割分担"):
    """支援内容と役割分担"""

    what: str | None = item("実施すること", scope=Category.ISSUES, required_at=Stage.DRAFT, lines=2)
    doer: DoerKind | None = item("実施者", scope=NOT_PERSONAL, required_at=Stage.DRAFT)
    agency: Ref | None = item(
        "実施機関", scope=NOT_PERSONAL, ref="agencies", shown_if=("doer", (DoerKind.AGENCY,))
    )
    is_lead: bool | None = item("主担当", scope=NOT_PERSONAL)
    due_on: date | None = item("期限", scope=NOT_PERSONAL)
    frequency: str | None = item("頻度・期間", scope=NOT_PERSONAL, help="例 週1回、継続")
    review_on: date | None = item("見直し日", scope=NOT_PERSONAL)
    programme: Code | None = item("利用する事業", scope=Category.WELFARE_USE, codes="programme")
    goes_on: bool | None = item(
        "続けるかの返事", scope=NOT_PERSONAL, help="同意の撤回や中断のあと、各機関に聞きます"
    )


@dataclass(frozen=True, kw_only=True)
class SupportPlan(Form, table="plans", title="プラン兼事業等利用申込書"):
    """プラン兼事業等利用申込書"""

    case_id: int | None = link("cases")
    client_id: int | None = link("persons")
    agenda_item_id: int | None = link("agenda_items")
    previous_id: int | None = link("plans")
    batch_id: int | None = link("import_batches")

    drawn_on: date | None = item(
        "プラン作成日",
        section=HEAD,
        scope=NOT_PERSONAL,
        required_at=Stage.DRAFT,
        reported=True,
        aliases=("作成日",),
    )
    author: str | None = item("作成者", section=HEAD, scope=NOT_PERSONAL, ledger=False)
    sequence: int | None = item(
        "プラン回数",
        section=HEAD,
        scope=NOT_PERSONAL,
        ledger=False,
        help="1は初回、2からは再プラン",
    )
    state: PlanState | None = item(
        "状態", section=HEAD, scope=NOT_PERSONAL, required_at=Stage.DRAFT, ledger=False
    )
    lead_agency: Ref | None = item(
        "プランの主担当",
        section=HEAD,
        scope=NOT_PERSONAL,
        ref="agencies",
        required_at=Stage.SHARED,
        ledger=False,
    )
    lead_accepted_on: date | None = item(
        "主担当が引き受けた日", section=HEAD, scope=NOT_PERSONAL, ledger=False
    )
    client_wish: str | None = item(
        "本人・家族の意向",
        section=AIM,
        scope=Category.ISSUES,
        lines=3,
        required_at=Stage.SHARED,
        ledger=False,
    )
    long_goal: str | None = item(
        "長期目標", section=AIM, scope=Category.ISSUES, lines=2, ledger=False
    )
    plan_goal: str | None = item(
        "このプランの達成目標", section=AIM, scope=Category.ISSUES, lines=2, ledger=False
    )
    several_because: str | None = item(
        "多機関で支える理由", section=AIM, scope=Category.ISSUES, lines=2, ledger=False
    )
    client_voice: str | None = item(
        "本人の意見（子どもの声）", section=AIM, scope=Category.ISSUES, lines=3, ledger=False
    )
    issue_rows: tuple[IssueRow, ...] = rows("課題整理表", IssueRow, section="課題整理表")
    goals: tuple[Goal, ...] = rows("課題と目標", Goal, section="課題と目標（優先順）")
    roles: tuple[RoleAssignment, ...] = rows(
        "役割分担", RoleAssignment, section="支援内容と役割分担"
    )
    starts_on: date | None = item("プラン開始日", section=PERIOD, scope=NOT_PERSONAL, ledger=False)
    ends_on: date | None = item("プラン終了日", section=PERIOD, scope=NOT_PERSONAL, ledger=False)
    next_monitoring_on: date | None = item(
        "次回モニタリング", section=PERIOD, scope=NOT_PERSONAL, ledger=False
    )
    explained_on: date | None = item(
        "説明した日", section=CONSENT, scope=NOT_PERSONAL, ledger=False
    )
    signed_on: date | None = item(
        "同意・申込の署名日", section=CONSENT, scope=NOT_PERSONAL, ledger=False
    )
    outcome_on: date | None = item("了承日", section=DECIDED, scope=NOT_PERSONAL, ledger=False)
    decision_drafted_on: date | None = item(
        "支援決定 起案日", section=DECIDED, scope=NOT_PERSONAL, ledger=False
    )
    decided_on: date | None = item(
        "支援決定 決裁日", section=DECIDED, scope=NOT_PERSONAL, ledger=False
    )
    decided_by: str | None = item("専決者", section=DECIDED, scope=NOT_PERSONAL, ledger=False)
    support_starts_on: date | None = item(
        "支援開始日", section=DECIDED, scope=NOT_PERSONAL, ledger=False
    )
    suspended_on: date | None = item(
        "中断した日", section=DECIDED, scope=NOT_PERSONAL, ledger=False, shown_if=_SUSPENDED
    )
    suspended_because: str | None = item(
        "中断の理由", section=DECIDED, scope=OFFICE, lines=2, ledger=False, shown_if=_SUSPENDED
    )
    remarks: str | None = item("プランの備考", section=DECIDED, scope=OFFICE, lines=2, ledger=False)
