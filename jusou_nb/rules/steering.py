"""May this plan be changed, followed, decided on, stopped? (domain rules 13, 15; §2.5)"""

from datetime import date, timedelta

from jusou_nb.dates import wareki
from jusou_nb.forms.case import Case
from jusou_nb.forms.plan import DoerKind, PlanState, SupportPlan
from jusou_nb.problems import Problem, Strength
from jusou_nb.profile import Profile


def may_edit(stored: SupportPlan | None) -> list[Problem]:
    """Ask: may the text of this plan still be changed? ``stored`` is what is kept now."""
    if stored is None or stored.state is None or stored.state.is_editable:
        return []
    return [
        Problem(
            rule="plan.not_editable",
            message=f"このプランは「{stored.state.label}」で、書き換えられません。",
            remedy="再プランを作ってください。前のプランの内容を引き継ぎます。",
            strength=Strength.FORBIDDEN,
            box="state",
        )
    ]


def may_answer(stored: SupportPlan) -> list[Problem]:
    """Ask: can a sitting still answer this plan? One that was agreed is followed by another."""
    if stored.state in (PlanState.DRAFT, PlanState.RETURNED, None):
        return []
    return [
        Problem(
            rule="plan.already_answered",
            message=f"このプランは既に「{stored.state.label}」です。",
            remedy="再プランを作り、それを会議にかけてください。",
            strength=Strength.FORBIDDEN,
            box="state",
        )
    ]


def of_case(case: Case) -> list[Problem]:
    """Ask: does the case still run for which a plan is agreed?"""
    if case.status is None or case.status.is_open or case.closed_on is None:
        return []
    return [
        Problem(
            rule="plan.case_not_open",
            message=f"このケースは「{case.status.label}」です。",
            remedy="先にケースを再開してください（理由と日付を残します）。",
            strength=Strength.CHIEF,
        )
    ]


def may_replan(previous: SupportPlan) -> list[Problem]:
    """Ask: may another plan follow this one? A draft is simply written on."""
    if previous.state is None or not previous.state.is_editable:
        return []
    return [
        Problem(
            rule="plan.still_a_draft",
            message=f"前のプランは「{previous.state.label}」で、まだ決まっていません。",
            remedy="そのプランを直して、もう一度会議にかけてください。",
            strength=Strength.FORBIDDEN,
            box="state",
        )
    ]


def is_approved_after(plan: SupportPlan) -> bool:
    """Whether support was decided on or begun before the sitting agreed (事後承認)."""
    began = [day for day in (plan.decided_on, plan.support_starts_on) if day is not None]
    return bool(began) and plan.outcome_on is not None and min(began) < plan.outcome_on


def decision_problems(profile: Profile, plan: SupportPlan, today: date) -> list[Problem]:
    """Ask of 支援決定: is it late? Its dates may come in any order (rule 15)."""
    problems = approved_after(plan)
    if plan.decided_on is not None and not plan.decided_by:
        problems.append(_nameless())
    days = profile.thresholds["support_decision_days"]
    last = (plan.outcome_on or today) + timedelta(days=days)
    if plan.outcome_on is not None and (plan.decided_on or today) > last:
        problems.append(_late(plan.outcome_on, days))
    return problems


def approved_after(plan: SupportPlan) -> list[Problem]:
    """Say of a plan whose support began before the sitting agreed that it is a 事後承認."""
    if not is_approved_after(plan):
        return []
    return [
        Problem(
            rule="plan.approved_after",
            message="プランの支援は、会議の了承より前に決定・開始しています（事後承認）。",
            remedy="議長用・事務局控と、プランの画面に「事後承認」と載ります。",
            box="decided_on",
        )
    ]


def _nameless() -> Problem:
    return Problem(
        rule="plan.decided_by",
        message="支援決定の専決者が空です。",
        remedy="「専決者」を記入してください。",
        box="decided_by",
    )


def _late(agreed: date, days: int) -> Problem:
    return Problem(
        rule="plan.decision_late",
        message=f"了承（{wareki(agreed)}）から{days}日を過ぎて支援決定がありません"
        "（または、過ぎてから決定しています）。",
        remedy="起案・決裁を進め、日付を記入してください。",
        box="decided_on",
    )


def may_suspend(plan: SupportPlan) -> list[Problem]:
    """Ask: can this plan be broken off, and was each role asked whether it goes on? (rule 13)"""
    if plan.state in (PlanState.SUPERSEDED, PlanState.SUSPENDED):
        return [_not_running(plan)]
    return [*_too_early(plan), *_unasked(plan)]


def _too_early(plan: SupportPlan) -> list[Problem]:
    stopped, agreed = plan.suspended_on, plan.outcome_on
    if stopped is None or agreed is None or stopped >= agreed:
        return []
    return [
        Problem(
            rule="plan.suspended_too_early",
            message=f"中断した日が、プランの了承（{wareki(agreed)}）より前です。",
            remedy="日付を確かめ、違うときは再開してから、もう一度中断してください。",
            box="suspended_on",
        )
    ]


def may_ask(plan: SupportPlan) -> list[Problem]:
    """Ask: is there a plan of which the agencies can say whether their part goes on?

    ``plan`` holds what they answered.
    """
    if plan.state not in (PlanState.AGREED, PlanState.SUSPENDED):
        return [_not_running(plan)]
    return _unasked(plan)


def _unasked(plan: SupportPlan) -> list[Problem]:
    asked = [row for row in plan.roles if row.doer is DoerKind.AGENCY and row.goes_on is None]
    if not asked:
        return []
    return [
        Problem(
            rule="plan.roles_unasked",
            message=f"このあとも続けるか、聞いていない役割が{len(asked)}行あります。",
            remedy="各機関に聞いて「続けるかの返事」に記入してください。"
            "ほかの機関のサービスは、こちらでは変えられません。",
            box="roles",
        )
    ]


def _not_running(plan: SupportPlan) -> Problem:
    said = plan.state.label if plan.state else ""
    return Problem(
        rule="plan.not_running",
        message=f"このプランは「{said}」で、動いていません。",
        remedy="動いているプランを選んでください。",
        strength=Strength.FORBIDDEN,
        box="state",
    )


def may_resume(plan: SupportPlan) -> list[Problem]:
    """Ask: was this plan stopped, so that it can go on?"""
    if plan.state is PlanState.SUSPENDED:
        return []
    return [
        Problem(
            rule="plan.not_suspended",
            message="このプランは中断されていません。",
            remedy="中断したプランを選んでください。",
            strength=Strength.FORBIDDEN,
            box="state",
        )
    ]
