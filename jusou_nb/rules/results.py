"""Is what a sitting decided steered: who, by when, agreed by whom? (domain rules 6, 14, 17)"""

from collections.abc import Iterator
from datetime import date

from jusou_nb.forms.conference import (
    AgendaItem,
    AgendaKind,
    Agreement,
    AgreementAnswer,
    DirectionRow,
    Outcome,
)
from jusou_nb.problems import Problem, Strength
from jusou_nb.profile import Basis


def result_problems(basis: Basis, item: AgendaItem, day: date | None) -> list[Problem]:
    """Ask of an item's result: is it on its right table, and does somebody answer for it?

    ``day`` is the day of the sitting.
    """
    return [
        *_directions(basis, item),
        *_decisions(item),
        *_agreements(item),
        *_summing_up(item),
        *_next(item, day),
    ]


def _directions(basis: Basis, item: AgendaItem) -> Iterator[Problem]:
    if item.directions and basis.decides_plan:
        yield Problem(
            rule="conference.directions_on_plan_basis",
            message=f"「{basis.label}」では支援方針・役割分担表を使いません。",
            remedy="プランの役割分担に書くか、課長の判断を残してください。",
            strength=Strength.CHIEF,
            box="directions",
        )
    for number, row in enumerate(item.directions):
        if lacking := _lacking_direction(row):
            yield Problem(
                rule="conference.direction_row",
                message=f"支援方針・役割分担の{number + 1}行目、{lacking}が空です。",
                remedy="誰が、いつまでに（または見直し日）を記入してください。",
                box=f"directions.{number}.{'due_on' if row.agency else 'agency'}",
            )


def _lacking_direction(row: DirectionRow) -> str:
    who = "" if row.agency or row.other_doer else "誰が"
    when = "" if row.due_on or row.review_on else "いつまで"
    return "・".join(word for word in (who, when) if word)


def _decisions(item: AgendaItem) -> Iterator[Problem]:
    for number, row in enumerate(item.decisions):
        empty = [word for word, v in (("誰が", row.agency), ("いつまで", row.due_on)) if v is None]
        if empty:
            yield Problem(
                rule="conference.decision",
                message=f"決定事項の{number + 1}行目、{'・'.join(empty)}が空です。",
                remedy="記入すると、期限の一覧に載ります。",
                box=f"decisions.{number}.{'due_on' if row.agency else 'agency'}",
            )


_ASKS = {AgreementAnswer.CONDITIONAL: "条件", AgreementAnswer.TAKEN_BACK: "返事の期限"}


def _agreements(item: AgendaItem) -> Iterator[Problem]:
    for number, row in enumerate(item.agreements):
        box = _lacking_answer(row)
        if box and row.answer in _ASKS:
            yield Problem(
                rule="conference.agreement",
                message=f"各機関の了承の{number + 1}行目、{_ASKS[row.answer]}が空です。",
                remedy="記入してください。持ち帰りの返事は期限の一覧に載ります。",
                box=f"agreements.{number}.{box}",
            )
    agreed = {row.agency for row in item.agreements if row.answer is AgreementAnswer.AGREED}
    if item.lead_agency is not None and item.lead_agency not in agreed:
        yield Problem(
            rule="conference.lead_not_agreed",
            message="主担当に決まった機関の了承が記されていません。",
            remedy="「各機関の了承」にその機関の返事を記入してください。",
            box="lead_agency",
        )


def _lacking_answer(row: Agreement) -> str:
    if row.answer is AgreementAnswer.CONDITIONAL and not row.condition:
        return "condition"
    if row.answer is AgreementAnswer.TAKEN_BACK and not (row.due_on or row.answered_on):
        return "due_on"
    return ""


def _summing_up(item: AgendaItem) -> Iterator[Problem]:
    if item.outcome is not None and item.agreements and not item.summing_up:
        yield Problem(
            rule="conference.no_summing_up",
            message="議長のまとめが空です。",
            remedy="多数決ではありません。各機関の返事を受けた議長のまとめを書いてください。",
            box="summing_up",
        )


def _next(item: AgendaItem, day: date | None) -> Iterator[Problem]:
    if item.next_on is not None and day is not None and item.next_on <= day:
        yield Problem(
            rule="conference.next_on",
            message="次回の日が会議の日より後になっていません。",
            remedy="日付を確かめてください。",
            box="next_on",
        )


def may_approve_after(item: AgendaItem) -> list[Problem]:
    """Ask: is this an item of which the sitting hears after the fact?"""
    problems = []
    if item.kind is not AgendaKind.AFTER_THE_FACT:
        problems.append(
            Problem(
                rule="conference.not_after_the_fact",
                message="この案件の種別は「事後報告」ではありません。",
                remedy="種別を「事後報告」にするか、会議の結果として記録してください。",
                strength=Strength.CHIEF,
                box="kind",
            )
        )
    if item.outcome in (Outcome.RETURNED, Outcome.HELD_OVER):
        problems.append(
            Problem(
                rule="conference.not_approved",
                message="この案件の結果は差戻しか保留です。",
                remedy="会議が認めた結果を記録してから、事後承認の日を入れてください。",
                strength=Strength.CHIEF,
                box="outcome",
            )
        )
    return problems
