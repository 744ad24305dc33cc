"""The register of desks and schemes (窓口・制度): what fits, found by issue, field or words."""

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING

from jusou_nb.forms import Case, Scheme
from jusou_nb.names import fold

if TYPE_CHECKING:
    from jusou_nb.store.core import Store


def running_schemes(store: "Store", on: date | None = None) -> list[Scheme]:
    """List the schemes that have not ended by a day (None: of all days those never ended)."""
    found = store.find(Scheme, order="name")
    return [one for one in found if one.ended_on is None or (on and on <= one.ended_on)]


def find_schemes(
    store: "Store",
    *,
    issue: str | None = None,
    field: str | None = None,
    text: str = "",
    on: date | None = None,
) -> list[Scheme]:
    """Search the running schemes; what is given must all hold.

    Args:
        store: The open store.
        issue: Code of an issue that a scheme fits.
        field: Code of a field.
        text: Words, each of which stands in the name, 対象, 条件 or the steps (kana and width
            do not matter).
        on: The day on which it must run.
    """
    words = [fold(word) for word in text.split()]
    return [
        scheme
        for scheme in running_schemes(store, on)
        if (issue is None or issue in (scheme.issues or ()))
        and (field is None or field in (scheme.fields or ()))
        and all(word in _words(scheme) for word in words)
    ]


def _words(scheme: Scheme) -> str:
    said = (scheme.name, scheme.for_whom, scheme.conditions, *(s.what for s in scheme.steps))
    return fold(" ".join(part or "" for part in said))


def issues_of(store: "Store", case: Case) -> Collection[str]:
    """Give the codes of a case's issues: ticked at its intake, or on its assessment sheets."""
    return _codes(
        store,
        "SELECT value FROM intakes AS i, json_each(i.issues) WHERE i.id = :intake"
        " AND i.struck_at IS NULL AND i.issues IS NOT NULL"
        " UNION SELECT m.issue FROM issue_marks AS m JOIN assessments AS a"
        " ON a.id = m.assessment_id WHERE a.case_id = :case AND a.struck_at IS NULL"
        " AND m.struck_at IS NULL AND m.issue IS NOT NULL",
        case,
    )


def fields_of(store: "Store", case: Case) -> Collection[str]:
    """Give the codes of the fields that were ticked at a case's intake."""
    return _codes(
        store,
        "SELECT value FROM intakes AS i, json_each(i.fields) WHERE i.id = :intake"
        " AND i.struck_at IS NULL AND i.fields IS NOT NULL",
        case,
    )


def _codes(store: "Store", sql: str, case: Case) -> Collection[str]:
    bound = {"intake": case.intake_id, "case": case.id}
    return [row[0] for row in store.db.execute(f"{sql} ORDER BY 1", bound)]


def profile_place(store: "Store") -> int:
    """Give the number of the profile in force."""
    return int(store.db.execute("SELECT max(id) FROM profiles").fetchone()[0])
