"""開示請求への対応: whose records somebody asked to see, and what is decided of each."""

from dataclasses import dataclass
from datetime import date

from jusou_nb.choices import INFORMANT, NOT_PERSONAL, OFFICE, Choice
from jusou_nb.fields import Code, Form, Ref, Stage, item, link

ASKED = "請求"
SETTLED = "決定"


class Applicant(Choice):
    """Who asks."""

    CLIENT = "client", "本人"
    GUARDIAN = "guardian", "親権者・成年後見人（法定代理人）"
    AGENT = "agent", "本人が頼んだ代理人"


class Disclosure(Choice):
    """What is decided of a record."""

    OPEN = "open", "開示"
    PARTIAL = "partial", "部分開示"
    CLOSED = "closed", "不開示"
    UNTOLD = "untold", "存否を答えない"

    @property
    def wants_ground(self) -> bool:
        """Whether something is kept back, so that its ground is stated."""
        return self is not Disclosure.OPEN


@dataclass(frozen=True, kw_only=True)
class DisclosureRequest(Form, table="disclosure_requests", title="開示請求への対応"):
    """開示請求への対応（自己情報の開示）"""

    household_id: int | None = link("households")

    person: Ref | None = item(
        "だれの情報か",
        section=ASKED,
        scope=NOT_PERSONAL,
        ref="persons",
        required_at=Stage.DRAFT,
    )
    received_on: date | None = item(
        "請求を受けた日", section=ASKED, scope=NOT_PERSONAL, required_at=Stage.DRAFT
    )
    applicant: Applicant | None = item(
        "請求した人", section=ASKED, scope=NOT_PERSONAL, required_at=Stage.DRAFT
    )
    applicant_name: str | None = item(
        "代理人の氏名",
        section=ASKED,
        scope=OFFICE,
        shown_if=("applicant", (Applicant.GUARDIAN, Applicant.AGENT)),
    )
    covers: str | None = item("請求の内容", section=ASKED, scope=OFFICE, lines=2)
    due_on: date | None = item("決定の期限", section=ASKED, scope=NOT_PERSONAL)
    decided_on: date | None = item("決定した日", section=SETTLED, scope=NOT_PERSONAL)
    decided_by: str | None = item("決裁した人", section=SETTLED, scope=NOT_PERSONAL)
    handed_on: date | None = item("写しを渡した日", section=SETTLED, scope=NOT_PERSONAL)
    remarks: str | None = item("備考", section=SETTLED, scope=OFFICE, lines=2)


@dataclass(frozen=True, kw_only=True)
class DisclosureItem(Form, table="disclosure_items", title="開示・不開示の判断"):
    """一つの記録についての判断（候補はプログラムが挙げ、人が決める）"""

    disclosure_request_id: int | None = link("disclosure_requests")

    what: str | None = item("様式", scope=NOT_PERSONAL, required_at=Stage.DRAFT)
    record_id: int | None = item("記録の番号", scope=NOT_PERSONAL, required_at=Stage.DRAFT)
    candidates: str | None = item(
        "不開示の候補", scope=OFFICE, lines=3, help="記録から挙げた候補です。決めるのは担当です"
    )
    answer: Disclosure | None = item(
        "判断",
        scope=NOT_PERSONAL,
        required_at=Stage.DRAFT,
        help="決めるまで、候補のある欄はすべて黒塗りです",
    )
    grounds: tuple[Code, ...] | None = item(
        "不開示の理由", scope=NOT_PERSONAL, codes="nondisclosure_ground"
    )
    is_text_read: bool | None = item(
        "文章を読んで確かめた",
        scope=NOT_PERSONAL,
        help="「はい」にすると、文章の欄を下の言葉だけ黒塗りにして載せます",
        shown_if=("answer", (Disclosure.PARTIAL,)),
    )
    hidden_words: tuple[str, ...] | None = item(
        "文章の中で黒塗りにする言葉",
        scope=INFORMANT,
        help="一行に一つ。ほかの世帯員の氏名は、書かなくても黒塗りです",
        shown_if=("answer", (Disclosure.PARTIAL,)),
    )
    reason: str | None = item("判断の説明", scope=OFFICE, lines=2)
    judged_by: str | None = item("判断した人", scope=NOT_PERSONAL)
    judged_on: date | None = item("判断した日", scope=NOT_PERSONAL)
