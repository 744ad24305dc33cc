"""研修 and 気づきシート: what is asked when one is kept, taken up, or answered."""

from collections.abc import Iterable

from jusou_nb.forms.training import SignAnswer, SignSheet, Training
from jusou_nb.problems import Problem, Strength
from jusou_nb.rules.naming import named_in


def may_keep_training(training: Training) -> list[Problem]:
    """Ask: does each department stand once in the list of who came?"""
    agencies = [row.agency for row in training.attendances]
    if len(agencies) == len(set(agencies)):
        return []
    return [
        _notice(
            "training.agency_twice",
            "同じ部署が二度入っています。",
            "一行にまとめてください。",
            "attendances",
        )
    ]


def may_take_up(sign: SignSheet, as_what: SignAnswer) -> list[Problem]:
    """Ask: was a 気づきシート not taken up already in this way?"""
    taken = sign.intake_id if as_what is SignAnswer.RECEIVED else sign.lead_id or sign.intake_id
    if not taken:
        return []
    return [
        Problem(
            rule="sign.taken_up",
            message="この気づきシートは、もう受け付けられています。",
            remedy="続きは、その相談か「気になる世帯」の記録に書いてください。",
            strength=Strength.FORBIDDEN,
            box="answer",
        )
    ]


def may_answer(
    sign: SignSheet, answer: SignAnswer, text: str, names: Iterable[str]
) -> list[Problem]:
    """Ask of an answer to a window: is it true of the record, and does it tell nobody's name?"""
    problems = []
    if named_in(text, [*names, sign.known_name or ""]):
        message = "返事の言葉に、本人か家族の氏名が入っています。"
        remedy = "届けた部署に返すのは、受け取ったことと扱いだけにしてください。"
        problems.append(_notice("sign.name_told", message, remedy, "answer_text"))
    if answer is SignAnswer.RECEIVED and sign.intake_id is None:
        message = "「相談として受け付けた」と返しますが、受付票がありません。"
        remedy = "「相談として受け付ける」で受付票を作ってください。"
        problems.append(_notice("sign.not_received", message, remedy, "answer"))
    if answer is SignAnswer.WATCHING and sign.lead_id is None:
        message = "「見守りを始めた」と返しますが、「気になる世帯」がありません。"
        remedy = "「気になる世帯に残す」で記録を作ってください。"
        problems.append(_notice("sign.not_watched", message, remedy, "answer"))
    return problems


def _notice(rule: str, message: str, remedy: str, box: str) -> Problem:
    return Problem(rule=rule, message=message, remedy=remedy, box=box)
