"""The desk of アウトリーチ and 参加支援: what a worker presses, and what comes of it."""

from datetime import date, datetime, timedelta

import pytest

from jusou_nb import casework, open_store
from jusou_nb.forms import (
    Case,
    Host,
    HostContact,
    Lead,
    Matching,
    MatchStep,
    Outreach,
    OutreachTry,
    ParticipationMenu,
    Round,
    Visit,
)
from jusou_nb.forms.outreach import RelationStage, VisitState
from jusou_nb.forms.participation import HostState, MatchStage
from jusou_nb.widgets.chapter_place import ChapterPlace
from jusou_nb.widgets.chapters import CHAPTERS
from jusou_nb.widgets.chapters_outreach import late_lines
from jusou_nb.widgets.listing import Listing
from jusou_nb.widgets.session import Session
from jusou_nb.widgets.slip_panel import PaperPanels

DAY = date(2026, 10, 15)


def write(place, sheet="record", /, **values):
    for box, value in values.items():
        place.entry.forms[sheet].box_set.by_name[box].raw = value


def press(place, words):
    buttons = [b for part in place.children for b in getattr(part, "children", ())]
    next(b for b in buttons if getattr(b, "label", "") == words).click()


@pytest.fixture
def show(desk):
    """Show a chapter, of a record or of none."""
    session = Session(desk.store, DAY)

    def place(form, about=None):
        of = type(about) if about is not None else None
        chapter = next(c for c in CHAPTERS if c.form is form and c.of is of)
        made = ChapterPlace(session, chapter, about)
        made.show_list()
        return made

    return place


@pytest.fixture
def park(show):
    """The open sheet of somebody in the park."""
    place = show(Outreach)
    place.show(("new",))
    write(place, known_as="氏名不明（公園）", found_through=["street"], visit_caution="犬がいる")
    place.entry.press()
    return place


def test_a_sheet_of_outreach_asks_for_nothing_that_the_tries_say(show):
    place = show(Outreach)
    place.show(("new",))

    asked = set(place.entry.forms["record"].box_set.by_name)
    assert asked.isdisjoint({"stage", "first_met_on", "agreed_on", "linked_on", "linked_to"})
    assert {"known_as", "found_through", "contact_caution", "ended_because"} <= asked


def test_a_visit_is_planned_with_its_caution_left_for_and_come_back_from(desk, park):
    visits = park.under("visits")
    visits.show(("new",))
    write(visits, companion="見本 推進")
    visits.entry.press()
    assert "訪問上の注意：犬がいる" in visits.said.text
    press(visits, "出発")
    press(visits, "戻った")
    write(visits, "attempt", kind=["met"], content="話せた")
    visits.entry.press()

    assert desk.store.find(Visit)[0].state is VisitState.BACK
    assert desk.store.find(OutreachTry)[0].content == "話せた"
    assert desk.store.find(Outreach)[0].stage is RelationStage.MET


def test_a_visit_is_called_off_on_its_own_sheet(desk, park):
    visits = park.under("visits")
    visits.show(("new",))
    visits.entry.press()
    write(visits, state=["called_off"], called_off_because="雨")
    visits.entry.press()

    (off,) = desk.store.find(Visit)
    assert (off.state, off.called_off_because) == (VisitState.CALLED_OFF, "雨")


def test_who_is_not_back_is_told_above_the_visits(desk, park):
    begun = datetime(2026, 10, 15, 1)
    late = Visit(planned_at=begun, back_by=begun + timedelta(hours=1), worker="架空 担当")
    casework.plan_visit(desk.store, late)
    session = Session(desk.store, date(2026, 10, 16))

    (line,) = late_lines(session)
    assert line.startswith("架空 担当が戻る予定を") and "出たかどうか" in line


def test_outreach_is_ended_on_its_own_sheet_with_the_rules(desk, park):
    write(park, ended_because=["moved"])
    park.entry.press()
    assert "終わりの説明" in park.entry.gate.banner.text
    write(park, end_note="転出先へ伝えた")
    park.entry.press()

    assert desk.store.find(Outreach)[0].ended_on == DAY


def test_outreach_begins_on_the_clients_page_with_what_is_known(desk, show):
    place = show(Outreach, desk.store.load(Case, desk.case.id))
    place.show(("new",))
    write(place, found_through=["conference"])
    place.entry.press()

    (begun,) = desk.store.find(Outreach)
    assert (begun.case_id, begun.known_as) == (desk.case.id, "見本 花子")


def test_a_lead_is_noticed_on_a_round(desk, show):
    place = show(Round)
    place.show(("new",))
    write(place, venue="駅前", hours="10:00〜12:00")
    place.entry.press()
    press(place, "気になる世帯を残す")
    write(place, "lead", seen="座っていた")
    place.entry.press()

    (held,), (lead,) = desk.store.find(Round), desk.store.find(Lead)
    assert (held.minutes, lead.round_id, lead.place) == (120, held.id, "駅前")


@pytest.fixture
def farm(desk, show):
    """A host registered at the desk that came to say yes."""
    place = show(Host)
    place.show(("new",))
    write(place, name="架空農園", capacity="2", activities=["farming"], days=["mon"])
    place.entry.press()
    press(place, "受け入れられることになった")
    place.entry.press()
    return desk.store.find(Host)[0]


def test_a_host_becomes_ready_by_a_contact_that_is_kept(desk, farm):
    (contact,) = desk.store.find(HostContact)

    assert (farm.state, farm.ready_on) == (HostState.READY, DAY)
    assert contact.purpose == "develop"


@pytest.fixture
def matchings(desk, show, farm):
    """The matchings under a menu drawn at the desk."""
    place = show(ParticipationMenu, desk.store.load(Case, desk.case.id))
    place.show(("new",))
    write(place, wish="土にさわりたい", activities=["farming"], days=["mon"])
    place.entry.press()
    return place.under("matchings")


def test_hosts_are_offered_with_reasons_and_matched_when_a_worker_chooses(desk, matchings, farm):
    offered = [part for part in matchings.children if isinstance(part, Listing)][-1]
    (line,) = offered.texts()
    assert line[0] == "架空農園" and "希望する活動：農作業・園芸" in line[2]
    assert desk.store.find(Matching) == []
    offered.choose(0)
    matchings.entry.press()

    (match,) = desk.store.find(Matching)
    assert (match.host, match.stage, match.told_host) == (farm.id, MatchStage.APPROACH, None)


def test_the_next_stage_is_written_and_a_matching_stopped_with_its_reason(desk, matchings):
    matchings.show_proposed(1)
    matchings.entry.press()
    press(matchings, "次の段階を書く")
    matchings.entry.press()
    press(matchings, "中止にする")
    matchings.entry.press()
    assert matchings.entry.bar.problems.label == "直すところ 1件"
    write(matchings, "matching", stopped_because=["wish"])
    matchings.entry.press()

    steps = [step.stage for step in desk.store.find(MatchStep)]
    assert steps == [MatchStage.APPROACH, MatchStage.TOUR, MatchStage.STOPPED]


def test_a_menu_is_ended_on_its_own_sheet(desk, show, matchings):
    menu = desk.store.find(ParticipationMenu)[0]
    place = show(ParticipationMenu, desk.store.load(Case, desk.case.id))
    place.show(("open", menu.id))
    write(place, ended_because="就職した")
    place.entry.press()

    assert desk.store.find(ParticipationMenu)[0].ended_on == DAY


def test_a_name_learnt_later_is_joined_by_the_number_of_the_sheet(desk, park):
    press(park, "受付番号の人と分かった")
    assert set(park.entry.forms["intake"].box_set.by_name) == {"number"}
    write(park, "intake", number=desk.intake.number)
    park.entry.press()

    (known,) = desk.store.find(Outreach)
    assert (known.case_id, known.known_as) == (desk.case.id, "見本 花子")


def test_a_number_that_is_none_is_said_so(desk, park):
    press(park, "受付番号の人と分かった")
    write(park, "intake", number="R8-9999")
    park.entry.press()

    assert "番号を確かめて" in park.entry.gate.banner.text
    assert desk.store.find(Outreach)[0].client_id is None


def test_two_sheets_of_one_person_are_put_together_by_name(desk, park, show):
    other = Outreach(known_as="氏名不明（図書館）", found_on=DAY, found_through="street")
    casework.begin_outreach(desk.store, other, today=DAY)
    press(park, "同じ人の票をまとめる")
    write(park, "other", known_as="氏名不明（図書館）")
    park.entry.press()

    assert [sheet.known_as for sheet in desk.store.find(Outreach)] == ["氏名不明（公園）"]


@pytest.mark.slow
def test_a_visit_slip_is_made_at_the_desk(tmp_path):
    with open_store(tmp_path / "office.db") as store:
        begins = datetime(2026, 10, 15, 14)
        planned = Visit(planned_at=begins, back_by=begins + timedelta(hours=1), worker="架空 担当")
        visit = casework.plan_visit(store, planned).visit
        panel = PaperPanels(Session(store, DAY), "visits", visit.id)
        panel.make("訪問票")
        panel.wait(60)

    assert panel.progress.files == [f"訪問票_{visit.id}"]
