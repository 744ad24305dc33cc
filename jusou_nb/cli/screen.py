"""The terminal: lines out, one line of refusal, a counter for long work."""

import io
import sys


class Screen:
    """What the worker sees; a console that cannot print a character shows a substitute."""

    def __init__(self) -> None:
        """Take the process's own streams."""
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors="backslashreplace", line_buffering=True)

    def say(self, line: str = "") -> None:
        """Print one line of the result."""
        print(line, file=sys.stdout)  # noqa: T201 - a command line prints

    def note(self, line: str) -> None:
        """Print a remark that is no result, where somebody watches."""
        if sys.stderr.isatty():
            print(line, file=sys.stderr)  # noqa: T201

    def refuse(self, message: str) -> int:
        """Say in one line what is wrong; give the exit code."""
        print(" ".join(message.split()), file=sys.stderr)  # noqa: T201
        return 1
