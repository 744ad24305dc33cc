"""資料回収: where each numbered copy of a sitting is."""

from jusou_nb import casework
from jusou_nb.documents.packet import copies
from jusou_nb.errors import JusouError
from jusou_nb.forms import Conference, CopyRecall
from jusou_nb.forms.after_sitting import RecallState
from jusou_nb.store import papers_out
from jusou_nb.widgets.listing import Cell, Listing, day_cell
from jusou_nb.widgets.messages import Action, Banner, MessageKind, button
from jusou_nb.widgets.session import Page, Session, row

HEADINGS = ("番", "法的根拠", "渡した先", "状況", "日")


class RecallView(Page):
    """The copies that went out, each settled by a press."""

    def __init__(self, session: Session, sitting: Conference) -> None:
        """List the copies as they stand."""
        super().__init__(session)
        self.sitting = sitting
        self.banner = Banner()
        self.show()

    def show(self, said: str = "") -> None:
        """Show where each copy is, and what was just noted."""
        recalls = self.recalls()
        self.banner = Banner()
        if said:
            self.banner.show(MessageKind.SUCCESS, said, focus=True)
        self.listing = Listing(
            "資料回収の確認", HEADINGS, self.choose, empty="渡した資料の記録はありません。"
        )
        self.listing.fill([(recall.id or 0, self._cells(recall)) for recall in recalls])
        words = "作り直した分を加える" if recalls else "資料を渡したと記録"
        out = [recall for recall in recalls if recall.state is RecallState.OUT]
        rest = [button("渡したままの分をすべて「回収した」にする", self.settle_rest)] if out else []
        self.turn(self.banner, self.listing, row(button(words, self.open_all), *rest))

    def recalls(self) -> list[CopyRecall]:
        """Give the copies noted, by basis and number."""
        found = self.session.store.find(CopyRecall, conference_id=self.sitting.id)
        return sorted(found, key=lambda recall: (recall.basis or "", recall.copy_number or 0))

    def open_all(self) -> None:
        """Open one line for each copy that the sitting has."""
        store = self.session.store
        try:
            made = copies(store, self.sitting.id or 0)
            opened = casework.open_recalls(
                store,
                self.sitting,
                [(c.basis, c.reader.agency_id, c.number) for c in made],
                numbers=self._numbers(),
            )
        except JusouError as fault:
            self.banner.fail(fault)
            return
        self.show(f"{len(opened)}部を渡したと記録しました。戻ったら、番を選んでください。")

    def settle_rest(self) -> None:
        """Note all that are still out as back, at one press."""
        try:
            back = casework.settle_rest(self.session.store, self.sitting, on=self.session.today)
        except JusouError as fault:
            self.banner.fail(fault)
            return
        self.show(f"渡したままだった{len(back)}部を「回収した」と記録しました。")

    def _numbers(self) -> dict[tuple[str, int | None], str]:
        """Give the number of the paper made last for each basis and agency."""
        made = papers_out.of_sitting(self.session.store, self.sitting.id or 0)
        return {(paper.basis, paper.agency_id): paper.number for paper in made}

    def choose(self, recall_id: int) -> None:
        """Ask of one copy where it is now."""
        recall = self.session.store.load(CopyRecall, recall_id)
        self.banner.show(
            MessageKind.INFORMATION,
            f"{recall.copy_number}番（{self._whom(recall)}）は、どうなりましたか。",
            actions=[self._way(recall, state) for state in RecallState],
            focus=True,
        )

    def _way(self, recall: CopyRecall, state: RecallState) -> Action:
        def settle() -> None:
            on = None if state is RecallState.OUT else self.session.today
            try:
                casework.settle_copy(self.session.store, recall, state, on=on)
            except JusouError as fault:
                self.banner.fail(fault)
                return
            self.show(f"{recall.copy_number}番を「{state.label}」と記録しました。")

        return state.label, settle

    def _whom(self, recall: CopyRecall) -> str:
        names = self.session.store.lexicon().refs["agencies"]
        return names.get(recall.agency, "") if recall.agency else "議長用・事務局控"

    def _cells(self, recall: CopyRecall) -> list[Cell]:
        basis = self.session.store.profile.basis(recall.basis or "").label
        state = recall.state.label if recall.state else ""
        tone = "strong" if recall.state is RecallState.OUT else "good"
        return [
            Cell(f"{recall.copy_number}番", sort=f"{recall.copy_number:04}"),
            Cell(basis),
            Cell(self._whom(recall)),
            Cell(state, chip=tone),
            day_cell(recall.settled_on),
        ]
