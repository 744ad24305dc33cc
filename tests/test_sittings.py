"""会議: from nothing to papers, who is called, who sat there, what it settled."""

from dataclasses import replace
from datetime import date

import pytest

from jusou_nb import casework
from jusou_nb.casework.agenda import roster
from jusou_nb.documents.packet import copies, packet
from jusou_nb.errors import Invalid, NotAllowed
from jusou_nb.fields import Ref
from jusou_nb.forms import (
    Agency,
    AgendaItem,
    Agreement,
    Attendee,
    Case,
    Conference,
    CopyRecall,
    Decision,
    DirectionRow,
    Improvement,
    ItemAttendance,
    PreparationSheet,
    Questionnaire,
)
from jusou_nb.forms.after_sitting import RecallState
from jusou_nb.forms.conference import (
    AgendaKind,
    AgreementAnswer,
    ConferenceState,
    Outcome,
    Presence,
)
from jusou_nb.forms.preparation_sheet import SheetManner
from jusou_nb.problems import Override, Strength
from jusou_nb.store import counts, due, overrides, queries, sittings

DAY = date(2026, 10, 15)
TODAY = date(2026, 10, 15)


def agency(desk, name):
    return Ref(desk.store.lexicon().spellings["agencies"][name])


def rules_of(problems):
    return [problem.rule for problem in problems]


@pytest.fixture
def lifeline(desk):
    """An electricity company: it gives information and is on no roster."""
    return Ref(desk.store.save(Agency(name="見本電力", kind="lifeline", sector="private")).id)


@pytest.fixture
def item(put):
    """The mother's case on the sitting as 支援会議."""
    return put("confidential")


# --- from nothing to a sitting ---------------------------------------------------------------


def test_an_ad_hoc_sitting_is_called_together_in_one_step(desk):
    wanted = [(desk.case, AgendaItem(basis="confidential", question="今夜の安全"))]

    made = casework.convene_now(desk.store, Conference(body="monthly", held_on=DAY), wanted)

    assert made.conference.is_ad_hoc and made.conference.called == desk.sitting.called
    assert made.placed[0].item.conference_id == made.conference.id


def test_on_the_eve_a_case_without_consent_still_comes_to_the_table(desk):
    wanted = [(desk.case, AgendaItem(basis="multilayered", question="役割の分担"))]
    sitting = Conference(body="monthly", held_on=DAY)

    made = casework.convene_now(desk.store, sitting, wanted, without_consent="confidential")

    (placed,) = made.placed
    assert placed.item.basis == "confidential"
    assert rules_of(placed.remarks) == ["conference.moved_to_other_basis"]


def test_on_the_eve_the_papers_come_out_and_the_chair_reads_what_was_let_pass(desk):
    allowed = Override(rule="conference.basis_of_body", reason="困窮と同席", allowed_by="課長")
    wanted = [(desk.case, AgendaItem(basis="hardship_confidential"))]
    sitting = Conference(body="monthly", held_on=DAY)

    made = casework.convene_now(desk.store, sitting, wanted, overrides=(allowed,)).conference

    every = copies(desk.store, made.id)
    chair = packet(
        desk.store, made.id, recipient="chair", basis="hardship_confidential", made_on="令和8年"
    )
    assert len(every) == 1 + len(made.called)
    assert "困窮と同席" in chair.control().html


def test_a_sitting_that_may_not_be_leaves_nothing_behind(desk):
    wanted = [(desk.case, AgendaItem(basis="multilayered", question="役割の分担"))]
    before = len(desk.store.find(Conference))

    with pytest.raises(NotAllowed, match="同意がありません"):
        casework.convene_now(desk.store, Conference(body="monthly", held_on=DAY), wanted)

    assert len(desk.store.find(Conference)) == before


def test_a_seat_that_has_ended_is_not_proposed(desk, monkeypatch):
    body = desk.store.profile.body("monthly")
    seats = tuple(replace(m, until="2026-03-31") for m in body.members[:1]) + body.members[1:]
    town = replace(desk.store.profile, bodies=(replace(body, members=seats),))
    monkeypatch.setattr(desk.store, "_profile", town)

    assert agency(desk, "社会福祉課") not in roster(desk.store, desk.sitting)
    assert agency(desk, "お困りごと相談員") in roster(desk.store, desk.sitting)


def test_a_study_session_stands_on_a_sitting_without_a_case(desk, item):
    topic = casework.put_topic_on_agenda(
        desk.store, desk.sitting, AgendaItem(topic="ヤングケアラーの勉強会")
    )

    assert (topic.case_id, topic.place_in_order, topic.basis) == (None, 2, "topic")
    assert queries.items_of(desk.store, desk.sitting.id) == [item]
    assert sittings.topics_of(desk.store, desk.sitting.id) == [topic]


def test_a_study_session_is_on_everybodys_agenda(desk, item):
    casework.put_topic_on_agenda(desk.store, desk.sitting, AgendaItem(topic="ヤングケアラー勉強会"))
    readers = ("chair", f"agency-{desk.sitting.called[0]}")

    for reader in readers:
        copy = packet(
            desk.store, desk.sitting.id, recipient=reader, basis="confidential", made_on="令和8年"
        )
        assert "ヤングケアラー勉強会" in copy.agenda().html


def test_a_study_session_is_not_counted_as_a_case(desk, item):
    casework.put_topic_on_agenda(desk.store, desk.sitting, AgendaItem(topic="勉強会"))

    found = counts.sittings_by_basis(desk.store, date(2026, 10, 1), date(2026, 10, 31), TODAY)

    assert sum(row.items for row in found) == 1


def test_a_topic_does_not_stand_on_the_ground_of_a_single_case(desk):
    with pytest.raises(NotAllowed, match="個別の案件の根拠"):
        casework.put_topic_on_agenda(
            desk.store, desk.sitting, AgendaItem(topic="勉強会", basis="confidential")
        )


def test_a_topic_has_a_name(desk):
    with pytest.raises(Invalid, match="議題・研修の名前"):
        casework.put_topic_on_agenda(desk.store, desk.sitting, AgendaItem())


def test_the_representatives_hear_a_report_without_a_case(desk):
    yearly = casework.convene(desk.store, Conference(body="representatives", held_on=DAY))
    report = AgendaItem(topic="匿名化した事例報告")

    assert casework.put_topic_on_agenda(desk.store, yearly, report).basis == "representatives"


# --- who is called ---------------------------------------------------------------------------


def test_a_lifeline_company_hears_of_a_case_only_when_it_is_named(desk, item, lifeline):
    called = (*desk.sitting.called, lifeline)
    sitting = casework.call_agencies(desk.store, desk.sitting, called)
    named = replace(item, called=(lifeline,))

    assert lifeline not in queries.matter_of(desk.store, item, sitting).called
    assert lifeline in queries.matter_of(desk.store, named, sitting).called


def test_an_excluded_party_is_neither_proposed_nor_called(desk, item):
    company = agency(desk, "参加支援事業者")
    case = desk.store.load(Case, desk.case.id)
    desk.store.save(replace(case, excluded_agencies=(company,)))

    assert company not in casework.members_to_call(desk.store, item)
    with pytest.raises(NotAllowed, match="除外者"):
        casework.call_to_item(desk.store, item, (company,))


def test_who_is_not_on_the_roster_is_called_only_by_the_chief(desk, item):
    clinic = agency(desk, "医療機関")
    allowed = Override(rule="conference.not_on_roster", reason="主治医", allowed_by="課長")

    with pytest.raises(NotAllowed, match="名簿にない"):
        casework.call_to_item(desk.store, item, (clinic,))
    placed = casework.call_to_item(desk.store, item, (clinic,), overrides=(allowed,))

    assert placed.item.called == (clinic,)
    assert overrides.of(desk.store, "agenda_items", item.id)[0]["reason"] == "主治医"


def test_a_stranger_called_to_the_whole_sitting_is_pointed_out_on_the_item(desk):
    clinic = agency(desk, "医療機関")
    sitting = casework.call_agencies(desk.store, desk.sitting, (*desk.sitting.called, clinic))

    placed = casework.put_on_agenda(
        desk.store, sitting, desk.case, AgendaItem(basis="confidential", question="役割")
    )

    (remark,) = placed.remarks
    assert remark.rule == "conference.strangers_called" and "医療機関" in remark.message


def test_an_agency_beyond_the_consent_is_pointed_out(desk, put, agree):
    agree(agencies=(agency(desk, "地域包括支援センター"),))
    item = put("multilayered")

    placed = casework.call_to_item(desk.store, item, (agency(desk, "社会福祉協議会"),))

    assert rules_of(placed.remarks) == ["conference.beyond_consent"]


# --- who sat there ---------------------------------------------------------------------------


def sat(desk, item, **boxes):
    row = ItemAttendance(**{"presence": Presence.PRESENT, **boxes})
    return casework.result_problems(desk.store, replace(item, attendances=(row,)))


def test_where_members_are_bound_confidentiality_is_explained_first(desk, item):
    council = agency(desk, "社会福祉協議会")
    explained = Attendee(agency=council, name="例示 一郎", confidentiality_explained_on=DAY)

    assert rules_of(sat(desk, item, agency=council)) == ["conference.not_explained"]
    casework.hold_sitting(desk.store, desk.sitting, today=TODAY, attendees=(explained,))
    assert sat(desk, item, agency=council, name="例示 一郎") == []
    assert rules_of(sat(desk, item, agency=council, name="別の人")) == ["conference.not_explained"]


def test_a_stranger_sits_at_a_confidential_item_only_by_the_chairs_word(desk, item):
    clinic = agency(desk, "医療機関")

    said = sat(desk, item, agency=clinic)
    named = sat(desk, item, agency=clinic, presence=Presence.AD_HOC)

    assert "conference.not_on_roster" in rules_of(said)
    assert "conference.not_on_roster" not in rules_of(named)


def test_the_person_attends_where_consent_was_given_and_nowhere_else(desk, put, agree, item):
    agree()
    (problem,) = sat(desk, item, presence=Presence.CLIENT, name="本人")

    assert (problem.rule, problem.strength) == ("conference.client_present", Strength.CHIEF)
    assert sat(desk, put("multilayered"), presence=Presence.CLIENT, name="本人") == []


def test_an_excluded_party_that_sat_there_waits_for_the_chief(desk, item):
    company = agency(desk, "参加支援事業者")
    case = desk.store.load(Case, desk.case.id)
    desk.store.save(replace(case, excluded_agencies=(company,)))
    row = ItemAttendance(agency=company, presence=Presence.PRESENT)

    with pytest.raises(NotAllowed, match="除外者の「参加支援事業者」が出席"):
        casework.record_result(desk.store, replace(item, attendances=(row,)))


def test_a_single_person_on_the_roster_has_no_deputy(desk, item, monkeypatch):
    body = desk.store.profile.body("monthly")
    seats = tuple(replace(m, is_person=m.agency == "お困りごと相談員") for m in body.members)
    town = replace(desk.store.profile, bodies=(replace(body, members=seats),))
    monkeypatch.setattr(desk.store, "_profile", town)

    said = sat(desk, item, agency=agency(desk, "お困りごと相談員"), presence=Presence.DEPUTY)

    assert "conference.deputy_of_person" in rules_of(said)


def test_who_only_gives_information_leaves_afterwards(desk, item, lifeline):
    stayed = sat(desk, item, agency=lifeline, presence=Presence.AD_HOC)
    left = sat(desk, item, agency=lifeline, presence=Presence.AD_HOC, left="14:10")

    assert "conference.gives_only" in rules_of(stayed)
    assert "conference.gives_only" not in rules_of(left)


# --- sheets before the sitting ---------------------------------------------------------------


def test_sheets_go_to_all_that_are_called_and_come_back_side_by_side(desk, item):
    sheets = casework.send_sheets(desk.store, item, on=date(2026, 10, 6))
    first, second, *others = sheets
    casework.answer_sheet(desk.store, replace(first, efforts="月2回訪問"), on=DAY)
    heard = replace(second, efforts="窓口で一度会った")
    casework.answer_sheet(desk.store, heard, on=DAY, manner=SheetManner.HEARD)

    side = sittings.side_by_side(desk.store, item.id)

    lines = {box.name: texts for box, texts in side.lines}
    assert side.agencies == (first.agency, second.agency)
    assert lines["efforts"] == ("月2回訪問", "窓口で一度会った")
    assert len(side.waiting) == len(others) == len(desk.sitting.called) - 2


def test_a_sheet_is_due_on_the_day_of_the_sitting_and_sent_once(desk, item):
    sent = casework.send_sheets(desk.store, item, on=date(2026, 10, 6))
    again = casework.send_sheets(desk.store, item, on=date(2026, 10, 8))

    assert again == sent
    assert {sheet.due_on for sheet in sent} == {DAY}


def test_a_sheet_tells_whom_it_is_about_and_goes_no_further_than_the_consent(desk, put, agree):
    agree(agencies=(agency(desk, "地域包括支援センター"),))
    item = put("multilayered")

    (sheet,) = casework.send_sheets(desk.store, item, on=date(2026, 10, 6))

    assert sheet.agency == agency(desk, "地域包括支援センター")
    with pytest.raises(NotAllowed, match="事前シートを送れません"):
        casework.send_sheets(desk.store, item, (agency(desk, "社会福祉協議会"),), on=DAY)


def test_an_answer_by_telephone_says_who_heard_it(desk, item):
    (sheet, *_) = casework.send_sheets(desk.store, item, on=date(2026, 10, 6))

    answered, remarks = casework.answer_sheet(
        desk.store, sheet, on=date(2026, 10, 20), manner=SheetManner.HEARD
    )

    assert answered.heard_by == "tantou"
    assert rules_of(remarks) == ["conference.sheet_empty", "conference.sheet_late"]
    assert desk.store.load(PreparationSheet, sheet.id) == answered


# --- what it settled -------------------------------------------------------------------------


def test_a_confidential_conference_settles_directions_and_they_are_no_plan(desk, item):
    row = DirectionRow(
        what="週1回の訪問", agency=desk.sitting.called[0], review_on=date(2026, 11, 1)
    )
    saved = casework.record_result(desk.store, replace(item, directions=(row,)))

    (promise,) = due.settled(desk.store, desk.case.id, DAY)
    found = counts.plans(desk.store, date(2026, 10, 1), date(2026, 10, 31))

    assert (promise.label, promise.due_on) == ("支援方針・役割分担", date(2026, 11, 1))
    assert (found.first, found.agreed) == (0, 0)
    casework.finish_direction(desk.store, saved.directions[0], on=date(2026, 10, 30))
    assert due.settled(desk.store, desk.case.id, DAY) == []


def test_where_plans_are_decided_the_plan_is_used_and_not_the_directions(desk, put, agree):
    agree()
    item = put("multilayered")
    rows = (DirectionRow(what="訪問", agency=desk.sitting.called[0], due_on=DAY),)

    with pytest.raises(NotAllowed, match="支援方針・役割分担表を使いません"):
        casework.record_result(desk.store, replace(item, directions=rows))


def test_a_direction_is_steered_to_its_next_review(desk, item):
    row = DirectionRow(what="声かけ", other_doer="民生委員", review_on=date(2026, 11, 1))
    saved = casework.record_result(desk.store, replace(item, directions=(row,)))
    until = date(2026, 12, 1)

    kept = casework.review_direction(
        desk.store, saved.directions[0], review_on=until, progress="会えている"
    )

    assert kept.directions[0].review_on == until and kept.directions[0].done_on is None


def test_a_row_that_nobody_answers_for_is_pointed_out(desk, item):
    loose = replace(
        item, directions=(DirectionRow(what="訪問"),), decisions=(Decision(what="電話する"),)
    )

    said = {p.rule: p.box for p in casework.result_problems(desk.store, loose)}

    assert said == {
        "conference.direction_row": "directions.0.agency",
        "conference.decision": "decisions.0.agency",
    }


def test_a_decision_waits_until_it_is_done(desk, item):
    decision = Decision(what="同行する", agency=desk.sitting.called[0], due_on=date(2026, 11, 1))
    saved = casework.record_result(desk.store, replace(item, decisions=(decision,)))

    assert len(due.settled(desk.store, desk.case.id, DAY)) == 1
    casework.finish_decision(desk.store, saved.decisions[0], on=DAY, progress="同行した")

    assert due.settled(desk.store, desk.case.id, DAY) == []
    assert desk.store.load(AgendaItem, item.id).decisions[0].progress == "同行した"


def test_agencies_agree_each_for_itself_and_what_was_taken_back_waits(desk, item):
    first, second, *_ = desk.sitting.called
    answers = (
        Agreement(agency=first, answer=AgreementAnswer.AGREED),
        Agreement(agency=second, answer=AgreementAnswer.TAKEN_BACK, due_on=date(2026, 10, 22)),
    )
    saved = casework.record_result(desk.store, replace(item, agreements=answers))

    assert [p.due_on for p in due.settled(desk.store, desk.case.id, DAY)] == [date(2026, 10, 22)]
    said = casework.answer_agreement(
        desk.store, saved.agreements[1], AgreementAnswer.AGREED, on=date(2026, 10, 21)
    )
    assert said.agreements[1].answer is AgreementAnswer.AGREED
    assert due.settled(desk.store, desk.case.id, DAY) == []


def test_there_is_no_vote_but_the_chairs_summing_up(desk, item):
    answer = Agreement(agency=desk.sitting.called[0], answer=AgreementAnswer.TAKEN_BACK)
    voted = replace(item, agreements=(answer,), outcome=Outcome.AGREED, next_on=DAY)

    said = rules_of(casework.result_problems(desk.store, voted))

    assert said == ["conference.agreement", "conference.no_summing_up", "conference.next_on"]


def test_the_agency_that_took_the_lead_leads_the_case(desk, item):
    lead = agency(desk, "社会福祉協議会")
    agreed = Agreement(agency=lead, answer=AgreementAnswer.AGREED)

    assert rules_of(casework.result_problems(desk.store, replace(item, lead_agency=lead))) == [
        "conference.lead_not_agreed"
    ]
    casework.record_result(desk.store, replace(item, lead_agency=lead, agreements=(agreed,)))

    assert desk.store.load(Case, desk.case.id).lead_agency == lead


def test_what_was_done_in_haste_is_approved_afterwards(desk, put):
    item = put("confidential", kind=AgendaKind.AFTER_THE_FACT)

    approved = casework.approve_after(desk.store, item, on=DAY)

    assert (approved.approved_after_on, approved.outcome) == (DAY, Outcome.AGREED)


def test_an_ordinary_item_is_not_approved_afterwards(desk, item):
    returned = casework.record_result(desk.store, replace(item, outcome=Outcome.RETURNED))

    with pytest.raises(NotAllowed) as caught:
        casework.approve_after(desk.store, returned, on=DAY)

    said = rules_of(caught.value.problems)
    assert said == ["conference.not_after_the_fact", "conference.not_approved"]


# --- held, off, and after --------------------------------------------------------------------


def test_a_sitting_is_noted_as_held_and_says_what_is_still_missing(desk):
    held, remarks = casework.hold_sitting(desk.store, desk.sitting, today=date(2026, 10, 14))

    assert held.state is ConferenceState.HELD
    assert rules_of(remarks) == ["conference.not_yet", "conference.no_attendees"]


def test_a_sitting_is_called_off_with_a_reason_and_before_it_was_held(desk):
    with pytest.raises(Invalid, match="中止の理由"):
        casework.cancel_sitting(desk.store, desk.sitting, reason=" ")
    off = casework.cancel_sitting(desk.store, desk.sitting, reason="台風")

    assert (off.state, off.cancelled_because) == (ConferenceState.CANCELLED, "台風")
    with pytest.raises(NotAllowed, match="中止されています"):
        casework.hold_sitting(desk.store, off, today=TODAY)


def test_what_was_held_is_not_called_off(desk):
    held, _ = casework.hold_sitting(desk.store, desk.sitting, today=TODAY)

    with pytest.raises(NotAllowed, match="開催済"):
        casework.cancel_sitting(desk.store, held, reason="誤り")


def test_every_numbered_copy_is_looked_for_until_it_is_back(desk):
    copies = [("confidential", None, 1), ("confidential", desk.sitting.called[0], 2)]
    opened = casework.open_recalls(desk.store, desk.sitting, copies)
    again = casework.open_recalls(desk.store, desk.sitting, copies)

    casework.settle_copy(desk.store, opened[1], RecallState.SHREDDED, on=DAY)

    assert again == opened
    assert [c.copy_number for c in sittings.copies_out(desk.store, desk.sitting.id)] == [1]
    assert desk.store.load(CopyRecall, opened[1].id).settled_on == DAY


def test_a_copy_comes_back_on_some_day(desk):
    (copy,) = casework.open_recalls(desk.store, desk.sitting, [("confidential", None, 1)])

    with pytest.raises(Invalid, match="回収・裁断した日"):
        casework.settle_copy(desk.store, copy, RecallState.RETURNED)


def test_the_questionnaire_is_signed_and_who_has_not_answered_is_known(desk):
    first, second, *_ = desk.sitting.called
    came = (Attendee(agency=first), Attendee(agency=second))
    held, _ = casework.hold_sitting(desk.store, desk.sitting, today=TODAY, attendees=came)
    answer = Questionnaire(agency=first, answered_by="例示 一郎", helpful="役割が分かった")

    with pytest.raises(Invalid, match="回答者"):
        casework.record_questionnaire(desk.store, held, replace(answer, answered_by=None))
    casework.record_questionnaire(desk.store, held, answer)

    assert sittings.without_questionnaire(desk.store, held.id) == [second]


def test_what_the_representatives_asked_for_has_an_owner_and_next_years_answer(desk):
    yearly = casework.convene(desk.store, Conference(body="representatives", held_on=DAY))
    asked = Improvement(what="夜間の連絡先", owner=agency(desk, "社会福祉課"))

    with pytest.raises(Invalid, match="担当する課・機関"):
        casework.raise_improvement(desk.store, yearly, replace(asked, owner=None))
    raised = casework.raise_improvement(desk.store, yearly, asked)
    said = casework.answer_improvement(
        desk.store, raised, answer="当番制にした", on=date(2027, 10, 1)
    )

    assert raised.answer_due == date(2027, 10, 15)
    assert (said.answer, said.answered_on) == ("当番制にした", date(2027, 10, 1))
