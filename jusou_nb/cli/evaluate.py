"""evaluate: the report of a 年度."""

import argparse

from jusou_nb.cli.common import day, existing
from jusou_nb.cli.papers import reporter
from jusou_nb.cli.screen import Screen
from jusou_nb.documents.audience import Audience
from jusou_nb.runner.evaluating import evaluate as make


def evaluate(options: argparse.Namespace, screen: Screen) -> None:
    """Make the page, the workbook and figures.json."""
    _, remarks = make(
        existing(options.store),
        options.fiscal_year,
        options.out,
        day(options),
        audience=Audience.of(options.audience),
        progress=reporter(screen),
    )
    for line in remarks:
        screen.say(f"注意 {line}")
