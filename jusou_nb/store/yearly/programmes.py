"""アウトリーチ、参加支援、地域づくり: whom the own programmes reached."""

from jusou_nb.forms.community import GatheringKind
from jusou_nb.forms.outreach import TryKind
from jusou_nb.forms.participation import MatchStage
from jusou_nb.store.due_sql import codes_of
from jusou_nb.store.yearly.defined import Way, indicator, lines, runs, within

_OUTREACH, _JOINING, _COMMUNITY = "outreach", "participation", "community_building"
# Whoever has no name yet, and so no number of a person, counts by the sheet.
_PERSON, _HOUSEHOLD = "coalesce(o.client_id, -o.id)", "coalesce(o.household_id, -o.id)"
_BOTH = (Way.PERSONS, Way.HOUSEHOLDS)
_TRIED = "substr(t.tried_at, 1, 10)"


def _outreaches(where: str, day: str) -> str:
    return lines(
        "outreaches AS o",
        f"o.struck_at IS NULL AND {where}",
        day=day,
        household_id=_HOUSEHOLD,
        person_id=_PERSON,
        record_id="o.id",
    )


def _tries(where: str = "", part: str = "''") -> str:
    return lines(
        "outreach_tries AS t JOIN outreaches AS o ON o.id = t.outreach_id",
        f"t.struck_at IS NULL AND o.struck_at IS NULL AND {within(_TRIED)}{where}",
        part=part,
        day=_TRIED,
        household_id=_HOUSEHOLD,
        person_id=_PERSON,
        record_id="t.id",
    )


@indicator("アウトリーチの対象者", "人", "outreaches", ways=_BOTH, stands=True,
           programme=_OUTREACH)  # fmt: skip
def outreach_persons() -> str:
    """アウトリーチ対象者票が一日でも動いていた人の数。名前の分からない人は一票を1人とする。

    数える日: アウトリーチを始めた日から終わった日まで
    出典: 実務からの仮置き
    """
    return _outreaches(runs("o.begun_on", "o.ended_on"), "o.begun_on")


@indicator("訪問・接触（延べ）", "回", "outreach_tries", by="kind", codes=TryKind,
           ways=(Way.RECORDS, Way.PERSONS), programme=_OUTREACH)  # fmt: skip
def outreach_tries() -> str:
    """アウトリーチの記録の数を、結果ごとに数える。会えなかった回も1回とする。

    数える日: 行った日時
    出典: 実務からの仮置き
    """
    return _tries(part="t.kind")


@indicator("本人と会えた人", "人", "outreach_tries", ways=_BOTH, stands=True,
           programme=_OUTREACH)  # fmt: skip
def persons_met() -> str:
    """アウトリーチで、本人と一度でも会えた人（会えた・同行）の数。

    数える日: 行った日時
    出典: 実務からの仮置き
    """
    met = codes_of(kind for kind in TryKind if kind.reaches_client)
    return _tries(f" AND t.kind IN {met}")


@indicator("つながった人", "人", "outreaches", ways=_BOTH, stands=True, programme=_OUTREACH)
def persons_linked() -> str:
    """アウトリーチから機関・居場所につながり、その後も離れていない人の数。

    数える日: つながった日（最後のもの）
    出典: 実務からの仮置き
    """
    return _outreaches(within("o.linked_on"), "o.linked_on")


@indicator("参加支援の対象者", "人", "participation_menus", ways=(Way.PERSONS,), stands=True,
           programme=_JOINING)  # fmt: skip
def participants() -> str:
    """参加支援メニューが一日でも動いていた人の数。メニューが二つあっても1人。

    数える日: 作成日から終わった日まで
    出典: 社会保障審議会福祉部会 資料（2025年9月8日）の指標の例
    """
    return lines(
        "participation_menus AS u LEFT JOIN cases AS k ON k.id = u.case_id",
        f"u.struck_at IS NULL AND {runs('u.drawn_on', 'u.ended_on')}",
        day="u.drawn_on",
        household_id="k.household_id",
        person_id="coalesce(u.client_id, -u.id)",
        record_id="u.id",
    )


def _hosts(where: str) -> str:
    return lines(
        "hosts AS h", f"h.struck_at IS NULL AND {where}", day="h.ready_on", record_id="h.id"
    )


@indicator("協力事業者（受入先）", "か所", "hosts", stands=True, is_guarded=False,
           programme=_JOINING)  # fmt: skip
def hosts_ready() -> str:
    """受け入れが決まり、一日でも続いていた受入先の数。休んでいるものを含み、打診中は含まない。

    数える日: 受け入れが決まった日から終わった日まで
    出典: 社会保障審議会福祉部会 資料（2025年9月8日）の指標の例
    """
    return _hosts(runs("h.ready_on", "h.ended_on"))


@indicator("新しく開拓した受入先", "か所", "hosts", is_guarded=False, programme=_JOINING)
def hosts_found() -> str:
    """受け入れが決まった受入先の数。

    数える日: 受け入れが決まった日
    出典: 実務からの仮置き
    """
    return _hosts(within("h.ready_on"))


@indicator("マッチング", "件", "matchings", by="stage", codes=MatchStage, several=True,
           stands=True, programme=_JOINING)  # fmt: skip
def matchings() -> str:
    """その段階になったマッチングの数（打診・見学・体験・参加・定着・中止）。

    同じ段階に二度なっても1件。一つのマッチングが、なった段階のそれぞれに入る。
    数える日: その段階になった日
    出典: 実務からの仮置き
    """
    return lines(
        "match_steps AS s JOIN matchings AS m ON m.id = s.matching_id"
        " JOIN cases AS k ON k.id = m.case_id",
        "s.struck_at IS NULL AND m.struck_at IS NULL AND k.struck_at IS NULL"
        f" AND {within('s.reached_on')}",
        distinct=True,
        part="s.stage",
        household_id="k.household_id",
        person_id="k.client_id",
        record_id="m.id",
    )


@indicator("拠点", "か所", "places", stands=True, is_guarded=False, programme=_COMMUNITY)
def places() -> str:
    """一日でも開いていた拠点（居場所）の数。開設日のない拠点は、前からあるものとする。

    数える日: 開設日から閉じた日まで
    出典: 社会保障審議会福祉部会 資料（2025年9月8日）の指標の例
    """
    return lines(
        "places AS c",
        f"c.struck_at IS NULL AND {runs('''coalesce(c.opened_on, '')''', 'c.closed_on')}",
        day="c.opened_on",
        record_id="c.id",
    )


_GATHERED = f"g.struck_at IS NULL AND {within('g.held_on')}"


@indicator("地域の活動", "回", "gatherings", by="kind", codes=GatheringKind, is_guarded=False,
           programme=_COMMUNITY)  # fmt: skip
def gatherings() -> str:
    """地域の活動を開いた数を、機会の種類ごとに数える。

    数える日: 開催日
    出典: 実務からの仮置き
    """
    return lines("gatherings AS g", _GATHERED, part="g.kind", day="g.held_on", record_id="g.id")


@indicator("地域の活動の参加者（延べ）", "延べ人", "turnouts", by="band", codes="age_band",
           ways=(Way.TOTAL,), programme=_COMMUNITY)  # fmt: skip
def turnouts() -> str:
    """地域の活動の参加者の人数を、年代ごとに合計する。二度来た人は2とする。担い手は別に数える。

    数える日: 開催日
    出典: 社会保障審議会福祉部会 資料（2025年9月8日）の指標の例
    """
    return lines(
        "turnouts AS t JOIN gatherings AS g ON g.id = t.gathering_id",
        f"t.struck_at IS NULL AND {_GATHERED}",
        part="t.band",
        day="g.held_on",
        record_id="g.id",
        amount="t.count",
    )


@indicator("担い手（延べ）", "延べ人", "gatherings", ways=(Way.TOTAL,), programme=_COMMUNITY)
def helpers() -> str:
    """地域の活動の担い手の人数の合計。

    数える日: 開催日
    出典: 実務からの仮置き
    """
    return lines(
        "gatherings AS g", _GATHERED, day="g.held_on", record_id="g.id", amount="g.helpers"
    )


@indicator("地域の活動の参加機関", "機関", "agencies", several=True, stands=True,
           is_guarded=False, programme=_COMMUNITY)  # fmt: skip
def agencies_joining() -> str:
    """地域の活動に一度でも加わった機関・団体の数。何度加わっても1とする。

    数える日: 開催日
    出典: 社会保障審議会福祉部会 資料（2025年9月8日）の指標の例
    """
    return lines(
        "gatherings AS g JOIN json_each(g.agencies) AS entry",
        _GATHERED,
        day="g.held_on",
        record_id="entry.value",
    )


@indicator("地域支援", "件", "community_supports", by="kind", codes="community_support",
           is_guarded=False, programme=_COMMUNITY)  # fmt: skip
def community_supports() -> str:
    """地域支援の記録の数を、内容ごとに数える。個別支援とは分けて数える。

    数える日: 支援した日
    出典: 個別支援と地域支援を分けて数える（大田区社会福祉協議会）
    """
    return lines(
        "community_supports AS c",
        f"c.struck_at IS NULL AND {within('c.supported_on')}",
        part="c.kind",
        day="c.supported_on",
        record_id="c.id",
    )
