"""同意書: who agreed to what being shared with whom, from when, and how it was given.

Entries are never overwritten: a withdrawal is an entry of its own, whole or of some
categories and agencies.
"""

from dataclasses import dataclass
from datetime import date

from jusou_nb.choices import NOT_PERSONAL, OFFICE, Category, Choice
from jusou_nb.fields import Code, Form, Ref, Stage, item, link

GIVEN = "同意の内容"
SCOPE_OF = "共有してよい範囲"
MANNER = "確かめ方"
CONFIRMED = "範囲の確認"


class ConsentState(Choice):
    """Where the asking stands on the day of the entry."""

    ASKED = "asked", "説明した・返事待ち"
    GIVEN = "given", "同意あり", "あり", "有"
    REFUSED = "refused", "同意なし", "なし", "無"
    WITHDRAWN = "withdrawn", "撤回", "同意撤回"


class ConsentManner(Choice):
    """How it was given; oral consent waits for its paper (domain rule 11)."""

    WRITTEN = "written", "書面（自署）"
    BY_PROXY_HAND = "by_proxy_hand", "書面（代筆）"
    ORAL = "oral", "口頭"


@dataclass(frozen=True, kw_only=True)
class Consent(Form, table="consents", title="個人情報の共有に関する同意書"):
    """個人情報の共有に関する同意書"""

    person_id: int | None = link("persons")
    batch_id: int | None = link("import_batches")

    state: ConsentState | None = item(
        "本人同意",
        section=GIVEN,
        scope=NOT_PERSONAL,
        required_at=Stage.DRAFT,
        reported=True,
        aliases=("同意", "同意の有無"),
    )
    stated_on: date | None = item(
        "同意日",
        section=GIVEN,
        scope=NOT_PERSONAL,
        required_at=Stage.DRAFT,
        aliases=("同意年月日",),
        help="返事をもらった日（拒否・撤回もその日）",
    )
    given_by: Code | None = item(
        "同意した人", section=GIVEN, scope=NOT_PERSONAL, codes="consent_giver", ledger=False
    )
    giver_name: str | None = item(
        "同意した人の氏名",
        section=GIVEN,
        scope=OFFICE,
        ledger=False,
        help="本人のほかの人が同意したとき",
    )
    giver_powers: str | None = item(
        "代理権・同意権の範囲",
        section=GIVEN,
        scope=OFFICE,
        ledger=False,
        help="保佐人・補助人・任意後見人のとき",
    )
    child_explained: bool | None = item(
        "子ども本人への説明",
        section=GIVEN,
        scope=NOT_PERSONAL,
        ledger=False,
        help="親権者等の同意だけで足りる年齢でも、本人に分かる言葉で説明します",
    )
    expires_on: date | None = item(
        "有効期限",
        section=GIVEN,
        scope=NOT_PERSONAL,
        ledger=False,
        help="空なら期限なし。この日まで有効",
    )
    categories: tuple[Category, ...] | None = item(
        "共有してよい情報",
        section=SCOPE_OF,
        scope=NOT_PERSONAL,
        ledger=False,
        help="空は「範囲未確認」。機関の資料に載せられません",
        shown_if=("state", (ConsentState.GIVEN,)),
    )
    agencies: tuple[Ref, ...] | None = item(
        "共有してよい機関",
        section=SCOPE_OF,
        scope=NOT_PERSONAL,
        ref="agencies",
        ledger=False,
        help="空は「範囲未確認」",
        shown_if=("state", (ConsentState.GIVEN,)),
    )
    excluded_agencies: tuple[Ref, ...] | None = item(
        "知らせないでほしい機関",
        section=SCOPE_OF,
        scope=NOT_PERSONAL,
        ref="agencies",
        ledger=False,
    )
    withdrawn_categories: tuple[Category, ...] | None = item(
        "撤回する情報",
        section=SCOPE_OF,
        scope=NOT_PERSONAL,
        ledger=False,
        help="情報も機関も空なら、全部の撤回です。ここで選んだ情報は、どの機関にも知らせません",
        shown_if=("state", (ConsentState.WITHDRAWN,)),
    )
    withdrawn_agencies: tuple[Ref, ...] | None = item(
        "撤回する機関",
        section=SCOPE_OF,
        scope=NOT_PERSONAL,
        ref="agencies",
        ledger=False,
        help="ここで選んだ機関には、どの情報も知らせません",
        shown_if=("state", (ConsentState.WITHDRAWN,)),
    )
    manner: ConsentManner | None = item("方法", section=MANNER, scope=NOT_PERSONAL, ledger=False)
    stated_time: str | None = item(
        "聞いた時刻",
        section=MANNER,
        scope=NOT_PERSONAL,
        ledger=False,
        shown_if=("manner", (ConsentManner.ORAL,)),
    )
    explained_by: str | None = item("説明した人", section=MANNER, scope=NOT_PERSONAL, ledger=False)
    second_listener: str | None = item(
        "立会い・復唱で確認した人",
        section=MANNER,
        scope=NOT_PERSONAL,
        ledger=False,
        shown_if=("manner", (ConsentManner.ORAL, ConsentManner.BY_PROXY_HAND)),
    )
    proxy_name: str | None = item(
        "代筆した人",
        section=MANNER,
        scope=OFFICE,
        ledger=False,
        shown_if=("manner", (ConsentManner.BY_PROXY_HAND,)),
    )
    will_confirmed: str | None = item(
        "意思の確かめ方・代筆の理由",
        section=MANNER,
        scope=OFFICE,
        lines=2,
        ledger=False,
        shown_if=("manner", (ConsentManner.BY_PROXY_HAND,)),
    )
    deciding_support: str | None = item(
        "意思決定の支援（試みたこと）", section=MANNER, scope=OFFICE, lines=2, ledger=False
    )
    written_by: date | None = item(
        "書面をもらう期限",
        section=MANNER,
        scope=NOT_PERSONAL,
        ledger=False,
        shown_if=("manner", (ConsentManner.ORAL,)),
    )
    words: str | None = item(
        "本人の言葉・理由", section=MANNER, scope=OFFICE, lines=3, ledger=False
    )
    scope_confirmed_on: date | None = item(
        "範囲を確かめた日",
        section=CONFIRMED,
        scope=NOT_PERSONAL,
        ledger=False,
        help="取り込んだ同意の範囲を、あとから書面で確かめたとき",
    )
    scope_confirmed_by: str | None = item(
        "範囲を確かめた人", section=CONFIRMED, scope=NOT_PERSONAL, ledger=False
    )
