"""終わり方とその後: handover, closure, break, reopening, who is still connected, who went quiet."""

from jusou_nb.forms.case import CaseStatus
from jusou_nb.forms.ending import Acceptance, EndingKind
from jusou_nb.store.case_moves import MOVES
from jusou_nb.store.yearly.defined import Way, indicator, lines, within

_ALL = (Way.RECORDS, Way.HOUSEHOLDS, Way.PERSONS)
_DAY = "max(e.ended_on, coalesce(e.accepted_on, e.ended_on))"
_ENDED = (
    "e.struck_at IS NULL AND k.struck_at IS NULL"
    f" AND (e.kind <> '{EndingKind.HANDOVER.value}' OR e.acceptance ="
    f" '{Acceptance.ACCEPTED.value}' OR EXISTS (SELECT 1 FROM overrides AS o WHERE"
    " o.record_table = 'endings' AND o.record_id = e.id AND o.rule = 'ending.not_accepted'))"
)
_BROKEN = f"e.kind = '{EndingKind.SUSPENSION.value}'"


def _ends(where: str, *, day: str = _DAY, part: str = "''") -> str:
    return lines(
        "endings AS e JOIN cases AS k ON k.id = e.case_id",
        f"{_ENDED} AND {within(day)}{where}",
        part=part,
        day=day,
        household_id="k.household_id",
        person_id="k.client_id",
        record_id="e.id",
    )


@indicator("終わり方", "件", "endings", by="kind", codes=EndingKind, ways=_ALL)
def endings() -> str:
    """終結・中断の記録の数を、主担当機関への移行・終結・中断に分けて数える。

    主担当機関への移行は、引き受けた機関が受け入れたもの（課長が認めたものを含む）だけを数える。
    数える日: 終結・中断日（移行は、受け入れた日が後ならその日）
    出典: 実務からの仮置き
    """
    return _ends("", part="e.kind")


@indicator("終結の理由", "件", "endings", by="reason", codes="closure_reason", among="endings")
def closures_by_reason() -> str:
    """主担当機関への移行と終結の数を、理由ごとに数える。

    数える日: 終結日（移行は、受け入れた日が後ならその日）
    出典: 実務からの仮置き
    """
    return _ends(f" AND NOT {_BROKEN}", part="e.reason")


@indicator("中断の理由", "件", "endings", by="reason", codes="closure_reason", among="endings")
def suspensions_by_reason() -> str:
    """中断の数を、理由ごとに数える。

    数える日: 中断日
    出典: 実務からの仮置き
    """
    return _ends(f" AND {_BROKEN}", part="e.reason")


_SINCE = {"3": "3か月", "6": "6か月"}


def _after(where: str) -> str:
    """Give each end twice, by the day three and the day six months after it."""
    day = f"date({_DAY}, '+' || m.value || ' months')"
    alive = " AND e.reason NOT IN (SELECT value FROM json_each(:death))"
    return lines(
        """endings AS e JOIN cases AS k ON k.id = e.case_id JOIN json_each('["3", "6"]') AS m""",
        f"{_ENDED} AND NOT {_BROKEN}{alive} AND {within(day)}{where.format(day=day)}",
        part="m.value",
        day=day,
        household_id="k.household_id",
        person_id="k.client_id",
        record_id="e.id",
    )


@indicator("終わってから3か月・6か月がたったケース", "件", "endings", by="since", codes=_SINCE,
           several=True)  # fmt: skip
def ended_before() -> str:
    """移行・終結のあと、3か月・6か月の日がその間に来たケースの数。死亡は除く。

    数える日: 終結の日から3か月・6か月の日
    出典: 先に取り組む市町の事例（解決しても、つながり続ける）
    """
    return _after("")


@indicator("うち、つながりが続いているケース", "件", "endings", by="since", codes=_SINCE,
           several=True, among="ended_before")  # fmt: skip
def still_connected() -> str:
    """終わってから3か月・6か月の日に、定期連絡が続いているか、再開しているケースの数。

    定期連絡は、担当と終わりの日があり、終えた記録がその日までにないもの。死亡は除く。
    数える日: 終結の日から3か月・6か月の日
    出典: 先に取り組む市町の事例（解決しても、つながり続ける）
    """
    kept = "coalesce(e.check_in_by, '') <> '' AND e.check_in_until IS NOT NULL"
    return _after(
        f" AND (({kept} AND coalesce(e.check_in_finished_on, '9999') > {{day}})"
        " OR e.reopened_on <= {day})"
    )


def _steps(where: str, day: str) -> str:
    rows = lines(
        "steps JOIN cases AS k ON k.id = steps.case_id",
        where,
        part="steps.status",
        day=day,
        household_id="k.household_id",
        person_id="k.client_id",
        record_id="k.id",
    )
    return f"{MOVES} {rows}"


_RUNS = "steps.back = 1 AND steps.is_open"


@indicator("再開", "件", "cases", ways=_ALL)
def reopenings() -> str:
    """終結・中断・フォローから、動いている段階に戻ったケースの数。二度戻れば2件。

    数える日: 段階が変わった日
    出典: 実務からの仮置き
    """
    moved = "NOT steps.was_open AND steps.is_open AND steps.moved_on >= :first"
    return _steps(moved, "steps.moved_on")


@indicator("動いているケース", "件", "cases", ways=_ALL, stands=True)
def cases_running() -> str:
    """期間の末日に動いているケース（終結・中断・フォローでないもの）の数。

    数える日: 期間の末日
    出典: 実務からの仮置き
    """
    return _steps(_RUNS, ":last")


@indicator("ケースの段階", "件", "cases", by="status", codes=CaseStatus, stands=True)
def cases_by_status() -> str:
    """期間の末日までに始まったケースの数を、末日の段階ごとに数える。

    数える日: 期間の末日
    出典: 実務からの仮置き
    """
    return _steps("steps.back = 1", ":last")


@indicator("停滞しているケース", "件", "cases", ways=_ALL, stands=True, among="cases_running")
def quiet_cases() -> str:
    """期間の末日に動いていて、決めた日数より長く支援経過の記録がないケースの数。

    日数は市町村が決める（標準は90日）。記録が一度もなければ、開始日から数える。
    数える日: 期間の末日
    出典: 実務からの仮置き
    """
    noted = (
        "SELECT max(substr(n.happened_at, 1, 10)) FROM case_notes AS n WHERE n.case_id = k.id"
        " AND n.struck_at IS NULL AND substr(n.happened_at, 1, 10) <= :last"
    )
    since = f"julianday(:last) - julianday(coalesce(({noted}), k.opened_on))"
    return _steps(f"{_RUNS} AND {since} > :quiet_days", ":last")
