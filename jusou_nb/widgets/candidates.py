"""候補から案件を選ぶ: who may come to the sitting and why; several are put on at one press."""

from collections import Counter
from collections.abc import Callable, Sequence

import ipywidgets

from jusou_nb.casework import candidates
from jusou_nb.casework.agenda import bases_of
from jusou_nb.casework.candidates import Candidate, PutOn
from jusou_nb.errors import JusouError
from jusou_nb.forms import Conference
from jusou_nb.store.candidates import Why
from jusou_nb.widgets.listing import Cell, Listing, day_cell
from jusou_nb.widgets.messages import Banner, MessageKind, button, problem_lines
from jusou_nb.widgets.session import Page, Session, heading, markup, paragraph, row
from jusou_nb.widgets.ticking import TickTable

CANDIDATES = "candidates"
HEADINGS = ("本人", "受付番号", "載せる理由", "載せる根拠", "前に話した会議")
_BARRED = ("本人", "受付番号", "載せる理由", "載せられないわけ")
_TOLD = (
    "理由のあるケースを、急ぐものから並べています。"
    "根拠は、同意などの決まりから選んであります（あとから案件ごとに変えられます）。"
)
_MORE = f"いまは急ぐ{candidates.LIMIT}件だけを並べています。載せると、続きが並びます。"


class CandidatesView(Page):
    """The candidates of one sitting, to be ticked and put on together."""

    def __init__(
        self, session: Session, sitting: Conference, done: Callable[[str, list[str]], None]
    ) -> None:
        """List who may come; ``done`` is told what was put on, and what not."""
        super().__init__(session)
        self.sitting, self._done = sitting, done
        self.why: Why | None = None
        self.banner = Banner()
        self.found = candidates.candidates_for(session.store, sitting, today=session.today)
        self.free = {one.key: one for one in self.found if one.is_free}
        self.table = TickTable(
            "案件の候補", HEADINGS, empty="理由のある候補はありません。", changed=self._ticked
        )
        self.filters = ipywidgets.HBox()
        self.filters.add_class("jusou-actions")
        self.ways = row()
        self.ways.add_class("jusou-acts-below")
        self.turn(
            paragraph(_TOLD + (_MORE if len(self.found) == candidates.LIMIT else "")),
            self.banner,
            self.filters,
            self.table,
            self.ways,
            *self._left_out(),
        )
        self._draw()

    def narrow(self, why: Why | None) -> None:
        """Show those of one reason only, or all."""
        self.why = why
        self._draw()

    def put(self, basis: str = "") -> None:
        """Put those that are ticked on the sitting."""
        chosen = [one for key, one in self.free.items() if key in self.table.ticked]
        if not chosen:
            self.banner.show(MessageKind.WARNING, "載せるケースに印を付けてください。")
            return
        store, today = self.session.store, self.session.today
        try:
            made = candidates.put_candidates(store, self.sitting, chosen, today=today, basis=basis)
        except JusouError as fault:
            self.banner.fail(fault)
            return
        self._done(f"{len(made.placed)}件を案件に載せました。", self._remarks(made))

    def _draw(self) -> None:
        shown = [c for c in self.free.values() if self._is_shown(c)]
        self.table.fill([(one.key, self._cells(one)) for one in shown])
        counts = Counter(ground.why for one in self.free.values() for ground in one.grounds)
        # The row is made once: the keyboard stays on the button that was pressed.
        if not self.filters.children and len(counts) > 1:
            every = button(f"すべて（{len(self.free)}）", lambda: self.narrow(None))
            self.filters.children = [every, *(self._filter(w, counts[w]) for w in Why if counts[w])]

    def _filter(self, why: Why, count: int) -> object:
        return button(f"{why.label}（{count}）", lambda: self.narrow(why))

    def _is_shown(self, one: Candidate) -> bool:
        return self.why is None or any(ground.why is self.why for ground in one.grounds)

    def _ticked(self) -> None:
        """Offer to put on as many as are ticked; on a basis of one's own choosing too."""
        if self.ways.children:
            return
        open_ = [b for b in bases_of(self.session.store, self.sitting) if not b.requires_consent]
        self.ways.children = [
            button("選んだ案件を載せる", self.put, filled=True),
            *[self._on(basis.code, basis.label) for basis in open_],
        ]

    def _on(self, code: str, label: str) -> object:
        return button(f"選んだ案件を「{label}」で載せる", lambda: self.put(code))

    def _cells(self, one: Candidate) -> Sequence[Cell]:
        said = "。".join(candidates.reasons(self.session.store, one))
        barred = "　".join(f"{label}: {problem.message}" for label, problem in one.barred)
        first = one.bases[0]
        return [
            Cell(one.name),
            Cell(one.number),
            Cell(f"{said}。"),
            Cell(first.label, title=barred, chip="strong" if first.requires_consent else "plain"),
            day_cell(one.met_on) if one.met_on else Cell("なし"),
        ]

    def _left_out(self) -> list[object]:
        out = [one for one in self.found if not one.is_free]
        if not out:
            return []
        listing = Listing("載せられない候補", _BARRED)
        listing.fill([(one.key, self._cells_out(one)) for one in out])
        return [heading(f"載せられない候補（{len(out)}）", 3), listing, markup("")]

    def _cells_out(self, one: Candidate) -> Sequence[Cell]:
        why = one.stands or "　".join(f"{label}: {p.message}{p.remedy}" for label, p in one.barred)
        said = "。".join(candidates.reasons(self.session.store, one))
        return [Cell(one.name), Cell(one.number), Cell(f"{said}。"), Cell(why)]

    def _remarks(self, made: PutOn) -> list[str]:
        lines = [
            f"{self.free[key].name}さんは載せられませんでした。{'　'.join(problem_lines(problems))}"
            for key, problems in made.refused
        ]
        said = [str(remark) for placed in made.placed for remark in placed.remarks]
        return [*lines, *dict.fromkeys(said)]
