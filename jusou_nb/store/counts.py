"""What the reports count beside intakes and cases: sittings, plans, referrals.

Days are inclusive on both ends. Struck records (取消) count nowhere.
"""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from jusou_nb.forms.conference import AgendaKind, ConferenceState
from jusou_nb.forms.referral import ReferralAnswer
from jusou_nb.store.yearly import CATALOGUE, by_part, count

if TYPE_CHECKING:
    from jusou_nb.store.core import Store


@dataclass(frozen=True, kw_only=True)
class BasisCount:
    """Sittings and items of one legal basis."""

    basis: str
    sittings: int = 0
    items: int = 0
    new_items: int = 0
    to_come: int = 0


def sittings_by_basis(store: "Store", first: date, last: date, today: date) -> list[BasisCount]:
    """Count sittings and items by 法的根拠, one row a basis, with 0 where there is none.

    Counts: sittings (回) that have an item on the basis, and their items (件), 新規 among
    them; a sitting with items on two bases counts under both. Sittings called off count
    nowhere; those after ``today`` are ``to_come``. Bases that hear no single cases are left
    out. Date: 会議日. Source: ``conferences``, ``agenda_items``.
    """
    sql = (
        "SELECT basis, count(DISTINCT c.id) FILTER (WHERE held_on <= :today),"
        " count(*) FILTER (WHERE held_on <= :today),"
        " count(*) FILTER (WHERE held_on <= :today AND kind = :new),"
        " count(DISTINCT c.id) FILTER (WHERE held_on > :today)"
        " FROM agenda_items AS a JOIN conferences AS c ON c.id = a.conference_id"
        " WHERE a.struck_at IS NULL AND c.struck_at IS NULL AND c.state IS NOT :cancelled"
        " AND held_on BETWEEN :first AND :last GROUP BY basis"
    )
    bound = {
        "first": first.isoformat(), "last": last.isoformat(), "today": today.isoformat(),
        "new": AgendaKind.NEW.value, "cancelled": ConferenceState.CANCELLED.value,
    }  # fmt: skip
    found = {row[0]: row[1:] for row in store.db.execute(sql, bound)}
    codes = [b.code for b in store.profile.bases if not b.anonymous]
    rows = [(code, *found.get(code, (0, 0, 0, 0))) for code in codes]
    return [
        BasisCount(basis=code, sittings=held, items=items, new_items=new, to_come=later)
        for code, held, items, new, later in rows
    ]


@dataclass(frozen=True, kw_only=True)
class PlanCount:
    """Plans of a month."""

    first: int
    again: int
    agreed: int
    decided: int


def plans(store: "Store", first: date, last: date) -> PlanCount:
    """Count プラン (件), as the year's indicators define it; one plan can stand in several."""
    made = by_part(store, CATALOGUE["plans_by_sequence"], first, last)
    return PlanCount(
        first=made.get("first", 0),
        again=made.get("again", 0),
        agreed=count(store, CATALOGUE["plans_agreed"], first, last),
        decided=count(store, CATALOGUE["plans_decided"], first, last),
    )


def referrals_by_answer(store: "Store", first: date, last: date) -> dict[str, int]:
    """Count つなぎ (件) by what came of it until now, as the year's indicator does."""
    found = by_part(store, CATALOGUE["referrals_by_answer"], first, last)
    return {answer.value: found.get(answer.value, 0) for answer in ReferralAnswer}
