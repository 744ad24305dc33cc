"""What a page is made of besides boxes: headings, buttons, row heads, the summary of problems.

All of them, and :class:`jusou_nb.widgets.controls.Box`, are drawn by ``controls.js``.
"""

import hashlib
import secrets
from collections.abc import Callable, Iterable
from importlib import resources
from pathlib import Path
from typing import Any

import anywidget
import ipywidgets
import traitlets as t

HERE = Path(__file__).parent
_TOKENS = resources.files("jusou_nb.documents") / "nbconvert/jusou/static/tokens.css"
STYLE = f"{_TOKENS.read_text('utf-8')}\n{(HERE / 'style.css').read_text('utf-8')}"
"""The style sheet of all parts; one model a page carries it as ``_css``."""


def esm(*names: str) -> str:
    """Put scripts of this folder one after the other; only the last one exports.

    ``esm("server.js", "mine.js")`` gives ``mine.js`` the function ``askServer``.
    """
    return "\n".join((HERE / name).read_text(encoding="utf-8") for name in names)


_SCRIPT = esm("dom.js", "writing.js", "controls.js")
_MARK = hashlib.sha256(_SCRIPT.encode()).hexdigest()[:12]
_PLACE = f"""const place = (globalThis[Symbol.for("jusou-{_MARK}")] ??= (() => {{
  const made = {{}};
  made.drawn = new Promise((tell) => {{ made.tell = tell; }});
  return made;
}})());
"""
WHOLE = f"{_SCRIPT}\n{_PLACE}place.tell(render);\n"
"""What draws all parts: one model of a desk and the head of each form carry it, the others
wait for it (``labextension/src/parts.ts``)."""
_MODULE, _VERSION = "jusou-nb", "1.0.0"
"""What JupyterLab's side calls the parts, and the version of what they say to each other."""


class Drawings(anywidget.AnyWidget):  # type: ignore[misc] # the library is untyped
    """Brings what draws all parts to a page that shows buttons before any form; never shown."""

    _esm = WHOLE


class Bare(ipywidgets.DOMWidget):  # type: ignore[misc] # the library is untyped
    """What the style sheet alone lays out: a model each for that would double their number."""

    layout = t.Instance(ipywidgets.Layout, allow_none=True).tag(
        sync=True, **ipywidgets.widget_serialization
    )


class Part(Bare):
    """Anything that ``controls.js`` draws. ``kind`` says which of its drawings."""

    _model_name = t.Unicode("PartModel").tag(sync=True)
    _model_module = t.Unicode(_MODULE).tag(sync=True)
    _model_module_version = t.Unicode(_VERSION).tag(sync=True)
    _view_name = t.Unicode("PartView").tag(sync=True)
    _view_module = t.Unicode(_MODULE).tag(sync=True)
    _view_module_version = t.Unicode(_VERSION).tag(sync=True)

    drawn_by = t.Unicode(_MARK).tag(sync=True)
    kind = t.Unicode().tag(sync=True)
    anchor = t.Unicode().tag(sync=True)
    label = t.Unicode().tag(sync=True)
    support = t.Unicode().tag(sync=True)
    hidden = t.Bool(default_value=False).tag(sync=True)
    wide = t.Bool(default_value=False).tag(sync=True)
    reported = t.Bool(default_value=False).tag(sync=True)
    readonly = t.Bool(default_value=False).tag(sync=True)
    focus_count = t.Int(0).tag(sync=True)

    def __init__(self, kind: str, label: str, **state: Any) -> None:
        """Draw ``kind`` with this label; ``state`` sets further traits."""
        super().__init__(kind=kind, label=label, anchor=f"jusou-{secrets.token_hex(4)}", **state)

    def focus(self) -> None:
        """Put the keyboard here."""
        self.focus_count += 1


class Heading(Part):
    """The ruled heading of a section."""

    def __init__(self, label: str, **state: Any) -> None:
        """Write this heading."""
        super().__init__("heading", label, wide=True, **state)


class Press(Part):
    """A button. ``look`` is ``filled`` (one a view), ``outlined`` or ``text``.

    ``about`` is what a screen reader says instead of the label, where the label alone
    would not tell which row is meant.
    """

    look = t.Unicode("outlined").tag(sync=True)
    about = t.Unicode().tag(sync=True)

    def __init__(self, label: str, *, kind: str = "press", **state: Any) -> None:
        """Write ``label`` on the button."""
        super().__init__(kind, label, **state)
        self._handlers: list[Callable[[], None]] = []
        self.on_msg(lambda _widget, content, _buffers: self._hear(content))

    def on_click(self, handler: Callable[[], None]) -> None:
        """Do this at each press."""
        self._handlers.append(handler)

    def click(self) -> None:
        """Press it."""
        for handler in self._handlers:
            handler()

    def _hear(self, content: dict[str, Any]) -> None:
        if content.get("event") == "press" and not self.readonly:
            self.click()


class RowHead(Press):
    """The number of a repeating row and its delete button.

    ``gone`` turns it into the way back; ``closed`` adds a button that opens the row. Either
    way ``support`` tells in one line which row it is.
    """

    gone = t.Bool(default_value=False).tag(sync=True)
    closed = t.Bool(default_value=False).tag(sync=True)

    def __init__(self, label: str, **state: Any) -> None:
        """Call the row ``label``."""
        super().__init__(label, kind="row", wide=True, **state)
        self._unfolders: list[Callable[[], None]] = []

    def on_unfold(self, handler: Callable[[], None]) -> None:
        """Do this when the row is opened."""
        self._unfolders.append(handler)

    def unfold(self) -> None:
        """Open the row."""
        for handler in self._unfolders:
            handler()

    def _hear(self, content: dict[str, Any]) -> None:
        super()._hear(content)
        if content.get("event") == "unfold":
            self.unfold()


class Summary(anywidget.AnyWidget, Part):  # type: ignore[misc] # as above
    """The head of a form: its title, and all problems in one banner that takes the focus.

    It carries the style sheet of all parts, so that this long text travels once a form.
    """

    _esm = WHOLE
    _css = STYLE

    problems = t.List(t.Dict()).tag(sync=True)

    def __init__(self, label: str = "", **state: Any) -> None:
        """Head a form with ``label``, or with nothing."""
        super().__init__("summary", label, wide=True, **state)

    def tell(self, lines: Iterable[tuple[str, str]]) -> None:
        """Show lines of (text, anchor of the box it is about or ""); none clears."""
        self.problems = [{"text": text, "anchor": anchor} for text, anchor in lines]


def put_away(*parts: Any) -> None:
    """Close widgets and all within them, so that the page stays light."""
    for part in parts:
        put_away(*getattr(part, "children", ()))
        for held in (getattr(part, name, None) for name in ("layout", "style")):
            if isinstance(held, ipywidgets.Widget):
                held.close()
        part.close()
