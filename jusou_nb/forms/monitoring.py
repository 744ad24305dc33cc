"""モニタリング: how each role of a plan goes, and when it is looked at next."""

from dataclasses import dataclass
from datetime import date

from jusou_nb.choices import NOT_PERSONAL, Category, Choice
from jusou_nb.fields import Code, Form, Ref, Stage, item, link, rows


class Progress(Choice):
    """How a role goes."""

    ON_TRACK = "on_track", "予定どおり"
    LATE = "late", "遅れている"
    STUCK = "stuck", "進まない"
    DONE = "done", "済んだ"


@dataclass(frozen=True, kw_only=True)
class RoleProgress(Form, table="role_progress", title="役割の進み具合"):
    """役割ごとの進み具合"""

    what: str | None = item("実施すること", scope=Category.ISSUES, required_at=Stage.DRAFT)
    agency: Ref | None = item("実施機関", scope=NOT_PERSONAL, ref="agencies")
    progress: Progress | None = item("進み具合", scope=NOT_PERSONAL, required_at=Stage.DRAFT)
    note: str | None = item("気づいたこと", scope=Category.ISSUES, lines=2)


@dataclass(frozen=True, kw_only=True)
class Monitoring(Form, table="monitorings", title="モニタリング"):
    """モニタリング"""

    plan_id: int | None = link("plans")
    case_id: int | None = link("cases")

    held_on: date | None = item("実施日", scope=NOT_PERSONAL, required_at=Stage.DRAFT)
    manner: Code | None = item("方法", scope=NOT_PERSONAL, codes="contact_manner")
    client_voice: str | None = item("本人・家族の声", scope=Category.ISSUES, lines=3)
    change: str | None = item("世帯の変化", scope=Category.ISSUES, lines=3)
    needs_replan: bool | None = item("プランの見直し", scope=NOT_PERSONAL, help="要るなら「はい」")
    next_on: date | None = item("次回のモニタリング日", scope=NOT_PERSONAL)
    roles: tuple[RoleProgress, ...] = rows(
        "役割の進み具合", RoleProgress, section="役割ごとの進み具合"
    )
