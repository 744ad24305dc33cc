"""プラン: choose a case, write the plan with who does what, record that a sitting agreed."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import ipywidgets

from jusou_nb import casework
from jusou_nb.dates import wareki
from jusou_nb.forms import AgendaItem, Case, Consent, SupportPlan
from jusou_nb.forms.consent import ConsentState
from jusou_nb.forms.plan import PlanState
from jusou_nb.problems import Override, Problem, Strength
from jusou_nb.rules import consent as consents
from jusou_nb.store import queries
from jusou_nb.widgets.case_picker import CasePicker
from jusou_nb.widgets.entries import plan_entry
from jusou_nb.widgets.gate import Gate
from jusou_nb.widgets.listing import Cell, Listing, day_cell
from jusou_nb.widgets.messages import Banner, MessageKind, button, problem_lines
from jusou_nb.widgets.plan_acts import ASK, SUSPEND, TITLES, PlanActs, act_entry, tone_of
from jusou_nb.widgets.session import Page, Session, chips, heading, paragraph, row
from jusou_nb.widgets.slip_panel import paper_panels

_AFTER = (
    "プランは自動では止まりません。各機関に、自分の役割を続けるかを聞いてください。",
    "プランとして続けられないときは中断し、同意が戻ったら再開します。",
)
PLANS = ("プラン回数", "プラン作成日", "状態", "プランの主担当")
ITEMS = ("会議日", "案件番号", "法的根拠")


class PlanPage(Page):
    """The page プラン."""

    def __init__(self, session: Session) -> None:
        """Open with the cases to choose from."""
        super().__init__(session)
        self.show_list()

    def show_list(self) -> None:
        """Choose a case."""
        said = "プランを作るケースを選んでください。"
        self.picker = CasePicker(self.session, self.show_case)
        self.turn(heading("プラン"), paragraph(said), self.picker)

    def refresh(self) -> None:
        """List anew."""
        if self.picker in self.children:
            self.show_list()

    def show_case(self, case_id: int, said: str = "") -> None:
        """Show the plans of a case."""
        back = button("ケースを選び直す", self.show_list)
        store = self.session.store
        self.enter(back, lambda: (CasePlans(self.session, store.load(Case, case_id), said),))

    def show(self, what: Any) -> None:
        """Go to a case by its id, or to what a draft names: case, plan, what is done with it."""
        if isinstance(what, int):
            self.show_case(what)
            return
        case_id, plan_id, *acts = what
        self.show_case(case_id)
        view = self.children[-1]
        if isinstance(view, CasePlans) and acts:
            view.open_act(acts[0], plan_id)
        elif isinstance(view, CasePlans):
            view.write(self.session.store.load(SupportPlan, plan_id) if plan_id else None)


class CasePlans(Page):
    """The plans of one case, and the sheet that is open."""

    def __init__(self, session: Session, case: Case, said: str = "") -> None:
        """Show the plans of a case, and what was just done."""
        super().__init__(session)
        self.case = case
        household = queries.household_of(session.store, case.client_id or 0)
        self.name = queries.person(household, case.client_id).name or ""
        self.show(said)

    def show(self, said: str = "", remarks: Sequence[Problem] = ()) -> None:
        """Show the plans as they stand."""
        store = self.session.store
        self.case = store.load(Case, self.case.id or 0)
        plans = store.find(SupportPlan, order="sequence DESC", case_id=self.case.id)
        listing = Listing("プランの一覧", PLANS, self.open_plan)
        agencies = store.lexicon().refs["agencies"]
        listing.fill(
            [(p.id or 0, _plan_cells(p, agencies.get(p.lead_agency or 0, ""))) for p in plans]
        )
        drafts = [p for p in plans if p.state is None or p.state.is_editable]
        running = _running(plans)
        self.turn(
            self._head(),
            _banner(said, remarks),
            *self._withdrawn(plans),
            listing,
            row(button("新しいプランを書く", self.write, filled=not (drafts or running))),
            *[PlanActs(self.session, plan, self) for plan in (*running[:1], *drafts[:1])],
            *[AgreeBox(self.session, plan, self.show) for plan in drafts[:1]],
        )

    def open_plan(self, plan_id: int) -> None:
        """Open a plan that is there."""
        self.write(self.session.store.load(SupportPlan, plan_id))

    def write(self, plan: SupportPlan | None = None) -> None:
        """Open the sheet of a plan."""
        entry = plan_entry(self.session, self.case, plan, self._saved)
        papers = paper_panels(self.session, SupportPlan.table, plan.id) if plan else ()
        self.turn(self._head(), row(button("プランの一覧へ戻る", self.show)), *papers, entry)

    def open_act(self, act: str, plan_id: int) -> None:
        """Open what is noted of a plan: 署名, 支援決定, 中断, the agencies' answers."""
        plan = self.session.store.load(SupportPlan, plan_id)
        entry = act_entry(self.session, act, plan, self.show)
        self.turn(self._head(), row(button("プランの一覧へ戻る", self.show)), entry)

    def _withdrawn(self, plans: Sequence[SupportPlan]) -> list[Banner]:
        """Say that consent was withdrawn from under an agreed plan, and what can be done."""
        given = self.session.store.find(Consent, person_id=self.case.client_id)
        entry = consents.latest(given, self.session.today, self.session.store.profile)
        agreed = [plan for plan in plans if plan.state is PlanState.AGREED]
        if not agreed or entry is None or entry.state is not ConsentState.WITHDRAWN:
            return []
        plan_id, banner = agreed[0].id or 0, Banner()
        day = wareki(entry.stated_on) if entry.stated_on else ""
        acts = [
            (TITLES[act], lambda act=act: self.open_act(act, plan_id)) for act in (ASK, SUSPEND)
        ]
        banner.show(MessageKind.WARNING, f"本人は{day}に同意を撤回しています。", _AFTER, acts)
        return [banner]

    def _saved(self, plan: SupportPlan) -> None:
        count = len(plan.roles)
        self.show(f"プラン（{plan.sequence}回目、役割分担{count}行）を登録しました。")

    def _head(self) -> Any:
        status = self.case.status.label if self.case.status else ""
        return ipywidgets.VBox([heading(f"{self.name}さんのプラン"), chips((status, "plain"))])


class AgreeBox(ipywidgets.VBox):  # type: ignore[misc] # ipywidgets carries no types
    """了承を記録: choose the item of the sitting that agreed; what is missing is said first."""

    def __init__(self, session: Session, plan: SupportPlan, done: Any) -> None:
        """Offer the items of the case; ``done`` gets what to say and what to look at."""
        self._session, self._plan, self._done = session, plan, done
        self.gate, self.said = Gate(session), Banner()
        self.go = ipywidgets.VBox()
        listing = Listing(
            "このケースが載った案件",
            ITEMS,
            self.choose,
            empty="案件に載っていません。先に「会議」で載せてください。",
        )
        self.listing = listing
        super().__init__([heading("了承を記録", 3), listing, self.said, self.gate, self.go])
        listing.fill([(i.id or 0, self._cells(i)) for i in self._items()])

    def choose(self, item_id: int) -> None:
        """Take the item and say what stands in the way, or is to be looked at."""
        store = self._session.store
        item = store.load(AgendaItem, item_id)
        day = self._day(item)
        problems = casework.plan_problems(store, self._plan, item, day)
        title = f"{wareki(day)}の{item.place_in_order}番の案件での了承"
        kind = MessageKind.WARNING if problems else MessageKind.INFORMATION
        self.said.show(kind, title, problem_lines(problems))
        self.gate.clear()
        forbidden = any(problem.strength is Strength.FORBIDDEN for problem in problems)
        agree = button("了承として記録する", lambda: self._agree(item, day), filled=True)
        self.go.children = () if forbidden else (row(agree),)

    def _agree(self, item: AgendaItem, day: date) -> None:
        def step(allowed: tuple[Override, ...]) -> None:
            plan, remarks = casework.agree_plan(
                self._session.store, self._plan, item, on=day, overrides=allowed
            )
            self._done(f"{plan.sequence}回目のプランの了承を記録しました。", remarks)

        self.gate.attempt(step)

    def _items(self) -> list[AgendaItem]:
        return self._session.store.find(AgendaItem, case_id=self._plan.case_id)

    def _day(self, item: AgendaItem) -> date:
        sitting = queries.conference(self._session.store, item.conference_id or 0)
        return sitting.held_on or self._session.today

    def _cells(self, item: AgendaItem) -> list[Cell]:
        basis = self._session.store.profile.basis(item.basis or "")
        return [day_cell(self._day(item)), Cell(f"{item.place_in_order}番"), Cell(basis.label)]


def _running(plans: Sequence[SupportPlan]) -> list[SupportPlan]:
    return [plan for plan in plans if plan.state in (PlanState.AGREED, PlanState.SUSPENDED)]


def _banner(said: str, remarks: Sequence[Problem]) -> Banner:
    banner = Banner()
    if said:
        kind = MessageKind.WARNING if remarks else MessageKind.SUCCESS
        banner.show(kind, said, problem_lines(remarks))
    return banner


def _plan_cells(plan: SupportPlan, lead: str) -> list[Cell]:
    state = plan.state.label if plan.state else ""
    return [
        Cell(f"{plan.sequence}回目"),
        day_cell(plan.drawn_on),
        Cell(state, chip=tone_of(plan)),
        Cell(lead),
    ]
