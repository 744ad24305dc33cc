"""Carries what is being typed from the browser to the server, past the kernel.

The kernel may be busy or dead; the browser and the server still keep every letter.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import anywidget
import traitlets as t

from jusou_nb.widgets.parts import esm

if TYPE_CHECKING:
    from jusou_nb.widgets.form import FormView


class Courier(anywidget.AnyWidget):  # type: ignore[misc] # anywidget carries no types
    """Stands in the bar of a sheet, says when the draft was kept, and keeps it.

    Attributes:
        store: The store's path; empty where it has none, and the kernel keeps the drafts.
        opening: The token of this opening of the sheet.
        sheets: Of each form: table, key, its ``plan``, and what it held before typing.
        settled: Rises when the desk itself has filled the boxes, which is no typing.
        served: Said by the browser: a server keeps the drafts.
        said: What the kernel says while it keeps them.
    """

    _esm = esm("server.js", "courier.js")

    store = t.Unicode().tag(sync=True)
    opening = t.Unicode().tag(sync=True)
    sheets = t.List(t.Dict()).tag(sync=True)
    settled = t.Int(0).tag(sync=True)
    served = t.Bool(default_value=False).tag(sync=True)
    said = t.Unicode("書いたことは、1秒ほどで下書きに残ります").tag(sync=True)

    def follow(self, forms: "Mapping[str, FormView]") -> None:
        """Name the boxes as they are drawn now; rows may have come or gone."""
        self.sheets = [
            {"form": view.form.table, "key": view.key, "base": view.base, **view.plan()}
            for view in forms.values()
        ]

    def settle(self, opening: str) -> None:
        """Begin anew: what stands in the boxes now was put there by the desk."""
        with self.hold_sync():
            self.opening = opening
            self.settled += 1
