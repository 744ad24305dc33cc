"""移行の一覧: facts heard at a 支援会議, and what may be done with each (domain rule 2)."""

from dataclasses import dataclass
from datetime import date

from jusou_nb.choices import NOT_PERSONAL, OFFICE, Category, Choice
from jusou_nb.fields import Code, Form, Ref, Stage, item, link


class Release(Choice):
    """What may be done with a fact on papers that need consent."""

    OPEN = "open", "未回答"
    RELEASE = "release", "出す"
    WITHHOLD = "withhold", "伏せる"
    HEARD_AGAIN = "heard_again", "本人から再聴取済"

    @property
    def may_be_printed(self) -> bool:
        """Whether it may stand on a paper of a basis that needs consent."""
        return self in (Release.RELEASE, Release.HEARD_AGAIN)


class FactSort(Choice):
    """What sort of fact it is; but for the first sort none leaves the basis it was heard on."""

    OF_CLIENT = "of_client", "本人のこと"
    OF_OTHER = "of_other", "ほかの世帯員のこと"
    VIEW = "view", "会議での意見・見立て"
    INFORMANT = "informant", "情報源にかかわること"

    @property
    def may_be_released(self) -> bool:
        """Whether an agency's word can put it on a paper that needs consent."""
        return self is FactSort.OF_CLIENT


@dataclass(frozen=True, kw_only=True)
class Provenance(Form, table="provenances", title="移行の一覧"):
    """移行の一覧（事実と出所）"""

    case_id: int | None = link("cases")
    agenda_item_id: int | None = link("agenda_items")
    case_note_id: int | None = link("case_notes")
    decision_id: int | None = link("decisions")
    direction_id: int | None = link("direction_rows")

    heard_on_basis: Code | None = item(
        "知った場", scope=NOT_PERSONAL, codes="basis", required_at=Stage.DRAFT
    )
    fact: str | None = item("事実", scope=OFFICE, lines=2, required_at=Stage.DRAFT)
    sort: FactSort | None = item("事実の種類", scope=NOT_PERSONAL, required_at=Stage.DRAFT)
    category: Category | None = item("区分", scope=NOT_PERSONAL, help="「出す」には区分が要ります")
    held_by: Ref | None = item(
        "情報を持つ機関",
        scope=NOT_PERSONAL,
        ref="agencies",
        help="この機関に、出してよいかを聞きます",
    )
    box: str | None = item("もとの欄", scope=NOT_PERSONAL, help="記録のどの欄に書いたことか")
    change_seq: int | None = item(
        "変更の番号", scope=NOT_PERSONAL, help="いつ・だれが書いたかを、この番号の記録が示します"
    )
    release: Release | None = item("扱い", scope=NOT_PERSONAL, required_at=Stage.DRAFT)
    reason: str | None = item("理由", scope=OFFICE, lines=2)
    answered_on: date | None = item("回答日", scope=NOT_PERSONAL)
