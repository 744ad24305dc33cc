"""世帯と世帯員: who lives in the household, and who of them must not be found."""

from dataclasses import dataclass
from datetime import date

from jusou_nb.choices import INFORMANT, NOT_PERSONAL, Category
from jusou_nb.fields import Code, Form, item, rows
from jusou_nb.forms.person import Identity, Standing

__all__ = ["Household", "Person", "Standing"]

MASKING = "秘匿"


@dataclass(frozen=True, kw_only=True)
class Person(Identity, table="persons", title="世帯員"):
    """世帯員（本人を含む）"""

    is_masked: bool | None = item(
        "秘匿",
        section=MASKING,
        scope=NOT_PERSONAL,
        help="住所・電話・学校・勤務先をすべての資料と一覧から伏せます",
    )
    masked_because: str | None = item(
        "秘匿の理由",
        section=MASKING,
        scope=INFORMANT,
        ledger=False,
        lines=2,
        shown_if=("is_masked", (True,)),
    )
    unmasked_for: tuple[Code, ...] | None = item(
        "見てよい人",
        section=MASKING,
        scope=NOT_PERSONAL,
        codes="masking_reader",
        ledger=False,
        help="空なら担当だけ。議長用の控えにも載せません",
        shown_if=("is_masked", (True,)),
    )
    masked_by: str | None = item(
        "秘匿を付けた人",
        section=MASKING,
        scope=INFORMANT,
        ledger=False,
        shown_if=("is_masked", (True,)),
    )
    masked_on: date | None = item(
        "秘匿を付けた日",
        section=MASKING,
        scope=INFORMANT,
        ledger=False,
        shown_if=("is_masked", (True,)),
    )
    mask_confirmed_by: str | None = item(
        "二人目の確認者",
        section=MASKING,
        scope=INFORMANT,
        ledger=False,
        help="付けた人とは別の人が、翌開庁日までに確かめます",
        shown_if=("is_masked", (True,)),
    )
    mask_confirmed_on: date | None = item(
        "確認日", section=MASKING, scope=INFORMANT, ledger=False, shown_if=("is_masked", (True,))
    )
    unmask_asked_by: str | None = item(
        "解除を求めた人",
        section=MASKING,
        scope=INFORMANT,
        ledger=False,
        help="解除は二人で行います",
        shown_if=("is_masked", (True,)),
    )
    unmask_asked_on: date | None = item(
        "解除を求めた日",
        section=MASKING,
        scope=INFORMANT,
        ledger=False,
        shown_if=("is_masked", (True,)),
    )
    unmask_because: str | None = item(
        "解除の理由", section=MASKING, scope=INFORMANT, ledger=False, lines=2
    )
    unmasked_by: str | None = item(
        "解除を確かめた人",
        section=MASKING,
        scope=INFORMANT,
        ledger=False,
        shown_if=("is_masked", (False,)),
    )
    unmasked_on: date | None = item(
        "解除した日",
        section=MASKING,
        scope=INFORMANT,
        ledger=False,
        shown_if=("is_masked", (False,)),
    )
    has_address_protection: bool | None = item(
        "住民基本台帳の支援措置",
        section=MASKING,
        scope=INFORMANT,
        ledger=False,
        shown_if=("is_masked", (True,)),
    )
    protection_until: date | None = item(
        "支援措置の期限",
        section=MASKING,
        scope=INFORMANT,
        ledger=False,
        help="1か月前からお知らせします",
        shown_if=("has_address_protection", (True,)),
    )
    masked_until: date | None = item(
        "秘匿の見直し日",
        section=MASKING,
        scope=NOT_PERSONAL,
        ledger=False,
        help="過ぎても自動では解除されません",
        shown_if=("is_masked", (True,)),
    )
    is_opponent: bool | None = item(
        "秘匿の相手方",
        section=MASKING,
        scope=INFORMANT,
        ledger=False,
        help="この人に知られてはならない世帯員がいるとき",
    )
    guardian_not_asked: str | None = item(
        "親権者等に求めない・知らせない理由",
        section=MASKING,
        scope=INFORMANT,
        ledger=False,
        lines=2,
        help="子どもについて。虐待の疑い、利益相反など",
    )


@dataclass(frozen=True, kw_only=True)
class Household(Form, table="households", title="世帯"):
    """世帯"""

    size: int | None = item(
        "世帯人数",
        section="世帯",
        scope=Category.IDENTITY,
        reported=True,
        aliases=("世帯員数",),
        help="本人を含む",
    )
    household_type: Code | None = item(
        "世帯類型",
        section="世帯",
        scope=Category.IDENTITY,
        codes="household_type",
        reported=True,
    )
    living_note: str | None = item(
        "生活の実態",
        section="世帯",
        scope=Category.IDENTITY,
        lines=2,
        ledger=False,
        help="住民票と違うとき",
    )
    members: tuple[Person, ...] = rows(
        "世帯員", Person, section="世帯構成（1行目が本人）", first="本人"
    )

    @property
    def own_members(self) -> tuple[Person, ...]:
        """Those who live as one of the household; ``members`` holds the family map's others too."""
        return tuple(person for person in self.members if person.is_member)
