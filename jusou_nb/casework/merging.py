"""統合: two households, or two cases, become one on a worker's word; and back again."""

from dataclasses import dataclass

from jusou_nb import values
from jusou_nb.casework.merge_preview import (
    MergePlan,
    Same,
    Takes,
    plan_cases,
    plan_households,
    same_people,
)
from jusou_nb.checks import empty
from jusou_nb.errors import Invalid
from jusou_nb.fields import Form, items
from jusou_nb.problems import Override, Problem, settle
from jusou_nb.store import Store, merges, merging, unmerging


@dataclass(frozen=True, kw_only=True)
class Merged:
    """What was made one: the number of the merge, the record that stays, what to look at."""

    merge_id: int
    record: Form
    remarks: tuple[Problem, ...] = ()


def merge_households(
    store: Store,
    kept_id: int,
    gone_id: int,
    *,
    reason: str,
    same: Same | None = None,
    takes: Takes | None = None,
    overrides: tuple[Override, ...] = (),
) -> Merged:
    """Make one household of two; all that hangs on the other goes over, papers stay as made.

    Raises:
        Invalid: No reason.
        NotAllowed: They are one already; or one hides somebody whom the other seeks, and the
            chief has not allowed it.
        NotFound: One of them is not there any more.
    """
    with store.transaction():
        chosen = same_people(store, kept_id, gone_id) if same is None else same
        plan = plan_households(store, kept_id, gone_id, chosen, takes or {})
        return _merge(store, plan, reason, overrides)


def merge_cases(
    store: Store,
    kept_id: int,
    gone_id: int,
    *,
    reason: str,
    takes: Takes | None = None,
    overrides: tuple[Override, ...] = (),
) -> Merged:
    """Make one case of two of the same person.

    Raises:
        Invalid: No reason.
        NotAllowed: They are of two people or households, both have a plan in force, or the one
            to stay has ended.
        NotFound: One of them is not there any more.
    """
    with store.transaction():
        return _merge(store, plan_cases(store, kept_id, gone_id, takes or {}), reason, overrides)


def undo_merge(store: Store, merge_id: int, *, reason: str) -> tuple[str, ...]:
    """統合を元に戻す; give what was changed since and stays as it is, in words.

    Raises:
        Invalid: No reason.
        NotAllowed: It cannot be told any more what belongs to which of the two.
    """
    if not reason.strip():
        raise Invalid([empty("reason", "元に戻す理由")])
    return unmerging.undo(store, merge_id, reason=reason)


def tell_apart(store: Store, one: int, other: int) -> None:
    """別の人です: remember it of two persons, so that nobody is asked again."""
    merges.tell_apart(store, one, other)


def _merge(store: Store, plan: MergePlan, reason: str, overrides: tuple[Override, ...]) -> Merged:
    if not reason.strip():
        raise Invalid([empty("reason", "統合の理由")])
    remarks = settle(plan.problems, overrides)
    boxes = {
        (new.table, new.id or 0): {
            box.name: values.to_column(box, getattr(new, box.name)) for box in items(type(new))
        }
        for _, _, new in plan.joined
    }
    stays = (plan.kept.table, plan.kept.id or 0)
    merge_id = merging.apply(
        store, plan.pairs, boxes, kept=stays, gone=plan.gone.id or 0, reason=reason
    )
    record = store.load(type(plan.kept), plan.kept.id or 0)
    store.log_overrides(record, list(plan.problems), overrides)
    return Merged(merge_id=merge_id, record=record, remarks=tuple(remarks))
