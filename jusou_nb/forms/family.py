"""家族関係とつながり, 家族年表: enough to draw genogram and ecomap (``domain.md`` §5.7)."""

from dataclasses import dataclass
from datetime import date

from jusou_nb.choices import NOT_PERSONAL, OFFICE, Category, Choice
from jusou_nb.dates import PartialDate
from jusou_nb.fields import Code, Form, Ref, Stage, item, link, rows


class KinKind(Choice):
    """How one person stands to another; read as 「〈人〉は〈相手〉の…」."""

    PARENT = "parent", "親"
    ADOPTIVE_PARENT = "adoptive_parent", "養親"
    STEP_PARENT = "step_parent", "継親"
    SPOUSE = "spouse", "配偶者"
    PARTNER = "partner", "内縁・パートナー"
    SEPARATED = "separated", "別居中の配偶者"
    DIVORCED = "divorced", "離婚した相手"
    SIBLING = "sibling", "きょうだい"
    TWIN = "twin", "双子"

    @property
    def is_couple(self) -> bool:
        """Whether the two stand beside each other."""
        return self in _COUPLES

    @property
    def is_parent(self) -> bool:
        """Whether the first stands above the second."""
        return self in (KinKind.PARENT, KinKind.ADOPTIVE_PARENT, KinKind.STEP_PARENT)


_COUPLES = frozenset({KinKind.SPOUSE, KinKind.PARTNER, KinKind.SEPARATED, KinKind.DIVORCED})


class TieStrength(Choice):
    """How strong a tie is; drawn as thick, thin, dotted, zigzag and crossed line."""

    STRONG = "strong", "強い"
    NORMAL = "normal", "ふつう"
    WEAK = "weak", "弱い"
    STRESSED = "stressed", "対立・負担"
    BROKEN = "broken", "切れている"


class TieDirection(Choice):
    """Which way help or energy flows."""

    TO_HOUSEHOLD = "to_household", "相手から"
    FROM_HOUSEHOLD = "from_household", "相手へ"
    BOTH = "both", "互いに"


@dataclass(frozen=True, kw_only=True)
class Kinship(Form, table="kinships", title="続き柄"):
    """二人の続き柄"""

    person: Ref | None = item("人", scope=Category.IDENTITY, ref="persons", required_at=Stage.DRAFT)
    kind: KinKind | None = item("続き柄", scope=Category.IDENTITY, required_at=Stage.DRAFT)
    other: Ref | None = item(
        "相手", scope=Category.IDENTITY, ref="persons", required_at=Stage.DRAFT
    )
    note: str | None = item("覚え", scope=Category.IDENTITY, help="例 平成20年に離婚")


@dataclass(frozen=True, kw_only=True)
class Tie(Form, table="ties", title="つながり"):
    """機関・人とのつながり"""

    whose: Ref | None = item("だれの", scope=Category.ISSUES, ref="persons", help="空なら世帯全体")
    agency: Ref | None = item("機関", scope=Category.WELFARE_USE, ref="agencies")
    other: str | None = item(
        "機関でない相手", scope=Category.ISSUES, help="氏名は書かず、近所の人、友人のように"
    )
    strength: TieStrength | None = item("強さ", scope=Category.ISSUES, required_at=Stage.DRAFT)
    direction: TieDirection | None = item("向き", scope=Category.ISSUES)
    note: str | None = item("関わりの内容", scope=Category.WELFARE_USE)


@dataclass(frozen=True, kw_only=True)
class FamilyMap(Form, table="family_maps", title="家族関係とつながり"):
    """家族関係とつながり（ジェノグラム・エコマップのもと）"""

    household_id: int | None = link("households")

    drawn_on: date | None = item("確かめた日", scope=NOT_PERSONAL, required_at=Stage.DRAFT)
    author: str | None = item("記入者", scope=NOT_PERSONAL)
    kinships: tuple[Kinship, ...] = rows("続き柄", Kinship, section="続き柄")
    ties: tuple[Tie, ...] = rows("つながり", Tie, section="機関・人とのつながり")


@dataclass(frozen=True, kw_only=True)
class FamilyEvent(Form, table="family_events", title="家族年表"):
    """家族年表のできごと"""

    household_id: int | None = link("households")

    happened_on: PartialDate | None = item(
        "時期", scope=Category.ISSUES, required_at=Stage.DRAFT, help="年だけ、年と月だけでもよい"
    )
    what: str | None = item("できごと", scope=OFFICE, lines=2, required_at=Stage.DRAFT)
    whose: Ref | None = item("だれの", scope=Category.ISSUES, ref="persons", help="空なら世帯全体")
    category: Category | None = item(
        "内容の区分", scope=NOT_PERSONAL, help="会議で共有するとき、どの区分にあたるか"
    )
    held_by: Ref | None = item("情報を持つ機関", scope=NOT_PERSONAL, ref="agencies")
    learnt_on_basis: Code | None = item("知った場", scope=NOT_PERSONAL, codes="basis")
