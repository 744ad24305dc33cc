"""A real JupyterLab in a real browser, in folders of its own, ended by who started it."""

import contextlib
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlparse

import psutil
import pytest
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from jusou_nb import open_store

TODAY = "2026-10-15"
NOTEBOOK = Path(__file__).parents[2] / "notebooks/templates/desk.ipynb"
PATIENCE = 20_000
SERVER_LOG = "server.log"
# Five seconds, Playwright's own, are too few where two cores carry server, kernel and browser.
expect.set_options(timeout=PATIENCE)


def browser_path() -> str:
    named = os.environ.get("JUSOU_CHROMIUM") or ""
    found = named or shutil.which("chromium") or shutil.which("chromium-browser")
    if not found:
        pytest.fail(
            "ブラウザーがありません。chromium を入れるか、JUSOU_CHROMIUM で場所を示してください"
        )
    return found


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let walks come in any order, but the steps of each in the order in which it tells them."""
    for walk in {item.path for item in items if item.get_closest_marker("walk")}:
        places = [place for place, item in enumerate(items) if item.path == walk]
        steps = sorted((items[place] for place in places), key=lambda step: step.location[1] or 0)
        for place, step in zip(places, steps, strict=True):
            items[place] = step


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Tell what stood on the page when a walk failed: nobody was there to look."""
    report = yield
    if report.failed:
        given = getattr(item, "funcargs", {}).values()
        walks = [walk for walk in given if isinstance(walk, Walk) and not walk.page.is_closed()]
        report.sections += [("on the page", walk.told()) for walk in walks]
    return report


def free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


@dataclass
class Lab:
    """A running server: its address, its home, and the folder that it serves."""

    address: str
    token: str
    home: Path
    root: Path
    process: subprocess.Popen[str]

    def kernels(self) -> set[int]:
        """Give the process ids of the kernels that this server started."""
        started = psutil.Process(self.process.pid).children()
        return {child.pid for child in started if _is_kernel(child)}


def _is_kernel(child: psutil.Process) -> bool:
    """Tell a kernel from a spare that stands by, which takes the name when it becomes one."""
    with contextlib.suppress(psutil.NoSuchProcess):  # ended meanwhile
        return child.name() == "jusou-kernel" or "ipykernel_launcher" in child.cmdline()
    return False


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    with running(tmp_path_factory.mktemp("home")) as served:
        yield served


@pytest.fixture(scope="module")
def lab_of_module(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """A server for the walks of one file."""
    with running(tmp_path_factory.mktemp("home")) as served:
        yield served


@pytest.fixture
def lab_to_stop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """A server for one walk alone, which may stop it."""
    with running(tmp_path_factory.mktemp("home")) as served:
        yield served


@contextlib.contextmanager
def running(home: Path) -> Iterator[Lab]:
    """Start a server over a new store in this home, and stop it in the end."""
    first = home / "first.db"
    open_store(first).close()
    words = [sys.executable, "-m", "jusou_nb", "lab", str(first), "--no-browser"]
    with (home / SERVER_LOG).open("wb") as log:
        process = subprocess.Popen(
            [*words, "--port", str(free_port())],
            env=surroundings(home),
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
            start_new_session=True,
        )
    try:
        yield served_by(process, home)
    finally:
        stop(process)


def served_by(process: subprocess.Popen[str], home: Path) -> Lab:
    """Read the address that the command prints, and wait until the server answers there."""
    printed = next(line for line in process.stdout or () if "http" in line)
    address = urlparse(printed.partition(" ")[2].strip())
    root = home / ".local/share/jusou_nb/desk"
    token = address.query.removeprefix("token=")
    served = Lab(f"http://{address.netloc}", token, home, root, process)
    wait_for(served)
    return served


def surroundings(home: Path) -> dict[str, str]:
    """Folders of our own for whatever a server may write; nothing of the caller's Jupyter."""
    kept = {
        k: v for k, v in os.environ.items() if not k.startswith(("JUPYTER", "JUSOU", "IPYTHON"))
    }
    own = {
        "HOME": str(home),
        "TMPDIR": str(home / "tmp"),
        "IPYTHONDIR": str(home / "ipython"),
        "JUPYTER_CONFIG_DIR": str(home / "config"),
        "JUPYTER_DATA_DIR": str(home / "data"),
        "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
        "XDG_DATA_HOME": str(home / ".local/share"),
        "JUSOU_TODAY": TODAY,
    }
    (home / "tmp").mkdir()
    return {**kept, **own}


def wait_for(served: Lab) -> None:
    """Ask until the server answers; it does so within seconds."""
    host, _, port = served.address.removeprefix("http://").partition(":")
    until = time.monotonic() + 60
    while time.monotonic() < until and served.process.poll() is None:
        with contextlib.suppress(OSError):
            socket.create_connection((host, int(port)), timeout=1).close()
            return
        time.sleep(0.1)
    pytest.fail("JupyterLab が始まりません")


def stop(process: subprocess.Popen[str]) -> None:
    """End the server and whatever it started: they are one process group of ours."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(10)
    if process.stdout:
        process.stdout.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    flags = [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ]  # fmt: skip
    with sync_playwright() as player:
        opened = player.chromium.launch(executable_path=browser_path(), args=flags)
        yield opened
        opened.close()


@dataclass
class Walk:
    """A worker at the desk: presses, types, reads."""

    lab: Lab
    page: Page
    folder: Path
    pictures: Path
    strangers: list[str] = field(default_factory=list)
    read: list[str] = field(default_factory=list)
    opened: str = ""

    @property
    def reports(self) -> dict[str, str]:
        """The finished papers by file name."""
        found = sorted((self.folder / "reports").glob("*.html"))
        return {path.name: path.read_text(encoding="utf-8") for path in found}

    def open_desk(self) -> None:
        """Open the desk's notebook; it runs by itself."""
        name = (self.folder / "desk.ipynb").relative_to(self.lab.root)
        self.page.goto(f"{self.lab.address}/lab/tree/{name}?token={self.lab.token}&reset")
        self.stands()

    def run(self) -> None:
        """Open the desk afresh, as a worker does after a fault."""
        before = self.page.locator(".jusou-desk").first.element_handle()
        self.page.get_by_role("menuitem", name="相談の机", exact=True).click()
        self.page.locator("[data-command='jusou:restart']").click()
        before.wait_for_element_state("hidden")
        self.stands()

    def stands(self) -> None:
        """Wait until the desk can be used."""
        expect(self.page.get_by_role("tab", name="相談受付")).to_be_visible(timeout=60_000)

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).first.click()

    def turn(self, name: str) -> None:
        """Go to a page; the one that stood there before has gone when this returns."""
        self.page.get_by_role("tab", name=name, exact=True).click()
        self.page.get_by_role("tabpanel", name=name, exact=True).wait_for()

    def box(self, label: str, place: int = 0) -> Locator:
        named = re.compile(f"^{re.escape(label)}")
        return self.page.get_by_role("textbox", name=named).nth(place)

    def fill(self, label: str, text: str, place: int = 0) -> None:
        self.box(label, place).fill(text)

    def tick(self, group: str, *labels: str, place: int = 0) -> None:
        area = self.page.get_by_role("group", name=re.compile(f"^{re.escape(group)}")).nth(place)
        for label in labels:
            area.get_by_label(label, exact=True).check()

    def choose(self, label: str, option: str, place: int = 0) -> None:
        named = re.compile(f"^{re.escape(label)}")
        self.page.get_by_role("combobox", name=named).nth(place).select_option(label=option)

    def sees(self, text: str, timeout: int = PATIENCE) -> None:
        said = self.page.locator(".jusou-desk").get_by_text(text)
        expect(said.first).to_be_visible(timeout=timeout)

    def until(self, is_so: Callable[[], bool]) -> None:
        """Wait for what the kernel does behind the page, such as a row in the store."""
        last = time.monotonic() + PATIENCE / 1000
        while not is_so():
            assert time.monotonic() < last, "the store never showed it"
            self.page.wait_for_timeout(100)

    def look(self, name: str) -> None:
        """Take a picture, and keep every word that can be seen or heard on the desk."""
        self.page.screenshot(path=self.pictures / f"{name}.png")
        self.read += self.page.locator(".jusou-desk").first.evaluate(WORDS)

    def told(self) -> str:
        """Give what the page shows and what its console said last."""
        shown = self.page.locator("body").inner_text()
        said = [f"{line.type}: {line.text}" for line in self.page.console_messages()[-20:]]
        return "\n".join([shown, *said])

    def note(self, url: str) -> None:
        """Keep an address that lies outside of this machine."""
        asked = urlparse(url)
        if asked.scheme in ("http", "https", "ws", "wss") and asked.hostname != "127.0.0.1":
            self.strangers.append(url)


WORDS = """desk => [desk.innerText, ...[...desk.querySelectorAll("[aria-label], [title]")].map(
  part => `${part.getAttribute("aria-label") ?? ""} ${part.title}`)]"""


@pytest.fixture(scope="session")
def at_the_lab(
    lab: Lab, browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Callable[..., contextlib.AbstractContextManager[Walk]]:
    """Give what opens a window of the browser, with nothing in it yet."""

    @contextlib.contextmanager
    def sit(name: str, of: Lab = lab, folder: Path | None = None) -> Iterator[Walk]:
        named = os.environ.get("JUSOU_PICTURES")
        pictures = Path(named) if named else tmp_path_factory.mktemp("pictures")
        page = browser.new_page(viewport={"width": 1400, "height": 950}, locale="ja-JP")
        page.set_default_timeout(PATIENCE)
        walker = Walk(of, page, folder or of.root, pictures)
        page.on("request", lambda request: walker.note(request.url))
        page.on("websocket", lambda socket: walker.note(socket.url))
        try:
            yield walker
        finally:
            page.screenshot(path=pictures / f"{name}-last.png")
            page.close()

    return sit


@pytest.fixture(scope="session")
def at_the_desk(
    lab: Lab, at_the_lab: Callable[..., contextlib.AbstractContextManager[Walk]]
) -> Callable[[str], contextlib.AbstractContextManager[Walk]]:
    """Give what sits a worker down at a desk with a new store in a folder of this name."""

    @contextlib.contextmanager
    def sit(name: str, of: Lab = lab) -> Iterator[Walk]:
        folder = of.root / name
        folder.mkdir()
        open_store(folder / "office.db").close()
        text = NOTEBOOK.read_text(encoding="utf-8")
        own = text.replace("desk()", f"desk('{folder / 'office.db'}')")
        (folder / "desk.ipynb").write_text(own, encoding="utf-8")
        with at_the_lab(name, of, folder) as walker:
            yield walker

    return sit


@pytest.fixture
def first_day(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[], Walk]]:
    """Give what starts ``jusou-nb lab`` for a new account in an empty folder, and opens it."""
    with contextlib.ExitStack() as ending:

        def begin() -> Walk:
            home = tmp_path_factory.mktemp("home")
            office = home / "office"
            office.mkdir()
            words = [sys.executable, "-m", "jusou_nb", "lab", "--no-browser", "--port"]
            process = subprocess.Popen(
                [*words, str(free_port())],
                cwd=office,
                env=surroundings(home),
                stdout=subprocess.PIPE,
                text=True,
                start_new_session=True,
            )
            ending.callback(stop, process)
            served = served_by(process, home)
            named = os.environ.get("JUSOU_PICTURES")
            pictures = Path(named) if named else tmp_path_factory.mktemp("pictures")
            page = browser.new_page(viewport={"width": 1400, "height": 950}, locale="ja-JP")
            ending.callback(page.close)
            page.set_default_timeout(PATIENCE)
            walker = Walk(served, page, office, pictures)
            page.on("request", lambda request: walker.note(request.url))
            page.goto(f"{served.address}/lab/tree/desk.ipynb?token={served.token}")
            walker.sees("はじめに、業務ファイルを決めます", timeout=60_000)
            return walker

        yield begin
