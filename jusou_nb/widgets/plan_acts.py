"""What follows a plan: the signature, 支援決定, and the re-plan."""

from typing import Any

import ipywidgets

from jusou_nb import casework
from jusou_nb.checks import empty
from jusou_nb.errors import Invalid
from jusou_nb.forms import SupportPlan
from jusou_nb.forms.plan import PlanState
from jusou_nb.problems import Problem
from jusou_nb.widgets.entry import Entry, Records, Sheet
from jusou_nb.widgets.gate import Gate
from jusou_nb.widgets.messages import button
from jusou_nb.widgets.session import Session, heading, names_of, row

SIGN, DECIDE = "sign", "decide"
_BOXES = {
    SIGN: frozenset({"explained_on", "signed_on"}),
    DECIDE: frozenset({"decision_drafted_on", "decided_on", "decided_by", "support_starts_on"}),
}
_TITLES = {SIGN: "署名を記録", DECIDE: "支援決定"}
_RUNS = (PlanState.AGREED, PlanState.SUSPENDED)


class PlanActs(ipywidgets.VBox):  # type: ignore[misc] # ipywidgets carries no types
    """The buttons of one plan. ``view`` is the page of the case's plans."""

    def __init__(self, session: Session, plan: SupportPlan, view: Any) -> None:
        """Offer what fits the plan's state."""
        self._session, self._plan, self._view = session, plan, view
        self.gate = Gate(session)
        made = [button(_TITLES[act], self._opens(act)) for act in (SIGN, DECIDE)]
        if plan.state in _RUNS:
            made.append(button("再プランを作る", self.replan))
        super().__init__([heading(f"{plan.sequence}回目のプラン", 3), self.gate, row(*made)])

    def replan(self) -> None:
        """再プラン: draft the plan that follows, with what is carried over."""

        def step(_allowed: Any) -> None:
            made = casework.replan(self._session.store, self._plan, drawn_on=self._session.today)
            self._view.write(made)

        self.gate.attempt(step)

    def _opens(self, act: str) -> Any:
        return lambda: self._view.open_act(act, self._plan.id or 0)


def act_entry(session: Session, act: str, plan: SupportPlan, done: Any) -> Entry:
    """Open 署名を記録 or 支援決定 of a plan; ``done`` gets what to say and to look at."""
    sheet = Sheet(
        form=SupportPlan,
        key=f"{act}-{plan.id}",
        record=plan,
        title=f"{_TITLES[act]}（{plan.sequence}回目のプラン）",
        without=names_of(SupportPlan) - _BOXES[act],
    )
    register = {SIGN: _sign, DECIDE: _decide}[act]

    def step(records: Records, _allowed: Any) -> None:
        remarks = register(session, records["plan"])
        done(f"{plan.sequence}回目のプランの「{_TITLES[act]}」を登録しました。", remarks)

    return Entry(session, {"plan": sheet}, step, words="登録")


def _sign(session: Session, written: SupportPlan) -> list[Problem]:
    if written.signed_on is None:
        raise Invalid([empty("signed_on", "同意・申込の署名日")])
    casework.sign_plan(
        session.store, written, signed_on=written.signed_on, explained_on=written.explained_on
    )
    return []


def _decide(session: Session, written: SupportPlan) -> list[Problem]:
    return casework.decide_support(
        session.store,
        written,
        today=session.today,
        drafted_on=written.decision_drafted_on,
        decided_on=written.decided_on,
        decided_by=written.decided_by,
        starts_on=written.support_starts_on,
    )[1]
