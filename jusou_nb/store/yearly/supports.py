"""支援の延べ回数と、急ぐ相談への最初の対応."""

from jusou_nb.forms.statutory_report import ReportState
from jusou_nb.store.yearly.defined import Way, indicator, lines, within

_ALL = (Way.RECORDS, Way.HOUSEHOLDS, Way.PERSONS)
_SPEED = {"same_day": "当日", "next_day": "翌日", "later": "翌々日以後", "none": "まだ"}


def _notes(part: str = "''") -> str:
    day = "substr(n.happened_at, 1, 10)"
    return lines(
        "case_notes AS n JOIN cases AS k ON k.id = n.case_id",
        f"n.struck_at IS NULL AND {within(day)}",
        part=part,
        day=day,
        household_id="k.household_id",
        person_id="k.client_id",
        record_id="n.id",
    )


@indicator("支援の回数（延べ）", "延べ", "case_notes", ways=_ALL)
def supports() -> str:
    """支援経過記録の数。一回の対応を1とし、同じ人に同じ日に二度対応すれば2とする。

    実世帯・実人員は、その間に一度でも支援経過記録のある世帯・本人の数。
    数える日: 支援経過の日時
    出典: 個別支援と地域支援を分けて数える（大田区社会福祉協議会）
    """
    return _notes()


@indicator("支援の回数（対応方法別）", "延べ", "case_notes", of="supports", by="manner",
           codes="contact_manner")  # fmt: skip
def supports_by_manner() -> str:
    """支援経過記録の数を、対応方法ごとに数える。

    数える日: 支援経過の日時
    出典: 実務からの仮置き
    """
    return _notes("n.manner")


_FIRST_ANSWER = (
    "SELECT min(day) FROM (SELECT substr(n.happened_at, 1, 10) AS day FROM case_notes AS n"
    " JOIN cases AS k ON k.id = n.case_id WHERE n.struck_at IS NULL"
    " AND k.client_id = i.client_id"
    " UNION ALL SELECT substr(e.happened_at, 1, 10) FROM emergencies AS e"
    " WHERE e.struck_at IS NULL AND e.household_id = i.household_id"
    " UNION ALL SELECT substr(r.reported_at, 1, 10) FROM statutory_reports AS r"
    f" WHERE r.struck_at IS NULL AND r.state = '{ReportState.REPORTED.value}'"
    " AND r.household_id = i.household_id)"
    " WHERE day BETWEEN i.received_on AND :last"
)


@indicator("緊急度が即日の相談への最初の対応", "件", "intakes", by="speed", codes=_SPEED,
           among="intakes", programme="comprehensive_consultation")  # fmt: skip
def first_responses() -> str:
    """緊急度が即日の相談受付・申込票を、最初の対応までの日数で分けて数える。

    最初の対応は、受付日以後の支援経過、緊急対応の記録、通報・通告のうち最も早いもの。
    期間の末日までにないものは「まだ」。取り込んだ台帳の票は、対応の日が分からないので数えない。
    数える日: 相談受付日
    出典: 実務からの仮置き
    """
    late = f"julianday(({_FIRST_ANSWER})) - julianday(i.received_on)"
    speed = f"CASE {late} WHEN 0 THEN 'same_day' WHEN 1 THEN 'next_day' ELSE"
    return lines(
        "intakes AS i",
        f"i.struck_at IS NULL AND i.batch_id IS NULL AND {within('i.received_on')}"
        " AND i.urgency IN (SELECT value FROM json_each(:same_day))",
        part=f"{speed} CASE WHEN ({_FIRST_ANSWER}) IS NULL THEN 'none' ELSE 'later' END END",
        day="i.received_on",
        household_id="i.household_id",
        person_id="i.client_id",
        record_id="i.id",
    )
