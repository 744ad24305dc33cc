"""Two workers changed the same record: both texts, box by box, and nothing lost."""

from collections.abc import Callable
from dataclasses import replace
from html import escape
from typing import TypeVar

import ipywidgets

from jusou_nb.errors import Conflict
from jusou_nb.fields import Form
from jusou_nb.widgets.messages import Banner, MessageKind
from jusou_nb.widgets.session import markup, names_of

F = TypeVar("F", bound=Form)


def merged(base: F, mine: F, theirs: F) -> F:
    """Put together what each worker changed; where both changed a box, mine stays."""
    names = names_of(type(mine))
    changed = {n: getattr(mine, n) for n in names if getattr(mine, n) != getattr(base, n)}
    return replace(theirs, **changed)


class ConflictView(ipywidgets.VBox):  # type: ignore[misc] # ipywidgets carries no types
    """Shows a conflict and lets the worker go on with the own text or with the saved one."""

    def __init__(
        self, fault: Conflict, keep_mine: Callable[[], None], take_theirs: Callable[[], None]
    ) -> None:
        """Take the conflict, and what each of the two ways on does."""
        self.banner = Banner()
        actions = [
            ("自分が直した欄を残して登録する", keep_mine),
            ("ほかの人の内容に置き換える", take_theirs),
        ]
        self.banner.show(MessageKind.WARNING, f"{fault}。", actions=actions)
        super().__init__([self.banner, markup(_table(fault))])
        self.add_class("jusou-conflict")


def _table(fault: Conflict) -> str:
    rows = "".join(
        f"<tr><th scope='row'>{escape(label)}</th>{_text(theirs)}{_text(mine)}</tr>"
        for label, (theirs, mine) in fault.differences.items()
    )
    return (
        "<table class='jusou-table'><caption>違っている欄</caption><thead><tr>"
        "<th scope='col'>欄</th><th scope='col'>ほかの人が保存した内容</th>"
        f"<th scope='col'>あなたの内容</th></tr></thead><tbody>{rows}</tbody></table>"
    )


def _text(text: str) -> str:
    return f"<td>{escape(text).replace(chr(10), '<br>') or '（空）'}</td>"
