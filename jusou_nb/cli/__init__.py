"""The command line. Exit 0: done. 1: refused, failed or done in part. 2: wrong usage."""

import importlib
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import ModuleType

from jusou_nb.cli.parser import build
from jusou_nb.cli.screen import Screen
from jusou_nb.errors import JusouError

_LEAN = frozenset({"stores", "doctor"})


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command and leave with its exit code."""
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command; give its exit code (argparse leaves by itself with 2)."""
    screen = Screen()
    # One thread for linear algebra, set before it is loaded: the papers' engine forks.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    options = build().parse_args(arguments)
    module, function = options.run.split(":")
    try:
        command = getattr(_load(module), function)
        return int(command(options, screen) or 0)
    except JusouError as fault:
        if options.debug:
            raise
        return screen.refuse(str(fault))
    except KeyboardInterrupt:
        return screen.refuse("途中でやめました。できたものはそのまま残っています")
    except Exception as fault:
        if options.debug:
            raise
        return screen.refuse(_unexpected(fault))


def _load(module: str) -> ModuleType:
    name = f"jusou_nb.cli.{module}"
    if module not in _LEAN:
        return importlib.import_module(name)
    with _without_pandas():
        return importlib.import_module(name)


@contextmanager
def _without_pandas() -> Iterator[None]:
    """Keep sqlite-utils from loading what it only looks for: half a second at each start."""
    hidden = [name for name in ("pandas", "numpy") if name not in sys.modules]
    # A module that is None in this table cannot be imported.
    sys.modules.update(dict.fromkeys(hidden))  # type: ignore[arg-type]
    try:
        yield
    finally:
        for name in hidden:
            del sys.modules[name]


def _unexpected(fault: Exception) -> str:
    if isinstance(fault, OSError) and fault.strerror:
        name = os.path.basename(str(fault.filename or "")) or "ファイル"  # noqa: PTH119
        return f"「{name}」を使えません（{fault.strerror}）。空きと権限を確かめてください"
    return f"思わぬ不具合です（{type(fault).__name__}）。--debug を付けて、管理者に見せてください"
