"""The kernel of a desk: Jupyter's own, with room for all that a desk says at once."""

import contextlib
from pathlib import Path
from typing import Any

import ipywidgets
import zmq
from ipykernel.kernelapp import IPKernelApp

WAITING = 100_000
"""How many messages may wait for a server that is busy. ZeroMQ throws away what comes after
the first thousand, and a page that was loaded anew asks after every widget at once: what it
lost was the word that the desk stands."""


class DeskKernelApp(IPKernelApp):
    """Jupyter's Python kernel, as a desk needs it."""

    def init_iopub(self, context: Any) -> None:
        """Open the channel on which the desk is drawn."""
        context.setsockopt(zmq.SNDHWM, WAITING)
        super().init_iopub(context)  # type: ignore[no-untyped-call] # ipykernel's is untyped

    def init_extensions(self) -> None:
        """Answer pages that ask after all widgets in one message."""
        super().init_extensions()
        # Where ipywidgets was loaded before there was a kernel, it could not ask for this itself.
        ipywidgets.register_comm_target()


def begin(arguments: list[str]) -> None:
    """Be a kernel that is called with these arguments, until it is ended."""
    call_process("jusou-kernel")
    DeskKernelApp.launch_instance(argv=arguments)


def call_process(name: str) -> None:
    """Let ``ps`` and ``top`` tell a spare from a kernel, where the system knows how."""
    with contextlib.suppress(OSError):
        Path("/proc/self/comm").write_text(name, encoding="ascii")
