"""アウトリーチ: those who are not reached, every try, the visits planned, the rounds made."""

from dataclasses import dataclass
from datetime import date, datetime

from jusou_nb.choices import INFORMANT, NOT_PERSONAL, OFFICE, Category, Choice
from jusou_nb.fields import Code, Form, Ref, Stage, item, link

FOUND = "把握"
STAND = "関係の段階"
CARE = "注意すること"
AFTER = "戻ったあと"
END = "終わり"


class RelationStage(Choice):
    """関係の段階: how near the person has let us come; goes up and down."""

    UNKNOWN = "unknown", "まだ会えない"
    FAMILY = "family", "家族と話せる"
    WRITTEN = "written", "手紙・電話が届く"
    MET = "met", "本人と会えた"
    TALKS = "talks", "話ができる"
    TRUSTS = "trusts", "相談してくれる"
    AGREED = "agreed", "支援に同意した"
    LINKED = "linked", "機関・居場所とつながった"


class OutreachEnd(Choice):
    """Why the outreach ends; linked and stable is the aim (domain §2.5)."""

    LINKED_STABLE = "linked_stable", "つながって安定した"
    OTHER_HELP = "other_help", "ほかの支援に移った"
    MOVED = "moved", "転出"
    DEATH = "death", "死亡"
    WISH = "wish", "本人の意思"
    NOT_FOUND = "not_found", "居所が分からない"


@dataclass(frozen=True, kw_only=True)
class Outreach(Form, table="outreaches", title="アウトリーチ対象者票"):
    """アウトリーチの対象（氏名が分からなくても作れる）"""

    case_id: int | None = link("cases")
    household_id: int | None = link("households")
    client_id: int | None = link("persons")
    lead_id: int | None = link("leads")

    known_as: str | None = item(
        "呼び名",
        section=FOUND,
        scope=Category.IDENTITY,
        identifies=True,
        required_at=Stage.DRAFT,
        help="氏名が分からないときは「氏名不明（特徴）」",
    )
    found_on: date | None = item(
        "把握した日", section=FOUND, scope=NOT_PERSONAL, required_at=Stage.DRAFT
    )
    begun_on: date | None = item(
        "アウトリーチを始めた日", section=FOUND, scope=NOT_PERSONAL, required_at=Stage.DRAFT
    )
    found_through: Code | None = item(
        "把握の経路",
        section=FOUND,
        scope=INFORMANT,
        codes="finding_route",
        required_at=Stage.DRAFT,
    )
    found_how: str | None = item("把握のいきさつ", section=FOUND, scope=INFORMANT, lines=2)
    whereabouts: str | None = item("会える場所・時間", section=FOUND, scope=INFORMANT, lines=2)
    worker: str | None = item("アウトリーチの担当", section=FOUND, scope=NOT_PERSONAL)
    contractor: Ref | None = item("受託の機関", section=FOUND, scope=NOT_PERSONAL, ref="agencies")
    stage: RelationStage | None = item("関係の段階", section=STAND, scope=Category.ISSUES)
    first_met_on: date | None = item("はじめて会えた日", section=STAND, scope=NOT_PERSONAL)
    agreed_on: date | None = item("支援に同意した日", section=STAND, scope=NOT_PERSONAL)
    linked_on: date | None = item("つながった日", section=STAND, scope=NOT_PERSONAL)
    linked_to: Ref | None = item("つながった先", section=STAND, scope=NOT_PERSONAL, ref="agencies")
    contact_caution: str | None = item(
        "連絡上の注意", section=CARE, scope=OFFICE, lines=2, help="かけてよい時間、留守番電話など"
    )
    visit_caution: str | None = item(
        "訪問上の注意", section=CARE, scope=OFFICE, lines=2, help="犬、段差、同席させない人など"
    )
    two_needed: bool | None = item("二人で訪問する", section=CARE, scope=NOT_PERSONAL)
    ended_on: date | None = item("終わった日", section=END, scope=NOT_PERSONAL)
    ended_because: OutreachEnd | None = item("終わりの理由", section=END, scope=NOT_PERSONAL)
    end_note: str | None = item("終わりの説明", section=END, scope=OFFICE, lines=2)


class TryKind(Choice):
    """What a try was, and whether it reached anybody."""

    MET = "met", "本人と会えた"
    FAMILY_ONLY = "family_only", "家族とだけ会えた"
    NOBODY = "nobody", "会えなかった"
    ABSENCE_NOTE = "absence_note", "不在票を入れた"
    LETTER = "letter", "手紙"
    TELEPHONE = "telephone", "電話"
    MAIL = "mail", "メール"
    SNS = "sns", "SNS"
    ACCOMPANIED = "accompanied", "同行"

    @property
    def reaches_client(self) -> bool:
        """Whether the person was met."""
        return self in (TryKind.MET, TryKind.ACCOMPANIED)


@dataclass(frozen=True, kw_only=True)
class OutreachTry(Form, table="outreach_tries", title="アウトリーチの記録"):
    """アウトリーチの記録（一回ごと）"""

    outreach_id: int | None = link("outreaches")
    visit_id: int | None = link("visits")
    case_note_id: int | None = link("case_notes")

    tried_at: datetime | None = item("日時", scope=INFORMANT, required_at=Stage.DRAFT)
    kind: TryKind | None = item("結果", scope=NOT_PERSONAL, required_at=Stage.DRAFT)
    workers: str | None = item("行った人", scope=NOT_PERSONAL)
    stage: RelationStage | None = item(
        "いまの関係の段階",
        scope=Category.ISSUES,
        help="空なら結果から進みます。戻ったときは、戻った段階を選びます",
    )
    linked_to: Ref | None = item(
        "つながった先",
        scope=NOT_PERSONAL,
        ref="agencies",
        shown_if=("stage", (RelationStage.LINKED,)),
    )
    content: str | None = item("様子・話したこと", scope=OFFICE, lines=4)
    category: Category | None = item(
        "内容の区分",
        scope=NOT_PERSONAL,
        help="会議で共有するとき、どの区分にあたるか。空なら機関の資料に載りません",
    )
    next_action: str | None = item("次にすること", scope=NOT_PERSONAL)
    next_due: date | None = item("期限", scope=NOT_PERSONAL)


class VisitState(Choice):
    """Where a planned visit is."""

    PLANNED = "planned", "予定"
    OUT = "out", "外出中"
    BACK = "back", "戻った"
    CALLED_OFF = "called_off", "取りやめ"


@dataclass(frozen=True, kw_only=True)
class Visit(Form, table="visits", title="訪問予定"):
    """訪問予定と帰庁の確認"""

    outreach_id: int | None = link("outreaches")
    case_id: int | None = link("cases")

    planned_at: datetime | None = item("訪問する日時", scope=INFORMANT, required_at=Stage.DRAFT)
    worker: str | None = item("行く人", scope=NOT_PERSONAL, required_at=Stage.DRAFT)
    companion: str | None = item("いっしょに行く人", scope=NOT_PERSONAL)
    companion_agency: Ref | None = item("いっしょに行く機関", scope=NOT_PERSONAL, ref="agencies")
    two_needed: bool | None = item("二人で訪問する", scope=NOT_PERSONAL)
    destination: str | None = item(
        "行き先",
        scope=INFORMANT,
        help="空なら対象者票の「会える場所・時間」が入ります",
    )
    purpose: str | None = item("目的", scope=OFFICE, lines=2)
    back_by: datetime | None = item("戻る予定", scope=NOT_PERSONAL, required_at=Stage.DRAFT)
    state: VisitState | None = item("状況", scope=NOT_PERSONAL, required_at=Stage.DRAFT)
    left_at: datetime | None = item("出た時刻", section=AFTER, scope=NOT_PERSONAL)
    returned_at: datetime | None = item("戻った時刻", section=AFTER, scope=NOT_PERSONAL)
    called_off_because: str | None = item(
        "取りやめの理由",
        section=AFTER,
        scope=OFFICE,
        shown_if=("state", (VisitState.CALLED_OFF,)),
    )


@dataclass(frozen=True, kw_only=True)
class Round(Form, table="rounds", title="巡回・出張相談"):
    """巡回・出張相談"""

    held_on: date | None = item("実施日", scope=NOT_PERSONAL, required_at=Stage.DRAFT)
    venue: str | None = item("場所", scope=NOT_PERSONAL, required_at=Stage.DRAFT)
    hours: str | None = item("時間", scope=NOT_PERSONAL, help="例 10:00〜12:00")
    minutes: int | None = item(
        "実施時間（分）", scope=NOT_PERSONAL, help="空なら「時間」から計算します"
    )
    workers: str | None = item("行った人", scope=NOT_PERSONAL)
    agency: Ref | None = item("実施した機関", scope=NOT_PERSONAL, ref="agencies")
    spoken_to: int | None = item("声をかけた人数", scope=NOT_PERSONAL)
    consulted: int | None = item("相談を受けた人数", scope=NOT_PERSONAL)
    noticed: str | None = item("気づいたこと", scope=OFFICE, lines=3)
