"""One form in three ways: ipywidgets' own controls, a small model a box (ours), one model a form.

    python -m compileall -q jusou_nb && python benchmarks/bench_controls.py [TIMES]

The same 相談受付・申込票 is opened in one JupyterLab in Chromium, in turn: models, kB of state,
seconds from running the cell until its last box can be seen, faults that axe-core calls serious or
critical, and boxes whose requirement a screen reader hears. ADR 20 draws the conclusion.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import anywidget
import ipywidgets
import traitlets

from jusou_nb import open_store
from jusou_nb.fields import items
from jusou_nb.forms import Intake
from jusou_nb.widgets.controls import control_for
from jusou_nb.widgets.form import FormView
from jusou_nb.widgets.parts import STYLE, esm

TODAY = date(2026, 10, 15)
PORT = 18941
LAST = items(Intake)[-1].label
WAYS = ("core", "boxes", "form")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
ONE_MODEL = """
// A model of one box inside the model of the form, so that the same drawings serve both.
function within(form, state) {
  const heard = new Map();
  return {
    get: (name) => state[name],
    set(name, value) {
      state[name] = value;
      for (const tell of heard.get(`change:${name}`) ?? []) tell();
    },
    on: (event, tell) => heard.set(event, [...(heard.get(event) ?? []), tell]),
    off: () => undefined,
    send: () => undefined,
    save_changes() {
      form.set("said", { ...form.get("said"), [state.label]: state.text || state.chosen });
      form.save_changes();
    },
    widget_manager: { get_model: () => new Promise(() => undefined) },
  };
}

function renderForm({ model, el, signal }) {
  el.classList.add("jusou-form");
  for (const state of model.get("boxes")) {
    const place = document.createElement("div");
    el.append(place);
    render({ model: within(model, state), el: place, signal });
  }
}

export default { render: renderForm };
"""


class OneModel(anywidget.AnyWidget):  # type: ignore[misc] # anywidget carries no types
    """A whole form in one model, drawn by the very drawings of the boxes."""

    _css = STYLE
    _esm = esm("writing.js", "controls.js").replace("export default { render };", ONE_MODEL)
    boxes = traitlets.List().tag(sync=True)
    said = traitlets.Dict().tag(sync=True)


def form(way: str) -> Any:
    """Make the form in one of the three ways."""
    with open_store("") as store:
        lexicon = store.lexicon()
    if way == "boxes":
        return FormView(Intake, lexicon, today=TODAY)
    shared = ipywidgets.Layout()
    drawn = [control_for(box, lexicon, TODAY, layout=shared) for box in items(Intake)]
    if way == "core":
        made = ipywidgets.VBox([core(box) for box in drawn])
    else:
        made = OneModel(boxes=[state_of(box) for box in drawn])
    for part in (*drawn, shared):
        part.close()
    return made


def core(box: Any) -> Any:
    """Make ipywidgets' own control of a box."""
    words = {"description": box.label, "style": {"description_width": "initial"}}
    options = [(option["label"], option["code"]) for option in box.options]
    if box.kind == "ticks":
        return ipywidgets.SelectMultiple(options=options, **words)
    if options:
        made = ipywidgets.RadioButtons if box.kind == "radios" else ipywidgets.Dropdown
        return made(options=options, value=None, **words)
    made = ipywidgets.Textarea if box.lines > 1 else ipywidgets.Text
    return made(**words)


def state_of(box: Any) -> dict[str, Any]:
    """Give what a box is drawn from."""
    return {name: getattr(box, name) for name in box.keys if not name.startswith("_")}


def count(way: str) -> dict[str, float]:
    """Count the models of a way and their state; measure the kernel's part."""
    from ipywidgets.widgets.widget import _instances  # noqa: PLC0415 - private, for this count

    before = set(_instances)
    began = time.process_time()
    form(way)
    took = time.process_time() - began
    new = [widget for key, widget in _instances.items() if key not in before]
    size = sum(len(json.dumps(each.get_state(), default=str)) for each in new)
    return {"models": len(new), "kB": size / 1000, "ms": took * 1000}


@contextmanager
def lab(folder: Path) -> Iterator[str]:
    """Start a JupyterLab of the machine's own, with a notebook for each way."""
    here = Path(__file__).parent
    for way in WAYS:
        code = f"import sys; sys.path.insert(0, {str(here)!r})\nimport bench_controls as b"
        cells = [cell(code), cell(f"b.form({way!r})")]
        (folder / f"{way}.ipynb").write_text(
            json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})
        )
    words = [sys.executable, "-m", "jupyterlab", "--no-browser", f"--ServerApp.port={PORT}"]
    words += [f"--ServerApp.root_dir={folder}", "--expose-app-in-browser", "--allow-root"]
    words += ["--ServerApp.log_level=ERROR", "--LabApp.log_level=ERROR"]
    server = subprocess.Popen(words, env={**os.environ, "JUPYTER_TOKEN": "bench"})
    try:
        time.sleep(8)
        yield f"http://127.0.0.1:{PORT}/lab/tree"
    finally:
        server.terminate()
        server.wait(30)


def cell(code: str) -> dict[str, Any]:
    """Write a cell of a notebook."""
    made = {"cell_type": "code", "source": code, "outputs": [], "metadata": {}}
    return {**made, "execution_count": None, "id": f"c{abs(hash(code)) % 10**8}"}


def painted(page: Any, address: str) -> float:
    """Give the seconds from running the form's cell until its last box is on the page."""
    page.goto(address)
    ready = "window.jupyterapp?.shell.currentWidget?.sessionContext?.session"
    page.wait_for_function(ready, timeout=60_000)
    run = "window.jupyterapp.commands.execute('notebook:run-all-cells')"
    page.evaluate(run)
    shown = page.locator(".jp-OutputArea-output").get_by_text(LAST, exact=True)
    shown.first.wait_for(timeout=60_000)
    # The imports are paid by now; the second run shows the form alone.
    page.evaluate("window.jupyterapp.commands.execute('notebook:clear-all-cell-outputs')")
    shown.first.wait_for(state="detached")
    began = time.perf_counter()
    page.evaluate(run)
    shown.first.wait_for(timeout=60_000)
    return time.perf_counter() - began


def heard(page: Any) -> tuple[int, int]:
    """Count serious faults of the form, and boxes whose requirement is announced."""
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415 - needed here only

    found = Axe().run(page, context=".jp-OutputArea-output").response["violations"]
    grave = sum(len(v["nodes"]) for v in found if v["impact"] in ("serious", "critical"))
    needed = page.locator(".jp-OutputArea-output [aria-required=true]").count()
    return grave, needed + page.locator(".jp-OutputArea-output .jusou-required").count()


def main() -> None:
    """Measure and print."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - the kernel needs none

    times = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    path = os.environ.get("JUSOU_CHROMIUM") or shutil.which("chromium")
    print(f"{'':8}{'models':>8}{'kB':>8}{'kernel ms':>11}{'paint s':>9}{'axe':>6}{'required':>10}")
    with (
        tempfile.TemporaryDirectory() as name,
        lab(Path(name)) as address,
        sync_playwright() as player,
    ):
        opened = player.chromium.launch(executable_path=path, args=FLAGS)
        for way in WAYS:
            measure(opened, way, f"{address}/{way}.ipynb?token=bench&reset", times)
        opened.close()


def measure(opened: Any, way: str, address: str, times: int) -> None:
    """Measure one way so many times, and print its line."""
    took, told = [], (0, 0)
    for _ in range(times):
        page = opened.new_page(viewport={"width": 1400, "height": 3000})
        took.append(painted(page, address))
        told = heard(page)
        page.close()
    drawn = count(way)
    print(
        f"{way:8}{drawn['models']:8.0f}{drawn['kB']:8.0f}{drawn['ms']:11.1f}"
        f"{statistics.median(took):9.2f}{told[0]:6}{told[1]:10}",
        flush=True,
    )


if __name__ == "__main__":
    main()
