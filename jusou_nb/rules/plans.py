"""May this plan be agreed? (domain rules 1, 11, 14–16; M42, S1)"""

from collections.abc import Sequence
from datetime import date

from jusou_nb.checks import check
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
    return [*problems, *_unfilled(plan), *_roles(plan), *_unsigned(plan)]


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
    if len(agencies) > FEW:
        return []
    return [
        Problem(
            rule="plan.one_agency",
            message="関わる機関が一つだけのプランです。",
            remedy="多機関で支える理由を「プランの備考」に書いてください。",
        )
    ]


def _unsigned(plan: SupportPlan) -> list[Problem]:
    if plan.signed_on is not None:
        return []
    return [
        Problem(
            rule="plan.unsigned",
            message="本人の署名がまだありません。",
            remedy="説明して署名をもらうまで、プランに加わった機関の資料は同意の範囲で作ります。",
            box="signed_on",
        )
    ]
