"""What the client page says after a step: what was done, what to look at, where it goes on."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from jusou_nb import casework
from jusou_nb.casework.consents import Withdrawn
from jusou_nb.casework.endings import Ended
from jusou_nb.casework.reports import Kept
from jusou_nb.forms import Case, Consent, Referral
from jusou_nb.forms.consent import ConsentState
from jusou_nb.forms.ending import Acceptance
from jusou_nb.forms.referral import AfterRefusal
from jusou_nb.problems import Problem
from jusou_nb.store import Store
from jusou_nb.widgets.after_entries import AFTER_REFUSAL, BACK
from jusou_nb.widgets.client_tasks import Task
from jusou_nb.widgets.messages import Action, Banner, MessageKind, problem_lines
from jusou_nb.widgets.record_view import Gone
from jusou_nb.widgets.support_entries import after_withdrawal

STOP_PLAN = "プランを中断する（役割ごとに続けるかを聞く）"


@dataclass(frozen=True)
class Said:
    """A message: its title, its lines, and the ways on."""

    title: str
    lines: Sequence[str] = ()
    actions: Sequence[Action] = field(default_factory=tuple)

    def show(self, banner: Banner) -> None:
        """Show it; what is to be looked at stands out."""
        kind = MessageKind.WARNING if self.lines else MessageKind.SUCCESS
        banner.show(kind, self.title, self.lines, self.actions, focus=True)


def said_of(
    store: Store, done: Any, open_task: Callable[[Task], None], stop_plan: Callable[[int], None]
) -> Said:
    """Say what came of a step.

    Args:
        store: The open store.
        done: What the verb gave back.
        open_task: Opens a further sheet of the page.
        stop_plan: Leads to where the plan of this id is suspended.
    """
    if isinstance(done, Withdrawn):
        return _withdrawn(done, stop_plan)
    if isinstance(done, Consent):
        return _consented(store, done)
    if isinstance(done, Referral):
        return _referred(store, done, open_task)
    if isinstance(done, AfterRefusal):
        return Said(f"次の一手（{done.label}）を登録しました。{AFTER_REFUSAL[done]}")
    return _plainly(done)


def _plainly(done: Any) -> Said:
    if isinstance(done, Gone):
        return Said(f"「{done.record.title}」を取り消しました。理由とともに一覧に残ります。")
    if isinstance(done, Ended):
        return _ended(done)
    if isinstance(done, Case):
        return Said(f"登録しました。ケースは「{done.status.label if done.status else ''}」です。")
    if isinstance(done, Kept):
        return _remarked(done.remarks)
    return _remarked(done[1]) if isinstance(done, tuple) else Said("登録しました。")


def _remarked(remarks: Sequence[Problem]) -> Said:
    return Said("登録しました。", problem_lines(remarks))


def _withdrawn(done: Withdrawn, stop_plan: Callable[[int], None]) -> Said:
    plans = [plan_id for plan_id, _ in done.roles]
    ways = [(STOP_PLAN, lambda: stop_plan(plans[0]))] if plans else []
    title = "撤回を記録しました。続けて、次のことを確かめてください。"
    return Said(title, list(after_withdrawal(done)), ways)


def _ended(done: Ended) -> Said:
    status = done.case.status.label if done.case.status else ""
    title = f"登録しました。ケースは「{status}」です。"
    if done.ending.acceptance is Acceptance.RETURNED:
        title = "差戻しを登録しました。ケースは引き続きこちらで担当します。"
    elif done.waits:
        title = "登録しました。主担当機関の返事を待っています（「受け入れの返事」で記録します）。"
    return Said(title, problem_lines(done.remarks))


def _consented(store: Store, done: Consent) -> Said:
    """Say of a consent what it still lacks: scope, paper, whoever else is to be heard."""
    if done.state is not ConsentState.GIVEN or done.stated_on is None:
        return Said("登録しました。")
    remarks = casework.consent_remarks(store, done.person_id or 0, done.stated_on)
    return Said("同意を記録しました。", problem_lines(remarks))


def _referred(store: Store, done: Referral, open_task: Callable[[Task], None]) -> Said:
    remarks = casework.answer_problems(store, done)
    ways = [("次の一手を決める", lambda: open_task((BACK, done.id or 0)))]
    return Said("登録しました。", problem_lines(remarks), ways if remarks else ())
