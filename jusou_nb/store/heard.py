"""Boxes that were last set from a sitting without consent: of a household and its intake."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jusou_nb import values
from jusou_nb.boxes import Item
from jusou_nb.checks import is_blank
from jusou_nb.choices import NOT_PERSONAL
from jusou_nb.fields import Form, items
from jusou_nb.forms import Case, Household, Intake, Person, Provenance
from jusou_nb.rules.provenance import is_told_again, stays_with_its_basis
from jusou_nb.store import history
from jusou_nb.store.history import Setting

if TYPE_CHECKING:
    from jusou_nb.store.core import Store


@dataclass(frozen=True, kw_only=True)
class HeardBox:
    """A filled box that a sitting told: whose, which, and the change that set it.

    ``person_id`` is None where it belongs to the household or the intake as a whole.
    """

    record: Form
    person_id: int | None
    box: Item
    setting: Setting

    @property
    def place(self) -> str:
        """Name the box with its form, as on paper."""
        return f"{self.record.title}の「{self.box.label}」"

    def told(self, lexicon: values.Lexicon) -> str:
        """Write what stands in the box; not who somebody is or where, which boxes only tell."""
        if self.box.identifies or self.box.masked:
            return f"{self.box.label}（内容は{self.record.title}の記録にあります）"
        value = getattr(self.record, self.box.name)
        return f"{self.box.label}: {values.show(self.box, value, lexicon)}"


def boxes(
    store: "Store", case: Case, household: Household, facts: Iterable[Provenance]
) -> frozenset[tuple[int | None, Item]]:
    """Name the boxes that papers which need consent leave off, with the person or None."""
    told_again = {(fact.change_seq, fact.box) for fact in facts if is_told_again(fact)}
    return frozenset(
        (found.person_id, found.box)
        for found in heard(store, case, household)
        if (found.setting.seq, found.place) not in told_again
    )


def heard(store: "Store", case: Case, household: Household) -> Iterator[HeardBox]:
    """Give the filled boxes of household, members and intake last set from such a sitting."""
    intake = store.load(Intake, case.intake_id) if case.intake_id else None
    for record in [household, *household.members, *([intake] if intake else [])]:
        if record.id and history.tells_of_hearing(store, type(record), record.id):
            yield from _of_record(store, record)


def _of_record(store: "Store", record: Form) -> Iterator[HeardBox]:
    settings = history.set_by(store, type(record), record.id or 0)
    for box in items(type(record)):
        setting = settings.get(box.name)
        told = setting is not None and stays_with_its_basis(store.profile, setting.basis)
        if setting is None or not told or box.scope is NOT_PERSONAL:
            continue
        if not is_blank(getattr(record, box.name)):
            whose = record.id if isinstance(record, Person) else None
            yield HeardBox(record=record, person_id=whose, box=box, setting=setting)
