"""支援関係機関: who takes part, who receives papers."""

from dataclasses import dataclass

from jusou_nb.choices import NOT_PERSONAL, Choice
from jusou_nb.fields import Code, Form, Stage, Writing, item


class Sector(Choice):
    """Decides which ground for sharing outside a sitting is needed (domain rule 4)."""

    OWN = "own", "庁内"
    PUBLIC = "public", "他の公的機関"
    PRIVATE = "private", "民間"


@dataclass(frozen=True, kw_only=True)
class Agency(Form, table="agencies", title="支援関係機関"):
    """支援関係機関"""

    name: str | None = item(
        "機関名", scope=NOT_PERSONAL, required_at=Stage.DRAFT, unique=True, aliases=("名称",)
    )
    kind: Code | None = item("種別", scope=NOT_PERSONAL, codes="agency_kind")
    sector: Sector | None = item("区分", scope=NOT_PERSONAL)
    aliases: tuple[str, ...] | None = item(
        "別の呼び方", scope=NOT_PERSONAL, lines=2, help="1行に1つ。台帳の取込みで使います"
    )
    telephone: str | None = item("代表電話", scope=NOT_PERSONAL, writing=Writing.TELEPHONE)
    municipality: str | None = item(
        "市町村", scope=NOT_PERSONAL, help="近隣の市町村の機関のとき", ledger=False
    )
    address: str | None = item("所在地", scope=NOT_PERSONAL, ledger=False, writing=Writing.ADDRESS)
    open_when: str | None = item("受付の日・時間", scope=NOT_PERSONAL, ledger=False)
    takes: str | None = item(
        "受けている相談", scope=NOT_PERSONAL, lines=2, ledger=False, help="窓口一覧に印刷します"
    )
