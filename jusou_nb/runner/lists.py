"""ケース一覧 and 期限一覧, as papers of the office."""

from datetime import date
from pathlib import Path

from jusou_nb.documents import excel
from jusou_nb.documents.office_lists import ALL, OfficeList
from jusou_nb.runner.execute import noted
from jusou_nb.runner.jobs import Job, safe
from jusou_nb.runner.papers import Progress, locked, make
from jusou_nb.runner.words import place
from jusou_nb.store import open_store


def lists(
    store_path: Path,
    out_dir: Path,
    today: date,
    *,
    worker: str = ALL,
    progress: Progress | None = None,
) -> list[Path]:
    """Print both lists, of all workers or of one.

    Raises:
        NotFound: Nothing on a list is the worker's.
        PaperError: Some could not be made.
    """
    whose = "" if worker == ALL else f"_{worker}"
    jobs = [
        Job(
            "office_list",
            {
                "store": str(store_path),
                "which": which.value,
                "worker": worker,
                "today": today.isoformat(),
            },
            f"{safe(which.label + whose)}_{today.isoformat()}.html",
        )
        for which in OfficeList
    ]
    return make(jobs, out_dir, progress)


def books(
    store_path: Path,
    out_dir: Path,
    today: date,
    *,
    of_office: bool = False,
    progress: Progress | None = None,
) -> list[Path]:
    """Write the lists as workbooks; ``of_office`` leaves out those that tell of somebody.

    Raises:
        PaperError: One cannot be put in its place; a file that is open elsewhere, for one.
    """
    wanted = [book for book in excel.BOOKS if book.of_office or not of_office]
    made: list[Path] = []
    asked = {"of_office": of_office, "today": today.isoformat()}
    with noted(store_path, "lists", asked) as (_, mark):
        with open_store(store_path, readonly=True) as store:
            written = [(book, *excel.write(store, book, today=today)) for book in wanted]
        with locked(out_dir):
            for book, identity, raw in written:
                path = out_dir / f"{safe(book.name)}_{today.isoformat()}.xlsx"
                place(store_path, identity, raw, path, {"made_on": today.isoformat(), **mark})
                made.append(path)
                if progress is not None:
                    progress(len(made), len(written), path)
    return made
