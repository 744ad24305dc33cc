"""緊急一時保護 and experts' advice: why nothing else paid, and whether the budget carries it."""

from collections.abc import Iterable, Sequence
from datetime import date

from jusou_nb.forms.expenses import Advice, Shelter
from jusou_nb.forms.scheme_check import SchemeCheck
from jusou_nb.problems import Problem, Strength
from jusou_nb.profile import Profile
from jusou_nb.rules.naming import tells_names


def nights(shelter: Shelter, today: date) -> int:
    """Count the nights of a stay: up to its end, else up to today; a day's stay is none."""
    if shelter.starts_on is None:
        return 0
    return max(((shelter.ends_on or today) - shelter.starts_on).days, 0)


def may_shelter(
    profile: Profile, shelter: Shelter, checks: Sequence[SchemeCheck], left: int | None
) -> list[Problem]:
    """Ask of a stay: was nothing else tried, do its days and its account fit, is there money?"""
    problems = may_spend(profile, shelter.account, shelter.amount, left)
    if not checks and not (shelter.schemes_tried or "").strip():
        message = "既存制度を確かめた記録がありません。"
        remedy = "「確かめた制度」に、使えなかった制度とその理由を書いてください。"
        problems.append(_notice("shelter.schemes_unchecked", message, remedy, "schemes_tried"))
    if shelter.starts_on and shelter.ends_on and shelter.ends_on < shelter.starts_on:
        message = "保護の終わりが、始まりより前です。"
        problems.append(_notice("shelter.days", message, "日を確かめてください。", "ends_on"))
    if not shelter.approved_by:
        message = "決裁した人がまだ書かれていません。"
        remedy = "課長に伝え、名前と日を書き足してください。"
        problems.append(_notice("shelter.not_approved", message, remedy, "approved_by"))
    return [*problems, *_fits(profile, shelter.account, "shelter")]


def may_seek_advice(
    profile: Profile, advice: Advice, names: Iterable[str], left: int | None
) -> list[Problem]:
    """Ask of a question to an expert: is nobody named, and is there money for the fee?"""
    named = list(names)
    return [
        *tells_names("advice.name_shown", "shown", advice.shown, named),
        *tells_names("advice.name_shown", "question", advice.question, named),
        *may_spend(profile, advice.account, advice.amount, left),
        *_fits(profile, advice.account, "advice"),
    ]


def may_spend(
    profile: Profile, account: str | None, amount: int | None, left: int | None
) -> list[Problem]:
    """Ask: does the 年度's budget carry an amount? ``left`` is None where there is no budget."""
    if not account or not amount:
        return []
    label = _label(profile, account)
    if left is None:
        message = f"この年度の「{label}」の予算が、プロファイルにありません。"
        remedy = "予算が決まったら、管理者にプロファイルの budgets へ加えてもらってください。"
        return [_notice("budget.none", message, remedy, "account")]
    if amount <= left:
        return []
    return [
        Problem(
            rule="budget.exceeded",
            message=f"「{label}」の残り{left:,}円を{amount - left:,}円超えます。",
            remedy="金額か科目を見直すか、課長が流用・補正を判断した理由を残してください。",
            strength=Strength.CHIEF,
            box="amount",
        )
    ]


def _fits(profile: Profile, account: str | None, flag: str) -> list[Problem]:
    if not account or account in profile.flagged("account", flag):
        return []
    message = f"科目「{_label(profile, account)}」は、この経費の科目ではありません。"
    return [_notice("budget.account", message, "科目を確かめてください。", "account")]


def _label(profile: Profile, account: str) -> str:
    known = profile.codes("account").by_code.get(account)
    return known.label if known else account


def _notice(rule: str, message: str, remedy: str, box: str) -> Problem:
    return Problem(rule=rule, message=message, remedy=remedy, box=box)
