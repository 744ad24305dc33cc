"""The words that codes and ids stand for: the profile's, and the names in the store's registers.

Persons are in no lexicon but that of their own household, opened on purpose: a paper that
asks the common one for a person gets a number, never a name.
"""

import json
from datetime import date
from typing import TYPE_CHECKING

from jusou_nb.forms import Household, Person
from jusou_nb.forms.household import Standing
from jusou_nb.spelling import squeeze
from jusou_nb.store import agencies
from jusou_nb.values import Lexicon

if TYPE_CHECKING:
    from jusou_nb.store.core import Store

REGISTERS = {
    "agencies": "name",
    "hosts": "name",
    "places": "name",
    "trainings": "name || '（' || held_on || '）'",
    "gatherings": "name || '（' || held_on || '）'",
}
"""Tables whose records can be chosen in a box, and how each is called there."""


def lexicon(store: "Store", on: date | None = None) -> Lexicon:
    """Give the words for codes and ids as they stand now, agencies as they were called ``on``."""
    names = {table: _names(store, table, called) for table, called in REGISTERS.items()}
    spellings = {
        table: {squeeze(text): id_ for id_, text in reversed(found.items())}
        for table, found in names.items()
    }
    for id_, alias in _aliases(store):
        spellings["agencies"].setdefault(squeeze(alias), id_)
    former = agencies.former_names(store)
    for id_, alias in [(id_, name) for id_, past in former.items() for name in past]:
        spellings["agencies"].setdefault(squeeze(alias), id_)
    if on is not None and former:
        past = {id_: borne[-1] for id_, borne in agencies.former_names(store, on).items()}
        names["agencies"] = {id_: past.get(id_, name) for id_, name in names["agencies"].items()}
    return Lexicon(store.profile, names, spellings)


def household_lexicon(store: "Store", household: Household) -> Lexicon:
    """Give the words with the people of one household, for its own forms in the office."""
    common = lexicon(store)
    people = {
        person.id: f"{person.name or ''}（{_told(person)}）"
        for person in household.members
        if person.id is not None
    }
    return Lexicon(
        store.profile,
        {**common.refs, "persons": people},
        {**common.spellings, "persons": {squeeze(text): id_ for id_, text in people.items()}},
    )


def _told(person: Person) -> str:
    """Say what somebody is to the client, and that they stand on the family map only."""
    relation = person.relation or "続柄なし"
    if person.is_member or person.standing is None:
        return relation
    return f"{relation}・{Standing.of(person.standing).label}"


def _names(store: "Store", table: str, called: str) -> dict[int, str]:
    sql = f"SELECT id, {called} FROM {table} WHERE struck_at IS NULL ORDER BY id"
    return {row[0]: row[1] for row in store.db.execute(sql) if row[1]}


def _aliases(store: "Store") -> list[tuple[int, str]]:
    sql = (
        "SELECT id, aliases FROM agencies WHERE struck_at IS NULL AND aliases IS NOT NULL"
        " ORDER BY id"
    )
    return [(row[0], text) for row in store.db.execute(sql) for text in json.loads(row[1])]
