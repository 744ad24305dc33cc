"""What 地域づくり counts: SQL, one function each; the docstring is the definition.

Days are inclusive on both ends. Struck records (取消) count nowhere. Individual support and
community support are counted apart, even where one visit was both.
"""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from jusou_nb.forms.community import GatheringKind
from jusou_nb.forms.conference import ConferenceState

if TYPE_CHECKING:
    from jusou_nb.store.core import Store

Counts = dict[str, int]


def _days(first: date, last: date) -> dict[str, str]:
    return {"first": first.isoformat(), "last": last.isoformat()}


def _one(store: "Store", sql: str, first: date, last: date) -> int:
    return int(store.db.execute(sql, _days(first, last)).fetchone()[0] or 0)


def _by(store: "Store", sql: str, codes: list[str], first: date, last: date) -> Counts:
    found = {code or "": n for code, n in store.db.execute(sql, _days(first, last))}
    return {**dict.fromkeys(codes, 0), **found}


_HELD = "struck_at IS NULL AND held_on BETWEEN :first AND :last"


def places(store: "Store", first: date, last: date) -> int:
    """拠点数: places of the register that were open on at least one of the days.

    Date: 開設日 (none: always there) and 閉じた日. Source: ``places``.
    """
    sql = (
        "SELECT count(*) FROM places WHERE struck_at IS NULL"
        " AND coalesce(opened_on, '') <= :last AND coalesce(closed_on, '9999') >= :first"
    )
    return _one(store, sql, first, last)


def gatherings_by_kind(store: "Store", first: date, last: date) -> Counts:
    """活動の回数 by 機会の種類 (交流・参加・学び; ``""`` 未記入). Date: 開催日."""
    sql = f"SELECT kind, count(*) FROM gatherings WHERE {_HELD} GROUP BY kind"
    return _by(store, sql, [*(kind.value for kind in GatheringKind), ""], first, last)


def participants_by_band(store: "Store", first: date, last: date) -> Counts:
    """参加者数 (延べ) by 年代: the sum of 人数 of the activities' rows.

    Who came twice counts twice; 担い手 are counted by :func:`helpers`. Date: 開催日.
    Source: ``turnouts`` of ``gatherings``.
    """
    sql = (
        "SELECT t.band, sum(t.count) FROM turnouts AS t JOIN gatherings AS g ON g.id ="
        " t.gathering_id WHERE t.struck_at IS NULL AND g.struck_at IS NULL"
        " AND g.held_on BETWEEN :first AND :last GROUP BY t.band"
    )
    codes = list(store.profile.codes("age_band").by_code)
    return _by(store, sql, codes, first, last)


def participants(store: "Store", first: date, last: date) -> int:
    """参加者数 (延べ): the sum of :func:`participants_by_band`."""
    return sum(participants_by_band(store, first, last).values())


def helpers(store: "Store", first: date, last: date) -> int:
    """担い手の人数 (延べ): the sum of the activities' 担い手の人数. Date: 開催日."""
    return _one(store, f"SELECT sum(helpers) FROM gatherings WHERE {_HELD}", first, last)


def agencies(store: "Store", first: date, last: date) -> int:
    """参加機関数: agencies and bodies that took part in at least one activity, each once.

    Date: 開催日. Source: ``gatherings.agencies``.
    """
    sql = (
        "SELECT count(DISTINCT entry.value) FROM gatherings, json_each(gatherings.agencies)"
        f" AS entry WHERE {_HELD}"
    )
    return _one(store, sql, first, last)


def community_supports_by_kind(store: "Store", first: date, last: date) -> Counts:
    """地域支援件数 by 支援の内容: records of support to bodies and places. Date: 日."""
    sql = (
        "SELECT kind, count(*) FROM community_supports WHERE struck_at IS NULL"
        " AND supported_on BETWEEN :first AND :last GROUP BY kind"
    )
    return _by(store, sql, list(store.profile.codes("community_support").by_code), first, last)


def community_supports(store: "Store", first: date, last: date) -> int:
    """地域支援件数: the sum of :func:`community_supports_by_kind`."""
    return sum(community_supports_by_kind(store, first, last).values())


def individual_supports(store: "Store", first: date, last: date) -> int:
    """個別支援件数: entries of 支援経過, of any case. Date: 日時. Source: ``case_notes``."""
    sql = (
        "SELECT count(*) FROM case_notes WHERE struck_at IS NULL"
        " AND substr(happened_at, 1, 10) BETWEEN :first AND :last"
    )
    return _one(store, sql, first, last)


def intakes_from_gatherings(store: "Store", first: date, last: date) -> int:
    """地域の活動から届いた相談: intake sheets that name the activity. Date: 相談受付日."""
    sql = (
        "SELECT count(*) FROM intakes WHERE struck_at IS NULL AND from_gathering IS NOT NULL"
        " AND received_on BETWEEN :first AND :last"
    )
    return _one(store, sql, first, last)


@dataclass(frozen=True, kw_only=True)
class Missing:
    """What an item of a sitting said to be missing, and nobody has taken up yet."""

    item_id: int
    held_on: date
    text: str


def missing_resources(store: "Store") -> list[Missing]:
    """List 不足する社会資源 of sittings held, from items without a 不足資源 of their own."""
    sql = (
        "SELECT a.id AS item_id, c.held_on, a.missing_resources AS text FROM agenda_items AS a"
        " JOIN conferences AS c ON c.id = a.conference_id WHERE a.struck_at IS NULL"
        f" AND c.struck_at IS NULL AND c.state = '{ConferenceState.HELD.value}'"
        " AND coalesce(a.missing_resources, '') <> ''"
        " AND NOT EXISTS (SELECT 1 FROM resource_gaps AS g WHERE g.agenda_item_id = a.id"
        " AND g.struck_at IS NULL) ORDER BY c.held_on DESC, a.place_in_order"
    )
    return [
        Missing(
            item_id=row["item_id"], held_on=date.fromisoformat(row["held_on"]), text=row["text"]
        )
        for row in store.db.query(sql)
    ]
