"""重複の疑い: households and cases that may be one; merged or told apart on a worker's word."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import ipywidgets

from jusou_nb import casework
from jusou_nb.casework.becoming_known import intake_of
from jusou_nb.choices import NOT_PERSONAL
from jusou_nb.errors import Invalid, JusouError
from jusou_nb.fields import Form, Stage, item
from jusou_nb.forms import Household
from jusou_nb.store import merges
from jusou_nb.store.suspects import Suspect, number_of, suspects
from jusou_nb.widgets.form import FormView
from jusou_nb.widgets.listing import Cell, Listing, day_cell
from jusou_nb.widgets.merge_view import MergeView, UndoView
from jusou_nb.widgets.messages import Banner, MessageKind, button, problem_lines
from jusou_nb.widgets.parts import put_away
from jusou_nb.widgets.session import Session, heading, paragraph, row

TITLE = "重複の疑い"
_HEADINGS = ("残すほう", "まとめるほう", "種類", "手がかり", "確かさ")
_MADE = ("統合したもの", "統合した日", "統合した人", "理由", "いま")
_WHAT = {"households": "世帯", "cases": "ケース"}


@dataclass(frozen=True, kw_only=True)
class TwoNumbers(Form):
    """Two households by their 受付番号."""

    kept: str | None = item("残す世帯の受付番号", scope=NOT_PERSONAL, required_at=Stage.DRAFT)
    gone: str | None = item("まとめる世帯の受付番号", scope=NOT_PERSONAL, required_at=Stage.DRAFT)


class DuplicatesView(ipywidgets.VBox):  # type: ignore[misc] # ipywidgets carries no types
    """The list of what may be twice, what was merged, and the sheet that is open."""

    def __init__(self, session: Session) -> None:
        """Look through the store and list what is found."""
        self.session, self.banner = session, Banner()
        self.found: list[Suspect] = []
        self.room = ipywidgets.VBox()
        super().__init__([self.banner, self.room])
        self.show_list()

    def show_list(self) -> None:
        """List what may be twice, and the merges."""
        store = self.session.store
        self.found, more = suspects(store)
        self.listing = Listing(
            TITLE, _HEADINGS, self.show_pair, empty="重複の疑いのある世帯とケースはありません。"
        )
        self.listing.fill([(n, _cells(one)) for n, one in enumerate(self.found)])
        self.made = Listing("統合の記録", _MADE, self.show_merge, empty="統合の記録はありません。")
        self.made.fill([(m.id, self._merge_cells(m)) for m in merges.every(store)])
        self.numbers = FormView(
            TwoNumbers, store.lexicon(), today=self.session.today, title="受付番号で選んで統合する"
        )
        rest = [paragraph(f"ほか{more}組。上から確かめていくと出てきます。")] if more else []
        self._turn(
            heading(TITLE),
            paragraph(
                "同じ人・世帯かもしれない記録です。自動では統合しません。行を選ぶと確かめられます。"
            ),
            self.listing,
            *rest,
            self.numbers,
            row(button("この二つを見比べる", self.by_numbers)),
            heading("統合の記録", 3),
            self.made,
        )

    def show_pair(self, place: int) -> None:
        """Open two records side by side."""
        one = self.found[place]
        self._pair(one.table, one.kept, one.gone, lambda: self._apart(one))

    def by_numbers(self) -> None:
        """Open two households by their 受付番号."""
        self.numbers.clear_problems()
        try:
            said: Any = self.numbers.record()
            ids = [self._household(number) for number in (said.kept, said.gone)]
        except Invalid as fault:
            self.numbers.show_problems(fault.problems)
            return
        except JusouError as fault:
            self.banner.fail(fault)
            return
        self._pair(Household.table, ids[0], ids[1], None)

    def _household(self, number: str | None) -> int:
        return intake_of(self.session.store, number).household_id or 0

    def _pair(self, table: str, kept: int, gone: int, apart: Callable[[], None] | None) -> None:
        self.banner.clear()
        ways = [button("一覧へ戻る", self.show_list)]
        if apart is not None and table == Household.table:
            ways.append(button("別の人です（もう出さない）", apart))
        try:
            view = MergeView(self.session, table, kept, gone, self._merged)
        except JusouError as fault:
            self.banner.fail(fault)
            return
        self._turn(row(*ways), view)

    def _apart(self, one: Suspect) -> None:
        casework.tell_apart(self.session.store, *one.people)
        self.show_list()
        said = f"「{one.names[0]}」と「{one.names[1]}」は別の人として残しました。"
        self.banner.show(MessageKind.SUCCESS, said, focus=True)

    def _merged(self, made: casework.Merged) -> None:
        self.show_list()
        lines = problem_lines(made.remarks)
        kind = MessageKind.WARNING if lines else MessageKind.SUCCESS
        back = [("元に戻す", lambda: self.show_merge(made.merge_id))]
        what = _WHAT.get(made.record.table, "")
        self.banner.show(kind, f"{what}を統合しました。", lines, back, focus=True)

    def show_merge(self, merge_id: int) -> None:
        """Open a merge: the way back."""
        self.banner.clear()
        merge = merges.get(self.session.store, merge_id)
        back = row(button("一覧へ戻る", self.show_list))
        words = f"{_WHAT[merge.table]}の統合　{self._named(merge)}"
        if merge.undone_at is not None:
            self._turn(back, heading(words), paragraph("この統合は元に戻してあります。"))
            return
        self._turn(back, UndoView(self.session, merge_id, words, self._undone))

    def _undone(self, kept: tuple[str, ...]) -> None:
        self.show_list()
        lines = [f"{box}は、統合のあとに直した内容のまま残しました。" for box in kept]
        self.banner.show(MessageKind.SUCCESS, "統合を元に戻しました。", lines, focus=True)

    def _named(self, merge: merges.Merge) -> str:
        kept = number_of(self.session.store, merge.table, merge.kept)
        return f"{kept} ← {'、'.join(merge.numbers) or '番号なし'}"

    def _merge_cells(self, merge: merges.Merge) -> list[Cell]:
        return [
            Cell(f"{_WHAT[merge.table]} {self._named(merge)}"),
            day_cell(datetime.fromisoformat(merge.merged_at).date()),
            Cell(merge.worker),
            Cell(merge.reason),
            Cell("元に戻した" if merge.undone_at else "統合中", chip="plain"),
        ]

    def _turn(self, *parts: Any) -> None:
        gone = [part for part in self.room.children if part not in parts]
        self.room.children = parts
        self.session.rise()
        put_away(*gone)


def _cells(one: Suspect) -> list[Cell]:
    first, second = (
        f"{name}（{number}）" for name, number in zip(one.names, one.numbers, strict=True)
    )
    return [
        Cell(first),
        Cell(second),
        Cell(_WHAT[one.table], chip="plain"),
        Cell("・".join(one.reasons)),
        Cell(one.strength.label),
    ]
