"""lists: ケース一覧 and 期限一覧."""

import argparse

from jusou_nb.cli.common import day, existing
from jusou_nb.cli.papers import reporter
from jusou_nb.cli.readers import may_open, may_read
from jusou_nb.cli.screen import Screen
from jusou_nb.runner import lists as office_lists


def lists(options: argparse.Namespace, screen: Screen) -> None:
    """Print both lists, of all workers or of one; or every list for Excel."""
    if options.xlsx:
        _books(options, screen)
        return
    may_open(options)
    office_lists.lists(
        existing(options.store),
        options.out,
        day(options),
        worker=options.worker,
        progress=reporter(screen),
    )


def _books(options: argparse.Namespace, screen: Screen) -> None:
    """Write the lists for Excel; who opens no case gets those that tell of nobody."""
    office_lists.books(
        existing(options.store),
        options.out,
        day(options),
        of_office=not may_read(options),
        progress=reporter(screen),
    )
