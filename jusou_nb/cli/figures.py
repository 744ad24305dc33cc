"""figures: the town's own list of a 年度, a figure that somebody asks for, and what was told."""

import argparse
from datetime import date, timedelta

from jusou_nb.casework import keep_answer
from jusou_nb.cli.common import day, existing
from jusou_nb.cli.screen import Screen
from jusou_nb.dates import APRIL, fiscal_year, fiscal_year_name, wareki
from jusou_nb.documents import figures_asked
from jusou_nb.documents.evaluation import already_out
from jusou_nb.documents.figures_asked import Question
from jusou_nb.documents.figures_table import ShownTable
from jusou_nb.forms import FigureAnswer
from jusou_nb.store import Store, open_store
from jusou_nb.store import figures as town_figures


def figures(options: argparse.Namespace, screen: Screen) -> None:
    """Answer a question, list what was answered, or count what the town's profile looks at."""
    if options.answered:
        _list(options, screen)
    elif options.indicator:
        _answer(options, screen)
    else:
        _of_the_year(options, screen)


def _of_the_year(options: argparse.Namespace, screen: Screen) -> None:
    year = options.year or fiscal_year(day(options))
    first = date(year, APRIL, 1)
    last = min(date(year + 1, APRIL, 1) - timedelta(days=1), max(day(options), first))
    with open_store(existing(options.store), readonly=True) as opened:
        counted = town_figures.figures(opened, first, last)
    screen.say(f"{fiscal_year_name(year)}の指標（{last.isoformat()} まで）")
    for figure in counted:
        screen.say(f"  {figure.label}  {figure.value}")


def _answer(options: argparse.Namespace, screen: Screen) -> None:
    """Count, keep what is told, and print it."""
    asked = _question(options)
    with open_store(existing(options.store)) as store:
        seen = _counted(store, asked)
        lines = _lines(seen)
        keep_answer(store, _record(options, asked, seen, lines))
    for line in lines:
        screen.say(line)


def _question(options: argparse.Namespace) -> Question:
    today = day(options)
    return Question(
        indicator=options.indicator,
        by=options.by or "",
        first=options.first or date(fiscal_year(today), APRIL, 1),
        last=options.last or today,
        is_outside=options.audience != "internal",
        today=today,
    )


def _counted(store: Store, asked: Question) -> ShownTable:
    earlier = already_out(store, fiscal_year(asked.first)) if asked.is_outside else []
    return figures_asked.shown(figures_asked.answered(store, asked, earlier))


def _record(
    options: argparse.Namespace, asked: Question, seen: ShownTable, lines: list[str]
) -> FigureAnswer:
    return FigureAnswer(
        asked_on=asked.today,
        asked_by=options.asked_by,
        purpose=options.purpose,
        is_outside=asked.is_outside,
        indicator=asked.indicator,
        divided_by=asked.by or None,
        first=asked.first,
        last=asked.last,
        definition="\n".join(seen.notes),
        result="\n".join(lines),
    )


def _lines(seen: ShownTable) -> list[str]:
    rows = [[row.label, *(entry.text for entry in row.entries)] for row in seen.rows]
    told = ["  ".join(cells) for cells in (list(seen.columns), *rows)]
    return [seen.title, *(f"  {line}" for line in told), *seen.notes]


def _list(options: argparse.Namespace, screen: Screen) -> None:
    """List what was told, the last one first."""
    with open_store(existing(options.store), readonly=True) as store:
        told = store.find(FigureAnswer)
    if not told:
        screen.say("答えた数の記録はありません")
    for row in reversed(told):
        where = "外" if row.is_outside else "庁内"
        on = wareki(row.asked_on) if row.asked_on else ""
        screen.say(f"{on}　{where}　{row.asked_by or '−'}　{row.purpose or '−'}"
                   f"　記録の番号 {row.as_of}")  # fmt: skip
        for line in (row.result or "").splitlines():
            screen.say(f"  {line}")
