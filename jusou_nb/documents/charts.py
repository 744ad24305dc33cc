"""Small charts for paper: black on white, the same bytes from the same figures.

Nothing is told by colour alone, and every bar has its number beside it. A hidden figure is a
hatched stump with an x, of one height whatever it hides; one that there is not has no bar.
"""

import base64
import io
from collections.abc import Callable, Sequence

import matplotlib as mpl
import matplotlib_fontja  # noqa: F401 - registers the Japanese font it carries
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from jusou_nb.documents.figures_table import Shown

_DARK, _LIGHT = "#333333", "#b3b3b3"
_PATTERNS = (
    ("#ffffff", ""), ("#b3b3b3", ""), ("#ffffff", "////"), ("#666666", ""), ("#ffffff", "...."),
    ("#e6e6e6", "\\\\\\\\"), ("#1a1a1a", ""), ("#ffffff", "+++"), ("#cccccc", "----"),
)  # fmt: skip
_HATCH = "xxxxxx"
_STUMP = 0.08
"""Height of the stump of a hidden figure, as a share of the greatest printed one."""
_INCH_A_LINE = 0.24
_RANKS = 15


def month_bars(labels: Sequence[str], figures: Sequence[int | None], current: int) -> str:
    """Draw a bar a month as a ``data:`` address; None is a month still to come.

    ``current`` is the place of the reported month, which stands out.
    """
    shown = [Shown(text="" if n is None else str(n), value=n) for n in figures]
    return bars(labels, shown, current)


def bars(labels: Sequence[str], figures: Sequence[Shown], current: int | None = None) -> str:
    """Draw standing bars (months, ages) as a ``data:`` address; one of them may stand out."""

    def paint(axes: Axes) -> None:
        stump = _most(figures, 5) * _STUMP
        heights = [stump if f.is_hidden else _length(f) for f in figures]
        shades = [_DARK if n == current else _LIGHT for n in range(len(labels))]
        drawn = axes.bar(range(len(labels)), heights, color=shades, edgecolor=_DARK, linewidth=0.6)
        for place, (bar, one, height) in enumerate(zip(drawn, figures, heights, strict=True)):
            if one.is_hidden:
                bar.set(facecolor="white", hatch=_HATCH, linestyle="--")
            axes.annotate(one.text, (place, height), ha="center", va="bottom")
        axes.set_xticks(range(len(labels)), list(labels))
        axes.set_ylim(0, max(5, _most(figures, 0) * 1.2))
        axes.yaxis.set_major_locator(MaxNLocator(nbins=4, integer=True))
        axes.spines[["top", "right"]].set_visible(False)

    return _drawn(1.55, paint)


def lying(labels: Sequence[str], figures: Sequence[Shown]) -> str:
    """Draw lying bars, for headings too long to stand side by side."""
    return _lying(labels, figures, is_centred=False)


def funnel(labels: Sequence[str], figures: Sequence[Shown]) -> str:
    """Draw the way from intake to end as bars about a middle line."""
    return _lying(labels, figures, is_centred=True)


def _lying(labels: Sequence[str], figures: Sequence[Shown], *, is_centred: bool) -> str:
    most = _most(figures, 1)

    def paint(axes: Axes) -> None:
        for place, one in enumerate(figures):
            width = most * _STUMP if one.is_hidden else _length(one)
            left = -width / 2 if is_centred else 0.0
            _piece(axes, place, (left, width), ("white", _HATCH) if one.is_hidden else (_LIGHT, ""))
            end = most / 2 if is_centred else width
            axes.annotate(one.text, (end + most * 0.01, place), ha="left", va="center")
        axes.set_xlim(-most * 0.52 if is_centred else 0, most * (0.62 if is_centred else 1.12))
        _lines(axes, labels)

    return _drawn(_INCH_A_LINE * len(labels) + 0.2, paint)


def ranking(
    labels: Sequence[str], totals: Sequence[Shown], shares: Sequence[Shown],
    bands: Sequence[str], parts: Sequence[Sequence[Shown]],
) -> str:  # fmt: skip
    """Draw the most frequent issues by how many cases have them, each by age band.

    Issues of which nothing or an x is printed stand in the table only: they have no rank. What
    of a bar is left over beside the printed bands is one hatched piece.

    Args:
        labels: The issues.
        totals: Cases with the issue.
        shares: Their share of all cases.
        bands: The age bands.
        parts: For each issue the cases of each band.
    """
    order = sorted(range(len(labels)), key=lambda n: -_length(totals[n]))[:_RANKS]
    order = [n for n in order if _length(totals[n]) > 0]
    most = _most(totals, 1)

    def paint(axes: Axes) -> None:
        for place, n in enumerate(order):
            _pieces(axes, place, totals[n], parts[n])
            text = totals[n].text + (f"（{shares[n].text}）" if shares[n].text else "")
            axes.annotate(text, (_length(totals[n]) + most * 0.01, place), va="center")
        axes.set_xlim(0, most * 1.18)
        _lines(axes, [labels[n] for n in order])
        _legend(axes, bands, is_open=any(p.is_hidden for n in order for p in parts[n]))

    return _drawn(_INCH_A_LINE * len(order) + 0.2, paint) if order else ""


def balance(labels: Sequence[str], figures: Sequence[Shown]) -> str:
    """Draw 繰越・新規・再開・終結・中断・期末現在 as steps that lead from the first to the last.

    Steps can only hang on one another while all are printed; else they stand on the ground.
    """
    if any(one.is_hidden or one.value is None for one in figures):
        return bars(labels, figures)

    def paint(axes: Axes) -> None:
        carried, new, reopened, closed, suspended, standing = (_length(f) for f in figures)
        full = carried + new + reopened
        feet = (0, carried, carried + new, full - closed, full - closed - suspended, 0)
        tops = (carried, carried + new, full, full, full - closed, standing)
        patterns = (_LIGHT, "white", "white", "white", "white", _DARK)
        hatches = ("", "", "", "////", "////", "")
        for place, (low, top) in enumerate(zip(feet, tops, strict=True)):
            axes.bar(place, top - low, bottom=low, color=patterns[place], hatch=hatches[place],
                     edgecolor=_DARK, linewidth=0.6)  # fmt: skip
            axes.annotate(figures[place].text, (place, top), ha="center", va="bottom")
        axes.set_xticks(range(len(labels)), list(labels))
        axes.set_ylim(0, max(5, full * 1.2))
        axes.yaxis.set_major_locator(MaxNLocator(nbins=4, integer=True))
        axes.spines[["top", "right"]].set_visible(False)

    return _drawn(1.7, paint)


def _pieces(axes: Axes, place: int, total: Shown, parts: Sequence[Shown]) -> None:
    """Draw a bar in pieces."""
    start = 0.0
    for n, part in enumerate(parts):
        _piece(axes, place, (start, _length(part)), _PATTERNS[n % len(_PATTERNS)])
        start += _length(part)
    if start < _length(total):
        _piece(axes, place, (start, _length(total) - start), ("white", _HATCH))


def _piece(axes: Axes, place: int, span: tuple[float, float], pattern: tuple[str, str]) -> None:
    """Draw a piece of a lying bar from where it starts and how long it is."""
    (left, width), (shade, hatch) = span, pattern
    axes.barh(
        place, width, left=left, color=shade, hatch=hatch, edgecolor=_DARK, linewidth=0.6,
        linestyle="--" if hatch == _HATCH else "-", height=0.7,
    )  # fmt: skip


def _legend(axes: Axes, bands: Sequence[str], *, is_open: bool) -> None:
    """Say which pattern is which band; ``is_open`` adds what is left of a bar beside an x."""
    kinds = [(band, *_PATTERNS[n % len(_PATTERNS)]) for n, band in enumerate(bands)]
    kinds += [("x の年代の計", "white", _HATCH)] if is_open else []
    marks = [Patch(facecolor=c, hatch=h, edgecolor=_DARK, label=label) for label, c, h in kinds]
    axes.legend(handles=marks, loc="lower right", fontsize=7, ncols=2, handlelength=2.2)


def _lines(axes: Axes, labels: Sequence[str]) -> None:
    """Put headings at the left of lying bars, the first above, and no scale."""
    axes.set_yticks(range(len(labels)), list(labels))
    axes.set_ylim(len(labels) - 0.5, -0.5)
    axes.tick_params(left=False)
    axes.xaxis.set_visible(False)
    axes.spines[["top", "right", "bottom"]].set_visible(False)


def _length(one: Shown) -> float:
    return float(one.value) if isinstance(one.value, int | float) else 0.0


def _most(figures: Sequence[Shown], least: float) -> float:
    return max([least, *(_length(one) for one in figures)])


def _drawn(height: float, paint: Callable[[Axes], None]) -> str:
    """Draw over the width of a page and give the picture as a ``data:`` address."""
    with mpl.rc_context():
        # What another chart set before must not show in this one.
        mpl.rcdefaults()
        mpl.rc("font", family="IPAexGothic", size=8.0)
        mpl.rc("svg", hashsalt="jusou_nb", fonttype="path")
        mpl.rc("axes", linewidth=0.6)
        mpl.rc("hatch", linewidth=0.5)
        figure = Figure(figsize=(6.9, height), layout="constrained")
        FigureCanvasSVG(figure)
        paint(figure.add_subplot())
        out = io.BytesIO()
        figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
    return f"data:image/svg+xml;base64,{base64.b64encode(out.getvalue()).decode()}"
