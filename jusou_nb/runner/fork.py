"""The parent's end: forks a preloaded child for one notebook, and knows when it may not.

What a fork must not copy: other threads (their locks stay shut for ever), an open SQLite
connection, a ZeroMQ context, a running event loop, an IPython shell. Where any of these is
alive, :func:`unfit` names it and the caller takes another way.
"""

import asyncio
import gc
import importlib
import json
import os
import signal
import sys
import threading
import time
import warnings
from collections.abc import Iterator, Mapping
from multiprocessing import Pipe
from types import TracebackType
from typing import Any, Self

# Only what may be imported twice without anybody noticing: a module that sets matplotlib's
# defaults or a locale when imported would change what the notebook prints.
PRELOADED = (
    "jusou_nb.runner.shell",
    "jusou_nb.read",
    "IPython.core.application",
    "IPython.core.completerlib",
    "IPython.core.magics",
)
_STEP_SECONDS = 0.5
_ready = False


class ChildLostError(RuntimeError):
    """The child ended in the middle of a cell; the text says how."""


class ChildSlowError(TimeoutError):
    """A cell took longer than it may; the child was stopped."""


def unfit() -> str:
    """Say why this process must not fork now, or nothing when it may."""
    if sys.platform != "linux":
        return "fork is only safe on Linux"
    if threading.active_count() != 1:
        return f"{threading.active_count()} threads are running"
    if asyncio._get_running_loop() is not None:  # noqa: SLF001 - asks without creating one
        return "an event loop is running"
    shells = sys.modules.get("IPython.core.interactiveshell")
    if shells is not None and shells.InteractiveShell.initialized():
        return "an IPython shell is open"
    preload()
    return next(_open_handles(), "")


def preload() -> None:
    """Import once what every notebook needs, then keep it out of the collector's way."""
    global _ready  # noqa: PLW0603 - once a process
    if _ready:
        return
    before = os.environ.get("OPENBLAS_NUM_THREADS")
    # Threads of the linear algebra library do not survive a fork; one is enough for papers.
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    for name in PRELOADED:
        importlib.import_module(name)
    if before is None:
        del os.environ["OPENBLAS_NUM_THREADS"]
    else:
        os.environ["OPENBLAS_NUM_THREADS"] = before
    _ready = True


def _open_handles() -> Iterator[str]:
    kinds = [
        (sys.modules[module].__dict__[name], what)
        for module, name, what in (
            ("sqlite3", "Connection", "a SQLite connection is open"),
            ("zmq", "Context", "a ZeroMQ context is open"),
        )
        if module in sys.modules
    ]
    for thing in gc.get_objects():
        for kind, what in kinds:
            if issubclass(type(thing), kind) and _is_open(thing):
                yield what


def _is_open(handle: Any) -> bool:
    if hasattr(handle, "closed"):
        return not handle.closed
    try:
        return bool(handle.total_changes >= 0)
    except Exception:  # noqa: BLE001 - a closed connection refuses in its own class of error
        return False


class Child:
    """A forked process that runs the cells of one notebook. Use as a context manager."""

    def __init__(self) -> None:
        """Open the pipe."""
        self._pipe, self._far = Pipe()
        self._pid = 0

    def __enter__(self) -> Self:
        """Fork."""
        sys.stdout.flush()
        sys.stderr.flush()
        gc.collect()
        # Frozen objects are not written to by the collector, so their pages stay shared.
        gc.freeze()
        with warnings.catch_warnings():
            # Python warns of the linear algebra library's threads; it handles forks itself.
            warnings.simplefilter("ignore", DeprecationWarning)
            self._pid = os.fork()
        if self._pid == 0:
            self._live()
        self._far.close()
        return self

    def _live(self) -> None:
        from jusou_nb.runner.shell import serve  # noqa: PLC0415 - IPython is not the parent's need

        code = 1
        try:
            self._pipe.close()
            serve(self._far)
            code = 0
        finally:
            # Never run the parent's clean-up twice.
            os._exit(code)

    def run(self, source: str, timeout: float | None) -> Iterator[Mapping[str, Any]]:
        """Run one cell and yield its messages; the last is of type ``finished``.

        Raises:
            ChildLostError: The child crashed or left.
            ChildSlowError: ``timeout`` seconds have passed.
        """
        deadline = time.monotonic() + timeout if timeout else float("inf")
        order = {"source": source, "timeout": timeout or 0}
        try:
            self._pipe.send_bytes(json.dumps(order).encode("utf-8"))
            while True:
                message = self._receive(deadline)
                yield message
                if message["msg_type"] == "finished":
                    return
        except (EOFError, OSError) as fault:
            if isinstance(fault, ChildSlowError):
                raise
            raise ChildLostError(f"the process ended ({self._how_it_ended()})") from None

    def _receive(self, deadline: float) -> dict[str, Any]:
        while not self._pipe.poll(min(_STEP_SECONDS, max(0.0, deadline - time.monotonic()))):
            if time.monotonic() >= deadline:
                raise ChildSlowError
            # A grandchild may hold the pipe open after the child is gone.
            if self._has_ended():
                raise EOFError
        received: dict[str, Any] = json.loads(self._pipe.recv_bytes())
        return received

    def _has_ended(self) -> bool:
        return os.waitid(os.P_PID, self._pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None

    def _how_it_ended(self) -> str:
        ended = os.waitid(os.P_PID, self._pid, os.WEXITED | os.WNOWAIT)
        if ended is not None and ended.si_code != os.CLD_EXITED:
            return f"signal {ended.si_status}"
        return f"exit {ended.si_status if ended else 0}"

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the child and all that it started."""
        self._pipe.close()
        for kill in (os.killpg, os.kill):
            try:
                kill(self._pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        os.waitpid(self._pid, 0)
