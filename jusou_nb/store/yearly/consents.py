"""ケースの開始と本人同意: how many consent, how soon, and who withdraws."""

from jusou_nb.forms.consent import ConsentState
from jusou_nb.store.assessments import ticks
from jusou_nb.store.yearly.defined import Way, indicator, lines, within

_ALL = (Way.RECORDS, Way.HOUSEHOLDS, Way.PERSONS)
_GIVEN = f"n.struck_at IS NULL AND n.state = '{ConsentState.GIVEN.value}'"


def _opened(where: str = "", source: str = "cases AS k", part: str = "''") -> str:
    return lines(
        source,
        f"k.struck_at IS NULL AND {within('k.opened_on')}{where}",
        part=part,
        day="k.opened_on",
        household_id="k.household_id",
        person_id="k.client_id",
        record_id="k.id",
    )


@indicator("新しく始めたケース", "件", "cases", ways=_ALL)
def cases_opened() -> str:
    """開始日がその間にあるケースの数。再開は含まない。

    数える日: 開始日
    出典: 実務からの仮置き
    """
    return _opened()


_ISSUES = f"cases AS k LEFT JOIN ({ticks()}) AS t ON t.case_id = k.id"


@indicator(
    "新しく始めたケースの課題と背景要因", "件", "cases", of="cases_opened", by="issue",
    codes="issue", several=True,
)  # fmt: skip
def cases_by_issue() -> str:
    """新しく始めたケースのうち、その課題に印のあるケースの数。

    課題は、期間の末日までの最後のアセスメントシートのもの。なければ相談受付・申込票のもの。世帯の
    だれか、または世帯全体の印を、ケースごとに一度だけ数える。印が二つあれば、どちらにも数える。
    数える日: 開始日
    出典: 国への報告事項（仮置き）
    """
    return _opened(source=_ISSUES, part="t.issue")


_NUMBERS = {"0": "なし", "1": "1つ", "2": "2つ", "3": "3つ以上"}


@indicator(
    "新しく始めたケースの課題の数", "件", "cases", of="cases_opened", by="issues", codes=_NUMBERS
)
def cases_by_number_of_issues() -> str:
    """新しく始めたケースの数を、課題がいくつあるかで分けて数える。課題は、上の表と同じもの。

    数える日: 開始日
    出典: 実務からの仮置き
    """
    number = "SELECT count(DISTINCT x.issue) FROM (" + ticks() + ") AS x WHERE x.case_id = k.id"
    return _opened(part=f"CAST(min(3, ({number})) AS TEXT)")


@indicator("うち本人の同意が得られたケース", "件", "cases", among="cases_opened")
def cases_consented() -> str:
    """新しく始めたケースのうち、期間の末日までに本人について同意ありの記録があるケースの数。

    その後の撤回は差し引かない（撤回は別に数える）。
    数える日: 開始日
    出典: 実務からの仮置き
    """
    return _opened(
        f" AND EXISTS (SELECT 1 FROM consents AS n WHERE n.person_id = k.client_id AND {_GIVEN}"
        " AND n.stated_on <= :last)"
    )


@indicator(
    "相談受付から同意までの日数", "日", "consents", ways=(Way.TOTAL, Way.RECORDS), stands=True
)
def consent_days() -> str:
    """はじめて同意した人について、はじめの相談受付日から同意日までの日数の合計。

    平均は、この合計をその人数で割る。相談受付のない人、同意が先の人は数えない。
    数える日: はじめての同意日
    出典: 実務からの仮置き
    """
    given = (
        f"(SELECT n.person_id, min(n.stated_on) AS day FROM consents AS n WHERE {_GIVEN}"
        " GROUP BY n.person_id) AS g"
    )
    met = (
        "(SELECT client_id, household_id, min(received_on) AS day FROM intakes"
        " WHERE struck_at IS NULL GROUP BY client_id) AS i"
    )
    return lines(
        f"{given} JOIN {met} ON i.client_id = g.person_id",
        f"{within('g.day')} AND i.day <= g.day",
        day="g.day",
        household_id="i.household_id",
        person_id="g.person_id",
        record_id="g.person_id",
        amount="CAST(julianday(g.day) - julianday(i.day) AS INTEGER)",
    )


def _entries(where: str = "", part: str = "''") -> str:
    return lines(
        "consents AS n JOIN persons AS p ON p.id = n.person_id",
        f"n.struck_at IS NULL AND {within('n.stated_on')}{where}",
        part=part,
        day="n.stated_on",
        household_id="p.household_id",
        person_id="n.person_id",
        record_id="n.id",
    )


@indicator("本人同意の記録（状況別）", "件", "consents", by="state", codes=ConsentState,
           ways=_ALL)  # fmt: skip
def consents() -> str:
    """本人同意の記録の数（説明した・返事待ち、同意あり、同意なし、撤回）。同じ人が何度でも入る。

    数える日: 同意日（その記録の日）
    出典: 実務からの仮置き
    """
    return _entries(part="n.state")


@indicator("同意の撤回", "件", "consents", ways=_ALL, among="consents")
def withdrawals() -> str:
    """撤回の記録の数。一部の情報・機関だけの撤回も含む。

    数える日: 撤回した日
    出典: 実務からの仮置き
    """
    return _entries(f" AND n.state = '{ConsentState.WITHDRAWN.value}'")
