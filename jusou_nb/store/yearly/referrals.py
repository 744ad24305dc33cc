"""つなぐ、支援要請、気づきシート: what came from and went to other agencies."""

from jusou_nb.forms.referral import ReferralAnswer
from jusou_nb.forms.support_request import RequestAnswer
from jusou_nb.forms.training import SignAnswer
from jusou_nb.store.yearly.defined import Way, indicator, lines, within

_CONSULTATION = "comprehensive_consultation"
_DAY = "coalesce(r.sent_on, i.received_on)"
_ASKS = "coalesce(r.kind, '') IN (SELECT value FROM json_each(:asks))"
_PERSONS = (Way.RECORDS, Way.HOUSEHOLDS, Way.PERSONS)


def _referrals(kind: str, part: str = "''", joined: str = "") -> str:
    return lines(
        f"referrals AS r LEFT JOIN intakes AS i ON i.id = r.intake_id{joined}",
        f"r.struck_at IS NULL AND {kind} AND {within(_DAY)}",
        part=part,
        day=_DAY,
        household_id="r.household_id",
        person_id="r.client_id",
        record_id="r.id",
    )


@indicator("つなぐ", "件", "referrals", ways=_PERSONS, programme=_CONSULTATION)
def referrals() -> str:
    """つなぐシートの数。照会（相手に聞くこと）は含まない。

    数える日: つないだ日（書かれていなければ、その相談の相談受付日）
    出典: 厚生労働省 行政事業レビュー（2024年6月17日）
    """
    return _referrals(f"NOT {_ASKS}")


@indicator(
    "つなぐ（結果別）", "件", "referrals", of="referrals", by="answer", codes=ReferralAnswer,
    programme=_CONSULTATION,
)  # fmt: skip
def referrals_by_answer() -> str:
    """つなぐシートの数を、いま記録されている相手の返事ごとに数える。照会は含まない。

    数える日: つないだ日（書かれていなければ、その相談の相談受付日）
    出典: 実務からの仮置き
    """
    return _referrals(f"NOT {_ASKS}", "r.answer")


@indicator(
    "つなぐ（つなぎ先の種別）", "件", "referrals", of="referrals", by="destination",
    codes="agency_kind", programme=_CONSULTATION,
)  # fmt: skip
def referrals_by_destination() -> str:
    """つなぐシートの数を、つなぎ先の機関の種別ごとに数える。照会は含まない。

    数える日: つないだ日（書かれていなければ、その相談の相談受付日）
    出典: 令和5年版厚生労働白書（つなぎ先の区分）
    """
    joined = " LEFT JOIN agencies AS a ON a.id = r.destination"
    return _referrals(f"NOT {_ASKS}", "a.kind", joined)


@indicator("照会", "件", "referrals", programme=_CONSULTATION)
def inquiries() -> str:
    """つなぐシートのうち、照会（相手に聞くこと）の数。

    数える日: 照会した日
    出典: 実務からの仮置き
    """
    return _referrals(_ASKS)


def _requests(part: str = "''") -> str:
    return lines(
        "support_requests AS q",
        f"q.struck_at IS NULL AND {within('q.requested_on')}",
        part=part,
        day="q.requested_on",
        household_id="q.household_id",
        person_id="q.client_id",
        record_id="q.id",
    )


@indicator("支援要請", "件", "support_requests")
def support_requests() -> str:
    """支援要請書の数。氏名を出さない相談も数える。

    数える日: 要請日
    出典: 実務からの仮置き
    """
    return _requests()


@indicator(
    "支援要請（結果別）", "件", "support_requests", of="support_requests", by="answer",
    codes=RequestAnswer,
)  # fmt: skip
def support_requests_by_answer() -> str:
    """支援要請書の数を、いま記録されている受理会議の結果ごとに数える。

    数える日: 要請日
    出典: 実務からの仮置き
    """
    return _requests("q.answer")


def _signs(part: str = "''") -> str:
    return lines(
        "sign_sheets AS s",
        f"s.struck_at IS NULL AND {within('s.sent_on')}",
        part=part,
        day="s.sent_on",
        record_id="s.id",
    )


@indicator("気づきシート", "件", "sign_sheets", programme=_CONSULTATION)
def signs() -> str:
    """ほかの課・窓口から届いた気づきシートの数。

    数える日: 届いた日
    出典: 先に取り組む市町の事例（庁内の研修と気づき）
    """
    return _signs()


@indicator(
    "気づきシート（返事別）", "件", "sign_sheets", of="signs", by="answer", codes=SignAnswer,
    programme=_CONSULTATION,
)  # fmt: skip
def signs_by_answer() -> str:
    """気づきシートの数を、いま記録されている返事ごとに数える。

    数える日: 届いた日
    出典: 実務からの仮置き
    """
    return _signs("s.answer")


@indicator(
    "気づきシート（届けた課・機関別）", "件", "sign_sheets", of="signs", by="sender",
    codes="agencies", programme=_CONSULTATION, is_public=False,
)  # fmt: skip
def signs_by_sender() -> str:
    """気づきシートの数を、届けた課・機関ごとに数える。

    数える日: 届いた日
    出典: 実務からの仮置き
    """
    return _signs("s.sent_by")
