"""A kernel of a desk, or with no arguments the spare that becomes one.

The spare loads what the desk needs and waits. It opens no store, no socket and no shell before
it is asked. One line of JSON on its standard input says what it becomes; when the input ends
without one, the server is gone and so is it.
"""

import importlib
import json
import os
import sys
from collections.abc import Mapping
from typing import Any

from jusou_nb.kernel.app import begin, call_process

LOADED = (
    "ipykernel.comm",
    "IPython.core.completerlib",
    "IPython.core.magics",
    "jusou_nb.widgets.desk",
)
"""What is loaded while nobody waits."""


def stand_by() -> None:
    """Load, wait, become."""
    call_process("jusou-spare")
    for name in LOADED:
        importlib.import_module(name)
    line = sys.stdin.readline()
    if line:
        become(json.loads(line))


def become(told: Mapping[str, Any]) -> None:
    """Be the kernel: in its folder, with its surroundings and its arguments."""
    os.environ.clear()
    os.environ.update(told["env"])
    os.chdir(told["cwd"])
    # A kernel has nobody to read from; what it starts must not wait for our line's pipe.
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    begin(told["arguments"])


if __name__ == "__main__":
    if sys.argv[1:]:
        begin(sys.argv[1:])
    else:
        stand_by()
