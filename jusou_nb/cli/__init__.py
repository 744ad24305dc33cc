"""The command line. Exit 0: done. 1: refused, failed or done in part. 2: wrong usage."""

import importlib
import os
import sys
from collections.abc import Sequence

from jusou_nb.cli.parser import build
from jusou_nb.cli.screen import Screen
from jusou_nb.errors import JusouError


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
        command = getattr(importlib.import_module(f"jusou_nb.cli.{module}"), function)
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


def _unexpected(fault: Exception) -> str:
    if isinstance(fault, OSError) and fault.strerror:
        name = os.path.basename(str(fault.filename or "")) or "ファイル"  # noqa: PTH119
        return f"「{name}」を使えません（{fault.strerror}）。空きと権限を確かめてください"
    return f"思わぬ不具合です（{type(fault).__name__}）。--debug を付けて、管理者に見せてください"
