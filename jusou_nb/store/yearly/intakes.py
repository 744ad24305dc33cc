"""相談受付: how people reached the office, who they are, what they brought."""

from jusou_nb.store.yearly.bands import age_band
from jusou_nb.store.yearly.defined import Way, indicator, lines, within

_CONSULTATION = "comprehensive_consultation"
_ALL = (Way.RECORDS, Way.HOUSEHOLDS, Way.PERSONS)
_COUNTED = f"i.struck_at IS NULL AND {within('i.received_on')}"


def _sheets(source: str = "intakes AS i", where: str = "", part: str = "''") -> str:
    return lines(
        source,
        f"{_COUNTED}{where}",
        part=part,
        day="i.received_on",
        household_id="i.household_id",
        person_id="i.client_id",
        record_id="i.id",
    )


def _ticked(box: str) -> str:
    """Give a sheet once for each tick of a box; a sheet without any stands under 未記入."""
    ticks = f"""json_each(coalesce(nullif(i.{box}, '[]'), '[""]')) AS tick"""
    return _sheets(f"intakes AS i JOIN {ticks}", part="tick.value")


@indicator("相談受付", "件", "intakes", ways=_ALL, programme=_CONSULTATION)
def intakes() -> str:
    """相談受付・申込票の数。一次受付と二次受付の票は別の件として数え、世帯は1世帯とする。

    取り消した票と、気になる世帯（受付番号のないもの）は数えない。
    数える日: 相談受付日
    出典: 社会保障審議会福祉部会 資料（2025年9月8日）の指標の例
    """
    return _sheets()


@indicator(
    "相談受付（相談経路別）", "件", "intakes", of="intakes", by="route", codes="route",
    programme=_CONSULTATION,
)  # fmt: skip
def intakes_by_route() -> str:
    """相談受付・申込票の数を、相談経路ごとに数える。

    数える日: 相談受付日
    出典: 国への報告事項（仮置き）
    """
    return _sheets(part="i.route")


@indicator(
    "相談受付（一次・二次受付別）", "件", "intakes", of="intakes", by="desk_level",
    codes="desk_level", ways=_ALL, programme=_CONSULTATION,
)  # fmt: skip
def intakes_by_desk_level() -> str:
    """相談受付・申込票の数を、一次受付と二次受付に分けて数える。

    両方で受けた世帯は、それぞれに数え、合計では1世帯とする。
    数える日: 相談受付日
    出典: 実務からの仮置き
    """
    return _sheets(part="i.desk_level")


@indicator(
    "相談受付（受付窓口別）", "件", "intakes", of="intakes", by="desk", codes="agencies",
    programme=_CONSULTATION, is_public=False,
)  # fmt: skip
def intakes_by_desk() -> str:
    """相談受付・申込票の数を、受け付けた機関ごとに数える。

    数える日: 相談受付日
    出典: 実務からの仮置き
    """
    return _sheets(part="i.received_at")


@indicator(
    "相談受付（分野別）", "件", "intakes", of="intakes", by="field", codes="field",
    several=True, programme=_CONSULTATION,
)  # fmt: skip
def intakes_by_field() -> str:
    """相談受付・申込票のうち、その分野に印のある票の数。印が二つあれば、どちらにも数える。

    数える日: 相談受付日
    出典: 実務からの仮置き
    """
    return _ticked("fields")


@indicator(
    "相談受付（課題と背景要因別）", "件", "intakes", of="intakes", by="issue", codes="issue",
    several=True, programme=_CONSULTATION,
)  # fmt: skip
def intakes_by_issue() -> str:
    """相談受付・申込票のうち、その課題に印のある票の数。印が二つあれば、どちらにも数える。

    数える日: 相談受付日
    出典: 国への報告事項（仮置き）
    """
    return _ticked("issues")


@indicator(
    "相談受付（年代別）", "件", "intakes", of="intakes", by="age", codes="age_band",
    programme=_CONSULTATION,
)  # fmt: skip
def intakes_by_age() -> str:
    """相談受付・申込票の数を、相談受付日の本人の年代ごとに数える。

    生年月日から、なければ聞いた年齢から決める。どの年代か決まらない人は不明とする。
    数える日: 相談受付日
    出典: 国への報告事項（仮置き）
    """
    source = "intakes AS i LEFT JOIN persons AS p ON p.id = i.client_id"
    return _sheets(source, part=age_band("i.received_on"))


@indicator(
    "課題と背景要因（年代別）", "件", "intakes", of="intakes", by="issue", several=True,
    programme=_CONSULTATION, is_public=False,
)  # fmt: skip
def intakes_by_issue_and_age() -> str:
    """相談受付・申込票のうち、その課題に印のある票の数を、本人の年代ごとに数える。

    印が二つあれば、どちらにも数える。割合は、その年代の票の数に対するもの。
    数える日: 相談受付日
    出典: 実務からの仮置き
    """
    ticks = """json_each(coalesce(nullif(i.issues, '[]'), '[""]')) AS tick"""
    source = f"intakes AS i LEFT JOIN persons AS p ON p.id = i.client_id JOIN {ticks}"
    return _sheets(source, part=f"tick.value || '/age=' || {age_band('i.received_on')}")


@indicator(
    "相談受付（スクリーニング結果別）", "件", "intakes", of="intakes", by="screening",
    codes="screening", programme=_CONSULTATION,
)  # fmt: skip
def intakes_by_screening() -> str:
    """相談受付・申込票の数を、スクリーニング結果ごとに数える。結果は、いま記録されているもの。

    数える日: 相談受付日
    出典: 厚生労働省 行政事業レビュー（2024年6月17日）
    """
    return _sheets(part="i.screening")


@indicator(
    "属性外の相談", "件", "intakes", by="own_field", codes="field", among="intakes",
    programme=_CONSULTATION,
)  # fmt: skip
def intakes_beyond_field() -> str:
    """分野の決まった窓口が受けた相談受付・申込票のうち、その分野に印のない票の数。

    窓口の分野は、機関の種別で決まる。分野の未記入の票は数えない。内訳は窓口の分野。
    数える日: 相談受付日
    出典: 厚生労働省「重層的支援体制整備事業の枠組み」（属性・世代を問わない相談）
    """
    own = "json_extract(:own_fields, '$.' || a.kind)"
    where = (
        f" AND {own} IS NOT NULL AND coalesce(i.fields, '[]') <> '[]'"
        f" AND {own} NOT IN (SELECT value FROM json_each(i.fields))"
    )
    return _sheets("intakes AS i JOIN agencies AS a ON a.id = i.received_at", where, part=own)


@indicator("気になる世帯", "件", "leads", programme="outreach")
def leads() -> str:
    """気になる世帯の記録の数。受付番号がなく、相談受付には数えない。

    数える日: 気づいた日
    出典: 実務からの仮置き
    """
    where = f"l.struck_at IS NULL AND {within('l.noticed_on')}"
    return lines("leads AS l", where, day="l.noticed_on", record_id="l.id")
