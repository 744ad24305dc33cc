"""May this plan be agreed? (domain rules 1, 11, 14, 16; M42, S1)"""

from collections.abc import Sequence
from datetime import date

from jusou_nb.checks import check
from jusou_nb.dates import months_after
from jusou_nb.fields import Stage
from jusou_nb.forms.consent import Consent
from jusou_nb.forms.plan import DoerKind, RoleAssignment, SupportPlan
from jusou_nb.problems import Problem, Strength
from jusou_nb.profile import Profile
from jusou_nb.rules import consent as consents

FEW = 1


def may_agree(
    profile: Profile, plan: SupportPlan, basis_code: str, day: date, given: Sequence[Consent]
) -> list[Problem]:
    """Ask: may the sitting of that day, on that basis, agree to this plan?"""
    basis = profile.basis(basis_code)
    if not basis.decides_plan:
        return [_does_not_decide(basis.label)]
    problems = consents.given(given, day, profile) if basis.requires_consent else []
    return [
        *problems,
        *_unfilled(plan),
        *_roles(plan),
        *_lead(plan),
        *_words(plan),
        *_period(profile, plan),
        *_application(profile, plan, given, day),
    ]


def _does_not_decide(label: str) -> Problem:
    return Problem(
        rule="plan.basis",
        message=f"{label}ではプランを決められません。",
        remedy="支援方針と役割分担として記録するか、同意を得て重層的支援会議の案件にしてください。",
        strength=Strength.FORBIDDEN,
    )


def _unfilled(plan: SupportPlan) -> list[Problem]:
    return [
        Problem(
            rule=f"plan.missing.{p.box}",
            message=p.message,
            remedy=p.remedy,
            box=p.box,
        )
        for p in check(plan, Stage.SHARED)
    ]


def _roles(plan: SupportPlan) -> list[Problem]:
    if not plan.roles:
        return [
            Problem(
                rule="plan.no_roles",
                message="役割分担が1行もありません。",
                remedy="誰が何をいつまでにするかを記入するか、課長の判断を残してください。",
                strength=Strength.CHIEF,
                box="roles",
            )
        ]
    return [*_rows(plan.roles), *_several_agencies(plan)]


def _rows(rows: Sequence[RoleAssignment]) -> list[Problem]:
    problems = []
    for number, row in enumerate(rows):
        if row.doer is DoerKind.AGENCY and row.agency is None:
            problems.append(_row(number, "agency", "実施機関が空です。", "機関を選んでください。"))
        if not (row.due_on or row.frequency or row.review_on):
            problems.append(
                _row(
                    number,
                    "due_on",
                    "いつまでにするかが空です。",
                    "期限か頻度か見直し日のどれかを記入してください。",
                )
            )
    if not any(row.is_lead for row in rows):
        problems.append(_row(0, "is_lead", "主担当の行がありません。", "1行に印を付けてください。"))
    return problems


def _row(number: int, box: str, message: str, remedy: str) -> Problem:
    return Problem(
        rule=f"plan.role.{box}",
        message=f"役割分担の{number + 1}行目、{message}",
        remedy=remedy,
        box=f"roles.{number}.{box}",
    )


def _several_agencies(plan: SupportPlan) -> list[Problem]:
    agencies = {row.agency for row in plan.roles if row.agency is not None}
    if len(agencies) > FEW or plan.several_because:
        return []
    return [
        Problem(
            rule="plan.one_agency",
            message="関わる機関が一つだけのプランです。",
            remedy="「多機関で支える理由」を書いてください。",
            box="several_because",
        )
    ]


def _lead(plan: SupportPlan) -> list[Problem]:
    if plan.lead_agency is None or plan.lead_accepted_on is not None:
        return []
    return [
        Problem(
            rule="plan.lead_not_accepted",
            message="主担当の機関が引き受けた日がありません。",
            remedy="引き受けてもらった日を「主担当が引き受けた日」に記入してください。",
            box="lead_accepted_on",
        )
    ]


def _words(plan: SupportPlan) -> list[Problem]:
    if not plan.goals or any(goal.own_words for goal in plan.goals):
        return []
    return [
        Problem(
            rule="plan.own_words",
            message="本人の言葉で書かれた目標がありません。",
            remedy="本人が言ったとおりの言葉を、1行でも「本人の言葉で」に書いてください。",
            box="goals.0.own_words",
        )
    ]


def _period(profile: Profile, plan: SupportPlan) -> list[Problem]:
    if plan.starts_on is None or plan.ends_on is None:
        return []
    if plan.ends_on < plan.starts_on:
        return [_of_period("終了日が開始日より前です。", "日付を確かめてください。")]
    months = profile.thresholds["plan_months"]
    if plan.ends_on >= months_after(plan.starts_on, months):
        said = f"プランの期間が{months}か月を超えています。"
        return [_of_period(said, "期間を短くし、続けるときは再プランにしてください。")]
    return []


def _of_period(message: str, remedy: str) -> Problem:
    return Problem(rule="plan.period", message=message, remedy=remedy, box="ends_on")


def _application(
    profile: Profile, plan: SupportPlan, given: Sequence[Consent], day: date
) -> list[Problem]:
    """Ask: was it explained and signed? Consent by word of mouth is no application (rule 11)."""
    if plan.signed_on is not None:
        return [] if plan.explained_on else [_unexplained()]
    return consents.may_apply_for_plan(given, plan, day, profile) or [_unsigned()]


def _unexplained() -> Problem:
    return Problem(
        rule="plan.not_explained",
        message="署名はありますが、説明した日がありません。",
        remedy="「説明した日」を記入してください。",
        box="explained_on",
    )


def _unsigned() -> Problem:
    return Problem(
        rule="plan.unsigned",
        message="本人の署名がまだありません。",
        remedy="説明して署名をもらうまで、プランに加わった機関の資料は同意の範囲で作ります。",
        box="signed_on",
    )
