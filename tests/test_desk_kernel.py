"""The desk's kernel loses nothing of what it says, and a desk that was left leaves nothing."""

import asyncio
from contextlib import asynccontextmanager

import pytest
from ipywidgets.widgets.widget import _instances
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning import KernelProvisionerFactory

from jusou_nb.kernel import provisioner
from jusou_nb.kernel.provisioner import NAME, SPARES
from jusou_nb.store import open_store
from jusou_nb.widgets.desk import PAGES, Desk, opened
from jusou_nb.widgets.doorway import STAY
from jusou_nb.widgets.session import Session

MANY = 5_000
"""More than ZeroMQ keeps at both ends together when nobody says otherwise (two thousand)."""


@pytest.fixture
def of_the_desk(monkeypatch):
    """Let new kernels be the desk's, with no spare that waits."""
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
        yield client
    finally:
        client.stop_channels()
        await manager.shutdown_kernel(now=True)
        client.context.destroy(linger=0)


async def _heard(client, request):
    """Give what the kernel published for a request, to the word that it is idle."""
    told = []
    while not told or told[-1]["content"].get("execution_state") != "idle":
        message = await client.get_iopub_msg(timeout=60)
        if message["parent_header"].get("msg_id") == request:
            told.append(message)
    return told


async def _shown_to_a_busy_reader(folder):
    async with _kernel(folder) as client:
        request = client.execute(f"for n in range({MANY}): display(n)")
        # Nobody reads before all has been said.
        await client.get_shell_msg(timeout=120)
        return [told["msg_type"] for told in await _heard(client, request)]


@pytest.mark.slow
def test_what_a_busy_server_has_not_read_yet_is_not_thrown_away(of_the_desk, tmp_path):
    assert asyncio.run(_shown_to_a_busy_reader(tmp_path)).count("display_data") == MANY


async def _asked_for_all_widgets(folder):
    async with _kernel(folder) as client:
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
    of_the_desk, tmp_path, stands_by
):
    if stands_by:
        of_the_desk.prepare()

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
