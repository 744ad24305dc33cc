"""The fictional town: every kind of case is in it, and the same town comes out twice."""

from dataclasses import replace
from datetime import date

import jpholiday
import pytest

from jusou_nb import open_store
from jusou_nb.casework import scheme_problems
from jusou_nb.casework.sample import NAMED, TownClock, make_town
from jusou_nb.casework.sample_calendar import first_day, third_thursday
from jusou_nb.casework.sample_people import SURNAMES
from jusou_nb.dates import age_on
from jusou_nb.documents import packet
from jusou_nb.errors import NotFound, StoreError
from jusou_nb.forms import (
    FORMS,
    AgendaItem,
    Case,
    CaseNote,
    Conference,
    Consent,
    CopyRecall,
    Emergency,
    Ending,
    Evaluation,
    Host,
    Household,
    Improvement,
    Intake,
    Lead,
    Matching,
    Monitoring,
    Outreach,
    OutreachTry,
    ParticipationMenu,
    PreparationSheet,
    Provenance,
    Questionnaire,
    Referral,
    StatutoryReport,
    SupportPlan,
    SupportRequest,
    Visit,
)
from jusou_nb.forms.after_sitting import RecallState
from jusou_nb.forms.case import CaseStatus
from jusou_nb.forms.conference import AgreementAnswer
from jusou_nb.forms.consent import ConsentManner, ConsentState
from jusou_nb.forms.ending import Acceptance, EndingKind
from jusou_nb.forms.household import Standing
from jusou_nb.forms.lead import LeadOutcome
from jusou_nb.forms.monitoring import Progress
from jusou_nb.forms.outreach import OutreachEnd, VisitState
from jusou_nb.forms.participation import HostState, MatchStage
from jusou_nb.forms.plan import PlanState
from jusou_nb.forms.preparation_sheet import SheetManner
from jusou_nb.forms.provenance import Release
from jusou_nb.forms.referral import ReferralAnswer
from jusou_nb.forms.statutory_report import ReportState
from jusou_nb.forms.support_request import RequestAnswer
from jusou_nb.rules.consent import is_scope_known
from jusou_nb.store import queries
from jusou_nb.store.due import due_items

TODAY = date(2026, 10, 5)
FICTIONAL = tuple(f"{surname}　" for surname, _ in SURNAMES)


def town_of(households, seed=1, today=TODAY):
    store = open_store("", account="tantou", clock=TownClock(today))
    return store, make_town(store, households=households, seed=seed, today=today)


def papers_of(store, town):
    """Every copy of this month's sitting, as it is printed."""
    made = [
        packet.packet(
            store, town.conference_id, recipient=copy.recipient, basis=copy.basis, made_on="本日"
        )
        for copy in packet.copies(store, town.conference_id)
    ]
    return [(m.identity.number, m.cover().html + m.items().html + m.control().html) for m in made]


@pytest.fixture(scope="module")
def made():
    store, town = town_of(200)
    yield store, town
    store.close()


def told(made, name):
    store, town = made
    household = store.load(Household, town.named[name])
    (intake,) = store.find(Intake, household_id=household.id)
    return household, intake, store.find(Case, household_id=household.id)


def this_month(made, name):
    store, town = made
    cases = {case.id for case in told(made, name)[2]}
    return [i for i in queries.items_of(store, town.conference_id) if i.case_id in cases]


def rows_of(store, table):
    """All rows of a table but for the salts, which are new each time."""
    salted = {"salt", "payload_hash", "hash"}
    rows = store.db[table].rows_where(order_by="rowid")
    return [{name: row[name] for name in row.keys() - salted} for row in rows]


def test_the_same_town_comes_out_twice_down_to_the_time_of_each_change():
    one, two = (town_of(40)[0] for _ in range(2))

    for form in FORMS:
        assert rows_of(one, form.table) == rows_of(two, form.table)
    assert rows_of(one, "changes") == rows_of(two, "changes")


def test_the_papers_of_the_same_town_are_the_same_to_the_letter():
    one, two = (papers_of(*town_of(10)) for _ in range(2))

    assert one == two
    assert len(one) >= 20


@pytest.mark.parametrize("today", [date(2026, 4, 1), date(2026, 5, 3), date(2027, 1, 1)])
@pytest.mark.parametrize("seed", [2, 3])
def test_a_town_of_any_chance_stands_on_any_day_of_the_year(today, seed):
    store, town = town_of(45, seed=seed, today=today)

    assert len(town.household_ids) == 45
    assert len({due.kind for due in due_items(store, today)}) >= 30
    store.close()


def test_a_town_is_not_mixed_with_what_an_office_has_recorded():
    store, _ = town_of(1)

    with pytest.raises(StoreError, match="新しい業務ファイルに作ってください"):
        make_town(store, households=1, seed=2, today=TODAY)
    assert store.db["households"].count == 1


def test_a_profile_without_a_body_for_both_kinds_of_bases_has_no_town():
    with open_store("") as store:
        store.use_profile(replace(store.profile, bodies=store.profile.bodies[-1:]))

        with pytest.raises(NotFound, match="会議体を加えてください"):
            make_town(store, households=1, seed=1, today=TODAY)


def test_another_seed_is_another_town():
    one, two = (town_of(40, seed=seed)[0] for seed in (1, 2))

    assert rows_of(one, "persons") != rows_of(two, "persons")


def test_the_record_of_a_town_runs_forward_and_ends_today(made):
    store, _ = made
    at = [row[0] for row in store.db.execute("SELECT at FROM changes ORDER BY seq")]
    of_the_town = at[len(store.profile.agencies) + 1 :]

    assert of_the_town == sorted(of_the_town)
    assert of_the_town[0] >= first_day(TODAY).isoformat()
    assert max(of_the_town)[:10] <= TODAY.isoformat()


def test_the_chains_of_a_town_are_whole(made):
    store, _ = made

    assert store.verify() == []


def test_the_clock_of_the_office_goes_on_after_the_town_is_made():
    with open_store("", clock=TownClock(date(2030, 1, 4))) as store:
        make_town(store, households=1, seed=1, today=TODAY)

        assert store.now().startswith("2030-01-04")


@pytest.mark.parametrize("households", [0, 1, 3, 8, 25])
def test_a_town_has_as_many_households_as_are_asked_for(households):
    store, town = town_of(households)

    assert store.db["households"].count == len(town.household_ids) == households
    assert tuple(town.named) == NAMED[:households]


@pytest.mark.parametrize(
    "today", [date(2026, 4, 1), date(2026, 12, 31), date(2027, 1, 1), date(2027, 3, 31), TODAY]
)
def test_the_sitting_of_this_month_has_items_on_both_bases_on_any_day(today):
    store, town = town_of(8, today=today)
    sitting = store.load(Conference, town.conference_id)

    bases = [item.basis for item in queries.items_of(store, town.conference_id)]
    assert (sitting.held_on.year, sitting.held_on.month) == (today.year, today.month)
    assert bases.count("multilayered") == 4
    assert bases.count("confidential") == 5


@pytest.mark.parametrize("month", [date(y, m, 1) for y in (2025, 2026, 2027) for m in (1, 3, 11)])
def test_a_sitting_is_on_the_third_thursday_or_the_working_day_after_it(month):
    day = third_thursday(month)

    thursday = next(date(month.year, month.month, n) for n in range(15, 22)
                    if date(month.year, month.month, n).weekday() == 3)  # fmt: skip
    assert day == thursday or jpholiday.is_holiday(thursday)
    assert day.weekday() < 5
    assert not jpholiday.is_holiday(day)


def test_the_sitting_of_march_2025_gave_way_to_the_equinox():
    assert third_thursday(date(2025, 3, 1)) == date(2025, 3, 21)


def test_mother_and_son_of_8050_stand_on_one_sitting_on_two_bases(made):
    store, _ = made
    household, _, cases = told(made, "eighty_fifty")
    mother, son = household.own_members

    items = {item.client_id: item.basis for item in this_month(made, "eighty_fifty")}
    (refused,) = store.find(Consent, person_id=son.id)
    assert [age_on(person.birth, TODAY) // 10 for person in (mother, son)] == [8, 5]
    assert items == {mother.id: "multilayered", son.id: "confidential"}
    assert refused.state is ConsentState.REFUSED
    assert len(cases) == 2


def test_last_month_decided_for_8050_and_what_became_of_it_is_known(made):
    store, town = made
    (case, *_) = told(made, "eighty_fifty")[2]
    last = town.conference_ids[-2]

    (item,) = store.find(AgendaItem, conference_id=last, case_id=case.id)
    assert item.decisions[0].progress == "実施した。"
    assert all(decision.agency and decision.due_on for decision in item.decisions)


def test_the_young_carer_is_fourteen_and_consents_with_a_guardian(made):
    store, _ = made
    child = told(made, "young_carer")[0].members[0]

    (consent,) = store.find(Consent, person_id=child.id)
    assert age_on(child.birth, TODAY) == 14
    assert consent.given_by == "both"


def test_a_wife_who_fled_is_masked_and_the_opponent_is_in_the_same_file(made):
    household, _, (case,) = told(made, "partner_violence")
    wife, husband, child = household.members

    assert wife.is_masked
    assert all((wife.address, wife.telephone, wife.workplace, wife.contact_note))
    assert child.is_masked
    assert child.school
    assert not husband.is_masked
    assert case.excluded_agencies


def test_a_man_without_a_name_is_received_and_discussed(made):
    household, _, _ = told(made, "unknown_man")

    assert household.members[0].name == "氏名不明（駅南の公園の男性）"
    assert [item.basis for item in this_month(made, "unknown_man")] == ["confidential"]


def test_fifteen_members_are_all_told_apart(made):
    household, _, _ = told(made, "fifteen")

    assert len({person.name for person in household.members}) == household.size == 15


def test_hoarding_was_told_by_a_neighbour_who_is_on_record(made):
    _, intake, _ = told(made, "hoarding")

    assert intake.inquirer_relation == "neighbour"
    assert intake.inquirer_name
    assert intake.information_source


def test_the_saturday_emergency_was_referred_the_same_day_and_reported_afterwards(made):
    store, _ = made
    _, intake, _ = told(made, "saturday")

    (referral,) = store.find(Referral, intake_id=intake.id)
    (item,) = this_month(made, "saturday")
    assert intake.received_on.weekday() == 5
    assert referral.sent_on == intake.received_on
    assert item.kind.value == "after_the_fact"


def test_double_care_waits_for_the_paper_of_an_oral_consent(made):
    store, _ = made
    client = told(made, "double_care")[0].members[0]

    (consent,) = store.find(Consent, person_id=client.id)
    assert consent.manner is ConsentManner.ORAL
    assert consent.written_by < TODAY


def test_consents_of_every_kind_are_in_the_town(made):
    entries = made[0].find(Consent)

    given = [entry for entry in entries if entry.state is ConsentState.GIVEN]
    assert {entry.state for entry in entries} == set(ConsentState)
    assert {is_scope_known(entry) for entry in given} == {True, False}
    assert any(entry.excluded_agencies for entry in given)


def test_referrals_are_answered_refused_and_overdue(made):
    referrals = made[0].find(Referral)

    waiting = [r for r in referrals if r.answer is ReferralAnswer.SENT]
    assert {r.answer for r in referrals} == set(ReferralAnswer)
    assert any(r.answer_due < TODAY for r in waiting)


def test_cases_are_running_closed_suspended_and_reopened(made):
    store, _ = made
    cases = store.find(Case)

    ended = {case.id for case in cases if not case.status.is_open}
    reopened = [case for case in cases if case.status_reason == "本人から連絡があった"]
    assert {case.status for case in cases} >= set(CaseStatus) - {CaseStatus.INTAKE}
    assert all((case.id in ended) == (case.closed_on is not None) for case in cases)
    assert reopened
    assert {e.case_id for e in store.find(Ending) if e.reopened_on} == {c.id for c in reopened}


def test_each_end_is_on_record_and_handovers_are_accepted_or_waited_for(made):
    store, _ = made
    endings = store.find(Ending)

    handed = [e for e in endings if e.kind is EndingKind.HANDOVER]
    ended = {case.id for case in store.find(Case) if not case.status.is_open}
    assert {e.kind for e in endings} == set(EndingKind)
    assert {e.acceptance for e in handed} == set(Acceptance)
    assert ended <= {e.case_id for e in endings}
    assert any(e.check_in_by and e.check_in_until for e in endings)


def test_a_handover_that_was_sent_back_was_taken_over_later(made):
    store, _ = made
    back = {e.case_id: e for e in store.find(Ending) if e.acceptance is Acceptance.RETURNED}

    later = [
        e for e in store.find(Ending)
        if e.case_id in back and e.acceptance is Acceptance.ACCEPTED
    ]  # fmt: skip
    assert all(e.returned_because and e.accepted_by for e in back.values())
    assert later and all(e.accepted_on >= back[e.case_id].accepted_on for e in later)


def test_keeping_in_touch_was_renewed_on_purpose_and_came_to_its_end(made):
    store, _ = made
    endings = [e for e in store.find(Ending) if e.check_in_by]

    renewed = [e for e in endings if e.check_in_renewed_on]
    over = [e for e in endings if e.check_in_finished_on]
    assert renewed and over
    assert all(e.check_in_renewed_because and e.check_in_until > e.check_in_renewed_on
               for e in renewed)  # fmt: skip
    assert {store.load(Case, e.case_id).status for e in over} == {CaseStatus.CLOSED}


def test_a_masking_was_lifted_by_two_and_the_wifes_stands(made):
    store, _ = made
    people = [p for household in store.find(Household) for p in household.members]

    lifted = [p for p in people if p.unmasked_on]
    assert lifted and all(p.unmasked_by != p.unmask_asked_by for p in lifted)
    assert not any(p.is_masked for p in lifted)
    assert told(made, "partner_violence")[0].members[0].is_masked


def test_the_representatives_asked_for_improvements_and_one_was_answered(made):
    store, _ = made
    asked = store.find(Improvement)

    (body,) = {store.load(Conference, row.conference_id).body for row in asked}
    assert all(store.profile.basis(b).anonymous for b in store.profile.body(body).bases)
    assert [bool(row.answered_on) for row in asked] == [True, False, False]
    assert all(row.owner and row.answer_due for row in asked)


def test_a_consent_was_taken_back_in_part_and_whole_and_a_plan_stands_still(made):
    store, _ = made
    taken = [c for c in store.find(Consent) if c.state is ConsentState.WITHDRAWN]

    stopped = store.find(SupportPlan, state=PlanState.SUSPENDED.value)
    whole = {c.person_id for c in taken if not c.withdrawn_agencies}
    assert {bool(c.withdrawn_agencies) for c in taken} == {True, False}
    assert stopped and {plan.client_id for plan in stopped} <= whole
    assert {row.goes_on for plan in stopped for row in plan.roles} == {True, False}


def test_a_household_was_noticed_before_it_came_and_another_is_watched(made):
    store, _ = made
    _, intake, _ = told(made, "unknown_man")

    (lead,) = store.find(Lead, intake_id=intake.id)
    assert lead.noticed_on < intake.received_on
    assert {lead.outcome for lead in store.find(Lead)} >= set(LeadOutcome)


def test_requests_were_accepted_advised_on_without_a_name_and_returned(made):
    answers = {r.answer: r for r in made[0].find(SupportRequest) if r.answer}

    advised = answers[RequestAnswer.ADVICE_ONLY]
    assert set(answers) == set(RequestAnswer)
    assert advised.is_nameless
    assert advised.household_id is None
    assert answers[RequestAnswer.ACCEPTED].client_id


def test_violence_was_reported_and_care_by_a_child_was_judged_no_neglect(made):
    store, _ = made
    fled, young = (told(made, name)[0].id for name in ("partner_violence", "young_carer"))

    reports = store.find(StatutoryReport, household_id=fled)
    (judged,) = store.find(StatutoryReport, household_id=young)
    assert {r.state for r in reports} == {ReportState.REPORTED}
    assert all(r.reported_to and r.reported_at and r.reported_by for r in reports)
    assert judged.state is ReportState.NOT_NEEDED
    assert judged.not_needed_because


def test_two_persons_masked_the_wife_and_the_child(made):
    household, intake, _ = told(made, "partner_violence")

    for person in (household.members[0], household.members[2]):
        assert person.masked_on == intake.received_on
        assert person.mask_confirmed_on > person.masked_on
        assert person.masked_by != person.mask_confirmed_by


def test_the_emergency_was_acted_on_on_saturday_and_looked_at_again(made):
    store, _ = made
    household, _, _ = told(made, "saturday")

    (emergency,) = store.find(Emergency, household_id=household.id)
    (item,) = this_month(made, "saturday")
    assert emergency.happened_at.weekday() == 5
    assert emergency.checked_at
    assert emergency.agenda_item_id == item.id


def test_emergencies_of_months_before_were_approved_afterwards(made):
    items = made[0].find(AgendaItem, kind="after_the_fact")

    assert any(item.approved_after_on for item in items)


def test_sheets_came_back_were_heard_or_stayed_silent(made):
    store, town = made
    sat_on = store.load(Conference, town.conference_ids[-2])
    case = told(made, "eighty_fifty")[2][0]

    (item,) = store.find(AgendaItem, conference_id=sat_on.id, case_id=case.id)
    sheets = store.find(PreparationSheet, agenda_item_id=item.id)
    manners = {sheet.manner for sheet in sheets}
    assert manners == {SheetManner.HEARD, SheetManner.RETURNED, None}
    assert all((sheet.heard_by is not None) == (sheet.manner is SheetManner.HEARD)
               for sheet in sheets)  # fmt: skip


def test_a_sitting_without_consent_has_directions_and_one_with_consent_a_plan(made):
    store, town = made
    held = store.find(AgendaItem, conference_id=town.conference_ids[-2])

    for item in held:
        assert bool(item.directions) == (item.basis == "confidential")
        assert item.attendances
        assert item.lead_agency == item.agreements[0].agency


def test_what_an_agency_took_back_is_answered_before_the_next_sitting_or_waits(made):
    agreements = [row for item in made[0].find(AgendaItem) for row in item.agreements]

    taken_back = [row for row in agreements if row.condition]
    assert any(row.answer is AgreementAnswer.TAKEN_BACK for row in taken_back)
    assert any(row.answered_on and row.answer is AgreementAnswer.AGREED for row in taken_back)


def test_the_son_of_8050_has_a_case_of_his_own_on_no_consultation(made):
    household, intake, (mothers, sons) = told(made, "eighty_fifty")

    assert mothers.intake_id == intake.id
    assert sons.client_id == household.members[1].id
    assert sons.intake_id is None


def test_an_agency_was_taken_out_of_a_consent_on_the_telephone(made):
    store, _ = made
    client = told(made, "fifteen")[0].members[0]

    given, withdrawn = store.find(Consent, person_id=client.id)
    assert withdrawn.state is ConsentState.WITHDRAWN
    assert withdrawn.manner is ConsentManner.ORAL
    assert withdrawn.withdrawn_agencies[0] in given.agencies
    assert [item.basis for item in this_month(made, "fifteen")] == ["multilayered"]


def test_plans_were_watched_evaluated_followed_by_another_and_stopped(made):
    store, _ = made
    plans = {plan.id: plan for plan in store.find(SupportPlan)}

    states = {plan.state for plan in plans.values()}
    again = [p for p in plans.values() if p.previous_id and p.state is PlanState.AGREED]
    assert states >= {PlanState.AGREED, PlanState.SUPERSEDED, PlanState.SUSPENDED}
    assert {plans[p.previous_id].state for p in again} == {PlanState.SUPERSEDED}
    assert all(plan.issue_rows for plan in plans.values())
    assert {row.progress for m in store.find(Monitoring) for row in m.roles} >= {
        Progress.ON_TRACK, Progress.LATE, Progress.DONE}  # fmt: skip
    assert all(judged.changes for judged in store.find(Evaluation))


def test_schemes_were_checked_before_a_programme_of_the_office(made):
    store, _ = made

    plans = store.find(SupportPlan, state="agreed")
    assert any(row.programme == "outreach" for plan in plans for row in plan.roles)
    assert [problem for plan in plans for problem in scheme_problems(store, plan)] == []


def test_copies_came_back_but_for_those_still_out(made):
    store, town = made

    held = {recall.conference_id for recall in store.find(CopyRecall)}
    assert {recall.state for recall in store.find(CopyRecall)} == {
        RecallState.RETURNED, RecallState.SHREDDED, RecallState.OUT}  # fmt: skip
    assert held <= set(town.conference_ids[:-1])
    assert store.find(Questionnaire, conference_id=town.conference_ids[-2])


def test_the_copies_called_back_are_those_that_are_printed(made):
    store, town = made
    last = town.conference_ids[-2]

    recalls = store.find(CopyRecall, conference_id=last)
    printed = {(copy.basis, copy.number) for copy in packet.copies(store, last)}
    assert {(recall.basis, recall.copy_number) for recall in recalls} == printed


def test_what_was_heard_before_a_consent_was_asked_about_one_by_one(made):
    facts = made[0].find(Provenance)

    answered = {Release.RELEASE, Release.WITHHOLD}
    assert {fact.release for fact in facts} == {*answered, Release.OPEN}


def test_plans_have_roles_and_agreed_ones_were_agreed_on_a_sitting(made):
    store, _ = made
    plans = store.find(SupportPlan)

    agreed = [plan for plan in plans if plan.state.value == "agreed"]
    sat_on = {sitting.held_on for sitting in store.find(Conference)}
    assert all(len(plan.roles) >= 3 for plan in plans)
    assert {plan.outcome_on for plan in agreed} <= sat_on
    assert {plan.state.value for plan in plans} >= {"agreed", "draft"}


def test_what_was_learnt_at_a_sitting_keeps_its_basis(made):
    notes = made[0].find(CaseNote)

    assert {note.learnt_on_basis for note in notes} == {None, "confidential", "multilayered"}


def test_nobody_in_the_town_could_be_real(made):
    persons = made[0].find(Household)

    members = [person for household in persons for person in household.members]
    assert all(p.name.startswith(("氏名不明", *FICTIONAL)) for p in members)
    assert all("町" in p.address or "公園" in p.address for p in members if p.address)
    assert all(p.address for p in members if p.standing is not Standing.DECEASED)
    assert all((p.telephone or "090-0000-").startswith("090-0000-") for p in members)


def test_outreach_goes_on_to_a_man_without_a_name_and_ended_with_somebody_linked(made):
    store, _ = made
    nameless, linked = sorted(store.find(Outreach), key=lambda o: o.client_id is not None)

    lead = store.load(Lead, nameless.lead_id)
    assert (nameless.client_id, nameless.ended_on, lead.round_id is None) == (None, None, False)
    assert linked.ended_because is OutreachEnd.LINKED_STABLE
    assert {visit.state for visit in store.find(Visit)} >= {VisitState.BACK, VisitState.CALLED_OFF}
    assert all(attempt.case_note_id for attempt in store.find(OutreachTry, outreach_id=linked.id))


def test_participation_goes_from_a_host_that_was_found_to_somebody_who_settled(made):
    store, _ = made
    states = {host.state for host in store.find(Host)}

    stages = {match.stage for match in store.find(Matching)}
    assert states == {HostState.READY, HostState.APPROACHED}
    assert {MatchStage.SETTLED_6, MatchStage.JOINED, MatchStage.STOPPED} <= stages
    assert all(menu.wish and menu.client_id for menu in store.find(ParticipationMenu))
