"""One headless browser, driven by its DevTools protocol over two pipes."""

import base64
import contextlib
import json
import os
import select
import signal
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from jusou_nb.errors import PaperError

try:
    import fcntl
except ImportError:  # pragma: no cover - Windows
    fcntl = None  # type: ignore[assignment]

HAS_PIPES = fcntl is not None and hasattr(os, "posix_spawn")
_ABOVE = 20
"""Descriptors are moved above those that the browser reads from (3) and writes to (4)."""
_END = b"\0"
_GOODBYE_SECONDS = 5.0


class _GaveUpError(Exception):
    """The browser went away, or did not answer in time."""


@dataclass
class Pipe:
    """A browser that listens; ``open`` starts it and ends it."""

    _to: int
    _from: int
    _seconds: float
    _number: int = 0
    _session: str = ""
    _frame: str = ""
    _heard: bytearray = field(default_factory=bytearray, repr=False)

    @classmethod
    @contextmanager
    def open(cls, command: Sequence[str], *, seconds: float) -> "Iterator[Pipe]":
        """Start the browser with an empty page; it is ended, by its id, however this ends.

        Raises:
            PaperError: It does not start, or does not answer within ``seconds``.
        """
        theirs_in, to = _pipe()
        from_, theirs_out = _pipe()
        try:
            pid = _spawn([*command, "--remote-debugging-pipe"], theirs_in, theirs_out)
        except OSError as fault:
            raise PaperError(_SAID) from fault
        finally:
            os.close(theirs_in)
            os.close(theirs_out)
        pipe = cls(to, from_, seconds)
        try:
            pipe._attach()
            yield pipe
        except _GaveUpError:
            raise PaperError(_SAID) from None
        finally:
            pipe._close()
            _end(pid)

    def print(self, html: str, how: Mapping[str, Any]) -> bytes:
        """Lay out a page and print it to PDF; nothing is loaded from anywhere."""
        self._call("Page.setDocumentContent", frameId=self._frame, html=html)
        return base64.b64decode(self._call("Page.printToPDF", **how)["data"])

    def _attach(self) -> None:
        target = self._call("Target.createTarget", url="about:blank")["targetId"]
        found = self._call("Target.attachToTarget", targetId=target, flatten=True)
        self._session = found["sessionId"]
        self._frame = self._call("Page.getFrameTree")["frameTree"]["frame"]["id"]

    def _call(self, method: str, **given: Any) -> Any:
        self._number += 1
        message = {"id": self._number, "method": method, "params": given}
        if self._session:
            message["sessionId"] = self._session
        self._write(json.dumps(message).encode() + _END)
        until = time.monotonic() + self._seconds
        while (answer := self._read(until)).get("id") != self._number:
            pass
        if "error" in answer:
            raise _GaveUpError
        return answer["result"]

    def _write(self, message: bytes) -> None:
        try:
            while message:
                message = message[os.write(self._to, message) :]
        except BrokenPipeError:
            raise _GaveUpError from None

    def _read(self, until: float) -> Any:
        while (end := self._heard.find(_END)) < 0:
            ready = select.select([self._from], [], [], max(until - time.monotonic(), 0))[0]
            heard = os.read(self._from, 1 << 20) if ready else b""
            if not heard:
                raise _GaveUpError
            self._heard += heard
        message = bytes(self._heard[:end])
        del self._heard[: end + 1]
        return json.loads(message)

    def _close(self) -> None:
        with contextlib.suppress(OSError):
            goodbye = {"id": 0, "method": "Browser.close"}
            os.write(self._to, json.dumps(goodbye).encode() + _END)
        os.close(self._to)
        os.close(self._from)


_SAID = "ブラウザーでPDFを作れませんでした。HTMLの資料を開いて印刷してください"


def _pipe() -> tuple[int, int]:
    ends = os.pipe()
    moved = [fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, _ABOVE) for end in ends]
    for end in ends:
        os.close(end)
    return moved[0], moved[1]


def _spawn(command: Sequence[str], reads: int, writes: int) -> int:
    """Start the browser in a process group of its own, silent, with its two pipes."""
    silent = [(os.POSIX_SPAWN_OPEN, end, os.devnull, os.O_RDWR, 0) for end in (0, 1, 2)]
    pipes = [(os.POSIX_SPAWN_DUP2, reads, 3), (os.POSIX_SPAWN_DUP2, writes, 4)]
    return os.posix_spawn(
        command[0], list(command), os.environ, file_actions=[*silent, *pipes], setpgroup=0
    )


def _end(pid: int) -> None:
    """Wait for the browser that was told to close; what does not go is ended by its id."""
    until = time.monotonic() + _GOODBYE_SECONDS
    while os.waitpid(pid, os.WNOHANG) == (0, 0):
        if time.monotonic() > until:
            # The group is the browser's own: it was started as its leader.
            os.killpg(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
            return
        time.sleep(0.02)
