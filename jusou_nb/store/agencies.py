"""The register of agencies: those of the profile, those that a ledger names, former names."""

from datetime import date
from typing import TYPE_CHECKING

from jusou_nb.fields import Code
from jusou_nb.forms import Agency
from jusou_nb.forms.agency import Sector
from jusou_nb.profile import Profile
from jusou_nb.spelling import squeeze

if TYPE_CHECKING:
    from jusou_nb.store.core import Store


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
                    municipality=entry.municipality or None,
                    telephone=entry.telephone or None,
                    address=entry.address or None,
                    open_when=entry.open_when or None,
                    takes=entry.takes or None,
                )
            )


def find_or_add(store: "Store", name: str) -> tuple[int, bool]:
    """Find an agency by name or alias, or add it; say whether it is new."""
    found = store.lexicon().spellings["agencies"].get(squeeze(name))
    if found is not None:
        return found, False
    added = store.save(Agency(name=name.strip()))
    return added.id or 0, True


def former_names(store: "Store", on: date | None = None) -> dict[int, list[str]]:
    """Give what agencies were called before, by id, the latest name first.

    With ``on`` only names still borne that day: the last of each is the one in use then.
    """
    sql = (
        "SELECT agency_id, name FROM agency_names WHERE struck_at IS NULL AND name IS NOT NULL"
        " AND (:day IS NULL OR until >= :day) ORDER BY until DESC, id DESC"
    )
    found: dict[int, list[str]] = {}
    for agency, name in store.db.execute(sql, {"day": on.isoformat() if on else None}):
        found.setdefault(agency, []).append(name)
    return found
