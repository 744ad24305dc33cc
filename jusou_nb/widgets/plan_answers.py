"""プランの中断と、続けるかの返事: one question for each agency that has a part in a plan."""

from dataclasses import make_dataclass, replace
from datetime import date
from functools import cache
from typing import Any

from jusou_nb import casework
from jusou_nb.choices import NOT_PERSONAL, OFFICE
from jusou_nb.fields import Form, Stage, item
from jusou_nb.forms import SupportPlan
from jusou_nb.forms.plan import DoerKind
from jusou_nb.problems import Problem
from jusou_nb.widgets.session import Session

_ASKED = "各機関は自分の役割を続けるか（聞いていないところは未確認のまま）"
_BREAK = "プランの中断"


def sheet_of(session: Session, plan: SupportPlan, *, breaks_off: bool) -> Form:
    """Lay out the questions of a plan, filled with what is known; ``breaks_off``: and why."""
    agencies = session.store.lexicon().refs["agencies"]
    asked = [row for row in plan.roles if row.doer is DoerKind.AGENCY]
    lines = tuple(
        (row.id or 0, f"{agencies.get(row.agency or 0, '')}：{row.what}") for row in asked
    )
    form = _form(lines, breaks_off)
    known: dict[str, Any] = {_name(row.id or 0): row.goes_on for row in asked}
    if breaks_off:
        known["suspended_on"] = session.today
    return form(id=plan.id, version=plan.version, **known)


def _name(row_id: int) -> str:
    return f"role_{row_id}"


def _day() -> Any:
    return item("中断した日", section=_BREAK, scope=NOT_PERSONAL, required_at=Stage.DRAFT)


def _reason() -> Any:
    return item(
        "中断の理由",
        section=_BREAK,
        scope=OFFICE,
        lines=2,
        required_at=Stage.DRAFT,
        help="例 同意の撤回",
    )


@cache
def _form(lines: tuple[tuple[int, str], ...], breaks_off: bool) -> type[Form]:  # noqa: FBT001 - a key of the cache
    boxes: list[tuple[str, Any, Any]] = []
    if breaks_off:
        boxes.append(("suspended_on", date | None, _day()))
        boxes.append(("suspended_because", str | None, _reason()))
    boxes += [
        (_name(id_), bool | None, item(said, section=_ASKED, scope=NOT_PERSONAL))
        for id_, said in lines
    ]
    table = {"table": SupportPlan.table, "title": SupportPlan.title}
    made: Any = make_dataclass(
        "PlanAnswers", boxes, bases=(Form,), namespace=table, frozen=True, kw_only=True
    )
    return made  # type: ignore[no-any-return] # make_dataclass gives a bare type


def _answered(session: Session, written: Any) -> SupportPlan:
    plan = session.store.load(SupportPlan, written.id)
    rows = tuple(
        replace(row, goes_on=getattr(written, _name(row.id or 0), row.goes_on))
        for row in plan.roles
    )
    return replace(plan, version=written.version, roles=rows)


def suspend(session: Session, written: Any) -> list[Problem]:
    """プランを中断する, with what the agencies have answered so far."""
    plan = _answered(session, written)
    on, because = written.suspended_on, written.suspended_because or ""
    return casework.suspend_plan(session.store, plan, on=on, reason=because)[1]


def ask(session: Session, written: Any) -> list[Problem]:
    """続けるかの返事を記録."""
    return casework.answer_roles(session.store, _answered(session, written))[1]
