"""The forked child's end: runs cells in a plain IPython shell and sends its messages up a pipe.

The messages are those that a kernel would publish, so that whoever receives them may treat
both alike. Nothing here knows ZeroMQ, threads or papermill.
"""

import io
import json
import os
import signal
import sys
from collections.abc import Callable, Mapping
from multiprocessing.connection import Connection
from typing import Any

from ipykernel.jsonutil import encode_images, json_clean
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets import Type
from traitlets.config import Config

INLINE = "module://matplotlib_inline.backend_inline"
GRACE_SECONDS = 5
_FULL = 64 * 1024

_jsonable: Callable[[Any], Any] = json_clean
_as_text: Callable[[Any], Any] = encode_images
Send = Callable[[str, Mapping[str, Any]], None]
_SURROUNDINGS = {
    "TERM": "xterm-color",
    "CLICOLOR": "1",
    "FORCE_COLOR": "1",
    "CLICOLOR_FORCE": "1",
    "PAGER": "cat",
    "GIT_PAGER": "cat",
}


def message(kind: str, content: Mapping[str, Any]) -> dict[str, Any]:
    """Wrap a content as a kernel's message is wrapped."""
    head = {"msg_type": kind}
    return {**head, "header": head, "parent_header": {}, "metadata": {}, "content": content}


class OutStream(io.TextIOBase):
    """``sys.stdout`` or ``sys.stderr`` of a cell; also what lower levels write to its number."""

    def __init__(self, name: str, number: int, send: Send) -> None:
        """Take over a file number: what is written to it is sent as well."""
        self.name = name
        self._number, self._send = number, send
        self._parts: list[str] = []
        self._size = 0
        self._below = os.memfd_create(name)
        os.dup2(self._below, number)
        self._read = 0

    @property
    def encoding(self) -> str:  # type: ignore[override]
        """What a kernel's streams say."""
        return "UTF-8"

    def fileno(self) -> int:
        """The file number that subprocesses inherit."""
        return self._number

    def writable(self) -> bool:
        """Always."""
        return True

    def write(self, text: str) -> int:
        """Keep text until it is flushed, the cell ends, or something is displayed."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text)}")
        self._parts.append(text)
        self._size += len(text)
        if self._size > _FULL:
            self.flush()
        return len(text)

    def flush(self) -> None:
        """Send what was written, then what subprocesses wrote to the file number."""
        text = "".join(self._parts) + self._written_below()
        self._parts, self._size = [], 0
        if text:
            self._send("stream", {"name": self.name, "text": text})

    def _written_below(self) -> str:
        more = os.fstat(self._below).st_size - self._read
        if more <= 0:
            return ""
        raw = os.pread(self._below, more, self._read)
        self._read += len(raw)
        return raw.decode("utf-8", "replace")


def flush_streams() -> None:
    """Keep the order between prints and displays."""
    sys.stdout.flush()
    sys.stderr.flush()


class PipePublisher(DisplayPublisher):  # type: ignore[misc]
    """``display()`` and ``clear_output()``."""

    def publish(
        self,
        data: dict[str, Any],
        metadata: dict[str, Any] | None = None,
        *,
        transient: dict[str, Any] | None = None,
        update: bool = False,
        **_others: Any,
    ) -> None:
        """Send one display, or the new content of an earlier one."""
        flush_streams()
        content = {
            "data": _as_text(data),
            "metadata": metadata or {},
            "transient": transient or {},
        }
        kind = "update_display_data" if update else "display_data"
        self.shell.send(kind, _jsonable(content))

    def clear_output(self, wait: bool = False) -> None:  # noqa: FBT001, FBT002 - IPython's signature
        """Ask the receiver to empty the cell's outputs."""
        flush_streams()
        self.shell.send("clear_output", {"wait": wait})


class PipeDisplayHook(DisplayHook):  # type: ignore[misc]
    """The value of a cell's last line."""

    content: dict[str, Any] | None = None

    def start_displayhook(self) -> None:
        """Begin a result."""
        self.content = {"data": {}, "metadata": {}}

    def write_output_prompt(self) -> None:
        """Number it."""
        self.content["execution_count"] = self.prompt_count  # type: ignore[index]

    def write_format_data(
        self, format_dict: dict[str, Any], md_dict: dict[str, Any] | None = None
    ) -> None:
        """Take its representations with their metadata."""
        self.content["data"] = _jsonable(_as_text(format_dict))  # type: ignore[index]
        self.content["metadata"] = md_dict  # type: ignore[index]

    def finish_displayhook(self) -> None:
        """Send it, unless it has no representation."""
        flush_streams()
        if self.content and self.content["data"]:
            self.shell.send("execute_result", self.content)
        self.content = None


class NoZMQShell(InteractiveShell):  # type: ignore[misc]
    """An IPython shell whose outputs go to ``send``.

    The name matters: pandas looks for ``zmq`` in it to know that it writes for a notebook
    and not for a terminal of so many columns.
    """

    displayhook_class = Type(PipeDisplayHook)
    display_pub_class = Type(PipePublisher)
    kernel = None  # pandas and others ask whether there is one, not what it is
    send: Send
    failed = False

    def init_virtualenv(self) -> None:
        """Stay with the interpreter that was forked."""

    def run_cell(self, *args: Any, **kwargs: Any) -> Any:
        """Run one cell; ``failed`` says whether a traceback was shown."""
        self.failed = False
        return super().run_cell(*args, **kwargs)

    def _showtraceback(self, etype: type, evalue: BaseException, stb: list[str]) -> None:
        flush_streams()
        # A failing representation shows its traceback and fails the cell, as in a kernel.
        self.failed = getattr(self.displayhook, "content", None) is not None
        content = {"traceback": stb, "ename": etype.__name__, "evalue": str(evalue)}
        self.send("error", _jsonable(content))


def serve(pipe: Connection) -> None:
    """Run the cells that come down the pipe until it closes; never returns to the caller's code."""

    def send(kind: str, content: Mapping[str, Any]) -> None:
        pipe.send_bytes(json.dumps(message(kind, content)).encode())

    _settle_in()
    sys.stdout = OutStream("stdout", 1, send)
    sys.stderr = OutStream("stderr", 2, send)
    shell = _open_shell(send)
    while True:
        try:
            order = json.loads(pipe.recv_bytes())
        except EOFError:
            return
        signal.alarm(int(order["timeout"] + GRACE_SECONDS) if order["timeout"] else 0)
        _run(shell, order["source"])
        signal.alarm(0)


def _settle_in() -> None:
    """Become a process of its own: group, signals, input, random numbers, surroundings."""
    os.setsid()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGALRM):
        signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115, PTH123 - stays open for the cells
    sys.argv = ["notebook"]
    if "" not in sys.path:
        sys.path.insert(0, "")
    if "numpy" in sys.modules:
        # CPython reseeds random after a fork; numpy's global generator would repeat itself.
        sys.modules["numpy"].random.seed()
    os.environ.update(_SURROUNDINGS)


def _open_shell(send: Send) -> NoZMQShell:
    os.environ.setdefault("MPLBACKEND", INLINE)
    # History would open a SQLite file and a thread; cells leave nothing behind.
    quiet = Config({"HistoryManager": {"enabled": False}, "IPKernelApp": {"tqdm": "notebook"}})
    NoZMQShell.send = staticmethod(send)
    shell: NoZMQShell = NoZMQShell.instance(config=quiet)
    if "pandas" in sys.modules:
        # It asked at its import, in the parent, whether it writes for a terminal.
        sys.modules["pandas"].set_option("display.max_columns", 20)
    if "matplotlib" in sys.modules:
        sys.modules["matplotlib"].use(os.environ["MPLBACKEND"])
    return shell


def _run(shell: NoZMQShell, source: str) -> None:
    shell.send("execute_input", {"code": source, "execution_count": shell.execution_count})
    result = shell.run_cell(source, store_history=True)
    flush_streams()
    ok = result.success and not shell.failed
    shell.send("finished", {"status": "ok" if ok else "error"})
