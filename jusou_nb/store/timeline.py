"""時間の流れ: every record of a household as one line in the order of its days, the newest first.

It is for the office's own desk. Which form stands there by which day, and with which of its
boxes, is in :mod:`jusou_nb.store.timeline_sources`.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from jusou_nb import values
from jusou_nb.boxes import Kind
from jusou_nb.fields import Item, get_item
from jusou_nb.forms import Case, Conference, Household
from jusou_nb.store.case_phases import phases
from jusou_nb.store.household_scope import conditions
from jusou_nb.store.schema import columns
from jusou_nb.store.timeline_sources import SOURCES, Source
from jusou_nb.values import Lexicon

if TYPE_CHECKING:
    from jusou_nb.store.core import Store

PHASE = "段階の変更"
_WHOSE = ("person_id", "client_id", "whose", "whom")
_LONG = 2000
"""Letters of a line that are sent to the screen; the whole text is in the record."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of the 時間の流れ.

    Attributes:
        day: ISO, as exactly as it is known (``2019``, ``2019-04``); empty where it is not.
        clock: The time of day, or nothing.
        kind: What it is, in Japanese.
        words: What it says.
        table: Where the record is.
        record_id: Which one it is.
        person_id: Whose; None is the whole household's.
        case_id: To which case it belongs; None: the household's.
        struck_because: The reason of its 取消; None where it stands.
    """

    day: str
    clock: str = ""
    kind: str
    words: str
    table: str
    record_id: int
    person_id: int | None = None
    case_id: int | None = None
    struck_because: str | None = None


def lines(store: "Store", household: Household, words: Lexicon) -> list[Line]:
    """List all that is recorded of a household, the newest first, what has no day last.

    Args:
        store: The open store.
        household: Whose.
        words: The words for codes and ids, with the people of this household.
    """
    clients = _clients(store, household)
    found = [line for source in SOURCES for line in _of(store, source, household, words, clients)]
    found += [
        Line(
            day=phase.day,
            kind=PHASE,
            words=phase.words,
            table=Case.table,
            record_id=phase.case_id,
            person_id=clients.get(phase.case_id),
            case_id=phase.case_id,
        )
        for phase in phases(store, clients)
    ]
    return sorted(found, key=_order, reverse=True)


def _order(line: Line) -> tuple[str, str, int]:
    return line.day, line.clock, line.record_id


def _clients(store: "Store", household: Household) -> dict[int, int]:
    """Give the client of each case of a household, struck cases among them."""
    sql = f"SELECT id, client_id FROM {Case.table} WHERE household_id = ?"
    return dict(store.db.execute(sql, [household.id]).fetchall())


def _of(
    store: "Store", source: Source, household: Household, words: Lexicon, clients: Mapping[int, int]
) -> Iterator[Line]:
    boxes = [(get_item(source.form, name.rstrip("：")), name) for name in source.boxes]
    for row in store.db.query(_sql(source), {"home": household.id, **source.bound}):
        day, clock = _when(row["timeline_day"])
        case_id = row["timeline_case"]
        own = next((row[name] for name in _WHOSE if row.get(name) is not None), None)
        yield Line(
            day=day,
            clock=clock,
            kind=source.name,
            words=_said(boxes, row, words)[:_LONG],
            table=source.opens[0] or source.form.table,
            record_id=row["timeline_id"],
            person_id=own or (clients.get(case_id) if case_id else None),
            case_id=case_id,
            struck_because=(row["struck_reason"] or "") if row["struck_at"] else None,
        )


def _sql(source: Source) -> str:
    """Write the query of a source: its boxes, its day, whose it is, and whether it was struck."""
    form, held = source.form, f"FROM {Conference.table} AS s WHERE s.id = conference_id"
    known = {*columns(form, None)}
    names = [name.rstrip("：") for name in source.boxes]
    whose = [name for name in _WHOSE if name in known]
    cells = ", ".join(dict.fromkeys([*names, *whose, "struck_at", "struck_reason"]))
    day = f"(SELECT held_on {held})" if source.of_sitting else source.day
    body = f"(SELECT body {held})" if source.of_sitting else "NULL"
    case = source.case or ("case_id" if "case_id" in known else "NULL")
    where = f" AND ({source.where})" if source.where else ""
    return (
        f"SELECT {cells}, {source.opens[1]} AS timeline_id, {day} AS timeline_day,"
        f" {case} AS timeline_case, {body} AS timeline_body FROM {form.table}"
        f" WHERE ({conditions()[form.table]}){where}"
    )


def _when(raw: str | None) -> tuple[str, str]:
    day, _, clock = (raw or "").partition("T")
    return day, clock[:5]


def _said(boxes: Iterable[tuple[Item, str]], row: Mapping[str, Any], words: Lexicon) -> str:
    """Write the boxes of a line; where the name ends in ： the label stands before it."""
    said = [words.profile.body(row["timeline_body"]).label] if row["timeline_body"] else []
    for box, name in boxes:
        text = _text(box, row[box.name], words)
        if text:
            said.append(f"{box.label}：{text}" if name.endswith("：") else text)
    return "　".join(said)


def _text(box: Item, raw: Any, words: Lexicon) -> str:
    value = values.from_column(box, raw)
    if box.kind is Kind.NUMBER and value is not None:
        return f"{value:,}"
    return values.show(box, value, words)
