"""The bar that stays at the bottom of a sheet."""

from collections.abc import Callable
from typing import Any

import ipywidgets

from jusou_nb.widgets.messages import button


class Bar(ipywidgets.HBox):  # type: ignore[misc] # ipywidgets carries no types
    """Draft state, problems, and the one filled button."""

    def __init__(
        self, state: Any, words: str, press: Callable[[], None], show: Callable[[], None]
    ) -> None:
        """Name the filled button, what it does, and what the count leads to."""
        self.state = state
        self.problems = button("", show)
        self.go = button(words, press, filled=True)
        super().__init__([self.state, self.problems, self.go])
        self.add_class("jusou-bar")
        self.count(0)

    def count(self, number: int) -> None:
        """Say how many boxes are to be put right."""
        self.problems.label = f"直すところ {number}件"
        self.problems.hidden = not number
