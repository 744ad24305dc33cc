"""The common shape of every kind of waiting: which columns, and when a case still runs."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from jusou_nb.choices import Choice
from jusou_nb.forms.case import CaseStatus
from jusou_nb.forms.conference import ConferenceState


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A kind of waiting.

    Attributes:
        label: What it is called.
        what_to_do: One sentence for whoever has it.
        table: Where its records are.
        sql: Gives the SQL; its docstring is the definition.
        ahead: The threshold of the profile by whose days it is told before its day.
        from_day: Makes the day by which it is due from the one in the record.
    """

    label: str
    what_to_do: str
    table: str
    sql: Callable[[], str]
    ahead: str = ""
    from_day: Callable[[date], date] | None = None

    @property
    def code(self) -> str:
        """Its code: the name of the function that defines it."""
        return self.sql.__name__


COLUMNS = (
    "record_id", "due_on", "case_id", "client_id", "household_id", "intake_id", "agency_id",
    "worker",
)  # fmt: skip
"""What a kind says of a record that waits; what it does not say is empty."""


def waiting(source: str, where: str, **columns: str) -> str:
    """Write the SELECT of a kind from its tables, its condition and its columns."""
    cells = ", ".join(f"{columns.get(name, 'NULL')} AS {name}" for name in COLUMNS)
    return f"SELECT {cells} FROM {source} WHERE {where}"


def codes_of(choices: Iterable[Choice]) -> str:
    """Write the list of some choices' codes as SQL compares a column with it."""
    listed = ", ".join(f"'{choice.value}'" for choice in choices)
    return f"({listed})"


def _listed(statuses: list[CaseStatus]) -> str:
    return ", ".join(f"'{status.value}'" for status in statuses)


_OPEN = [status for status in CaseStatus if status.is_open]
_ENDED = [CaseStatus.CLOSED, CaseStatus.SUSPENDED]

RUNS = f"k.struck_at IS NULL AND k.status IN ({_listed(_OPEN)})"
"""The case ``k`` is a running one."""

ACCOMPANIED = f"k.struck_at IS NULL AND k.status IN ({_listed([*_OPEN, CaseStatus.CHECK_IN])})"
"""The case ``k`` is a running one, or one kept in touch with (フォロー)."""


def not_ended(client: str) -> str:
    """Say that the last case of a client is not closed or suspended (or there is none)."""
    return (
        f"coalesce((SELECT status FROM cases WHERE client_id = {client} AND struck_at IS NULL"
        f" ORDER BY id DESC LIMIT 1), '') NOT IN ({_listed(_ENDED)})"
    )


def later(day: str, threshold: str, unit: str = "days") -> str:
    """Write a day so many days or months, a threshold of the profile, after another."""
    return f"date({day}, '+' || :{threshold} || ' {unit}')"


def next_consent_sitting(client: str) -> str:
    """Write the day of the next sitting with an item of a client on a basis of consent."""
    return (
        "(SELECT min(s.held_on) FROM agenda_items AS a JOIN conferences AS s"
        f" ON s.id = a.conference_id WHERE a.client_id = {client} AND a.struck_at IS NULL"
        f" AND s.struck_at IS NULL AND s.state = '{ConferenceState.PLANNED.value}'"
        " AND s.held_on >= :today AND a.basis IN (SELECT value FROM json_each(:consent_bases)))"
    )
