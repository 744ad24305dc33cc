"""What nobody may overlook who opens a household: said always, in words, for the office alone."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jusou_nb.choices import Choice
from jusou_nb.fields import get_item
from jusou_nb.forms.case import Case
from jusou_nb.forms.household import Household, Person
from jusou_nb.forms.intake import Intake
from jusou_nb.forms.outreach import Outreach
from jusou_nb.profile import Profile


class CautionKind(Choice):
    """What is to be minded."""

    MASKED = "masked", "秘匿"
    PROTECTED = "protected", "住民基本台帳の支援措置"
    OPPONENT = "opponent", "秘匿の相手方"
    DANGER = "danger", "生命・身体の危険"
    SUSPICION = "suspicion", "虐待・DVの疑い"
    TWO_NEEDED = "two_needed", "二人で訪問する（単独訪問はしない）"
    VISIT = "visit", "訪問上の注意"
    CONTACT = "contact", "連絡の注意"
    WISHES = "wishes", "配慮を希望されること"
    GUARDIAN = "guardian", "親権者等に求めない・知らせない"
    EXCLUDED = "excluded", "呼ばない機関（除外者）"


@dataclass(frozen=True, kw_only=True)
class Caution:
    """A caution: what, about whom (ids; none is the household), and what was written of it.

    ``agencies`` are ids that the words for agencies are to be said for.
    """

    kind: CautionKind
    whose: tuple[int, ...] = ()
    said: str = ""
    agencies: tuple[int, ...] = ()


def cautions(
    profile: Profile,
    household: Household,
    *,
    intakes: Sequence[Intake] = (),
    outreaches: Sequence[Outreach] = (),
    cases: Sequence[Case] = (),
) -> list[Caution]:
    """List what is to be minded of a household, the gravest first.

    Args:
        profile: Whose flags say which issues tell of abuse.
        household: The household with its people.
        intakes: Its consultations.
        outreaches: Its outreaches; those that ended are past.
        cases: Its cases.
    """
    found = [
        *(caution for person in household.members for caution in _of_person(person)),
        *(caution for intake in intakes for caution in _of_intake(profile, intake)),
        *(caution for entry in outreaches if not entry.ended_on for caution in _of_outreach(entry)),
        *(
            Caution(kind=CautionKind.EXCLUDED, agencies=tuple(case.excluded_agencies))
            for case in cases
            if case.excluded_agencies
        ),
    ]
    order = list(CautionKind)
    return sorted(_together(found), key=lambda entry: order.index(entry.kind))


_MARKS = (
    ("is_masked", CautionKind.MASKED),
    ("has_address_protection", CautionKind.PROTECTED),
    ("is_opponent", CautionKind.OPPONENT),
    ("two_needed", CautionKind.TWO_NEEDED),
)
_KEPT = "秘匿の画面で確かめてください"
_WRITTEN = (
    ("visit_caution", CautionKind.VISIT),
    ("contact_note", CautionKind.CONTACT),
    ("guardian_not_asked", CautionKind.GUARDIAN),
)


def _of_person(person: Person) -> Iterator[Caution]:
    whose = (person.id or 0,)
    for name, kind in _MARKS:
        if getattr(person, name):
            yield Caution(kind=kind, whose=whose)
    for name, kind in _WRITTEN:
        if said := getattr(person, name):
            # How somebody hidden may be reached stands on the sheet of the mask alone.
            is_kept = bool(person.is_masked) and get_item(Person, name).masked
            yield Caution(kind=kind, whose=whose, said=_KEPT if is_kept else said)


def _of_intake(profile: Profile, intake: Intake) -> Iterator[Caution]:
    whose = (intake.client_id or 0,)
    if intake.is_in_danger:
        yield Caution(kind=CautionKind.DANGER, whose=whose)
    abuse = profile.flagged("issue", "abuse") & {*(intake.issues or ())}
    told = profile.flagged("topic", "abuse") & {*(intake.topics or ())}
    if abuse or told:
        yield Caution(kind=CautionKind.SUSPICION)
    if intake.considerations:
        yield Caution(kind=CautionKind.WISHES, whose=whose, said=intake.considerations)


def _of_outreach(outreach: Outreach) -> Iterator[Caution]:
    if outreach.two_needed:
        yield Caution(kind=CautionKind.TWO_NEEDED)
    if outreach.visit_caution:
        yield Caution(kind=CautionKind.VISIT, said=outreach.visit_caution)
    if outreach.contact_caution:
        yield Caution(kind=CautionKind.CONTACT, said=outreach.contact_caution)


def _together(found: Sequence[Caution]) -> list[Caution]:
    """Say a bare mark once, for all whom it is about; what was written stands for itself."""
    marks: dict[CautionKind, Caution] = {}
    for entry in found:
        if not entry.said:
            before = marks.get(entry.kind, Caution(kind=entry.kind))
            marks[entry.kind] = Caution(
                kind=entry.kind,
                whose=tuple(dict.fromkeys((*before.whose, *entry.whose))),
                agencies=tuple(dict.fromkeys((*before.agencies, *entry.agencies))),
            )
    written = [entry for entry in found if entry.said]
    return [*marks.values(), *dict.fromkeys(written)]
