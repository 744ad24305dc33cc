"""What is counted of 参加支援, and who is where: hosts, places in use, matchings.

SQL, one function each; the docstring is the definition. Days are inclusive on both ends,
struck records (取消) count nowhere.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from jusou_nb.forms import Matching
from jusou_nb.forms.participation import MatchStage
from jusou_nb.store.yearly import CATALOGUE, by_part, count

if TYPE_CHECKING:
    from jusou_nb.store.core import Store

IN_PLACE = tuple(s for s in MatchStage if s.takes_part or s is MatchStage.TRIAL)
"""Stages in which somebody has a place at a host: 体験 and after it, until 中止."""
RUNNING = tuple(s for s in MatchStage if s is not MatchStage.STOPPED)


def people_at(store: "Store", host_id: int, *, without: int | None = None) -> list[Matching]:
    """List the matchings that have a place at a host now; ``without`` leaves one of them out."""
    found = store.find(Matching, host=host_id)
    return [m for m in found if m.stage in IN_PLACE and m.id != without and not _is_over(store, m)]


def _is_over(store: "Store", matching: Matching) -> bool:
    sql = "SELECT ended_on FROM participation_menus WHERE id = ?"
    found = store.db.execute(sql, [matching.menu_id]).fetchone()
    return found is not None and found[0] is not None


def places_taken(store: "Store", host_id: int, *, without: int | None = None) -> dict[str, int]:
    """Count the places in use at a host by weekday, and at all under ``""``.

    Counts: people (人) on 体験 or later whose menu runs. Who has no days stated counts on
    every day. Source: ``matchings``.
    """
    there = people_at(store, host_id, without=without)
    used = Counter[str](day for m in there for day in m.days or ())
    always = sum(not m.days for m in there)
    days = store.profile.codes("weekday").by_code
    return {"": len(there), **{day: used[day] + always for day in days}}


def participants(store: "Store", first: date, last: date) -> int:
    """Count 支援対象者数 (人), as the year's indicator of this name defines it."""
    return count(store, CATALOGUE["participants"], first, last)


def hosts_ready(store: "Store", first: date, last: date) -> int:
    """Count 協力事業者数 (か所), as the year's indicator of this name defines it."""
    return count(store, CATALOGUE["hosts_ready"], first, last)


def hosts_found(store: "Store", first: date, last: date) -> int:
    """Count 新しく開拓した受入先 (か所), as the year's indicator of this name defines it."""
    return count(store, CATALOGUE["hosts_found"], first, last)


@dataclass(frozen=True, kw_only=True)
class MatchCount:
    """マッチング of a time, in 件: begun, taken part, settled for 3 and for 6 months, stopped."""

    begun: int
    joined: int
    settled_3: int
    settled_6: int
    stopped: int


def matchings(store: "Store", first: date, last: date) -> MatchCount:
    """Count マッチング数 and 定着数（3か月・6か月）(件), as the year's indicator defines it."""
    found = by_part(store, CATALOGUE["matchings"], first, last)
    names = {
        "begun": MatchStage.APPROACH,
        "joined": MatchStage.JOINED,
        "settled_3": MatchStage.SETTLED_3,
        "settled_6": MatchStage.SETTLED_6,
        "stopped": MatchStage.STOPPED,
    }
    return MatchCount(**{name: found.get(stage.value, 0) for name, stage in names.items()})
