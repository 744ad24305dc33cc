"""What stands at the head of an item: the question, and on what the sharing stands."""

from collections.abc import Iterator
from dataclasses import replace

from jusou_nb.dates import wareki
from jusou_nb.documents.cells import Cell
from jusou_nb.documents.eyes import Eyes
from jusou_nb.documents.sitting import Entry
from jusou_nb.forms import Consent
from jusou_nb.forms.case import CaseStatus
from jusou_nb.forms.consent import ConsentManner
from jusou_nb.rules.consent import standing_on

IN_CONFERENCE = "会議で検討中"
"""The stage of a case that is before a sitting; its own name is that of one sort of sitting,
which a paper made with consent would betray."""


def head(entry: Entry, eyes: Eyes) -> tuple[Cell, ...]:
    """Give the question, who put it, where the case stands and what may be shared."""
    question = eyes.cells(entry.item, ("question",))
    submitted = eyes.cells(entry.item, ("submitted_by",))
    lead = eyes.cells(entry.case, ("lead_agency",))
    return (*question, *submitted, *_stage(entry, eyes), *lead, *_sharing(entry, eyes))


def _stage(entry: Entry, eyes: Eyes) -> tuple[Cell, ...]:
    cells = eyes.cells(entry.case, ("status",))
    if entry.case.status is CaseStatus.CONFERENCE:
        return tuple(replace(cell, value=IN_CONFERENCE) for cell in cells)
    return cells


def _sharing(entry: Entry, eyes: Eyes) -> tuple[Cell, ...]:
    """Say on what the sharing stands: the consent, or the categories ticked on the item."""
    if not entry.matter.basis.requires_consent:
        return eyes.cells(entry.item, ("shared_categories",))
    given = entry.matter.consent_of(entry.item.client_id)
    if given is None or given.stated_on is None:
        return (Cell(label="本人の同意", value="会議日に有効な同意の記録なし", is_wide=True),)
    agreed = Cell(label="本人の同意", value=f"あり（{_when_and_who(given, eyes)}）")
    if not eyes.are_the_chairs:
        return (agreed,)
    scope = eyes.cells(given, ("categories", "agencies", "excluded_agencies"))
    return (agreed, *_manner(given, eyes), *scope, *_taken_back(entry, eyes))


def _when_and_who(given: Consent, eyes: Eyes) -> str:
    day = wareki(given.stated_on) if given.stated_on else ""
    return "・".join(filter(None, (day, eyes.text(given, "given_by"))))


def _manner(given: Consent, eyes: Eyes) -> tuple[Cell, ...]:
    cells = eyes.cells(given, ("manner",))
    if given.manner is not ConsentManner.ORAL or given.written_by is None:
        return cells
    until = f"（同意書の期限 {wareki(given.written_by)}）"
    return tuple(replace(cell, value=cell.value + until) for cell in cells)


def _taken_back(entry: Entry, eyes: Eyes) -> Iterator[Cell]:
    """Say what was withdrawn of a consent that carries on, and when."""
    matter = entry.matter
    standing = standing_on(entry.consents, matter.day, matter.profile)
    for cut in standing.cuts if standing else ():
        what = (eyes.text(cut, "withdrawn_categories"), eyes.text(cut, "withdrawn_agencies"))
        told = f"{_when_and_who(cut, eyes)}：{'、'.join(filter(None, what))}"
        yield Cell(label="同意のあとの撤回", value=told, is_wide=True)
