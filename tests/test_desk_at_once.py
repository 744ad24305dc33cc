"""いま会議を開く: from nothing, or from what waits, to the sitting and its papers by one press."""

from contextlib import closing
from dataclasses import replace
from datetime import date, datetime

import pytest

from jusou_nb import casework
from jusou_nb.casework import at_once
from jusou_nb.errors import NotAllowed
from jusou_nb.fields import Ref
from jusou_nb.forms import (
    AgendaItem,
    Case,
    Conference,
    Emergency,
    Household,
    Intake,
    Lead,
    Person,
)
from jusou_nb.forms.conference import AgendaKind
from jusou_nb.forms.lead import LeadOutcome
from jusou_nb.widgets import desk

TODAY = date(2026, 10, 17)
QUESTION = "今夜どこで過ごすか"


@pytest.fixture
def opened(tmp_path):
    made = desk(tmp_path / "office.db", today=TODAY)
    with closing(made.store):
        yield made


@pytest.fixture
def page(opened):
    opened.tabs.chosen = 1
    return opened.pages["会議"]


@pytest.fixture
def view(page):
    return page.now()


@pytest.fixture
def case(opened):
    received = casework.receive_intake(
        opened.store,
        household=Household(members=(Person(name="見本　花子"),)),
        intake=Intake(received_on=TODAY, screening="continuing"),
    )
    return received.case


@pytest.fixture
def emergency(opened):
    new = Emergency(
        happened_at=datetime(2026, 10, 17, 21),
        who="氏名不明（駅前の男性）",
        what="駅で倒れた",
        next_check_at=datetime(2026, 10, 18, 9),
    )
    return casework.respond_to_emergency(opened.store, new).emergency


def write(entry, sheet, **texts):
    for name, text in texts.items():
        entry.forms[sheet].box_set.by_name[name].raw = text


def on_agenda(opened):
    (item,) = opened.store.find(AgendaItem)
    return item, opened.store.load(Conference, item.conference_id)


def test_from_nothing_a_sitting_stands_with_one_press(opened, page, view):
    view.begin("word", 0)
    write(view.entry, "word", marks="公園で寝泊まりする男性", told="雨の中で咳をしている")
    write(view.entry, "now", question=QUESTION)
    view.entry.press()
    item, sitting = on_agenda(opened)
    assert (sitting.is_ad_hoc, sitting.held_on, item.basis) == (True, TODAY, "confidential")
    (intake,), (household,) = opened.store.find(Intake), opened.store.find(Household)
    assert (intake.presenting_problem, intake.screening) == (
        "雨の中で咳をしている",
        "no_consent_yet",
    )
    assert household.members[0].name == "氏名不明（公園で寝泊まりする男性）"
    page.parts[-1].papers.wait(60)


def test_the_papers_are_made_without_another_press(opened, page, view, case):
    view.begin("case", case.id)
    write(view.entry, "now", question=QUESTION)
    view.entry.press()
    made = page.parts[-1]
    made.papers.wait(60)
    _, sitting = on_agenda(opened)
    assert len(made.papers.progress.files) == len(sitting.called) + 1
    assert made.listing.texts()[0][1] == "議長用・事務局控"
    assert "部の資料を作りました" in made.papers.banner.text


def test_the_basis_brings_its_body_and_its_members(view, case):
    view.begin("case", case.id)
    write(view.entry, "now", basis=["hardship_plan"], question=QUESTION)
    now = view.entry.forms["now"].as_it_stands()
    assert (now.body, now.question) == ("coordination", QUESTION)
    assert now.called is None


def test_who_is_left_out_of_a_case_is_not_proposed(opened, view, case):
    (out, *_) = at_once.to_call(opened.store, Conference(body="monthly", held_on=TODAY), None)
    opened.store.save(replace(opened.store.load(Case, case.id), excluded_agencies=(Ref(out),)))
    view.begin("case", case.id)
    assert out not in view.entry.forms["now"].as_it_stands().called


def test_without_consent_the_way_out_is_the_conference_that_needs_none(opened, page, view, case):
    view.begin("case", case.id)
    write(view.entry, "now", basis=["multilayered"], question=QUESTION)
    view.entry.press()
    assert "本人の同意がありません" in view.entry.gate.banner.text
    assert opened.store.find(Conference) == []
    view.entry.gate.banner.actions.children[0].click()
    item, _ = on_agenda(opened)
    assert (item.basis, item.question) == ("confidential", QUESTION)
    page.parts[-1].papers.wait(60)


def test_an_emergency_of_an_unknown_man_is_reported_at_the_sitting(opened, page, view, emergency):
    view.begin("emergency", emergency.id)
    view.entry.press()
    item, _ = on_agenda(opened)
    kept = opened.store.load(Emergency, emergency.id)
    assert (kept.agenda_item_id, item.kind) == (item.id, AgendaKind.AFTER_THE_FACT)
    assert opened.store.load(Case, item.case_id).household_id == kept.household_id
    page.parts[-1].papers.wait(60)


def test_a_household_that_was_watched_is_received_for_the_sitting(opened, page, view):
    new = Lead(noticed_on=TODAY, seen="新聞がたまっている", known_name="架空　太郎")
    lead = casework.notice_lead(opened.store, new)
    view.begin("lead", lead.id)
    write(view.entry, "now", question=QUESTION)
    view.entry.press()
    (kept,) = opened.store.find(Lead)
    assert (kept.outcome, kept.intake_id) == (LeadOutcome.RECEIVED, 1)
    on_agenda(opened)
    page.parts[-1].papers.wait(60)


def test_what_a_rule_forbids_leaves_nothing_behind(opened):
    word = at_once.Cause(
        household=Household(members=(Person(name="例示　一郎"),)),
        intake=Intake(received_on=TODAY, screening="no_consent_yet"),
    )
    sitting = Conference(body="monthly", held_on=TODAY)
    item = AgendaItem(basis="multilayered", question=QUESTION)
    with pytest.raises(NotAllowed):
        casework.convene_for(opened.store, sitting, word, item, called=(Ref(1),), on=TODAY)
    assert opened.store.find(Intake) == opened.store.find(Conference) == []


def test_a_sitting_half_written_is_found_again(opened, view, case):
    view.begin("case", case.id)
    write(view.entry, "now", question=QUESTION)
    opened.offer()
    (left,) = opened.left.children
    assert "いま開く会議" in left.text
    left.actions.children[0].click()
    again = opened.pages["会議"].parts[-1]
    assert again.entry.forms["now"].as_it_stands().question == QUESTION
