"""First paint and accessibility of one form drawn in three ways, side by side in one JupyterLab.

    python -m compileall -q jusou_nb && python benchmarks/bench_controls_paint.py [TIMES]

`bench_controls.py` tells what the three ways are and what they cost the kernel. Here each is a
notebook of its own, run in turn in Chromium, its kernel warm: the time from the press that runs
its cell until the first of its boxes stands on the page, and until no more are added. Then the
form is read as a screen reader would: what axe-core calls serious or critical, the boxes of whose
requirement it is told, labels that are cut off. ADR 20 draws the conclusion.
"""

import json
import os
import re
import shutil
import statistics
import sys
import tempfile
from importlib import resources
from pathlib import Path
from typing import Any

from bench_controls import WAYS
from bench_desk_start import FLAGS, NAME, lab

from jusou_nb.store.beginning import begin

HERE = Path(__file__).parent
IMPORTS = f"import sys; sys.path.insert(0, {str(HERE)!r})\nimport bench_controls as b"
WARM = f"{IMPORTS}\nfor way in b.WAYS:\n    b.form(way)"
RUN = re.compile(r"\[\d+\]:")
ROOM = ".jp-OutputArea-output"
AXE = (resources.files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
WATCH = """room => {
  const boxes = () => document.querySelectorAll(room + " :is(input, select, textarea)").length;
  const seen = { began: performance.now(), first: 0, last: 0, boxes: 0 };
  window.walkSeen = seen;
  const look = () => {
    const now = performance.now(), count = boxes();
    if (count && !seen.first) seen.first = now - seen.began;
    if (count !== seen.boxes) Object.assign(seen, { boxes: count, last: now - seen.began });
    if (now - seen.began < 20000 && !(seen.last && now - seen.began - seen.last > 1500))
      requestAnimationFrame(look);
    else seen.done = true;
  };
  addEventListener("click", () => {
    seen.began = performance.now();
    requestAnimationFrame(look);
  }, { capture: true, once: true }); }"""
HEARD = """async room => {
  const found = await axe.run({ include: [[room]] }, { resultTypes: ["violations"] });
  const grave = found.violations.filter(v => ["serious", "critical"].includes(v.impact));
  const kinds = grave.map(v => `${v.id} ${v.nodes.length}`);
  const parts = [...document.querySelectorAll(`${room} :is(input, select, textarea)`)];
  const told = parts.filter(p => p.required || p.ariaRequired === "true"
    || p.closest("[aria-required=true], [aria-describedby]")).length;
  const labels = [...document.querySelectorAll(`${room} :is(label, legend)`)];
  const cut = labels.filter(l => l.scrollWidth > l.clientWidth + 1
    && getComputedStyle(l).overflow !== "visible").length;
  return { kinds, told, cut }; }"""


def main() -> None:
    """Measure in turn, and print."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - the kernels need none

    times = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    path = os.environ.get("JUSOU_CHROMIUM") or shutil.which("chromium")
    with tempfile.TemporaryDirectory() as name, sync_playwright() as player:
        folder = Path(name)
        begin(folder / "office.db", "standard")
        with lab(folder, folder / "office.db", NAME) as address:
            root = folder / NAME / "data/jusou_nb/desk"
            for way in WAYS:
                (root / f"{way}.ipynb").write_text(json.dumps(notebook(way)), encoding="utf-8")
            opened = player.chromium.launch(executable_path=path, args=FLAGS)
            rounds = [
                {
                    way: look(opened, address.replace("/lab?", f"/lab/tree/{way}.ipynb?"))
                    for way in WAYS
                }
                for _ in range(times)
            ]
            opened.close()
    for way in WAYS:
        tell(way, [each[way] for each in rounds])


def notebook(way: str) -> dict[str, Any]:
    """Write a notebook that shows the form in one way, the imports being paid before."""
    cells = [
        {"cell_type": "code", "id": f"cell{at}", "source": code, "outputs": [], "metadata": {},
         "execution_count": None}
        for at, code in enumerate((WARM, f"b.form({way!r})"))
    ]  # fmt: skip
    spec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return {"cells": cells, "metadata": {"kernelspec": spec}, "nbformat": 4, "nbformat_minor": 5}


def look(browser: Any, address: str) -> dict[str, Any]:
    """Show the form in a page of its own; give when it was painted, and how it reads."""
    page = browser.new_page(viewport={"width": 1400, "height": 3000})
    page.goto(f"{address}&reset")
    seen = painted(page)
    page.evaluate(AXE)
    heard: dict[str, Any] = page.evaluate(HEARD, ROOM)
    page.close()
    return {**seen, **heard}


def tell(way: str, found: list[dict[str, Any]]) -> None:
    """Print one line of figures: the medians of the times."""
    first, last = (statistics.median(each[key] for each in found) for key in ("first", "last"))
    seen = found[-1]
    print(
        f"{way:8}first box {first:6.0f} ms   all {seen['boxes']:.0f} boxes {last:6.0f} ms   "
        f"told {seen['told']}, cut {seen['cut']}, axe {seen['kinds']}"
    )


def painted(page: Any) -> dict[str, float]:
    """Run the form's cell and give when its first box and its last stood there."""
    run = page.locator("[data-command='notebook:run-cell-and-select-next']:visible").first
    ran = page.locator(".jp-InputPrompt", has_text=RUN)
    page.locator(".jp-Cell .cm-content").first.click(timeout=60_000)
    run.click()
    ran.first.wait_for(timeout=60_000)
    page.evaluate(WATCH, ROOM)
    run.click()
    page.wait_for_function("() => window.walkSeen.done", timeout=60_000)
    seen: dict[str, float] = page.evaluate("() => window.walkSeen")
    return seen


if __name__ == "__main__":
    main()
