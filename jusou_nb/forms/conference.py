"""会議: one sitting, its items each on a basis of its own, and what they decided."""

from dataclasses import dataclass
from datetime import date

from jusou_nb.choices import INFORMANT, NOT_PERSONAL, OFFICE, Category, Choice
from jusou_nb.fields import Code, Form, Ref, Stage, item, link, rows

SITTING = "開催"
ITEM = "案件"
RESULT = "結果"


class ConferenceState(Choice):
    """Whether the sitting is to come, was held, or was called off."""

    PLANNED = "planned", "予定"
    HELD = "held", "開催済"
    CANCELLED = "cancelled", "中止"


_CANCELLED = ("state", (ConferenceState.CANCELLED,))


class AgendaKind(Choice):
    """What an item is there for."""

    NEW = "new", "新規"
    CONTINUED = "continued", "継続"
    REVIEW = "review", "評価"
    CLOSURE = "closure", "終結"
    AFTER_THE_FACT = "after_the_fact", "事後報告"


class Identification(Choice):
    """How people are named on the papers; initials identify in a small town."""

    LETTERED = "lettered", "A氏・B氏"
    REAL = "real", "実名"


class Outcome(Choice):
    """What the sitting said to a plan or an item."""

    AGREED = "agreed", "了承"
    AGREED_AMENDED = "agreed_amended", "修正の上了承"
    RETURNED = "returned", "差戻し"
    HELD_OVER = "held_over", "保留"


@dataclass(frozen=True, kw_only=True)
class Attendee(Form, table="attendees", title="出席者"):
    """出席者"""

    agency: Ref | None = item("機関", scope=NOT_PERSONAL, ref="agencies", required_at=Stage.DRAFT)
    post: str | None = item("職", scope=NOT_PERSONAL)
    name: str | None = item("出席者名", scope=NOT_PERSONAL)
    is_deputy: bool | None = item("代理", scope=NOT_PERSONAL)
    confidentiality_explained_on: date | None = item("守秘の説明日", scope=NOT_PERSONAL)


@dataclass(frozen=True, kw_only=True)
class Conference(Form, table="conferences", title="会議"):
    """会議（開催回）"""

    batch_id: int | None = link("import_batches")

    body: Code | None = item(
        "会議体",
        section=SITTING,
        scope=NOT_PERSONAL,
        codes="body",
        required_at=Stage.DRAFT,
        ledger=False,
    )
    held_on: date | None = item(
        "会議日",
        section=SITTING,
        scope=NOT_PERSONAL,
        required_at=Stage.DRAFT,
        aliases=("開催日",),
    )
    hours: str | None = item(
        "時間", section=SITTING, scope=NOT_PERSONAL, help="例 13:30〜15:00", ledger=False
    )
    place: str | None = item("場所", section=SITTING, scope=NOT_PERSONAL, ledger=False)
    state: ConferenceState | None = item(
        "状況", section=SITTING, scope=NOT_PERSONAL, required_at=Stage.DRAFT, ledger=False
    )
    is_ad_hoc: bool | None = item("随時開催", section=SITTING, scope=NOT_PERSONAL, ledger=False)
    cancelled_because: str | None = item(
        "中止の理由", section=SITTING, scope=OFFICE, lines=2, ledger=False, shown_if=_CANCELLED
    )
    called: tuple[Ref, ...] | None = item(
        "呼ぶ機関",
        section=SITTING,
        scope=NOT_PERSONAL,
        ref="agencies",
        ledger=False,
        help="確定した機関ごとに資料を作ります。空のあいだは議長用・事務局控だけです",
    )
    attendees: tuple[Attendee, ...] = rows("出席者", Attendee, section="出席者")


@dataclass(frozen=True, kw_only=True)
class Decision(Form, table="decisions", title="決定事項"):
    """決定事項"""

    what: str | None = item("何を", scope=Category.ISSUES, lines=2, required_at=Stage.DRAFT)
    agency: Ref | None = item("誰が", scope=NOT_PERSONAL, ref="agencies")
    due_on: date | None = item("いつまで", scope=NOT_PERSONAL)
    progress: str | None = item("その後", scope=Category.ISSUES, lines=2)
    done_on: date | None = item("済んだ日", scope=NOT_PERSONAL)


class Presence(Choice):
    """Who sat at an item."""

    PRESENT = "present", "出席"
    DEPUTY = "deputy", "代理出席"
    AD_HOC = "ad_hoc", "会長指名（臨時）"
    CLIENT = "client", "本人・家族・代弁者"
    ABSENT = "absent", "欠席"


@dataclass(frozen=True, kw_only=True)
class ItemAttendance(Form, table="item_attendances", title="案件の出欠"):
    """案件ごとの出欠"""

    agency: Ref | None = item("機関", scope=NOT_PERSONAL, ref="agencies")
    name: str | None = item("出た人", scope=NOT_PERSONAL)
    presence: Presence | None = item("出欠", scope=NOT_PERSONAL, required_at=Stage.DRAFT)
    arrived: str | None = item("途中から（時刻）", scope=NOT_PERSONAL)
    left: str | None = item("途中まで（時刻）", scope=NOT_PERSONAL)


class AgreementAnswer(Choice):
    """Agreement, not votes (domain rule 17)."""

    AGREED = "agreed", "了承"
    CONDITIONAL = "conditional", "条件付き"
    TAKEN_BACK = "taken_back", "持ち帰り"


@dataclass(frozen=True, kw_only=True)
class Agreement(Form, table="agreements", title="各機関の了承"):
    """各機関の了承"""

    agency: Ref | None = item("機関", scope=NOT_PERSONAL, ref="agencies", required_at=Stage.DRAFT)
    answer: AgreementAnswer | None = item("返事", scope=NOT_PERSONAL, required_at=Stage.DRAFT)
    condition: str | None = item("条件・持ち帰ること", scope=OFFICE, lines=2)
    due_on: date | None = item("返事の期限", scope=NOT_PERSONAL)
    answered_on: date | None = item("返事の日", scope=NOT_PERSONAL)


@dataclass(frozen=True, kw_only=True)
class DirectionRow(Form, table="direction_rows", title="支援方針・役割分担"):
    """支援方針・役割分担表の行（支援会議。プランとは呼ばない）"""

    what: str | None = item("何をする", scope=Category.ISSUES, lines=2, required_at=Stage.DRAFT)
    agency: Ref | None = item("誰が", scope=NOT_PERSONAL, ref="agencies")
    other_doer: str | None = item(
        "誰が（機関でないとき）", scope=Category.IDENTITY, help="氏名は書かず、家族のように書きます"
    )
    due_on: date | None = item("いつまで", scope=NOT_PERSONAL)
    review_on: date | None = item("見直し日", scope=NOT_PERSONAL)
    progress: str | None = item("その後", scope=Category.ISSUES, lines=2)
    done_on: date | None = item("済んだ日", scope=NOT_PERSONAL)


@dataclass(frozen=True, kw_only=True)
class AgendaItem(Form, table="agenda_items", title="案件"):
    """案件"""

    conference_id: int | None = link("conferences")
    case_id: int | None = link("cases")
    client_id: int | None = link("persons")
    batch_id: int | None = link("import_batches")

    place_in_order: int | None = item("案件番号", section=ITEM, scope=NOT_PERSONAL, ledger=False)
    basis: Code | None = item(
        "法的根拠",
        section=ITEM,
        scope=NOT_PERSONAL,
        codes="basis",
        required_at=Stage.DRAFT,
        aliases=("会議",),
    )
    kind: AgendaKind | None = item("種別", section=ITEM, scope=NOT_PERSONAL, ledger=False)
    topic: str | None = item(
        "議題・研修の名前", section=ITEM, scope=NOT_PERSONAL, lines=2, ledger=False
    )
    submitted_by: Ref | None = item(
        "提出機関", section=ITEM, scope=INFORMANT, ref="agencies", ledger=False
    )
    question: str | None = item(
        "検討したいこと",
        section=ITEM,
        scope=Category.ISSUES,
        lines=3,
        required_at=Stage.SHARED,
        ledger=False,
    )
    identification: Identification | None = item(
        "氏名の表し方", section=ITEM, scope=NOT_PERSONAL, ledger=False
    )
    shared_categories: tuple[Category, ...] | None = item(
        "この案件で共有する情報",
        section=ITEM,
        scope=NOT_PERSONAL,
        ledger=False,
        help="同意のいらない会議では、ここで選んだものだけを載せます",
    )
    called: tuple[Ref, ...] | None = item(
        "この案件だけに呼ぶ機関",
        section=ITEM,
        scope=NOT_PERSONAL,
        ref="agencies",
        ledger=False,
        help="空なら、会議に呼ぶ機関すべて",
    )
    text_reviewed_on: date | None = item(
        "文章を確かめた日",
        section=ITEM,
        scope=NOT_PERSONAL,
        ledger=False,
        help="同意で開く案件では、確かめるまで主訴などの文章を載せません",
    )
    discussion: str | None = item("発言の要旨", section=RESULT, scope=OFFICE, lines=6, ledger=False)
    outcome: Outcome | None = item("結果", section=RESULT, scope=NOT_PERSONAL, ledger=False)
    next_on: date | None = item("次回", section=RESULT, scope=NOT_PERSONAL, ledger=False)
    missing_resources: str | None = item(
        "不足する社会資源", section=RESULT, scope=OFFICE, lines=2, ledger=False
    )
    summing_up: str | None = item(
        "議長のまとめ", section=RESULT, scope=OFFICE, lines=3, ledger=False
    )
    lead_agency: Ref | None = item(
        "主担当に決まった機関", section=RESULT, scope=NOT_PERSONAL, ref="agencies", ledger=False
    )
    approved_after_on: date | None = item(
        "事後承認の日", section=RESULT, scope=NOT_PERSONAL, ledger=False
    )
    attendances: tuple[ItemAttendance, ...] = rows("出欠", ItemAttendance, section="この案件の出欠")
    directions: tuple[DirectionRow, ...] = rows(
        "支援方針・役割分担", DirectionRow, section="支援方針・役割分担表"
    )
    agreements: tuple[Agreement, ...] = rows("各機関の了承", Agreement, section="各機関の了承")
    decisions: tuple[Decision, ...] = rows("決定事項", Decision, section="決定事項")
