"""同意書: who agreed to what being shared with whom, from when, and how it was given."""

from dataclasses import dataclass
from datetime import date

from jusou_nb.choices import NOT_PERSONAL, OFFICE, Category, Choice
from jusou_nb.fields import Code, Form, Ref, Stage, item, link

GIVEN = "同意の内容"
SCOPE_OF = "共有してよい範囲"
MANNER = "確かめ方"


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
    manner: ConsentManner | None = item("方法", section=MANNER, scope=NOT_PERSONAL, ledger=False)
    explained_by: str | None = item("説明した人", section=MANNER, scope=NOT_PERSONAL, ledger=False)
    second_listener: str | None = item(
        "立会い・復唱で確認した人",
        section=MANNER,
        scope=NOT_PERSONAL,
        ledger=False,
        shown_if=("manner", (ConsentManner.ORAL, ConsentManner.BY_PROXY_HAND)),
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
