"""つなぐ・照会: not done until answered."""

from dataclasses import dataclass
from datetime import date

from jusou_nb.choices import NOT_PERSONAL, OFFICE, Category, Choice
from jusou_nb.fields import Code, Form, Ref, Stage, item, link

SLIP, INQUIRY = "つなぐシート", "照会文書"
"""The papers of a referral that go to its destination."""
SENT = "つなぐ"
ANSWER = "返事"


class ReferralAnswer(Choice):
    """What came of it."""

    SENT = "sent", "返事待ち"
    RECEIVED = "received", "受け取った"
    REFUSED = "refused", "受けられない"
    SETTLED = "settled", "つながった"


class AfterRefusal(Choice):
    """What is done with a person whom an agency did not take."""

    ANOTHER_AGENCY = "another_agency", "別の機関へつなぐ"
    NEXT_SITTING = "next_sitting", "次の会議にかける"
    OWN_DESK = "own_desk", "窓口で続ける"


_REFUSED = ("answer", (ReferralAnswer.REFUSED,))


@dataclass(frozen=True, kw_only=True)
class Referral(Form, table="referrals", title=SLIP):
    """つなぐシート（紹介・照会）"""

    household_id: int | None = link("households")
    client_id: int | None = link("persons")
    intake_id: int | None = link("intakes")
    batch_id: int | None = link("import_batches")

    kind: Code | None = item(
        "つなぐ・照会の別",
        section=SENT,
        scope=NOT_PERSONAL,
        codes="referral_kind",
        ledger=False,
        help="空ならつなぐ。照会は、相手に聞くこと",
    )
    destination: Ref | None = item(
        "つなぎ先",
        section=SENT,
        scope=NOT_PERSONAL,
        ref="agencies",
        required_at=Stage.DRAFT,
        reported=True,
        aliases=("紹介先",),
    )
    sent_on: date | None = item(
        "つないだ日", section=SENT, scope=NOT_PERSONAL, required_at=Stage.DRAFT, ledger=False
    )
    sent_by: str | None = item("つないだ人", section=SENT, scope=NOT_PERSONAL, ledger=False)
    ground: Code | None = item(
        "情報を渡す根拠",
        section=SENT,
        scope=NOT_PERSONAL,
        codes="sharing_ground",
        ledger=False,
        required_at=Stage.SHARED,
    )
    judged_by: str | None = item("判断した人", section=SENT, scope=NOT_PERSONAL, ledger=False)
    judged_on: date | None = item("判断した日", section=SENT, scope=NOT_PERSONAL, ledger=False)
    reason: str | None = item(
        "相談内容・紹介する理由", section=SENT, scope=Category.ISSUES, lines=4, ledger=False
    )
    shared_categories: tuple[Category, ...] | None = item(
        "紙で渡す情報",
        section=SENT,
        scope=NOT_PERSONAL,
        ledger=False,
        help="選んだ区分だけを紙に載せます。空なら、同意のときは同意の範囲、ほかの根拠のときは町の決まり",
    )
    text_reviewed_on: date | None = item(
        "文章を確かめた日",
        section=SENT,
        scope=NOT_PERSONAL,
        ledger=False,
        help="受付票の主訴と配慮の文章を読み直し、この機関に渡してよいと確かめた日。空なら載せません",
    )
    answer: ReferralAnswer | None = item(
        "結果", section=ANSWER, scope=NOT_PERSONAL, required_at=Stage.DRAFT, ledger=False
    )
    answered_on: date | None = item("返事の日", section=ANSWER, scope=NOT_PERSONAL, ledger=False)
    answer_note: str | None = item(
        "返事の内容・受けられない理由", section=ANSWER, scope=OFFICE, lines=3, ledger=False
    )
    answer_due: date | None = item("返事の期限", section=ANSWER, scope=NOT_PERSONAL, ledger=False)
    after_refusal: AfterRefusal | None = item(
        "受けられなかったときの次の一手",
        section=ANSWER,
        scope=NOT_PERSONAL,
        ledger=False,
        shown_if=_REFUSED,
    )
    after_refusal_on: date | None = item(
        "次の一手を決めた日", section=ANSWER, scope=NOT_PERSONAL, ledger=False, shown_if=_REFUSED
    )
