"""プランと評価: plans made, agreed and decided, what they changed, and how long it took."""

from jusou_nb.forms.evaluation import Achievement
from jusou_nb.store.yearly.defined import Way, indicator, lines, within

_ALL = (Way.RECORDS, Way.HOUSEHOLDS, Way.PERSONS)
_SEQUENCE = {"first": "初回", "again": "再プラン"}


def _plans(day: str, part: str = "''", where: str = "", amount: str = "1") -> str:
    return lines(
        "plans AS s LEFT JOIN cases AS k ON k.id = s.case_id"
        " LEFT JOIN intakes AS i ON i.id = k.intake_id",
        f"s.struck_at IS NULL AND {within(day)}{where}",
        part=part,
        day=day,
        household_id="k.household_id",
        person_id="s.client_id",
        record_id="s.id",
        amount=amount,
    )


@indicator("プラン作成", "件", "plans", ways=_ALL)
def plans() -> str:
    """プラン兼事業等利用申込書の数。支援会議の支援方針・役割分担表は、プランに数えない。

    数える日: プラン作成日
    出典: 厚生労働省 行政事業レビュー（2024年6月17日）、困窮の支援状況調査
    """
    return _plans("s.drawn_on")


@indicator("プラン作成（初回・再プラン別）", "件", "plans", of="plans", by="sequence",
           codes=_SEQUENCE, ways=_ALL)  # fmt: skip
def plans_by_sequence() -> str:
    """プランの数を、初回と再プラン（プラン回数が2以上）に分けて数える。

    数える日: プラン作成日
    出典: 実務からの仮置き
    """
    again = "CASE WHEN coalesce(s.sequence, 1) > 1 THEN 'again' ELSE 'first' END"
    return _plans("s.drawn_on", again)


@indicator("了承されたプラン", "件", "plans", ways=_ALL)
def plans_agreed() -> str:
    """プランを決める会議で了承されたプランの数。

    数える日: 了承日
    出典: 実務からの仮置き
    """
    return _plans("s.outcome_on")


@indicator("支援決定", "件", "plans", ways=_ALL)
def plans_decided() -> str:
    """市町村が支援決定をしたプランの数。

    数える日: 支援決定の決裁日
    出典: 実務からの仮置き
    """
    return _plans("s.decided_on")


@indicator(
    "はじめの相談からプランまでの日数", "日", "plans", ways=(Way.TOTAL, Way.RECORDS), stands=True
)
def plan_days() -> str:
    """初回のプランについて、相談受付日（なければケースの開始日）から作成日までの日数の合計。

    平均は、この合計を初回のプランの数で割る。作成日が先のものは0日とする。
    数える日: プラン作成日
    出典: 実務からの仮置き
    """
    begun = "julianday(coalesce(i.received_on, k.opened_on))"
    days = f"CAST(max(0, julianday(s.drawn_on) - {begun}) AS INTEGER)"
    return _plans("s.drawn_on", where=" AND coalesce(s.sequence, 1) = 1", amount=days)


def _evaluations(part: str = "''", joined: str = "", where: str = "") -> str:
    return lines(
        f"evaluations AS e JOIN cases AS k ON k.id = e.case_id{joined}",
        f"e.struck_at IS NULL AND {within('e.evaluated_on')}{where}",
        part=part,
        day="e.evaluated_on",
        household_id="k.household_id",
        person_id="k.client_id",
        record_id="e.id",
    )


@indicator("プランの評価", "人", "evaluations", ways=(Way.PERSONS, Way.RECORDS, Way.HOUSEHOLDS),
           stands=True)  # fmt: skip
def evaluations() -> str:
    """評価シートのある人（プランを作り、その結果を評価した人）の数。何度評価しても1人。

    数える日: 評価日
    出典: 実務からの仮置き
    """
    return _evaluations()


@indicator("評価（目標の達成状況別）", "件", "evaluations", by="achievement", codes=Achievement)
def evaluations_by_achievement() -> str:
    """評価シートの数を、目標の達成状況ごとに数える。

    数える日: 評価日
    出典: 実務からの仮置き
    """
    return _evaluations("e.achievement")


@indicator("見られた変化があった人", "人", "evaluations", ways=(Way.PERSONS, Way.RECORDS),
           stands=True, among="evaluations")  # fmt: skip
def improved() -> str:
    """評価シートのある人のうち、見られた変化が一つでもある人の数。何度評価しても1人。

    割合は、評価シートのある人に対するもの。
    数える日: 評価日
    出典: 厚生労働省 行政事業レビュー（2024年6月17日）
    """
    return _evaluations(where=" AND coalesce(e.changes, '[]') <> '[]'")


@indicator("見られた変化", "人", "evaluations", of="improved", by="change", codes="change",
           ways=(Way.PERSONS,), several=True, stands=True)  # fmt: skip
def changes_seen() -> str:
    """評価シートにその変化の印がある人の数。印が二つあれば、どちらにも数える。

    数える日: 評価日
    出典: 北海道総合研究調査会「見られた変化」15区分
    """
    return _evaluations("seen.value", " JOIN json_each(e.changes) AS seen")
