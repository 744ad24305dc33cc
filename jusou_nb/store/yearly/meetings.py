"""会議: sittings, what was heard on which basis, who came, and 移行."""

from jusou_nb.forms.conference import AgendaKind, ConferenceState, Presence
from jusou_nb.store.due_sql import codes_of
from jusou_nb.store.yearly.defined import Way, indicator, lines, within

_OFF = f"c.state IS NOT '{ConferenceState.CANCELLED.value}'"
_HELD = f"c.struck_at IS NULL AND {_OFF} AND {within('c.held_on')}"
_SINGLE = "a.struck_at IS NULL AND a.case_id IS NOT NULL"
_ITEMS = (
    "agenda_items AS a JOIN conferences AS c ON c.id = a.conference_id"
    " JOIN cases AS k ON k.id = a.case_id"
)
_ALL = (Way.RECORDS, Way.HOUSEHOLDS, Way.PERSONS)
_CAME = codes_of((Presence.PRESENT, Presence.DEPUTY, Presence.AD_HOC))


def _items(part: str = "''", record: str = "a.id", where: str = "") -> str:
    return lines(
        _ITEMS,
        f"{_SINGLE} AND {_HELD}{where}",
        part=part,
        day="c.held_on",
        household_id="k.household_id",
        person_id="a.client_id",
        record_id=record,
    )


@indicator("会議", "回", "conferences", is_guarded=False)
def sittings() -> str:
    """開いた会議の数（開催回）。中止した会議は数えない。

    数える日: 会議日
    出典: 実務からの仮置き
    """
    return lines("conferences AS c", _HELD, day="c.held_on", record_id="c.id")


@indicator(
    "会議（法的根拠別）", "回", "conferences", of="sittings", by="basis", codes="basis",
    several=True, complete=False, is_guarded=False,
)  # fmt: skip
def sittings_by_basis() -> str:
    """その根拠の案件を扱った会議の数。一回の会議で二つの根拠の案件を扱えば、どちらにも数える。

    数える日: 会議日
    出典: 社会福祉法第106条の6、重層的支援体制整備事業 実施要綱
    """
    return lines(
        _ITEMS, f"{_SINGLE} AND {_HELD}", distinct=True,
        part="a.basis", day="c.held_on", record_id="c.id",
    )  # fmt: skip


@indicator("会議の案件", "件", "agenda_items", ways=_ALL)
def items() -> str:
    """開いた会議で扱った個別の案件の数。議題・研修は数えない。支援会議の案件はプランに数えない。

    数える日: 会議日
    出典: 実務からの仮置き
    """
    return _items()


@indicator(
    "会議の案件（法的根拠別）", "件", "agenda_items", of="items", by="basis", codes="basis",
    ways=_ALL,
)  # fmt: skip
def items_by_basis() -> str:
    """開いた会議で扱った個別の案件の数を、案件の法的根拠ごとに数える。

    数える日: 会議日
    出典: 社会福祉法第106条の6、重層的支援体制整備事業 実施要綱
    """
    return _items("a.basis")


@indicator("会議の案件（種別）", "件", "agenda_items", of="items", by="kind", codes=AgendaKind)
def items_by_kind() -> str:
    """開いた会議で扱った個別の案件の数を、新規・継続・評価などに分けて数える。

    数える日: 会議日
    出典: 実務からの仮置き
    """
    return _items("a.kind")


_PRESENT = (
    "SELECT e.conference_id, e.agency FROM attendees AS e WHERE e.struck_at IS NULL"
    " UNION SELECT a.conference_id, t.agency FROM item_attendances AS t"
    " JOIN agenda_items AS a ON a.id = t.agenda_item_id"
    f" WHERE t.struck_at IS NULL AND a.struck_at IS NULL AND t.presence IN {_CAME}"
)


def _present(record: str) -> str:
    return lines(
        f"({_PRESENT}) AS x JOIN conferences AS c ON c.id = x.conference_id"
        " LEFT JOIN agencies AS g ON g.id = x.agency",
        f"x.agency IS NOT NULL AND {_HELD}",
        part="g.kind",
        day="c.held_on",
        record_id=record,
    )


@indicator(
    "会議に出席した機関（延べ）", "延べ機関", "conferences", by="kind", codes="agency_kind",
    is_guarded=False,
)  # fmt: skip
def attendances() -> str:
    """会議に出た機関の延べ数。同じ会議の出席者と案件の出欠に二度あっても1とする。欠席は数えない。

    数える日: 会議日
    出典: 社会保障審議会福祉部会 資料（2025年9月8日）の指標の例
    """
    return _present("x.conference_id")


@indicator("会議に出席した機関（実数）", "機関", "agencies", several=True, stands=True,
           is_guarded=False)  # fmt: skip
def agencies_attending() -> str:
    """会議に一度でも出た機関の数。何度出ても1とする。

    数える日: 会議日
    出典: 実務からの仮置き
    """
    return _present("x.agency")


@indicator("会議に呼んだ機関（延べ）", "延べ機関", "conferences", is_guarded=False)
def calls() -> str:
    """会議に呼んだ機関の延べ数（呼ぶ機関として確定したもの）。

    数える日: 会議日
    出典: 実務からの仮置き
    """
    return lines(
        "conferences AS c JOIN json_each(c.called) AS called",
        _HELD,
        day="c.held_on",
        record_id="c.id",
    )


_OPEN = "a.basis IN (SELECT value FROM json_each(:open_bases))"
_CONSENTED = "a.basis IN (SELECT value FROM json_each(:consent_bases))"


@indicator("支援会議で扱ったケース", "件", "cases", several=True, stands=True)
def cases_without_consent() -> str:
    """同意のいらない根拠（支援会議など）の案件になったケースの数。何度かかっても1とする。

    数える日: 会議日
    出典: 実務からの仮置き
    """
    return _items(record="a.case_id", where=f" AND {_OPEN}")


@indicator("支援会議から重層的支援会議への移行", "件", "cases")
def transitions() -> str:
    """同意のいらない根拠の会議のあと、はじめて同意のいる根拠の案件になったケースの数。

    数える日: 同意のいる根拠の案件になった、はじめての会議日
    出典: 実務からの仮置き
    """
    heard = f"FROM {_ITEMS} WHERE {_SINGLE} AND c.struck_at IS NULL AND {_OFF}"
    return lines(
        f"(SELECT a.case_id, k.household_id, k.client_id, min(c.held_on) AS day {heard}"
        f" AND {_CONSENTED} GROUP BY a.case_id) AS f",
        f"{within('f.day')} AND EXISTS (SELECT 1 {heard} AND {_OPEN}"
        " AND a.case_id = f.case_id AND c.held_on < f.day)",
        day="f.day",
        household_id="f.household_id",
        person_id="f.client_id",
        record_id="f.case_id",
    )
