"""What JupyterLab's server answers for the desk: the panel's list, drafts, and what else is asked.

It stands beside the kernel, so it answers while the kernel is busy or gone.
"""

import asyncio
from typing import Any

NAME = "jusou_nb.server"
_begun: list["asyncio.Task[None]"] = []


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    """Tell the server where the extension is."""
    return [{"module": NAME}]


def _load_jupyter_server_extension(server: Any) -> None:
    """Add the handlers; nothing else is imported until the server asks."""
    from jusou_nb.server.app import add_handlers  # noqa: PLC0415 - see above

    add_handlers(server.web_app)


async def _start_jupyter_server_extension(_server: Any) -> None:
    """Count what waits, beside the start: the first panel need not wait for it."""
    from jusou_nb.server.today import warm  # noqa: PLC0415 - see above

    _begun.append(asyncio.ensure_future(warm()))
