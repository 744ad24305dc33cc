"""The report of a 年度: the page, the workbook and the figures, all of one reckoning."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from jusou_nb.documents import evaluation_book
from jusou_nb.documents.audience import Audience
from jusou_nb.documents.evaluation import Evaluation, already_out, evaluation
from jusou_nb.documents.paper import PaperKind
from jusou_nb.errors import PaperError
from jusou_nb.runner.execute import noted, run
from jusou_nb.runner.papers import Progress, locked
from jusou_nb.runner.words import place
from jusou_nb.store import open_store

PAGE, BOOK, FIGURES = "evaluation.html", "evaluation.xlsx", "figures.json"
_FIRST_YEAR, _LAST_YEAR = 2000, 2200


def evaluate(
    store_path: Path,
    year: int,
    out_dir: Path,
    today: date,
    *,
    audience: Audience = Audience.INTERNAL,
    progress: Progress | None = None,
) -> tuple[list[Path], list[str]]:
    """Make the report of a 年度 for an audience.

    Args:
        store_path: The store.
        year: The western year in which the 年度 begins.
        out_dir: Where the three files are put.
        today: The day on which it is made.
        audience: Who reads it.
        progress: Told of each finished file.

    Returns:
        The files, and what is to be looked at before they are given out.

    Raises:
        PaperError: The 年度 is none, or a file cannot be made or put in its place.
    """
    report, remarks = _gathered(store_path, year, audience, today)
    return _place(store_path, report, out_dir, today, progress), remarks


def _place(
    store_path: Path, report: Evaluation, out_dir: Path, today: date, progress: Progress | None
) -> list[Path]:
    """Print the page, and put the workbook and the figures beside it."""
    asked: dict[str, Any] = {"year": report.year, "audience": report.audience.value}
    asked["today"] = today.isoformat()
    with locked(out_dir):
        run("annual_evaluation", {"store": str(store_path), **asked}, out_dir / PAGE)
    files = {
        FIGURES: json.dumps(report.json(), ensure_ascii=False, indent=1).encode() + b"\n",
        BOOK: evaluation_book.write(report, today=today),
    }
    with noted(store_path, "evaluate", asked) as (_, mark), locked(out_dir):
        for name, raw in files.items():
            facts = {"made_on": today.isoformat(), **mark}
            # Each file has a number of its own: a past page is found, and printed again, by it.
            own = replace(report.identity, kind=PaperKind.BOOK, variant=name)
            place(store_path, own, raw, out_dir / name, facts)
    made = [out_dir / name for name in (PAGE, BOOK, FIGURES)]
    for number, path in enumerate(made, start=1):
        if progress is not None:
            progress(number, len(made), path)
    return made


def _gathered(
    store_path: Path, year: int, audience: Audience, today: date
) -> tuple[Evaluation, list[str]]:
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise PaperError(f"年度「{year}」は 2026 のように西暦で指定してください")
    with open_store(store_path, readonly=True) as store:
        earlier = already_out(store, year)
        report = evaluation(store, year, audience=audience, today=today, earlier=earlier)
    return report, _remarks(report, earlier)


def _remarks(report: Evaluation, earlier: list[Any]) -> list[str]:
    """Say what the chief should see: figures that grew a little since the last report."""
    if not report.audience.is_outside or not earlier:
        return []
    grown = report.published.grown_little(earlier[-1])
    said = (
        f"前に出した報告から{report.published.threshold}未満だけ増減した数が{len(grown)}あります。"
        "間に何があったかが小さな数として分かるため、出す前に課長と確かめてください。"
    )
    return [said] if grown else []
