"""不足資源、既存制度、経費、研修: what was missing, tried, spent and taught."""

from jusou_nb.forms.community import GapState
from jusou_nb.forms.ending import EndingKind
from jusou_nb.forms.scheme_check import SchemeResult
from jusou_nb.forms.training import TrainingKind
from jusou_nb.store.budgets import SPENT
from jusou_nb.store.yearly.defined import Way, indicator, lines, within

_COMMUNITY = "community_building"


def _gaps(where: str, day: str) -> str:
    return lines(
        "resource_gaps AS g",
        f"g.struck_at IS NULL AND {where}",
        part="g.field",
        day=day,
        record_id="g.id",
    )


@indicator("挙がった不足資源", "件", "resource_gaps", by="field", codes="field",
           is_guarded=False, programme=_COMMUNITY)  # fmt: skip
def gaps() -> str:
    """不足資源・地域課題の一覧に挙がったものの数を、分野ごとに数える。

    数える日: 挙がった日
    出典: 支援調整会議 Q&A（社会資源の充足状況の把握）
    """
    return _gaps(within("g.raised_on"), "g.raised_on")


@indicator("できた・見つかった資源", "件", "resource_gaps", is_guarded=False,
           programme=_COMMUNITY)  # fmt: skip
def gaps_filled() -> str:
    """不足資源のうち、できた・見つかったものの数。

    数える日: 決まった日
    出典: 実務からの仮置き
    """
    filled = f"g.state = '{GapState.FILLED.value}'"
    return _gaps(f"{filled} AND {within('g.settled_on')}", "g.settled_on")


@indicator("不足のままの資源", "件", "resource_gaps", stands=True, is_guarded=False,
           programme=_COMMUNITY)  # fmt: skip
def gaps_open() -> str:
    """期間の末日までに挙がり、その日までに「できた」とも「見送り」とも決まっていないものの数。

    数える日: 期間の末日
    出典: 実務からの仮置き
    """
    waits = "g.raised_on <= :last AND (g.settled_on IS NULL OR g.settled_on > :last)"
    return _gaps(waits, "g.raised_on")


@indicator("既存制度の確認", "件", "scheme_checks", by="result", codes=SchemeResult)
def scheme_checks() -> str:
    """既存制度の確認の数を、結果ごとに数える。

    数える日: 確認日
    出典: 実務からの仮置き
    """
    return lines(
        "scheme_checks AS h JOIN cases AS k ON k.id = h.case_id",
        f"h.struck_at IS NULL AND {within('h.checked_on')}",
        part="h.result",
        day="h.checked_on",
        household_id="k.household_id",
        person_id="k.client_id",
        record_id="h.id",
    )


_OWN = (
    "SELECT 'outreaches' AS what, id, case_id, household_id, begun_on AS day FROM outreaches"
    " WHERE struck_at IS NULL AND case_id IS NOT NULL"
    " UNION ALL SELECT 'participation_menus', u.id, u.case_id, k.household_id, u.drawn_on"
    " FROM participation_menus AS u JOIN cases AS k ON k.id = u.case_id WHERE u.struck_at IS NULL"
    " UNION ALL SELECT 'shelters', s.id, s.case_id, k.household_id, s.starts_on"
    " FROM shelters AS s JOIN cases AS k ON k.id = s.case_id WHERE s.struck_at IS NULL"
)
_OWN_KINDS = {
    "outreaches": "アウトリーチ",
    "participation_menus": "参加支援",
    "shelters": "緊急一時保護",
}


def _own(where: str = "") -> str:
    return lines(
        f"({_OWN}) AS w JOIN cases AS k ON k.id = w.case_id",
        f"{within('w.day')}{where}",
        part="w.what",
        day="w.day",
        household_id="w.household_id",
        person_id="k.client_id",
        record_id="w.case_id",
    )


@indicator("新しく使った重層の事業", "件", "cases", by="what", codes=_OWN_KINDS)
def own_uses() -> str:
    """ケースについて始めたアウトリーチ、参加支援メニュー、緊急一時保護の数。

    数える日: アウトリーチを始めた日、メニューの作成日、保護の始まり
    出典: 実務からの仮置き
    """
    return _own()


@indicator("うち、既存制度を確かめていないもの", "件", "cases", by="what", codes=_OWN_KINDS,
           among="own_uses")  # fmt: skip
def own_uses_unchecked() -> str:
    """新しく使った重層の事業のうち、その日までに、そのケースの既存制度の確認が一つもないものの数。

    数える日: アウトリーチを始めた日、メニューの作成日、保護の始まり
    出典: 社会保障審議会福祉部会 資料（2025年9月8日）「既存制度が使われないまま」
    """
    return _own(
        " AND NOT EXISTS (SELECT 1 FROM scheme_checks AS h WHERE h.case_id = w.case_id"
        " AND h.struck_at IS NULL AND h.checked_on <= w.day)"
    )


@indicator("既存制度で解決したケース", "件", "endings")
def solved_by_schemes() -> str:
    """終結（中断を除く）したケースのうち、既存制度を利用していて、重層の事業を使わなかったものの数。

    既存制度の確認に「利用している」があり、アウトリーチ・参加支援・緊急一時保護のないもの。
    数える日: 終結・中断日
    出典: 社会保障審議会福祉部会 資料（2025年9月8日）「既存制度が使われないまま」
    """
    used = (
        "EXISTS (SELECT 1 FROM scheme_checks AS h WHERE h.case_id = k.id AND h.struck_at IS NULL"
        f" AND h.result = '{SchemeResult.IN_USE.value}' AND h.checked_on <= e.ended_on)"
    )
    own = f"EXISTS (SELECT 1 FROM ({_OWN}) AS w WHERE w.case_id = k.id)"
    return lines(
        "endings AS e JOIN cases AS k ON k.id = e.case_id",
        f"e.struck_at IS NULL AND e.kind <> '{EndingKind.SUSPENSION.value}'"
        f" AND {within('e.ended_on')} AND {used} AND NOT {own}",
        day="e.ended_on",
        household_id="k.household_id",
        person_id="k.client_id",
        record_id="e.id",
    )


@indicator("経費", "円", "shelters", by="account", codes="account",
           ways=(Way.TOTAL, Way.RECORDS), is_guarded=False, is_public=False)  # fmt: skip
def expenses() -> str:
    """緊急一時保護と専門家の助言に使った額を、科目ごとに合計する。支払いの前のものも含む。

    数える日: 保護の始まり、助言の日（まだなら相談した日）
    出典: 先に取り組む市の検討事項（借上料、報償費）
    """
    return lines(
        f"({SPENT}) AS x",
        f"x.amount IS NOT NULL AND {within('x.day')}",
        part="x.account",
        day="x.day",
        record_id="x.id",
        amount="x.amount",
    )


_TAUGHT = f"t.struck_at IS NULL AND {within('t.held_on')}"


@indicator("研修・動画", "回", "trainings", by="kind", codes=TrainingKind, is_guarded=False)
def trainings() -> str:
    """研修・動画の数を、方法ごとに数える。

    数える日: 開催日・配信日
    出典: 先に取り組む市町の事例（庁内の研修と気づき）
    """
    return lines("trainings AS t", _TAUGHT, part="t.kind", day="t.held_on", record_id="t.id")


def _taught(record: str, amount: str) -> str:
    return lines(
        "training_attendances AS a JOIN trainings AS t ON t.id = a.training_id",
        f"a.struck_at IS NULL AND {_TAUGHT}",
        part="a.agency",
        day="t.held_on",
        record_id=record,
        amount=amount,
    )


@indicator("研修・動画の出席・視聴（延べ）", "延べ人", "trainings", ways=(Way.TOTAL,),
           is_guarded=False)  # fmt: skip
def trained() -> str:
    """研修・動画に出席した人、見た人の人数の合計。二度出た人は2とする。

    数える日: 開催日・配信日
    出典: 先に取り組む市町の事例（庁内の研修と気づき）
    """
    return _taught("t.id", "a.count")


@indicator("研修・動画に出た課・機関", "機関", "agencies", several=True, stands=True,
           is_guarded=False)  # fmt: skip
def departments_trained() -> str:
    """研修・動画に一度でも出た課・機関の数。

    数える日: 開催日・配信日
    出典: 先に取り組む市町の事例（庁内の研修と気づき）
    """
    return _taught("a.agency", "1")
