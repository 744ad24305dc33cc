"""May an agency be asked by a preparation sheet, and is its answer one? (rules 2, 4, 20)"""

from jusou_nb.fields import items
from jusou_nb.forms.preparation_sheet import ANSWER, PreparationSheet
from jusou_nb.problems import Problem, Strength
from jusou_nb.rules.attendance import Seat
from jusou_nb.rules.sharing import Matter, Reader, ReaderKind, item_withheld

CONTENT = tuple(
    box for box in items(PreparationSheet) if box.section == ANSWER and box.is_free_text
)
"""What is laid side by side: the boxes of the sheet that an agency fills with sentences."""

_REMEDIES = {
    "sharing.excluded": "除外者には送れません。ほかの機関に聞いてください。",
    "sharing.not_called": "先に「この案件だけに呼ぶ機関」か会議の「呼ぶ機関」に加えてください。",
}
_WIDEN = "本人の同意の範囲を広げるか、支援会議の案件として載せて送ってください。"


def may_send(matter: Matter, seat: Seat) -> list[Problem]:
    """Ask: may this agency be sent the sheet of an item? Sent, it tells whom it is about."""
    withheld = item_withheld(Reader(ReaderKind.AGENCY, seat.agency), matter)
    if withheld is None:
        return []
    return [
        Problem(
            rule="conference.sheet_withheld",
            message=f"「{seat.name}」には事前シートを送れません（{withheld.message}）。",
            remedy=_REMEDIES.get(withheld.rule, _WIDEN),
            strength=Strength.FORBIDDEN,
            box="agency",
        )
    ]


def answer_problems(sheet: PreparationSheet) -> list[Problem]:
    """Ask of a sheet that came back: does it say anything, and is it in time?"""
    problems = []
    if not any(getattr(sheet, box.name) for box in CONTENT):
        problems.append(
            Problem(
                rule="conference.sheet_empty",
                message="回答の欄がすべて空です。",
                remedy="「特になし」も答えです。1行でも記入してください。",
                box=CONTENT[0].name,
            )
        )
    if sheet.due_on and sheet.returned_on and sheet.returned_on > sheet.due_on:
        problems.append(
            Problem(
                rule="conference.sheet_late",
                message="提出の期限を過ぎて届きました。",
                remedy="会議の資料に間に合うか確かめてください。",
                box="returned_on",
            )
        )
    return problems
