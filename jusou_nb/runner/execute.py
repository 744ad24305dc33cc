"""One run: a template and its parameters become one file, logged, or nothing at all."""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from papermill import PapermillExecutionError, execute_notebook

from jusou_nb import errors, settings
from jusou_nb.documents.paper import PaperKind
from jusou_nb.errors import JusouError, PaperError, TemplateError
from jusou_nb.runner import export, templates
from jusou_nb.store import archive, open_store, runs

CELL_SECONDS = 600
"""A cell that takes longer is stopped: the run before the morning must come to an end."""
_ENGINES = {"jusou": "jusou", "papermill": "nbclient"}
_EXECUTED = "executed.ipynb"

Facts = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Again:
    """A paper that is printed once more as it was, and what is noted of that.

    Attributes:
        number: The number that it must have.
        content: Hash of the page as it was, or nothing where it was not noted.
        stamp: What stands on it.
        noted: What goes into the log beside the paper itself: the reason, who allowed it.
    """

    number: str
    content: str
    stamp: str
    noted: Mapping[str, str]


def run(
    template: str,
    parameters: Mapping[str, Any],
    out: Path,
    *,
    engine: str | None = None,
    debug: bool = False,
    again: Again | None = None,
) -> Path:
    """Run a template and put the page at ``out``; on failure the file there stays as it was.

    Args:
        template: Name or path of a template.
        parameters: A path, ids and ISO dates; never names of persons.
        out: The HTML file to make.
        engine: ``jusou`` or ``papermill``; else what ``JUSOU_ENGINE`` says.
        debug: Let the notebook's own error through.
        again: A past paper that is printed once more.

    Raises:
        TemplateError: The template or its parameters are wrong.
        PaperError: The notebook failed, or the page cannot be put in its place.
    """
    path = templates.find(template)
    values = templates.complete(path, parameters)
    name, store = _engine(engine or settings.ENGINE.get()), Path(values["store"])
    with noted(store, path.stem, values) as (number, mark):
        with export.in_words(out.name), _folder_of_its_own() as folder:
            notebook = _execute(path, values, folder, name, f"run-{number}.ipynb", debug=debug)
        return _place(notebook, store, out, {"made_on": values.get("today"), **mark}, again)


@contextmanager
def noted(store: Path, template: str, values: Facts) -> Iterator[tuple[int, dict[str, int]]]:
    """Note the run's beginning and its end in the store.

    Gives its number, which names a failed notebook, and how far the store had come.
    """
    number, mark = _begin(store, template, values)
    try:
        yield number, mark
    except (JusouError, PapermillExecutionError) as fault:
        _note_failure(store, number, str(fault).strip())
        raise
    except Exception as fault:
        unforeseen = PaperError(
            f"「{template}」を作れませんでした（{type(fault).__name__}）。管理者に伝えてください"
        )
        _note_failure(store, number, str(unforeseen))
        raise unforeseen from fault
    _end(store, number, runs.DONE)


def _engine(name: str) -> str:
    if name not in _ENGINES:
        raise TemplateError(f"方式「{name}」はありません（{'、'.join(_ENGINES)} から選びます）")
    return _ENGINES[name]


def _begin(store: Path, template: str, values: Facts) -> tuple[int, dict[str, int]]:
    # Reading first: a run neither makes a new store nor upgrades an old one.
    open_store(store, readonly=True).close()
    with open_store(store) as opened:
        return runs.begin(opened, template, values), archive.mark(opened)


def _end(store: Path, number: int, result: str, message: str = "") -> None:
    with open_store(store) as opened:
        runs.end(opened, number, result, message)


def _note_failure(store: Path, number: int, message: str) -> None:
    # A full disk takes no note either; the first reason is the one to be told.
    with suppress(JusouError):
        _end(store, number, runs.FAILED, message)


@contextmanager
def _folder_of_its_own() -> Iterator[Path]:
    """Give an empty 0700 folder that is removed afterwards, IPython's own files included."""
    before = os.environ.get("IPYTHONDIR")
    folder = Path(tempfile.mkdtemp(prefix="jusou-"))
    os.environ["IPYTHONDIR"] = str(folder / "ipython")
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        if before is None:
            del os.environ["IPYTHONDIR"]
        else:
            os.environ["IPYTHONDIR"] = before


def _execute(
    path: Path, values: dict[str, Any], folder: Path, engine: str, kept_as: str, *, debug: bool
) -> Any:
    """Run the cells; a failed notebook is kept outside the papers' folder."""
    executed = folder / _EXECUTED
    try:
        return execute_notebook(
            _plain(path),
            _plain(executed),
            parameters=values,
            engine_name=engine,
            request_save_on_cell_execute=False,
            execution_timeout=CELL_SECONDS,
            progress_bar=False,
            cwd=folder,
        )
    except PapermillExecutionError as fault:
        kept = export.keep_failed(executed, Path(values["store"]), kept_as)
        if debug:
            raise
        raise PaperError(_told(path.stem, fault, kept)) from fault


def _plain(path: Path) -> str:
    """Keep papermill from reading braces in a path as its own fields."""
    return str(path).replace("{", "{{").replace("}", "}}")


def _told(template: str, fault: PapermillExecutionError, kept: Path | None) -> str:
    """Say in one line why a notebook failed: our own errors as they are, others by their name."""
    kind = getattr(errors, str(fault.ename), None)
    if isinstance(kind, type) and issubclass(kind, JusouError):
        return " ".join(str(fault.evalue).split())
    where = f"管理者に「failed/{kept.name}」を見せてください" if kept else "管理者に伝えてください"
    return f"「{template}」を作れませんでした（{fault.ename}）。{where}"


def _place(notebook: Any, store: Path, out: Path, facts: Facts, again: Again | None) -> Path:
    """Log the paper, then move it into place: what lies in the folder is always in the log."""
    told = export.about(notebook)
    page = export.to_html(notebook, recorded=True)
    facts = {**facts, "content": hashlib.sha256(page.encode()).hexdigest()}
    if again is not None:
        page = export.to_html(notebook, recorded=True, stamp=_stamp(again, told, facts))
        facts = {**again.noted, "content": hashlib.sha256(page.encode()).hexdigest()}
    action = "reprint" if again else "paper"
    with export.prepared(page, out) as part:
        log_paper(store, action, told, out, facts)
        try:
            export.move(part, out)
        except PaperError:
            log_paper(store, f"{action}_not_placed", told, out)
            raise
    return out


def _stamp(again: Again, told: Facts, facts: Facts) -> str:
    """Write the stamp, and on it whether the page differs from the one that was made then.

    Raises:
        PaperError: What the record gives is not that paper.
    """
    if told["number"] != again.number:
        raise PaperError(
            f"文書番号「{again.number}」の資料を、変更の記録から元どおりに組み立てられません"
            "（もとの記録が廃棄されています）。配付した控えの原本を確かめてください"
        )
    same = not again.content or again.content == facts["content"]
    return again.stamp if same else f"{again.stamp}　※当時の紙面と体裁が違うところがあります"


def log_paper(store: Path, action: str, told: Facts, out: Path, facts: Facts | None = None) -> None:
    """Write into the chain of readings that a file was made; ``told`` is what it says of itself.

    A blank form is no paper about anybody, and is not noted.
    """
    if told.get("kind") == PaperKind.BLANK.value:
        return
    table, record_id = _subject(told["subject"])
    kept = {name: told.get(name) for name in ("kind", "recipient", "basis", "number")}
    with open_store(store) as opened:
        opened.log_reading(table, record_id, action, {**kept, "file": out.name, **(facts or {})})


def _subject(subject: Any) -> tuple[str, int]:
    if isinstance(subject, str):
        return "months", int(subject.replace("-", ""))
    table, record_id = subject
    return str(table), int(record_id)
