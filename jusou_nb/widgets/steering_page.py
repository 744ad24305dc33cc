"""進行管理: stuck cases, what each worker carries, agencies gone quiet, and 引継ぎ."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from jusou_nb import casework
from jusou_nb.choices import NOT_PERSONAL
from jusou_nb.dates import wareki
from jusou_nb.errors import JusouError
from jusou_nb.fields import Form, Ref, item
from jusou_nb.forms import Case, Intake, Succession
from jusou_nb.problems import Problem
from jusou_nb.rules.long_cases import LongCase
from jusou_nb.store.long_cases import running_cases, stuck_cases
from jusou_nb.store.workload import Load, loads
from jusou_nb.values import Lexicon
from jusou_nb.widgets import steering_rows as rows
from jusou_nb.widgets.client_view import ClientView
from jusou_nb.widgets.closing_view import TITLE as CLOSING
from jusou_nb.widgets.closing_view import ClosingView
from jusou_nb.widgets.duplicates_view import TITLE as DUPLICATES
from jusou_nb.widgets.duplicates_view import DuplicatesView
from jusou_nb.widgets.evaluation_panel import EvaluationPanel
from jusou_nb.widgets.form import FormView
from jusou_nb.widgets.import_work import TITLE as IMPORTING
from jusou_nb.widgets.listing import Listing
from jusou_nb.widgets.lists_panel import ListsPanel
from jusou_nb.widgets.messages import Banner, MessageKind, button, problem_lines
from jusou_nb.widgets.session import Page, Session, heading, paragraph, row
from jusou_nb.widgets.succession_view import SuccessionRecord, WorkerView

PAGE = "進行管理"
IMPORT = ("import",)
"""The address of 台帳の取込み on this page."""
TWICE = ("duplicates",)
"""The address of 重複の疑い on this page."""


@dataclass(frozen=True, kw_only=True)
class Chosen(Form):
    """Which cases are brought to the next sitting."""

    cases: tuple[Ref, ...] | None = item("会議に載せるケース", scope=NOT_PERSONAL, ref="cases")


class SteeringPage(Page):
    """The page 進行管理."""

    def __init__(self, session: Session) -> None:
        """Open with what is stuck."""
        super().__init__(session)
        self.found: list[tuple[LongCase, list[Problem]]] = []
        self.carried: list[Load] = []
        self.show_list()

    def refresh(self) -> None:
        """Look anew, unless something is open."""
        if self.banner in self.children:
            self.show_list()

    def show(self, what: Any) -> None:
        """Go to what a draft names: the 引継ぎ that was left (None), or to the import."""
        if what == IMPORT:
            self.show_import()
            return
        if what == TWICE:
            self.show_duplicates()
            return
        self.show_worker(self.session.store.worker_name() if what is None else str(what))

    def show_list(self, said: str = "", lines: Sequence[str] = ()) -> None:
        """Show the tables: stuck cases, load, quiet agencies, 引継ぎ."""
        store, today = self.session.store, self.session.today
        self.banner = Banner()
        if said:
            kind = MessageKind.WARNING if lines else MessageKind.SUCCESS
            self.banner.show(kind, said, lines, focus=True)
        running = running_cases(store, today)
        self.found = stuck_cases(store, today, running)
        self.carried = loads(store, running, today)
        self.turn(
            heading(PAGE),
            self.banner,
            *self._stuck(len(running)),
            heading("担当ごとの件数と重さ", 3),
            paragraph("担当を選ぶと、その人のケースの一覧と引継ぎが開きます。"),
            self._loads(),
            heading("動きのない機関", 3),
            rows.quiet_listing(self.session, running),
            *self._successions(),
            ListsPanel(self.session),
            EvaluationPanel(self.session),
            row(
                button(CLOSING, self.show_closings),
                button(IMPORTING, self.show_import),
                button(DUPLICATES, self.show_duplicates),
            ),
        )

    def _stuck(self, running: int) -> list[Any]:
        self.listing = Listing(
            "停滞しているケース",
            rows.STUCK,
            self.open_case,
            empty="停滞しているケースはありません。",
        )
        self.listing.fill(
            [(c.case_id, rows.stuck_cells(self.session, c, p)) for c, p in self.found]
        )
        said = f"支援中の{running}件のうち{len(self.found)}件が停滞しています。"
        return [paragraph(said), self.listing, *(self._choice() if self.found else ())]

    def _choice(self) -> list[Any]:
        """Offer the stuck cases to be ticked, for the next sitting."""
        sitting = casework.next_sitting(self.session.store, self.session.today)
        words = {c.case_id: rows.tick_words(self.session, c, p) for c, p in self.found}
        common = self.session.store.lexicon()
        lexicon = Lexicon(common.profile, {**common.refs, "cases": words}, common.spellings)
        self.choice = FormView(Chosen, lexicon, today=self.session.today, title="")
        day = wareki(sitting.held_on) if sitting and sitting.held_on else ""
        to = f"次の会議（{day}）" if day else "次の会議"
        press = button(f"選んだケースを{to}に載せる", self.bring, filled=True)
        return [self.choice, row(press)]

    def bring(self) -> None:
        """載せる: put the ticked cases on the next sitting; what a rule stops is told."""
        chosen: Any = self.choice.as_it_stands()
        if not chosen.cases:
            self.banner.show(
                MessageKind.WARNING, "ケースが選ばれていません。", ["印を付けてください。"]
            )
            return
        try:
            made = casework.bring_to_sitting(
                self.session.store, chosen.cases, today=self.session.today
            )
        except JusouError as fault:
            self.banner.fail(fault)
            return
        numbers = {c.case_id: c.number for c, _ in self.found}
        lines = [
            f"{numbers.get(case_id, case_id)}: {line}"
            for case_id, problems in made.refused
            for line in problem_lines(problems)
        ]
        self.show_list(f"{len(made.placed)}件を会議に載せました。", lines)

    def show_import(self) -> None:
        """台帳の取込み: a ledger dropped, looked at, mended, taken in."""
        back = row(button("進行管理へ戻る", self.show_list))
        # Excel's library is loaded with the first ledger, not with the desk.
        from jusou_nb.widgets.import_view import ImportView  # noqa: PLC0415

        self.turn(back, ImportView(self.session))

    def show_duplicates(self) -> None:
        """重複の疑い: what may be twice, and what was merged."""
        back = row(button("進行管理へ戻る", self.show_list))
        self.turn(back, DuplicatesView(self.session))

    def show_closings(self) -> None:
        """月次締め: the months and what was reported of them."""
        back = row(button("進行管理へ戻る", self.show_list))
        self.turn(back, ClosingView(self.session))

    def open_case(self, case_id: int) -> None:
        """Open the client of a case."""
        back = button("進行管理へ戻る", self.show_list)
        self.enter(back, lambda: (self._client(case_id),))

    def _client(self, case_id: int) -> Any:
        store = self.session.store
        case = store.load(Case, case_id)
        sheets = store.find(Intake, client_id=case.client_id)
        sheets = sheets or store.find(Intake, household_id=case.household_id)
        intake = case.intake_id or (sheets[-1].id if sheets else None)
        if intake is None:
            return paragraph("このケースには相談受付・申込票がありません。")
        return ClientView(self.session, intake)

    def _loads(self) -> Listing:
        self.load_listing = Listing("担当ごとの件数と重さ", rows.LOAD, self._choose_worker)
        self.load_listing.fill(
            [(n, rows.load_cells(self.session, load)) for n, load in enumerate(self.carried)]
        )
        return self.load_listing

    def _choose_worker(self, place: int) -> None:
        self.show_worker(self.carried[place].worker)

    def show_worker(self, worker: str) -> None:
        """Show what a worker has, and the sheet of a 引継ぎ."""
        view = WorkerView(self.session, worker, self._handed, self.open_case)
        self.turn(row(button("進行管理へ戻る", self.show_list)), view)

    def _handed(self, made: casework.Succeeded) -> None:
        lines = [f"{problem.message}{problem.remedy}" for problem in made.remarks]
        said = f"{len(made.succession.works)}件を「{made.succession.taking}」に引き継ぎました。"
        self.show_worker(made.succession.taking or "")
        view: Any = self.parts[-1]
        kind = MessageKind.WARNING if lines else MessageKind.SUCCESS
        view.banner.show(kind, f"{said}これが最初の一覧です。", lines, focus=True)

    def _successions(self) -> list[Any]:
        found = self.session.store.find(Succession, order="handed_on DESC")
        if not found:
            return []
        listing = Listing("引継ぎの記録", rows.SUCCESSION, self.show_succession)
        listing.fill([(s.id or 0, rows.succession_cells(s)) for s in found])
        return [heading("引継ぎの記録", 3), listing]

    def show_succession(self, record_id: int) -> None:
        """Open a 引継ぎ: what went over, and the way back."""
        made = SuccessionRecord(self.session, record_id, self.show_list)
        self.turn(row(button("進行管理へ戻る", self.show_list)), made)
