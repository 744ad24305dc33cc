"""What follows a plan: signature, 支援決定, 再プラン; 中断, 再開, and what agencies answer."""

from collections.abc import Callable
from typing import Any

import ipywidgets

from jusou_nb import casework
from jusou_nb.checks import empty
from jusou_nb.dates import wareki
from jusou_nb.errors import Invalid
from jusou_nb.fields import Form
from jusou_nb.forms import SupportPlan
from jusou_nb.forms.plan import PlanState
from jusou_nb.problems import Problem
from jusou_nb.rules import steering
from jusou_nb.widgets import plan_answers
from jusou_nb.widgets.entry import Entry, Records, Sheet
from jusou_nb.widgets.gate import Gate
from jusou_nb.widgets.messages import button
from jusou_nb.widgets.session import Session, chips, heading, names_of, row

SIGN, DECIDE, SUSPEND, ASK = "sign", "decide", "suspend", "ask"
ACTS = (SIGN, DECIDE, SUSPEND, ASK)
"""What is noted of a plan on a sheet of its own; each is the first word of its draft's key."""
_BOXES = {
    SIGN: frozenset({"explained_on", "signed_on"}),
    DECIDE: frozenset({"decision_drafted_on", "decided_on", "decided_by", "support_starts_on"}),
}
TITLES = {
    SIGN: "署名を記録",
    DECIDE: "支援決定",
    SUSPEND: "プランを中断する",
    ASK: "続けるかの返事を記録",
}
_SAID = {
    SIGN: "署名を記録しました。",
    DECIDE: "支援決定の日付を登録しました。",
    SUSPEND: "中断しました。",
    ASK: "続けるかの返事を登録しました。",
}
_RUNS = (PlanState.AGREED, PlanState.SUSPENDED)
_TONES = {PlanState.AGREED: "good", PlanState.SUSPENDED: "strong"}


class PlanActs(ipywidgets.VBox):  # type: ignore[misc] # ipywidgets carries no types
    """One plan in short, and its buttons. ``view`` is the page of the case's plans."""

    def __init__(self, session: Session, plan: SupportPlan, view: Any) -> None:
        """Offer what fits the plan's state."""
        self._session, self._plan, self._view = session, plan, view
        self.gate = Gate(session)
        title = heading(f"{plan.sequence}回目のプラン", 3)
        super().__init__([title, _standing(plan), self.gate, row(*self._buttons())])
        self.add_class("jusou-plan")

    def replan(self) -> None:
        """再プラン: draft the plan that follows, with what is carried over."""

        def step(_allowed: Any) -> None:
            made = casework.replan(self._session.store, self._plan, drawn_on=self._session.today)
            self._view.write(made)

        self.gate.attempt(step)

    def resume(self) -> None:
        """再開: let a plan that was broken off go on, with a consent of that day."""

        def step(_allowed: Any) -> None:
            again = casework.resume_plan(self._session.store, self._plan, on=self._session.today)
            self._view.show(f"{again.sequence}回目のプランを再開しました。")

        self.gate.attempt(step)

    def _buttons(self) -> list[Any]:
        state, made = self._plan.state, [self._act(SIGN), self._act(DECIDE)]
        if state in _RUNS:
            made.append(button("再プランを作る", self.replan))
            made.append(self._act(ASK))
        if state is PlanState.AGREED:
            made.append(self._act(SUSPEND))
        if state is PlanState.SUSPENDED:
            made.append(button("プランを再開する", self.resume))
        return made

    def _act(self, act: str) -> Any:
        return button(TITLES[act], lambda: self._view.open_act(act, self._plan.id or 0))


def tone_of(plan: SupportPlan) -> str:
    """Give the tone of the chip that names a plan's state."""
    return _TONES.get(plan.state or PlanState.DRAFT, "plain")


def _standing(plan: SupportPlan) -> Any:
    """Say in chips where a plan stands: its state, and what came before or is still open."""
    state = plan.state or PlanState.DRAFT
    since = f"（{wareki(plan.suspended_on)}から）" if plan.suspended_on else ""
    unasked = state is PlanState.SUSPENDED and steering.may_ask(plan)
    return chips(
        (f"{state.label}{since}", tone_of(plan)),
        ("署名あり", "good") if plan.signed_on else ("署名なし", "plain"),
        ("支援決定あり", "good") if plan.decided_on else ("", ""),
        ("事後承認", "strong") if steering.is_approved_after(plan) else ("", ""),
        ("返事待ちの機関あり", "strong") if unasked else ("", ""),
    )


def act_entry(session: Session, act: str, plan: SupportPlan, done: Any) -> Entry:
    """Open what is noted of a plan; ``done`` gets what to say and to look at."""
    title = f"{TITLES[act]}（{plan.sequence}回目のプラン）"
    sheet = _sheet(session, act, plan, title)
    register = _REGISTERS[act]

    def step(records: Records, _allowed: Any) -> None:
        remarks = register(session, records["plan"])
        done(f"{plan.sequence}回目のプラン: {_SAID[act]}", remarks)

    return Entry(session, {"plan": sheet}, step, words="登録")


def _sheet(session: Session, act: str, plan: SupportPlan, title: str) -> Sheet:
    key = f"{act}-{plan.id}"
    if act in _BOXES:
        left_out = names_of(SupportPlan) - _BOXES[act]
        return Sheet(form=SupportPlan, key=key, record=plan, title=title, without=left_out)
    asked: Form = plan_answers.sheet_of(session, plan, breaks_off=act == SUSPEND)
    return Sheet(form=type(asked), key=key, record=asked, title=title)


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


_REGISTERS: dict[str, Callable[[Session, Any], list[Problem]]] = {
    SIGN: _sign,
    DECIDE: _decide,
    SUSPEND: plan_answers.suspend,
    ASK: plan_answers.ask,
}


def breaks_off(session: Session, case_id: int) -> tuple[str, Any] | None:
    """Tell where 「プランを中断する」 of a case is: the page and what to show there, or None.

    For whoever hands over to it, as after a withdrawal: ``desk.open_page(*found)``.
    """
    agreed = session.store.find(SupportPlan, case_id=case_id, state=PlanState.AGREED.value)
    return ("プラン", (case_id, agreed[-1].id, SUSPEND)) if agreed else None
