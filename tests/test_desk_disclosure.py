"""On the desk: the papers of a client, the report of a case, a request decided by record."""

from datetime import date

import pytest

from jusou_nb.forms import AnonymousReport, DisclosureItem, DisclosureRequest, Intake
from jusou_nb.forms.disclosure import Applicant
from jusou_nb.widgets.chapter_place import ChapterPlace
from jusou_nb.widgets.chapters import CHAPTERS
from jusou_nb.widgets.client_papers import client_papers
from jusou_nb.widgets.client_person import client_of
from jusou_nb.widgets.session import Session

DAY = date(2026, 10, 20)


def chapter(form):
    return next(one for one in CHAPTERS if one.form is form)


@pytest.fixture
def session(desk):
    """The desk's session over the store of the case."""
    return Session(desk.store, DAY)


def test_the_page_of_a_client_offers_the_papers_of_the_case(desk, session):
    panels = client_papers(session, client_of(desk.store, desk.mother.id))

    offered = [name for panel in panels for name in panel.names]
    assert {"引継書", "転記票"} <= set(offered)
    assert len(offered) == len(set(offered))


def test_a_report_is_written_on_the_desk_and_says_what_could_betray(desk, session):
    place = ChapterPlace(session, chapter(AnonymousReport), desk.case)
    new = place.chapter.new(session, desk.case)
    made = place.chapter.register(session, new, (), desk.case)

    assert made.report.author == desk.store.worker_name()
    assert [problem.rule for problem in made.remarks] == ["case_report.rare"]


def test_a_request_lists_what_is_to_be_decided_and_each_opens_filled(desk, session):
    of = chapter(DisclosureRequest)
    new = of.new(session, desk.household)
    request = of.register(session, new, (), desk.household).request
    place = ChapterPlace(session, chapter(DisclosureItem), request)
    place.show_list()
    proposed = place.chapter.proposals(session, request)

    assert new.applicant is Applicant.CLIENT and new.person == desk.mother.id
    source = next(n for n, item in proposed.items() if item.what == Intake.title)
    place.show_proposed(source)
    assert "来談者・情報源" in proposed[source].candidates
