"""The spare: loads what the desk needs, waits, and becomes the kernel that is asked for.

It opens no store, no socket and no shell before it is asked. One line of JSON on its standard
input says what it becomes; when the input ends without one, the server is gone and so is it.
"""

import contextlib
import importlib
import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

LOADED = (
    "ipykernel.kernelapp",
    "ipykernel.comm",
    "IPython.core.completerlib",
    "IPython.core.magics",
    "jusou_nb.widgets.desk",
)
"""What is loaded while nobody waits."""


def main() -> None:
    """Load, wait, become."""
    _call("jusou-spare")
    for name in LOADED:
        importlib.import_module(name)
    line = sys.stdin.readline()
    if line:
        become(json.loads(line))


def become(told: Mapping[str, Any]) -> None:
    """Be the kernel: in its folder, with its surroundings and its arguments."""
    from ipykernel import kernelapp  # noqa: PLC0415 - loaded above

    _call("jusou-kernel")
    os.environ.clear()
    os.environ.update(told["env"])
    os.chdir(told["cwd"])
    # A kernel has nobody to read from; what it starts must not wait for our line's pipe.
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    sys.argv = ["ipykernel_launcher", *told["arguments"]]
    kernelapp.launch_new_instance()


def _call(name: str) -> None:
    """Let ``ps`` and ``top`` tell a spare from a kernel, where the system knows how."""
    with contextlib.suppress(OSError):
        Path("/proc/self/comm").write_text(name, encoding="ascii")


if __name__ == "__main__":
    main()
