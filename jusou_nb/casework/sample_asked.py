"""Of the town: one case is told to 代表者会議 without a name, one person asks for the records."""

from dataclasses import replace
from datetime import timedelta

from jusou_nb.casework.case_reports import keep_case_report
from jusou_nb.casework.disclosures import (
    decide_disclosure,
    disclosure_proposals,
    take_disclosure_request,
)
from jusou_nb.casework.sample_place import Course, Place
from jusou_nb.fields import Code, Ref
from jusou_nb.forms import AnonymousReport, Case, DisclosureRequest, Household, Intake
from jusou_nb.forms.disclosure import Applicant, Disclosure, DisclosureItem
from jusou_nb.workdays import workday

_LATER = timedelta(days=20)
_STORY = "長く家にいた人が、毎月の訪問のあと、地域の場に顔を出すようになった。"
_GROUND = Code("business")


def ask_and_tell(place: Place) -> Course[None]:
    """Write the report of one case, and take and decide the request of another's client."""
    cases: list[Case] = []
    while not cases:
        yield workday(place.day + _LATER)
        cases = [case for case in place.store.find(Case) if _is_open_to_all(place, case)]
    written = AnonymousReport(
        drawn_on=place.day,
        author="架空　担当",
        subject="家から地域の場へ",
        story=_STORY,
        learning="急がず、同じ人が続けて会うと、話せる日が来る。",
        reviewed_by="見本　課長",
        reviewed_on=place.day,
    )
    keep_case_report(place.store, cases[0], written)
    _request(place, cases[-1])


def _is_open_to_all(place: Place, case: Case) -> bool:
    """Whether nobody of the household is hidden or hidden from."""
    home = place.store.load(Household, case.household_id or 0)
    hidden = any(person.is_masked or person.is_opponent for person in home.members)
    return case.intake_id is not None and not hidden


def _request(place: Place, case: Case) -> None:
    store, home = place.store, place.store.load(Household, case.household_id or 0)
    asked = DisclosureRequest(
        person=Ref(case.client_id or 0),
        received_on=place.day,
        applicant=Applicant.CLIENT,
        covers="自分の相談の記録",
        due_on=place.day + timedelta(days=30),
    )
    request = take_disclosure_request(store, home, asked).request
    for item in disclosure_proposals(store, request, on=place.day).values():
        if item.what == Intake.title:
            decide_disclosure(store, request, _partly(item))


def _partly(item: DisclosureItem) -> DisclosureItem:
    return replace(item, answer=Disclosure.PARTIAL, grounds=(_GROUND,), is_text_read=False)
