"""lab: JupyterLab in Japanese with the desk, one server an account, on this machine only."""

import argparse
import os
import secrets
import shutil
import socket
import subprocess
import sys
from importlib import resources
from pathlib import Path

from jusou_nb import remembered, settings
from jusou_nb.cli.common import existing
from jusou_nb.cli.screen import Screen
from jusou_nb.errors import NotFound, PaperError
from jusou_nb.runner import examples, templates
from jusou_nb.store import open_store
from jusou_nb.store.beginning import refuse_stranger

DESK = "desk"
_PORTS = 50
_BESIDE = ("jusou_nb.server", "jusou_nb.kernel")
"""What runs in the server beside JupyterLab, also where shared files are not installed."""


def lab(options: argparse.Namespace, screen: Screen) -> None:
    """Start the server and stay until it is stopped."""
    store = _store(options.store, choose=options.choose)
    folder = desk_folder()
    copy_desk(folder)
    port, token = free_port(options.port), secrets.token_urlsafe(24)
    screen.say(f"画面: http://127.0.0.1:{port}/lab/tree/{DESK}.ipynb?token={token}")
    screen.say("終わるときは、この窓で Ctrl+C を押してください")
    _start(command(folder, port, browser=not options.no_browser), {
        **os.environ,
        **_own(store, folder, choose=options.choose),
        # Not on the command line, where other accounts could read it.
        "JUPYTER_TOKEN": token,
    })  # fmt: skip


def _store(given: Path | None, *, choose: bool) -> Path | None:
    """Give the store to open, or None where the desk is to ask for one."""
    set_for_all = "" if choose else settings.STORE.get()
    if given is None and not set_for_all:
        return None
    named = existing(given or Path(set_for_all))
    # Opening tells of a wrong file here, in words, and upgrades an old store once.
    refuse_stranger(named)
    open_store(named).close()
    return named.absolute()


def _own(store: Path | None, folder: Path, *, choose: bool) -> dict[str, str]:
    """Give what the server's surroundings say beside what they say already."""
    if choose:
        remembered.forget()
    return {
        settings.STORE.name: str(store or ""),
        settings.FOLDER.name: settings.FOLDER.get() or str(Path.cwd()),
        "JUPYTERLAB_WORKSPACES_DIR": str(folder / ".workspaces"),
        "JUPYTERLAB_SETTINGS_DIR": str(folder / ".settings"),
    }


def desk_folder() -> Path:
    """Give this account's own folder for the desk, made where it is not there yet."""
    folder = remembered.folder() / DESK
    try:
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o700)
    except OSError as fault:
        raise PaperError(
            f"画面用のフォルダー「{folder.name}」を作れません（{fault.strerror}）。権限を確かめてください"
        ) from fault
    return folder


def copy_desk(folder: Path) -> Path:
    """Put the desk's notebook there afresh (it holds no record), and the examples beside it."""
    source = templates.every().get(DESK)
    if source is None:
        raise NotFound("画面のノートブック（desk）がありません。入れ直してください")
    target = folder / source.name
    target.unlink(missing_ok=True)
    shutil.copyfile(source, target)
    target.chmod(0o600)
    examples.copy_to(folder)
    return target


def free_port(first: int) -> int:
    """Find a port that nobody uses, from this one on."""
    for port in range(first, first + _PORTS):
        with socket.socket() as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                trial.bind(("127.0.0.1", port))
            except (OSError, OverflowError):
                continue
            return port
    raise PaperError(
        f"ポート {first} から先に空きがありません。--port で別の番号を指定してください"
    )


def command(folder: Path, port: int, *, browser: bool) -> list[str]:
    """Give the server's command line; our own configuration goes before the account's."""
    package = Path(str(resources.files("jusou_nb")))
    words = [sys.executable, "-m", "jupyterlab", f"--config={package / 'cli' / 'lab_config.py'}"]
    words += [f"--ServerApp.root_dir={folder}", f"--ServerApp.port={port}"]
    # Japanese and quiet also where the package's shared files are not installed.
    words += [f"--LabApp.app_settings_dir={package / 'lab'}"]
    # JupyterLab's own start-up sets this trait, so a line of the configuration would be lost.
    words += [f"--ServerApp.jpserver_extensions={name}=True" for name in _BESIDE]
    words += ["--ServerApp.log_level=ERROR", "--LabApp.log_level=ERROR"]
    words += [] if browser else ["--no-browser"]
    # Only a container or a test runs as root; the server refuses it unless told.
    return [*words, "--allow-root"] if os.name == "posix" and os.geteuid() == 0 else words


def _start(words: list[str], surroundings: dict[str, str]) -> None:
    if os.name != "posix":
        subprocess.run(words, env=surroundings, check=False)  # noqa: S603 - our own words
        return
    sys.stdout.flush()
    # The server takes this process over, and with it Ctrl+C and the signals of a service.
    os.execve(words[0], words, surroundings)  # noqa: S606 - no shell in between
    return
