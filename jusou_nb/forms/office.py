"""The office: who works as what and since when, handing over, desks and schemes."""

from dataclasses import dataclass
from datetime import date

from jusou_nb.choices import NOT_PERSONAL, OFFICE, Choice
from jusou_nb.fields import Code, Form, Ref, Stage, Writing, item, link, rows


@dataclass(frozen=True, kw_only=True)
class WorkerRole(Form, table="worker_roles", title="担当者と役割"):
    """担当者の役割（兼務はふつうのこと）"""

    worker: str | None = item(
        "担当者", scope=NOT_PERSONAL, required_at=Stage.DRAFT, help="登録した氏名と同じ書き方で"
    )
    role: Code | None = item(
        "役割", scope=NOT_PERSONAL, codes="worker_role", required_at=Stage.DRAFT
    )
    programme: Code | None = item("事業", scope=NOT_PERSONAL, codes="five_programmes")
    agency: Ref | None = item("所属", scope=NOT_PERSONAL, ref="agencies")
    since: date | None = item("始まり", scope=NOT_PERSONAL, required_at=Stage.DRAFT)
    until: date | None = item("終わり", scope=NOT_PERSONAL, help="この日まで")


@dataclass(frozen=True, kw_only=True)
class HandedWork(Form, table="handed_works", title="引き継いだもの"):
    """引き継いだもの（どの記録のどの欄が、だれからだれへ）"""

    number: str | None = item("受付番号", scope=NOT_PERSONAL)
    what: str | None = item("様式", scope=NOT_PERSONAL, required_at=Stage.DRAFT)
    record_id: int | None = item("記録の番号", scope=NOT_PERSONAL, required_at=Stage.DRAFT)
    box: str | None = item("欄", scope=NOT_PERSONAL, required_at=Stage.DRAFT)
    before: str | None = item("前", scope=NOT_PERSONAL)
    after: str | None = item("後", scope=NOT_PERSONAL)
    saved_as: int | None = item("引継ぎのときの版", scope=NOT_PERSONAL)


@dataclass(frozen=True, kw_only=True)
class Succession(Form, table="successions", title="引継ぎ"):
    """引継ぎ（担当者の交代）"""

    leaving: str | None = item("引き継ぐ人", scope=NOT_PERSONAL, required_at=Stage.DRAFT)
    taking: str | None = item("引き受ける人", scope=NOT_PERSONAL, required_at=Stage.DRAFT)
    deputy: str | None = item("新しい副担当", scope=NOT_PERSONAL, help="空なら今の副担当のまま")
    handed_on: date | None = item("引継ぎの日", scope=NOT_PERSONAL, required_at=Stage.DRAFT)
    reason: str | None = item("理由", scope=OFFICE, required_at=Stage.DRAFT, help="例 人事異動")
    cases: int | None = item("引き継いだケースの数", scope=NOT_PERSONAL)
    works: tuple[HandedWork, ...] = rows("引き継いだもの", HandedWork, section="引き継いだもの")


@dataclass(frozen=True, kw_only=True)
class AgencyName(Form, table="agency_names", title="機関の名前の変更"):
    """機関の前の名前（古い資料は古い名前のまま）"""

    agency_id: int | None = link("agencies")

    name: str | None = item("前の名前", scope=NOT_PERSONAL, required_at=Stage.DRAFT)
    until: date | None = item("この名前の最後の日", scope=NOT_PERSONAL, required_at=Stage.DRAFT)


class ReachedBy(Choice):
    """How somebody comes to a desk or scheme."""

    VISIT = "visit", "窓口へ行く"
    TELEPHONE = "telephone", "電話"
    FORM = "form", "申請書"
    THROUGH_US = "through_us", "相談員を通して"


@dataclass(frozen=True, kw_only=True)
class SchemeStep(Form, table="scheme_steps", title="手続き"):
    """制度を使うまでの手続き"""

    what: str | None = item("すること", scope=NOT_PERSONAL, required_at=Stage.DRAFT)
    desk: Ref | None = item("どこで", scope=NOT_PERSONAL, ref="agencies")


@dataclass(frozen=True, kw_only=True)
class Scheme(Form, table="schemes", title="窓口・制度"):
    """窓口・制度の登録簿"""

    name: str | None = item("名前", scope=NOT_PERSONAL, required_at=Stage.DRAFT, unique=True)
    agency: Ref | None = item("担当の機関", scope=NOT_PERSONAL, ref="agencies")
    fields: tuple[Code, ...] | None = item("分野", scope=NOT_PERSONAL, codes="field")
    issues: tuple[Code, ...] | None = item("合う課題", scope=NOT_PERSONAL, codes="issue")
    for_whom: str | None = item("対象になる人", scope=NOT_PERSONAL, lines=2)
    conditions: str | None = item("条件", scope=NOT_PERSONAL, lines=2)
    reached_by: tuple[ReachedBy, ...] | None = item("使い方", scope=NOT_PERSONAL)
    open_when: str | None = item("受付の日・時間", scope=NOT_PERSONAL)
    telephone: str | None = item("電話番号", scope=NOT_PERSONAL, writing=Writing.TELEPHONE)
    confirmed_on: date | None = item(
        "内容を確かめた日", scope=NOT_PERSONAL, help="古くなったものを見つけるため"
    )
    ended_on: date | None = item("終わった日", scope=NOT_PERSONAL)
    steps: tuple[SchemeStep, ...] = rows("手続き", SchemeStep, section="手続き")
