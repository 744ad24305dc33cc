"""What an item has given out so far, shown above what is typed during the sitting."""

from html import escape
from typing import Any

from jusou_nb.casework import minutes
from jusou_nb.dates import wareki
from jusou_nb.fields import Form
from jusou_nb.forms import AgendaItem
from jusou_nb.widgets.session import Session, markup


def given_out(session: Session, item: AgendaItem) -> list[Any]:
    """List the roles of the plan at hand, the directions and the decisions, one line each."""
    plan = minutes.plan_at_hand(session.store, item)
    found = {
        "プラン案の役割分担": plan.roles if plan else (),
        "支援方針・役割分担": item.directions,
        "決定事項": item.decisions,
    }
    return [_listed(session, words, rows) for words, rows in found.items() if rows]


def _listed(session: Session, words: str, rows: tuple[Any, ...]) -> Any:
    names = session.store.lexicon().refs["agencies"]
    lines = "".join(f"<li>{escape(_line(row, names))}</li>" for row in rows)
    told = f"<p><b>すでにある{escape(words)}</b></p><ul class='jusou-told'>{lines}</ul>"
    return markup(told)


def _line(row: Form, names: Any) -> str:
    agency = names.get(getattr(row, "agency", None), "")
    doer = getattr(row, "doer", None)
    other = getattr(row, "other_doer", None) or (doer.label if doer and not agency else "")
    due = getattr(row, "due_on", None)
    parts = (agency or other, getattr(row, "what", None), f"{wareki(due)}まで" if due else "")
    return "　".join(part for part in parts if part)
