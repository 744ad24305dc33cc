"""The bar of tabs: arrow keys move, screen readers hear which is chosen."""

from collections.abc import Callable, Sequence

import anywidget
import traitlets

from jusou_nb.widgets.parts import HERE, STYLE, Drawings

_SHEETS = ("desk.css", "sitting.css")


class Tabs(anywidget.AnyWidget):  # type: ignore[misc] # anywidget carries no types
    """Names of the pages, of which one is open."""

    _esm = HERE / "tabs.js"
    # The desk shows buttons before any form is open, so it brings their style sheet along.
    _css = "\n".join([STYLE, *((HERE / name).read_text(encoding="utf-8") for name in _SHEETS)])
    label = traitlets.Unicode().tag(sync=True)
    names = traitlets.List(traitlets.Unicode()).tag(sync=True)
    chosen = traitlets.Int(0).tag(sync=True)
    rises = traitlets.Int(0).tag(sync=True)
    told = traitlets.Int(0).tag(sync=True)

    def __init__(self, label: str, names: Sequence[str], choose: Callable[[int], None]) -> None:
        """Name the tabs; ``choose`` gets the place of the one that was opened."""
        super().__init__(label=label, names=list(names))
        self.drawings = Drawings()
        self.observe(lambda change: choose(change["new"]), names="chosen")

    def rise(self) -> None:
        """Bring the top of the desk into view: another page was opened."""
        self.rises += 1

    def tell(self) -> None:
        """Tell the page around the desk that there is news: a record was saved."""
        self.told += 1
