"""？この用紙について: what a form is for, when, what 登録 does, the law, and its boxes."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import anywidget
import traitlets

from jusou_nb.fields import Form, Stage, children, items
from jusou_nb.widgets.parts import HERE, esm

WORDS = "？この用紙について"
_HEADINGS = {"about": "何のため", "when": "いつ", "then": "登録すると", "law": "よりどころ"}


@dataclass(frozen=True, kw_only=True)
class FormHelp:
    """The text of a form, under the four headings."""

    about: str
    when: str
    then: str
    law: str = ""


@cache
def texts() -> Mapping[str, FormHelp]:
    """Give every text by the table of its form, or by the class of a form without one."""
    raw = tomllib.loads((HERE / "help.toml").read_text(encoding="utf-8"))
    return {name: FormHelp(**row) for name, row in raw.items()}


def help_of(form: type[Form]) -> FormHelp | None:
    """Find the text of a form."""
    return texts().get(form.table or form.__name__) or texts().get(form.__name__)


class Help(anywidget.AnyWidget):  # type: ignore[misc] # anywidget carries no types
    """The text of a form, folded away until it is asked for; one model, no word to the kernel."""

    _esm = esm("dom.js", "help.js")
    _css = HERE / "help.css"
    words = traitlets.Unicode(WORDS).tag(sync=True)
    lines = traitlets.List().tag(sync=True)
    boxes = traitlets.List().tag(sync=True)

    def __init__(self, form: type[Form], text: FormHelp) -> None:
        """Show the text of a form."""
        said = [[head, getattr(text, name)] for name, head in _HEADINGS.items()]
        needed = needed_of(form)
        asked = [["登録に要る欄", "、".join(needed)]] if needed else []
        lines = [pair for pair in [*said, *asked] if pair[1]]
        wide = ("jusou-part", "jusou-wide")
        super().__init__(lines=lines, boxes=boxes_of(form), _dom_classes=wide)


def needed_of(form: type[Form]) -> list[str]:
    """Name the boxes that 登録 needs."""
    return [box.label for box in items(form) if box.required_at is Stage.DRAFT]


def boxes_of(form: type[Form]) -> list[list[str]]:
    """Give each box that has a text of its own with that text, rows included."""
    forms = [form, *(table.form for table in children(form))]
    return [[box.label, box.help] for each in forms for box in items(each) if box.help]


def help_for(form: type[Form]) -> list[Help]:
    """Give the help of a form, to stand under its title; nothing where it has no text."""
    text = help_of(form)
    return [Help(form, text)] if text else []
