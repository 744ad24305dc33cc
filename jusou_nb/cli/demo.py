"""demo: a fictional town, its papers, and how to go on from there."""

import argparse
import shutil
import sys
from datetime import date, timedelta
from pathlib import Path

from jusou_nb.cli.common import day
from jusou_nb.cli.papers import reporter
from jusou_nb.cli.screen import Screen
from jusou_nb.dates import APRIL, fiscal_year
from jusou_nb.documents.audience import Audience
from jusou_nb.errors import PaperError
from jusou_nb.runner import jobs, papers
from jusou_nb.runner.evaluating import BOOK, FIGURES, PAGE, evaluate
from jusou_nb.store import open_store


def demo(options: argparse.Namespace, screen: Screen) -> None:
    """Make the town unless it is there, then this month's papers and the evaluation."""
    store, reports = options.folder / "demo.db", options.folder / "reports"
    today = day(options)
    if options.whole_year:
        today = date(fiscal_year(today) + 1, APRIL, 1) - timedelta(days=1)
    try:
        options.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as fault:
        raise PaperError(
            f"フォルダー「{options.folder.name}」を作れません（{fault.strerror}）。別の場所を指定してください"
        ) from fault
    if options.fresh:
        _clear(store, reports)
    if not store.exists():
        _make(store, options, today, screen)
    made = [] if options.town_only else _papers(store, reports, today, screen)
    screen.say()
    screen.say(f"業務ファイル  {store}")
    if made:
        screen.say(f"資料          {reports}（{len(made)}個。ブラウザーで開き、印刷できます）")
    screen.say(f"画面を開く    {_program()} lab {store}")


def _papers(store: Path, reports: Path, today: date, screen: Screen) -> list[Path]:
    """Make this month's papers and the evaluation, for inside and for the public."""
    month = today.strftime("%Y-%m")
    with open_store(store, readonly=True) as opened:
        if not jobs.sittings_of(opened, month):
            screen.say(f"{month} に会議はありません（新しい町は --fresh で作れます）")
    made = papers.monthly(store, month, reports, today, progress=reporter(screen))
    for audience in (Audience.INTERNAL, Audience.PUBLIC):
        made += _evaluated(store, audience, reports, today, screen)
    return made


def _folder_of(reports: Path, audience: Audience) -> Path:
    return reports / f"evaluation-{audience.value}"


def _evaluated(
    store: Path, audience: Audience, reports: Path, today: date, screen: Screen
) -> list[Path]:
    """Make the report of the running 年度 for an audience, in a folder of its own."""
    out = _folder_of(reports, audience)
    made, _ = evaluate(
        store, fiscal_year(today), out, today, audience=audience, progress=reporter(screen)
    )
    return made


def _program() -> str:
    """Name this program as it can be typed here: by its place where the shell does not find it."""
    if shutil.which("jusou-nb"):
        return "jusou-nb"
    called = Path(sys.argv[0])
    return str(called) if called.name == "jusou-nb" else f"{sys.executable} -m jusou_nb"


def _clear(store: Path, reports: Path) -> None:
    """Remove the town and its papers, and nothing else that may lie there."""
    for end in ("", "-wal", "-shm"):
        store.with_name(store.name + end).unlink(missing_ok=True)
    folders = [_folder_of(reports, audience) for audience in Audience]
    mine = [folder / name for folder in folders for name in (PAGE, BOOK, FIGURES)]
    for paper in (*reports.glob("*.html"), *mine):
        paper.unlink(missing_ok=True)


def _make(store: Path, options: argparse.Namespace, today: date, screen: Screen) -> None:
    # The town's people are needed only here.
    from jusou_nb.casework.sample import make_town  # noqa: PLC0415

    screen.note(f"架空の町を作っています（{options.households}世帯）…")
    try:
        with open_store(store, profile=options.profile) as opened:
            town = make_town(opened, households=options.households, seed=options.seed, today=today)
    except BaseException:
        _clear(store, store.parent / "no papers yet")
        raise
    screen.say(
        f"架空の町「{store}」を作りました"
        f"（{len(town.household_ids)}世帯、会議{len(town.conference_ids)}回。人物はすべて架空です）"
    )
