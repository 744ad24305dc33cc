"""期限: each kind of waiting as a story of how it begins and ends, and whose it is."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from jusou_nb import casework
from jusou_nb.choices import NOT_PERSONAL
from jusou_nb.fields import Kind, items
from jusou_nb.forms import (
    Advice,
    AgendaItem,
    Agreement,
    Assessment,
    AssessmentRequest,
    Case,
    CaseNote,
    Conference,
    Consent,
    CopyRecall,
    Decision,
    DirectionRow,
    Emergency,
    Ending,
    Evaluation,
    Host,
    HostContact,
    Household,
    Improvement,
    Intake,
    IssueMark,
    Lead,
    Matching,
    MatchStep,
    Monitoring,
    Outreach,
    OutreachTry,
    ParticipationMenu,
    PhoneMemo,
    PreparationSheet,
    Provenance,
    Referral,
    ResourceGap,
    RoleAssignment,
    RoleProgress,
    Scheme,
    Shelter,
    SignSheet,
    StatutoryReport,
    SupportPlan,
    SupportRequest,
    Visit,
    WorkerRole,
)
from jusou_nb.forms.case import CaseStatus
from jusou_nb.forms.participation import MatchStage
from jusou_nb.store import records
from jusou_nb.store.due import Due, due_items
from jusou_nb.store.due_kinds import KINDS
from jusou_nb.store.schema import every_form

TODAY = date(2026, 10, 20)
NUMBER = "R8-0001"
MARK = "見えてはならない"


def october(day):
    return date(2026, 10, day)


def at(day, hour=9):
    return datetime(2026, 10, day, hour)


def agency(desk, name="地域包括支援センター"):
    return desk.store.lexicon().spellings["agencies"][name]


def move(desk, status):
    case = desk.store.load(Case, desk.case.id)
    return casework.change_status(desk.store, case, status, on=TODAY, reason="決まった")


def change(desk, record, **boxes):
    return desk.store.save(replace(desk.store.load(type(record), record.id), **boxes))


def of_member(desk, **boxes):
    """Change the mother's own boxes on the sheet of her household."""
    household = desk.store.load(Household, desk.household.id)
    mother, *others = household.members
    desk.store.save(replace(household, members=(replace(mother, **boxes), *others)))


def item(desk, **boxes):
    links = {
        "conference_id": desk.sitting.id,
        "case_id": desk.case.id,
        "client_id": desk.mother.id,
        "basis": "confidential",
    }
    return desk.store.save(AgendaItem(**{**links, **boxes}))


def plan(desk, *roles, **boxes):
    links = {"case_id": desk.case.id, "client_id": desk.mother.id, "drawn_on": october(10)}
    agreed = {"state": "agreed", "outcome_on": october(15), "roles": roles}
    return desk.store.save(SupportPlan(**{**links, **agreed, **boxes}))


def referral(desk, **boxes):
    links = {
        "household_id": desk.household.id,
        "client_id": desk.mother.id,
        "intake_id": desk.intake.id,
        "destination": agency(desk),
        "sent_on": october(2),
    }
    return desk.store.save(Referral(**{**links, **boxes}))


def ending(desk, **boxes):
    move(desk, CaseStatus.CHECK_IN)
    blank = Ending(case_id=desk.case.id, kind="handover", ended_on=october(1))
    return desk.store.save(replace(blank, **boxes))


# One story a kind: it begins, says (day, agency, number), and goes on until it is done.


def first_contacts(desk):
    """緊急度が即日の相談は、誰かが連絡するまで出る。"""
    change(desk, desk.intake, urgency="immediate")
    yield october(1), None, NUMBER
    casework.write_note(desk.store, desk.case, CaseNote(happened_at=at(1, 15), content="電話した"))


def emergencies(desk):
    """緊急対応のあと、約束した確認を済ませるまで出る。"""
    told = Emergency(household_id=desk.household.id, next_check_at=at(18), happened_at=at(17))
    told = desk.store.save(told)
    yield october(18), None, NUMBER
    change(desk, told, checked_at=at(18, 17))


def emergency_reports(desk):
    """緊急対応は、会議に事後報告するまで出る。"""
    coming = desk.store.save(replace(desk.sitting, id=None, version=0, held_on=october(29)))
    told = desk.store.save(Emergency(household_id=desk.household.id, happened_at=at(17)))
    yield october(29), None, NUMBER
    change(desk, told, agenda_item_id=item(desk, conference_id=coming.id).id)


def open_reports(desk):
    """通報・通告の記録は、判断するまで出る。"""
    report = StatutoryReport(intake_id=desk.intake.id, noticed_at=at(3), state="open")
    report = desk.store.save(report)
    yield october(3), None, NUMBER
    change(desk, report, state="not_needed", not_needed_because="けがは転倒", judged_by="課長")


def unreported_suspicions(desk):
    """虐待の印があるのに記録がなければ、記録するまで出る。"""
    change(desk, desk.intake, issues=("child_abuse",))
    yield october(1), None, NUMBER
    desk.store.save(StatutoryReport(household_id=desk.household.id, state="reported"))


def next_actions(desk):
    """約束した次の対応は、その日以後の経過が書かれるまで出る。"""
    note = CaseNote(happened_at=at(2), content="訪問を約束", next_due=october(9))
    casework.write_note(desk.store, desk.case, note)
    casework.write_note(desk.store, desk.case, CaseNote(happened_at=at(5), content="別の電話"))
    yield october(9), desk.case.lead_agency, NUMBER
    casework.write_note(desk.store, desk.case, CaseNote(happened_at=at(9), content="訪問した"))


def unanswered_referrals(desk):
    """つないだ先の返事は、もらうまで出る。"""
    sent = referral(desk, answer="sent")
    yield october(16), agency(desk), NUMBER
    change(desk, sent, answer="settled")


def assessed(desk, *issues):
    marks = tuple(IssueMark(issue=issue) for issue in issues)
    links = {"case_id": desk.case.id, "household_id": desk.household.id}
    return desk.store.save(Assessment(assessed_on=october(8), marks=marks, **links))


def assessment_asked(desk, **boxes):
    blank = AssessmentRequest(case_id=desk.case.id, agency=agency(desk), sent_on=october(2))
    return desk.store.save(replace(blank, **boxes))


def assessment_suspicions(desk):
    """シートに虐待の印があれば、通報・通告を判断するまで出る。"""
    assessed(desk, "elder_abuse")
    yield october(8), None, NUMBER
    desk.store.save(StatutoryReport(household_id=desk.household.id, state="reported"))


def assessment_requests(desk):
    """アセスメントを頼んだ機関は、答えるまで出る。"""
    asked = assessment_asked(desk)
    yield october(16), agency(desk), NUMBER
    change(desk, asked, returned_on=october(10), refused_because="会えていない")


def assessment_answers(desk):
    """届いた回答は、シートに写すまで出る。"""
    asked = assessment_asked(desk, returned_on=october(10), finding="要介護2")
    yield october(10), None, NUMBER
    change(desk, asked, assessment_id=assessed(desk).id)


def refused_referrals(desk):
    """受けられないと言われた人は、次の先につなぐまで戻ってくる。"""
    referral(desk, answer="refused", answered_on=october(6))
    yield october(6), None, NUMBER
    referral(desk, answer="settled", destination=agency(desk, "医療機関"))


def unsettled_referrals(desk):
    """受け取ったという返事のあと、つながったと確かめるまで出る。"""
    sent = referral(desk, answer="received", answered_on=october(6))
    yield october(20), agency(desk), NUMBER
    change(desk, sent, answer="settled")


def support_requests(desk):
    """支援要請は、受理会議が返事をするまで出る。"""
    asked = desk.store.save(SupportRequest(requested_on=october(7), intake_id=desk.intake.id))
    yield october(14), None, NUMBER
    change(desk, asked, answer="accepted")


def leads(desk):
    """気になる世帯は、見直し日が来ても閉じるまで出る。受付番号はまだない。"""
    seen = Lead(noticed_on=october(1), outcome="watch", brought_by=agency(desk))
    seen = desk.store.save(seen)
    yield date(2027, 1, 1), agency(desk), ""
    change(desk, seen, outcome="dropped")


def oral_consents(desk):
    """口頭の同意は、一部の撤回があっても、書面をもらうまで出る。"""
    person = desk.mother.id
    oral = Consent(person_id=person, state="given", manner="oral", stated_on=october(5))
    scoped = replace(oral, categories=("health",), agencies=desk.sitting.called)
    desk.store.save(replace(scoped, written_by=october(19)))
    partly = Consent(person_id=person, state="withdrawn", stated_on=october(7))
    desk.store.save(replace(partly, withdrawn_agencies=(agency(desk),)))
    yield october(19), None, NUMBER
    desk.store.save(replace(scoped, manner="written", stated_on=october(12)))


def unknown_scopes(desk):
    """範囲の分からない同意は、次にその人が載る会議までに確かめる。"""
    coming = replace(desk.sitting, id=None, version=0, held_on=october(29))
    item(desk, basis="multilayered", conference_id=desk.store.save(coming).id)
    given = Consent(person_id=desk.mother.id, state="given", stated_on=october(5))
    given = desk.store.save(given)
    yield october(29), None, NUMBER
    change(desk, given, categories=("health",), agencies=(agency(desk),))


def unconfirmed_masks(desk):
    """金曜に付けた秘匿は、月曜までに二人目が確かめる。"""
    of_member(desk, is_masked=True, masked_on=october(16))
    yield october(19), None, NUMBER
    of_member(desk, mask_confirmed_on=october(19))


def asked_unmaskings(desk):
    """秘匿の解除は、二人目が判断するまで出る。"""
    of_member(desk, is_masked=True, unmask_asked_by="担当", unmask_asked_on=october(16))
    yield october(19), None, NUMBER
    of_member(desk, unmask_asked_by=None)


def mask_reviews(desk):
    """秘匿の見直し日は、過ぎても残る。"""
    of_member(desk, is_masked=True, masked_until=october(1))
    yield october(1), None, NUMBER
    of_member(desk, is_masked=False)


def protection_ends(desk):
    """支援措置の期限は、延ばすか終わるまで出る。"""
    end = date(2026, 11, 15)
    of_member(desk, is_masked=True, has_address_protection=True, protection_until=end)
    yield end, None, NUMBER
    of_member(desk, protection_until=None)


def preparation_sheets(desk):
    """事前シートは、会議の前に答えをもらうまで出る。"""
    coming = desk.store.save(replace(desk.sitting, id=None, version=0, held_on=october(29)))
    placed = item(desk, conference_id=coming.id)
    asked = PreparationSheet(agenda_item_id=placed.id, agency=agency(desk), sent_on=october(8))
    asked = desk.store.save(asked)
    yield october(29), agency(desk), NUMBER
    change(desk, asked, returned_on=october(20))


def decisions(desk):
    """決定事項は、済むまで出る。ケースが終わっても消えない。"""
    held = item(desk, decisions=(Decision(what="訪問", agency=agency(desk), due_on=october(25)),))
    move(desk, CaseStatus.CLOSED)
    yield october(25), agency(desk), NUMBER
    change(desk, held, decisions=(replace(held.decisions[0], done_on=october(20)),))


def directions(desk):
    """支援方針の行は、済むまで出る。"""
    row = DirectionRow(what="見守り", agency=agency(desk), review_on=october(28))
    held = item(desk, directions=(row,))
    yield october(28), agency(desk), NUMBER
    change(desk, held, directions=(replace(held.directions[0], done_on=october(20)),))


def agreements(desk):
    """持ち帰った機関の返事は、もらうまで出る。"""
    taken = Agreement(agency=agency(desk), answer="taken_back", due_on=october(22))
    held = item(desk, agreements=(taken,))
    yield october(22), agency(desk), NUMBER
    change(desk, held, agreements=(replace(held.agreements[0], answer="agreed"),))


def provenances(desk):
    """支援会議で聞いた事実は、持っている機関が出すか伏せるかを答えるまで出る。"""
    fact = Provenance(case_id=desk.case.id, fact="通院歴", held_by=agency(desk), release="open")
    fact = desk.store.save(fact)
    yield None, agency(desk), NUMBER
    change(desk, fact, release="withhold")


def after_approvals(desk):
    """事後報告の案件は、会議が認めた日を書くまで出る。"""
    reported = item(desk, kind="after_the_fact")
    yield october(15), None, NUMBER
    change(desk, reported, approved_after_on=october(15))


def copies(desk):
    """渡した資料は、回収するまで出る。ケースのものではない。"""
    copy = CopyRecall(conference_id=desk.sitting.id, agency=agency(desk), state="out")
    copy = desk.store.save(copy)
    yield october(15), agency(desk), ""
    change(desk, copy, state="returned")


def improvements(desk):
    """代表者会議の改善事項は、翌年の回答まで出る。"""
    raised = desk.store.save(Improvement(raised_on=october(1), owner=agency(desk, "社会福祉課")))
    yield date(2027, 10, 1), agency(desk, "社会福祉課"), ""
    change(desk, raised, answered_on=TODAY)


def support_decisions(desk):
    """了承されたプランは、市町村が支援決定するまで出る。"""
    agreed = plan(desk, lead_agency=agency(desk))
    yield date(2026, 11, 14), agency(desk), NUMBER
    change(desk, agreed, decided_on=TODAY)


def monitorings(desk):
    """モニタリングは、行って次回を決めるまで出る。"""
    agreed = plan(desk, lead_agency=agency(desk), next_monitoring_on=date(2026, 11, 14))
    desk.store.save(Monitoring(plan_id=agreed.id, held_on=TODAY, next_on=date(2027, 1, 20)))
    yield date(2027, 1, 20), agency(desk), NUMBER
    move(desk, CaseStatus.CLOSED)


def roles(desk):
    """プランの役割は、モニタリングで済んだと言われるまで出る。"""
    row = RoleAssignment(what="介護の申請", agency=agency(desk), due_on=date(2026, 11, 1))
    agreed = plan(desk, row)
    yield date(2026, 11, 1), agency(desk), NUMBER
    done = RoleProgress(what="介護の申請", agency=agency(desk), progress="done")
    desk.store.save(Monitoring(plan_id=agreed.id, held_on=TODAY, roles=(done,)))


def unasked_roles(desk):
    """同意の撤回で中断したプランの役割は、続けるかを聞くまで出る。"""
    row = RoleAssignment(what="訪問", doer="agency", agency=agency(desk), frequency="週1回")
    halted = plan(desk, row, state="suspended", suspended_on=october(10))
    yield october(24), agency(desk), NUMBER
    change(desk, halted, roles=(replace(halted.roles[0], goes_on=True),))


def plan_ends(desk):
    """プランの終わりは、再プランを作るまで出る。"""
    plan(desk, lead_agency=agency(desk), ends_on=date(2026, 11, 30))
    yield date(2026, 11, 30), agency(desk), NUMBER
    plan(desk, state="draft", sequence=2)


def replans(desk):
    """見直しが要るというモニタリングのあとは、再プランまで出る。"""
    agreed = plan(desk, lead_agency=agency(desk))
    desk.store.save(Monitoring(plan_id=agreed.id, held_on=october(18), needs_replan=True))
    yield date(2026, 11, 17), agency(desk), NUMBER
    plan(desk, state="draft", sequence=2)


def next_steps(desk):
    """評価で終結としたら、終わりの記録まで出る。"""
    agreed = plan(desk, lead_agency=agency(desk))
    judged = Evaluation(plan_id=agreed.id, case_id=desk.case.id, evaluated_on=october(18))
    desk.store.save(replace(judged, next_step="close"))
    yield date(2026, 11, 17), agency(desk), NUMBER
    move(desk, CaseStatus.CLOSED)


def handovers(desk):
    """主担当機関への引継ぎは、受け入れまで出る。"""
    told = ending(desk, receiving_agency=agency(desk), acceptance="waiting")
    yield october(1), agency(desk), NUMBER
    change(desk, told, acceptance="accepted")


def check_ins(desk):
    """フォロー中は、連絡の記録がないまま日数が過ぎると出る。"""
    told = ending(desk, acceptance="accepted", check_in_by="見守 担当")
    yield date(2026, 12, 30), None, NUMBER
    change(desk, told, check_in_finished_on=TODAY)


def check_in_ends(desk):
    """定期連絡の終わりは、のばすか終えるまで出る。"""
    told = ending(desk, acceptance="accepted", check_in_until=date(2026, 11, 30))
    yield date(2026, 11, 30), None, NUMBER
    change(desk, told, check_in_finished_on=TODAY)


def visits(desk):
    """訪問の予定は、戻ったと分かるまで出る。"""
    said = Visit(case_id=desk.case.id, planned_at=at(12), back_by=at(12, 11), state="out")
    gone = desk.store.save(replace(said, companion_agency=agency(desk)))
    yield october(12), agency(desk), NUMBER
    change(desk, gone, state="back")


def outreach(desk, **boxes):
    said = {"known_as": "氏名不明", "begun_on": october(1), "contractor": agency(desk)}
    return desk.store.save(Outreach(**{**said, **boxes}))


def outreach_promises(desk):
    """ケースのない人に約束したことは、その日以後に働きかけるまで出る。"""
    to = outreach(desk).id
    promised = OutreachTry(outreach_id=to, tried_at=at(2), kind="met", next_due=october(9))
    desk.store.save(promised)
    yield october(9), agency(desk), ""
    desk.store.save(OutreachTry(outreach_id=to, tried_at=at(9), kind="letter"))


def quiet_outreaches(desk):
    """アウトリーチは、働きかけるか終わるまで、間が空くと出る。"""
    begun = outreach(desk, case_id=desk.case.id)
    desk.store.save(OutreachTry(outreach_id=begun.id, tried_at=at(3), kind="nobody"))
    yield date(2026, 11, 2), agency(desk), NUMBER
    change(desk, begun, ended_on=october(20))


def matching(desk, *steps, **boxes):
    menu = desk.store.save(ParticipationMenu(case_id=desk.case.id, drawn_on=october(1)))
    links = {"menu_id": menu.id, "case_id": desk.case.id, "stage": steps[-1].stage}
    return desk.store.save(Matching(**links, steps=steps, **boxes))


def matching_checks(desk):
    """マッチングは、参加か中止になるまで、次に確かめる日が出る。"""
    found = matching(desk, MatchStep(stage=MatchStage.TOUR, reached_on=october(5)))
    yield october(19), None, NUMBER
    change(desk, found, stage=MatchStage.STOPPED)


def settled_after_3(desk):
    """参加から3か月で、定着したかを確かめるまで出る。"""
    found = matching(desk, MatchStep(stage=MatchStage.JOINED, reached_on=october(5)))
    yield date(2027, 1, 5), None, NUMBER
    change(desk, found, stage=MatchStage.SETTLED_3)


def settled_after_6(desk):
    """参加から6か月で、もう一度確かめるまで出る。"""
    steps = MatchStage.JOINED, MatchStage.SETTLED_3
    found = matching(desk, *(MatchStep(stage=s, reached_on=october(5)) for s in steps))
    yield date(2027, 4, 5), None, NUMBER
    change(desk, found, stage=MatchStage.SETTLED_6)


def quiet_hosts(desk):
    """受入先には、連絡するまで、間が空くと出る。"""
    there = desk.store.save(Host(name="架空農園", state="ready", ready_on=october(1)))
    desk.store.save(HostContact(host_id=there.id, contacted_on=october(2), purpose="thanks"))
    yield date(2026, 12, 31), None, ""
    change(desk, there, state="ended")


def missing_resources(desk):
    """会議で不足とされた資源は、登録するまで出る。"""
    found = item(desk, missing_resources="夜の居場所")
    change(desk, desk.sitting, state="held")
    yield date(2026, 11, 14), None, ""
    desk.store.save(ResourceGap(agenda_item_id=found.id, raised_on=TODAY, what="夜の居場所"))


def gap_answers(desk):
    """代表者会議に出した不足資源は、どうなったかが決まるまで出る。"""
    raised = ResourceGap(raised_on=october(1), what="移動の足", owner=agency(desk))
    put = desk.store.save(replace(raised, state="put_forward"))
    yield date(2027, 10, 1), agency(desk), ""
    change(desk, put, state="filled")


def stale_schemes(desk):
    """窓口・制度は、一年確かめていないと、確かめるか終わりにするまで出る。"""
    kept = desk.store.save(Scheme(name="例示手当", confirmed_on=date(2025, 10, 1)))
    yield date(2026, 10, 1), None, ""
    change(desk, kept, confirmed_on=october(5))


def sign_answers(desk):
    """気づきシートは、届けた部署に返事をするまで出る。届けた部署は出ない。"""
    said = SignSheet(sent_on=october(5), sent_by=agency(desk), noticed=MARK)
    sent = desk.store.save(replace(said, intake_id=desk.intake.id))
    yield october(12), None, NUMBER
    change(desk, sent, answered_on=october(9))


def shelter_stays(desk):
    """緊急一時保護は、終わるまで出る。場所は出ない。"""
    stay = Shelter(case_id=desk.case.id, starts_on=october(5), shelter_place=MARK)
    stay = desk.store.save(stay)
    yield october(8), None, NUMBER
    change(desk, stay, ends_on=october(10))


def advice_answers(desk):
    """専門家に聞いたことは、答えが来るまで出る。"""
    asked = desk.store.save(Advice(case_id=desk.case.id, asked_on=october(1), question=MARK))
    yield october(15), None, NUMBER
    change(desk, asked, answered_on=october(9))


def unhanded_cases(desk):
    """役割の終わった担当のケースは、次の担当が決まるまで出る。"""
    change(desk, desk.case, coordinator="例示　前任")
    role = WorkerRole(worker="例示　前任", role="coordinator", since=october(1))
    desk.store.save(replace(role, until=october(18)))
    yield october(18), None, NUMBER
    change(desk, desk.case, coordinator="架空　後任")


def phone_memos(desk):
    at = datetime(2026, 10, 15, 9, 40)
    call = PhoneMemo(called_at=at, said="折り返してほしい", call_back_by=date(2026, 10, 16))
    memo = casework.take_call(desk.store, call)
    yield date(2026, 10, 16), None, ""
    casework.attach_memo(desk.store, memo, desk.case, on=date(2026, 10, 16))


STORIES = (
    first_contacts,
    emergencies,
    emergency_reports,
    open_reports,
    unreported_suspicions,
    assessment_suspicions,
    next_actions,
    unanswered_referrals,
    refused_referrals,
    unsettled_referrals,
    assessment_requests,
    assessment_answers,
    support_requests,
    leads,
    oral_consents,
    unknown_scopes,
    unconfirmed_masks,
    asked_unmaskings,
    mask_reviews,
    protection_ends,
    preparation_sheets,
    decisions,
    directions,
    agreements,
    provenances,
    after_approvals,
    copies,
    improvements,
    support_decisions,
    monitorings,
    roles,
    unasked_roles,
    plan_ends,
    replans,
    next_steps,
    handovers,
    check_ins,
    check_in_ends,
    visits,
    outreach_promises,
    quiet_outreaches,
    matching_checks,
    settled_after_3,
    settled_after_6,
    quiet_hosts,
    missing_resources,
    gap_answers,
    sign_answers,
    shelter_stays,
    advice_answers,
    unhanded_cases,
    stale_schemes,
    phone_memos,
)


def of_kind(desk, kind, today=TODAY, **asked):
    return [d for d in due_items(desk.store, today, **asked) if d.kind == kind]


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.__name__)
def test_what_waits_is_listed_with_its_day_and_whose_it_is_until_it_is_done(desk, story):
    told = story(desk)
    due_on, agency_id, number = next(told)
    (found,) = of_kind(desk, story.__name__)
    next(told, None)

    assert (found.due_on, found.agency_id, found.number) == (due_on, agency_id, number)
    assert found.overdue_days == (max((TODAY - due_on).days, 0) if due_on else 0)
    assert of_kind(desk, story.__name__) == []


def test_every_kind_of_waiting_has_its_story():
    assert {story.__name__ for story in STORIES} == {kind.code for kind in KINDS}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_the_docstring_of_a_kind_is_its_definition(kind):
    said = kind.sql.__doc__

    assert all(word in said for word in ("Whose:", "Date:", "Until:"))
    assert said.startswith(f"{kind.label}: ") and kind.what_to_do.endswith("。")


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.__name__)
def test_a_struck_record_waits_for_nobody(desk, story):
    next(story(desk))
    (found,) = of_kind(desk, story.__name__)
    form = {form.table: form for form, _ in every_form()}[found.table]
    records.strike(desk.store, form, found.record_id, "書き間違い")

    assert of_kind(desk, story.__name__) == []


def test_a_case_is_the_workers_and_the_deputys(desk):
    next(decisions(desk))
    change(desk, desk.case, coordinator="主任 例示", deputy="副 見本")

    for worker, count in (("主任 例示", 1), ("副 見本", 1), ("別の人", 0)):
        assert len(of_kind(desk, "decisions", worker=worker)) == count


def test_what_nobody_has_in_hand_is_everybodys(desk):
    next(leads(desk))

    assert len(of_kind(desk, "leads", worker="誰でも")) == 1


def test_an_agency_sees_what_it_has_to_do_only(desk):
    next(decisions(desk))

    assert len(due_items(desk.store, TODAY, agency=agency(desk))) == 1
    assert due_items(desk.store, TODAY, agency=agency(desk, "医療機関")) == []


def test_what_an_excluded_agency_was_to_do_comes_back_to_the_worker(desk):
    next(decisions(desk))
    change(desk, desk.case, excluded_agencies=(agency(desk),))

    assert due_items(desk.store, TODAY, agency=agency(desk)) == []
    assert [d.agency_id for d in of_kind(desk, "decisions", worker="tantou")] == [None]


def test_a_suspicion_of_abuse_is_on_no_agencys_list(desk):
    next(open_reports(desk))
    change(desk, desk.case, lead_agency=agency(desk))

    assert due_items(desk.store, TODAY, agency=agency(desk)) == []


@pytest.mark.parametrize(
    ("until", "seen"),
    [(date(2026, 10, 15), False), (date(2026, 10, 16), True), (date(2026, 11, 15), True)],
)
def test_the_end_of_the_address_protection_is_told_a_month_ahead(desk, until, seen):
    next(protection_ends(desk))

    assert bool(of_kind(desk, "protection_ends", until=until)) is seen


def test_a_list_until_a_day_holds_what_comes_by_then(desk):
    next(decisions(desk))

    assert of_kind(desk, "decisions", until=october(24)) == []
    assert len(of_kind(desk, "decisions", until=october(25))) == 1


def test_what_has_no_day_comes_last_and_on_no_list_until_a_day(desk):
    next(provenances(desk))
    next(directions(desk))

    assert [d.kind for d in due_items(desk.store, TODAY)] == ["directions", "provenances"]
    assert of_kind(desk, "provenances", until=date(2030, 1, 1)) == []


def test_a_decision_without_a_day_is_asked_about_after_the_profiles_days(desk):
    item(desk, decisions=(Decision(what="検討する"),))

    assert [d.due_on for d in of_kind(desk, "decisions")] == [date(2026, 11, 14)]


def test_two_promises_of_one_case_stand_side_by_side_until_the_later_one_answers(desk):
    for day, due in ((2, 9), (3, 12)):
        note = CaseNote(happened_at=at(day), content="約束", next_due=october(due))
        casework.write_note(desk.store, desk.case, note)

    assert [d.due_on for d in of_kind(desk, "next_actions")] == [october(12)]


def test_an_imported_urgent_sheet_was_attended_to_elsewhere(desk):
    next(first_contacts(desk))
    desk.store.db.execute("INSERT INTO import_batches (id) VALUES (1)")
    change(desk, desk.intake, batch_id=1)

    assert of_kind(desk, "first_contacts") == []


def test_a_sheet_asked_for_a_sitting_that_is_over_waits_no_longer(desk):
    next(preparation_sheets(desk))

    assert of_kind(desk, "preparation_sheets", today=october(30)) == []


def test_a_monitoring_that_does_not_say_when_next_is_asked_for_after_the_profiles_days(desk):
    agreed = plan(desk, next_monitoring_on=date(2026, 11, 14))
    desk.store.save(Monitoring(plan_id=agreed.id, held_on=date(2026, 11, 10)))

    expected = date(2026, 11, 10) + timedelta(days=90)
    assert [d.due_on for d in of_kind(desk, "monitorings")] == [expected]


def test_no_line_says_who_it_is_or_where_they_live_or_quotes_a_sentence(desk):
    for story in STORIES:
        next(story(desk))
    for form, _ in every_form():
        personal = [b for b in items(form) if b.scope is not NOT_PERSONAL]
        for box in [b for b in personal if b.kind is Kind.TEXT and not b.many]:
            sql = f"UPDATE {form.table} SET {box.name} = ?"  # noqa: S608 - the house's own tables
            desk.store.db.execute(sql, [MARK])

    found = due_items(desk.store, TODAY)
    assert len({d.kind for d in found}) > len(STORIES) // 2
    assert MARK not in repr(found)


def test_a_handover_sent_back_is_the_workers_until_a_later_note_takes_it_up(desk):
    ending(desk, receiving_agency=agency(desk), acceptance="returned", accepted_on=october(5))
    assert [d.agency_id for d in of_kind(desk, "handovers")] == [None]
    casework.write_note(desk.store, desk.case, CaseNote(happened_at=at(6), content="続ける"))

    assert of_kind(desk, "handovers") == []


def test_asking_again_does_not_end_the_wait_for_the_paper(desk):
    next(oral_consents(desk))
    asked = Consent(person_id=desk.mother.id, state="asked", stated_on=october(8))
    desk.store.save(asked)
    desk.store.save(replace(asked, state="given", given_by="family_understanding"))

    assert len(of_kind(desk, "oral_consents")) == 1


@pytest.mark.parametrize(
    "end",
    [
        {"state": "withdrawn", "withdrawn_categories": ("health",)},
        {"state": "refused"},
        {"state": "given", "expires_on": october(19)},
    ],
    ids=["nothing is left", "refused", "expired"],
)
def test_no_paper_is_owed_for_a_consent_that_is_no_more(desk, end):
    next(oral_consents(desk))

    desk.store.save(Consent(person_id=desk.mother.id, stated_on=october(9), **end))

    assert of_kind(desk, "oral_consents") == []


def test_a_case_broken_off_is_kept_in_touch_with_until_its_day(desk):
    ending(desk, kind="suspension", check_in_by="見守 担当", check_in_until=date(2027, 3, 31))
    move(desk, CaseStatus.SUSPENDED)

    assert [d.worker for d in of_kind(desk, "check_ins")] == ["見守 担当"]


def test_a_due_item_knows_its_record(desk):
    next(unanswered_referrals(desk))
    (found,) = of_kind(desk, "unanswered_referrals")

    assert isinstance(found, Due) and found.case_id == desk.case.id
    assert desk.store.load(Referral, found.record_id).destination == found.agency_id


def test_an_intake_without_a_case_is_its_receivers(store, household, intake):
    told = replace(
        intake, screening="information_only", urgency="immediate", received_by="窓口 例示"
    )
    casework.receive_intake(store, household=household, intake=told)

    (found,) = [d for d in due_items(store, TODAY) if d.kind == "first_contacts"]
    assert (found.worker, found.case_id) == ("窓口 例示", None)
    assert store.load(Intake, found.record_id).number == found.number


def test_a_sitting_called_off_asks_for_no_sheets(desk):
    next(preparation_sheets(desk))
    coming = max(desk.store.find(Conference), key=lambda c: c.held_on)
    change(desk, coming, state="cancelled")

    assert of_kind(desk, "preparation_sheets") == []
