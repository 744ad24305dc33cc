"""Which chart stands over which table, drawn from what the table prints and nothing else."""

from collections.abc import Sequence

from jusou_nb.documents import charts
from jusou_nb.documents.figures_table import Shown, ShownRow, ShownTable

Chart = str
"""A ``data:`` address, or nothing where there is nothing to draw."""
_SHORT = 6
"""Characters of a heading that fits under a standing bar."""


def months(seen: ShownTable, row: int = 0) -> Chart:
    """Draw one line of a table whose columns are months (a total at the end is left out)."""
    if seen.is_line or not seen.rows:
        return ""
    heads = [n for n, head in enumerate(seen.columns[1:]) if head.endswith("月")]
    entries = seen.rows[row].entries
    return charts.bars([seen.columns[n + 1] for n in heads], [entries[n] for n in heads])


def column(seen: ShownTable, place: int = 0) -> Chart:
    """Draw one column of a table with a bar a line (ages), the total left out."""
    rows = _lines(seen)
    labels = [row.label for row in rows]
    draw = charts.lying if any(len(label) > _SHORT for label in labels) else charts.bars
    return draw(labels, [row.entries[place] for row in rows]) if rows else ""


def funnel(seen: ShownTable, place: int = 0) -> Chart:
    """Draw the lines of a table as the way from intake to end."""
    rows = _lines(seen)
    return charts.funnel([r.label for r in rows], [r.entries[place] for r in rows]) if rows else ""


def ranking(seen: ShownTable, bands: Sequence[int], total: int, share: int | None = None) -> Chart:
    """Draw the issues of a table by frequency.

    Args:
        seen: A line an issue.
        bands: Places of the columns of the age bands (0 is the first behind the headings).
        total: Place of the column of all cases with the issue.
        share: Place of the column of their share, if there is one.
    """
    rows = _lines(seen)
    if not rows:
        return ""
    none = Shown(text="", value=None)
    return charts.ranking(
        [row.label for row in rows],
        [row.entries[total] for row in rows],
        [none if share is None else row.entries[share] for row in rows],
        [seen.columns[n + 1] for n in bands],
        [[row.entries[n] for n in bands] for row in rows],
    )


def balance(seen: ShownTable, row: int = 0) -> Chart:
    """Draw one line of 繰越・新規・再開・終結・中断・期末現在."""
    if seen.is_line or not seen.rows:
        return ""
    return charts.balance(seen.columns[1:7], seen.rows[row].entries[:6])


def _lines(seen: ShownTable) -> list[ShownRow]:
    return [] if seen.is_line else [row for row in seen.rows if not row.is_total]
