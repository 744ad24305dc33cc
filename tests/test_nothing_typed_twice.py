"""Nothing is typed twice: what one record knows, the next one has without being asked."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from jusou_nb import casework
from jusou_nb.casework import community, expenses, gaps, schemes_register, training
from jusou_nb.casework.successions import hand_over_work
from jusou_nb.choices import Category
from jusou_nb.fields import Ref
from jusou_nb.forms import (
    AgendaItem,
    Agreement,
    AssessmentRequest,
    Case,
    CaseNote,
    Conference,
    Decision,
    Emergency,
    Ending,
    Gathering,
    Host,
    Intake,
    Lead,
    Matching,
    MatchStep,
    Outreach,
    OutreachTry,
    ParticipationMenu,
    Referral,
    RoleAssignment,
    Round,
    Scheme,
    SchemeCheck,
    SignSheet,
    Succession,
    SupportPlan,
    SupportRequest,
    Visit,
)
from jusou_nb.forms.conference import AgreementAnswer, ConferenceState
from jusou_nb.forms.ending import Acceptance, EndingKind
from jusou_nb.forms.outreach import TryKind
from jusou_nb.forms.participation import HostState, MatchStage
from jusou_nb.forms.plan import DoerKind, PlanState
from jusou_nb.forms.scheme_check import SchemeResult
from jusou_nb.forms.support_request import RequestAnswer
from jusou_nb.store.due import due_items

DAY = date(2026, 10, 20)
NOON = datetime(2026, 10, 20, 12, 0)
HOUR = timedelta(hours=1)


def agency(desk, name="社会福祉協議会"):
    return Ref(desk.store.lexicon().spellings["agencies"][name])


def seen(desk):
    told = Lead(noticed_on=DAY, seen="荷物が多い", known_name="架空　太郎", place="駅の階段",
                source="駅員", brought_by=agency(desk))  # fmt: skip
    return casework.notice_lead(desk.store, told)


def planned(desk, **boxes):
    role = RoleAssignment(what="訪ねる", doer=DoerKind.AGENCY, agency=agency(desk),
                          due_on=DAY, programme="outreach")  # fmt: skip
    plan = SupportPlan(case_id=desk.case.id, client_id=desk.mother.id, sequence=1, roles=(role,),
                       client_wish="家にいたい", drawn_on=DAY, state=PlanState.AGREED,
                       outcome_on=DAY, **boxes)  # fmt: skip
    return desk.store.save(plan)


def reached(desk, **boxes):
    sheet = Outreach(whereabouts="駅の階段", two_needed=True, found_through="round", **boxes)
    return casework.begin_outreach(desk.store, sheet, case=desk.case, today=DAY).outreach


# Each gives pairs: what the later record holds, and what the earlier one said.


def a_lead_gives_the_sheet_of_the_consultation(desk):
    lead = seen(desk)
    sheet = casework.sheet_of_lead(desk.store, lead, on=DAY)
    yield sheet.intake.presenting_problem, lead.seen
    yield sheet.household.members[0].name, lead.known_name


def a_lead_gives_the_outreach(desk):
    lead = seen(desk)
    made = casework.begin_outreach(desk.store, Outreach(), lead=lead, today=DAY).outreach
    yield made.known_as, lead.known_name
    yield (made.found_on, made.found_how, made.whereabouts), (DAY, lead.source, lead.place)


def a_round_gives_its_leads(desk):
    held = Round(held_on=DAY, venue="駅の南口", hours="10:00〜12:00")
    kept, (lead,), _ = casework.hold_round(desk.store, held, leads=(Lead(seen="座っている"),))
    yield (lead.noticed_on, lead.place, lead.round_id), (DAY, "駅の南口", kept.id)
    yield kept.minutes, 120


def a_sign_sheet_gives_the_lead(desk):
    sign = SignSheet(sent_on=DAY, sent_by=agency(desk), noticed="滞納", known_name="架空　太郎")
    lead = training.lead_of_sign(desk.store, sign)
    yield (lead.noticed_on, lead.seen, lead.known_name), (DAY, "滞納", "架空　太郎")
    yield "社会福祉協議会" in lead.source, True


def a_sign_sheet_gives_the_consultation(desk):
    sign = SignSheet(sent_on=DAY, sent_by=agency(desk), noticed="滞納", known_name="架空　太郎")
    home, intake = training.intake_of_sign(desk.store, sign, on=DAY)
    yield (home.members[0].name, intake.presenting_problem), ("架空　太郎", "滞納")


def an_activity_gives_the_consultation_and_its_next_time(desk):
    held = Gathering(name="例示サロン", held_on=DAY, agencies=(agency(desk),))
    kept = community.hold_gathering(desk.store, held, today=DAY).record
    yield community.intake_of_gathering(desk.store, kept, on=DAY).from_gathering, kept.id
    again = community.gathering_again(kept, on=DAY + timedelta(30))
    yield (again.name, again.agencies), (kept.name, kept.agencies)


def a_case_gives_the_outreach(desk):
    made = reached(desk)
    yield (made.client_id, made.household_id), (desk.mother.id, desk.household.id)
    yield made.known_as, desk.mother.name


def a_plan_gives_the_outreach_its_agency(desk):
    plan = planned(desk)
    yield casework.outreach_for(desk.store, plan=plan).contractor, plan.roles[0].agency


def an_outreach_gives_the_visit(desk):
    to = reached(desk)
    going = Visit(planned_at=NOON, back_by=NOON + HOUR, companion="見本　推進")
    visit = casework.plan_visit(desk.store, going, outreach=to).visit
    yield (visit.destination, visit.two_needed), (to.whereabouts, to.two_needed)
    yield (visit.case_id, visit.worker), (to.case_id, desk.store.worker_name())


def a_visit_gives_the_try_and_the_try_the_note(desk):
    to = reached(desk)
    going = Visit(planned_at=NOON, back_by=NOON + HOUR, companion="見本　推進")
    visit = casework.plan_visit(desk.store, going, outreach=to).visit
    met = OutreachTry(kind=TryKind.MET, content="会えた", category=Category.ISSUES, next_due=DAY)
    done = casework.come_back(desk.store, visit, at=NOON + HOUR, attempt=met).attempt
    note = desk.store.load(CaseNote, done.case_note_id)
    yield done.tried_at, visit.planned_at
    yield (note.happened_at, note.next_due, note.category), (NOON, DAY, Category.ISSUES)
    yield "会えた" in note.content and visit.companion in note.author, True


def a_first_meeting_moves_the_outreach(desk):
    met = OutreachTry(tried_at=NOON, kind=TryKind.MET)
    moved = casework.record_try(desk.store, reached(desk), met, today=DAY).outreach
    yield moved.first_met_on, DAY


def an_emergency_gives_the_shelter(desk):
    happened = Emergency(household_id=desk.household.id, case_id=desk.case.id, happened_at=NOON,
                         approved_by="課長")  # fmt: skip
    kept = desk.store.save(happened)
    sheet = expenses.shelter_sheet(desk.store, on=DAY, case=desk.case, emergency=kept)
    yield (sheet.starts_on, sheet.approved_by, sheet.people), (DAY, "課長", 2)


def a_scheme_that_was_tried_gives_the_shelter_and_the_menu(desk):
    tried = SchemeCheck(
        checked_on=DAY, scheme="貸付", result=SchemeResult.NOT_ELIGIBLE, reason="年齢"
    )
    casework.check_scheme(desk.store, desk.case, tried)
    sheet = expenses.shelter_sheet(desk.store, on=DAY, case=desk.case)
    menu = casework.menu_for(desk.store, desk.case, today=DAY)
    yield "貸付" in sheet.schemes_tried and "貸付" in menu.gap, True


def a_scheme_of_the_register_gives_the_check(desk):
    scheme = Scheme(name="配食", agency=agency(desk))
    check = schemes_register.check_of_scheme(scheme, on=DAY)
    yield (check.scheme, check.agency), (scheme.name, scheme.agency)


def an_item_gives_what_the_town_lacks(desk):
    held = desk.store.save(replace(desk.sitting, state=ConferenceState.HELD))
    item = desk.store.save(AgendaItem(conference_id=held.id, missing_resources="夜の居場所"))
    (gap,) = gaps.gap_proposals(desk.store)
    yield (gap.what, gap.raised_on, gap.agenda_item_id), ("夜の居場所", held.held_on, item.id)


def a_topic_of_a_sitting_gives_the_training(desk):
    item = AgendaItem(topic="窓口の研修", question="気づき方")
    made = training.training_from_item(item, desk.sitting)
    yield (made.name, made.held_on, made.content), (item.topic, desk.sitting.held_on, item.question)


def a_plan_gives_the_monitoring_its_lines(desk):
    plan = planned(desk)
    lines = [(row.what, row.agency) for row in casework.monitoring_sheet(plan).roles]
    yield lines, [(row.what, row.agency) for row in plan.roles]


def a_role_of_a_plan_is_due_by_its_day(desk):
    (row,) = planned(desk).roles
    (due,) = due_items(desk.store, DAY, kinds={"roles"})
    yield (due.due_on, due.agency_id, due.case_id), (row.due_on, row.agency, desk.case.id)


def a_decision_is_due_by_its_day(desk):
    row = Decision(what="訪問", agency=agency(desk), due_on=DAY)
    desk.store.save(AgendaItem(conference_id=desk.sitting.id, case_id=desk.case.id,
                               decisions=(row,)))  # fmt: skip
    (due,) = due_items(desk.store, DAY, kinds={"decisions"})
    yield (due.due_on, due.agency_id), (row.due_on, row.agency)


def an_answer_taken_back_is_due_at_its_agency(desk):
    row = Agreement(agency=agency(desk), answer=AgreementAnswer.TAKEN_BACK, due_on=DAY)
    desk.store.save(AgendaItem(conference_id=desk.sitting.id, case_id=desk.case.id,
                               agreements=(row,)))  # fmt: skip
    (due,) = due_items(desk.store, DAY, kinds={"agreements"})
    yield (due.due_on, due.agency_id), (row.due_on, row.agency)


def an_intake_gives_the_assessment_its_ticks(desk):
    sheet = casework.assessment_sheet(desk.store, desk.case, on=DAY)
    yield tuple(mark.issue for mark in sheet.marks), desk.intake.issues


def an_answer_of_an_agency_gives_the_next_assessment(desk):
    asked = AssessmentRequest(case_id=desk.case.id, agency=agency(desk), what="様子", sent_on=DAY)
    kept = desk.store.save(asked)
    casework.answer_assessment(desk.store, kept, on=DAY, finding="歩ける", category=Category.HEALTH)
    sheet = casework.assessment_sheet(desk.store, desk.case, on=DAY)
    yield "歩ける" in sheet.health_note, True


def an_assessment_gives_the_menu_its_wish(desk):
    sheet = casework.assessment_sheet(desk.store, desk.case, on=DAY)
    casework.assess(desk.store, desk.case, replace(sheet, wishes="庭仕事がしたい"))
    yield casework.menu_for(desk.store, desk.case, today=DAY).wish, "庭仕事がしたい"


def an_assessment_gives_the_next_one(desk):
    sheet = casework.assessment_sheet(desk.store, desk.case, on=DAY)
    casework.assess(desk.store, desk.case, replace(sheet, strengths="早起き"))
    yield casework.assessment_sheet(desk.store, desk.case, on=DAY).strengths, "早起き"


def an_intake_gives_the_menu_its_considerations(desk):
    desk.store.save(replace(desk.intake, considerations="大きな声が苦手"))
    yield casework.menu_for(desk.store, desk.case, today=DAY).limits_note, "大きな声が苦手"


def the_relations_of_a_household_give_its_map(desk):
    (line,) = casework.family_sheet(desk.store, desk.household, on=DAY).kinships
    yield {line.person, line.other}, {desk.mother.id, desk.son.id}


def what_was_said_on_the_way_to_a_host_is_a_note(desk):
    host = desk.store.save(Host(name="架空農園", state=HostState.READY))
    menu = desk.store.save(ParticipationMenu(case_id=desk.case.id, client_id=desk.mother.id,
                                             drawn_on=DAY))  # fmt: skip
    match = casework.propose_host(desk.store, menu, Matching(host=host.id), today=DAY).matching
    step = MatchStep(stage=MatchStage.TOUR, reached_on=DAY, client_voice="広い")
    casework.step_matching(desk.store, match, step)
    (note,) = desk.store.find(CaseNote, case_id=desk.case.id)
    yield ("広い" in note.content, note.happened_at.date()), (True, DAY)


def a_request_that_is_accepted_gives_the_case_its_workers(desk):
    asked = SupportRequest(requested_on=DAY, requested_by=agency(desk), why_not_alone="重なる")
    kept = casework.ask_support(desk.store, asked, household=desk.household)
    casework.hold_acceptance(desk.store, kept, RequestAnswer.ACCEPTED, on=DAY,
                             coordinator="見本　推進", deputy="例示　窓口")  # fmt: skip
    case = desk.store.load(Case, desk.case.id)
    yield (case.coordinator, case.deputy), ("見本　推進", "例示　窓口")


def an_emergency_gives_the_item_of_its_report(desk):
    told = Emergency(household_id=desk.household.id, case_id=desk.case.id, happened_at=NOON,
                     what="倒れていた", who="本人", next_check_at=NOON)  # fmt: skip
    kept = casework.respond_to_emergency(desk.store, told).emergency
    coming = casework.convene(desk.store, Conference(body="monthly", held_on=DAY + HOUR * 24))
    item = casework.report_emergency(desk.store, kept, on=DAY, conference=coming).item
    yield (item.case_id, item.client_id), (desk.case.id, desk.mother.id)


def a_plan_gives_its_replan(desk):
    first = planned(desk, long_goal="家で暮らす")
    second = casework.replan(desk.store, first, drawn_on=DAY)
    yield (second.client_wish, second.long_goal), (first.client_wish, first.long_goal)
    yield [row.what for row in second.roles], [row.what for row in first.roles]


def a_handover_gives_the_case_its_lead_agency(desk):
    told = Ending(kind=EndingKind.HANDOVER, ended_on=DAY, reason="handed_over",
                  explanation="移った", decided_at="office", approved_by="課長",
                  receiving_agency=agency(desk))  # fmt: skip
    ended = casework.end_case(desk.store, desk.case, told).ending
    casework.answer_handover(desk.store, ended, Acceptance.ACCEPTED, on=DAY, by="受入　主任")
    yield desk.store.load(Case, desk.case.id).lead_agency, agency(desk)


def a_succession_gives_all_cases_their_new_worker(desk):
    desk.store.save(replace(desk.case, coordinator="例示　前任"))
    said = Succession(leaving="例示　前任", taking="見本　推進", handed_on=DAY, reason="異動")
    hand_over_work(desk.store, said)
    yield desk.store.load(Case, desk.case.id).coordinator, "見本　推進"


def a_consultation_gives_its_referral(desk):
    sent = casework.refer(desk.store, desk.intake, referral_to(desk))
    yield (sent.household_id, sent.client_id), (desk.household.id, desk.mother.id)
    yield sent.intake_id, desk.store.find(Intake)[0].id


def referral_to(desk):
    return Referral(destination=agency(desk), sent_on=DAY, ground="guidance")


HAND_OVERS = (
    a_lead_gives_the_sheet_of_the_consultation,
    a_lead_gives_the_outreach,
    a_round_gives_its_leads,
    a_sign_sheet_gives_the_lead,
    a_sign_sheet_gives_the_consultation,
    an_activity_gives_the_consultation_and_its_next_time,
    a_case_gives_the_outreach,
    a_plan_gives_the_outreach_its_agency,
    an_outreach_gives_the_visit,
    a_visit_gives_the_try_and_the_try_the_note,
    a_first_meeting_moves_the_outreach,
    an_emergency_gives_the_shelter,
    a_scheme_that_was_tried_gives_the_shelter_and_the_menu,
    a_scheme_of_the_register_gives_the_check,
    an_item_gives_what_the_town_lacks,
    a_topic_of_a_sitting_gives_the_training,
    a_plan_gives_the_monitoring_its_lines,
    a_role_of_a_plan_is_due_by_its_day,
    a_decision_is_due_by_its_day,
    an_answer_taken_back_is_due_at_its_agency,
    an_intake_gives_the_assessment_its_ticks,
    an_answer_of_an_agency_gives_the_next_assessment,
    an_assessment_gives_the_menu_its_wish,
    an_assessment_gives_the_next_one,
    an_intake_gives_the_menu_its_considerations,
    the_relations_of_a_household_give_its_map,
    what_was_said_on_the_way_to_a_host_is_a_note,
    a_request_that_is_accepted_gives_the_case_its_workers,
    an_emergency_gives_the_item_of_its_report,
    a_plan_gives_its_replan,
    a_handover_gives_the_case_its_lead_agency,
    a_succession_gives_all_cases_their_new_worker,
    a_consultation_gives_its_referral,
)


@pytest.mark.parametrize("hand_over", HAND_OVERS, ids=lambda given: given.__name__)
def test_what_is_known_is_not_typed_again(desk, hand_over):
    pairs = list(hand_over(desk))

    assert pairs
    assert all(earlier not in (None, "", ()) for _, earlier in pairs)
    assert [later for later, _ in pairs] == [earlier for _, earlier in pairs]
