"""The chapters of 開示請求 and of the anonymous report of a case."""

from jusou_nb import casework
from jusou_nb.forms import AnonymousReport, Case, DisclosureItem, DisclosureRequest, Household
from jusou_nb.forms.disclosure import Applicant
from jusou_nb.widgets.chapter import Chapter

GROUP = "報告・開示"

DISCLOSURE = (
    Chapter(
        form=AnonymousReport,
        of=Case,
        group=GROUP,
        columns=("drawn_on", "subject", "author", "reviewed_on"),
        words="匿名の事例報告を書く",
        new=lambda session, _case: AnonymousReport(
            drawn_on=session.today, author=session.store.worker_name()
        ),
        register=lambda session, record, allowed, case: casework.keep_case_report(
            session.store, case, record, overrides=allowed
        ),
    ),
    Chapter(
        form=DisclosureRequest,
        of=Household,
        group=GROUP,
        columns=("received_on", "applicant", "due_on", "decided_on"),
        words="開示請求を受ける",
        new=lambda session, household: DisclosureRequest(
            received_on=session.today,
            applicant=Applicant.CLIENT,
            person=household.members[0].id if household.members else None,
        ),
        register=lambda session, record, allowed, household: casework.take_disclosure_request(
            session.store, household, record, overrides=allowed
        ),
    ),
    Chapter(
        form=DisclosureItem,
        of=DisclosureRequest,
        group=GROUP,
        columns=("what", "record_id", "answer", "judged_on"),
        register=lambda session, record, allowed, request: casework.decide_disclosure(
            session.store, request, record, overrides=allowed
        ),
        suggests=lambda session, request: casework.disclosure_proposals(
            session.store, request, on=session.today
        ),
        proposed_title="不開示の候補のある記録（まだ決めていないもの）",
    ),
)
