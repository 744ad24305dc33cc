"""The desk's kernel stands by and loses no word, and a desk that was left leaves nothing."""

import asyncio
import subprocess
import sys
import time
from contextlib import asynccontextmanager

import psutil
import pytest
from ipywidgets.widgets.widget import _instances
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning import KernelProvisionerFactory

from jusou_nb.kernel import provisioner
from jusou_nb.kernel.provisioner import NAME, SPARES, Spares, arguments_of
from jusou_nb.store import open_store
from jusou_nb.widgets.desk import PAGES, Desk, opened
from jusou_nb.widgets.doorway import STAY
from jusou_nb.widgets.session import Session

MANY = 5_000
"""More than ZeroMQ keeps at both ends together when nobody says otherwise (two thousand)."""


@pytest.fixture
def spares(monkeypatch):
    """The server's spares, empty before and after."""
    monkeypatch.setattr(provisioner, "AGAIN_SECONDS", 3600)
    factory = KernelProvisionerFactory.instance()
    monkeypatch.setattr(factory, "default_provisioner_name", NAME)
    SPARES.stop()
    yield SPARES
    SPARES.stop()


@asynccontextmanager
async def _kernel(folder):
    manager = AsyncKernelManager(transport="ipc", connection_file=str(folder / "k.json"))
    await manager.start_kernel(cwd=str(folder))
    client = manager.client()
    client.start_channels()
    try:
        await client.wait_for_ready(timeout=120)
        yield client, manager.provisioner.pid
    finally:
        client.stop_channels()
        await manager.shutdown_kernel(now=True)
        client.context.destroy(linger=0)


async def _asked(code, folder):
    """Run something in a new kernel, and give what it printed and its process."""
    said = []
    async with _kernel(folder) as (client, pid):
        await client.execute_interactive(
            code, output_hook=lambda told: said.append(told["content"].get("text", ""))
        )
    return "".join(said).strip(), pid


async def _heard(client, request):
    """Give what the kernel published for a request, to the word that it is idle."""
    told = []
    while not told or told[-1]["content"].get("execution_state") != "idle":
        message = await client.get_iopub_msg(timeout=60)
        if message["parent_header"].get("msg_id") == request:
            told.append(message)
    return told


async def _shown_to_a_busy_reader(folder):
    async with _kernel(folder) as (client, _):
        request = client.execute(f"for n in range({MANY}): display(n)")
        # Nobody reads before all has been said.
        await client.get_shell_msg(timeout=120)
        return [told["msg_type"] for told in await _heard(client, request)]


@pytest.mark.slow
def test_what_a_busy_server_has_not_read_yet_is_not_thrown_away(spares, tmp_path):
    assert asyncio.run(_shown_to_a_busy_reader(tmp_path)).count("display_data") == MANY


async def _asked_for_all_widgets(folder):
    async with _kernel(folder) as (client, _):
        asked = {"comm_id": "all", "target_name": "jupyter.widget.control", "data": {}}
        message = client.session.msg("comm_open", asked, metadata={"version": "1.0.0"})
        client.shell_channel.send(message)
        said = {"comm_id": "all", "data": {"method": "request_states"}}
        request = client.session.msg("comm_msg", said)
        client.shell_channel.send(request)
        told = await _heard(client, request["header"]["msg_id"])
        return [
            part["content"]["data"]["method"] for part in told if part["msg_type"] == "comm_msg"
        ]


@pytest.mark.slow
@pytest.mark.parametrize("stands_by", [True, False])
def test_a_page_that_is_loaded_anew_learns_of_all_widgets_in_one_message(
    spares, tmp_path, stands_by
):
    if stands_by:
        spares.prepare()

    assert asyncio.run(_asked_for_all_widgets(tmp_path)) == ["update_states"]


@pytest.mark.parametrize("name", PAGES)
def test_a_desk_that_is_left_leaves_no_widget_behind(tmp_path, name):
    before = set(_instances)
    desk = opened(tmp_path / "office.db", None)
    desk.open_page(name, STAY)
    assert len(set(_instances) - before) > 20
    desk.leave()

    assert [_instances[key] for key in set(_instances) - before] == []


def test_a_sheet_that_is_opened_again_and_again_adds_no_widget(tmp_path):
    with open_store(tmp_path / "office.db") as store:
        desk = Desk(Session(store))
        counted = set()
        for _ in range(4):
            desk.open_page("ホーム", "phone")
            desk.pages["ホーム"].show_list()
            counted.add(len(_instances))
        assert len(counted) == 1


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
