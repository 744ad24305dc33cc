"""The register of desks and schemes asks: can it be found, can it be reached, does it run?"""

from datetime import date

from jusou_nb.forms.office import Scheme
from jusou_nb.problems import Problem, Strength


def may_register(scheme: Scheme) -> list[Problem]:
    """Ask of a scheme: will it be found for a case, and does it say where to go?"""
    problems = []
    if not scheme.issues and not scheme.fields:
        message = "「合う課題」も「分野」も空なので、ケースの課題から見つかりません。"
        remedy = "どちらかを選んでください。"
        problems.append(_notice("scheme_register.no_issue", message, remedy, "issues"))
    if scheme.agency is None and not scheme.telephone:
        message = "担当の機関も電話番号もないので、どこへ行けばよいか分かりません。"
        remedy = "機関を選ぶか、電話番号を入れてください。"
        problems.append(_notice("scheme_register.no_desk", message, remedy, "agency"))
    return problems


def may_confirm(scheme: Scheme, on: date) -> list[Problem]:
    """Ask: may the content of a scheme be confirmed on a day?"""
    if scheme.ended_on is None or on <= scheme.ended_on:
        return []
    message = f"「{scheme.name}」は終わった制度です。"
    remedy = "また始まったときは「終わった日」を空にして登録してください。"
    return [_stops("scheme_register.ended", message, remedy)]


def may_end(scheme: Scheme) -> list[Problem]:
    """Ask: may the end of a scheme be noted?"""
    if scheme.ended_on is None:
        return []
    message = f"「{scheme.name}」は、もう終わりが記録されています。"
    remedy = "日が違うときは、登録の「終わった日」を直してください。"
    return [_stops("scheme_register.ended", message, remedy)]


def _notice(rule: str, message: str, remedy: str, box: str) -> Problem:
    return Problem(rule=rule, message=message, remedy=remedy, box=box)


def _stops(rule: str, message: str, remedy: str) -> Problem:
    return Problem(
        rule=rule, message=message, remedy=remedy, box="ended_on", strength=Strength.FORBIDDEN
    )
