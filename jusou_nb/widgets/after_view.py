"""会議のあと: the questionnaire, and what the body asked to be improved."""

from dataclasses import replace
from typing import Any

from jusou_nb import casework
from jusou_nb.casework.recalls import hears_no_cases, improvements_of, is_anonymous
from jusou_nb.forms import Conference, Improvement, Questionnaire
from jusou_nb.store import sittings
from jusou_nb.widgets.entry import Entry, Register, Sheet
from jusou_nb.widgets.listing import Cell, Listing, day_cell
from jusou_nb.widgets.messages import Banner, MessageKind, button
from jusou_nb.widgets.session import (
    Page,
    Session,
    heading,
    key_of,
    key_under,
    names_of,
    paragraph,
    row,
)

ASKED_AFTER, IMPROVE, ANSWER = "asked", "improve", "answer"
_ANSWERS = ("機関", "回答者", "回答日", "役に立ったこと", "困ったこと・負担", "次の会議に望むこと")
_IMPROVEMENTS = ("改善すること", "担当", "回答の期限", "回答の日", "回答")
_OF_NOBODY = frozenset({"agency", "answered_by"})
_NOT_YET = frozenset({"answer", "answered_on"})
_ONLY_ANSWER = names_of(Improvement) - _NOT_YET


class AfterView(Page):
    """What comes after one sitting."""

    def __init__(self, session: Session, sitting: Conference) -> None:
        """List what came back so far."""
        super().__init__(session)
        self.sitting = sitting
        self.banner = Banner()
        self.show()

    def show(self, said: str = "") -> None:
        """Show the answers and what is to be improved, and what was just kept."""
        self.banner = Banner()
        if said:
            self.banner.show(MessageKind.SUCCESS, said, focus=True)
        self.turn(self.banner, *self._questionnaires(), *self._improvements())

    def open_task(self, task: str, about: int) -> None:
        """Open what a draft names."""
        if task == ANSWER:
            self.answer(about)
        elif task == IMPROVE:
            self.raise_one()
        else:
            self.ask()

    def ask(self) -> None:
        """会議後アンケートを記録: one agency's, or one without a name."""
        unnamed = is_anonymous(self.session.store, self.sitting)
        sheet = Sheet(
            form=Questionnaire,
            key=key_under(self.sitting.id),
            record=Questionnaire(answered_on=self.session.today),
            title=f"{Questionnaire.title}（{'無記名' if unnamed else '記名式'}）",
            without=_OF_NOBODY if unnamed else frozenset(),
        )

        def register(records: Any, _allowed: Any) -> None:
            casework.record_questionnaire(self.session.store, self.sitting, records["answer"])
            self.show("会議後アンケートを登録しました。")

        self._sheet("answer", sheet, register)

    def raise_one(self) -> None:
        """改善事項を出す: with its owner."""
        new = Improvement(raised_on=self.sitting.held_on)
        sheet = Sheet(
            form=Improvement, key=key_under(self.sitting.id), record=new, without=_NOT_YET
        )

        def register(records: Any, _allowed: Any) -> None:
            made = casework.raise_improvement(self.session.store, self.sitting, records["one"])
            who = self._agency(made.owner)
            self.show(f"改善事項を登録しました。「{who}」の回答を「期限」の一覧で待ちます。")

        self._sheet("one", sheet, register)

    def answer(self, improvement_id: int) -> None:
        """翌年度の回答."""
        store, today = self.session.store, self.session.today
        asked = store.load(Improvement, improvement_id)
        opened = replace(asked, answered_on=asked.answered_on or today)
        sheet = Sheet(
            form=Improvement, key=key_of(improvement_id), record=opened, without=_ONLY_ANSWER
        )

        def register(records: Any, _allowed: Any) -> None:
            said = records["one"]
            on = said.answered_on or today
            casework.answer_improvement(store, asked, answer=said.answer or "", on=on)
            self.show("回答を登録しました。")

        self._sheet("one", sheet, register, paragraph(f"改善すること: {asked.what or ''}"))

    def _sheet(self, name: str, sheet: Sheet, register: Register, *above: Any) -> None:
        entry = Entry(self.session, {name: sheet}, register)
        self.turn(row(button("登録せずに戻る", self.show)), *above, entry)

    def _questionnaires(self) -> list[Any]:
        store = self.session.store
        found = store.find(Questionnaire, conference_id=self.sitting.id)
        self.answers = Listing(
            "会議後アンケート", _ANSWERS, empty="アンケートの回答はまだありません。"
        )
        self.answers.fill([(one.id or 0, self._answer_cells(one)) for one in found])
        return [
            heading("会議後アンケート", 3),
            *self._still_out(),
            self.answers,
            row(button("アンケートの回答を記録", self.ask)),
        ]

    def _still_out(self) -> list[Any]:
        if is_anonymous(self.session.store, self.sitting):
            return [paragraph("この会議体のアンケートは無記名です。機関も回答者も残りません。")]
        waiting = sittings.without_questionnaire(self.session.store, self.sitting.id or 0)
        names = "、".join(self._agency(agency) for agency in waiting)
        return [paragraph(f"まだ届いていない機関: {names}")] if waiting else []

    def _improvements(self) -> list[Any]:
        if not hears_no_cases(self.session.store, self.sitting):
            return []
        found = improvements_of(self.session.store, self.sitting)
        self.improvements = Listing(
            "改善事項", _IMPROVEMENTS, self.answer, empty="改善事項はまだありません。"
        )
        self.improvements.fill([(one.id or 0, self._improvement_cells(one)) for one in found])
        return [
            heading("改善事項", 3),
            paragraph("前の会議で出たものも並びます。選ぶと、担当の回答を書けます。"),
            self.improvements,
            row(button("改善事項を出す", self.raise_one)),
        ]

    def _answer_cells(self, one: Questionnaire) -> list[Cell]:
        who = self._agency(one.agency) or "（無記名）"
        said = (one.helpful, one.hard, one.next_time)
        return [
            Cell(who),
            Cell(one.answered_by or ""),
            day_cell(one.answered_on),
            *[Cell(text or "") for text in said],
        ]

    def _improvement_cells(self, one: Improvement) -> list[Cell]:
        waits = Cell("回答待ち", chip="strong")
        return [
            Cell(one.what or ""),
            Cell(self._agency(one.owner)),
            day_cell(one.answer_due),
            day_cell(one.answered_on) if one.answered_on else waits,
            Cell(one.answer or ""),
        ]

    def _agency(self, agency: int | None) -> str:
        return self.session.store.lexicon().refs["agencies"].get(agency or 0, "")
