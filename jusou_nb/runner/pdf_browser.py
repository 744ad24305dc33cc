"""Finds a browser of the machine and has it print pages, each to a PDF, without a network.

On Linux one headless browser is driven over two pipes of its own: nobody else on a shared
server can reach it, as a debugging port could be. Where there are no such pipes (Windows) it is
started once a page. Its profile is an empty folder for its owner alone, and it ends with us.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from jusou_nb import settings
from jusou_nb.errors import PaperError
from jusou_nb.runner.pdf_pipe import HAS_PIPES, Pipe

SECONDS = 120.0
"""A page that takes longer to print is given up."""
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable",
          "microsoft-edge", "microsoft-edge-stable", "msedge", "chrome")  # fmt: skip
_WINDOWS = (r"Microsoft\Edge\Application\msedge.exe", r"Google\Chrome\Application\chrome.exe")
_FLAGS = ("--headless", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
          "--disable-extensions", "--disable-background-networking",
          "--disable-component-update", "--host-resolver-rules=MAP * ~NOTFOUND")  # fmt: skip
_AT_ONCE = 4
_PRINT = {
    "preferCSSPageSize": True,
    "printBackground": True,
    "generateTaggedPDF": True,
    "generateDocumentOutline": True,
}


def find() -> Path:
    """Find the browser that is set, else one that this machine has.

    Raises:
        PaperError: There is none, or none where the setting says.
    """
    named = settings.CHROMIUM.get()
    if named:
        if (path := shutil.which(named)) is None:
            raise PaperError(f"JUSOU_CHROMIUM の場所にブラウザーがありません: {Path(named).name}")
        return Path(path)
    found = [path for name in _NAMES if (path := shutil.which(name))]
    homes = [os.environ[name] for name in ("ProgramFiles", "ProgramFiles(x86)")
             if name in os.environ]  # fmt: skip
    found += [str(p) for home in homes for each in _WINDOWS if (p := Path(home) / each).is_file()]
    if not found:
        raise PaperError(
            "PDFを作るブラウザーが見つかりません。Chromium か Microsoft Edge を入れるか、"
            "JUSOU_CHROMIUM に場所を指定してください（HTMLの資料はできています）"
        )
    return Path(found[0])


def print_pages(pages: Sequence[Path], *, driven: bool = HAS_PIPES) -> list[bytes]:
    """Print HTML files, each to a PDF of its own, several browsers at once.

    Args:
        pages: The files.
        driven: Over pipes, else by starting the browser once a page.

    Returns:
        The PDFs, in the order of the files.

    Raises:
        PaperError: There is no browser, or it cannot print.
    """
    browser = find()
    at_once = max(1, min(_AT_ONCE, os.cpu_count() or 1, len(pages)))
    shares = [pages[n::at_once] for n in range(at_once)]
    work = _drive if driven else _start_each
    with ThreadPoolExecutor(at_once) as pool:
        done = list(pool.map(lambda share: work(browser, share), shares))
    return [done[n % at_once][n // at_once] for n in range(len(pages))]


@contextmanager
def _profile() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="jusou-pdf-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _command(browser: Path, profile: Path, *more: str) -> list[str]:
    # Run by root (a container's habit) the browser refuses its sandbox; pages hold no script.
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    sandbox = ["--no-sandbox"] if is_root else []
    return [str(browser), *_FLAGS, *sandbox, f"--user-data-dir={profile}", *more]


def _drive(browser: Path, pages: Sequence[Path]) -> list[bytes]:
    """Print with one browser that stays open."""
    with _profile() as profile, Pipe.open(_command(browser, profile), seconds=SECONDS) as pipe:
        return [pipe.print(page.read_text(encoding="utf-8"), _PRINT) for page in pages]


def _start_each(browser: Path, pages: Sequence[Path]) -> list[bytes]:
    """Print by the browser's own command, one start a page."""
    return [_start(browser, page) for page in pages]


def _start(browser: Path, page: Path) -> bytes:
    with _profile() as profile:
        made = profile / "page.pdf"
        words = _command(
            browser,
            profile / "user",
            "--no-pdf-header-footer",
            "--generate-pdf-document-outline",
            f"--print-to-pdf={made}",
            page.absolute().as_uri(),
        )
        try:
            subprocess.run(  # noqa: S603 - the browser that was found, arguments as a list
                words, check=True, capture_output=True, timeout=SECONDS
            )
            return made.read_bytes()
        except (OSError, subprocess.SubprocessError):
            raise PaperError(
                "ブラウザーでPDFを作れませんでした。HTMLの資料を開いて印刷してください"
            ) from None
