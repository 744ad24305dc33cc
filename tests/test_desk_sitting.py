"""The sitting's page and the plan's: sheets asked and answered, copies back, what was held."""

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
    Improvement,
    Intake,
    ItemAttendance,
    Person,
    PreparationSheet,
    Questionnaire,
    SupportPlan,
)
from jusou_nb.forms.after_sitting import RecallState
from jusou_nb.forms.conference import AgendaKind, ConferenceState, Outcome, Presence
from jusou_nb.forms.consent import ConsentState
from jusou_nb.forms.plan import PlanState
from jusou_nb.forms.preparation_sheet import SheetManner
from jusou_nb.runner import packets
from jusou_nb.widgets.recall_view import RecallView

TODAY = date(2026, 10, 15)
BEFORE = date(2026, 10, 8)


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
    assert not {"中止", "案件に載せる", "資料を作成", "開催を記録"} & set(presses(view))
    assert any("理由　台風のため" in getattr(part, "value", "") for part in view.children)


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


def test_the_copies_still_out_come_back_at_one_press(opened, recall):
    recall.listing.choose(0)
    press(recall, "裁断・削除した")
    press(recall, "渡したままの分をすべて「回収した」にする")
    states = [one.state for one in recall.recalls()]
    assert states[0] is RecallState.SHREDDED
    assert set(states[1:]) == {RecallState.RETURNED}
    assert "渡したままの分をすべて「回収した」にする" not in presses(recall)


def test_the_answers_lie_side_by_side_and_say_which_was_heard(opened, view, asked):
    sheets = view.parts[-1].sheets
    for place, (text, manner) in enumerate((("母<b>", "returned"), ("息子", "heard"))):
        sheets.open_sheet(asked[place].id)
        write(sheets.parts[0], household_view=text, manner=[manner])
        sheets.parts[0].press()
    (shown,) = [p.value for p in sheets.parts if "事前シートの回答" in getattr(p, "value", "")]
    assert "母&lt;b&gt;</td><td>息子" in shown
    assert shown.count("聞き取り") == 1


def test_who_was_called_is_lined_up_as_present_and_as_agreeing(opened, view, sitting):
    shown = view.parts[-1]
    press(shown, "出欠に、呼んだ機関を並べる")
    press(shown, "了承に、出席した機関を並べる")
    assert "下書き保存済" in shown.entry.forms["item"].draft_status
    shown.entry.press()
    (kept,) = opened.store.find(AgendaItem)
    assert [line.agency for line in kept.attendances] == list(sitting.called)
    assert [line.agency for line in kept.agreements] == list(sitting.called)
    assert {line.presence for line in kept.attendances} == {Presence.PRESENT}


def test_agreement_is_asked_of_those_who_sat_there(opened, view):
    shown = view.parts[-1]
    press(shown, "了承に、出席した機関を並べる")
    assert "出席した機関がありません" in shown.gate.banner.text


def test_who_comes_and_goes_stands_with_its_hour(opened, view, sitting):
    shown = view.parts[-1]
    press(shown, "出欠に、呼んだ機関を並べる")
    editor = shown.entry.forms["item"].rows["attendances"]
    for place, raw in enumerate(
        ({"arrived": "14:10"}, {"left": "14:30"}, {"presence": ["deputy"]})
    ):
        for name, text in raw.items():
            editor.blocks[place].boxes.by_name[name].raw = text
    shown.entry.press()
    first, second, third, *_ = opened.store.find(AgendaItem)[0].attendances
    assert (first.arrived, second.left, third.presence) == ("14:10", "14:30", Presence.DEPUTY)


def test_an_agency_is_called_to_one_item_alone(opened, view, sitting):
    shown = view.parts[-1]
    press(shown, "この案件に呼ぶ機関を決める")
    shown.calling.load(replace(shown.calling.as_it_stands(), agencies=sitting.called[:2]))
    press(shown, "この機関を呼ぶ")
    assert opened.store.find(AgendaItem)[0].called == sitting.called[:2]
    assert "この案件に呼ぶ機関を2にしました" in shown.gate.banner.text
    write(shown.entry, question="だれが訪ねるか")
    shown.entry.press()
    assert opened.store.find(AgendaItem)[0].called == sitting.called[:2]


def test_the_person_at_a_conference_without_consent_waits_for_the_chief(opened, view):
    shown = view.parts[-1]
    came = ItemAttendance(name="見本　花子", presence=Presence.CLIENT)
    shown.entry.forms["item"].put_rows("attendances", (came,))
    shown.entry.press()
    assert "本人" in shown.entry.gate.banner.text
    note = shown.entry.gate.chief.note.box_set.by_name
    note["reason"].raw, note["allowed_by"].raw = "本人の希望", "課長　例示"
    shown.entry.gate.chief.press()
    assert opened.store.find(AgendaItem)[0].attendances[0].presence is Presence.CLIENT


def test_what_was_done_before_is_approved_afterwards(opened, view):
    (item,) = opened.store.find(AgendaItem)
    opened.store.save(replace(item, kind=AgendaKind.AFTER_THE_FACT))
    view.show_item(item.id)
    press(view.parts[-1], "事後承認を記録")
    kept = opened.store.load(AgendaItem, item.id)
    assert (kept.approved_after_on, kept.outcome) == (TODAY, Outcome.AGREED)
    assert "事後承認を記録" not in presses(view.parts[-1])


def test_the_questionnaire_of_an_agency_bears_its_name(opened, view, sitting):
    view.show()
    press(view, "アンケート・改善事項")
    after = view.parts[-1]
    press(after, "アンケートの回答を記録")
    write(after.parts[-1], helpful="役割が分かった")
    after.parts[-1].press()
    assert opened.store.find(Questionnaire) == []
    write(after.parts[-1], agency=[str(sitting.called[0])], answered_by="例示　一郎")
    after.parts[-1].press()
    assert opened.store.find(Questionnaire)[0].answered_by == "例示　一郎"
    assert after.answers.texts()[0][3] == "役割が分かった"


@pytest.fixture
def yearly(opened):
    """The page after a sitting of the 代表者会議."""
    body = Conference(body="representatives", held_on=BEFORE)
    made = casework.convene(opened.store, body)
    opened.open_page("会議", (made.id, ("after", made.id)))
    return opened.pages["会議"].children[-1].parts[-1]


def test_the_representatives_answer_without_a_name(opened, yearly):
    press(yearly, "アンケートの回答を記録")
    form = yearly.parts[-1].forms["answer"]
    assert not {"agency", "answered_by"} & set(form.box_set.by_name)
    write(yearly.parts[-1], hard="資料が多い")
    yearly.parts[-1].press()
    (kept,) = opened.store.find(Questionnaire)
    assert (kept.agency, kept.answered_by, kept.hard) == (None, None, "資料が多い")


def test_what_is_to_be_improved_has_an_owner_and_next_years_answer(opened, yearly):
    press(yearly, "改善事項を出す")
    write(yearly.parts[-1], what="夜間の連絡先を決める")
    yearly.parts[-1].press()
    assert opened.store.find(Improvement) == []
    write(yearly.parts[-1], owner=["1"])
    yearly.parts[-1].press()
    assert yearly.improvements.texts()[0][3] == "回答待ち"
    yearly.improvements.choose(0)
    write(yearly.parts[-1], answer="当番表を作った", answered_on="R8.10.15")
    yearly.parts[-1].press()
    (kept,) = opened.store.find(Improvement)
    assert (kept.answer, kept.answered_on) == ("当番表を作った", TODAY)


def test_a_past_paper_is_printed_again_from_the_desk(opened, view, sitting, tmp_path):
    (made,) = packets(tmp_path / "office.db", sitting.id, tmp_path / "x", TODAY, recipient="chair")
    view.show_papers()
    papers = view.parts[-1]
    papers.listing.choose(0)
    papers.entry.press()
    write(papers.entry, reason="監査のため")
    papers.entry.press()
    papers.making.wait(60)
    (again,) = papers.making.progress.paths
    number = papers.papers[0].number
    assert again.name == f"再印刷_{number}_{made.name}"
    assert "理由 監査のため" in again.read_text("utf-8")
