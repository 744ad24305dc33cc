"""電話メモ: what came by telephone, before anybody knows to which case it belongs."""

from dataclasses import dataclass
from datetime import date, datetime

from jusou_nb.choices import INFORMANT, NOT_PERSONAL, OFFICE, Category, Choice
from jusou_nb.fields import Form, Stage, Writing, item, link

CALL = "電話"
THEN = "そのあと"


class MemoOutcome(Choice):
    """What became of a memo; a blank box is: nobody has settled it yet."""

    ATTACHED = "attached", "支援経過に付けた"
    RECEIVED = "received", "相談として受け付けた"
    DONE = "done", "対応済み"


@dataclass(frozen=True, kw_only=True)
class PhoneMemo(Form, table="phone_memos", title="電話メモ"):
    """電話メモ（ケースを決める前の受電の控え）"""

    case_note_id: int | None = link("case_notes")
    intake_id: int | None = link("intakes")

    said: str | None = item(
        "話の内容",
        section=CALL,
        scope=OFFICE,
        lines=4,
        required_at=Stage.DRAFT,
        help="ここだけ書けば登録できます",
    )
    caller: str | None = item("かけてきた人", section=CALL, scope=INFORMANT)
    telephone: str | None = item(
        "折り返しの番号", section=CALL, scope=INFORMANT, writing=Writing.TELEPHONE
    )
    about: str | None = item("だれのこと", section=CALL, scope=Category.IDENTITY, identifies=True)
    to_do: str | None = item("すること", section=CALL, scope=OFFICE)
    call_back_by: date | None = item(
        "いつまでに", section=CALL, scope=NOT_PERSONAL, help="空なら、受けた日のうち"
    )
    called_at: datetime | None = item(
        "着信日時", section=CALL, scope=INFORMANT, required_at=Stage.DRAFT
    )
    taken_by: str | None = item("受けた人", section=CALL, scope=NOT_PERSONAL)
    outcome: MemoOutcome | None = item("どうしたか", section=THEN, scope=NOT_PERSONAL)
    outcome_on: date | None = item("片付けた日", section=THEN, scope=NOT_PERSONAL)
    outcome_reason: str | None = item(
        "対応済みとした理由",
        section=THEN,
        scope=OFFICE,
        lines=2,
        shown_if=("outcome", (MemoOutcome.DONE,)),
    )
