"""How long a card takes to a form that can be typed in: the spare kernel beside Jupyter's own.

    python -m compileall -q jusou_nb && python benchmarks/bench_desk_start.py [TIMES]

Both are measured in the same run, in turn, over the same store: first without a browser (a kernel
that is asked for, ready, and the desk opened in it), then in JupyterLab in Chromium, from the
press on the launcher's card 相談受付 until the first box of the form can be typed in, with a spare
and with none. Last come the models and messages of each form, counted.
"""

import asyncio
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning import KernelProvisionerFactory

from jusou_nb.kernel.provisioner import NAME, SPARES
from jusou_nb.store.beginning import begin

STOCK = "local-provisioner"
WARM_SECONDS = 6
PORT = 18931
EARLIER = "() => document.querySelectorAll('input').forEach(each => { each.dataset.earlier = ''; })"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]


def main() -> None:
    """Measure and print."""
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        store = folder / "office.db"
        begin(store, "standard")
        print(f"{'':30}{'median':>8}{'least':>8}{'most':>8}  (seconds, n={times})")
        asyncio.run(kernels(store, times))
        browser(folder, store, times)
    count()


def show(words: str, found: list[float]) -> None:
    """Print one line of figures."""
    median = statistics.median(found)
    print(f"{words:30}{median:8.2f}{min(found):8.2f}{max(found):8.2f}", flush=True)


async def kernels(store: Path, times: int) -> None:
    """Ask for kernels of both kinds in turn, and open the desk in each."""
    code = f"from jusou_nb.widgets import desk\nopened = desk({str(store)!r})"
    found: dict[str, list[float]] = {STOCK: [], NAME: []}
    for _ in range(times):
        for name, took in found.items():
            KernelProvisionerFactory.instance().default_provisioner_name = name
            if name == NAME:
                SPARES.prepare()
                await asyncio.sleep(WARM_SECONDS)
            took.append(await opened_in(code))
            SPARES.stop()
    show("kernel + desk, Jupyter's own", found[STOCK])
    show("kernel + desk, spare", found[NAME])


async def opened_in(code: str) -> float:
    """Give the seconds until a new kernel has opened the desk."""
    manager = AsyncKernelManager(transport="ipc")
    began = time.perf_counter()
    await manager.start_kernel()
    client = manager.client()
    client.start_channels()
    await client.wait_for_ready(timeout=120)
    reply = await client.execute_interactive(code, output_hook=lambda _message: None)
    took = time.perf_counter() - began
    client.stop_channels()
    await manager.shutdown_kernel(now=True)
    if reply["content"]["status"] != "ok":
        raise SystemExit(f"the desk did not open: {reply['content']}")
    return took


@contextmanager
def lab(folder: Path, store: Path, provisioner: str, *, warm: float = 6) -> Iterator[str]:
    """Start ``jusou-nb lab`` in a home of its own and give its address, so many seconds later."""
    home = folder / provisioner
    shutil.rmtree(home, ignore_errors=True)
    (home / "tmp").mkdir(parents=True)
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("JUPYTER", "JUSOU"))}
    own = {"HOME": str(home), "TMPDIR": str(home / "tmp"), "JUSOU_TODAY": "2026-10-15"}
    own |= {"XDG_DATA_HOME": str(home / "data"), "JUPYTER_RUNTIME_DIR": str(home / "run")}
    if provisioner == STOCK:
        own["JUSOU_SPARE"] = "0"
    words = [sys.executable, "-m", "jusou_nb", "lab", str(store), "--no-browser"]
    server = subprocess.Popen(
        [*words, "--port", str(PORT)],
        env={**kept, **own},
        stdout=subprocess.PIPE,
        # Pages that were closed in the middle are told of there.
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        printed = next(line for line in server.stdout or () if "http" in line)
        until_served()
        time.sleep(warm)
        yield printed.partition(" ")[2].strip().replace("/lab/tree/desk.ipynb", "/lab")
    finally:
        server.terminate()
        server.wait(30)


def until_served() -> None:
    """Wait until the server answers."""
    last = time.monotonic() + 60
    while time.monotonic() < last:
        try:
            socket.create_connection(("127.0.0.1", PORT), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return


def browser(folder: Path, store: Path, times: int) -> None:
    """Press the card in a real browser, each time in a Lab that has just started."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - the peers above need none

    path = os.environ.get("JUSOU_CHROMIUM") or shutil.which("chromium")
    found: dict[str, list[float]] = {STOCK: [], NAME: []}
    again: list[float] = []
    closed: list[float] = []
    with sync_playwright() as player:
        opened = player.chromium.launch(executable_path=path, args=FLAGS)
        for _ in range(times):
            for name, took in found.items():
                with lab(folder, store, name) as address:
                    page = opened.new_page(viewport={"width": 1400, "height": 950})
                    took.append(card_to_form(page, f"{address}&reset"))
                    if name == NAME:
                        again.append(card_again(page))
                        closed.append(card_after_closing(page))
                    page.close()
        opened.close()
    show("card to form, no spare", found[STOCK])
    show("card to form, spare", found[NAME])
    show("card to form, desk is open", again)
    show("card to form, desk was closed", closed)


def card_to_form(page: Any, address: str) -> float:
    """Give the seconds from the card 相談受付 to its first box, in a JupyterLab just started."""
    page.goto(address)
    card = page.locator(".jp-LauncherCard", has_text="相談受付").first
    card.wait_for(timeout=60_000)
    page.wait_for_timeout(3000)
    return timed(page, card.click)


def card_again(page: Any) -> float:
    """The same once more, by its key: the desk is open by now, and shows another page."""
    page.get_by_role("tab", name="期限", exact=True).click()
    page.get_by_role("tabpanel", name="期限", exact=True).wait_for()
    page.wait_for_timeout(3000)
    return timed(page, lambda: page.keyboard.press("Alt+3"))


def card_after_closing(page: Any) -> float:
    """The same after somebody closed the desk's tab."""
    desk = page.locator(".lm-DockPanel-tabBar .lm-TabBar-tab", has_text="相談の机")
    desk.locator(".lm-TabBar-tabCloseIcon").click()
    page.wait_for_timeout(3000)
    return timed(page, page.locator(".jp-LauncherCard", has_text="相談受付").first.click)


def timed(page: Any, press: Callable[[], None]) -> float:
    """Give the seconds until the first box of a new form takes what is typed."""
    page.evaluate(EARLIER)
    began = time.perf_counter()
    press()
    page.locator("input:not([data-earlier])[id]").and_(
        page.get_by_role("textbox", name="相談受付日")
    ).first.wait_for(timeout=60_000)
    return time.perf_counter() - began


COUNT = """
import json, sys
from ipywidgets.widgets.widget import _instances
from jusou_nb.widgets.desk import Desk
from jusou_nb.widgets.session import Session
from jusou_nb.store import open_store
opened = Desk(Session(open_store('')))
print(f'{"the desk":20}{len(_instances):6}')
for name in opened.tabs.names:
    before = len(_instances)
    opened.open_page(name, 'stay')
    print(f'{name:20}{len(_instances) - before:6}')
before = set(_instances)
opened.open_page('相談受付', None)
new = [widget for key, widget in _instances.items() if key not in before]
size = sum(len(json.dumps(w.get_state(), default=str)) for w in new)
print(f'{"新しい相談":20}{len(new):6} {size / 1000:8.0f} kB of state')
print(f'{"modules loaded":20}{len(sys.modules):6}')
"""


def count() -> None:
    """Count the models of each page and of the intake's form, in a process of its own."""
    print("\nmodels")
    subprocess.run([sys.executable, "-c", COUNT], check=True)


if __name__ == "__main__":
    main()
