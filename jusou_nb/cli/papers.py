"""packet, sheet, monthly, reprint, schedule."""

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path

from jusou_nb.cli.common import day, existing
from jusou_nb.cli.screen import Screen
from jusou_nb.errors import JusouError, NotFound, PaperError
from jusou_nb.forms import FORMS, by_table
from jusou_nb.problems import Override
from jusou_nb.runner import papers, reprinting
from jusou_nb.runner import schedule as timers
from jusou_nb.store import open_store


def reporter(screen: Screen) -> Callable[[int, int, Path], None]:
    """Print one line a finished file, as the desk reads it."""

    def progress(done: int, total: int, path: Path) -> None:
        screen.say(f"作成 {done}/{total} {path}")

    return progress


def packet(options: argparse.Namespace, screen: Screen) -> None:
    """Make the packets of a sitting."""
    made = papers.packets(
        existing(options.store),
        options.conference_id,
        options.out,
        day(options),
        recipient=options.recipient,
        progress=reporter(screen),
    )
    if options.recipient is None:
        _warn_of_leftovers(made, screen)


def _warn_of_leftovers(made: list[Path], screen: Screen) -> None:
    for path in papers.leftovers(made):
        screen.say(f"注意 前の資料が残っています（今は配らないもの）: {path}")


def sheet(options: argparse.Namespace, screen: Screen) -> None:
    """Print one form."""
    form = by_table(options.form)
    if form is None:
        known = "、".join(f"{form.table}（{form.title}）" for form in FORMS)
        raise NotFound(f"様式「{options.form}」がありません（あるもの: {known}）")
    path = papers.sheet(existing(options.store), form, options.record_id, options.out, day(options))
    screen.say(f"作成 1/1 {path}")


def reprint(options: argparse.Namespace, screen: Screen) -> None:
    """Print a past paper once more as it was."""
    overrides: tuple[Override, ...] = ()
    if options.allowed_by and options.allowed_because:
        overrides = (
            Override(
                rule="reprint.masked_since",
                reason=options.allowed_because,
                allowed_by=options.allowed_by,
            ),
        )
    path = reprinting.reprint(
        existing(options.store),
        options.number,
        options.out,
        reason=options.reason,
        overrides=overrides,
    )
    screen.say(f"作成 1/1 {path}")


def monthly(options: argparse.Namespace, screen: Screen) -> None:
    """Make the papers of a month."""
    today = day(options)
    if options.scheduled:
        _scheduled(options, screen, today)
    else:
        _month(options, screen, today, options.month, options.month)


def _month(
    options: argparse.Namespace, screen: Screen, today: date, month: str, reported: str
) -> None:
    store = existing(options.store)
    with open_store(store, readonly=True) as opened:
        if not papers.sittings_of(opened, month):
            screen.say(f"{month} に会議はありません")
    made = papers.monthly(
        store, month, options.out, today, progress=reporter(screen), report_month=reported
    )
    _warn_of_leftovers(made, screen)


def _scheduled(options: argparse.Namespace, screen: Screen, today: date) -> None:
    month, reported = timers.months_of(today)
    folders = (options.out, options.store.absolute().parent)
    try:
        _month(options, screen, today, month, reported)
    except Exception as fault:
        message = str(fault) if isinstance(fault, JusouError) else type(fault).__name__
        left = timers.leave_word(message, today, folders)
        where = f"（「{left.name}」に残しました）" if left else ""
        raise PaperError(f"{message}{where}") from fault
    timers.take_word_back(today, folders)


def schedule(options: argparse.Namespace, screen: Screen) -> None:
    """Print what the system's clock needs."""
    store = existing(options.store)
    screen.say(timers.text(timers.Command.of(store, options.out)).rstrip())
