"""The head of the desk: whose it is, the day, who works, which file; help and one's own name."""

from collections.abc import Callable, Sequence
from typing import Any

import anywidget
import traitlets

from jusou_nb.dates import wareki
from jusou_nb.widgets.parts import esm
from jusou_nb.widgets.session import Session
from jusou_nb.widgets.start_worker import SHORT as MYSELF

HELP = "使い方の案内"


class Header(anywidget.AnyWidget):  # type: ignore[misc] # anywidget carries no types
    """The facts of the desk, and what is pressed at any time; one model for all of it."""

    _esm = esm("dom.js", "start_header.js")
    who = traitlets.Unicode().tag(sync=True)
    facts = traitlets.List().tag(sync=True)
    words = traitlets.List(traitlets.Unicode()).tag(sync=True)

    def __init__(
        self, session: Session, tour: Callable[[], None], myself: Callable[[], None]
    ) -> None:
        """Show the facts; ``tour`` and ``myself`` are what the two buttons do."""
        super().__init__(words=[HELP, MYSELF])
        self._session, self._acts = session, (tour, myself)
        self.add_class("jusou-header")
        self.on_msg(self._heard)
        self.refresh()

    def refresh(self) -> None:
        """Show the facts as they are now."""
        store = self._session.store
        self.who = f"{store.profile.municipality}　{store.profile.office}"
        self.facts = [
            ["今日", wareki(self._session.today)],
            ["担当", store.worker_name()],
            ["業務ファイル", store.name],
        ]

    def press(self, place: int) -> None:
        """Press one of the buttons."""
        self._acts[place]()

    def _heard(self, _widget: Any, content: Any, _buffers: Sequence[Any]) -> None:
        if isinstance(content, dict) and content.get("press") in range(len(self._acts)):
            self.press(content["press"])
