"""地域づくり: places, what goes on there, who is helped to do it, and what the town lacks."""

from dataclasses import dataclass
from datetime import date

from jusou_nb.choices import NOT_PERSONAL, OFFICE, Choice
from jusou_nb.fields import Code, Form, Ref, Stage, Writing, item, link, rows

HELD = "開催"
CAME = "参加"
BECAME = "その後"


@dataclass(frozen=True, kw_only=True)
class Place(Form, table="places", title="居場所・拠点"):
    """居場所・拠点"""

    name: str | None = item("拠点の名前", scope=NOT_PERSONAL, required_at=Stage.DRAFT, unique=True)
    kinds: tuple[Code, ...] | None = item("種別", scope=NOT_PERSONAL, codes="place_kind")
    run_by: Ref | None = item("運営する機関", scope=NOT_PERSONAL, ref="agencies")
    address: str | None = item("所在地", scope=NOT_PERSONAL, writing=Writing.ADDRESS)
    open_when: str | None = item("開いている日・時間", scope=NOT_PERSONAL)
    open_to: str | None = item(
        "来てよい人", scope=NOT_PERSONAL, help="世代や属性を問わないなら「どなたでも」"
    )
    opened_on: date | None = item("開設日", scope=NOT_PERSONAL)
    closed_on: date | None = item("閉じた日", scope=NOT_PERSONAL)


class GatheringKind(Choice):
    """交流・参加・学びの機会 (seed 003)."""

    EXCHANGE = "exchange", "交流"
    JOINING = "joining", "参加"
    LEARNING = "learning", "学び"


@dataclass(frozen=True, kw_only=True)
class Turnout(Form, table="turnouts", title="参加者数"):
    """年代ごとの参加者数"""

    band: Code | None = item("年代", scope=NOT_PERSONAL, codes="age_band", required_at=Stage.DRAFT)
    count: int | None = item("人数", scope=NOT_PERSONAL, required_at=Stage.DRAFT)


@dataclass(frozen=True, kw_only=True)
class Gathering(Form, table="gatherings", title="地域の活動"):
    """地域の活動（一回ごと）"""

    name: str | None = item("活動の名前", section=HELD, scope=NOT_PERSONAL, required_at=Stage.DRAFT)
    held_on: date | None = item("開催日", section=HELD, scope=NOT_PERSONAL, required_at=Stage.DRAFT)
    place: Ref | None = item("拠点", section=HELD, scope=NOT_PERSONAL, ref="places")
    kind: GatheringKind | None = item("機会の種類", section=HELD, scope=NOT_PERSONAL)
    agencies: tuple[Ref, ...] | None = item(
        "参加した機関・団体", section=HELD, scope=NOT_PERSONAL, ref="agencies"
    )
    helpers: int | None = item("担い手の人数", section=CAME, scope=NOT_PERSONAL)
    turnouts: tuple[Turnout, ...] = rows("参加者数", Turnout, section=CAME)
    noticed: str | None = item(
        "気づいたこと", section=CAME, scope=OFFICE, lines=2, help="個人のことは「気になる世帯」へ"
    )


@dataclass(frozen=True, kw_only=True)
class CommunitySupport(Form, table="community_supports", title="地域支援の記録"):
    """地域支援の記録（団体・地域への支援。個別支援とは別に数える）"""

    supported_on: date | None = item("日", scope=NOT_PERSONAL, required_at=Stage.DRAFT)
    agency: Ref | None = item("支援した機関・団体", scope=NOT_PERSONAL, ref="agencies")
    place: Ref | None = item("拠点", scope=NOT_PERSONAL, ref="places")
    kind: Code | None = item(
        "支援の内容", scope=NOT_PERSONAL, codes="community_support", required_at=Stage.DRAFT
    )
    worker: str | None = item("担当", scope=NOT_PERSONAL)
    content: str | None = item("記録", scope=OFFICE, lines=3)


class GapState(Choice):
    """What became of a resource that was found missing."""

    OPEN = "open", "不足のまま"
    PUT_FORWARD = "put_forward", "代表者会議に出した"
    FILLED = "filled", "できた・見つかった"
    DECLINED = "declined", "見送った"


@dataclass(frozen=True, kw_only=True)
class ResourceGap(Form, table="resource_gaps", title="不足資源・地域課題"):
    """不足資源・地域課題（会議の④の役割から代表者会議へ）"""

    agenda_item_id: int | None = link("agenda_items")
    put_forward_id: int | None = link("conferences")

    raised_on: date | None = item("挙がった日", scope=NOT_PERSONAL, required_at=Stage.DRAFT)
    what: str | None = item(
        "足りないもの・地域の課題",
        scope=NOT_PERSONAL,
        lines=2,
        required_at=Stage.DRAFT,
        help="だれのことか分かる書き方はしないでください",
    )
    field: Code | None = item("分野", scope=NOT_PERSONAL, codes="field")
    area: str | None = item("地区", scope=NOT_PERSONAL)
    owner: Ref | None = item("担当する課・機関", scope=NOT_PERSONAL, ref="agencies")
    state: GapState | None = item(
        "状況", section=BECAME, scope=NOT_PERSONAL, required_at=Stage.DRAFT
    )
    answer_due: date | None = item("回答の期限", section=BECAME, scope=NOT_PERSONAL)
    became: str | None = item("どうなったか", section=BECAME, scope=NOT_PERSONAL, lines=2)
    settled_on: date | None = item("決まった日", section=BECAME, scope=NOT_PERSONAL)
    filled_by: Ref | None = item(
        "できた受入先・資源", section=BECAME, scope=NOT_PERSONAL, ref="hosts"
    )
