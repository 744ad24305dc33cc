"""Small charts for paper: black on white, the same bytes from the same figures."""

import base64
import io
from collections.abc import Sequence

import matplotlib as mpl
import matplotlib_fontja  # noqa: F401 - registers the Japanese font it carries
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator


def month_bars(labels: Sequence[str], figures: Sequence[int | None], current: int) -> str:
    """Draw a bar a month as a ``data:`` address; None is a month still to come.

    ``current`` is the place of the reported month, which stands out.
    """
    with mpl.rc_context():
        # What another chart set before must not show in this one.
        mpl.rcdefaults()
        mpl.rc("font", family="IPAexGothic", size=8.0)
        mpl.rc("svg", hashsalt="jusou_nb", fonttype="path")
        mpl.rc("axes", linewidth=0.6)
        figure = Figure(figsize=(6.9, 1.55), layout="constrained")
        FigureCanvasSVG(figure)
        axes = figure.add_subplot()
        heights = [value or 0 for value in figures]
        shades = ["#333333" if n == current else "#b3b3b3" for n in range(len(labels))]
        axes.bar(range(len(labels)), heights, color=shades, edgecolor="#333333", linewidth=0.6)
        for place, value in enumerate(figures):
            if value is not None:
                axes.annotate(str(value), (place, value), ha="center", va="bottom")
        axes.set_xticks(range(len(labels)), labels)
        axes.set_ylim(0, max(5, max(heights) * 1.2))
        axes.yaxis.set_major_locator(MaxNLocator(nbins=4, integer=True))
        axes.spines[["top", "right"]].set_visible(False)
        out = io.BytesIO()
        figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
    return f"data:image/svg+xml;base64,{base64.b64encode(out.getvalue()).decode()}"
