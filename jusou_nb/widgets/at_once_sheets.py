"""The sheets of いま会議を開く: who it is about where nobody knows, and the sitting itself."""

from dataclasses import dataclass
from datetime import date

from jusou_nb.choices import INFORMANT, NOT_PERSONAL, Category
from jusou_nb.fields import Code, Form, Ref, Stage, item

WORD, CASE, EMERGENCY, LEAD = "word", "case", "emergency", "lead"
CAUSES = (WORD, CASE, EMERGENCY, LEAD)
"""What a sitting is called for; a draft names it by its place here."""
NAMELESS = "氏名不明"


@dataclass(frozen=True, kw_only=True)
class FirstWord(Form, table="first_words", title="いま開く会議"):
    """What is known of somebody of whom the office hears for the first time."""

    name: str | None = item(
        "だれのこと（氏名）",
        scope=Category.IDENTITY,
        identifies=True,
        help="分からなければ空のまま。「氏名不明」で受け付けます",
    )
    marks: str | None = item(
        "氏名が分からないときの特徴", scope=Category.IDENTITY, help="例 公園で寝泊まりする男性"
    )
    told: str | None = item(
        "分かっていること", scope=Category.ISSUES, lines=3, required_at=Stage.DRAFT
    )
    source: str | None = item("知らせた人・きっかけ", scope=INFORMANT)


@dataclass(frozen=True, kw_only=True)
class Now(Form, table="sittings_now", title="いま開く会議"):
    """A sitting called at once: on which basis, when and where, what to settle, with whom."""

    basis: Code | None = item(
        "法的根拠",
        scope=NOT_PERSONAL,
        codes="basis",
        required_at=Stage.DRAFT,
        help="選ぶと、その根拠を扱う会議体と呼ぶ機関を選び直します",
    )
    body: Code | None = item("会議体", scope=NOT_PERSONAL, codes="body", required_at=Stage.DRAFT)
    held_on: date | None = item("会議日", scope=NOT_PERSONAL, required_at=Stage.DRAFT)
    hours: str | None = item("時間", scope=NOT_PERSONAL, help="例 13:30〜15:00")
    place: str | None = item("場所", scope=NOT_PERSONAL)
    question: str | None = item(
        "検討したいこと", scope=Category.ISSUES, lines=3, required_at=Stage.DRAFT
    )
    called: tuple[Ref, ...] | None = item(
        "呼ぶ機関", scope=NOT_PERSONAL, ref="agencies", required_at=Stage.DRAFT
    )
