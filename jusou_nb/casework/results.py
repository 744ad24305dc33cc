"""決まったことを追う: 済んだか、持ち帰りの返事が来たか、事後に承認されたか。"""

from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from jusou_nb.errors import NotFound
from jusou_nb.fields import Form
from jusou_nb.forms import AgendaItem, Agreement, Decision, DirectionRow
from jusou_nb.forms.conference import AgreementAnswer, Outcome
from jusou_nb.problems import Override, settle
from jusou_nb.rules import results as rules
from jusou_nb.store import Store, sittings

R = TypeVar("R", Decision, DirectionRow, Agreement)


def finish_decision(
    store: Store, decision: Decision, *, on: date, progress: str = ""
) -> AgendaItem:
    """Record that a decision of a sitting is done; it leaves the list of what is due."""
    done = replace(decision, done_on=on, progress=progress or decision.progress)
    return _keep(store, "decisions", decision, done)


def finish_direction(
    store: Store, row: DirectionRow, *, on: date, progress: str = ""
) -> AgendaItem:
    """Record that a row of the 支援方針・役割分担表 is done."""
    done = replace(row, done_on=on, progress=progress or row.progress)
    return _keep(store, "directions", row, done)


def review_direction(
    store: Store, row: DirectionRow, *, review_on: date, progress: str
) -> AgendaItem:
    """Record how a row of the 支援方針・役割分担表 goes, and when it is looked at next."""
    return _keep(store, "directions", row, replace(row, review_on=review_on, progress=progress))


def answer_agreement(
    store: Store, agreement: Agreement, answer: AgreementAnswer, *, on: date, condition: str = ""
) -> AgendaItem:
    """Record what an agency answered that had taken the question back."""
    said = replace(
        agreement, answer=answer, answered_on=on, condition=condition or agreement.condition
    )
    return _keep(store, "agreements", agreement, said)


def _keep(store: Store, table: str, row: R, changed: R) -> AgendaItem:
    """Save one row of an item, read anew: others may have written beside it meanwhile."""
    with store.transaction():
        item = store.load(AgendaItem, _item_of(store, row))
        rows = tuple(changed if r.id == row.id else r for r in getattr(item, table))
        changes: dict[str, Any] = {table: rows}
        return store.save(replace(item, **changes))


def _item_of(store: Store, row: Form) -> int:
    item_id = sittings.item_of(store, row)
    if item_id is None:
        raise NotFound(f"「{row.title}」のこの行が見つかりません。画面を開き直してください")
    return item_id


def approve_after(
    store: Store, item: AgendaItem, *, on: date, overrides: tuple[Override, ...] = ()
) -> AgendaItem:
    """事後承認: the sitting approves what was done before it met.

    Raises:
        NotAllowed: The item is no 事後報告, or the sitting sent it back.
    """
    with store.transaction():
        fresh = store.load(AgendaItem, item.id or 0)
        problems = rules.may_approve_after(fresh)
        settle(problems, overrides)
        said = fresh.outcome or Outcome.AGREED
        saved = store.save(replace(fresh, approved_after_on=on, outcome=said))
        store.log_overrides(saved, problems, overrides)
    return saved
