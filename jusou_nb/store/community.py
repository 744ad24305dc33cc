"""What 地域づくり counts: SQL, one function each; the docstring is the definition.

Days are inclusive on both ends. Struck records (取消) count nowhere. Individual support and
community support are counted apart, even where one visit was both.
"""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from jusou_nb.forms.community import GatheringKind
from jusou_nb.forms.conference import ConferenceState
from jusou_nb.store.yearly import CATALOGUE, by_part, count

if TYPE_CHECKING:
    from jusou_nb.store.core import Store

Counts = dict[str, int]


def _days(first: date, last: date) -> dict[str, str]:
    return {"first": first.isoformat(), "last": last.isoformat()}


def _one(store: "Store", sql: str, first: date, last: date) -> int:
    return int(store.db.execute(sql, _days(first, last)).fetchone()[0] or 0)


def _by(store: "Store", code: str, codes: list[str], first: date, last: date) -> Counts:
    return {**dict.fromkeys(codes, 0), **by_part(store, CATALOGUE[code], first, last)}


def places(store: "Store", first: date, last: date) -> int:
    """拠点数, as the year's indicator of this name defines it."""
    return count(store, CATALOGUE["places"], first, last)


def gatherings_by_kind(store: "Store", first: date, last: date) -> Counts:
    """活動の回数 by 機会の種類 (交流・参加・学び; ``""`` 未記入), as the year's indicator does."""
    return _by(store, "gatherings", [*(kind.value for kind in GatheringKind), ""], first, last)


def participants(store: "Store", first: date, last: date) -> int:
    """参加者数 (延べ), as the year's indicator ``turnouts`` defines it."""
    return count(store, CATALOGUE["turnouts"], first, last)


def helpers(store: "Store", first: date, last: date) -> int:
    """担い手の人数 (延べ), as the year's indicator of this name defines it."""
    return count(store, CATALOGUE["helpers"], first, last)


def agencies(store: "Store", first: date, last: date) -> int:
    """参加機関数, as the year's indicator ``agencies_joining`` defines it."""
    return count(store, CATALOGUE["agencies_joining"], first, last)


def community_supports(store: "Store", first: date, last: date) -> int:
    """地域支援件数, as the year's indicator of this name defines it."""
    return count(store, CATALOGUE["community_supports"], first, last)


def individual_supports(store: "Store", first: date, last: date) -> int:
    """個別支援件数, as the year's indicator ``supports`` defines it."""
    return count(store, CATALOGUE["supports"], first, last)


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
