"""匿名化した事例報告: what 代表者会議 hears of a case, in words from which nobody is known."""

from dataclasses import dataclass
from datetime import date

from jusou_nb.choices import NOT_PERSONAL, OFFICE, Choice
from jusou_nb.fields import Form, Stage, item, link

WORDS = "報告の文章（二人目が確かめてから載ります）"
CHECKED = "だれのことか分からないか"


class Fact(Choice):
    """What the record itself puts on the report."""

    AGE = "age", "本人の年代"
    HOUSEHOLD = "household", "世帯類型・人数"
    ISSUES = "issues", "課題"
    COURSE = "course", "経過の月"
    AGENCIES = "agencies", "関わった機関の種別"
    RESULT = "result", "結果"


@dataclass(frozen=True, kw_only=True)
class AnonymousReport(Form, table="anonymous_reports", title="匿名化した事例報告"):
    """匿名化した事例報告"""

    case_id: int | None = link("cases")

    drawn_on: date | None = item("作成日", scope=NOT_PERSONAL, required_at=Stage.DRAFT)
    author: str | None = item("作成者", scope=NOT_PERSONAL)
    subject: str | None = item(
        "題", section=WORDS, scope=OFFICE, help="例 長く家にいた人と地域の場がつながるまで"
    )
    story: str | None = item(
        "事例のあらまし",
        section=WORDS,
        scope=OFFICE,
        lines=6,
        help="氏名・地名・日付・めずらしい事情を書かず、言いかえます",
    )
    done: str | None = item("したこと・効いたこと", section=WORDS, scope=OFFICE, lines=4)
    learning: str | None = item("学び", section=WORDS, scope=OFFICE, lines=4)
    asks: str | None = item("会議に考えてほしいこと", section=WORDS, scope=OFFICE, lines=3)
    left_out: tuple[Fact, ...] | None = item(
        "載せないこと",
        section=CHECKED,
        scope=NOT_PERSONAL,
        help="組み合わせると本人が分かるものを選びます",
    )
    reviewed_by: str | None = item(
        "二人目の確認者", section=CHECKED, scope=NOT_PERSONAL, help="作成者とは別の人"
    )
    reviewed_on: date | None = item("確かめた日", section=CHECKED, scope=NOT_PERSONAL)
