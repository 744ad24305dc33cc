"""The ledger back: one row an intake, under the headings that an import reads."""

from typing import Any

from jusou_nb import values
from jusou_nb.casework.ledger_columns import places
from jusou_nb.casework.ledger_match import Stored, stored_of
from jusou_nb.casework.ledger_rows import other_cells
from jusou_nb.fields import Form, Item, Kind, get_item
from jusou_nb.forms import (
    Consent,
    Intake,
    Person,
    Referral,
)
from jusou_nb.forms.consent import ConsentState
from jusou_nb.forms.intake import IntakeVariant
from jusou_nb.rules.sharing import listed
from jusou_nb.store import Store
from jusou_nb.values import MASKED, Lexicon

Sheet = tuple[list[str], list[list[Any]]]
"""Headings, and rows of texts and numbers."""


def rows_of(store: Store) -> Sheet:
    """Give the headings and one row of texts an intake."""
    lexicon, columns = store.lexicon(), places()
    destination = (Referral, get_item(Referral, "destination"))
    intakes = store.find(Intake, "number")
    others = list(dict.fromkeys(h for i in intakes for h in other_cells(i.other_columns)))
    rows = []
    for intake in intakes:
        stored = stored_of(store, intake)
        latest = _latest(stored)
        cells = [_cell(box, latest.get(form), lexicon) for form, box in columns]
        cells[columns.index(destination)] = _destinations(stored, lexicon)
        more = other_cells(intake.other_columns)
        rows.append([*cells, *(more.get(heading, "") for heading in others)])
    return [*(box.label for _, box in columns), *others], rows


def _latest(stored: Stored) -> dict[type[Form], Form]:
    """Give, of each form, the record that the row of a ledger shows."""
    items = sorted(stored.items, key=lambda pair: str(pair[1].held_on))
    shown: list[Form] = [stored.intake, stored.household, stored.client]
    shown += stored.cases[-1:]
    shown += stored.consents[-1:] or _bare_refusal(stored.intake)
    shown += stored.referrals[-1:]
    shown += [record for pair in items[-1:] for record in pair]
    shown += stored.plans[-1:]
    return {type(record): record for record in shown}


def _bare_refusal(intake: Intake) -> list[Consent]:
    """The sheet for 本人同意なし, with no answer of a day, reads なし in a ledger."""
    if intake.variant is not IntakeVariant.WITHOUT_CONSENT:
        return []
    return [Consent(state=ConsentState.REFUSED)]


def _cell(box: Item, record: Form | None, lexicon: Lexicon) -> Any:
    if record is None:
        return ""
    value = getattr(record, box.name)
    if value is None:
        return ""
    if not listed(box, record if isinstance(record, Person) else None):
        return MASKED
    return value_of(box, value, lexicon)


def value_of(box: Item, value: Any, lexicon: Lexicon) -> Any:
    """Give a value as a cell holds it; several a line each, so that none can be misread."""
    if box.many:
        return "\n".join(values.show(box, (one,), lexicon) for one in value)
    return value if box.kind is Kind.NUMBER else values.show(box, value, lexicon)


def _destinations(stored: Stored, lexicon: Lexicon) -> str:
    box = get_item(Referral, "destination")
    agencies = dict.fromkeys(r.destination for r in stored.referrals)
    return "\n".join(values.show(box, agency, lexicon) for agency in agencies if agency)
