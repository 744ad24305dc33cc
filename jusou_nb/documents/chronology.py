"""家族年表 as a table: on the office's sheets all of it, in a packet what its reader may have."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jusou_nb.dates import PartialDate, wareki
from jusou_nb.documents.sheet_parts import Part, Table
from jusou_nb.fields import get_item
from jusou_nb.forms import FamilyEvent, Household, Intake
from jusou_nb.rules.chronology import Moment, MomentKind, moment_withheld
from jusou_nb.store import Store
from jusou_nb.store.chronology import chronology
from jusou_nb.store.chronology import shown as shown_of
from jusou_nb.values import Lexicon

if TYPE_CHECKING:
    from jusou_nb.documents.eyes import Eyes
    from jusou_nb.documents.sitting import Entry

WHOLE = "世帯"
_RELATIVE = "家族・親族"
"""Whoever stands on the family map only has no letter, and on no paper a name."""
_HEAD = ("時期", "だれの", "できごと", "情報を持つ機関", "知った場")
_WIDTHS = ("date", "age", "", "agency", "date")


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line of the 家族年表 on a paper."""

    when: str
    whose: str
    what: str
    held_by: str


def office_part(store: Store, household: Household, lexicon: Lexicon) -> tuple[Part, ...]:
    """Give the 家族年表 for a sheet of the office: who is who by 続柄, and where it was heard."""
    bases = {basis.code: basis.label for basis in store.profile.bases}
    people, agencies = lexicon.refs["persons"], lexicon.refs["agencies"]
    rows = tuple(
        (
            wareki(moment.when),
            people.get(moment.person_id or 0, WHOLE),
            moment.what,
            agencies.get(moment.held_by or 0, ""),
            bases.get(moment.learnt_on_basis or "", ""),
        )
        for moment in chronology(store, household)
    )
    return (
        (Part(title=FamilyEvent.title, table=Table(head=_HEAD, widths=_WIDTHS, rows=rows)),)
        if rows
        else ()
    )


def shown(store: Store, household: Household) -> list[tuple[str, int]]:
    """Name the records on which the table depends."""
    return shown_of(store, household.id or 0)


def rows_for(entry: "Entry", moments: Iterable[Moment], eyes: "Eyes") -> tuple[Row, ...]:
    """Give the 家族年表 of an item as one reader may have it.

    A family of which no event was written by hand, or none that this reader may have, has no
    table: what remains stands in the item's other parts already.
    """
    allowed = [
        moment
        for moment in moments
        if moment_withheld(eyes.reader, eyes.matter, moment, entry.household) is None
    ]
    if not any(moment.kind is MomentKind.EVENT for moment in allowed):
        return ()
    return tuple(_row(entry, moment, eyes) for moment in allowed)


def _row(entry: "Entry", moment: Moment, eyes: "Eyes") -> Row:
    return Row(
        when=wareki(_when(moment, eyes)),
        whose=_whose(entry, moment, eyes),
        what=moment.what,
        held_by=eyes.agency(moment.held_by),
    )


def _when(moment: Moment, eyes: "Eyes") -> PartialDate:
    """Tell of a consultation the month only where its day would betray who told us."""
    told = moment.kind is not MomentKind.INTAKE
    if told or eyes.withheld(get_item(Intake, "received_on")) is None:
        return moment.when
    return PartialDate(moment.when.year, moment.when.month)


def _whose(entry: "Entry", moment: Moment, eyes: "Eyes") -> str:
    if moment.person_id is None:
        return WHOLE
    person = next((p for p in entry.household.members if p.id == moment.person_id), None)
    if person is None:
        return ""
    if person in entry.people:
        return eyes.name(person)
    return eyes.text(person, "relation", person) or _RELATIVE
