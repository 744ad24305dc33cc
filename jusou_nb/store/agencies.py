"""The register of agencies: those of the profile, and those that a ledger names."""

import json
from typing import TYPE_CHECKING

from jusou_nb.fields import Code
from jusou_nb.forms import Agency
from jusou_nb.forms.agency import Sector
from jusou_nb.profile import Profile
from jusou_nb.spelling import squeeze
from jusou_nb.values import Lexicon

if TYPE_CHECKING:
    from jusou_nb.store.core import Store


def lexicon(store: "Store") -> Lexicon:
    """Give the words for codes and ids: the profile's, and the register's names and aliases."""
    names: dict[int, str] = {}
    spellings: dict[str, int] = {}
    sql = "SELECT id, name, aliases FROM agencies WHERE struck_at IS NULL ORDER BY id"
    for row in store.db.query(sql):
        names[row["id"]] = row["name"]
        for text in (row["name"], *json.loads(row["aliases"] or "[]")):
            spellings.setdefault(squeeze(text), row["id"])
    return Lexicon(store.profile, {"agencies": names}, {"agencies": spellings})


def add_from_profile(store: "Store", profile: Profile) -> None:
    """Add the profile's agencies that the register does not know yet by name or alias."""
    known = store.lexicon().spellings["agencies"]
    for entry in profile.agencies:
        if squeeze(entry.name) not in known:
            store.save(
                Agency(
                    name=entry.name,
                    kind=Code(entry.kind),
                    sector=Sector.of(entry.sector),
                    aliases=entry.aliases or None,
                )
            )


def find_or_add(store: "Store", name: str) -> tuple[int, bool]:
    """Find an agency by name or alias, or add it; say whether it is new."""
    found = store.lexicon().spellings["agencies"].get(squeeze(name))
    if found is not None:
        return found, False
    added = store.save(Agency(name=name.strip()))
    return added.id or 0, True
