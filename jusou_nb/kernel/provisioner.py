"""Gives a new kernel the process that stood by; without one it is started then."""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from jupyter_client.launcher import launch_kernel
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from jusou_nb import settings

NAME = "jusou-provisioner"
"""The entry point under which Jupyter finds this provisioner."""
AGAIN_SECONDS = 5
"""How long the next spare waits: the desk that has just opened needs the processor first."""
_LAUNCHER = "ipykernel_launcher"
_COMMAND = [sys.executable, "-P", "-m", "jusou_nb.kernel"]


class Spares:
    """The one process of this server that has loaded the desk and waits."""

    def __init__(self) -> None:
        """Start without one."""
        self.waiting: subprocess.Popen[bytes] | None = None

    def prepare(self) -> None:
        """Start one unless one waits already; where it cannot be started, go without."""
        if self.waiting is not None and self.waiting.poll() is None:
            return
        with suppress(OSError):
            self.waiting = launch_kernel(_COMMAND, stdin=subprocess.PIPE)

    def take(
        self, arguments: Sequence[str], env: Mapping[str, str], cwd: str | os.PathLike[str]
    ) -> subprocess.Popen[bytes] | None:
        """Let the spare become a kernel with these arguments; None when there is no spare."""
        spare = self.waiting
        if spare is None or spare.poll() is not None:
            return None
        self.waiting = None
        told = {"env": dict(env), "cwd": os.fspath(cwd), "arguments": list(arguments)}
        try:
            with spare.stdin as line:  # type: ignore[union-attr] # it was started with a pipe
                line.write(f"{json.dumps(told)}\n".encode())
        except OSError:
            spare.kill()
            spare.wait()
            return None
        return spare

    def stop(self) -> None:
        """End the one that waits."""
        if self.waiting is not None:
            self.waiting.communicate()
            self.waiting = None


SPARES = Spares()


def arguments_of(command: Sequence[str]) -> list[str] | None:
    """Give what a Python kernel of this very Python is called with; None for any other."""
    if command[0] != sys.executable or _LAUNCHER not in command:
        return None
    place = command.index(_LAUNCHER)
    plain = set(command[1:place]) <= {"-m", "-Xfrozen_modules=off"}
    return list(command[place + 1 :]) if plain else None


class SpareProvisioner(LocalProvisioner):
    """Jupyter's own provisioner; only where the process comes from differs."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        """Start the kernel, from the spare where there is one, and have the next prepared."""
        arguments = arguments_of(cmd)
        if arguments is None:
            return await super().launch_kernel(cmd, **kwargs)
        cwd = kwargs.get("cwd") or Path.cwd()
        spare = SPARES.take(arguments, kwargs.get("env") or os.environ, cwd)
        if settings.SPARE.get() == "1":
            asyncio.get_running_loop().call_later(AGAIN_SECONDS, SPARES.prepare)
        if spare is None:
            return await super().launch_kernel([*_COMMAND, *arguments], **kwargs)
        # The spare leads a session of its own, as every kernel does.
        self.process, self.pid, self.pgid = spare, spare.pid, spare.pid
        self.cwd = cwd
        return self.connection_info
