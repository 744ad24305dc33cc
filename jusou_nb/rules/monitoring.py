"""Was the plan looked at as it should be, and what follows? (domain §1.10, §2.5; S1, HIT18)"""

from collections.abc import Iterator
from datetime import date, timedelta

from jusou_nb.forms.evaluation import Evaluation, NextStep
from jusou_nb.forms.monitoring import Monitoring, Progress, RoleProgress
from jusou_nb.forms.plan import PlanState, SupportPlan
from jusou_nb.problems import Problem
from jusou_nb.profile import Profile

_HARD = (Progress.LATE, Progress.STUCK)


def next_on(profile: Profile, held_on: date) -> date:
    """Give the day of the next monitoring; the first one comes sooner (``first_monitoring``)."""
    return held_on + timedelta(days=profile.thresholds["next_monitoring_days"])


def first_on(profile: Profile, agreed_on: date) -> date:
    """Give the day of the first monitoring after a plan was agreed."""
    return agreed_on + timedelta(days=profile.thresholds["first_monitoring_days"])


def monitoring_problems(plan: SupportPlan, seen: Monitoring) -> list[Problem]:
    """Ask of a monitoring: was every role looked at, in time, and what follows?"""
    return [*_state(plan), *_roles(plan, seen), *_days(plan, seen), *_open_question(seen)]


def _days(plan: SupportPlan, seen: Monitoring) -> Iterator[Problem]:
    if seen.held_on and plan.next_monitoring_on and seen.held_on > plan.next_monitoring_on:
        yield Problem(
            rule="monitoring.late",
            message="予定の日を過ぎたモニタリングです。",
            remedy="次の日を早めに決めてください。",
            box="held_on",
        )
    if seen.next_on and plan.ends_on and seen.next_on > plan.ends_on:
        yield Problem(
            rule="monitoring.after_end",
            message="次回がプランの終わりより後です。",
            remedy="終わるまでに評価と再プランを行ってください。",
            box="next_on",
        )


def _open_question(seen: Monitoring) -> Iterator[Problem]:
    if seen.needs_replan is None and any(r.progress is Progress.STUCK for r in seen.roles):
        yield Problem(
            rule="monitoring.replan_open",
            message="進まない役割があり、プランの見直しの要否が空です。",
            remedy="「プランの見直し」に「はい」か「いいえ」を記入してください。",
            box="needs_replan",
        )


def _state(plan: SupportPlan) -> list[Problem]:
    if plan.state is PlanState.AGREED:
        return []
    said = plan.state.label if plan.state else "案"
    return [
        Problem(
            rule="monitoring.plan_not_running",
            message=f"このプランは「{said}」です。",
            remedy="了承されたプランか、確かめてください（記録はできます）。",
        )
    ]


def _roles(plan: SupportPlan, seen: Monitoring) -> list[Problem]:
    looked_at = {(row.what, row.agency) for row in seen.roles}
    missed = [row.what for row in plan.roles if (row.what, row.agency) not in looked_at]
    problems = []
    if missed:
        problems.append(
            Problem(
                rule="monitoring.role_missed",
                message=f"進み具合を見ていない役割が{len(missed)}行あります。",
                remedy="プランの役割ごとに1行ずつ記入してください。",
                box="roles",
            )
        )
    return [*problems, *(p for n, row in enumerate(seen.roles) for p in _hard(n, row))]


def _hard(number: int, row: RoleProgress) -> list[Problem]:
    if row.progress not in _HARD or row.note:
        return []
    return [
        Problem(
            rule="monitoring.why",
            message=f"役割の進み具合の{number + 1}行目、遅れ・進まないわけが空です。",
            remedy="「気づいたこと」に書いてください。",
            box=f"roles.{number}.note",
        )
    ]


def evaluation_problems(plan: SupportPlan, judged: Evaluation) -> list[Problem]:
    """Ask of an evaluation: what changed, what remains, and does the next step fit?"""
    return list(_evaluation(plan, judged))


def _evaluation(plan: SupportPlan, judged: Evaluation) -> Iterator[Problem]:
    if not judged.changes:
        yield Problem(
            rule="evaluation.no_change",
            message="見られた変化に印がありません。国への報告では「変化なし」と数えます。",
            remedy="小さな変化（目標ができた、安心感が高まった など）も印を付けてください。",
            box="changes",
        )
    if judged.next_step is NextStep.REPLAN and not judged.remaining:
        yield Problem(
            rule="evaluation.remaining",
            message="再プランですが、残された課題が空です。",
            remedy="次のプランで取り組むことを書いてください。",
            box="remaining",
        )
    if plan.outcome_on and judged.evaluated_on and judged.evaluated_on < plan.outcome_on:
        yield Problem(
            rule="evaluation.before_plan",
            message="評価日がプランの了承日より前です。",
            remedy="日付か、評価するプランを確かめてください。",
            box="evaluated_on",
        )
