"""packet, sheet, known, monthly, reprint, schedule."""

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path

from jusou_nb.cli.common import day, existing
from jusou_nb.cli.readers import may_open, may_reprint
from jusou_nb.cli.screen import Screen
from jusou_nb.documents.blank import counter_set, titles
from jusou_nb.documents.catalogue import PAPERS
from jusou_nb.documents.flow import desks_without_telephone
from jusou_nb.documents.paper import Paper
from jusou_nb.errors import JusouError, NotFound, PaperError
from jusou_nb.forms import FORMS, Case, by_table
from jusou_nb.problems import Override
from jusou_nb.runner import jobs, papers, pdf, reprinting
from jusou_nb.runner import known as known_already
from jusou_nb.runner import schedule as timers
from jusou_nb.store import open_store


def reporter(screen: Screen, *, more: int = 0) -> Callable[[int, int, Path], None]:
    """Print one line a finished file, as the desk reads it; ``more`` follow after these."""

    def progress(done: int, total: int, path: Path) -> None:
        screen.say(f"作成 {done}/{total + more} {path}")

    return progress


def packet(options: argparse.Namespace, screen: Screen) -> None:
    """Make the packets of a sitting."""
    _copies(options, screen, jobs.PACKET)


def minutes(options: argparse.Namespace, screen: Screen) -> None:
    """Make 会議記録 of a sitting."""
    _copies(options, screen, jobs.MINUTES)


def _copies(options: argparse.Namespace, screen: Screen, kind: jobs.CopyKind) -> None:
    store, sitting, today = existing(options.store), options.conference_id, day(options)
    wanted = jobs.jobs_of(store, sitting, today, recipient=options.recipient, kind=kind)
    made = papers.make(wanted, options.out, reporter(screen, more=options.pdf))
    if options.recipient is None:
        _warn_of_leftovers(made, screen)
    if options.pdf:
        bound = pdf.sitting(store, sitting, wanted, options.out)
        screen.say(f"作成 {len(made) + 1}/{len(made) + 1} {bound}")


def _warn_of_leftovers(made: list[Path], screen: Screen) -> None:
    for path in papers.leftovers(made):
        screen.say(f"注意 前の資料が残っています（今は配らないもの）: {path}")


def sheet(options: argparse.Namespace, screen: Screen) -> None:
    """Print one form."""
    if options.blank:
        blank_forms(options, screen, titles(options.form))
        return
    if options.record_id is None:
        raise NotFound("記録の番号を指定してください（白紙は --blank で作ります）")
    paper = PAPERS.get(options.form)
    path = _sheet_of_form(options) if paper is None else _paper(options, paper)
    screen.say(f"作成 1/1 {path}")


def _paper(options: argparse.Namespace, paper: Paper) -> Path:
    if not paper.of_office:
        may_open(options)
    store = existing(options.store)
    return papers.slip(store, paper.name, options.record_id, options.out, day(options))


def _sheet_of_form(options: argparse.Namespace) -> Path:
    form = by_table(options.form)
    if form is None:
        known = "、".join([*PAPERS, *(f"{form.table}（{form.title}）" for form in FORMS)])
        raise NotFound(f"様式「{options.form}」がありません（あるもの: {known}）")
    may_open(options, form)
    return papers.sheet(existing(options.store), form, options.record_id, options.out, day(options))


def blanks(options: argparse.Namespace, screen: Screen) -> None:
    """Print the set of blanks that the profile names."""
    with open_store(existing(options.store), readonly=True) as opened:
        wanted = counter_set(opened)
    blank_forms(options, screen, wanted)


def blank_forms(options: argparse.Namespace, screen: Screen, wanted: list[str]) -> None:
    """Print blanks; they show nobody, so anybody may."""
    store = existing(options.store)
    papers.blank(store, wanted, options.out, day(options), reporter(screen))


def known(options: argparse.Namespace, screen: Screen) -> None:
    """Print what the people of a case have told already."""
    may_open(options, Case)
    path = known_already.known(existing(options.store), options.case_id, options.out, day(options))
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
    may_reprint(options)
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
        if not jobs.sittings_of(opened, month):
            screen.say(f"{month} に会議はありません")
    made = papers.monthly(
        store, month, options.out, today, progress=reporter(screen), report_month=reported
    )
    _warn_of_leftovers(made, screen)
    for bound in pdf.month(store, month, made, today) if options.pdf else ():
        screen.say(f"作成 {len(made)}/{len(made)} {bound}")


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


def register(options: argparse.Namespace, screen: Screen) -> None:
    """Print the list of desks and schemes."""
    store = existing(options.store)
    path = papers.register(store, options.out, day(options), field=options.field)
    screen.say(f"作成 1/1 {path}")


def flow(options: argparse.Namespace, screen: Screen) -> None:
    """Draw the way of support."""
    store = existing(options.store)
    path = papers.flow(store, options.reader, options.out, day(options))
    screen.say(f"作成 1/1 {path}")
    if options.reader == "citizens":
        with open_store(store, readonly=True) as opened:
            silent = desks_without_telephone(opened)
        if silent:
            screen.say(f"注意 電話番号の登録がない窓口: {'、'.join(silent)}")


def schedule(options: argparse.Namespace, screen: Screen) -> None:
    """Print what the system's clock needs."""
    store = existing(options.store)
    screen.say(timers.text(timers.Command.of(store, options.out)).rstrip())
