"""統合: two households or cases side by side, what becomes of each box, and the way back."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import ipywidgets

from jusou_nb import casework
from jusou_nb.casework.merge_preview import same_people
from jusou_nb.choices import OFFICE
from jusou_nb.errors import Invalid, JusouError
from jusou_nb.fields import Form, Stage, item
from jusou_nb.forms import Case, Household
from jusou_nb.problems import Override, Strength
from jusou_nb.rules.joining import Take
from jusou_nb.store.suspects import number_of
from jusou_nb.widgets.box_choices import BoxChoices, ChoiceRow, rows_of
from jusou_nb.widgets.form import FormView
from jusou_nb.widgets.gate import Gate
from jusou_nb.widgets.listing import Cell, Listing
from jusou_nb.widgets.messages import Banner, MessageKind, button, problem_lines
from jusou_nb.widgets.session import Session, heading, paragraph, row

_WORDS = {Take.KEPT: "残すほう", Take.GONE: "まとめるほう", Take.BOTH: "両方"}
_NEW = "new"
"""Chosen for whoever is nobody of the household that stays."""


@dataclass(frozen=True, kw_only=True)
class MergeReason(Form):
    """Why two records are one."""

    reason: str | None = item("統合の理由", scope=OFFICE, lines=2, required_at=Stage.DRAFT)


@dataclass(frozen=True, kw_only=True)
class UndoReason(Form):
    """Why two records are two after all."""

    reason: str | None = item("元に戻す理由", scope=OFFICE, lines=2, required_at=Stage.DRAFT)


def _stated(view: FormView) -> str | None:
    """Read the reason; None where it is missing, which is then marked."""
    view.clear_problems()
    try:
        said: Any = view.record()
    except Invalid as fault:
        view.show_problems(fault.problems)
        return None
    return str(said.reason or "")


class MergeView(ipywidgets.VBox):  # type: ignore[misc] # ipywidgets carries no types
    """What a merge would do, and the button that does it.

    Args:
        session: The desk's session.
        table: ``households`` or ``cases``.
        kept: The record that stays.
        gone: The record that goes into it.
        done: Called with what was merged.
    """

    def __init__(
        self,
        session: Session,
        table: str,
        kept: int,
        gone: int,
        done: Callable[[casework.Merged], None],
    ) -> None:
        """Show what would become of everything; nothing is saved."""
        self.session, self.table, self._done = session, table, done
        self.ids, self.takes = (kept, gone), dict[str, Take]()
        self.same: dict[int, int] = {}
        self.head, self.said, self.gate = ipywidgets.VBox(), Banner(), Gate(session)
        self.people = BoxChoices(
            "だれとだれが同じ人ですか",
            ("まとめるほうの人", "続柄", "秘匿", "残すほうのだれと同じ人か"),
            self.match,
        )
        self.boxes = BoxChoices(
            "違っている欄", ("欄", "残すほう", "まとめるほう", "統合したあと"), self.take
        )
        self.moved = Listing("移る記録", ("記録", "件数"), empty="移る記録はありません。")
        self.reason = FormView(
            MergeReason, session.store.lexicon(), today=session.today, title="統合する"
        )
        press = row(button("統合する", self.press, filled=True))
        parts = [self.people, self.boxes, heading("移る記録", 3), self.moved, self.said]
        super().__init__([self.head, *parts, self.reason, press, self.gate])
        self._start()

    def swap(self) -> None:
        """Let the other one stay."""
        self.ids, self.takes = (self.ids[1], self.ids[0]), {}
        self._start()

    def match(self, key: str, code: str) -> None:
        """Say who of the household that goes is whom; nobody is two people."""
        gone = int(key)
        self.same.pop(gone, None)
        if code != _NEW:
            self.same = {g: k for g, k in self.same.items() if k != int(code)}
            self.same[gone] = int(code)
        self.show()

    def take(self, key: str, code: str) -> None:
        """Say what becomes of a box."""
        self.takes[key] = Take.of(code)
        self.show()

    def press(self) -> None:
        """統合する: as it is shown."""
        why = _stated(self.reason)
        if why is None:
            return
        made: list[casework.Merged] = []
        if self.gate.attempt(lambda allowed: made.append(self._merge(why, allowed))):
            self._done(made[0])

    def _merge(self, why: str, allowed: tuple[Override, ...]) -> casework.Merged:
        store, (kept, gone) = self.session.store, self.ids
        given: dict[str, Any] = {"reason": why, "takes": self.takes, "overrides": allowed}
        if self.table == Case.table:
            return casework.merge_cases(store, kept, gone, **given)
        return casework.merge_households(store, kept, gone, same=self.same, **given)

    def _start(self) -> None:
        if self.table == Household.table:
            self.same = same_people(self.session.store, *self.ids)
        self.show()

    def preview(self) -> casework.MergePreview:
        """Work out what a merge would do as things are chosen."""
        store, (kept, gone) = self.session.store, self.ids
        if self.table == Case.table:
            return casework.preview_cases(store, kept, gone, takes=self.takes)
        return casework.preview_households(store, kept, gone, same=self.same, takes=self.takes)

    def show(self) -> None:
        """Show what would become of everything, as things are chosen."""
        try:
            seen = self.preview()
        except JusouError as fault:
            self.said.fail(fault)
            return
        self._show_head(seen)
        self._show_people()
        self.boxes.fill(rows_of(seen.choices, _WORDS))
        lines = [
            (place, [Cell(t), Cell(f"{n}")]) for place, (t, n) in enumerate(seen.moved.items())
        ]
        self.moved.fill(lines)
        self._show_problems(seen)

    def _show_head(self, seen: casework.MergePreview) -> None:
        kept, gone = (number_of(self.session.store, self.table, id_) for id_ in self.ids)
        what = "ケース" if self.table == Case.table else "世帯"
        former = f"「{'、'.join(seen.numbers)}」は旧番号として残り、検索で見つかります。"
        self.head.children = (
            heading(f"{what}の統合　{kept} に {gone} をまとめる"),
            paragraph(
                "自動では何もしません。下の内容を確かめて「統合する」を押すと一つになり、"
                f"あとで元に戻せます。{former if seen.numbers else ''}"
                "これまでに作った資料は、作ったときのまま再印刷できます。"
            ),
            row(button("残すほうを入れ替える", self.swap)),
        )

    def _show_people(self) -> None:
        if self.table != Household.table:
            self.people.fill([])
            return
        kept, gone = (self.session.store.load(Household, id_) for id_ in self.ids)
        options = [(str(p.id), p.name or "氏名不明") for p in kept.members]
        choices = ((_NEW, "別の人（世帯員に加える）"), *options)
        self.people.fill(
            ChoiceRow(
                key=str(p.id),
                label=p.name or "氏名不明",
                kept=p.relation or "",
                gone="あり" if p.is_masked else "なし",
                chosen=str(self.same.get(p.id or 0, _NEW)),
                options=choices,
            )
            for p in gone.members
        )

    def _show_problems(self, seen: casework.MergePreview) -> None:
        if not seen.problems:
            self.said.clear()
            return
        stops = any(p.strength is not Strength.NOTICE for p in seen.problems)
        kind = MessageKind.WARNING if stops else MessageKind.INFORMATION
        self.said.show(kind, "統合の前に確かめてください。", problem_lines(seen.problems))


class UndoView(ipywidgets.VBox):  # type: ignore[misc] # as above
    """A merge that was made, and the way back."""

    def __init__(
        self, session: Session, merge_id: int, words: str, done: Callable[[tuple[str, ...]], None]
    ) -> None:
        """Tell which merge it is; ``done`` gets what was changed since and stays."""
        self.session, self.merge_id, self._done = session, merge_id, done
        self.gate = Gate(session)
        self.reason = FormView(
            UndoReason, session.store.lexicon(), today=session.today, title="統合を元に戻す"
        )
        said = paragraph(
            "統合で移った記録と、書きかわった欄を元に戻します。統合のあとに加わった記録は、"
            "残したほうに残ります。"
        )
        press = row(button("統合を元に戻す", self.press, filled=True))
        super().__init__([heading(words), said, self.reason, press, self.gate])

    def press(self) -> None:
        """統合を元に戻す."""
        why = _stated(self.reason)
        if why is None:
            return
        kept: list[tuple[str, ...]] = []
        store, merge = self.session.store, self.merge_id
        if self.gate.attempt(lambda _: kept.append(casework.undo_merge(store, merge, reason=why))):
            self._done(kept[0])
