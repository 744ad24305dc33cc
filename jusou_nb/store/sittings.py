"""Reads about sittings: seats, topics, sheets side by side, copies out, what is not answered."""

import json
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from jusou_nb.boxes import Item
from jusou_nb.fields import Form
from jusou_nb.forms import AgendaItem, Conference, CopyRecall, PreparationSheet
from jusou_nb.forms.after_sitting import RecallState
from jusou_nb.forms.conference import ConferenceState
from jusou_nb.rules.attendance import Seat
from jusou_nb.rules.sheets import CONTENT
from jusou_nb.spelling import squeeze
from jusou_nb.store.agencies import former_names

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jusou_nb.store.core import Store


def topics_of(store: "Store", conference_id: int) -> list[AgendaItem]:
    """Give the items of a sitting that belong to no case (議題・研修), in order."""
    found = store.find(AgendaItem, order="place_in_order", conference_id=conference_id)
    return [item for item in found if item.case_id is None]


def next_place(store: "Store", conference_id: int) -> int:
    """Give the number of the next item of a sitting; a number struck is not given again."""
    sql = "SELECT coalesce(max(place_in_order), 0) + 1 FROM agenda_items WHERE conference_id = ?"
    (place,) = store.db.execute(sql, [conference_id]).fetchone()
    return int(place)


def seats(
    store: "Store", sitting: Conference, agencies: "Iterable[int]", *, told: bool = True
) -> dict[int, Seat]:
    """Tell of each agency whether it is on the body's roster, and who knows of 守秘.

    Without ``told`` the days of explaining, which take longer to find, are left out.
    """
    names = store.lexicon().refs["agencies"]
    members = store.profile.body(sitting.body or "").members
    seated = {squeeze(m.agency): m for m in members if m.sits_on(sitting.held_on)}
    gives_only = _of_kind(store, "gives_only")
    explained = _explained(store) if told else {}
    found = {}
    for id_ in agencies:
        member = next((seated[s] for s in _spellings(store, id_) if s in seated), None)
        found[id_] = Seat(
            agency=id_,
            name=names.get(id_, ""),
            on_roster=member is not None,
            is_person=bool(member and member.is_person),
            gives_only=id_ in gives_only,
            explained=tuple(explained.get(id_, ())),
        )
    return found


def _spellings(store: "Store", agency: int) -> list[str]:
    sql = "SELECT name, aliases FROM agencies WHERE id = ?"
    found = store.db.execute(sql, [agency]).fetchone()
    past = former_names(store).get(agency, [])
    own = (found[0], *json.loads(found[1] or "[]"), *past) if found else ()
    return [squeeze(text) for text in own]


def _of_kind(store: "Store", flag: str) -> set[int]:
    kinds = store.profile.flagged("agency_kind", flag)
    rows = store.db.execute("SELECT id, kind FROM agencies WHERE struck_at IS NULL")
    return {id_ for id_, kind in rows if kind in kinds}


def _explained(store: "Store") -> dict[int, list[tuple[str | None, date]]]:
    sql = (
        "SELECT a.agency, a.name, a.confidentiality_explained_on FROM attendees AS a"
        " JOIN conferences AS c ON c.id = a.conference_id"
        " WHERE a.struck_at IS NULL AND c.struck_at IS NULL"
        " AND a.confidentiality_explained_on IS NOT NULL ORDER BY a.id"
    )
    told: dict[int, list[tuple[str | None, date]]] = {}
    for agency, name, on in store.db.execute(sql):
        told.setdefault(agency, []).append((name, date.fromisoformat(on)))
    return told


@dataclass(frozen=True, kw_only=True)
class SideBySide:
    """The sheets of an item: one line a box, one column an agency, in the order of asking.

    ``waiting`` are the agencies that have not answered yet.
    """

    agencies: tuple[int, ...]
    lines: tuple[tuple[Item, tuple[str | None, ...]], ...]
    waiting: tuple[int, ...]


def side_by_side(store: "Store", item_id: int) -> SideBySide:
    """Lay the answers to the 事前シート of an item side by side."""
    sheets = store.find(PreparationSheet, agenda_item_id=item_id)
    back = [sheet for sheet in sheets if sheet.returned_on is not None]
    return SideBySide(
        agencies=tuple(sheet.agency or 0 for sheet in back),
        lines=tuple((box, tuple(getattr(s, box.name) for s in back)) for box in CONTENT),
        waiting=tuple(sheet.agency or 0 for sheet in sheets if sheet.returned_on is None),
    )


def copies_out(store: "Store", conference_id: int) -> list[CopyRecall]:
    """Give the numbered copies of a sitting that are not back, shredded or replaced."""
    return store.find(CopyRecall, conference_id=conference_id, state=RecallState.OUT.value)


def without_questionnaire(store: "Store", conference_id: int) -> list[int]:
    """Give the agencies that sat at a sitting and have not sent the questionnaire back.

    An answer without a name counts for nobody.
    """
    sql = (
        "SELECT DISTINCT a.agency FROM attendees AS a JOIN conferences AS c"
        " ON c.id = a.conference_id WHERE a.struck_at IS NULL AND c.id = :sitting"
        " AND c.state = :held AND a.agency NOT IN (SELECT agency FROM questionnaires"
        " WHERE agency IS NOT NULL AND conference_id = :sitting AND struck_at IS NULL)"
        " ORDER BY a.agency"
    )
    bound = {"sitting": conference_id, "held": ConferenceState.HELD.value}
    return [row[0] for row in store.db.execute(sql, bound)]


def item_of(store: "Store", row: Form) -> int | None:
    """Give the id of the item to which a row of its tables belongs, or None."""
    sql = f"SELECT agenda_item_id FROM {row.table} WHERE id = ? AND struck_at IS NULL"
    found = store.db.execute(sql, [row.id]).fetchone()
    return found[0] if found else None
