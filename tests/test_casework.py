from dataclasses import replace
from datetime import date, datetime

import pytest

from jusou_nb import casework
from jusou_nb.casework.agenda import roster
from jusou_nb.errors import Invalid, NotAllowed
from jusou_nb.forms import (
    Agency,
    AgendaItem,
    Case,
    CaseNote,
    Conference,
    Decision,
    Goal,
    Household,
    Person,
    Referral,
    RoleAssignment,
    SupportPlan,
)
from jusou_nb.forms.case import CaseStatus
from jusou_nb.forms.conference import AgendaKind, ConferenceState, Outcome
from jusou_nb.forms.consent import ConsentState
from jusou_nb.forms.plan import DoerKind, PlanState
from jusou_nb.forms.referral import ReferralAnswer
from jusou_nb.problems import Override, Strength
from jusou_nb.rules.referrals import may_refer
from jusou_nb.store import overrides

DAY = date(2026, 10, 15)


def agency(desk, name):
    return desk.store.lexicon().spellings["agencies"][name]


@pytest.fixture
def plan(desk):
    """A plan with two roles, not yet saved."""
    return SupportPlan(
        drawn_on=date(2026, 10, 10),
        client_wish="二人で暮らし続けたい",
        goals=(Goal(issue="介護の負担", aim="週2回休める"),),
        roles=(
            RoleAssignment(
                what="介護保険の申請",
                doer=DoerKind.AGENCY,
                agency=agency(desk, "地域包括支援センター"),
                due_on=date(2026, 11, 1),
                is_lead=True,
            ),
            RoleAssignment(
                what="長男への訪問",
                doer=DoerKind.AGENCY,
                agency=agency(desk, "アウトリーチ事業者"),
                frequency="週1回",
            ),
        ),
    )


def test_one_sheet_becomes_household_client_intake_and_case(desk):
    assert desk.intake.number == "R8-0001"
    assert desk.intake.client_id == desk.mother.id
    assert desk.case.client_id == desk.mother.id and desk.case.status is CaseStatus.INTAKE


def test_a_consultation_that_ends_with_information_opens_no_case(store, household, intake):
    ended = replace(intake, screening="information_only")

    assert casework.receive_intake(store, household=household, intake=ended).case is None


def test_a_sheet_without_a_client_says_what_to_write(store, intake):
    with pytest.raises(Invalid, match="氏名不明"):
        casework.receive_intake(store, household=Household(), intake=intake)

    assert store.find(Case) == []


def test_a_person_without_a_name_can_be_received(store, intake):
    unknown = Household(members=(Person(name="氏名不明（駅南の公園の男性）"),))

    assert casework.receive_intake(store, household=unknown, intake=intake).case is not None


def test_a_case_without_consent_cannot_go_to_a_multilayered_conference(desk, put):
    with pytest.raises(NotAllowed) as caught:
        put("multilayered")

    (problem,) = caught.value.problems
    assert "同意がありません" in problem.message and "支援会議" in problem.remedy


def test_the_same_case_goes_to_a_confidential_conference(desk, put):
    item = put("confidential")

    assert item.place_in_order == 1 and item.kind is AgendaKind.NEW
    assert desk.store.load(Case, desk.case.id).status is CaseStatus.CONFERENCE


def test_with_consent_it_goes_to_both(desk, put, agree):
    put("confidential")
    agree()

    assert put("multilayered").place_in_order == 2


def test_one_person_stands_once_on_one_basis(put):
    put("confidential")

    with pytest.raises(NotAllowed, match="既に1番の案件"):
        put("confidential")


def test_a_household_may_stand_twice_with_two_persons(desk, put):
    put("confidential")
    son = desk.store.save(replace(desk.case, id=None, version=0, client_id=desk.son.id))
    item = AgendaItem(basis="confidential", question="長男への関わり")

    placed = casework.put_on_agenda(desk.store, desk.sitting, son, item)

    assert placed.item.client_id == desk.son.id


def test_cases_never_go_to_the_representatives(put):
    with pytest.raises(NotAllowed, match="匿名化した事例報告"):
        put("representatives")


def test_a_cancelled_sitting_takes_no_items(desk, put):
    desk.sitting = desk.store.save(replace(desk.sitting, state=ConferenceState.CANCELLED))

    with pytest.raises(NotAllowed, match="中止"):
        put("confidential")


def test_what_the_chief_may_allow_passes_with_reason_and_name_only(desk, put):
    item = AgendaItem(basis="hardship_confidential")
    ask = (desk.store, desk.sitting, desk.case, item)
    nameless = Override(rule="conference.basis_of_body", reason="困窮の会議と同席", allowed_by="")

    with pytest.raises(NotAllowed, match="扱わない会議体"):
        casework.put_on_agenda(*ask, overrides=(nameless,))
    placed = casework.put_on_agenda(*ask, overrides=(replace(nameless, allowed_by="課長"),))

    (kept,) = overrides.of(desk.store, "agenda_items", placed.item.id)
    assert (kept["reason"], kept["allowed_by"]) == ("困窮の会議と同席", "課長")
    assert desk.store.verify() == []


def test_what_the_law_forbids_no_override_allows(desk):
    allowed = Override(rule="consent.none", reason="急ぐ", allowed_by="課長")
    item = AgendaItem(basis="multilayered")

    with pytest.raises(NotAllowed):
        casework.put_on_agenda(desk.store, desk.sitting, desk.case, item, overrides=(allowed,))


def test_the_roster_proposes_standing_members_and_is_not_stored_until_confirmed(desk):
    planned = casework.convene(desk.store, Conference(body="monthly", held_on=DAY))

    standing, all_members = roster(desk.store, planned), roster(desk.store, planned, as_needed=True)

    assert planned.called is None
    assert agency(desk, "水道課") in set(all_members) - set(standing)


def test_a_plan_is_agreed_with_consent_on_that_day(desk, put, agree, plan):
    agree()
    item = put("multilayered")
    draft = casework.draft_plan(desk.store, desk.case, plan)

    agreed, _ = casework.agree_plan(desk.store, draft, item, on=DAY)

    assert agreed.state is PlanState.AGREED and agreed.next_monitoring_on == date(2026, 11, 14)
    assert desk.store.load(Case, desk.case.id).status is CaseStatus.SUPPORT
    assert desk.store.load(AgendaItem, item.id).outcome is Outcome.AGREED


def test_a_confidential_conference_agrees_to_no_plan(desk, put, agree, plan):
    agree()
    item = put("confidential")
    draft = casework.draft_plan(desk.store, desk.case, plan)

    with pytest.raises(NotAllowed, match="プランを決められません"):
        casework.agree_plan(desk.store, draft, item, on=DAY)


def test_a_plan_is_not_agreed_after_the_consent_was_withdrawn(desk, put, agree, plan):
    agree()
    item = put("multilayered")
    draft = casework.draft_plan(desk.store, desk.case, plan)
    agree(state=ConsentState.WITHDRAWN, stated_on=DAY)

    with pytest.raises(NotAllowed, match="撤回"):
        casework.agree_plan(desk.store, draft, item, on=DAY)


def test_a_plan_without_roles_waits_for_the_chief(desk, put, agree):
    agree()
    item = put("multilayered")
    draft = casework.draft_plan(desk.store, desk.case, SupportPlan(drawn_on=DAY))
    allowed = Override(rule="plan.no_roles", reason="次回に決める", allowed_by="課長")

    with pytest.raises(NotAllowed, match="役割分担が1行もありません"):
        casework.agree_plan(desk.store, draft, item, on=DAY)
    agreed, remarks = casework.agree_plan(desk.store, draft, item, on=DAY, overrides=(allowed,))

    assert agreed.state is PlanState.AGREED
    assert "plan.unsigned" in {p.rule for p in remarks}


def test_a_role_without_doer_or_time_is_pointed_out_by_its_row(desk, put, agree, plan):
    agree()
    item = put("multilayered")
    loose = RoleAssignment(what="見守り", doer=DoerKind.AGENCY)
    draft = casework.draft_plan(desk.store, desk.case, replace(plan, roles=(*plan.roles, loose)))

    boxes = {p.box for p in casework.plan_problems(desk.store, draft, item, DAY)}

    assert {"roles.2.agency", "roles.2.due_on"} <= boxes


def test_the_second_plan_of_a_case_is_a_re_plan(desk, plan):
    casework.draft_plan(desk.store, desk.case, plan)

    assert casework.draft_plan(desk.store, desk.case, plan).sequence == 2


def test_decisions_are_kept_with_who_and_by_when(desk, put):
    item = put("confidential")
    decision = Decision(what="訪問する", agency=desk.sitting.called[0], due_on=date(2026, 11, 1))

    saved = casework.record_result(desk.store, replace(item, decisions=(decision,)))

    assert desk.store.load(AgendaItem, item.id).decisions == saved.decisions


def refer(desk, **boxes):
    blank = Referral(destination=agency(desk, "医療機関"), sent_on=date(2026, 10, 6))
    return casework.refer(desk.store, desk.intake, replace(blank, **boxes))


def test_a_referral_waits_for_its_answer(desk, agree):
    agree(agencies=(agency(desk, "医療機関"),))
    sent = refer(desk, ground="consent")

    assert sent.answer is ReferralAnswer.SENT and sent.answer_due == date(2026, 10, 20)
    answered = casework.answer_referral(
        desk.store, sent, ReferralAnswer.REFUSED, on=DAY, note="定員に空きがない"
    )
    assert (answered.answer, answered.answered_on) == (ReferralAnswer.REFUSED, DAY)


@pytest.mark.parametrize(
    ("boxes", "said"),
    [
        ({"ground": "consent"}, "有効な同意の記録がありません"),
        ({"ground": "life_and_property"}, "理由か、判断した人が空です"),
    ],
)
def test_a_referral_asks_for_what_its_ground_needs(desk, boxes, said):
    with pytest.raises(NotAllowed, match=said):
        refer(desk, **boxes)


def test_a_referral_without_a_ground_is_not_sent(desk):
    with pytest.raises(Invalid, match="情報を渡す根拠"):
        refer(desk)


def test_a_note_knows_its_case_and_its_author(desk):
    note = CaseNote(happened_at=datetime(2026, 10, 2, 10, 0), content="長女から電話")

    written = casework.write_note(desk.store, desk.case, note)

    assert (written.case_id, written.author) == (desk.case.id, "tantou")


def test_every_change_of_status_has_its_day_and_reason(desk):
    with pytest.raises(Invalid, match="その理由"):
        casework.change_status(desk.store, desk.case, CaseStatus.CLOSED, on=DAY, reason="")


def test_a_masked_person_on_an_agenda_is_pointed_out(desk):
    mother = replace(desk.mother, is_masked=True)
    desk.store.save(replace(desk.household, members=(mother, desk.son)))
    item = AgendaItem(basis="confidential")

    placed = casework.put_on_agenda(desk.store, desk.sitting, desk.case, item)

    assert [p.rule for p in placed.remarks] == ["conference.masked"]


def test_a_plan_of_one_agency_asks_why_several_are_needed(desk, put, agree, plan):
    agree()
    item = put("multilayered")
    draft = casework.draft_plan(desk.store, desk.case, replace(plan, roles=plan.roles[:1]))

    rules = [p.rule for p in casework.plan_problems(desk.store, draft, item, DAY)]

    assert "plan.one_agency" in rules


def test_what_a_plan_lacks_is_listed_and_stops_nothing(desk, put, agree, plan):
    agree()
    item = put("multilayered")
    draft = casework.draft_plan(desk.store, desk.case, replace(plan, client_wish=None))

    _, remarks = casework.agree_plan(desk.store, draft, item, on=DAY)

    assert "plan.missing.client_wish" in {p.rule for p in remarks}


def test_a_ground_that_does_not_fit_the_agency_is_pointed_out(desk):
    clinic = desk.store.load(Agency, agency(desk, "医療機関"))
    sent = Referral(ground="within_office")

    (problem,) = may_refer(desk.store.profile, sent, clinic, None)

    assert (problem.rule, problem.strength) == ("referral.sector", Strength.NOTICE)
