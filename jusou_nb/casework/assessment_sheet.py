"""What a new アセスメントシート starts with: everything that is known already."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from jusou_nb.choices import Category
from jusou_nb.dates import wareki
from jusou_nb.fields import Ref
from jusou_nb.forms import Assessment, AssessmentRequest, Case, Household, Intake, IssueMark
from jusou_nb.forms.assessment import YesNoUnknown
from jusou_nb.store import Store, family
from jusou_nb.store import assessments as sheets

_FOREIGN = ("foreign_agency", "foreign_title", "foreign_received_on", "foreign_file")
_BOX_OF = {Category.HEALTH: "health_note", Category.WELFARE_USE: "schemes_used"}
"""Where an answer is copied to, by its category; all others go to the office's own view."""
_VIEW = "outlook"


def assessment_sheet(store: Store, case: Case, *, on: date) -> Assessment:
    """Give a new sheet of a case with all that is known written in; nothing is saved.

    A second sheet starts from the last one, the first from intake, household and family map.
    Answers of agencies that stand on no sheet yet are copied into the boxes of their category.
    """
    last = sheets.last_of(store, case)
    begun = _again(last) if last else _first(store, case)
    blank = replace(begun, assessed_on=on, author=store.worker_name())
    return with_answers(store, blank, sheets.answers_to_copy(store, case))


def _again(last: Assessment) -> Assessment:
    """Start from the last sheet; another agency's does not stand for this one."""
    unlinked: dict[str, Any] = dict.fromkeys(_FOREIGN)
    return replace(
        last,
        id=None,
        version=0,
        marks=tuple(replace(mark, id=None, version=0) for mark in last.marks),
        cares=tuple(replace(care, id=None, version=0) for care in last.cares),
        **unlinked,
    )


def _first(store: Store, case: Case) -> Assessment:
    household = store.load(Household, case.household_id or 0)
    intake = store.load(Intake, case.intake_id) if case.intake_id else None
    before = _consulted(store, household, intake)
    return Assessment(
        case_id=case.id,
        household_id=case.household_id,
        client_id=case.client_id,
        consulted_before=YesNoUnknown.YES if before else None,
        consulted_where=before or None,
        lives_with_others=_together(household, case.client_id),
        schemes_used=_helped_by(store, household) or None,
        marks=_marks(intake, case.client_id),
    )


def _marks(intake: Intake | None, client_id: int | None) -> tuple[IssueMark, ...]:
    """Take the issues of the 相談受付票 as the client's; the worker moves them to whom they fit."""
    if intake is None or intake.client_id != client_id or client_id is None:
        return ()
    return tuple(IssueMark(issue=issue, whose=Ref(client_id)) for issue in intake.issues or ())


def _consulted(store: Store, household: Household, intake: Intake | None) -> str:
    """Tell the household's earlier consultations here."""
    earlier = [
        other
        for other in store.find(Intake, "received_on", household_id=household.id)
        if intake and other.id != intake.id and _order(other) < _order(intake)
    ]
    return "、".join(
        f"当窓口（{wareki(other.received_on)}）" for other in earlier if other.received_on
    )


def _order(intake: Intake) -> tuple[date, int]:
    return intake.received_on or date.min, intake.id or 0


def _together(household: Household, client_id: int | None) -> YesNoUnknown | None:
    """Say whether anybody lives with the client; None where nobody has said so of all."""
    others = [p.lives_together for p in household.own_members if p.id != client_id]
    if any(others):
        return YesNoUnknown.YES
    if household.size == 1 or (others and all(answer is False for answer in others)):
        return YesNoUnknown.NO
    return None


def _helped_by(store: Store, household: Household) -> str:
    """Name the agencies with which the family map knows a tie."""
    drawn = family.last_map(store, household)
    names = store.lexicon().refs["agencies"]
    ties = [tie for tie in (drawn.ties if drawn else ()) if tie.agency is not None]
    return "\n".join(
        f"{names.get(tie.agency or 0, '')}{f'（{tie.note}）' if tie.note else ''}" for tie in ties
    )


def with_answers(
    store: Store, assessment: Assessment, answers: Iterable[AssessmentRequest]
) -> Assessment:
    """Write answers of agencies into a sheet, each after what stands in its box already."""
    for answer in answers:
        box = _BOX_OF.get(answer.category or Category.ISSUES, _VIEW)
        said = f"{mark_of(store, answer)}{answer.finding}"
        boxes: dict[str, Any] = {box: "\n".join(filter(None, (getattr(assessment, box), said)))}
        assessment = replace(assessment, **boxes)
    return assessment


def mark_of(store: Store, answer: AssessmentRequest) -> str:
    """Give the words by which an answer is known on a sheet: whose, of which day."""
    agency = store.lexicon().refs["agencies"].get(answer.agency or 0, "")
    day = wareki(answer.returned_on) if answer.returned_on else ""
    return f"〔{agency} {day}回答〕"


def stands_on(store: Store, assessment: Assessment, answer: AssessmentRequest) -> bool:
    """Whether an answer was copied to a sheet: its mark or its words are there."""
    texts = [getattr(assessment, name) or "" for name in (*_BOX_OF.values(), _VIEW)]
    return any(mark_of(store, answer) in t or (answer.finding or "\0") in t for t in texts)
