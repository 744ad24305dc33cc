"""Counts an indicator: as a whole, by its parts, by month, and the records behind a figure."""

import json
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from jusou_nb.store.yearly.bands import laid_out
from jusou_nb.store.yearly.defined import Indicator, Way

if TYPE_CHECKING:
    from jusou_nb.store.core import Store

Counts = dict[str, int]

_BY = {
    Way.RECORDS: "count(*)",
    Way.HOUSEHOLDS: "count(DISTINCT household_id)",
    Way.PERSONS: "count(DISTINCT person_id)",
    Way.TOTAL: "coalesce(sum(amount), 0)",
}


def _counted(one: Indicator, way: Way) -> str:
    if way is Way.RECORDS and one.several:
        return "count(DISTINCT record_id)"
    return _BY[way]


def count(store: "Store", one: Indicator, first: date, last: date, way: Way | None = None) -> int:
    """Count an indicator as a whole; a record that stands in several parts counts once."""
    sql = f"SELECT {_counted(one, way or one.main)} FROM ({one.sql()})"
    return int(store.db.execute(sql, binds(store, first, last)).fetchone()[0])


def by_part(
    store: "Store", one: Indicator, first: date, last: date, way: Way | None = None
) -> Counts:
    """Count an indicator by its parts; parts without any are not there, 未記入 is ``""``.

    A record is one line in each part where it stands.
    """
    sql = f"SELECT coalesce(part, ''), {_BY[way or one.main]} FROM ({one.sql()}) GROUP BY 1"
    return {str(part): n for part, n in store.db.execute(sql, binds(store, first, last))}


def by_month(store: "Store", one: Indicator, first: date, last: date) -> dict[tuple[str, str], int]:
    """Count an indicator by part and month (``2026-04``); what is not there is 0.

    For indicators whose months add up to the year only (not ``stands``).
    """
    sql = (
        f"SELECT coalesce(part, ''), substr(day, 1, 7), {_counted(one, one.main)}"
        f" FROM ({one.sql()}) GROUP BY 1, 2"
    )
    found = store.db.execute(sql, binds(store, first, last))
    return {(str(part), month): n for part, month, n in found}


def records(
    store: "Store", one: Indicator, first: date, last: date, part: str | None = None
) -> Iterator[tuple[int, int | None]]:
    """Give the records behind a figure: the id in the indicator's table, and the household."""
    sql = f"SELECT DISTINCT record_id, household_id FROM ({one.sql()})"
    if part is not None:
        sql += " WHERE CAST(coalesce(part, '') AS TEXT) = :part"
    yield from store.db.execute(
        f"{sql} ORDER BY record_id", {**binds(store, first, last), "part": part}
    )


def binds(store: "Store", first: date, last: date) -> dict[str, Any]:
    """Give what the SQL of the indicators asks of the span and of the town's profile."""
    profile = store.profile
    single = [basis for basis in profile.bases if not basis.anonymous]
    sets = {
        "same_day": profile.flagged("urgency", "same_day"),
        "asks": profile.flagged("referral_kind", "asks"),
        "death": profile.flagged("closure_reason", "death"),
        "consent_bases": [basis.code for basis in single if basis.requires_consent],
        "open_bases": [basis.code for basis in single if not basis.requires_consent],
        "bases": [basis.code for basis in single],
    }
    own = {
        option.code: flag.removeprefix("for_")
        for option in profile.codes("agency_kind").options
        for flag in sorted(option.flags)
        if flag.startswith("for_")
    }
    bands, width = laid_out(profile)
    return {
        "first": first.isoformat(),
        "last": last.isoformat(),
        "quiet_days": profile.thresholds["days_without_contact"],
        "bands": bands,
        "band_width": width,
        "own_fields": json.dumps(own),
        **{name: json.dumps(sorted(codes)) for name, codes in sets.items()},
    }
