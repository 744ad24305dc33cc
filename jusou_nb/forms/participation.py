"""参加支援: places that take people in, a menu made to measure, the matching and its care."""

from dataclasses import dataclass
from datetime import date

from jusou_nb.choices import NOT_PERSONAL, OFFICE, Category, Choice
from jusou_nb.fields import Code, Form, Ref, Stage, Writing, item, link, rows

WHO = "受入先"
OFFER = "受け入れられること"
STAND = "状況"
WISH = "本人の希望"
MENU = "つくったメニュー"
RESULT = "結果"


class HostState(Choice):
    """How far a host has come."""

    APPROACHED = "approached", "開拓中"
    READY = "ready", "受け入れられる"
    PAUSED = "paused", "休止"
    ENDED = "ended", "終了"


@dataclass(frozen=True, kw_only=True)
class Host(Form, table="hosts", title="受入先・社会資源"):
    """受入先・社会資源"""

    name: str | None = item(
        "受入先の名前", section=WHO, scope=NOT_PERSONAL, required_at=Stage.DRAFT, unique=True
    )
    kind: Code | None = item("種別", section=WHO, scope=NOT_PERSONAL, codes="host_kind")
    agency: Ref | None = item("運営する機関", section=WHO, scope=NOT_PERSONAL, ref="agencies")
    address: str | None = item("所在地", section=WHO, scope=NOT_PERSONAL, writing=Writing.ADDRESS)
    telephone: str | None = item(
        "電話番号", section=WHO, scope=NOT_PERSONAL, writing=Writing.TELEPHONE
    )
    contact: str | None = item("窓口の人", section=WHO, scope=NOT_PERSONAL)
    activities: tuple[Code, ...] | None = item(
        "できること", section=OFFER, scope=NOT_PERSONAL, codes="participation_activity"
    )
    capacity: int | None = item("受け入れられる人数", section=OFFER, scope=NOT_PERSONAL)
    days: tuple[Code, ...] | None = item("曜日", section=OFFER, scope=NOT_PERSONAL, codes="weekday")
    accepts: tuple[Code, ...] | None = item(
        "配慮できること",
        section=OFFER,
        scope=NOT_PERSONAL,
        codes="participation_limit",
    )
    conditions: str | None = item("受け入れの条件", section=OFFER, scope=NOT_PERSONAL, lines=2)
    own_needs: str | None = item(
        "受入先が困っていること・望むこと", section=OFFER, scope=NOT_PERSONAL, lines=2
    )
    state: HostState | None = item(
        "状況", section=STAND, scope=NOT_PERSONAL, required_at=Stage.DRAFT
    )
    found_on: date | None = item("開拓を始めた日", section=STAND, scope=NOT_PERSONAL)
    ready_on: date | None = item("受け入れが決まった日", section=STAND, scope=NOT_PERSONAL)
    ended_on: date | None = item("終わった日", section=STAND, scope=NOT_PERSONAL)


@dataclass(frozen=True, kw_only=True)
class HostContact(Form, table="host_contacts", title="受入先への支援"):
    """受入先への支援・開拓の記録"""

    host_id: int | None = link("hosts")
    matching_id: int | None = link("matchings")

    contacted_on: date | None = item("日", scope=NOT_PERSONAL, required_at=Stage.DRAFT)
    purpose: Code | None = item(
        "目的", scope=NOT_PERSONAL, codes="host_contact", required_at=Stage.DRAFT
    )
    worker: str | None = item("担当", scope=NOT_PERSONAL)
    content: str | None = item("内容", scope=OFFICE, lines=3)
    next_due: date | None = item("次の連絡", scope=NOT_PERSONAL)


@dataclass(frozen=True, kw_only=True)
class ParticipationMenu(Form, table="participation_menus", title="参加支援メニュー"):
    """参加支援メニュー（本人の希望と、つくったメニュー）"""

    case_id: int | None = link("cases")
    client_id: int | None = link("persons")

    drawn_on: date | None = item(
        "作成日", section=WISH, scope=NOT_PERSONAL, required_at=Stage.DRAFT
    )
    worker: str | None = item("参加支援の担当", section=WISH, scope=NOT_PERSONAL)
    contractor: Ref | None = item("受託の機関", section=WISH, scope=NOT_PERSONAL, ref="agencies")
    wish: str | None = item(
        "やってみたいこと", section=WISH, scope=Category.ISSUES, lines=3, help="本人の言葉で"
    )
    activities: tuple[Code, ...] | None = item(
        "希望する活動", section=WISH, scope=Category.ISSUES, codes="participation_activity"
    )
    days: tuple[Code, ...] | None = item(
        "行ける曜日", section=WISH, scope=Category.ISSUES, codes="weekday"
    )
    limits: tuple[Code, ...] | None = item(
        "配慮がほしいこと", section=WISH, scope=Category.HEALTH, codes="participation_limit"
    )
    limits_note: str | None = item("配慮の説明", section=WISH, scope=Category.HEALTH, lines=2)
    gap: str | None = item(
        "既存の制度では届かないこと", section=MENU, scope=Category.WELFARE_USE, lines=2
    )
    menu: str | None = item("つくったメニュー", section=MENU, scope=Category.ISSUES, lines=3)
    ended_on: date | None = item("終わった日", section=MENU, scope=NOT_PERSONAL)
    ended_because: str | None = item("終わりの理由", section=MENU, scope=OFFICE, lines=2)


class MatchStage(Choice):
    """打診 → 見学 → 体験 → 参加 → 定着."""

    APPROACH = "approach", "打診"
    TOUR = "tour", "見学"
    TRIAL = "trial", "体験"
    JOINED = "joined", "参加"
    SETTLED_3 = "settled_3", "定着（3か月）"
    SETTLED_6 = "settled_6", "定着（6か月）"
    STOPPED = "stopped", "中止"

    @property
    def takes_part(self) -> bool:
        """Whether the person takes part in something there."""
        return self in (MatchStage.JOINED, MatchStage.SETTLED_3, MatchStage.SETTLED_6)


@dataclass(frozen=True, kw_only=True)
class MatchStep(Form, table="match_steps", title="マッチングの歩み"):
    """マッチングの一段"""

    stage: MatchStage | None = item("段階", scope=NOT_PERSONAL, required_at=Stage.DRAFT)
    reached_on: date | None = item("日", scope=NOT_PERSONAL, required_at=Stage.DRAFT)
    client_voice: str | None = item("本人の声", scope=Category.ISSUES, lines=2)
    host_voice: str | None = item("受入先の声", scope=OFFICE, lines=2)


@dataclass(frozen=True, kw_only=True)
class Matching(Form, table="matchings", title="マッチング"):
    """マッチング（本人と受入先）"""

    menu_id: int | None = link("participation_menus")
    case_id: int | None = link("cases")

    host: Ref | None = item(
        "受入先", scope=Category.WELFARE_USE, ref="hosts", required_at=Stage.DRAFT
    )
    chosen_because: str | None = item("選んだ理由", scope=Category.ISSUES, lines=2)
    days: tuple[Code, ...] | None = item(
        "行く曜日",
        scope=Category.ISSUES,
        codes="weekday",
        help="空なら、本人と受入先の両方に合う曜日が入ります",
    )
    told_host: tuple[Category, ...] | None = item(
        "受入先に伝えてよいこと", scope=NOT_PERSONAL, help="本人が選びます。空なら何も伝えません"
    )
    worker: str | None = item("担当", scope=NOT_PERSONAL)
    next_due: date | None = item("次に確かめる日", scope=NOT_PERSONAL)
    stage: MatchStage | None = item("いまの段階", section=RESULT, scope=NOT_PERSONAL)
    stopped_because: Code | None = item(
        "中止の理由",
        section=RESULT,
        scope=Category.ISSUES,
        codes="match_stop",
        required_at=Stage.DRAFT,
        shown_if=("stage", (MatchStage.STOPPED,)),
    )
    steps: tuple[MatchStep, ...] = rows("歩み", MatchStep, section="歩み")
