"""A year of 300 households through the verbs alone: the balance closes, and all that waits ends."""

from collections import Counter
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from types import SimpleNamespace

import pytest

from jusou_nb import casework, open_store
from jusou_nb.casework import expenses, gaps, phone_memos, schemes_register, training
from jusou_nb.casework.agenda import roster
from jusou_nb.casework.sample import TownClock, make_town
from jusou_nb.casework.successions import hand_over_work
from jusou_nb.choices import Category
from jusou_nb.dates import next_month
from jusou_nb.fields import children, items
from jusou_nb.forms import (
    Advice,
    AgendaItem,
    Assessment,
    AssessmentRequest,
    Case,
    CaseNote,
    Conference,
    Consent,
    CopyRecall,
    Emergency,
    Ending,
    Evaluation,
    Host,
    HostContact,
    Household,
    Improvement,
    Intake,
    Lead,
    Matching,
    MatchStep,
    Outreach,
    OutreachTry,
    PhoneMemo,
    PreparationSheet,
    Referral,
    ResourceGap,
    Scheme,
    Shelter,
    SignSheet,
    StatutoryReport,
    Succession,
    SupportPlan,
    SupportRequest,
    Visit,
)
from jusou_nb.forms.after_sitting import RecallState
from jusou_nb.forms.case import CaseStatus
from jusou_nb.forms.community import GapState
from jusou_nb.forms.conference import AgreementAnswer
from jusou_nb.forms.consent import ConsentManner
from jusou_nb.forms.ending import Acceptance, EndingKind
from jusou_nb.forms.evaluation import Achievement, NextStep
from jusou_nb.forms.lead import LeadOutcome
from jusou_nb.forms.monitoring import Progress
from jusou_nb.forms.outreach import OutreachEnd, TryKind
from jusou_nb.forms.participation import HostState, MatchStage
from jusou_nb.forms.provenance import Release
from jusou_nb.forms.referral import AfterRefusal, ReferralAnswer
from jusou_nb.forms.statutory_report import ReportState
from jusou_nb.forms.support_request import RequestAnswer
from jusou_nb.forms.training import SignAnswer
from jusou_nb.problems import Override
from jusou_nb.store import indicators
from jusou_nb.store.due import due_items
from jusou_nb.store.due_kinds import KINDS, SUSPICIONS
from jusou_nb.widgets.desk import PAGES, Desk
from jusou_nb.widgets.form import FormView
from jusou_nb.widgets.session import Session

TODAY = date(2027, 3, 31)
NOON = datetime.combine(TODAY, time(12))
SOON, YEAR = timedelta(days=7), timedelta(days=365)
MONTHS = [date(2026, month, 1) for month in range(4, 13)] + [date(2027, m, 1) for m in (1, 2, 3)]
CHIEF, SECOND = "課長　例示", "副担当　見本"


@pytest.fixture(scope="module")
def year():
    """A 年度 of 300 households on its last day."""
    with open_store("", account="tantou", clock=TownClock(TODAY)) as store:
        yield SimpleNamespace(
            store=store, town=make_town(store, households=300, seed=1, today=TODAY)
        )


@pytest.fixture
def store(year):
    """The town's store; what a test does to it is undone afterwards."""
    year.store.db.execute("BEGIN IMMEDIATE")
    yield year.store
    year.store.db.execute("ROLLBACK")


def allow(*rules):
    return tuple(Override(rule=rule, reason="課長が認めた", allowed_by=CHIEF) for rule in rules)


def last_day(month):
    return next_month(month) - timedelta(days=1)


# One way a kind: what a worker does about an entry, as its すること says.


def write(store, due):
    """約束の日に対応をして、支援経過に書く。"""
    case, day = store.load(Case, due.case_id), max(due.due_on or TODAY, TODAY)
    met = CaseNote(happened_at=datetime.combine(day, NOON.time()), content="本人に会えた。")
    casework.write_note(store, case, met)


def check_emergency(store, due):
    emergency = store.load(Emergency, due.record_id)
    casework.check_emergency(store, emergency, found="眠れている。", at=NOON)


def report_emergency(store, due):
    sitting = casework.convene(store, Conference(body="monthly", held_on=TODAY + SOON))
    sitting = casework.call_agencies(store, sitting, roster(store, sitting))
    emergency = store.load(Emergency, due.record_id)
    casework.report_emergency(store, emergency, on=TODAY, conference=sitting)


def judge(store, due):
    report = store.load(StatutoryReport, due.record_id)
    judged = replace(report, state=ReportState.NOT_NEEDED, judged_by=CHIEF,
                     not_needed_because="転んだ跡だと医師が確かめた。")  # fmt: skip
    casework.record_report(store, judged)


def report(store, due):
    """通報・通告の記録を開いて、判断を残す。"""
    record = store.load(Intake if due.table == "intakes" else Assessment, due.record_id)
    household = store.load(Household, record.household_id)
    told = StatutoryReport(suspicion="elder", noticed_at=NOON, state=ReportState.REPORTED,
                           judged_by=CHIEF, reported_at=NOON)  # fmt: skip
    casework.record_report(store, told, household=household)


def answer_assessment(store, due):
    asked = store.load(AssessmentRequest, due.record_id)
    casework.answer_assessment(store, asked, on=TODAY, finding="歩ける。", category=Category.HEALTH)


def copy_answer(store, due):
    """届いた回答を、新しいアセスメントシートに写す。"""
    case = store.load(Case, due.case_id)
    casework.assess(store, case, casework.assessment_sheet(store, case, on=TODAY))


def answer_referral(store, due):
    referral = store.load(Referral, due.record_id)
    casework.answer_referral(store, referral, ReferralAnswer.SETTLED, on=TODAY)


def take_back(store, due):
    referral = store.load(Referral, due.record_id)
    casework.take_back(store, referral, AfterRefusal.OWN_DESK, on=TODAY)


def accept(store, due):
    request = store.load(SupportRequest, due.record_id)
    casework.hold_acceptance(store, request, RequestAnswer.ADVICE_ONLY, on=TODAY,
                             advice="窓口の分け方を伝えた。")  # fmt: skip


def drop_lead(store, due):
    lead = store.load(Lead, due.record_id)
    casework.review_lead(store, lead, LeadOutcome.DROPPED, on=TODAY, note="暮らしが落ち着いた。")


def take_paper(store, due):
    said = store.load(Consent, due.record_id)
    paper = replace(said, id=None, version=0, manner=ConsentManner.WRITTEN, stated_on=TODAY)
    casework.record_consent(store, said.person_id, paper)


def state_scope(store, due):
    said = store.load(Consent, due.record_id)
    agencies = tuple(sorted(store.lexicon().refs["agencies"]))[:3]
    confirmed = casework.ConfirmedScope(
        consent_id=said.id, categories=tuple(Category), agencies=agencies
    )
    casework.confirm_scopes(store, [confirmed], on=TODAY, by=SECOND)


def confirm_mask(store, due):
    casework.confirm_mask(store, due.record_id, on=TODAY, by=SECOND)


def lift_mask(store, due):
    """解除を求めた人とは別の人が、解除する。"""
    casework.confirm_unmask(store, due.record_id, on=TODAY, by=SECOND)


def review_mask(store, due):
    """秘匿を続けるかを確かめ、いらなくなったら二人で解除する。"""
    casework.review_mask(store, due.record_id, until=TODAY + YEAR)
    casework.ask_unmask(store, due.record_id, because="本人が望んだ", on=TODAY, by=CHIEF)
    casework.confirm_unmask(store, due.record_id, on=TODAY, by=SECOND)


def answer_sheet(store, due):
    sheet = store.load(PreparationSheet, due.record_id)
    heard = replace(sheet, answered_by="係員", heard_by="担当", efforts="電話をしている。")
    casework.answer_sheet(store, heard, on=TODAY)


def row_of(store, due, rows):
    items = store.find(AgendaItem, case_id=due.case_id)
    return next(row for item in items for row in rows(item) if row.id == due.record_id)


def finish_decision(store, due):
    casework.finish_decision(store, row_of(store, due, lambda i: i.decisions), on=TODAY)


def finish_direction(store, due):
    casework.finish_direction(store, row_of(store, due, lambda i: i.directions), on=TODAY)


def answer_agreement(store, due):
    row = row_of(store, due, lambda i: i.agreements)
    casework.answer_agreement(store, row, AgreementAnswer.AGREED, on=TODAY)


def answer_fact(store, due):
    casework.answer_provenance(store, {due.record_id: Release.WITHHOLD}, reason="伏せる", on=TODAY)


def approve(store, due):
    casework.approve_after(store, store.load(AgendaItem, due.record_id), on=TODAY)


def take_copy(store, due):
    recall = store.load(CopyRecall, due.record_id)
    casework.settle_copy(store, recall, RecallState.RETURNED, on=TODAY)


def answer_improvement(store, due):
    asked = store.load(Improvement, due.record_id)
    casework.answer_improvement(store, asked, answer="一枚にまとめた。", on=TODAY)


def decide_support(store, due):
    plan = store.load(SupportPlan, due.record_id)
    casework.decide_support(store, plan, today=TODAY, drafted_on=TODAY, decided_on=TODAY,
                            decided_by=CHIEF)  # fmt: skip


def plan_of(store, due):
    return casework.plan_in_force(store, store.load(Case, due.case_id))


def monitor(store, due):
    """役割の進み具合をみる。まだ続くあいだは、次回の日がまた出る。"""
    plan = plan_of(store, due)
    sheet = casework.monitoring_sheet(plan)
    done = tuple(replace(row, progress=Progress.DONE) for row in sheet.roles)
    seen = replace(sheet, held_on=TODAY, manner="visit", needs_replan=False, roles=done)
    casework.monitor_plan(store, plan, seen)


def end(store, due):
    """終わりの記録をする。虐待の印があれば、先に判断を残す。"""
    for suspicion in due_items(store, TODAY, kinds=SUSPICIONS):
        if suspicion.case_id == due.case_id:
            WAYS[suspicion.kind](store, suspicion)
    case = store.load(Case, due.case_id)
    ending = Ending(kind=EndingKind.CLOSURE, ended_on=TODAY, reason="solved",
                    explanation="落ち着いた", decided_at="office", approved_by=CHIEF)  # fmt: skip
    casework.end_case(store, case, ending)


def monitor_and_end(store, due):
    monitor(store, due)
    end(store, due)


def evaluate_and_end(store, due):
    judged = Evaluation(evaluated_on=TODAY, achievement=Achievement.REACHED,
                        achievement_note="できた。", changes=("peace_of_mind",),
                        next_step=NextStep.CLOSE)  # fmt: skip
    casework.evaluate_plan(store, plan_of(store, due), judged)
    end(store, due)


def ask_roles(store, due):
    plan = next(p for p in store.find(SupportPlan, case_id=due.case_id)
                if any(row.id == due.record_id for row in p.roles))  # fmt: skip
    roles = tuple(replace(row, goes_on=True) for row in plan.roles)
    casework.answer_roles(store, replace(plan, roles=roles))


def replan(store, due):
    casework.replan(store, plan_of(store, due), drawn_on=TODAY)


def accept_handover(store, due):
    ending = store.load(Ending, due.record_id)
    casework.answer_handover(store, ending, Acceptance.ACCEPTED, on=TODAY, by="受入　主任")


def finish_check_in(store, due):
    """本人に連絡して書き、定期連絡を終える。"""
    write(store, due)
    ending = store.load(Ending, due.record_id)
    casework.finish_check_in(store, ending, on=TODAY, reason="自分から連絡できる")


def come_back(store, due):
    visit = store.load(Visit, due.record_id)
    left = casework.leave(store, visit, at=NOON).visit
    came = OutreachTry(kind=TryKind.MET, content="会えた。")
    casework.come_back(store, left, at=NOON + timedelta(hours=1), attempt=came)


def keep_promise(store, due):
    kept = store.load(OutreachTry, due.record_id)
    outreach = store.load(Outreach, kept.outreach_id)
    later = OutreachTry(tried_at=datetime.combine(kept.next_due or TODAY, time(15)),
                        kind=TryKind.MET, content="約束の品を渡した。")  # fmt: skip
    casework.record_try(store, outreach, later, today=later.tried_at.date())


def end_outreach(store, due):
    """働きかけて記録し、終わりの理由を書く。"""
    outreach = store.load(Outreach, due.record_id)
    tried = OutreachTry(tried_at=NOON, kind=TryKind.LETTER, content="手紙を置いた。")
    moved = casework.record_try(store, outreach, tried, today=TODAY).outreach
    casework.end_outreach(store, moved, OutreachEnd.MOVED, on=TODAY, note="町を出たと聞いた。")


def step(stage, **boxes):
    def take(store, due):
        match = store.load(Matching, due.record_id)
        seen = MatchStep(stage=stage, reached_on=max(due.due_on, TODAY), client_voice="よい。")
        casework.step_matching(store, match, seen, **boxes)

    return take


def end_host(store, due):
    """受入先の様子を聞き、通う人の次の場を決めてから、終わりにする。"""
    for match in store.find(Matching, host=due.record_id):
        if match.stage is not MatchStage.STOPPED:
            left = MatchStep(stage=MatchStage.STOPPED, reached_on=TODAY + YEAR)
            casework.step_matching(store, match, left, stopped_because="host")
    host = store.load(Host, due.record_id)
    asked = HostContact(
        contacted_on=TODAY, worker="担当", purpose="follow_up", content="これで終わりたいという。"
    )
    casework.contact_host(store, host, asked, becomes=HostState.ENDED)


def list_gap(store, due):
    (gap,) = [g for g in gaps.gap_proposals(store) if g.agenda_item_id == due.record_id]
    gaps.raise_gap(store, replace(gap, what="休日に開いている相談先"))


def settle_gap(store, due):
    gap = store.load(ResourceGap, due.record_id)
    gaps.settle_gap(store, gap, GapState.FILLED, on=TODAY, became="始まった。")


def answer_sign(store, due):
    training.answer_sign(store, store.load(SignSheet, due.record_id), SignAnswer.NO_NEED, on=TODAY)


def end_shelter(store, due):
    stay = store.load(Shelter, due.record_id)
    expenses.end_shelter(store, stay, on=TODAY + SOON, moved_on_to="アパート", amount=20000)


def answer_advice(store, due):
    asked = store.load(Advice, due.record_id)
    expenses.answer_advice(store, asked, "続けて住める。", on=TODAY, minutes=30, amount=10000)


def hand_over(store, due):
    leaving = store.load(Case, due.record_id).coordinator
    said = Succession(leaving=leaving, taking="架空　担当", handed_on=TODAY, reason="人事異動")
    hand_over_work(store, said)


def end_scheme(store, due):
    scheme = store.load(Scheme, due.record_id)
    confirmed = schemes_register.confirm_scheme(store, scheme, on=TODAY).scheme
    schemes_register.end_scheme(store, confirmed, on=TODAY - timedelta(days=1))


def close_memo(store, due):
    phone_memos.close_memo(store, store.load(PhoneMemo, due.record_id), "折り返した", on=TODAY)


WAYS = {
    "phone_memos": close_memo,
    "first_contacts": write,
    "emergencies": check_emergency,
    "emergency_reports": report_emergency,
    "open_reports": judge,
    "unreported_suspicions": report,
    "assessment_suspicions": report,
    "assessment_requests": answer_assessment,
    "assessment_answers": copy_answer,
    "next_actions": write,
    "unanswered_referrals": answer_referral,
    "refused_referrals": take_back,
    "unsettled_referrals": answer_referral,
    "support_requests": accept,
    "leads": drop_lead,
    "oral_consents": take_paper,
    "unknown_scopes": state_scope,
    "unconfirmed_masks": confirm_mask,
    "asked_unmaskings": lift_mask,
    "mask_reviews": review_mask,
    "protection_ends": review_mask,
    "preparation_sheets": answer_sheet,
    "decisions": finish_decision,
    "directions": finish_direction,
    "agreements": answer_agreement,
    "provenances": answer_fact,
    "after_approvals": approve,
    "copies": take_copy,
    "improvements": answer_improvement,
    "support_decisions": decide_support,
    "monitorings": monitor_and_end,
    "roles": monitor,
    "unasked_roles": ask_roles,
    "plan_ends": evaluate_and_end,
    "replans": replan,
    "next_steps": end,
    "handovers": accept_handover,
    "check_ins": finish_check_in,
    "check_in_ends": finish_check_in,
    "visits": come_back,
    "outreach_promises": keep_promise,
    "quiet_outreaches": end_outreach,
    "matching_checks": step(MatchStage.STOPPED, stopped_because="unsuitable"),
    "settled_after_3": step(MatchStage.SETTLED_3),
    "settled_after_6": step(MatchStage.SETTLED_6),
    "quiet_hosts": end_host,
    "missing_resources": list_gap,
    "gap_answers": settle_gap,
    "sign_answers": answer_sign,
    "shelter_stays": end_shelter,
    "advice_answers": answer_advice,
    "unhanded_cases": hand_over,
    "stale_schemes": end_scheme,
}


def end_all(store, kind):
    """Do what すること says for each entry of a kind, until none is left; gives how many."""
    ended = 0
    while waiting := due_items(store, TODAY, kinds={kind}):
        WAYS[kind](store, waiting[0])
        left = due_items(store, TODAY, kinds={kind})
        assert len(left) < len(waiting), waiting[0]
        ended += 1
    return ended


@pytest.mark.parametrize("month", MONTHS, ids=lambda month: f"{month:%Y-%m}")
def test_the_balance_of_each_month_closes_and_carries_on_to_the_next(year, month):
    found = indicators.balance(year.store, month, last_day(month))
    before = indicators.balance(year.store, previous(month), month - timedelta(days=1))

    assert found.closes
    assert found.carried == before.standing
    assert found.standing == sum(
        n for status, n in indicators.cases_by_status(year.store, last_day(month)).items()
        if CaseStatus(status).is_open
    )  # fmt: skip


def previous(month):
    return (month - timedelta(days=1)).replace(day=1)


def test_the_year_moved_in_every_way_and_its_months_add_up_to_it(year):
    months = [indicators.balance(year.store, m, last_day(m)) for m in MONTHS]
    whole = indicators.balance(year.store, MONTHS[0], TODAY)

    assert whole.carried == months[0].carried and whole.standing == months[-1].standing
    for way in ("new", "reopened", "closed", "suspended"):
        assert getattr(whole, way) == sum(getattr(m, way) for m in months) > 0


def test_households_persons_and_contacts_of_the_year_are_counted_each_in_its_own_way(year):
    store = year.store
    running = [case for case in store.find(Case) if case.status.is_open]
    notes = [n for n in store.find(CaseNote) if n.happened_at.date() >= MONTHS[0]]

    assert indicators.balance(store, MONTHS[0], TODAY).standing == len(running)
    assert indicators.households_running(store, TODAY) == len({c.household_id for c in running})
    assert len({c.client_id for c in running}) == len(running)
    assert len(notes) > len({n.case_id for n in notes}) > 0


def test_every_kind_of_waiting_has_a_way_to_end():
    assert set(WAYS) == {kind.code for kind in KINDS}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_each_kind_of_waiting_is_in_the_town_and_ends_by_what_it_says(store, kind):
    assert end_all(store, kind.code) > 0


def test_at_the_years_end_all_that_waits_can_be_brought_to_its_end(store):
    ended = Counter()
    while waiting := due_items(store, TODAY):
        kind = waiting[0].kind
        ended[kind] += end_all(store, kind)

    assert sum(ended.values()) > 500
    assert due_items(store, TODAY) == []


# Where an entry of 期限 leads on the desk, and what is there to end it: a box of the sheet that
# opens, or the words of a button.

ON_THE_DESK = {
    "first_contacts": "case_notes.content",
    "emergencies": "emergencies.checked",
    "emergency_reports": "次の会議に事後報告として載せる",
    "open_reports": "statutory_reports.not_needed_because",
    "unreported_suspicions": "statutory_reports.suspicion",
    "assessment_suspicions": "statutory_reports.suspicion",
    "assessment_requests": "回答を記録する",
    "assessment_answers": "転記済にする",
    "next_actions": "case_notes.content",
    "unanswered_referrals": "referrals.answer",
    "refused_referrals": "referrals.after_refusal",
    "unsettled_referrals": "referrals.answer",
    "support_requests": "support_requests.answer",
    "leads": "leads.outcome",
    "oral_consents": "consents.manner",
    "unknown_scopes": "consents.categories",
    "unconfirmed_masks": "二人目として確かめる",
    "asked_unmaskings": "二人目として外す",
    "mask_reviews": "見直し日・支援措置・見てよい人",
    "protection_ends": "見直し日・支援措置・見てよい人",
    "preparation_sheets": "preparation_sheets.efforts",
    "decisions": "decisions.done_on",
    "directions": "direction_rows.done_on",
    "agreements": "agreements.answer",
    "provenances": "provenances.release",
    "after_approvals": "事後承認を記録",
    "copies": "copy_recalls.state",
    "improvements": "improvements.answer",
    "support_decisions": "plans.decided_by",
    "monitorings": "monitorings.next_on",
    "roles": "role_progress.progress",
    "unasked_roles": "PlanAnswers",
    "plan_ends": "evaluations.next_step",
    "replans": "再プランを作る",
    "next_steps": "終結・中断",
    "handovers": "endings.acceptance",
    "check_ins": "case_notes.content",
    "check_in_ends": "定期連絡を終える",
    "visits": "戻った",
    "outreach_promises": "outreach_tries.content",
    "quiet_outreaches": "一回分を書く",
    "matching_checks": "次の段階を書く",
    "settled_after_3": "次の段階を書く",
    "settled_after_6": "次の段階を書く",
    "quiet_hosts": "受入先への支援を書く",
    "missing_resources": "resource_gaps.what",
    "gap_answers": "resource_gaps.became",
    "sign_answers": "sign_sheets.answer",
    "shelter_stays": "shelters.ends_on",
    "advice_answers": "advices.answer",
    "stale_schemes": "内容を確かめた（今日）",
    "unhanded_cases": "まとめて引き継ぐ",
    "phone_memos": "対応済みにする",
}


@pytest.fixture(scope="module")
def desk(year):
    return Desk(Session(year.store, TODAY))


def choose(desk, kind):
    """Turn to 期限, choose an entry of a kind, and give the page that opened."""
    desk.tabs.chosen = list(PAGES).index("期限")
    page = desk.pages["期限"]
    page.mine = False
    page.show_list()
    page.listing.choose(next(n for n, due in enumerate(page.found) if due.kind == kind))
    return desk.pages[list(PAGES)[desk.tabs.chosen]]


def within(part):
    yield part
    for child in getattr(part, "children", ()):
        yield from within(child)


def offered(page):
    """The words of the buttons of a page, and the boxes of the sheets that are open on it."""
    for part in within(page):
        yield getattr(part, "label", "")
        yield from getattr(part, "buttons", ())
        if isinstance(part, FormView):
            yield part.form.__name__
            yield from (f"{part.form.table}.{name}" for name in part.box_set.by_name)
            for table in children(part.form):
                if table.name in part.rows:
                    yield from (f"{table.form.table}.{box.name}" for box in items(table.form))


def test_every_kind_of_waiting_has_its_place_on_the_desk():
    assert set(ON_THE_DESK) == {kind.code for kind in KINDS}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_an_entry_of_the_due_list_opens_what_ends_it(desk, kind):
    found = choose(desk, kind.code)

    assert ON_THE_DESK[kind.code] in set(offered(found))
