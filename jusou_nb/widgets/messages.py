"""Messages in the flow of the page, read out by screen readers; no pop-ups."""

from collections.abc import Callable, Iterable, Sequence

import anywidget
import ipywidgets
import traitlets

from jusou_nb.choices import Choice
from jusou_nb.errors import JusouError
from jusou_nb.problems import Problem, Strength
from jusou_nb.widgets.parts import HERE, Press, put_away

Action = tuple[str, Callable[[], None]]
"""The words on a button, and what it does."""


class MessageKind(Choice):
    """What a message is; the word stands in it, the colour only helps."""

    SUCCESS = "success", "完了"
    ERROR = "error", "エラー"
    WARNING = "warning", "注意"
    INFORMATION = "information", "お知らせ"


class Notice(anywidget.AnyWidget):  # type: ignore[misc] # ipywidgets carries no types
    """The text of a message; ``calls`` rises when it is to take the focus."""

    _esm = HERE / "notice.js"
    kind = traitlets.Unicode(MessageKind.INFORMATION.value).tag(sync=True)
    word = traitlets.Unicode().tag(sync=True)
    title = traitlets.Unicode().tag(sync=True)
    lines = traitlets.List(traitlets.Unicode()).tag(sync=True)
    calls = traitlets.Int(0).tag(sync=True)


class Banner(ipywidgets.VBox):  # type: ignore[misc] # as above
    """A message with the buttons that lead on from it; empty until it is shown."""

    def __init__(self) -> None:
        """Start empty and out of sight."""
        self.notice = Notice()
        self.actions = ipywidgets.HBox()
        self.actions.add_class("jusou-actions")
        super().__init__([self.notice, self.actions])
        self.add_class("jusou-message")
        self.clear()

    def show(
        self,
        kind: MessageKind,
        title: str,
        lines: Iterable[str] = (),
        actions: Sequence[Action] = (),
        *,
        focus: bool = False,
    ) -> None:
        """Say something; what calls for an answer, or is to be seen now, takes the focus."""
        self.notice.kind, self.notice.word = kind.value, kind.label
        self.notice.title, self.notice.lines = title, list(lines)
        self._offer(actions)
        self.actions.layout.display = "" if actions else "none"
        self.layout.display = ""
        if focus or kind in (MessageKind.ERROR, MessageKind.WARNING):
            self.notice.calls += 1

    def fail(self, fault: JusouError, actions: Sequence[Action] = ()) -> None:
        """Say what went wrong, a line a problem."""
        problems: Sequence[Problem] = getattr(fault, "problems", ())
        if not problems:
            self.show(MessageKind.ERROR, str(fault), actions=actions)
            return
        forbidden = any(p.strength is Strength.FORBIDDEN for p in problems)
        kind = MessageKind.ERROR if forbidden else MessageKind.WARNING
        self.show(kind, "このままでは進められません。", problem_lines(problems), actions)

    def clear(self) -> None:
        """Take the message away."""
        self.notice.title, self.notice.lines = "", []
        self._offer(())
        self.layout.display = "none"

    def _offer(self, actions: Sequence[Action]) -> None:
        gone = self.actions.children
        self.actions.children = [button(words, do) for words, do in actions]
        put_away(*gone)

    @property
    def text(self) -> str:
        """All that it says, in one line."""
        return " ".join([self.notice.title, *self.notice.lines]).strip()


def problem_lines(problems: Iterable[Problem]) -> list[str]:
    """Write each problem with its strength and its remedy."""
    return [str(problem) for problem in problems]


def button(words: str, do: Callable[[], None], *, filled: bool = False) -> Press:
    """Make a button; one filled button a view, the others outlined."""
    made = Press(words, look="filled" if filled else "outlined")
    made.on_click(do)
    return made
