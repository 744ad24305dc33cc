"""A card opens a form at once: a kernel stands by, and little has to be loaded or sent."""

import asyncio
import json
import subprocess
import sys
import time

import psutil
import pytest
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning import KernelProvisionerFactory

from jusou_nb.cli import lab
from jusou_nb.kernel import provisioner
from jusou_nb.kernel.provisioner import NAME, SPARES, Spares, arguments_of
from jusou_nb.store import open_store
from jusou_nb.widgets.desk import Desk
from jusou_nb.widgets.parts import WHOLE, Drawings, Press, Summary
from jusou_nb.widgets.session import Session

HEAVY = "pandas", "numpy", "matplotlib", "papermill", "nbconvert", "openpyxl", "highspy"


def test_the_desk_loads_none_of_what_only_papers_need():
    told = "import sys, jusou_nb.widgets; print(' '.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)

    assert set(HEAVY) & set(done.stdout.split()) == set()


def test_the_store_still_gives_pandas_a_frame():
    told = (
        "import jusou_nb; store = jusou_nb.open_store('')\n"
        "assert 'pandas' not in __import__('sys').modules\n"
        "print(len(store.frame('cases')))"
    )
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "0"


def test_what_draws_a_box_travels_once_a_form_and_not_with_each_box():
    assert not {"_esm", "_css"} & set(Press("登録").get_state())
    assert Summary("").get_state()["_esm"] == Drawings().get_state()["_esm"] == WHOLE


def test_a_form_of_the_desk_is_sent_in_less_than_half_a_megabyte():
    with open_store("") as store:
        opened = Desk(Session(store))
        opened.open_page("相談受付", None)
        entry = opened.pages["相談受付"].children[-1]
        parts = [part for view in entry.forms.values() for part in _within(view)]
        sent = sum(len(json.dumps(part.get_state(), default=str)) for part in parts)

    assert len(parts) > 100
    assert sent < 500_000


def _within(part):
    yield part
    for child in getattr(part, "children", ()):
        yield from _within(child)


@pytest.mark.parametrize(
    ("command", "arguments"),
    [
        ([sys.executable, "-m", "ipykernel_launcher", "-f", "k.json"], ["-f", "k.json"]),
        (
            [sys.executable, "-Xfrozen_modules=off", "-m", "ipykernel_launcher", "-f", "k.json"],
            ["-f", "k.json"],
        ),
        ([sys.executable, "-X", "dev", "-m", "ipykernel_launcher", "-f", "k"], None),
        (["/usr/bin/otherpython", "-m", "ipykernel_launcher", "-f", "k"], None),
        ([sys.executable, "-m", "bash_kernel", "-f", "k"], None),
    ],
)
def test_only_a_kernel_of_this_very_python_comes_from_the_spare(command, arguments):
    assert arguments_of(command) == arguments


@pytest.fixture
def spares(monkeypatch):
    """The server's spares, empty before and after."""
    monkeypatch.setattr(provisioner, "AGAIN_SECONDS", 3600)
    factory = KernelProvisionerFactory.instance()
    monkeypatch.setattr(factory, "default_provisioner_name", NAME)
    SPARES.stop()
    yield SPARES
    SPARES.stop()


async def _asked(code, folder):
    """Start a kernel in a folder, run something, and give what it printed and its process."""
    # The sockets lie beside this file; without one they lie in the folder of whoever asks.
    manager = AsyncKernelManager(transport="ipc", connection_file=str(folder / "k.json"))
    await manager.start_kernel(cwd=str(folder))
    client = manager.client()
    client.start_channels()
    await client.wait_for_ready(timeout=120)
    said = []
    await client.execute_interactive(
        code, output_hook=lambda told: said.append(told["content"].get("text", ""))
    )
    pid = manager.provisioner.pid
    client.stop_channels()
    await manager.shutdown_kernel(now=True)
    client.context.destroy(linger=0)
    return "".join(said).strip(), pid


@pytest.mark.slow
def test_a_new_kernel_is_the_process_that_stood_by(spares, tmp_path, monkeypatch):
    monkeypatch.setenv("JUSOU_TODAY", "2026-10-15")
    spares.prepare()
    waiting = spares.waiting.pid
    monkeypatch.setenv("JUSOU_TODAY", "2026-11-01")
    code = (
        "import os, sys\n"
        "loaded = 'jusou_nb.widgets.desk' in sys.modules\n"
        "print(os.getcwd(), os.environ['JUSOU_TODAY'], loaded)"
    )
    said, pid = asyncio.run(_asked(code, tmp_path))

    assert pid == waiting
    assert said == f"{tmp_path} 2026-11-01 True"
    assert spares.waiting is None


@pytest.mark.slow
def test_a_kernel_starts_also_when_the_spare_has_died(spares, tmp_path):
    spares.prepare()
    dead = spares.waiting
    dead.kill()
    dead.wait()
    said, pid = asyncio.run(_asked("print('opens')", tmp_path))

    assert said == "opens" and pid != dead.pid


@pytest.mark.slow
def test_a_spare_holds_no_store_and_no_socket_open(spares):
    spares.prepare()
    process = psutil.Process(spares.waiting.pid)
    _until(lambda: "jusou-spare" in process.name() and process.num_threads() >= 1)
    time.sleep(5)

    assert [f.path for f in process.open_files() if f.path.endswith((".db", "-wal"))] == []
    assert process.net_connections() == []


@pytest.mark.slow
def test_a_spare_ends_with_the_server_that_keeps_it():
    told = (
        "from jusou_nb.kernel.provisioner import SPARES\n"
        "SPARES.prepare(); print(SPARES.waiting.pid, flush=True)"
    )
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    pid = int(done.stdout)

    _until(lambda: not psutil.pid_exists(pid) or psutil.Process(pid).status() == "zombie")


def _until(is_so):
    last = time.monotonic() + 60
    while not is_so():
        assert time.monotonic() < last
        time.sleep(0.1)


def test_an_empty_hand_gives_nothing():
    assert Spares().take(["-f", "k"], {}, "/") is None


def test_the_lab_starts_the_kernels_room_beside_the_servers(tmp_path):
    words = lab.command(tmp_path, 8888, browser=False)

    assert "--ServerApp.jpserver_extensions=jusou_nb.kernel=True" in words
