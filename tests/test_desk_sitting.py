"""The sitting's page and the plan's: sheets asked and answered, copies back, what was held."""

from contextlib import closing
from dataclasses import replace
from datetime import date

import pytest

from jusou_nb import casework
from jusou_nb.casework.agenda import roster
from jusou_nb.choices import Category
from jusou_nb.forms import (
    AgendaItem,
    Conference,
    Consent,
    CopyRecall,
    Household,
    Intake,
    Person,
    PreparationSheet,
    SupportPlan,
)
from jusou_nb.forms.after_sitting import RecallState
from jusou_nb.forms.conference import ConferenceState
from jusou_nb.forms.consent import ConsentState
from jusou_nb.forms.plan import PlanState
from jusou_nb.forms.preparation_sheet import SheetManner
from jusou_nb.widgets import desk
from jusou_nb.widgets.recall_view import RecallView

TODAY = date(2026, 10, 15)
BEFORE = date(2026, 10, 8)


@pytest.fixture
def opened(tmp_path):
    made = desk(tmp_path / "office.db", today=TODAY)
    with closing(made.store):
        yield made


@pytest.fixture
def received(opened):
    made = casework.receive_intake(
        opened.store,
        household=Household(members=(Person(name="見本　花子"),)),
        intake=Intake(received_on=BEFORE, screening="continuing"),
    )
    given = Consent(state=ConsentState.GIVEN, stated_on=BEFORE, categories=tuple(Category))
    casework.record_consent(opened.store, made.intake.client_id, given)
    return made


@pytest.fixture
def sitting(opened):
    """A sitting of today to which the standing members are called."""
    made = casework.convene(opened.store, Conference(body="monthly", held_on=TODAY))
    return casework.call_agencies(opened.store, made, roster(opened.store, made))


@pytest.fixture
def item(opened, received, sitting):
    new = AgendaItem(basis="confidential", question="分担")
    return casework.put_on_agenda(opened.store, sitting, received.case, new).item


@pytest.fixture
def view(opened, sitting, item):
    opened.open_page("会議", (sitting.id, ("item", item.id)))
    return opened.pages["会議"].children[-1]


def write(entry, **texts):
    form = next(iter(entry.forms.values()))
    for name, text in texts.items():
        form.box_set.by_name[name].raw = text


def presses(part):
    """Give every button under a widget by its words."""
    found = {part.label: part} if hasattr(part, "click") and hasattr(part, "label") else {}
    for child in getattr(part, "children", ()):
        found |= presses(child)
    return found


def press(part, words):
    presses(part)[words].click()


@pytest.fixture
def asked(opened, view):
    """The item's sheets, sent to all that are called."""
    press(view, "事前シートを依頼")
    press(view, "依頼したと記録")
    return opened.store.find(PreparationSheet)


def test_the_sheet_is_asked_of_the_agencies_ticked(opened, view, asked, sitting):
    assert {sheet.agency for sheet in asked} == set(sitting.called)
    assert {(sheet.sent_on, sheet.due_on) for sheet in asked} == {(TODAY, TODAY)}
    assert view.parts[-1].sheets.listing.texts()[0][3] == "回答待ち"


def test_a_party_that_is_left_out_cannot_be_asked(opened, view, received, sitting):
    out = sitting.called[0]
    case = opened.store.load(type(received.case), received.case.id)
    opened.store.save(replace(case, excluded_agencies=(out,)))
    press(view, "事前シートを依頼")
    box = view.parts[-1].sheets.parts[1]
    assert out not in box.form.record().agencies
    box.form.load(replace(box.form.record(), agencies=(out,)))
    box.send()
    assert "除外者には送れません" in box.gate.banner.text
    assert opened.store.find(PreparationSheet) == []


def test_an_answer_heard_by_telephone_is_kept(opened, view, asked):
    sheets = view.parts[-1].sheets
    sheets.listing.choose(0)
    entry = sheets.parts[0]
    write(entry, household_view="母が家計を見ている", manner=["heard"])
    entry.press()
    kept = opened.store.load(PreparationSheet, asked[0].id)
    assert (kept.returned_on, kept.manner) == (TODAY, SheetManner.HEARD)
    assert kept.heard_by
    assert "回答を登録しました" in sheets.banner.text


def test_an_answer_half_written_is_found_again(opened, view, asked):
    sheets = view.parts[-1].sheets
    sheets.open_sheet(asked[1].id)
    write(sheets.parts[0], requests="途中まで")
    opened.offer()
    press(opened.left, "続きを書く")
    again = opened.pages["会議"].children[-1].parts[-1].sheets.parts[0]
    assert again.forms["sheet"].as_it_stands().requests == "途中まで"


@pytest.fixture
def recall(opened, view):
    """The copies of the sitting, noted as handed out."""
    view.show()
    made = next(part for part in view.parts if isinstance(part, RecallView))
    press(made, "資料を渡したと記録")
    return made


def test_every_copy_made_has_a_line_until_it_is_back(opened, recall, sitting):
    out = opened.store.find(CopyRecall)
    assert len(out) == len(sitting.called) + 1
    assert recall.listing.texts()[0][2:4] == ["議長用・事務局控", "渡した"]


def test_a_copy_is_settled_by_a_press(opened, recall):
    recall.listing.choose(1)
    press(recall, "回収した")
    second = recall.recalls()[1]
    assert (second.state, second.settled_on) == (RecallState.RETURNED, TODAY)
    assert "2番を「回収した」と記録しました" in recall.banner.text


def test_a_copy_settled_by_mistake_is_out_again(opened, recall):
    for words in ("裁断・削除した", "渡した"):
        recall.listing.choose(0)
        press(recall, words)
    first = recall.recalls()[0]
    assert (first.state, first.settled_on) == (RecallState.OUT, None)


def test_a_sitting_held_keeps_who_came(opened, view, sitting):
    view.show()
    press(view, "開催を記録")
    view.parts[-1].press()
    kept = opened.store.load(Conference, sitting.id)
    assert kept.state is ConferenceState.HELD
    assert [who.agency for who in kept.attendees] == list(sitting.called)


def test_a_sitting_is_called_off_with_a_reason_only(opened, view, sitting):
    view.show()
    press(view, "中止")
    entry = view.parts[-1]
    entry.press()
    assert opened.store.load(Conference, sitting.id).state is ConferenceState.PLANNED
    write(entry, cancelled_because="台風のため")
    entry.press()
    kept = opened.store.load(Conference, sitting.id)
    assert (kept.state, kept.cancelled_because) == (ConferenceState.CANCELLED, "台風のため")
    assert "中止" not in presses(view)


def test_a_study_hour_stands_on_the_agenda_beside_the_cases(opened, view):
    view.show()
    press(view, "研修・勉強会を載せる")
    write(view.parts[-1], topic="記録の書き方")
    view.parts[-1].press()
    (topic,) = opened.store.find(AgendaItem, case_id=None)
    assert (topic.topic, topic.place_in_order) == ("記録の書き方", 2)
    view.show_item(topic.id)
    write(view.parts[-1], discussion="様式を合わせる")
    view.parts[-1].press()
    assert opened.store.load(AgendaItem, topic.id).discussion == "様式を合わせる"


@pytest.fixture
def agreed(opened, received):
    """The page of a case's plans with one that a sitting agreed to."""
    draft = SupportPlan(drawn_on=BEFORE, client_wish="ここで暮らしたい")
    plan = casework.draft_plan(opened.store, received.case, draft)
    opened.store.save(replace(plan, state=PlanState.AGREED, outcome_on=TODAY))
    opened.open_page("プラン", (received.case.id, None))
    page = opened.pages["プラン"].children[-1]
    page.show()
    return page


def test_the_signature_is_kept_with_its_day_only(opened, agreed):
    press(agreed, "署名を記録")
    entry = agreed.parts[-1]
    entry.press()
    assert opened.store.find(SupportPlan)[0].signed_on is None
    write(entry, signed_on="R8.10.15", explained_on="R8.10.14")
    entry.press()
    (plan,) = opened.store.find(SupportPlan)
    assert (plan.signed_on, plan.explained_on) == (TODAY, date(2026, 10, 14))


def test_the_dates_of_the_decision_come_as_they_are_known(opened, agreed):
    for texts in ({"decision_drafted_on": "R8.10.15"}, {"decided_on": "R8.10.20"}):
        press(agreed, "支援決定")
        write(agreed.parts[-1], **texts)
        agreed.parts[-1].press()
    (plan,) = opened.store.find(SupportPlan)
    assert (plan.decision_drafted_on, plan.decided_on) == (TODAY, date(2026, 10, 20))
    assert "専決者" in agreed.children[1].text


def test_a_plan_agreed_is_followed_by_a_re_plan_that_carries_it_over(opened, agreed):
    press(agreed, "再プランを作る")
    again = opened.store.find(SupportPlan, sequence=2)[0]
    assert (again.client_wish, again.state) == ("ここで暮らしたい", PlanState.DRAFT)
    assert agreed.parts[-1].forms["plan"].as_it_stands().id == again.id


def test_a_signature_half_written_is_found_again(opened, agreed):
    press(agreed, "署名を記録")
    write(agreed.parts[-1], signed_on="R8.10.15")
    opened.offer()
    press(opened.left, "続きを書く")
    entry = opened.pages["プラン"].children[-1].parts[-1]
    assert entry.forms["plan"].as_it_stands().signed_on == TODAY
