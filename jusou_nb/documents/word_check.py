"""Reads what stands in the braces of a Word template, before anything is filled in.

Only names, ``for`` and ``if`` are let through: no call, no arithmetic, no attribute of Python.
What is wrong is told in one line, with the nearest name that there is.
"""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from jinja2 import nodes

from jusou_nb.documents.word_slots import Slot, Slots, Table
from jusou_nb.errors import TemplateError

_PLAIN = (
    nodes.Output, nodes.TemplateData, nodes.If, nodes.CondExpr, nodes.Not,
    nodes.And, nodes.Or, nodes.Compare, nodes.Operand, nodes.Const, nodes.Concat,
)  # fmt: skip
_FILTERS = frozenset({"default", "length", "first", "last"})
_LOOP = Table("loop", "", (Slot("index", ""), Slot("first", ""), Slot("last", ""),
                           Slot("length", "")))  # fmt: skip
Scope = Mapping[str, Slot | Table]


def scope_of(slots: Slots) -> dict[str, Slot | Table]:
    """Give slots by name."""
    return {slot.name: slot for slot in slots}


def check(tree: nodes.Template, slots: Slots) -> None:
    """Go through a parsed template.

    Raises:
        TemplateError: It uses a name that there is not, or does more than fill in names.
    """
    for child in tree.iter_child_nodes():
        _check(child, scope_of(slots))


def _check(node: nodes.Node, scope: Scope) -> None:
    if isinstance(node, nodes.For):
        _check_loop(node, scope)
    elif isinstance(node, (nodes.Name, nodes.Getattr)):
        _resolve(node, scope)
    elif isinstance(node, nodes.Filter) and node.name in _FILTERS:
        _check_all(node.iter_child_nodes(), scope)
    elif isinstance(node, _PLAIN):
        if isinstance(node, nodes.Output):
            _refuse_tables(node, scope)
        _check_all(node.iter_child_nodes(), scope)
    else:
        raise TemplateError(f"様式に書けない命令があります（{_said(node)}）。{_REMEDY}")


_REMEDY = "書けるのは {{ 名前 }} と {% for %} と {% if %} だけです"


def _said(node: nodes.Node) -> str:
    name = getattr(node, "name", None)
    return name if isinstance(name, str) else type(node).__name__


def _check_all(found: Iterator[nodes.Node], scope: Scope) -> None:
    for node in found:
        _check(node, scope)


def _refuse_tables(node: nodes.Output, scope: Scope) -> None:
    for child in node.nodes:
        if isinstance(child, (nodes.Name, nodes.Getattr)) and isinstance(
            _resolve(child, scope), Table
        ):
            name = _path(child)
            instead = f"{{% for 行 in {name} %}} で書いてください"
            raise TemplateError(f"様式の {{{{ {name} }}}} は行のある表です。{instead}")


def _check_loop(node: nodes.For, scope: Scope) -> None:
    table = _resolve(node.iter, scope)
    if not isinstance(table, Table) or not isinstance(node.target, nodes.Name):
        raise TemplateError(
            f"様式の {{% for … in {_path(node.iter)} %}} は書けません。"
            f"「{_path(node.iter)}」は行のある表ではありません"
        )
    # A row is a table without rows: a name that has names of its own.
    row = Table(node.target.name, "", table.slots)
    inner = {**scope, node.target.name: row, "loop": _LOOP}
    if node.test is not None:
        _check(node.test, inner)
    for child in (*node.body, *node.else_):
        _check(child, inner)


def _resolve(node: nodes.Node, scope: Scope) -> Slot | Table:
    """Find what a name, or a name after a dot, stands for."""
    if isinstance(node, nodes.Name):
        return _known(node.name, scope, "")
    if isinstance(node, nodes.Getattr):
        owner = _resolve(node.node, scope)
        inner = scope_of(owner.slots) if isinstance(owner, Table) else {}
        return _known(node.attr, inner, f"{_path(node.node)}.")
    raise TemplateError(f"様式に書けない命令があります（{_said(node)}）。{_REMEDY}")


def _known(name: str, scope: Scope, before: str) -> Slot | Table:
    if name in scope:
        return scope[name]
    near = get_close_matches(name, scope, n=1, cutoff=0.0)
    meant = f"「{before}{near[0]}」のまちがいではありませんか。" if near else ""
    raise TemplateError(
        f"様式の {{{{ {before}{name} }}}} という名前はありません。{meant}"
        "使える名前は手引きの「Word の様式」にあります"
    )


def _path(node: nodes.Node) -> str:
    if isinstance(node, nodes.Getattr):
        return f"{_path(node.node)}.{node.attr}"
    return node.name if isinstance(node, nodes.Name) else "…"
