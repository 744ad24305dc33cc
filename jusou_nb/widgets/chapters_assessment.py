"""The chapters of getting to know a household: sheet, agencies asked, family map, 家族年表."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from jusou_nb import casework
from jusou_nb.fields import items
from jusou_nb.forms import (
    Assessment,
    AssessmentRequest,
    Case,
    FamilyEvent,
    FamilyMap,
    Household,
)
from jusou_nb.forms.assessment import ANSWER, ASKED
from jusou_nb.widgets.chapter import Act, Allowed, Chapter, Sheets
from jusou_nb.widgets.session import Session

GROUP = "アセスメント"


def _section(name: str) -> frozenset[str]:
    return frozenset(box.name for box in items(AssessmentRequest) if box.section == name)


def _answer_sheet(session: Session, request: AssessmentRequest) -> Sheets:
    return {"record": replace(request, returned_on=request.returned_on or session.today)}


def _answer(
    session: Session, _request: AssessmentRequest, said: Mapping[str, Any], _allowed: Allowed
) -> Any:
    written = said["record"]
    return casework.answer_assessment(
        session.store, written, on=written.returned_on or session.today
    )


def _copied(
    session: Session, request: AssessmentRequest, _said: Mapping[str, Any], _allowed: Allowed
) -> Any:
    case = session.store.load(Case, request.case_id or 0)
    return casework.take_over(session.store, case, [request])[0]


ASSESSMENT = (
    Chapter(
        form=Assessment,
        of=Case,
        group=GROUP,
        columns=("assessed_on", "author", "foreign_agency"),
        words="アセスメントシートを書く",
        new=lambda session, case: casework.assessment_sheet(session.store, case, on=session.today),
        register=lambda session, record, allowed, case: casework.assess(
            session.store, case, record, overrides=allowed
        ),
    ),
    Chapter(
        form=AssessmentRequest,
        of=Case,
        group=GROUP,
        columns=("sent_on", "agency", "due_on", "returned_on"),
        words="アセスメントを依頼する",
        without=_section(ANSWER),
        new=lambda session, _case: AssessmentRequest(
            sent_on=session.today, asked_by=session.store.worker_name()
        ),
        register=lambda session, record, allowed, case: casework.request_assessment(
            session.store, case, record, overrides=allowed
        ),
        acts=(
            Act(
                code="answer",
                words="回答を記録する",
                without=_section(ASKED),
                sheets=_answer_sheet,
                do=_answer,
            ),
            Act(
                code="copied",
                words="転記済にする",
                do=_copied,
                fits=lambda request: bool(request.finding) and request.assessment_id is None,
            ),
        ),
    ),
    Chapter(
        form=FamilyMap,
        of=Household,
        group=GROUP,
        columns=("drawn_on", "author"),
        words="家族関係とつながりを描く",
        new=lambda session, household: casework.family_sheet(
            session.store, household, on=session.today
        ),
        register=lambda session, record, allowed, household: casework.draw_family(
            session.store, household, record, overrides=allowed
        ),
    ),
    Chapter(
        form=FamilyEvent,
        of=Household,
        group=GROUP,
        columns=("happened_on", "what", "category"),
        words="家族年表に書く",
        new=lambda _session, _household: FamilyEvent(),
        register=lambda session, record, allowed, household: casework.record_event(
            session.store, household, record, overrides=allowed
        ),
    ),
)
