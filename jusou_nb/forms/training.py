"""研修・動画, and 気づきシート from windows that are no welfare desk (seed 004)."""

from dataclasses import dataclass
from datetime import date

from jusou_nb.choices import INFORMANT, NOT_PERSONAL, Category, Choice
from jusou_nb.fields import Form, Ref, Stage, item, link, rows

NOTICED = "気づき"
ANSWER = "返事"


class TrainingKind(Choice):
    """How a training is given."""

    MEETING = "meeting", "集合研修"
    IN_SITTING = "in_sitting", "会議の中での研修"
    VIDEO = "video", "動画の配信"
    ROLE_PLAY = "role_play", "ロールプレイング動画"


@dataclass(frozen=True, kw_only=True)
class TrainingAttendance(Form, table="training_attendances", title="研修の出席"):
    """研修の出席（部署ごと）"""

    agency: Ref | None = item(
        "部署・機関", scope=NOT_PERSONAL, ref="agencies", required_at=Stage.DRAFT
    )
    count: int | None = item("人数", scope=NOT_PERSONAL, required_at=Stage.DRAFT)


@dataclass(frozen=True, kw_only=True)
class Training(Form, table="trainings", title="研修・動画"):
    """研修・動画"""

    conference_id: int | None = link("conferences")

    name: str | None = item("研修の名前", scope=NOT_PERSONAL, required_at=Stage.DRAFT)
    kind: TrainingKind | None = item("方法", scope=NOT_PERSONAL, required_at=Stage.DRAFT)
    held_on: date | None = item("開催日・配信日", scope=NOT_PERSONAL, required_at=Stage.DRAFT)
    for_whom: str | None = item("対象", scope=NOT_PERSONAL, help="例 税・下水道の窓口の職員")
    teacher: str | None = item("講師", scope=NOT_PERSONAL)
    content: str | None = item("内容", scope=NOT_PERSONAL, lines=2)
    attendances: tuple[TrainingAttendance, ...] = rows(
        "出席・視聴", TrainingAttendance, section="出席・視聴"
    )


class SignAnswer(Choice):
    """What the office answered to the window."""

    RECEIVED = "received", "相談として受け付けた"
    WATCHING = "watching", "見守りを始めた"
    KNOWN = "known", "すでに関わっている"
    NO_NEED = "no_need", "今は関わらない"


@dataclass(frozen=True, kw_only=True)
class SignSheet(Form, table="sign_sheets", title="気づきシート"):
    """気づきシート（ほかの部局の窓口から）"""

    lead_id: int | None = link("leads")
    intake_id: int | None = link("intakes")

    sent_on: date | None = item(
        "届いた日", section=NOTICED, scope=NOT_PERSONAL, required_at=Stage.DRAFT
    )
    sent_by: Ref | None = item(
        "届けた部署",
        section=NOTICED,
        scope=INFORMANT,
        ref="agencies",
        required_at=Stage.DRAFT,
    )
    sender: str | None = item("届けた人", section=NOTICED, scope=INFORMANT)
    after_training: Ref | None = item(
        "きっかけになった研修", section=NOTICED, scope=NOT_PERSONAL, ref="trainings"
    )
    noticed: str | None = item(
        "気づいたこと",
        section=NOTICED,
        scope=Category.ISSUES,
        lines=3,
        required_at=Stage.DRAFT,
    )
    known_name: str | None = item(
        "分かっている氏名", section=NOTICED, scope=Category.IDENTITY, identifies=True
    )
    was_told: bool | None = item(
        "本人に案内した", section=NOTICED, scope=NOT_PERSONAL, help="窓口を知らせた、来所をすすめた"
    )
    answer: SignAnswer | None = item("返事", section=ANSWER, scope=NOT_PERSONAL)
    answered_on: date | None = item("返事の日", section=ANSWER, scope=NOT_PERSONAL)
    answer_text: str | None = item(
        "返事の言葉",
        section=ANSWER,
        scope=NOT_PERSONAL,
        lines=2,
        help="届けた部署に返す言葉。相談の中身は書かないでください",
    )
