"""What the reports count beside intakes and cases: sittings, plans, referrals.

Days are inclusive on both ends. Struck records (取消) count nowhere.
"""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from jusou_nb.forms.conference import AgendaKind, ConferenceState
from jusou_nb.forms.referral import ReferralAnswer

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
    """Count プラン.

    Counts: plans (件); ``first`` and ``again`` (再プラン) by プラン作成日, ``agreed`` by
    了承日, ``decided`` by 支援決定 決裁日, so one plan can stand in several.
    Source: ``plans``.
    """
    sql = (
        "SELECT count(*) FILTER (WHERE drawn_on BETWEEN :first AND :last"
        " AND coalesce(sequence, 1) = 1),"
        " count(*) FILTER (WHERE drawn_on BETWEEN :first AND :last AND sequence > 1),"
        " count(*) FILTER (WHERE outcome_on BETWEEN :first AND :last),"
        " count(*) FILTER (WHERE decided_on BETWEEN :first AND :last)"
        " FROM plans WHERE struck_at IS NULL"
    )
    bound = {"first": first.isoformat(), "last": last.isoformat()}
    made, again, agreed, decided = store.db.execute(sql, bound).fetchone()
    return PlanCount(first=made, again=again, agreed=agreed, decided=decided)


def referrals_by_answer(store: "Store", first: date, last: date) -> dict[str, int]:
    """Count つなぎ by what came of it until now.

    Counts: referrals (件). Date: つないだ日, else the 相談受付日 of their intake (a ledger
    states no other). Source: ``referrals``, ``intakes``.
    """
    sql = (
        "SELECT answer, count(*) FROM referrals AS r LEFT JOIN intakes AS i ON i.id = r.intake_id"
        " WHERE r.struck_at IS NULL"
        " AND coalesce(r.sent_on, i.received_on) BETWEEN ? AND ? GROUP BY answer"
    )
    found = dict(store.db.execute(sql, [first.isoformat(), last.isoformat()]).fetchall())
    return {answer.value: found.get(answer.value, 0) for answer in ReferralAnswer}
