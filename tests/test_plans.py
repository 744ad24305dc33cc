"""プラン: first and again, in the person's words, decided, followed, evaluated, stopped."""

from dataclasses import replace
from datetime import date

import pytest

from jusou_nb import casework
from jusou_nb.errors import Invalid, NotAllowed, NotFound
from jusou_nb.fields import Ref
from jusou_nb.forms import (
    AgendaItem,
    Consent,
    Evaluation,
    Goal,
    IssueRow,
    Monitoring,
    RoleAssignment,
    RoleProgress,
    SchemeCheck,
    SupportPlan,
)
from jusou_nb.forms.conference import Outcome
from jusou_nb.forms.consent import ConsentManner, ConsentState
from jusou_nb.forms.evaluation import Achievement, NextStep
from jusou_nb.forms.monitoring import Progress
from jusou_nb.forms.plan import DoerKind, PlanState
from jusou_nb.problems import Override, Strength
from jusou_nb.rules import steering
from jusou_nb.store.due import due_items

DAY = date(2026, 10, 15)
DRAWN = date(2026, 10, 10)


def agency(desk, name):
    return Ref(desk.store.lexicon().spellings["agencies"][name])


def rules_of(problems):
    return [problem.rule for problem in problems]


@pytest.fixture
def whole(desk):
    """A plan about which nothing is to be said, not yet saved."""
    care = agency(desk, "地域包括支援センター")
    visits = agency(desk, "アウトリーチ事業者")
    return SupportPlan(
        drawn_on=DRAWN,
        lead_agency=care,
        lead_accepted_on=DRAWN,
        client_wish="二人で暮らし続けたい",
        issue_rows=(IssueRow(issue="介護の負担", whose="本人", lacking="休める時間"),),
        goals=(Goal(issue="介護の負担", aim="週2回休める", own_words="夜、眠りたい"),),
        roles=(
            RoleAssignment(
                what="介護の申請", doer=DoerKind.AGENCY, agency=care, due_on=DAY, is_lead=True
            ),
            RoleAssignment(
                what="長男への訪問", doer=DoerKind.AGENCY, agency=visits, frequency="週1回"
            ),
        ),
        starts_on=DAY,
        ends_on=date(2027, 10, 14),
        explained_on=DRAWN,
        signed_on=DRAWN,
    )


@pytest.fixture
def item(put, agree):
    """The mother's case, with her consent, on a basis that decides plans."""
    agree()
    return put("multilayered")


@pytest.fixture
def agreed(desk, item, whole):
    """A plan that the sitting agreed to."""
    draft = casework.draft_plan(desk.store, desk.case, whole)
    return casework.agree_plan(desk.store, draft, item, on=DAY)[0]


def asked(desk, item, plan):
    """Ask of a plan what the sitting would be told."""
    draft = casework.draft_plan(desk.store, desk.case, plan)
    return casework.plan_problems(desk.store, draft, item, DAY)


def test_of_a_plan_that_says_everything_nothing_is_said(desk, item, whole):
    assert asked(desk, item, whole) == []


@pytest.mark.parametrize(
    ("boxes", "rule"),
    [
        ({"lead_accepted_on": None}, "plan.lead_not_accepted"),
        ({"goals": (Goal(issue="介護の負担", aim="休める"),)}, "plan.own_words"),
        ({"ends_on": date(2027, 10, 15)}, "plan.period"),
        ({"ends_on": date(2026, 10, 1)}, "plan.period"),
        ({"explained_on": None}, "plan.not_explained"),
        ({"signed_on": None}, "plan.unsigned"),
    ],
)
def test_what_is_left_out_of_a_plan_is_pointed_out_and_stops_nothing(
    desk, item, whole, boxes, rule
):
    (problem,) = asked(desk, item, replace(whole, **boxes))

    assert (problem.rule, problem.strength) == (rule, Strength.NOTICE)


def test_a_plan_of_one_agency_says_why_several_hold_it(desk, item, whole):
    alone = replace(whole, roles=whole.roles[:1])

    assert rules_of(asked(desk, item, alone)) == ["plan.one_agency"]
    assert asked(desk, item, replace(alone, several_because="長男の支えを探すため")) == []


def test_consent_by_telephone_carries_the_sitting_but_not_the_application(desk, put, agree, whole):
    agree(manner=ConsentManner.ORAL, written_by=date(2026, 10, 30))
    item = put("multilayered")

    (problem,) = asked(desk, item, replace(whole, signed_on=None))

    assert problem.strength is Strength.CHIEF and "署名" in problem.remedy
    assert asked(desk, item, whole) == []


def test_the_chief_lets_a_plan_pass_whose_consent_is_by_word_of_mouth(desk, put, agree, whole):
    agree(manner=ConsentManner.ORAL)
    item = put("multilayered")
    draft = casework.draft_plan(desk.store, desk.case, replace(whole, signed_on=None))
    rule = casework.plan_problems(desk.store, draft, item, DAY)[0].rule
    allowed = Override(rule=rule, reason="退院の前日", allowed_by="課長")

    with pytest.raises(NotAllowed):
        casework.agree_plan(desk.store, draft, item, on=DAY)
    agreed, _ = casework.agree_plan(desk.store, draft, item, on=DAY, overrides=(allowed,))

    assert agreed.state is PlanState.AGREED


# --- versions --------------------------------------------------------------------------------


def test_an_agreed_plan_is_not_rewritten(desk, agreed):
    with pytest.raises(NotAllowed, match="再プランを作って"):
        casework.draft_plan(desk.store, desk.case, replace(agreed, client_wish="ほかの望み"))

    assert desk.store.load(SupportPlan, agreed.id).client_wish == "二人で暮らし続けたい"


def test_a_re_plan_carries_over_what_was_and_takes_its_place_when_agreed(desk, agreed, put):
    second = casework.replan(desk.store, agreed, drawn_on=date(2026, 12, 1))
    assert (second.sequence, second.previous_id, second.state) == (2, agreed.id, PlanState.DRAFT)
    assert [r.what for r in second.roles] == ["介護の申請", "長男への訪問"]
    assert desk.store.load(SupportPlan, agreed.id).state is PlanState.AGREED
    item = desk.store.find(AgendaItem)[0]

    casework.agree_plan(desk.store, second, item, on=DAY)

    assert desk.store.load(SupportPlan, agreed.id).state is PlanState.SUPERSEDED
    assert casework.plan_in_force(desk.store, desk.case).id == second.id


def test_the_plan_before_keeps_its_own_rows(desk, agreed):
    second = casework.replan(desk.store, agreed, drawn_on=date(2026, 12, 1))
    casework.draft_plan(desk.store, desk.case, replace(second, goals=()))

    assert desk.store.load(SupportPlan, agreed.id).goals == agreed.goals


def test_no_plan_follows_a_draft_but_the_draft_itself(desk, whole):
    draft = casework.draft_plan(desk.store, desk.case, whole)

    with pytest.raises(NotAllowed, match="まだ決まっていません"):
        casework.replan(desk.store, draft, drawn_on=DAY)


def test_a_plan_that_was_sent_back_is_written_anew_and_comes_again(desk, item, whole):
    draft = casework.draft_plan(desk.store, desk.case, whole)
    back, _ = casework.agree_plan(desk.store, draft, item, on=DAY, outcome=Outcome.RETURNED)
    assert back.state is PlanState.RETURNED and back.outcome_on is None
    assert desk.store.load(AgendaItem, item.id).outcome is Outcome.RETURNED

    again = casework.redraft_plan(desk.store, replace(back, plan_goal="夜は眠れる"))
    agreed, _ = casework.agree_plan(desk.store, again, item, on=DAY)

    assert (agreed.state, agreed.sequence) == (PlanState.AGREED, 1)


def test_what_a_sitting_held_over_is_still_a_draft(desk, item, whole):
    draft = casework.draft_plan(desk.store, desk.case, replace(whole, roles=()))

    kept, _ = casework.agree_plan(desk.store, draft, item, on=DAY, outcome=Outcome.HELD_OVER)

    assert kept.state is PlanState.DRAFT and kept.outcome_on is None


def test_a_plan_is_agreed_once(desk, agreed, item):
    with pytest.raises(NotAllowed, match="既に「了承」"):
        casework.agree_plan(desk.store, agreed, item, on=DAY)


# --- 支援決定 --------------------------------------------------------------------------------


def test_the_four_dates_come_in_any_order(desk, agreed):
    begin, approved = date(2026, 10, 16), date(2026, 10, 20)
    begun, early = casework.decide_support(desk.store, agreed, today=DAY, starts_on=begin)

    decided, later = casework.decide_support(
        desk.store, begun, today=DAY, drafted_on=DAY, decided_on=approved, decided_by="課長"
    )

    assert (begun.decided_on, early, later) == (None, [], [])
    assert (decided.support_starts_on, decided.decided_on) == (begin, approved)


def test_support_that_began_before_the_sitting_is_marked_as_approved_afterwards(desk, agreed):
    early, remarks = casework.decide_support(
        desk.store, agreed, today=DAY, decided_on=date(2026, 10, 12)
    )

    assert steering.is_approved_after(early)
    assert rules_of(remarks) == ["plan.approved_after", "plan.decided_by"]


@pytest.mark.parametrize(
    ("today", "rules"),
    [(date(2026, 11, 14), []), (date(2026, 11, 15), ["plan.decision_late"])],
)
def test_a_decision_is_missed_only_after_the_days_of_the_profile(desk, agreed, today, rules):
    _, remarks = casework.decide_support(desk.store, agreed, today=today)

    assert rules_of(remarks) == rules


def test_a_signature_that_comes_later_is_added_to_an_agreed_plan(desk, item, whole):
    draft = casework.draft_plan(desk.store, desk.case, replace(whole, signed_on=None))
    agreed, _ = casework.agree_plan(desk.store, draft, item, on=DAY)

    signed = casework.sign_plan(desk.store, agreed, signed_on=date(2026, 10, 18))

    assert (signed.signed_on, signed.explained_on) == (date(2026, 10, 18), DRAWN)


# --- stopped ---------------------------------------------------------------------------------


def test_each_role_is_asked_when_the_plan_is_broken_off(desk, agreed, agree):
    agree(state=ConsentState.WITHDRAWN, stated_on=date(2026, 11, 1))

    stopped, remarks = casework.suspend_plan(
        desk.store, agreed, on=date(2026, 11, 1), reason="同意の撤回"
    )

    assert (stopped.state, stopped.suspended_on) == (PlanState.SUSPENDED, date(2026, 11, 1))
    assert stopped.roles == agreed.roles
    assert rules_of(remarks) == ["plan.roles_unasked"]


def test_a_plan_broken_off_before_it_was_agreed_is_pointed_out(desk, agreed):
    early = date(2020, 1, 1)

    _, remarks = casework.suspend_plan(desk.store, agreed, on=early, reason="同意の撤回")

    assert rules_of(remarks) == ["plan.suspended_too_early", "plan.roles_unasked"]


def unasked(desk):
    """The agencies of which it is still to be heard whether they go on."""
    today = date(2026, 11, 30)
    return [d.agency_id for d in due_items(desk.store, today) if d.kind == "unasked_roles"]


def test_a_whole_withdrawal_stops_no_plan_by_itself_but_every_agency_is_asked(desk, agreed):
    gone = casework.withdraw_consent(desk.store, desk.mother.id, Consent(stated_on=DAY))
    plan = desk.store.load(SupportPlan, agreed.id)

    both = [row.agency for row in plan.roles]
    assert plan.state is PlanState.AGREED and plan.roles == agreed.roles
    assert [row.agency for _, row in gone.roles] == unasked(desk) == both

    answered = tuple(replace(row, goes_on=True) for row in plan.roles)
    kept, remarks = casework.answer_roles(desk.store, replace(plan, roles=answered))
    assert (kept.state, remarks, unasked(desk)) == (PlanState.AGREED, [], [])


def test_of_a_withdrawal_from_one_agency_that_agency_alone_is_asked(desk, agreed):
    visits = agency(desk, "アウトリーチ事業者")
    taken = Consent(stated_on=DAY, withdrawn_agencies=(visits,))
    casework.withdraw_consent(desk.store, desk.mother.id, taken)

    assert unasked(desk) == [visits]


def test_a_consent_given_anew_asks_nobody_any_more(desk, agreed, agree):
    casework.withdraw_consent(desk.store, desk.mother.id, Consent(stated_on=DAY))
    agree(stated_on=date(2026, 10, 20))

    assert unasked(desk) == []


def test_an_answer_that_comes_after_the_plan_was_broken_off_is_still_taken(desk, agreed):
    stopped, _ = casework.suspend_plan(desk.store, agreed, on=DAY, reason="同意の撤回")
    first, second = stopped.roles
    half = replace(stopped, roles=(replace(first, goes_on=False), second))

    kept, remarks = casework.answer_roles(desk.store, half)

    assert kept.state is PlanState.SUSPENDED and rules_of(remarks) == ["plan.roles_unasked"]
    assert unasked(desk) == [second.agency]


def test_nobody_is_asked_about_a_draft(desk, whole):
    draft = casework.draft_plan(desk.store, desk.case, whole)

    with pytest.raises(NotAllowed, match="「案」で、動いていません"):
        casework.answer_roles(desk.store, draft)


def test_what_agencies_said_is_asked_anew_when_a_plan_went_on(desk, agreed):
    going_on = tuple(replace(row, goes_on=True) for row in agreed.roles)
    stopped, _ = casework.suspend_plan(
        desk.store, replace(agreed, roles=going_on), on=DAY, reason="長い入院"
    )
    again = casework.resume_plan(desk.store, stopped, on=DAY)

    _, remarks = casework.suspend_plan(desk.store, again, on=DAY, reason="同意の撤回")

    assert rules_of(remarks) == ["plan.roles_unasked"]


def test_a_plan_with_outreach_asks_the_sitting_what_was_tried_before(desk, item, whole):
    rows = (replace(whole.roles[0], programme="outreach"), *whole.roles[1:])
    (problem,) = asked(desk, item, replace(whole, roles=rows))
    assert (problem.rule, problem.strength) == ("scheme.unchecked", Strength.NOTICE)

    tried = SchemeCheck(checked_on=DRAWN, scheme="居宅介護", result="not_eligible", reason="対象外")
    casework.check_scheme(desk.store, desk.case, tried)
    (plan,) = desk.store.find(SupportPlan)

    assert casework.plan_problems(desk.store, plan, item, DAY) == []


def test_a_role_that_goes_on_by_itself_is_noted_and_not_touched(desk, agreed):
    going_on = tuple(replace(row, goes_on=True) for row in agreed.roles)

    stopped, remarks = casework.suspend_plan(
        desk.store, replace(agreed, roles=going_on), on=DAY, reason="同意の撤回"
    )

    assert remarks == [] and [row.goes_on for row in stopped.roles] == [True, True]
    assert casework.resume_plan(desk.store, stopped, on=DAY).state is PlanState.AGREED


def test_a_plan_stops_with_a_reason_and_once(desk, agreed):
    with pytest.raises(Invalid, match="中断の理由"):
        casework.suspend_plan(desk.store, agreed, on=DAY, reason="")
    stopped, _ = casework.suspend_plan(desk.store, agreed, on=DAY, reason="同意の撤回")

    with pytest.raises(NotAllowed, match="「中断」で、動いていません"):
        casework.suspend_plan(desk.store, stopped, on=DAY, reason="もう一度")
    with pytest.raises(NotFound, match="了承されたプランがありません"):
        casework.plan_in_force(desk.store, desk.case)


def test_a_plan_stopped_by_a_withdrawal_goes_on_with_a_new_consent_only(desk, agreed, agree):
    stopped, _ = casework.suspend_plan(desk.store, agreed, on=DAY, reason="同意の撤回")
    agree(state=ConsentState.WITHDRAWN, stated_on=DAY)

    with pytest.raises(NotAllowed, match="撤回"):
        casework.resume_plan(desk.store, stopped, on=DAY)
    agree(stated_on=date(2026, 11, 20))
    resumed = casework.resume_plan(desk.store, stopped, on=date(2026, 11, 20))

    assert resumed.state is PlanState.AGREED


def test_only_a_stopped_plan_is_resumed(desk, agreed):
    with pytest.raises(NotAllowed, match="中断されていません"):
        casework.resume_plan(desk.store, agreed, on=DAY)


# --- monitoring and evaluation ---------------------------------------------------------------


def seen(plan, **boxes):
    sheet = casework.monitoring_sheet(plan)
    lines = tuple(replace(row, progress=Progress.ON_TRACK) for row in sheet.roles)
    return replace(sheet, held_on=date(2026, 11, 14), roles=lines, **boxes)


def test_the_first_monitoring_comes_soon_and_the_next_one_later(desk, agreed):
    assert agreed.next_monitoring_on == date(2026, 11, 14)

    kept, remarks = casework.monitor_plan(desk.store, agreed, seen(agreed))

    assert remarks == [] and kept.next_on == date(2027, 2, 12)
    assert desk.store.load(SupportPlan, agreed.id).next_monitoring_on == kept.next_on


def test_monitoring_looks_at_every_role_of_the_plan(desk, agreed):
    sheet = seen(agreed)
    late = RoleProgress(what="介護の申請", agency=agreed.roles[0].agency, progress=Progress.STUCK)

    _, remarks = casework.monitor_plan(desk.store, agreed, replace(sheet, roles=(late,)))

    assert {"monitoring.role_missed", "monitoring.why", "monitoring.replan_open"} == set(
        rules_of(remarks)
    )
    assert [row.what for row in sheet.roles] == ["介護の申請", "長男への訪問"]


def test_monitoring_that_is_late_or_beyond_the_plan_is_pointed_out(desk, agreed):
    late = seen(agreed, next_on=date(2027, 12, 1))

    _, remarks = casework.monitor_plan(desk.store, agreed, replace(late, held_on=date(2026, 12, 1)))

    assert rules_of(remarks) == ["monitoring.late", "monitoring.after_end"]


def test_a_plan_that_does_not_run_can_be_looked_at_all_the_same(desk, whole):
    draft = casework.draft_plan(desk.store, desk.case, whole)

    _, remarks = casework.monitor_plan(desk.store, draft, seen(draft))

    assert rules_of(remarks) == ["monitoring.plan_not_running"]
    assert len(desk.store.find(Monitoring, plan_id=draft.id)) == 1


def test_a_role_without_its_progress_is_not_registered(desk, agreed):
    blank = replace(casework.monitoring_sheet(agreed), held_on=DAY)

    with pytest.raises(Invalid, match="進み具合"):
        casework.monitor_plan(desk.store, agreed, blank)


def test_an_evaluation_says_what_changed_in_fifteen_kinds(desk, agreed):
    assert len(desk.store.profile.codes("change").options) == 15
    judged = Evaluation(
        evaluated_on=date(2027, 9, 1),
        achievement=Achievement.MOSTLY,
        changes=("asks_for_help", "peace_of_mind"),
        next_step=NextStep.CLOSE,
    )

    kept, remarks = casework.evaluate_plan(desk.store, agreed, judged)

    assert remarks == []
    assert (kept.plan_id, kept.case_id, kept.author) == (agreed.id, desk.case.id, "tantou")


def test_what_an_evaluation_leaves_open_is_pointed_out(desk, agreed):
    judged = Evaluation(
        evaluated_on=date(2026, 9, 1),
        achievement=Achievement.PARTLY,
        next_step=NextStep.REPLAN,
    )

    _, remarks = casework.evaluate_plan(desk.store, agreed, judged)

    assert rules_of(remarks) == [
        "evaluation.no_change",
        "evaluation.remaining",
        "evaluation.before_plan",
    ]
